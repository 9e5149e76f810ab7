// Makes a WebAssembly module count its own work. An exported global `fuel` (i64) is charged at every function entry, at every
// turn of a loop and for every 64 bytes of a bulk copy; `stack_left` (i32) by functions that can recurse. Below zero it traps.
// Code compiled from C also keeps a stack in memory and checks that one itself: the frames of the machine's stack are charged there
// too, so that the program's own check comes first and deep recursion is an exception to it, not the end of it.
import { findRecursiveFunctions } from './call-graph.mjs';
import { BULK, EMPTY_BLOCK, OP, readLocals, walkInstructions } from './instructions.mjs';
import { readShape } from './module-shape.mjs';
import {
  appendToVector,
  concatBytes,
  emitSections,
  encodeName,
  encodeSigned,
  encodeUnsigned,
  parseSections,
  SECTION,
} from './wasm-binary.mjs';

const FUNCTION_COST = 2;
const LOOP_COST = 1;
/** One unit of fuel for each 64 bytes copied or filled. */
const BULK_SHIFT = 6;
/** A frame costs 8 bytes for each local and for 14 more: return address, spilled operands. A measure, not the true size. */
const FRAME_SLOT_BYTES = 8;
const FRAME_EXTRA_SLOTS = 14;
/** How much more of the stack in memory, of which there are megabytes, a frame of the machine's stack takes up. */
export const MEMORY_STACK_FACTOR = 8;
/** 2⁶⁰ as LEB128: what a module may spend before its host sets a budget, such as in a start function. */
const FIRST_FUEL = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10];
const I32 = 0x7f;
const I64 = 0x7e;
const EXPORT_GLOBAL = 3;

/**
 * @typedef {{ fuel: number[], stackLeft: number[], memoryStack: number[] | null }} Globals encoded indices
 * @param {Uint8Array} wasm @param {{ stackPointerGlobal?: number }} [options] index of the pointer to the stack in memory, if there is one
 * @returns {Uint8Array}
 */
export function meter(wasm, { stackPointerGlobal } = {}) {
  const sections = parseSections(wasm);
  const shape = readShape(sections);
  const recursive = findRecursiveFunctions(sections, shape);
  const globals = shape.importedGlobals + shape.globals;
  const fuel = encodeUnsigned(globals);
  const stackLeft = encodeUnsigned(globals + 1);
  const memoryStack = stackPointerGlobal === undefined ? null : encodeUnsigned(stackPointerGlobal);
  sections.set(
    SECTION.global,
    appendToVector(sections.get(SECTION.global), [
      [I64, 1, OP.i64Const, ...FIRST_FUEL, OP.end],
      [I32, 1, OP.i32Const, ...encodeSigned(0x7fffffff), OP.end],
    ]),
  );
  sections.set(
    SECTION.export,
    appendToVector(sections.get(SECTION.export), [
      [...encodeName('fuel'), EXPORT_GLOBAL, ...fuel],
      [...encodeName('stack_left'), EXPORT_GLOBAL, ...stackLeft],
    ]),
  );
  const bodies = shape.bodies.map((body, index) => {
    const type = shape.types[shape.functionTypes[index] ?? -1];
    if (!type) throw new Error(`The function ${index} has no type.`);
    return meterFunction(body, type, recursive.has(shape.importedFunctions + index), { fuel, stackLeft, memoryStack });
  });
  const sized = bodies.flatMap((body) => [Uint8Array.from(encodeUnsigned(body.length)), body]);
  sections.set(SECTION.code, concatBytes([encodeUnsigned(bodies.length), ...sized]));
  return emitSections(sections);
}

/**
 * @param {Uint8Array} body @param {import('./module-shape.mjs').FunctionType} type @param {boolean} isRecursive
 * @param {Globals} globals
 */
function meterFunction(body, type, isRecursive, { fuel, stackLeft, memoryStack }) {
  const locals = readLocals(body);
  const scratch = encodeUnsigned(type.params + locals.count);
  const frameBytes = (type.params + locals.count + FRAME_EXTRA_SLOTS) * FRAME_SLOT_BYTES;
  const trapIfFuelBelowZero = [OP.globalGet, ...fuel, OP.i64Const, 0, OP.i64LessSigned, OP.if, EMPTY_BLOCK, OP.unreachable, OP.end];
  /** @param {number} cost */
  const charge = (cost) => [
    OP.globalGet,
    ...fuel,
    OP.i64Const,
    ...encodeSigned(cost),
    OP.i64Sub,
    OP.globalSet,
    ...fuel,
    ...trapIfFuelBelowZero,
  ];
  // Charges for a bulk instruction whose length is on top of the operand stack, and leaves the length there.
  const chargeBulk = [
    OP.localTee,
    ...scratch,
    OP.globalGet,
    ...fuel,
    OP.localGet,
    ...scratch,
    OP.i64ExtendUnsigned,
    OP.i64Const,
    BULK_SHIFT,
    OP.i64ShiftRightUnsigned,
    OP.i64Sub,
    OP.globalSet,
    ...fuel,
    ...trapIfFuelBelowZero,
  ];
  if (type.results.length > 1) throw new Error('The meter does not know functions with more than one result.');
  /** @param {number[]} global @param {number} bytes @param {number} operation */
  const move = (global, bytes, operation) => [
    OP.globalGet,
    ...global,
    OP.i32Const,
    ...encodeSigned(bytes),
    operation,
    OP.globalSet,
    ...global,
  ];
  const memoryBytes = frameBytes * MEMORY_STACK_FACTOR;
  const enter = [
    ...move(stackLeft, frameBytes, OP.i32Sub),
    ...[OP.globalGet, ...stackLeft, OP.i32Const, 0, OP.i32LessSigned, OP.if, EMPTY_BLOCK, OP.unreachable, OP.end],
    ...(memoryStack ? move(memoryStack, memoryBytes, OP.i32Sub) : []),
    ...[OP.block, ...(type.results.length ? type.results : [EMPTY_BLOCK])],
  ];
  const leave = [...move(stackLeft, frameBytes, OP.i32Add), ...(memoryStack ? move(memoryStack, memoryBytes, OP.i32Add) : []), OP.end];

  /** @type {(Uint8Array | number[])[]} */
  const out = [charge(FUNCTION_COST)];
  if (isRecursive) out.push(enter);
  let copiedTo = locals.codeFrom;
  let depth = 0;
  let usesScratch = false;
  /** @param {number} to */
  const copyTo = (to) => {
    out.push(body.subarray(copiedTo, to));
    copiedTo = to;
  };
  walkInstructions(body, locals.codeFrom, ({ op, immediate, start, end }) => {
    if (op === OP.block || op === OP.loop || op === OP.if) depth++;
    if (op === OP.end) depth--;
    if (op === OP.loop) {
      copyTo(end);
      out.push(charge(LOOP_COST));
    } else if (op === OP.bulk && (immediate === BULK.memoryCopy || immediate === BULK.memoryFill)) {
      copyTo(start);
      out.push(chargeBulk);
      usesScratch = true;
    } else if (op === OP.return && isRecursive) {
      // A return becomes a branch to the wrapping block, so that the frame is given back.
      copyTo(start);
      copiedTo = end;
      out.push([OP.br, ...encodeUnsigned(depth)]);
    }
  });
  copyTo(body.length);
  if (isRecursive) out.push(leave);
  const declared = usesScratch
    ? concatBytes([encodeUnsigned(locals.groups + 1), locals.declared, [1, I32]])
    : concatBytes([encodeUnsigned(locals.groups), locals.declared]);
  return concatBytes([declared, ...out]);
}
