// What console methods print, against Node.js itself: each expression is evaluated on both sides.
import { format } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { runOnce, spec } from '../../test/sandbox/guest-run';
import { testSandboxes } from '../../test/sandboxes';
import type { SandboxFactory } from './sandbox';

let factory: SandboxFactory;
beforeAll(async () => {
  factory = await testSandboxes();
});

/** Arguments of console.log, as source text. */
const ARGUMENTS = [
  `'plain', 1, -0, 1n, true, null, undefined, Symbol('s'), NaN`,
  `''`,
  `"it's", ["it's", 'a"b\\'c', 'tab\\t', 'line\\nbreak', '\\u0001', '😀', '\\ud800', 'back\\\\slash']`,
  `{}, [], new Map(), new Set(), Object.create(null), new (class Empty {})()`,
  `{ a: 1, 'b-c': 'x', 3: true, [Symbol('key')]: { nested: [1, 2, { deep: { deeper: { deepest: 1 } } }] } }`,
  `{ order: { id: 'o-1', lines: [{ sku: 'a', quantity: 2, price: 12.5 }, { sku: 'b', quantity: 1, price: 3 }], customer: { name: 'Ada', address: { city: 'London' } } } }`,
  `Array.from({ length: 120 }, (_, i) => i)`,
  `Array.from({ length: 27 }, (_, i) => 'item ' + i)`,
  `[1.5, 22.25, 333, 4444, 55555, 6, 7, 88]`,
  `[1n, 2n, 3n, 4n, 5n, 6n, 7n, 8000n]`,
  `[undefined, null, , 3, , ,]`,
  `[[1, [2, [3, [4]]]], { x: { y: { z: {} } } }]`,
  `['a'.repeat(60), 'b'.repeat(60), 'c'.repeat(60)]`,
  `{ long: 'x'.repeat(100), other: 'y'.repeat(50), list: [1, 2, 3] }`,
  `{ text: 'first line of a long text\\nsecond line of a long text\\nthird line of a long text that goes on and on and on and on and on and on' }`,
  `new Map([['a', 1], [{ b: 2 }, new Map([['c', [1, 2]]])]])`,
  `new Set(['x', { y: 1 }, new Set([1, 2])])`,
  `[function named() {}, () => {}, async () => {}, function* gen() {}, async function* agen() {}, class A {}, class B extends Array {}, Math.max]`,
  `Object.assign(function f() {}, { meta: 1 })`,
  `new Date(0), [new Date(1e12)], new Date(NaN)`,
  `/a+b/gi, [/x/]`,
  `new (class Order { constructor() { this.id = 1; this.lines = [] } })()`,
  `new (class extends Map {})([['k', 'v']])`,
  `(() => { const a = { name: 'a' }; a.self = a; a.list = [a, { a }]; return a })()`,
  `(() => { const m = new Map(); m.set('me', m); return m })()`,
  `Promise.resolve(5) && 'promises differ in what can be seen of them'`,
  `{ get a() { return 1 }, set b(v) {}, get c() { return 1 }, set c(v) {} }`,
  `new Uint8Array([1, 2, 3]), new Float64Array(2), new Uint8Array(130), new BigInt64Array([1n])`,
  `Buffer.from('hello'), [Buffer.alloc(60, 1)], Buffer.alloc(0)`,
  `new ArrayBuffer(4)`,
  `[new String('s'), new Number(3), new Boolean(false)]`,
  `(function () { return arguments.length })(1, 2)`,
  `'%s is %d years and %i days, %f, %j %o %O %%', 'Ada', '36.5', 12.9, '1.25', { a: 1 }, 'o', { b: { c: {} } }, 'rest'`,
  `'%s', { a: { b: { c: 1 } } }, [1, [2, [3]]]`,
  `'%s %s', null`,
  `'%d', 'x', '%i', {}`,
  `'100%', 5, '%x', 1`,
  `'%s', new (class { toString() { return 'own text' } })()`,
  `{ a: 'x', b: undefined, c: null, d: -0, e: [,], f: Infinity }`,
  `[['a', 1], ['b', 2]], Object.entries({ x: 1, y: { z: 2 } })`,
  `{ a: [{ b: { c: {} } }], d: [[[[]]]] }`,
  `[{ id: 1, name: 'one' }, { id: 2, name: 'two' }, { id: 3, name: 'three' }, { id: 4, name: 'four' }, { id: 5, name: 'five' }, { id: 6, name: 'six' }, { id: 7, name: 'seven' }]`,
  `Object.freeze({ frozen: true }), Object.seal([1])`,
  `{ [Symbol.toStringTag]: 'Tagged', a: 1 }`,
  `new Proxy({ a: 1 }, {})`,
  `[1, 2, 3].values() && 'iterators differ'`,
  `new Error('only a message').message, String(new TypeError('t'))`,
  `{ 'quoted key': 1, valid_key: 2, $dollar: 3, 'it\\'s': 4, '': 5 }`,
  `JSON.parse('{"__proto__": 1, "a": 2}')`,
  `'a'.repeat(200), ['a'.repeat(200)]`,
  `Array.from({ length: 8 }, (_, i) => ({ i }))`,
  `Array.from({ length: 30 }, (_, i) => 'x'.repeat(i % 7))`,
  `Array.from({ length: 101 }, (_, i) => i % 2 ? 'odd' : i)`,
];

