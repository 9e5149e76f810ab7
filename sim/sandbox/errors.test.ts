// Errors of init and of an invocation, as the Node.js runtime reports them. Facts LAM-INV-X03 to LAM-INV-X06.
import { beforeAll, describe, expect, it } from 'vitest';
import { GuestRun, runOnce, spec } from '../../test/sandbox/guest-run';
import { testSandboxes } from '../../test/sandboxes';
import type { RuntimeError, SandboxFactory } from './sandbox';

let factory: SandboxFactory;
beforeAll(async () => {
  factory = await testSandboxes();
});

type Files = Record<string, string>;

describe('errors of init', () => {
  const FAILED: [string, Files, string, RuntimeError][] = [
    [
      'no such file',
      {},
      'index.handler',
      {
        errorType: 'Runtime.ImportModuleError',
        errorMessage: "Error: Cannot find module 'index'\nRequire stack:\n- /var/runtime/index.mjs",
        trace: ["Runtime.ImportModuleError: Error: Cannot find module 'index'", 'Require stack:', '- /var/runtime/index.mjs'],
      },
    ],
    [
      'missing package, CommonJS',
      { 'index.js': "const _ = require('lodash');\nexports.handler = 1;" },
      'index.handler',
      {
        errorType: 'Runtime.ImportModuleError',
        errorMessage: "Error: Cannot find module 'lodash'\nRequire stack:\n- /var/task/index.js",
        trace: [
          "Runtime.ImportModuleError: Error: Cannot find module 'lodash'",
          'Require stack:',
          '- /var/task/index.js',
          '    at /var/task/index.js:1:11',
        ],
      },
    ],
    [
      'missing package, ESM',
      { 'index.mjs': "import _ from 'lodash';\nexport const handler = 1;" },
      'index.handler',
      {
        errorType: 'Error',
        errorMessage: "Cannot find package 'lodash' imported from /var/task/index.mjs",
        trace: ["Error: Cannot find package 'lodash' imported from /var/task/index.mjs"],
      },
    ],
    [
      'missing file, ESM',
      { 'index.mjs': "import './lib/prices';" },
      'index.handler',
      {
        errorType: 'Error',
        errorMessage: "Cannot find module '/var/task/lib/prices' imported from /var/task/index.mjs",
        trace: ["Error: Cannot find module '/var/task/lib/prices' imported from /var/task/index.mjs"],
      },
    ],
    [
      'missing export',
      { 'index.mjs': 'export const other = 1;' },
      'index.handler',
      {
        errorType: 'Runtime.HandlerNotFound',
        errorMessage: 'index.handler is undefined or not exported',
        trace: ['Runtime.HandlerNotFound: index.handler is undefined or not exported'],
      },
    ],
    [
      'not a function',
      { 'index.mjs': 'export const handler = 1;' },
      'index.handler',
      {
        errorType: 'Runtime.HandlerNotFound',
        errorMessage: 'index.handler is not a function',
        trace: ['Runtime.HandlerNotFound: index.handler is not a function'],
      },
    ],
    [
      'handler without a dot',
      { 'index.mjs': '' },
      'index',
      { errorType: 'Runtime.MalformedHandlerName', errorMessage: 'Bad handler', trace: ['Runtime.MalformedHandlerName: Bad handler'] },
    ],
    [
      'handler that climbs',
      { 'index.mjs': '' },
      '../index.handler',
      {
        errorType: 'Runtime.MalformedHandlerName',
        errorMessage:
          "'../index.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
        trace: [
          "Runtime.MalformedHandlerName: '../index.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
        ],
      },
    ],
    [
      'syntax error, ESM',
      { 'index.mjs': 'export const handler = async () => {\n  const x = ;\n};' },
      'index.handler',
      {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: "SyntaxError: Unexpected token ';'",
        trace: ["Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token ';'", '    at file:///var/task/index.mjs:2:13'],
      },
    ],
    [
      'syntax error, CommonJS, first line',
      { 'index.js': 'const x = ;' },
      'index.handler',
      {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: "SyntaxError: Unexpected token ';'",
        trace: ["Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token ';'", '    at /var/task/index.js:1:11'],
      },
    ],
    [
      'syntax error in an imported file',
      { 'index.mjs': "import './b.mjs';", 'b.mjs': '\n\nlet a = 1;\nfoo(' },
      'index.handler',
      {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: "SyntaxError: Unexpected token ''",
        trace: ["Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token ''", '    at file:///var/task/b.mjs:4:5'],
      },
    ],
    [
      'static code that throws',
      { 'index.mjs': 'const config = {};\nexport const table = config.table.name;' },
      'index.handler',
      {
        errorType: 'TypeError',
        errorMessage: "Cannot read properties of undefined (reading 'name')",
        trace: ["TypeError: Cannot read properties of undefined (reading 'name')", '    at file:///var/task/index.mjs:2:35'],
      },
    ],
    [
      'rejected top-level await',
      { 'index.mjs': "await Promise.reject(new RangeError('no config'));" },
      'index.handler',
      { errorType: 'RangeError', errorMessage: 'no config', trace: ['RangeError: no config', '    at file:///var/task/index.mjs:1:22'] },
    ],
    [
      'require of a module',
      { 'index.js': "require('./m.mjs');", 'm.mjs': 'export const x = 1;' },
      'index.handler',
      {
        errorType: 'Error',
        errorMessage:
          'require() of ES Module /var/task/m.mjs from /var/task/index.js not supported.\nInstead change the require of /var/task/m.mjs in /var/task/index.js to a dynamic import() which is available in all CommonJS modules.',
        trace: expect.any(Array) as unknown as string[],
      },
    ],
    [
      'TypeScript namespace',
      { 'index.ts': 'export const a = 1;\nnamespace Shop { export const b = 2 }' },
      'index.handler',
      {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: 'SyntaxError: TypeScript namespaces are not supported here, use a module instead (/var/task/index.ts:2)',
        trace: expect.any(Array) as unknown as string[],
      },
    ],
    [
      'TypeScript syntax error',
      { 'index.ts': 'export const a: = 1;' },
      'index.handler',
      {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: 'SyntaxError: Unexpected token (/var/task/index.ts:1:17)',
        trace: expect.any(Array) as unknown as string[],
      },
    ],
    [
      'a file with NUL',
      { 'index.mjs': 'export const a = 1;\0 bad' },
      'index.handler',
      {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: 'SyntaxError: Invalid or unexpected token',
        trace: ['Runtime.UserCodeSyntaxError: SyntaxError: Invalid or unexpected token'],
      },
    ],
    [
      'a missing export of a built-in module',
      { 'index.mjs': "import { Nope } from '@aws-sdk/client-sqs';" },
      'index.handler',
      {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: "SyntaxError: The requested module does not provide an export named 'Nope'",
        trace: expect.any(Array) as unknown as string[],
      },
    ],
  ];
  it.each(FAILED)('%s', (_name, files, handler, expected) => {
    expect(runOnce(factory, spec(files, { handler })).initError).toEqual(expected);
  });
});

