// Built-in modules and globals against Node.js itself: each expression is evaluated on both sides and must give the same JSON.
import { beforeAll, describe, expect, it } from 'vitest';
import { runOnce, spec } from '../../test/sandbox/guest-run';
import { testSandboxes } from '../../test/sandboxes';
import type { SandboxFactory } from './sandbox';

let factory: SandboxFactory;
beforeAll(async () => {
  factory = await testSandboxes();
});

const IMPORTS = [
  'assert',
  'buffer',
  'crypto',
  'events',
  'os',
  'path',
  'querystring',
  'string_decoder',
  'timers/promises',
  'url',
  'util',
  'util/types',
];

/** Source of a value by what it is about; `m` holds the modules by name. A failure counts as name, message and code. */
const EXPRESSIONS: Record<string, string[]> = {
  Buffer: [
    `Buffer.from('héllo wörld €😀')`,
    `Buffer.from('héllo €😀').toString('base64')`,
    `Buffer.from('aGVsbG8', 'base64').toString()`,
    `Buffer.from('aGVs_-8=', 'base64url')`,
    `Buffer.from('zz68656c6c6f', 'hex')`,
    `Buffer.from('68656c6c6f7', 'hex').toString('latin1')`,
    `Buffer.from([1, 256, -1, 3.7, '5'])`,
    `Buffer.concat([Buffer.from('ab'), Buffer.from('cd')], 3).toString()`,
    `Buffer.alloc(5, 'ab')`,
    `Buffer.alloc(3, 258)`,
    `Buffer.byteLength('€')`,
    `Buffer.compare(Buffer.from('a'), Buffer.from('b'))`,
    `Buffer.from('abc').equals(Buffer.from('abc'))`,
    `Buffer.from('hello').slice(1, -1).toString()`,
    `Buffer.from('hello').subarray(-3, -1).toString('utf8')`,
    `Buffer.from('hello hello').indexOf('llo', 4)`,
    `Buffer.from('abc').includes('bc')`,
    `(() => { const b = Buffer.alloc(8); b.writeUInt32BE(0xdeadbeef, 0); b.writeUInt16BE(513, 4); b.writeUInt8(7, 6); return [b, b.readUInt32BE(0), b.readInt32BE(0), b.readUInt16LE(4)] })()`,
    `Buffer.from('abc').readUInt32BE(0)`,
    `Buffer.from('ab').toString('utf16le')`,
    `Buffer.from('ab', 'utf16le')`,
    `Buffer.from('x', 'nope')`,
    `Buffer.from(undefined)`,
    `Buffer.from(null)`,
    `Buffer.from(Buffer.from('abc')).toJSON()`,
    `JSON.stringify({ b: Buffer.from('hi') })`,
    `Buffer.isBuffer(new Uint8Array(1))`,
    `Buffer.isEncoding('UTF-8')`,
    `Buffer.from(new Uint8Array([0xff, 0xfe, 0x41, 0xe2, 0x82])).toString()`,
    `Buffer.from('abcdef').copy(Buffer.alloc(4), 1)`,
    `Buffer.from('abc').map((x) => x + 1).toString()`,
    `[...Buffer.from('ab').entries()]`,
    `Buffer.from('abc').write('xyz', 1)`,
    `Buffer.from('a').constructor === Buffer`,
    `Buffer.from('abc') instanceof Uint8Array`,
    `Buffer.from(new ArrayBuffer(4), 1, 2).length`,
  ],
  'text and base64': [
    `Array.from(new TextEncoder().encode('a€😀\\ud800'))`,
    `new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xc3, 0x28, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0x80]))`,
    `new TextDecoder('latin1').decode(new Uint8Array([233]))`,
    `new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff]))`,
    `new TextEncoder().encodeInto('a€', new Uint8Array(3))`,
    `btoa('hello')`,
    `atob('aGVsbG8=')`,
    `atob(' aGVs bG8 ')`,
    `(() => { try { atob('a') } catch (e) { return [e.name, e.code] } })()`,
    `(() => { try { btoa('€') } catch (e) { return [e.name, e.code] } })()`,
    `(() => { const d = new m.string_decoder.StringDecoder('utf8'); return [d.write(Buffer.from([0xe2, 0x82])), d.write(Buffer.from([0xac, 0x41])), d.end()] })()`,
  ],
  URL: [
    `new URL('https://user:pa%20ss@Example.COM:8443/a/./b/../c%20d/é?x=1&y=a b#frag ment').href`,
    `new URL('../up?q=1', 'https://a.example/x/y/z').href`,
    `new URL('//b.example/p', 'https://a.example').href`,
    `new URL('?only=query', 'https://a.example/path?old=1#h').href`,
    `new URL('#h', 'https://a.example/path?old=1').href`,
    `new URL('/abs', 'https://a.example/x/y').href`,
    `new URL('http://a.example:80/').host`,
    `new URL('nope')`,
    `new URL('https://')`,
    `new URL('https://a.example:99999/')`,
    `new URL('https://a b/')`,
    `URL.canParse('https://a.example')`,
    `new URL('file:///var/task/x.json').pathname`,
    `(() => { const u = new URL('https://a.example/p?x=1'); u.searchParams.append('y', 'a&b'); u.searchParams.set('x', '2'); u.pathname = '/q r'; u.hash = 'z'; u.port = 8080; return [u.href, u.search, u.origin, u.searchParams.get('y'), JSON.stringify(u)] })()`,
    `new URL('mailto:a@b.example').pathname`,
    `[...new URL('https://a.example/?a=1&a=2&b=%20+').searchParams]`,
    `new URL('https://a.example').pathname`,
    `new URL('https://a.example/%7Efoo/../bar').href`,
    `new URLSearchParams({ a: '1 2', b: 'ä&=' }).toString()`,
    `new URLSearchParams([['x', '1'], ['x', '2']]).getAll('x')`,
    `(() => { const p = new URLSearchParams('b=2&a=1&b=0'); p.sort(); p.delete('a'); return [p.toString(), p.has('a'), p.size, [...p.keys()]] })()`,
    `new URLSearchParams('?x=%zz&y').toString()`,
    `m.url.fileURLToPath('file:///tmp/a%20b')`,
    `m.url.pathToFileURL('/tmp/a b').href`,
    `m.querystring.parse('a=1&b=2&a=3')`,
    `m.querystring.stringify({ a: [1, 2], b: 'x y' })`,
  ],
  path: [
    `m.path.join('/a', '..', 'b', './c', '')`,
    `m.path.join('')`,
    `m.path.resolve('/x', 'y', '../z')`,
    `m.path.basename('/a/b.txt', '.txt')`,
    `m.path.basename('/a/b/')`,
    `m.path.dirname('/a/b/c')`,
    `m.path.dirname('a')`,
    `m.path.dirname('/')`,
    `m.path.extname('a.b.c')`,
    `m.path.extname('.bashrc')`,
    `m.path.normalize('/a//b/../c/.')`,
    `m.path.normalize('../../x/')`,
    `m.path.relative('/a/b/c', '/a/d')`,
    `m.path.parse('/srv/u/f.txt')`,
    `m.path.format({ dir: '/a', base: 'b' })`,
    `m.path.isAbsolute('a')`,
    `m.path.sep`,
  ],
  crypto: [
    ...['md5', 'sha1', 'sha256', 'sha384', 'sha512'].map(
      (name) => `m.crypto.createHash('${name}').update('a').update('é', 'utf8').digest('hex')`,
    ),
    `m.crypto.createHash('sha256').update(Buffer.from([1, 2])).digest('base64')`,
    `m.crypto.createHmac('sha256', 'key').update('data').digest('hex')`,
    `m.crypto.createHmac('sha1', Buffer.from('k'.repeat(100))).update('data').digest('base64url')`,
    `m.crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('b'))`,
    `m.crypto.randomUUID().length`,
    `m.crypto.randomBytes(8).length`,
    `/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())`,
    `crypto.getRandomValues(new Uint16Array(3)).length`,
    `m.crypto.randomInt(5, 6)`,
    `crypto.subtle.digest('SHA-256', new TextEncoder().encode('x')).then((b) => Buffer.from(b).toString('hex'))`,
    `m.crypto.createHash('sha256').update(5)`,
    `(() => { const h = m.crypto.createHash('md5'); h.digest(); return h.update('x') })()`,
  ],
  'structuredClone and queueMicrotask': [
    `structuredClone({ a: [1, { b: new Date(0) }], m: new Map([[1, new Set(['x'])]]), u: undefined, n: null, r: /x/g, t: new Uint8Array([1, 2]) }).m.get(1).has('x')`,
    `(() => { const a = {}; a.a = a; const b = structuredClone(a); return b.a === b && b !== a })()`,
    `structuredClone(new Error('e', { cause: 1 })).message`,
    `(() => { try { structuredClone({ f() {} }) } catch (e) { return [e.name, e.code, e.message] } })()`,
    `(() => { try { structuredClone(Symbol('s')) } catch (e) { return e.message } })()`,
    `(async () => { const order = []; setTimeout(() => order.push('timeout')); setImmediate(() => order.push('immediate')); queueMicrotask(() => order.push('microtask')); process.nextTick(() => order.push('tick')); Promise.resolve().then(() => { order.push('promise'); process.nextTick(() => order.push('tick in promise')); }); order.push('now'); await new Promise((done) => setTimeout(done, 30)); return order.filter((x) => x !== 'immediate') })()`,
    `queueMicrotask(5)`,
    `setTimeout('code')`,
  ],
  util: [
    `m.util.format('%s:%d', 'a', 1, { b: 2 })`,
    `m.util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 })`,
    `m.util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: null, compact: false })`,
    `m.util.inspect({ b: 1, a: 2 }, { sorted: true })`,
    `m.util.inspect('x'.repeat(20), { maxStringLength: 5 })`,
    `m.util.inspect([1, 2, 3], { maxArrayLength: 1 })`,
    `m.util.inspect({ a: 1, b: 'x' }, { breakLength: Infinity })`,
    `m.util.inspect({ [m.util.inspect.custom]: () => 'custom' })`,
    `m.util.isDeepStrictEqual({ a: [1, new Set([2])] }, { a: [1, new Set([2])] })`,
    `m.util.isDeepStrictEqual([1], ['1'])`,
    `m.util.types.isPromise(Promise.resolve())`,
    `m.util.types.isAsyncFunction(async () => {})`,
    `m.util.promisify((a, callback) => callback(null, a + 1))(1)`,
    `m.util.promisify((callback) => callback(new Error('no')))()`,
    `m.util.promisify(setTimeout) && typeof m.util.promisify`,
    `new Promise((done) => m.util.callbackify(async (x) => x * 2)(4, (error, value) => done([error, value])))`,
    `m.util.stripVTControlCharacters('\\u001b[31mred\\u001b[0m')`,
    `(() => { function A() {} function B() {} m.util.inherits(B, A); return new B() instanceof A })()`,
  ],
  events: [
    `(() => { const log = []; const e = new m.events.EventEmitter(); e.on('x', (v) => log.push('on ' + v)); e.once('x', (v) => log.push('once ' + v)); e.prependListener('x', () => log.push('first')); return [e.emit('x', 1), e.emit('x', 2), e.emit('y'), e.listenerCount('x'), e.eventNames(), log] })()`,
    `new m.events.EventEmitter().emit('error', new Error('boom'))`,
    `new m.events.EventEmitter().emit('error', { a: 1 })`,
    `(async () => { const e = new m.events(); setTimeout(() => e.emit('ready', 1, 2), 5); return m.events.once(e, 'ready') })()`,
    `(() => { const e = new m.events(); const f = () => {}; e.on('a', f).off('a', f).removeAllListeners(); return e.listeners('a') })()`,
    `(() => { class Shop extends m.events.EventEmitter {} const s = new Shop(); let n = 0; s.on('sale', function () { n += this === s ? 1 : 0 }); s.emit('sale'); return n })()`,
  ],
  assert: [
    `m.assert.equal(1, '1')`,
    `m.assert.strictEqual(1, 1)`,
    `(() => { try { m.assert(false, 'told') } catch (e) { return [e.name, e.code, e.message, e.generatedMessage] } })()`,
    `m.assert.deepStrictEqual({ a: 1 }, { a: 1 })`,
    `m.assert.throws(() => { throw new TypeError('x') }, TypeError)`,
    `m.assert.throws(() => { throw new Error('abc') }, /b/)`,
    `(() => { try { m.assert.strictEqual(1, 2, 'differ') } catch (e) { return [e.actual, e.expected, e.operator] } })()`,
    `m.assert.rejects(Promise.reject(new Error('r')), { message: 'r' })`,
    `(() => { try { m.assert.throws(() => {}) } catch (e) { return e.message } })()`,
    `m.assert.match('abc', /b/)`,
    `m.assert.deepEqual([1, '2'], ['1', 2])`,
  ],
  'AbortController, EventTarget, Headers, Response': [
    `(() => { const c = new AbortController(); let n = 0; c.signal.addEventListener('abort', () => n++); c.abort(); c.abort(); return [c.signal.aborted, n, c.signal.reason.name, c.signal.reason.code, c.signal.reason.message] })()`,
    `(() => { const c = new AbortController(); c.abort(new Error('mine')); return c.signal.reason.message })()`,
    `AbortSignal.abort(5).reason`,
    `(async () => { const s = AbortSignal.timeout(5); await new Promise((done) => setTimeout(done, 40)); return [s.aborted, s.reason.name, s.reason.message] })()`,
    `(() => { try { AbortSignal.abort().throwIfAborted() } catch (e) { return e.name } })()`,
    `AbortSignal.any([AbortSignal.abort('r')]).reason`,
    `(() => { const h = new Headers({ 'Content-Type': 'a', X: '1' }); h.append('x', '2'); return [[...h], h.get('content-type'), h.has('nope'), h.get('nope')] })()`,
    `(async () => { const r = new Response(JSON.stringify({ a: 1 }), { status: 201 }); return [r.ok, r.status, await r.clone().text(), await r.json(), r.bodyUsed, r.headers.get('content-type')] })()`,
    `(async () => { const r = Response.json({ a: 1 }); await r.text(); return r.text().catch((e) => e.name) })()`,
    `new Request('https://a.example/', { method: 'post', body: 'x' }).method`,
    `m['timers/promises'].setTimeout(5, 'value')`,
    `m['timers/promises'].setTimeout(1000, null, { signal: AbortSignal.abort() }).catch((e) => e.name)`,
  ],
  Intl: [
    `(1234567.891).toLocaleString()`,
    `(0.5).toLocaleString('en-US', { style: 'percent' })`,
    `(1234.5).toLocaleString('en-US', { style: 'currency', currency: 'USD' })`,
    `(-5).toLocaleString('en-US', { style: 'currency', currency: 'EUR' })`,
    `(1e21).toLocaleString()`,
    `(12).toLocaleString('en-US', { minimumFractionDigits: 2 })`,
    `new Intl.NumberFormat('en-US').format(1000)`,
    `NaN.toLocaleString()`,
    `(123456789n).toLocaleString()`,
    `new Date(Date.UTC(2026, 10, 2, 15, 4, 5)).toLocaleDateString('en-US', { timeZone: 'UTC' })`,
    `new Date(Date.UTC(2026, 0, 2, 0, 4, 5)).toLocaleString('en-US', { timeZone: 'UTC' }).replace('\\u202f', ' ')`,
    `new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(0))`,
    `new Date(0).toLocaleDateString('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' })`,
    `new Date(0).toLocaleTimeString('en-US', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'UTC' }).replace('24:', '00:')`,
  ],
  'process and os': [
    `process.env.NOPE === undefined`,
    `(process.env.SOME = 5, process.env.SOME)`,
    `typeof process.hrtime.bigint()`,
    `process.platform`,
    `m.os.EOL`,
    `typeof process.memoryUsage().heapUsed`,
    `'AWS_REGION' in process.env || true`,
    `process.hrtime().length`,
    `typeof performance.now()`,
  ],
};

