// Walks the instructions of a function body. SIMD and threads are refused: the engine's build uses neither.
// https://webassembly.github.io/spec/core/binary/instructions.html
import { Reader } from './wasm-binary.mjs';

export const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  drop: 0x1a,
  localGet: 0x20,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i64Store: 0x37,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  i32LessSigned: 0x48,
  i64LessSigned: 0x53,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i64Sub: 0x7d,
  i64ShiftRightUnsigned: 0x88,
  i64ExtendUnsigned: 0xad,
  bulk: 0xfc,
};
export const BULK = { memoryCopy: 10, memoryFill: 11 };
/** The type of a block without a result. */
export const EMPTY_BLOCK = 0x40;

/** Splits the locals' declaration from the code.
 * @param {Uint8Array} body */
export function readLocals(body) {
  const reader = new Reader(body);
  const groups = reader.unsigned();
  const groupsFrom = reader.at;
  let count = 0;
  for (let group = 0; group < groups; group++) {
    count += reader.unsigned();
    reader.byte();
  }
  return { groups, count, declared: body.subarray(groupsFrom, reader.at), codeFrom: reader.at };
}

/**
 * Calls `visit` once for each instruction with its opcode, where it starts and ends, and its first immediate
 * (for 0xfc the sub-opcode).
 * @param {Uint8Array} body @param {number} from
 * @param {(instruction: { op: number, immediate: number, start: number, end: number }) => void} visit
 */
export function walkInstructions(body, from, visit) {
  const reader = new Reader(body, from);
  while (!reader.done) {
    const start = reader.at;
    const op = reader.byte();
    const immediate = readImmediates(reader, op);
    visit({ op, immediate, start, end: reader.at });
  }
}

/** @param {Reader} reader @param {number} op @returns {number} the first immediate, 0 if there is none */
function readImmediates(reader, op) {
  if (op === OP.block || op === OP.loop || op === OP.if) {
    reader.skipLeb();
    return 0;
  }
  if (op === 0x0e) {
    const labels = reader.unsigned();
    for (let label = 0; label <= labels; label++) reader.unsigned();
    return labels;
  }
  if (op === OP.callIndirect) {
    const type = reader.unsigned();
    reader.unsigned();
    return type;
  }
  if (op === 0x1c) {
    const types = reader.unsigned();
    reader.skip(types);
    return types;
  }
  if (op === OP.br || op === 0x0d || op === OP.call || (op >= 0x20 && op <= 0x26) || op === 0xd2) return reader.unsigned();
  if (op >= 0x28 && op <= 0x3e) {
    const alignment = reader.unsigned();
    reader.skipLeb();
    return alignment;
  }
  if (op === 0x3f || op === OP.memoryGrow) return reader.unsigned();
  if (op === OP.i32Const) return reader.signed();
  if (op === OP.i64Const) {
    reader.skipLeb();
    return 0;
  }
  if (op === 0x43) reader.skip(4);
  else if (op === 0x44) reader.skip(8);
  else if (op === 0xd0) reader.byte();
  else if (op === OP.bulk) return readBulk(reader);
  else if (!isPlain(op)) throw new Error(`The instruction 0x${op.toString(16)} at byte ${reader.at - 1} is not known to the meter.`);
  return 0;
}

/** @param {Reader} reader */
function readBulk(reader) {
  const sub = reader.unsigned();
  if (sub === 8 || sub === BULK.memoryCopy || sub === 12 || sub === 14) {
    reader.unsigned();
    reader.unsigned();
  } else if (sub === 9 || sub === BULK.memoryFill || sub === 13 || (sub >= 15 && sub <= 17)) reader.unsigned();
  else if (sub > 7) throw new Error(`The instruction 0xfc ${sub} is not known to the meter.`);
  return sub;
}

/** Instructions without immediates. @param {number} op */
function isPlain(op) {
  return (
    op === OP.unreachable ||
    op === 0x01 ||
    op === 0x05 ||
    op === OP.end ||
    op === OP.return ||
    op === OP.drop ||
    op === 0x1b ||
    (op >= 0x45 && op <= 0xc4) ||
    op === 0xd1
  );
}