describe('console.log', () => {
  it('prints values as Node.js does', () => {
    const code = `export const handler = async () => {\n${ARGUMENTS.map((source) => `console.log(${source});`).join('\n')}\n};`;
    const { logs } = runOnce(factory, spec(code));
    const evaluate = (source: string) => format(...(new Function(`return [${source}]`)() as unknown[]));
    expect(logs).toEqual(ARGUMENTS.map((source) => `INFO ${evaluate(source)}`));
  });

  it('shows errors with stack, own members and cause', () => {
    const code = [
      'class Declined extends Error { constructor(message, options) { super(message, options); this.name = "Declined"; this.code = 402; } }',
      'export const handler = async () => {',
      '  console.error("failed:", new Declined("card", { cause: new TypeError("network") }));',
      '  console.log({ inner: new Error("inside") });',
      '};',
    ].join('\n');
    expect(runOnce(factory, spec(code)).logs).toEqual([
      [
        'ERROR failed: Declined: card',
        '    at Runtime.handler (file:///var/task/index.mjs:3:28) {',
        '  code: 402,',
        '  [cause]: TypeError: network',
        '      at Runtime.handler (file:///var/task/index.mjs:3:58)',
        '}',
      ].join('\n'),
      ['INFO {', '  inner: Error: inside', '      at Runtime.handler (file:///var/task/index.mjs:4:24)', '}'].join('\n'),
    ]);
  });

  it.each([
    ['log', 'INFO'],
    ['info', 'INFO'],
    ['debug', 'DEBUG'],
    ['warn', 'WARN'],
    ['error', 'ERROR'],
    ['fatal', 'FATAL'],
  ])('%s has the level %s', (method, level) => {
    expect(runOnce(factory, spec(`export const handler = async () => console.${method}('x');`)).logs).toEqual([`${level} x`]);
  });

  it('counts, groups and measures', () => {
    const code = `export const handler = async () => {
      console.count(); console.count('a'); console.count(); console.countReset(); console.count();
      console.group('outer'); console.log('in\\nside'); console.group(); console.warn('deep'); console.groupEnd(); console.groupEnd(); console.log('out');
      console.assert(true, 'no'); console.assert(false, 'is %s', 'wrong'); console.assert(false);
      console.time('t'); await new Promise((done) => setTimeout(done, 250)); console.timeEnd('t');
    };`;
    const { logs } = runOnce(factory, spec(code));
    expect(logs.slice(0, -1)).toEqual([
      'INFO default: 1',
      'INFO a: 1',
      'INFO default: 2',
      'INFO default: 1',
      'INFO outer',
      'INFO   in\n  side',
      'WARN     deep',
      'INFO out',
      'WARN Assertion failed: is wrong',
      'WARN Assertion failed',
    ]);
    expect(logs.at(-1)).toMatch(/^INFO t: 250(\.\d+)?ms$/);
  });

  it('prints a trace with its frames', () => {
    const code = `export const handler = async () => {\n  console.trace('here', 1);\n};`;
    expect(runOnce(factory, spec(code)).logs).toEqual(['TRACE Trace: here 1\n    at Runtime.handler (file:///var/task/index.mjs:2:11)']);
  });

  it('cuts a flood with a line that says so', () => {
    const { logs } = runOnce(factory, spec(`export const handler = async () => { for (let i = 0; i < 20_000; i++) console.log(i); };`));
    expect(logs).toHaveLength(10_002);
    expect(logs.at(-1)).toBe('WARN More than 10000 lines or 1000000 characters were logged without a pause: the rest is left out.');
  });
});
