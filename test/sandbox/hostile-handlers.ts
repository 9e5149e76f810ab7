// Handlers that try to get out, to outlive their end, to flood, or to confuse the border between guest and host.
// Each is an index.mjs unless it says otherwise; the suite drives it with a fixed script of events, answers and timers.

import { RECURSIONS } from './recursions';

export interface HostileHandler {
  files: Record<string, string>;
  handler?: string;
  event?: string;
}

const asHandler = (body: string, prefix = ''): HostileHandler => ({
  files: { 'index.mjs': `${prefix}\nexport const handler = async (event, context) => {\n${body}\n};` },
});
const asModule = (source: string): HostileHandler => ({ files: { 'index.mjs': source } });
const deepArray = `${'['.repeat(3000)}${']'.repeat(3000)}`;

const CHAIN_LENGTH = 4000;
const chain = (ending: string, source: (next: number) => string): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: CHAIN_LENGTH }, (_, index) => [`m${index}.${ending}`, index + 1 < CHAIN_LENGTH ? source(index + 1) : '']),
  );

const recursions = Object.entries(RECURSIONS).map(([name, source]): [string, HostileHandler] => [
  `recursion: ${name}`,
  asHandler(`try { await (${source})(); return 'ran' } catch (error) { return error.name }`),
]);

