// Loading and calling a handler as the Node.js runtime does.
import { beforeAll, describe, expect, it } from 'vitest';
import { runOnce, spec } from '../../test/sandbox/guest-run';
import { testSandboxes } from '../../test/sandboxes';
import type { SandboxFactory } from './sandbox';

let factory: SandboxFactory;
beforeAll(async () => {
  factory = await testSandboxes();
});

type Files = Record<string, string>;

describe('a handler', () => {
  const LOADED: [string, Files, string, unknown][] = [
    ['ESM by extension', { 'index.mjs': 'export const handler = async (event) => event.n + 1;' }, 'index.handler', 2],
    [
      'ESM by package.json',
      { 'index.js': 'export const handler = async () => typeof require;', 'package.json': '{"type":"module"}' },
      'index.handler',
      'undefined',
    ],
    [
      'ESM by its syntax',
      { 'index.js': "import path from 'path';\nexport async function handler() { return path.sep }" },
      'index.handler',
      '/',
    ],
    ['default export', { 'index.mjs': 'export default { handler: async () => "in default" };' }, 'index.handler', 'in default'],
    [
      'CommonJS',
      { 'index.js': 'exports.handler = async (event) => [event.n, __filename, __dirname, module.id, require.resolve("./index")];' },
      'index.handler',
      [1, '/var/task/index.js', '/var/task', '/var/task/index.js', '/var/task/index.js'],
    ],
    ['CommonJS by extension', { 'index.cjs': 'module.exports = { handler: () => Promise.resolve(5) };' }, 'index.handler', 5],
    ['in a folder', { 'src/orders/charge.mjs': 'export const run = async () => "run";' }, 'src/orders/charge.run', 'run'],
    ['nested export', { 'index.js': 'exports.api = { v1: { handler: async () => "v1" } };' }, 'index.api.v1.handler', 'v1'],
    [
      '.js before .mjs',
      { 'index.mjs': 'export const handler = async () => "mjs";', 'index.js': 'exports.handler = async () => "js";' },
      'index.handler',
      'js',
    ],
    [
      'TypeScript',
      {
        'index.ts':
          "import type { Context } from 'aws-lambda';\nimport { double } from './lib/double';\ninterface Order { n: number }\nenum Kind { A = 'a' }\nexport const handler = async (event: Order, context: Context): Promise<unknown> => ({ n: double(event.n) satisfies number, kind: Kind.A as string });",
        'lib/double.ts': 'export function double<T extends number>(x: T): number { return x * 2 }',
      },
      'index.handler',
      { n: 2, kind: 'a' },
    ],
    [
      'TypeScript import by .js',
      { 'index.mts': "import { x } from './x.mjs'; export const handler = async () => x!;", 'x.mts': 'export const x: number = 3;' },
      'index.handler',
      3,
    ],
    [
      'top-level await',
      {
        'index.mjs':
          'const ready = await new Promise((done) => setTimeout(() => done("ready"), 20)); export const handler = async () => ready;',
      },
      'index.handler',
      'ready',
    ],
    [
      'callback',
      { 'index.js': 'exports.handler = (event, context, callback) => { setTimeout(() => callback(null, "called back"), 10) };' },
      'index.handler',
      'called back',
    ],
    [
      'return value without a promise',
      { 'index.js': 'exports.handler = (event) => ({ ignored: false, n: event.n });' },
      'index.handler',
      null,
    ],
    ['thenable', { 'index.js': 'exports.handler = () => ({ then(resolve) { resolve("thenable") } });' }, 'index.handler', 'thenable'],
    [
      'context.succeed',
      { 'index.js': 'exports.handler = (event, context) => context.succeed("succeeded");' },
      'index.handler',
      'succeeded',
    ],
    ['undefined', { 'index.mjs': 'export const handler = async () => {};' }, 'index.handler', null],
    [
      'import of JSON and CommonJS',
      {
        'index.mjs':
          "import data from './data.json' with { type: 'json' };\nimport lib, { named } from './lib.cjs';\nexport const handler = async () => [data.a, lib.named, named];",
        'data.json': '{"a":1}',
        'lib.cjs': 'exports.named = 7;',
      },
      'index.handler',
      [1, 7, 7],
    ],
    [
      'require of JSON, a folder and node_modules',
      {
        'index.js':
          "const { a } = require('./data'); exports.handler = async () => [a, require('./lib').x, require('tiny')(2), require('@scope/pkg/sub')];",
        'data.json': '{"a":1}',
        'lib/index.js': 'exports.x = 2;',
        'node_modules/tiny/package.json': '{"main":"main.js"}',
        'node_modules/tiny/main.js': 'module.exports = (n) => n * 3;',
        'node_modules/@scope/pkg/package.json': '{"exports":{"./sub":{"require":"./sub.cjs"}}}',
        'node_modules/@scope/pkg/sub.cjs': 'module.exports = "sub";',
      },
      'index.handler',
      [1, 2, 6, 'sub'],
    ],
    [
      'dynamic import',
      { 'index.js': "exports.handler = async () => (await import('./late.mjs')).late;", 'late.mjs': 'export const late = "late";' },
      'index.handler',
      'late',
    ],
    [
      'import.meta',
      { 'index.mjs': 'export const handler = async () => [import.meta.url, import.meta.filename, import.meta.dirname];' },
      'index.handler',
      ['file:///var/task/index.mjs', '/var/task/index.mjs', '/var/task'],
    ],
    [
      'createRequire',
      {
        'index.mjs':
          "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nexport const handler = async () => require('./data.json');",
        'data.json': '[1]',
      },
      'index.handler',
      [1],
    ],
    [
      'context',
      {
        'index.mjs':
          'export const handler = async (event, context) => [context.functionName, context.awsRequestId, context.memoryLimitInMB, context.getRemainingTimeInMillis() > 59_000, process.env.AWS_REGION];',
      },
      'index.handler',
      ['charge', '8a4b0c5e-1111-4222-8333-000000000001', '1769', true, 'eu-west-1'],
    ],
  ];
  it.each(LOADED)('loads: %s', (_name, files, handler, expected) => {
    const { result, error, initError } = runOnce(factory, spec(files, { handler }), { n: 1 });
    expect({ error, initError }).toEqual({ error: null, initError: null });
    expect(result).toEqual(expected);
  });

  it('of a callback style waits for the event loop, unless told otherwise', () => {
    const code = (waits: string) =>
      `exports.handler = (event, context, callback) => { ${waits} setTimeout(() => console.log('late'), 500); callback(null, 1) };`;
    const waiting = runOnce(factory, spec({ 'index.js': code('') }));
    expect([waiting.result, waiting.logs, waiting.tookMs >= 500]).toEqual([1, ['INFO late'], true]);
    const direct = runOnce(factory, spec({ 'index.js': code('context.callbackWaitsForEmptyEventLoop = false;') }));
    expect([direct.result, direct.logs, direct.tookMs < 100]).toEqual([1, [], true]);
  });
});