const ALL = Object.entries(EXPRESSIONS).flatMap(([subject, sources]) => sources.map((source): [string, string] => [subject, source]));
const EVALUATE = `async (make) => { try { const value = await make(); return JSON.stringify(value === undefined ? 'undefined' : value) ?? 'nothing' } catch (e) { return [e.name, e.message, e.code] + '' } }`;

describe('built-in modules and globals', () => {
  it('behave as in Node.js', async () => {
    const code = [
      ...IMPORTS.map((name, index) => `import * as i${index} from 'node:${name}';`),
      `const m = {${IMPORTS.map((name, index) => `'${name}': i${index}.default`).join(',')}};`,
      `const evaluate = ${EVALUATE};`,
      `export const handler = async () => { const results = [];`,
      ...ALL.map(([, source]) => `results.push(await evaluate(() => ${source}));`),
      'return results };',
    ].join('\n');
    const { result, initError } = runOnce(factory, spec(code));
    expect(initError).toBeNull();
    const modules = Object.fromEntries(IMPORTS.map((name) => [name, process.getBuiltinModule(`node:${name}`)]));
    const evaluate = new Function('m', `return ${EVALUATE}`)(modules) as (make: unknown) => Promise<string>;
    const expected: string[] = [];
    for (const [, source] of ALL) expected.push(await evaluate(new Function('m', `return () => (${source})`)(modules)));
    const shown = (values: unknown) => (values as string[]).map((value, index) => `${ALL[index]?.join(': ').slice(0, 200)} => ${value}`);
    expect(shown(result)).toEqual(shown(expected));
  });

  it('say what is missing instead of failing oddly', () => {
    const { initError } = runOnce(factory, spec(`import http from 'node:http'; export const handler = async () => 1;`));
    expect(initError?.errorMessage).toContain("The module 'http' exists on AWS but not in this simulator");
  });
});