export const HOSTILE_HANDLERS: Record<string, HostileHandler> = {
  ...Object.fromEntries(recursions),
  // Getting out
  'constructor.constructor reaches only the guest': asHandler(
    `return (function () { return this }).constructor.constructor('return [typeof process.binding, typeof require, typeof WebAssembly, typeof Deno, typeof window, typeof document, Object.getOwnPropertyNames(globalThis).sort().join()]')();`,
  ),
  'constructors of everything that the runtime hands out': asHandler(
    `const seen = [];
     for (const value of [event, context, console.log, setTimeout, process, fetch, Buffer, context.getRemainingTimeInMillis, process.env]) {
       const make = value.constructor.constructor; seen.push(typeof make('return typeof process.mainModule + typeof globalThis.__host')());
     } return seen;`,
  ),
  'the hidden entry of built-in modules gives nothing but them': asHandler(
    `const names = Object.getOwnPropertyNames(__coldstart); let denied = 0;
     for (const path of ['/etc/passwd', '../../../etc/passwd', '/var/runtime/index.mjs', 'node:child_process']) { try { __coldstart.require(path) } catch { denied++ } }
     return [names, denied, __coldstart.builtin('node:net') === undefined, Object.isFrozen(__coldstart)];`,
  ),
  'stack traces show no frame of the runtime': asHandler(
    `const own = Object.getOwnPropertyNames(new Error('x')); Error.prepareStackTrace = (_, sites) => sites; return [typeof new Error('y').stack, own.length, /aws-lambda-runtime/.test(new Error('z').stack)];`,
  ),
  'callers cannot be reached': asHandler(
    `function f() { try { return String(f.caller) } catch (e) { return e.name } } let a; try { a = (function () { return typeof arguments.callee.caller })() } catch (e) { a = e.name } return [f(), a];`,
  ),
  'symlinks and device files do not exist': asHandler(
    `const fs = await import('node:fs'); const out = [];
     for (const path of ['/proc/self/environ', '/dev/zero', '/etc/passwd', '/var/task/../../etc/passwd', '/tmp/../etc/hosts', '\\u0000/etc/passwd', '/var/runtime']) { try { out.push(String(fs.readFileSync(path)).length) } catch (e) { out.push(e.code ?? e.name) } }
     for (const path of ['/var/task/x', '/x', '/tmpx/y', '/tmp/../x']) { try { fs.writeFileSync(path, 'x'); out.push('written') } catch (e) { out.push(e.code) } }
     return out;`,
  ),
  'import of odd names': asHandler(
    `const out = []; for (const name of ['', '.', '..', './', 'node:', 'file:///etc/passwd', 'file:///%zz', 'file://', 'http://x.example/y.mjs', 'data:text/javascript,1', '\\u0000', 'a'.repeat(100000), '../'.repeat(5000) + 'x', '__proto__', 'constructor', 'node:__proto__', '@aws-sdk/__proto__', '@aws-sdk/client-toString', 'toString', './index.mjs?x', {}, null, 5, Symbol.iterator]) {
       try { await import(name); out.push('loaded') } catch (e) { out.push(e?.code ?? e?.name) } } return out;`,
  ),
  'circular imports': {
    files: {
      'index.mjs': `import { b } from './b.mjs'; export const a = 1; export const handler = async () => b();`,
      'b.mjs': `import { a } from './index.mjs'; export const b = () => a + 1;`,
    },
  },
  'circular requires': {
    files: {
      'index.js': `exports.x = 1; const b = require('./b'); exports.handler = async () => [b.seen, Object.keys(b)];`,
      'b.js': `exports.seen = require('./index').x;`,
    },
  },
  'calls of the host at every depth': {
    files: {
      'index.js': `const fs = require('fs'); let depth = 0; exports.handler = async () => { const dive = (n) => { depth = n; console.log(new Error('at ' + n)); setTimeout(() => {}, n); performance.now(); try { require('./none' + n) } catch {} fs.existsSync('/var/task/index.js'); try { require('./bad' + n % 3 + '.js') } catch {} dive(n + 1) }; try { dive(0) } catch (e) { return [e.name, depth > 50] } };`,
      'bad0.js': 'syntax error',
      'bad1.js': "throw new Error('in init')",
      'bad2.js': "module.exports = require('./bad0.js')",
    },
  },
  'a chain of thousands of modules': {
    files: {
      'index.mjs': "import './m0.mjs'; export const handler = async () => 1;",
      ...chain('mjs', (next) => `import './m${next}.mjs';`),
    },
  },
  'a chain of thousands of requires': {
    files: { 'index.js': "require('./m0.js'); exports.handler = async () => 1;", ...chain('js', (next) => `require('./m${next}.js');`) },
  },
  'a file that closes its wrapper': {
    files: { 'index.js': `}); globalThis.escaped = 1; (function () { exports.handler = async () => globalThis.escaped;` },
  },

  // Prototype pollution and patched intrinsics across the border
  'polluted Object.prototype.toJSON': asHandler(
    `Object.prototype.toJSON = function () { return { forged: true } }; console.log({ a: 1 }); const sqs = new SQSClient({}); try { await sqs.send(new SendMessageCommand({ QueueUrl: 'q' })) } catch (e) { return e.name } return { b: 2 };`,
    `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';`,
  ),
  'patched JSON, Promise, Map and Array': asHandler(
    `JSON.stringify = () => '{"forged":1}'; JSON.parse = () => ({ forged: 1 }); Promise.prototype.then = function () { return this }; Map.prototype.get = () => undefined; Map.prototype.set = function () { return this };
     Array.prototype.push = () => 0; Array.prototype[Symbol.iterator] = function* () {}; Reflect.apply = () => { throw 1 }; Object.assign = () => null; String.prototype.replace = () => 'forged';
     console.log('still', { here: 1 }); setTimeout(() => console.log('timer'), 5); return { ok: 1 };`,
  ),
  'replaced Promise': asHandler(
    `globalThis.Promise = class { then() { return this } static resolve() { return new this() } }; return fetch('https://a.example/')`,
  ),
  '__proto__ keys in event and result': {
    ...asHandler(`return [Object.keys(event), event.polluted, ({}).polluted, JSON.parse('{"__proto__":{"polluted":2}}')]`),
    event: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  },
  '__proto__ keys in a request': asHandler(
    `await new SQSClient({}).send(new SendMessageCommand(JSON.parse('{"__proto__":{"admin":true},"QueueUrl":"q","MessageAttributes":{"__proto__":{"x":1},"y":{"StringValue":"1"}}}')));`,
    `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';`,
  ),
  'polluted setters on Object.prototype': asHandler(
    `for (const key of ['errorType', 'errorMessage', 'trace', 'id', 'resolve', 'callback', 'value', 'level', 'isDone']) Object.defineProperty(Object.prototype, key, { set() { throw new Error('trap') }, get() { return 'forged' }, configurable: true }); console.log('x'); throw new Error('real');`,
  ),

  // What comes back
  'getters on the result': asHandler(
    `let n = 0; return { get a() { n++; console.log('read', n); return n }, b: { get c() { throw new Error('no') } } }`,
  ),
  'toJSON that never ends': asHandler(`return { toJSON() { for (;;); } }`),
  'toJSON that returns another toJSON': asHandler(
    `const make = (n) => ({ toJSON: () => n > 5 ? make : { n, next: make(n + 1) } }); return make(0)`,
  ),
  'proxy as result': asHandler(
    `return new Proxy({}, { ownKeys: () => ['a', 'b'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }), get: (_, k) => typeof k === 'string' ? k.repeat(3) : undefined })`,
  ),
  'revoked proxy as result': asHandler(`const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy`),
  'thenable that resolves itself for ever': asHandler(`const again = { then(resolve) { resolve(again) } }; return again`),
  'deep nesting in the result': asHandler(`let value = 1; for (let i = 0; i < 20000; i++) value = [value]; return value`),
  'deep nesting in the event': { ...asHandler(`return JSON.stringify(event).length`), event: deepArray },
  'a result of many megabytes': asHandler(`return '€'.repeat(2_200_000)`),
  'bigint, symbol, function and undefined results': asHandler(
    `return event.n === 1 ? 1n : { s: Symbol('x'), f() {}, u: undefined, n: NaN, i: Infinity, d: new Date(0), m: new Map([[1, 2]]) }`,
  ),
  'circular result': asHandler(`const a = {}; a.self = a; return a`),
  'a result with NUL and lone surrogates': asHandler(`return { nul: 'a\\0b', lone: '\\ud800', pair: '😀', ['k\\0']: 1 }`),
  'async generator as handler': asModule(`export async function* handler() { yield 1; yield 2 }`),
  'an error that cannot be read': asHandler(
    `const e = new Error('x'); Object.defineProperty(e, 'message', { get() { throw new Error('trap') } }); Object.defineProperty(e, 'name', { get() { throw 1 } }); throw e`,
  ),
  'a thrown proxy': asHandler(
    `throw new Proxy(new Error('x'), { get() { throw new Error('trap') }, getPrototypeOf() { throw new Error('trap') } })`,
  ),
  'an error with a message of megabytes': asHandler(`throw new Error('m'.repeat(3_000_000))`),

  // Swallowed ends
  'finally loop': asHandler(`for (;;) { try { for (;;); } finally { continue } }`),
  'catch and recurse': asHandler(`function f() { try { f() } catch { f() } finally { f() } } f()`),
  'swallowed stack overflow, then work': asHandler(
    `let n = 0; const dive = () => { n++; dive() }; for (let i = 0; i < 50; i++) try { dive() } catch {} return n > 1000`,
  ),
  'swallowed out of memory': asHandler(
    `const held = []; for (;;) try { held.push(new Uint8Array(1_000_000).fill(1)) } catch { held.length = 0 }`,
  ),
  'labelled loop in init': asModule(`a: for (;;) { b: for (;;) { continue a } } export const handler = async () => 1;`),
  'top-level await that never settles': asModule(`await new Promise(() => {}); export const handler = async () => 1;`),
  'top-level await that loops': asModule(`for (;;) await null; export const handler = async () => 1;`),
  'handler that never settles': asHandler(`return new Promise(() => {})`),
  'eval chain': asHandler(
    `let code = '1'; for (let i = 0; i < 400; i++) code = 'eval(' + JSON.stringify(code.length < 4000 ? code : '2') + ')+1'; return eval(code)`,
  ),
  'generator that delegates to itself': asHandler(`function* g() { yield* g() } return [...g()]`),
  'regular expression bomb in replace': asHandler(`return 'a'.repeat(28).replace(/^(a|aa)+$(?=b)/, '').length`),
  'await in a finally for ever': asHandler(`try { throw 1 } finally { for (;;) await 0 }`),
  'Symbol.species and endless iterators': asHandler(
    `const endless = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) }; return new Set(endless).size`,
  ),
  'Atomics.wait and shared memory': asHandler(
    `const out = []; try { const s = new SharedArrayBuffer(8); out.push(Atomics.wait(new Int32Array(s), 0, 0, 50)) } catch (e) { out.push(e.name) } return out`,
  ),
  'finalizers and weak references': asHandler(
    `const r = new FinalizationRegistry((x) => console.log('gone', x)); for (let i = 0; i < 2000; i++) r.register({ i, pad: 'x'.repeat(100) }, i % 500 === 0 ? i : 0); const w = new WeakRef({}); await null; return typeof w.deref()`,
  ),

  // Floods
  'log flood of small lines': asHandler(`for (;;) console.log('x')`),
  'log flood of long lines': asHandler(`for (let i = 0; i < 40; i++) console.log('y'.repeat(300_000))`),
  'endless toString while logging': asHandler(`console.log('%s', { toString() { for (;;); } })`),
  'stack overflow inside toString while logging': asHandler(
    `const o = { toString() { return String(this) } }; try { console.log('%s', new (class { toString() { return '' + this } })()) } catch (e) { console.log('caught', e.name) } console.log(String(typeof o)); return 1`,
  ),
  'custom inspect that recurses': asHandler(
    `const o = { [Symbol.for('nodejs.util.inspect.custom')]: (d, opt, inspect) => inspect(o) }; try { console.log(o) } catch (e) { return e.name }`,
  ),
  'a wide and deep value in the log': asHandler(
    `let value = {}; for (let i = 0; i < 200; i++) value = { value, list: Array.from({ length: 200 }, (_, k) => ({ k })) }; console.log(value); console.dir(value, { depth: null }); return 1`,
  ),
  'thousands of timers': asHandler(`for (let i = 0; i < 100_000; i++) setTimeout(() => {}, i)`),
  'timers that set timers': asHandler(
    `const again = () => { setTimeout(again, 0); setTimeout(again, 0) }; again(); await new Promise(() => {})`,
  ),
  'intervals of nothing': asHandler(`setInterval(() => {}, 0); setImmediate(function f() { setImmediate(f) }); return 1`),
  'set and clear timers for ever': asHandler(`for (;;) clearTimeout(setTimeout(() => {}, 1))`),
  'thousands of requests': asHandler(
    `const sqs = new SQSClient({}); await Promise.all(Array.from({ length: 50_000 }, (_, i) => sqs.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: String(i) }))))`,
    `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';`,
  ),
  'requests of megabytes': asHandler(
    `for (let i = 0; i < 40; i++) fetch('https://a.example/' + i, { method: 'POST', body: 'b'.repeat(2_000_000) })`,
  ),
  'fetch with odd arguments': asHandler(
    `const out = []; for (const args of [[], [''], ['nope'], ['javascript:1'], ['https://u:p@a.example:99999/'], ['https://a.example/' + 'p'.repeat(100_000)], ['https://a.example', { method: 'GET', body: 'x' }], ['https://a.example', { headers: { 'bad name': '1' } }], ['https://a.example', { headers: [['a', '1'], ['a', '2']] }]]) { try { fetch(...args).catch((e) => out.push(e.message.slice(0, 40))); } catch (e) { out.push('sync ' + e.name) } } await null; await null; await null; await null; return out`,
  ),
  'next-tick storm': asHandler(`process.nextTick(function f() { process.nextTick(f) }); return 1`),
  'rejection flood': asHandler(`for (let i = 0; i < 100_000; i++) Promise.reject(new Error(String(i))); return 1`),
  'rejections handled late': asHandler(
    `const p = []; for (let i = 0; i < 1000; i++) p.push(Promise.reject(i)); await null; for (const one of p) one.catch(() => {}); return p.length`,
  ),
  'a full /tmp': asHandler(
    `const fs = await import('node:fs'); let n = 0; try { for (;;) { fs.writeFileSync('/tmp/' + n, new Uint8Array(4_000_000)); n++ } } catch (e) { return [n > 5, e.code, e.message] }`,
  ),
  'many files in /tmp': asHandler(
    `const fs = await import('node:fs'); for (let i = 0; i < 100_000; i++) fs.writeFileSync('/tmp/f' + i, '')`,
  ),
  'huge argument lists': asHandler(
    `const out = []; for (const n of [1000, 60_000, 70_000, 1_000_000]) try { out.push(Math.max(...new Array(n).fill(1))) } catch (e) { out.push(e.name) } return out`,
  ),
  'buffers of gigabytes': asHandler(
    `const out = []; for (const n of [2 ** 31, 2 ** 32, 2 ** 40, -1, NaN]) try { out.push(Buffer.alloc(n).length) } catch (e) { out.push(e.name) } return out`,
  ),

  // After the end
  'process.exit in a finally, and work after it': asHandler(
    `try { process.exit(3) } catch { console.log('caught') } finally { console.log('finally') } return 'survived'`,
  ),
  'exit with odd codes': asHandler(`process.exit({ valueOf() { console.log('valueOf'); return 2 ** 40 + 7 } })`),
  'work after the result': asHandler(
    `setTimeout(() => { console.log('late'); throw new Error('late') }, 1); Promise.resolve().then(() => console.log('microtask')); return 1`,
  ),
  'callback called many times': asModule(
    `export const handler = (event, context, callback) => { for (let i = 0; i < 5; i++) callback(null, i); callback(new Error('late')); setTimeout(() => callback(null, 9), 1) };`,
  ),
  'context methods after the end': asModule(
    `let kept; export const handler = (event, context, callback) => { kept?.done(null, 'old'); kept?.succeed('old'); kept = context; context.callbackWaitsForEmptyEventLoop = false; callback(null, 'new') };`,
  ),

  // Clock and chance
  'clock and chance are the world’s': asHandler(
    `return [Date.now(), new Date().getTimezoneOffset(), new Date(2026, 6, 1).toString(), Math.random(), crypto.randomUUID(), performance.now() < 50, new Date().toLocaleString(), new Intl.DateTimeFormat().resolvedOptions().timeZone, process.uptime() < 1, [3, 1, 2].sort(() => Math.random() - 0.5).join()]`,
  ),
  'floating point is the same everywhere': asHandler(
    `let x = 0.1; for (let i = 0; i < 20_000; i++) x = Math.sin(x) + Math.exp(-x) * Math.pow(x, 0.3) + Math.atan2(x, i + 1) + Math.log1p(x) + Math.cbrt(x); return [x, Math.fround(x), (0.1 + 0.2).toFixed(20), 1e21 + 1, 5e-324, (123.456).toString(36)]`,
  ),
};
