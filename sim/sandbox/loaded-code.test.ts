// Init that runs once for many environments: nobody can tell, and nothing is shared.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { GuestRun, runOnce, START_MS, spec } from '../../test/sandbox/guest-run';
import { createSandboxFactory } from './factory';
import type { SandboxFactory, SandboxSpec } from './sandbox';

const wasm = readFileSync(new URL('../../generated/sandbox/quickjs-metered.wasm', import.meta.url));
let module: WebAssembly.Module;
let factory: SandboxFactory;

beforeAll(async () => {
  module = await WebAssembly.compile(wasm);
  factory = await createSandboxFactory(module);
});

const own = (seed: number, more: Partial<SandboxSpec> = {}): Partial<SandboxSpec> => ({
  seed,
  environment: { AWS_REGION: 'eu-west-1', AWS_LAMBDA_LOG_STREAM_NAME: `2026/11/02/[$LATEST]${seed}` },
  ...more,
});

/** Static code and an expression over it: what the handler answers. */
const CODES: [name: string, staticCode: string, answer: string][] = [
  ['nothing of its own', 'let count = 0;', '++count'],
  ['chance', 'const drawn = Math.random();', 'drawn'],
  ['a UUID', 'const id = crypto.randomUUID();', 'id'],
  ['random bytes', "import { randomBytes } from 'node:crypto'; const id = randomBytes(4).toString('hex');", 'id'],
  ['the clock', 'const at = Date.now();', 'at'],
  ['a Date', 'const at = new Date().toISOString();', 'at'],
  ['the time since the start', 'const at = performance.now();', 'at'],
  ['the time of the start', 'const at = performance.timeOrigin;', 'at'],
  ['its log stream', 'const name = process.env.AWS_LAMBDA_LOG_STREAM_NAME;', 'name'],
  ['all variables', 'const all = { ...process.env };', 'all.AWS_LAMBDA_LOG_STREAM_NAME'],
  ['a property descriptor', "const d = Object.getOwnPropertyDescriptor(process.env, 'AWS_LAMBDA_LOG_STREAM_NAME');", 'd.value'],
  ['its log stream, set', "process.env.AWS_LAMBDA_LOG_STREAM_NAME = 'mine';", 'process.env.AWS_LAMBDA_LOG_STREAM_NAME'],
  ['its log stream, deleted', 'delete process.env.AWS_LAMBDA_LOG_STREAM_NAME;', 'String(process.env.AWS_LAMBDA_LOG_STREAM_NAME)'],
  ['variables, frozen', 'Object.freeze(process.env);', 'process.env.AWS_LAMBDA_LOG_STREAM_NAME'],
  ['/tmp', "import fs from 'node:fs'; fs.writeFileSync('/tmp/a', 'x');", "fs.readFileSync('/tmp/a', 'utf8')"],
  ['a log line and a timer', "console.log('loaded'); let fired = 0; setInterval(() => fired++, 5).unref();", 'fired'],
];

function handlerOf(staticCode: string, answer: string): string {
  return `${staticCode}\nexport const handler = async () => [${answer}, Math.random(), process.env.AWS_LAMBDA_LOG_STREAM_NAME ?? null];`;
}

function traceOf(from: SandboxFactory, given: SandboxSpec): string {
  const run = new GuestRun(from, given);
  const slices = [run.init(), run.invoke(), run.invoke()].flatMap((part) => part.slices);
  run.sandbox.dispose();
  return JSON.stringify(slices);
}

describe('static code that looked at', () => {
  it.each(CODES)('%s gives each environment what a factory that never saw it gives, to the unit of fuel', async (_name, code, answer) => {
    const source = handlerOf(code, answer);
    for (const seed of [1, 2, 3, 2]) {
      const fresh = await createSandboxFactory(module);
      expect(traceOf(factory, spec(source, own(seed)))).toBe(traceOf(fresh, spec(source, own(seed))));
    }
  });

  const named = (...names: string[]) => CODES.filter(([name]) => names.includes(name));
  const answersOf = (code: string, answer: string) =>
    [1, 2, 3].map((seed) => (runOnce(factory, spec(handlerOf(code, answer), own(seed))).result as unknown[])[0]);

  it.each(named('chance', 'a UUID', 'random bytes', 'its log stream', 'all variables', 'a property descriptor'))(
    '%s sees another one in each environment',
    (_name, code, answer) => {
      expect(new Set(answersOf(code, answer)).size).toBe(3);
    },
  );

  it.each(named('the clock', 'a Date', 'the time of the start'))('%s sees the time of its own start', (_name, code, answer) => {
    for (const seen of answersOf(code, answer)) expect(new Date(seen as string | number).getTime()).toBeGreaterThanOrEqual(START_MS);
  });

  it.each([
    ['set', named('its log stream, set'), 'mine'],
    ['deleted', named('its log stream, deleted'), 'undefined'],
  ])('its log stream and %s it finds it so', (_what, [entry], expected) => {
    const [, code, answer] = entry as (typeof CODES)[number];
    expect(answersOf(code, answer)).toEqual([expected, expected, expected]);
  });
});