describe('errors of an invocation', () => {
  const T = '    at Runtime.handler (file:///var/task/index.mjs:';
  const FAILED: [string, string, RuntimeError][] = [
    [
      'a thrown error',
      `throw new Error('card declined');`,
      { errorType: 'Error', errorMessage: 'card declined', trace: ['Error: card declined', `${T}2:7)`] },
    ],
    [
      'an error of an own class',
      `class Declined extends Error { constructor(m) { super(m); this.name = 'Declined'; } } throw new Declined('no');`,
      { errorType: 'Declined', errorMessage: 'no', trace: ['Declined: no', `${T}2:93)`] },
    ],
    [
      'a TypeError of the engine',
      `return event.order.id;`,
      {
        errorType: 'TypeError',
        errorMessage: "Cannot read properties of undefined (reading 'id')",
        trace: ["TypeError: Cannot read properties of undefined (reading 'id')", `${T}2:20)`],
      },
    ],
    [
      'a call of what is no function',
      `const basket = {}; basket.lines.push; `,
      {
        errorType: 'TypeError',
        errorMessage: "Cannot read properties of undefined (reading 'push')",
        trace: ["TypeError: Cannot read properties of undefined (reading 'push')", `${T}2:33)`],
      },
    ],
    [
      'a call of a missing method',
      `const basket = { lines: {} }; basket.lines.add(1);`,
      {
        errorType: 'TypeError',
        errorMessage: 'basket.lines.add is not a function',
        trace: ['TypeError: basket.lines.add is not a function', `${T}2:44)`],
      },
    ],
    [
      'an undeclared name',
      `return total;`,
      { errorType: 'ReferenceError', errorMessage: 'total is not defined', trace: ['ReferenceError: total is not defined', `${T}2:8)`] },
    ],
    ['a thrown text', `throw 'boom';`, { errorType: 'string', errorMessage: 'boom', trace: [] }],
    ['a thrown object', `throw { code: 5 };`, { errorType: 'object', errorMessage: '[object Object]', trace: [] }],
    ['a rejection without a reason', `return Promise.reject();`, { errorType: 'string', errorMessage: 'handled', trace: [] }],
    [
      'a circular result',
      `const a = {}; a.a = a; return a;`,
      { errorType: 'Error', errorMessage: 'Unable to stringify response body', trace: ['Error: Unable to stringify response body'] },
    ],
    [
      'a BigInt result',
      `return 1n;`,
      { errorType: 'Error', errorMessage: 'Unable to stringify response body', trace: ['Error: Unable to stringify response body'] },
    ],
    [
      'a deep recursion',
      `return (function dive() { return dive() + 1 })();`,
      {
        errorType: 'RangeError',
        errorMessage: 'Maximum call stack size exceeded',
        trace: [
          'RangeError: Maximum call stack size exceeded',
          ...Array.from({ length: 10 }, () => '    at dive (file:///var/task/index.mjs:2:34)'),
        ],
      },
    ],
  ];
  it.each(FAILED)('%s', (_name, body, expected) => {
    expect(runOnce(factory, spec(`export const handler = async (event) => {\n${body}\n};`)).error).toEqual(expected);
  });

  it('a handler that never settles, with nothing left to wait for', () => {
    const { error, ended } = runOnce(factory, spec('export const handler = async () => { await new Promise(() => {}) };'));
    expect(error).toMatchObject({
      errorType: 'Runtime.NodeJsExit',
      errorMessage: expect.stringContaining('a Promise that was never settled'),
    });
    expect(ended).toEqual({ end: 'waiting' });
  });

  it('a rejection that nobody handles ends the process', () => {
    const { error, ended } = runOnce(
      factory,
      spec("export const handler = async () => { Promise.reject(new Error('lost')); await new Promise((done) => setTimeout(done, 50)) };"),
    );
    expect(error).toMatchObject({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' });
    expect(error?.trace[0]).toBe('Runtime.UnhandledPromiseRejection: Error: lost');
    expect(ended).toEqual({ end: 'exited', exitCode: 128 });
  });

  it('a rejection that is handled in the same turn is none', () => {
    const { result } = runOnce(
      factory,
      spec(
        "export const handler = async () => { const p = Promise.reject(new Error('late')); await null; await null; return p.catch((e) => e.message) };",
      ),
    );
    expect(result).toBe('late');
  });

  it('an exception in a timer ends the process', () => {
    const { error, ended } = runOnce(
      factory,
      spec(
        "export const handler = async () => { setTimeout(() => { throw new TypeError('in timer') }, 5); await new Promise((done) => setTimeout(done, 50)) };",
      ),
    );
    expect(error).toMatchObject({ errorType: 'TypeError', errorMessage: 'in timer' });
    expect(ended).toEqual({ end: 'exited', exitCode: 129 });
  });

  it('a listener for the process takes them over', () => {
    const code =
      "process.on('unhandledRejection', (e) => console.log('seen', e.message)); process.on('uncaughtException', (e) => console.log('caught', e.message));\nexport const handler = async () => { Promise.reject(new Error('a')); setTimeout(() => { throw new Error('b') }, 1); await new Promise((done) => setTimeout(done, 9)); return 'alive' };";
    const { result, logs } = runOnce(factory, spec(code));
    expect([result, logs]).toEqual(['alive', ['INFO seen a', 'INFO caught b']]);
  });

  it('after an error the environment goes on', () => {
    const run = new GuestRun(
      factory,
      spec('let n = 0; export const handler = async (event) => { n++; if (event.fail) throw new Error("x"); return n; };'),
    );
    run.init();
    expect(run.invoke({ fail: true }).error?.errorMessage).toBe('x');
    expect(run.invoke().result).toBe(2);
  });
});