describe('node:fs', () => {
  const run = (body: string, files = {}) =>
    runOnce(
      factory,
      spec({
        'index.mjs': `import fs from 'node:fs'; import { readFile, writeFile } from 'node:fs/promises';\nconst attempt = async (f) => { try { return await f() } catch (e) { return e.code + ' ' + e.message } };\nexport const handler = async () => {${body}};`,
        ...files,
      }),
    ).result;

  it('writes to /tmp and reads the deployment package', () => {
    const body = `
      fs.mkdirSync('/tmp/a/b', { recursive: true }); await writeFile('/tmp/a/b/x.txt', 'hé'); fs.appendFileSync('/tmp/a/b/x.txt', '!'); fs.copyFileSync('/tmp/a/b/x.txt', '/tmp/y'); fs.renameSync('/tmp/y', '/tmp/z');
      return [await readFile('/tmp/a/b/x.txt', 'utf8'), fs.readdirSync('/tmp'), fs.statSync('/tmp/z').size, fs.existsSync('/tmp/y'), fs.readFileSync(new URL('./data.json', import.meta.url), 'utf8'), fs.readdirSync('/var/task'), fs.statSync('/var/task/lib').isDirectory(), fs.readFileSync('lib/t.txt').toString()];`;
    expect(run(body, { 'data.json': '{"a":1}', 'lib/t.txt': 'text' })).toEqual([
      'hé!',
      ['a', 'z'],
      4,
      false,
      '{"a":1}',
      ['data.json', 'index.mjs', 'lib'],
      true,
      'text',
    ]);
  });

  it.each([
    ["fs.readFileSync('/tmp/none')", "ENOENT ENOENT: no such file or directory, open '/tmp/none'"],
    ["fs.writeFileSync('/var/task/x', '')", "EROFS EROFS: read-only file system, open '/var/task/x'"],
    ["fs.writeFileSync('/tmp/no/x', '')", "ENOENT ENOENT: no such file or directory, open '/tmp/no/x'"],
    ["fs.promises.readFile('/tmp')", "EISDIR EISDIR: illegal operation on a directory, read '/tmp'"],
    ["fs.mkdirSync('/tmp')", "EEXIST EEXIST: file already exists, mkdir '/tmp'"],
    [
      "fs.writeFileSync('/tmp/x', '', { flag: 'wx' }) ?? fs.writeFileSync('/tmp/x', '', { flag: 'wx' })",
      "EEXIST EEXIST: file already exists, open '/tmp/x'",
    ],
    ["fs.unlinkSync('/tmp/none')", "ENOENT ENOENT: no such file or directory, unlink '/tmp/none'"],
    ["new Promise((done) => fs.readFile('/tmp/none', (error) => done(error.code)))", 'ENOENT'],
  ])('%s gives %s', (source, expected) => {
    expect(run(`return attempt(() => ${source});`)).toBe(expected);
  });

  it('gives back the space of what is removed', () => {
    const body = `let n = 0; for (let i = 0; i < 40; i++) { fs.writeFileSync('/tmp/big', Buffer.alloc(20_000_000)); fs.rmSync('/tmp/big'); n++ } return n;`;
    expect(run(body)).toBe(40);
  });
});