describe('environments of the same code', () => {
  const counts = 'const seen = []; export const handler = async (event) => { seen.push(event.n); return [seen, Math.random()]; };';

  it('share no state', () => {
    const [first, second] = [1, 1].map((seed) => new GuestRun(factory, spec(counts, own(seed))));
    first?.init();
    first?.invoke({ n: 'secret of the first' });
    second?.init();
    expect(second?.invoke({ n: 'second' }).result).toEqual([['second'], expect.any(Number)]);
    expect(first?.invoke({ n: 'again' }).result).toEqual([['secret of the first', 'again'], expect.any(Number)]);
  });

  it('have their own chance, log stream and start', () => {
    const looks = `export const handler = async () => [Math.random(), process.env.AWS_LAMBDA_LOG_STREAM_NAME, performance.timeOrigin];`;
    const answers = [1, 2].map((seed) => runOnce(factory, spec(looks, own(seed))).result as [number, string, number]);
    expect(answers.map(([, name]) => name)).toEqual(['2026/11/02/[$LATEST]1', '2026/11/02/[$LATEST]2']);
    expect(answers[0]?.[0]).not.toBe(answers[1]?.[0]);
    expect(answers.map(([, , origin]) => origin)).toEqual([START_MS, START_MS]);
  });

  it('differ when a file, a variable or the memory differs', () => {
    const reads = 'export const handler = async () => [process.env.MODE, process.env.AWS_REGION];';
    for (const MODE of ['a', 'b', 'a']) {
      const given = spec(reads, { environment: { AWS_REGION: 'eu-west-1', MODE } });
      expect(runOnce(factory, given).result).toEqual([MODE, 'eu-west-1']);
    }
    const [small, large] = [128, 1769].map((memoryMB) => new GuestRun(factory, spec(counts, own(1, { memoryMB }))).init().slices[0]);
    expect(small?.fuel).toBe(large?.fuel);
    expect(small?.cpuMs).toBeGreaterThan(large?.cpuMs ?? 0);
  });

  it('keep what a reset left in /tmp', () => {
    const reads = "import fs from 'node:fs'; export const handler = async () => fs.readFileSync('/tmp/kept', 'utf8');";
    expect(runOnce(factory, spec(reads, own(1, { tmp: {} }))).error?.errorMessage).toContain('ENOENT');
    const tmp = { '/tmp/kept': { bytes: new TextEncoder().encode('still here'), changedMs: 1 } };
    expect(runOnce(factory, spec(reads, own(1, { tmp }))).result).toBe('still here');
  });

  it('end at a deadline that comes before their static code is done', () => {
    const slow = 'let n = 0; for (let i = 0; i < 20000; i++) n += i; export const handler = async () => n;';
    const done = new GuestRun(factory, spec(slow, own(1))).init().slices[0];
    const sandbox = factory.create(spec(slow, own(1)));
    const cut = sandbox.init({ startEpochMs: START_MS, deadlineEpochMs: START_MS + (done?.cpuMs ?? 0) / 2 });
    expect(done?.ended).toEqual({ end: 'waiting' });
    expect(cut.ended).toEqual({ end: 'deadline' });
  });

  it('say that static code failed, each of them', () => {
    const broken = "console.log('trying'); throw new Error('no table');\nexport const handler = async () => 1;";
    for (const seed of [1, 2]) expect(runOnce(factory, spec(broken, own(seed))).initError).toMatchObject({ errorMessage: 'no table' });
  });

  it('name the lines of CommonJS files that were loaded before', () => {
    const files = { 'index.js': "exports.handler = async () => { throw new Error('here'); };" };
    const traces = [1, 2].map((seed) => runOnce(factory, spec(files, own(seed))).error?.trace);
    expect(traces[1]).toEqual(traces[0]);
    expect(traces[0]?.join('\n')).toMatch(/\/var\/task\/index\.js:1:\d+/);
  });

  it('are more than a factory remembers, and come to the same', () => {
    const code = (n: number) => `const n = ${n}; export const handler = async () => [n, Math.random()];`;
    const rounds = [0, 1].map(() => Array.from({ length: 12 }, (_, n) => traceOf(factory, spec(code(n), own(5)))));
    expect(rounds[1]).toEqual(rounds[0]);
  });
});
