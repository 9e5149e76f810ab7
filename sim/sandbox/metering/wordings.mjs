// Gives the engine's most frequent error messages the words of V8, so that `error.message` reads as it does on Lambda.
// A message is a text in static memory whose address is a constant in the code: a longer one moves to free memory below 1,024.
import { OP, readLocals, walkInstructions } from './instructions.mjs';
import { readShape } from './module-shape.mjs';
import { appendToVector, concatBytes, emitSections, encodeSigned, encodeUnsigned, parseSections, Reader, SECTION } from './wasm-binary.mjs';

/**
 * `uses` is how often the code refers to the text: any other number means another version of the engine, or that the number
 * stands for something else somewhere. With `near`, only the use that is closest to a use of another text.
 * @type {{ from: string, to: string, uses: number, near?: string }[]}
 */
export const WORDINGS = [
  { from: "cannot read property '%s' of undefined", to: "Cannot read properties of undefined (reading '%s')", uses: 1 },
  { from: "cannot read property '%s' of null", to: "Cannot read properties of null (reading '%s')", uses: 1 },
  { from: "cannot set property '%s' of undefined", to: "Cannot set properties of undefined (setting '%s')", uses: 1 },
  { from: "cannot set property '%s' of null", to: "Cannot set properties of null (setting '%s')", uses: 1 },
  { from: "'%s' is not defined", to: '%s is not defined', uses: 1 },
  { from: '%s is not initialized', to: "Cannot access '%s' before initialization", uses: 1 },
  { from: "'%s' is read-only", to: 'Assignment to constant variable.', uses: 1, near: 'invalid throw var type %d' },
  { from: "'%s' is read-only", to: "Cannot assign to read only property '%s'", uses: 3 },
  { from: 'stack overflow', to: 'Maximum call stack size exceeded', uses: 5 },
  { from: 'circular reference', to: 'Converting circular structure to JSON', uses: 2 },
  { from: 'cannot convert to object', to: 'Cannot convert undefined or null to object', uses: 6 },
  { from: 'invalid array length', to: 'Invalid array length', uses: 4 },
  { from: 'invalid string length', to: 'Invalid string length', uses: 2 },
  { from: 'object is not extensible', to: 'Cannot add property, object is not extensible', uses: 3 },
  { from: 'cannot convert bigint to number', to: 'Cannot mix BigInt and other types, use explicit conversions', uses: 1 },
  { from: 'cannot convert symbol to string', to: 'Cannot convert a Symbol value to a string', uses: 1 },
  { from: "class constructors must be invoked with 'new'", to: "Class constructor cannot be invoked without 'new'", uses: 1 },
  { from: 'empty array', to: 'Reduce of empty array with no initial value', uses: 1 },
  { from: 'Date value is NaN', to: 'Invalid time value', uses: 1 },
  { from: 'expecting hex digit', to: 'URI malformed', uses: 1 },
  { from: "unexpected token in expression: '%.*s'", to: "Unexpected token '%.*s'", uses: 1 },
  { from: "unexpected token: '%.*s'", to: "Unexpected token '%.*s'", uses: 1 },
  { from: "Could not find export '%s' in module '%s'", to: "The requested module does not provide an export named '%s'", uses: 1 },
  { from: 'value is not iterable', to: 'object is not iterable', uses: 3 },
];

/**
 * QuickJS gives every error a property `stack` of its own, with frames only. It gets another name of the same length, so that
 * guest/errors.ts can define `stack` as V8 has it: with a first line. The name stands between its neighbours in the table of names.
 */
export const HIDDEN_STACK = '\u0001stk\u0002';
const STACK_ENTRY = { before: 'errors\0', name: 'stack', after: '\0name\0' };

const FIRST_FREE_ADDRESS = 64;
/** Where Emscripten's static memory begins. */
const STATIC_FROM = 1024;

/** @typedef {{ body: number, start: number }} Use where a constant stands: function and byte */

