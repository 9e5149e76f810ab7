// Makes quickjs-emscripten's engine usable without its Emscripten loader: readable names, a small first memory, and a
// function that reports rejected promises. The loader's own host functions read the real clock and time zone; ours do not.
import { OP } from './instructions.mjs';
import { readShape } from './module-shape.mjs';
import {
  appendToVector,
  concatBytes,
  emitSections,
  encodeName,
  encodeSigned,
  encodeUnsigned,
  parseSections,
  Reader,
  SECTION,
} from './wasm-binary.mjs';

const I32 = 0x7f;
const I64 = 0x7e;
const FUNCTION_TYPE = 0x60;
const KIND = { function: 0, table: 1, memory: 2 };
/** Where the tracker lays its two values for the host: below address 1,024, where Emscripten places nothing. */
const SCRATCH_ADDRESS = 16;
/** The host reference id by which the host knows a call of the tracker. */
export const REJECTION_HOST_REF = -1;

/**
 * What the loader calls the module's imports, in the order of use in its import object. Emscripten shortens names to letters;
 * each entry says by what the letter is recognised in the loader's text.
 * @type {[name: string, recognisedBy: RegExp][]}
 */
const HOST_FUNCTIONS = [
  ['assert_fail', /(\w+):\([\w,]*\)=>\w+\(`Assertion failed/],
  ['abort', /(\w+):\(\)=>\w+\(""\)/],
  ['keepalive_clear', /(\w+):\(\)=>\{\w+=!1;\w+=0\}/],
  ['localtime', /(\w+):function\(\w+,\w+\)\{\w+=-9007199254740992>/],
  ['setitimer', /(\w+):\(\w+,\w+\)=>\{\w+\[\w+\]&&\(clearTimeout/],
  ['tzset', /(\w+):\([\w,]*\)=>\{var \w+=\(new Date\)\.getFullYear/],
  ['date_now', /(\w+):\(\)=>Date\.now\(\)/],
  ['resize_heap', /(\w+):\w+=>\{var \w+=\w+\.length;\w+>>>=0;if\(2147483648</],
  ['environ_get', /(\w+):\(\w+,\w+\)=>\{var \w+=0,\w+=0,\w+;for/],
  ['environ_sizes_get', /(\w+):\(\w+,\w+\)=>\{var \w+=\w+\(\);\w+\[/],
  ['fd_close', /(\w+):\(\)=>52/],
  ['fd_seek', /(\w+):function\(\)\{return 70\}/],
  ['fd_write', /(\w+):\([\w,]*\)=>\{for\(var \w+=0,\w+=0;/],
  ['memory', /(\w+):t,r:/],
  ['proc_exit', /a:t,(\w+):\w+,/],
  ['call_function', /(\w+):function\([\w,]*\)\{return \w+\.callbacks\.callFunction/],
  ['should_interrupt', /(\w+):function\(\w+\)\{return \w+\.callbacks\.shouldInterrupt/],
  ['load_module_source', /(\w+):function\([\w,]*\)\{\w+=\w+\(\w+\);return \w+\.callbacks\.loadModuleSource/],
  ['normalize_module', /(\w+):function\([\w,]*\)\{\w+=\w+\(\w+\);\w+=\w+\(\w+\);return \w+\.callbacks\.normalizeModule/],
  ['free_host_ref', /(\w+):function\([\w,]*\)\{\w+\.callbacks\.freeHostRef/],
];

/** @param {string} loader text of emscripten-module.mjs @returns {{ imports: Map<string, string>, exports: Map<string, string> }} */
export function readLoaderNames(loader) {
  const text = loader.replaceAll('\n', '');
  const imports = new Map();
  for (const [name, recognisedBy] of HOST_FUNCTIONS) {
    const letter = recognisedBy.exec(text)?.[1];
    if (!letter) throw new Error(`The engine's loader has no host function "${name}": this version of quickjs-emscripten is not known.`);
    imports.set(letter, name);
  }
  const exports = new Map();
  for (const [, name, letter] of text.matchAll(/\._(\w+)=\w+\.([\w$]+);/g)) if (name && letter) exports.set(letter, name);
  const rest = /;(\w+)=\w+\.([\w$]+);(\w+)=\w+\.([\w$]+);(\w+)=\w+\.([\w$]+);(\w+)=\w+\.([\w$]+);return/.exec(text);
  const constructors = /=!0;\w+\.(\w+)\(\);/.exec(text)?.[1];
  if (!rest?.[2] || !rest[4] || !rest[6] || !rest[8] || !constructors)
    throw new Error("The engine's loader does not name its stack functions.");
  exports.set(rest[2], 'run_timers').set(rest[4], 'stack_restore').set(rest[6], 'stack_allocate').set(rest[8], 'stack_save');
  return { imports, exports: exports.set(constructors, 'run_constructors') };
}

/** @param {Uint8Array} wasm @param {string} loader @returns {{ wasm: Uint8Array, rejectionTrackerSlot: number }} */
export function link(wasm, loader) {
  const sections = parseSections(wasm);
  const shape = readShape(sections);
  const names = readLoaderNames(loader);
  sections.set(SECTION.import, renameImports(shape, names.imports));
  const tracker = addRejectionTracker(sections, shape, names.imports);
  sections.set(
    SECTION.export,
    concatBytes([
      encodeUnsigned(shape.exports.length),
      ...shape.exports.map(({ name, kind, index }) => {
        const readable = names.exports.get(name);
        if (!readable) throw new Error(`The engine exports "${name}", which its loader does not name.`);
        return [...encodeName(readable), kind, ...encodeUnsigned(index)];
      }),
    ]),
  );
  sections.set(SECTION.table, tracker.table);
  return { wasm: emitSections(sections), rejectionTrackerSlot: tracker.slot };
}

/** @param {import('./module-shape.mjs').ModuleShape} shape @param {Map<string, string>} names */
function renameImports(shape, names) {
  return concatBytes([
    encodeUnsigned(shape.imports.length),
    ...shape.imports.flatMap(({ name, kind, description }) => {
      const readable = names.get(name);
      if (!readable) throw new Error(`The engine imports "${name}", which its loader does not name.`);
      // The first memory is as small as the host makes it; Emscripten asks for 16 MB.
      const shown = kind === KIND.memory ? withMinimum(description, 1) : description;
      return [[...encodeName('host'), ...encodeName(readable), kind], shown];
    }),
  ]);
}

/** @param {Uint8Array} limits @param {number} minimum */
function withMinimum(limits, minimum) {
  const reader = new Reader(limits);
  const flags = reader.byte();
  reader.unsigned();
  return concatBytes([[flags], encodeUnsigned(minimum), reader.rest()]);
}

/**
 * Adds the function that QuickJS may call when a promise is rejected without a handler, or handled later. It hands both values
 * to the host as if the guest had called host function -1. Its place in the table is the old size of the table.
 * @param {Map<number, Uint8Array>} sections @param {import('./module-shape.mjs').ModuleShape} shape @param {Map<string, string>} names
 */
function addRejectionTracker(sections, shape, names) {
  const functionImports = shape.imports.filter(({ kind }) => kind === KIND.function);
  const callFunction = functionImports.findIndex(({ name }) => names.get(name) === 'call_function');
  const type = shape.types.length;
  const index = shape.importedFunctions + shape.bodies.length;
  const [context, promise, reason, isHandled] = [0, 1, 2, 3];
  const code = [
    0, // no locals
    OP.i32Const,
    ...encodeSigned(SCRATCH_ADDRESS),
    OP.localGet,
    promise,
    OP.i64Store,
    3,
    0,
    OP.i32Const,
    ...encodeSigned(SCRATCH_ADDRESS),
    OP.localGet,
    reason,
    OP.i64Store,
    3,
    8,
    OP.localGet,
    context,
    OP.i32Const,
    ...encodeSigned(SCRATCH_ADDRESS),
    OP.localGet,
    isHandled,
    OP.i32Const,
    ...encodeSigned(SCRATCH_ADDRESS + 8),
    OP.i32Const,
    ...encodeSigned(REJECTION_HOST_REF),
    OP.call,
    ...encodeUnsigned(callFunction),
    OP.drop,
    OP.end,
  ];
  sections.set(SECTION.type, appendToVector(sections.get(SECTION.type), [[FUNCTION_TYPE, 5, I32, I64, I64, I32, I32, 0]]));
  sections.set(SECTION.function, appendToVector(sections.get(SECTION.function), [encodeUnsigned(type)]));
  sections.set(SECTION.code, appendToVector(sections.get(SECTION.code), [[...encodeUnsigned(code.length), ...code]]));

  const reader = new Reader(sections.get(SECTION.table) ?? Uint8Array.of(0));
  if (reader.unsigned() !== 1 || reader.byte() !== 0x70 || reader.byte() !== 0) throw new Error('The engine has an unexpected table.');
  const slot = reader.unsigned();
  sections.set(
    SECTION.element,
    appendToVector(sections.get(SECTION.element), [[0, OP.i32Const, ...encodeSigned(slot), OP.end, 1, ...encodeUnsigned(index)]]),
  );
  return { table: concatBytes([[1, 0x70, 0], encodeUnsigned(slot + 1)]), slot };
}
