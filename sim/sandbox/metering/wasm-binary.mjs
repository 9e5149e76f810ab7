// Reads and writes the binary format of WebAssembly, as far as a rewriting pass needs it.
// https://webassembly.github.io/spec/core/binary/index.html

export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
};

/** Section ids in the order in which a module must list them; data count stands before code. */
const SECTION_ORDER = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11];

/** @param {number} value @returns {number[]} unsigned LEB128 */
export function encodeUnsigned(value) {
  const bytes = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest ? low | 0x80 : low);
  } while (rest);
  return bytes;
}

/** @param {number} value a 32-bit integer @returns {number[]} signed LEB128 */
export function encodeSigned(value) {
  const bytes = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && !(low & 0x40)) || (rest === -1 && low & 0x40)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** @param {string} text @returns {number[]} length and UTF-8 bytes */
export function encodeName(text) {
  const bytes = new TextEncoder().encode(text);
  return [...encodeUnsigned(bytes.length), ...bytes];
}

/** @param {(Uint8Array | number[])[]} parts @returns {Uint8Array} */
export function concatBytes(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A cursor over bytes. */
export class Reader {
  /** @param {Uint8Array} bytes @param {number} [at] @param {number} [end] */
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done() {
    return this.at >= this.end;
  }

  byte() {
    if (this.at >= this.end) throw new Error(`The WebAssembly module ends too early, at byte ${this.at}.`);
    return /** @type {number} */ (this.bytes[this.at++]);
  }

  unsigned() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (!(byte & 0x80)) return value >>> 0;
    }
  }

  /** A signed LEB128 of at most 32 bits. */
  signed() {
    let value = 0;
    for (let shift = 0; ; ) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      shift += 7;
      if (!(byte & 0x80)) return shift < 32 && byte & 0x40 ? value | (-1 << shift) : value;
    }
  }

  /** Passes over one LEB128 of any width. */
  skipLeb() {
    while (this.byte() & 0x80);
  }

  /** @param {number} length */
  skip(length) {
    this.at += length;
  }

  name() {
    const length = this.unsigned();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }

  /** @param {number} from */
  since(from) {
    return this.bytes.subarray(from, this.at);
  }

  rest() {
    return this.bytes.subarray(this.at, this.end);
  }
}

/** The body of each section by id. Custom sections (names, debugging) are left out.
 * @param {Uint8Array} wasm @returns {Map<number, Uint8Array>} */
export function parseSections(wasm) {
  const reader = new Reader(wasm);
  const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  if (magic.some((byte) => reader.byte() !== byte)) throw new Error('Not a WebAssembly module of version 1.');
  const sections = new Map();
  while (!reader.done) {
    const id = reader.byte();
    const length = reader.unsigned();
    const body = wasm.subarray(reader.at, reader.at + length);
    reader.skip(length);
    if (id === SECTION.custom) continue;
    if (!SECTION_ORDER.includes(id)) throw new Error(`The WebAssembly module has a section of unknown kind ${id}.`);
    sections.set(id, body);
  }
  return sections;
}

/** @param {Map<number, Uint8Array>} sections @returns {Uint8Array} */
export function emitSections(sections) {
  /** @type {Uint8Array[]} */
  const parts = [Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00)];
  for (const id of SECTION_ORDER) {
    const body = sections.get(id);
    if (body) parts.push(Uint8Array.from([id, ...encodeUnsigned(body.length)]), body);
  }
  return concatBytes(parts);
}

/** Appends a custom section: data that travels inside the module.
 * @param {Uint8Array} wasm @param {string} name @param {Uint8Array} content @returns {Uint8Array} */
export function appendCustomSection(wasm, name, content) {
  const head = encodeName(name);
  return concatBytes([wasm, [SECTION.custom, ...encodeUnsigned(head.length + content.length)], head, content]);
}

/** Appends entries to a section that is a vector.
 * @param {Uint8Array | undefined} body @param {number[][]} entries @returns {Uint8Array} */
export function appendToVector(body, entries) {
  const reader = new Reader(body ?? Uint8Array.of(0));
  const count = reader.unsigned();
  return concatBytes([encodeUnsigned(count + entries.length), reader.rest(), ...entries]);
}