/** @param {Uint8Array} wasm @param {typeof WORDINGS} [wordings] @returns {Uint8Array} */
export function reword(wasm, wordings = WORDINGS) {
  const sections = parseSections(wasm);
  const { bodies } = readShape(sections);
  const addresses = readTextAddresses(sections.get(SECTION.data));
  const uses = findUses(bodies);
  /** New address by byte position, for each function. @type {Map<number, number>[]} */
  const moves = bodies.map(() => new Map());
  const segments = [];
  let free = FIRST_FREE_ADDRESS;
  for (const { from, to, uses: expected, near } of wordings) {
    const address = addresses.get(from);
    if (address === undefined) throw new Error(`The engine has no message "${from}".`);
    const unmoved = (uses.get(address) ?? []).filter((use) => !moves[use.body]?.has(use.start));
    const chosen = near === undefined ? unmoved : closest(unmoved, uses.get(addresses.get(near) ?? 0) ?? []);
    if (chosen.length !== expected)
      throw new Error(`The engine refers ${chosen.length} times to the message "${from}", not ${expected} times.`);
    for (const use of chosen) moves[use.body]?.set(use.start, free);
    const text = [...new TextEncoder().encode(to), 0];
    segments.push([0, OP.i32Const, ...encodeSigned(free), OP.end, ...encodeUnsigned(text.length), ...text]);
    free += text.length;
  }
  if (free > STATIC_FROM) throw new Error('The new messages do not fit below the static memory.');
  const rewritten = bodies.flatMap((body, index) => {
    const made = withConstants(body, moves[index] ?? new Map());
    return [Uint8Array.from(encodeUnsigned(made.length)), made];
  });
  sections.set(SECTION.code, concatBytes([encodeUnsigned(bodies.length), ...rewritten]));
  sections.set(SECTION.data, appendToVector(hideStack(sections.get(SECTION.data)), segments));
  // The data count stands in the module for bulk instructions, and must agree.
  if (sections.has(SECTION.dataCount)) sections.set(SECTION.dataCount, Uint8Array.from(encodeUnsigned(dataCount(sections))));
  return emitSections(sections);
}

/** @param {Uint8Array[]} bodies @returns {Map<number, Use[]>} by the constant's value */
function findUses(bodies) {
  const uses = new Map();
  bodies.forEach((body, index) => {
    walkInstructions(body, readLocals(body).codeFrom, ({ op, immediate, start }) => {
      if (op !== OP.i32Const || immediate < STATIC_FROM) return;
      const known = uses.get(immediate);
      if (known) known.push({ body: index, start });
      else uses.set(immediate, [{ body: index, start }]);
    });
  });
  return uses;
}

/** @param {Use[]} uses @param {Use[]} others @returns {Use[]} */
function closest(uses, others) {
  const pairs = uses.flatMap((use) =>
    others.filter((other) => other.body === use.body).map((other) => ({ use, bytes: Math.abs(other.start - use.start) })),
  );
  pairs.sort((a, b) => a.bytes - b.bytes);
  return pairs.slice(0, 1).map(({ use }) => use);
}

/** @param {Uint8Array | undefined} data @returns {Uint8Array} */
function hideStack(data) {
  const text = new TextDecoder('latin1').decode(data);
  const { before, name, after } = STACK_ENTRY;
  const parts = text.split(before + name + after);
  if (parts.length !== 2) throw new Error("The engine's table of names does not list `stack` where it is expected.");
  const changed = Uint8Array.from(data ?? []);
  changed.set(new TextEncoder().encode(HIDDEN_STACK), (parts[0]?.length ?? 0) + before.length);
  return changed;
}

/** @param {Map<number, Uint8Array>} sections */
function dataCount(sections) {
  return new Reader(sections.get(SECTION.data) ?? Uint8Array.of(0)).unsigned();
}

/** Texts that end with NUL, by their whole content. @param {Uint8Array | undefined} data @returns {Map<string, number>} */
function readTextAddresses(data) {
  const addresses = new Map();
  const reader = new Reader(data ?? Uint8Array.of(0));
  for (let count = reader.unsigned(); count > 0; count--) {
    if (reader.unsigned() !== 0 || reader.byte() !== OP.i32Const) throw new Error('The engine has an unexpected data segment.');
    const base = reader.signed();
    reader.byte();
    const length = reader.unsigned();
    reader.skip(length);
    const bytes = reader.since(reader.at - length);
    for (let from = 0; from < bytes.length; ) {
      const to = bytes.indexOf(0, from);
      const end = to === -1 ? bytes.length : to;
      if (end > from) addresses.set(new TextDecoder('latin1').decode(bytes.subarray(from, end)), base + from);
      from = end + 1;
    }
  }
  return addresses;
}

/** @param {Uint8Array} body @param {Map<number, number>} moved @returns {Uint8Array} */
function withConstants(body, moved) {
  if (moved.size === 0) return body;
  /** @type {(Uint8Array | number[])[]} */
  const out = [];
  let copiedTo = 0;
  walkInstructions(body, readLocals(body).codeFrom, ({ start, end }) => {
    const target = moved.get(start);
    if (target === undefined) return;
    out.push(body.subarray(copiedTo, start), [OP.i32Const, ...encodeSigned(target)]);
    copiedTo = end;
  });
  return concatBytes([...out, body.subarray(copiedTo)]);
}
