// The metered engine computes what the engine as quickjs-emscripten ships it computes: metering changes the clock, never the answer.
import { getQuickJS, type QuickJSWASMModule } from 'quickjs-emscripten';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SandboxFactory } from '../../sim/sandbox/sandbox';
import { testSandboxes } from '../sandboxes';

let stock: QuickJSWASMModule;
let sandboxes: SandboxFactory;
beforeAll(async () => {
  [stock, sandboxes] = await Promise.all([getQuickJS(), testSandboxes()]);
});

/** JSON text of an expression's value, or the name of the error that it throws. */
function byStock(expression: string): string {
  const context = stock.newContext();
  try {
    const result = context.evalCode(
      `(() => { try { return JSON.stringify(${expression}) ?? 'null'; } catch (error) { return 'threw ' + error.name; } })()`,
    );
    if (result.error) {
      result.error.dispose();
      return 'did not parse';
    }
    const text = context.getString(result.value);
    result.value.dispose();
    return text;
  } finally {
    context.dispose();
  }
}

function bySandbox(expression: string): string {
  const sandbox = sandboxes.create({
    files: {
      'index.mjs': `export const handler = async () => { try { return JSON.stringify(${expression}) ?? 'null'; } catch (error) { return 'threw ' + error.name; } };`,
    },
    handler: 'index.handler',
    memoryMB: 1769,
    environment: {},
    seed: 1,
    ephemeralStorageMB: 512,
  });
  const time = { startEpochMs: 0, deadlineEpochMs: 60_000 };
  const context = {
    awsRequestId: 'r',
    functionName: 'f',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'a',
    memoryLimitInMB: '1769',
    logGroupName: 'g',
    logStreamName: 's',
  };
  try {
    if (!sandbox.init(time).outputs.some((output) => output.type === 'ready')) return 'did not parse';
    const result = sandbox.invoke(time, '{}', context).outputs.find((output) => output.type === 'result');
    return result?.type === 'result' ? JSON.parse(result.payload) : 'no result';
  } finally {
    sandbox.dispose();
  }
}

const EXPRESSIONS = [
  '[1, 2, 3].map((n) => n ** 2).reduce((a, b) => a + b)',
  '(() => { const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)); return fib(17); })()',
  "'The quick brown fox'.replace(/(\\w+) (\\w+)/gu, '$2 $1').split('').reverse().join('')",
  '[3, 1, 2, 10].sort()',
  '[...Array(2000).keys()].sort((a, b) => (a * 7919) % 2003 - (b * 7919) % 2003).slice(0, 5)',
  '(0.1 + 0.2).toFixed(17)',
  '[1e21, 1e-7, 123456789012345680000, -0, 5e-324].map(String)',
  '(2n ** 200n).toString(36)',
  'JSON.parse(\'{"a":[1,{"b":null}],"__proto__":{"x":1}}\')',
  'Object.entries({ b: 1, a: 2, 1: 3, 0: 4 })',
  "[...'𝒳y\\u0301'].length",
  "'İ'.toLowerCase().length",
  '[..."aXbXc".matchAll(/[a-c]/g)].map((match) => match.index)',
  '(() => { function* naturals() { let n = 0; for (;;) yield n++; } const out = []; for (const n of naturals()) { if (n > 5) break; out.push(n); } return out; })()',
  '(() => { class A { #x = 1; get x() { return this.#x; } static of() { return new A(); } } return A.of().x; })()',
  'new Map([[NaN, 1], [0, 2], [-0, 3]]).get(0)',
  'structuredCloneIsMissing()',
  'null.x',
  "new RegExp('(')",
  "'x'.repeat(-1)",
  '(() => { const a = []; a[5] = 1; return a; })()',
  'new Uint8Array([256, -1, 3.7])',
  'Array.from(new Float32Array([1.1]))',
  'Date.UTC(2024, 1, 29, 12, 0, 0)',
  "new Date('2026-11-02T10:15:07.114Z').getTime()",
  '[Math.imul(0xffffffff, 5), Math.clz32(1), Math.fround(5.5), Math.hypot(3, 4)]',
  'parseInt("0x1f") + parseFloat("3.14abc")',
  'Object.fromEntries(Object.entries({ a: 1 }).map(([k, v]) => [k.toUpperCase(), v + 1]))',
  '(({ a, ...rest }) => rest)({ a: 1, b: 2, c: 3 })',
  "'a-b-c'.split('-', 2).concat([['nested']]).flat()",
];

describe('the metered engine', () => {
  it.each(EXPRESSIONS)('agrees with the stock engine on %s', (expression) => {
    expect(bySandbox(expression)).toBe(byStock(expression));
  });
});
