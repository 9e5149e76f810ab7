// The meter on a module written by hand: a loop, a recursion and a bulk fill, each with known costs.
import { describe, expect, it } from 'vitest';
import { OP } from './instructions.mjs';
import { meter } from './meter.mjs';
import { readShape } from './module-shape.mjs';
import {
  appendCustomSection,
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
const MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const vector = (...entries: number[][]) => [...encodeUnsigned(entries.length), ...entries.flat()];
const section = (id: number, body: number[]) => [id, ...encodeUnsigned(body.length), ...body];
const body = (...code: number[]) => {
  const whole = [0, ...code, OP.end];
  return [...encodeUnsigned(whole.length), ...whole];
};
const get = [OP.localGet, 0];

/** (i32) -> i32: counts down, the turns of its loop being n + 1. */
const count = body(
  OP.block,
  0x40,
  OP.loop,
  0x40,
  ...get,
  0x45,
  0x0d,
  1,
  ...get,
  OP.i32Const,
  1,
  OP.i32Sub,
  0x21,
  0,
  OP.br,
  0,
  OP.end,
  OP.end,
  ...get,
);
/** (i32) -> i32: n levels of itself, by an early return at the bottom. */
const dive = body(
  ...get,
  0x45,
  OP.if,
  0x40,
  OP.i32Const,
  0,
  OP.return,
  OP.end,
  ...get,
  OP.i32Const,
  1,
  OP.i32Sub,
  OP.call,
  1,
  OP.i32Const,
  1,
  OP.i32Add,
);
/** (i32) -> i32: fills so many bytes. */
const fill = body(OP.i32Const, 0, OP.i32Const, 1, ...get, OP.bulk, 11, 0, ...get);

const MODULE = Uint8Array.from([
  ...MAGIC,
  ...section(SECTION.type, vector([0x60, 1, I32, 1, I32])),
  ...section(SECTION.function, vector([0], [0], [0])),
  ...section(SECTION.memory, vector([0, 1])),
  // A stack pointer, as code compiled from C has it.
  ...section(SECTION.global, vector([I32, 1, OP.i32Const, ...encodeSigned(50_000), OP.end])),
  ...section(
    SECTION.export,
    vector([...encodeName('count'), 0, 0], [...encodeName('dive'), 0, 1], [...encodeName('fill'), 0, 2], [...encodeName('stack'), 3, 0]),
  ),
  ...section(SECTION.code, vector(count, dive, fill)),
]);

interface Exports {
  count(n: number): number;
  dive(n: number): number;
  fill(n: number): number;
  fuel: WebAssembly.Global;
  stack_left: WebAssembly.Global;
  stack: WebAssembly.Global;
}

function instantiate(options?: { stackPointerGlobal?: number }): Exports {
  const wasm = meter(MODULE, options) as Uint8Array<ArrayBuffer>;
  const exports = new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports as unknown as Exports;
  exports.stack_left.value = 100_000;
  return exports;
}

function spent(exports: Exports, run: () => number): number {
  exports.fuel.value = 1_000_000n;
  run();
  return 1_000_000 - Number(exports.fuel.value);
}

describe('the meter', () => {
  it.each([
    ['2 for a function and 1 for each turn of a loop', 'count', 10, 2 + 11],
    ['the same for a thousand turns', 'count', 1000, 2 + 1001],
    ['2 for each level of a recursion', 'dive', 9, 2 * 10],
    ['1 for each 64 bytes of a fill', 'fill', 640, 2 + 10],
    ['nothing for less than 64 bytes', 'fill', 63, 2],
  ] as const)('charges %s', (_name, name, argument, fuel) => {
    const exports = instantiate();
    expect(spent(exports, () => exports[name](argument))).toBe(fuel);
  });

  it('keeps what the module computes', () => {
    const exports = instantiate();
    expect([exports.count(5), exports.dive(7), exports.fill(3)]).toEqual([0, 7, 3]);
  });

  it.each([
    ['in a loop', 'count', 1000],
    ['in a recursion', 'dive', 100],
    ['in a fill', 'fill', 65_536],
  ] as const)('traps below zero %s', (_name, name, argument) => {
    const exports = instantiate();
    exports.fuel.value = 100n;
    expect(() => exports[name](argument)).toThrow(WebAssembly.RuntimeError);
    expect(exports.fuel.value).toBeLessThan(0n);
  });

  it('spends the last unit without a trap', () => {
    const exports = instantiate();
    exports.fuel.value = 13n;
    expect(exports.count(10)).toBe(0);
    expect(exports.fuel.value).toBe(0n);
  });

  it('charges frames of recursive functions only, and gives them back by every way out', () => {
    const exports = instantiate();
    exports.dive(20);
    exports.count(20);
    expect(exports.stack_left.value).toBe(100_000);
    // A frame is 8 bytes for its parameter and 14 more slots.
    exports.stack_left.value = 120 * 21;
    expect(exports.dive(20)).toBe(20);
    exports.stack_left.value = 120 * 21 - 1;
    expect(() => exports.dive(20)).toThrow(WebAssembly.RuntimeError);
    exports.stack_left.value = 0;
    expect(exports.count(3)).toBe(0);
  });

  it('moves the stack in memory with the frames, and back', () => {
    const exports = instantiate({ stackPointerGlobal: 0 });
    expect(exports.dive(20)).toBe(20);
    expect(exports.stack.value).toBe(50_000);
    exports.stack_left.value = 120 * 5;
    expect(() => exports.dive(20)).toThrow(WebAssembly.RuntimeError);
    expect(exports.stack.value).toBe(50_000 - 5 * 120 * 8);
  });

  it('lets a module without a budget run', () => {
    const exports = new WebAssembly.Instance(new WebAssembly.Module(meter(MODULE) as Uint8Array<ArrayBuffer>))
      .exports as unknown as Exports;
    expect(exports.count(100)).toBe(0);
  });

  it('refuses instructions that it does not know', () => {
    const simd = Uint8Array.from([
      ...MAGIC,
      ...section(SECTION.type, vector([0x60, 0, 0])),
      ...section(SECTION.function, vector([0])),
      ...section(SECTION.code, vector(body(0xfd, 0))),
    ]);
    expect(() => meter(simd)).toThrow('The instruction 0xfd at byte 1 is not known to the meter.');
  });
});

describe('the binary format', () => {
  it.each([0, 1, 63, 64, 127, 128, 300, 16_384, 0x7fffffff, 0xffffffff])('reads %d as it writes it', (value) => {
    expect(new Reader(Uint8Array.from(encodeUnsigned(value))).unsigned()).toBe(value);
    expect(new Reader(Uint8Array.from(encodeSigned(value))).signed()).toBe(value | 0);
    expect(new Reader(Uint8Array.from(encodeSigned(-value))).signed()).toBe(-value | 0);
  });

  it('comes out as it went in', () => {
    expect(emitSections(parseSections(MODULE))).toEqual(MODULE);
  });

  it('leaves custom sections out and appends new ones', () => {
    const named = appendCustomSection(MODULE, 'note', Uint8Array.of(1, 2, 3));
    const [content] = WebAssembly.Module.customSections(new WebAssembly.Module(named as Uint8Array<ArrayBuffer>), 'note');
    expect([...new Uint8Array(content ?? new ArrayBuffer(0))]).toEqual([1, 2, 3]);
    expect(emitSections(parseSections(named))).toEqual(MODULE);
  });

  it('knows the shape of a module', () => {
    const shape = readShape(parseSections(MODULE));
    expect(shape).toMatchObject({ importedFunctions: 0, functionTypes: [0, 0, 0], globals: 1, types: [{ params: 1, results: [I32] }] });
    expect(shape.exports.map(({ name }) => name)).toEqual(['count', 'dive', 'fill', 'stack']);
    expect(shape.bodies).toHaveLength(3);
  });

  it('grows a vector that may be missing', () => {
    expect([...appendToVector(undefined, [[7], [8]])]).toEqual([2, 7, 8]);
    expect([...appendToVector(Uint8Array.of(1, 5), [[6]])]).toEqual([2, 5, 6]);
    expect([...concatBytes([[1], Uint8Array.of(2)])]).toEqual([1, 2]);
  });

  it.each([
    ['not WebAssembly at all', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 'Not a WebAssembly module'],
    ['cut short', MODULE.subarray(0, 5), 'ends too early'],
    ['a section of unknown kind', Uint8Array.from([...MAGIC, 77, 0]), 'unknown kind 77'],
  ])('refuses what is %s', (_name, bytes, message) => {
    expect(() => parseSections(bytes)).toThrow(message);
  });
});
