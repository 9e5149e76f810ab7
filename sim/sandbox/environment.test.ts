// One execution environment over its life: clock, CPU share, deadline, memory, freezing, and what ends it.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONTEXT, GuestRun, runOnce, START_MS, spec } from '../../test/sandbox/guest-run';
import { testSandboxes } from '../../test/sandboxes';
import { EnginePool, type RuntimeBundle } from './engine-pool';
import { LIVE_MB_MAX, RESIDENT_MAX } from './limits';
import type { Sandbox, SandboxFactory, SandboxSpec, Slice } from './sandbox';

let factory: SandboxFactory;
beforeAll(async () => {
  factory = await testSandboxes();
});

const time = (startEpochMs = START_MS, patienceMs = 3000) => ({ startEpochMs, deadlineEpochMs: startEpochMs + patienceMs });

function started(given: SandboxSpec): Sandbox {
  const sandbox = factory.create(given);
  expect(sandbox.init(time()).outputs.at(-1)).toMatchObject({ type: 'ready' });
  return sandbox;
}

const LOOP = spec(
  'export const handler = async (event) => { let n = 0; for (let i = 0; i < (event.turns ?? Infinity); i++) n += i; return n };',
);

describe('the clock', () => {
  it('is the world’s, in UTC, and moves with the work done', () => {
    const code = `export const handler = async () => { const from = performance.now(); const at = Date.now(); for (let i = 0; i < 300_000; i++); return [at, Date.now() - at, performance.now() - from, new Date(2026, 6, 1).toISOString(), new Date().getTimezoneOffset(), new Date(at).toString()] };`;
    const { result } = runOnce(factory, spec(code, { memoryMB: 128 }));
    const [at, spentMs, measuredMs, july, offset, text] = result as [number, number, number, string, number, string];
    expect(at - START_MS).toBeLessThan(20);
    expect(spentMs).toBeGreaterThan(20);
    expect(Math.abs(measuredMs - spentMs)).toBeLessThanOrEqual(1);
    expect([july, offset]).toEqual(['2026-07-01T00:00:00.000Z', 0]);
    expect(text).toContain('Mon Nov 02 2026 10:00:00 GMT+0000');
  });

  it('runs on while the handler waits', () => {
    const code =
      'export const handler = async () => { const from = Date.now(); await new Promise((done) => setTimeout(done, 1500)); return Date.now() - from };';
    expect(runOnce(factory, spec(code)).result).toBe(1500);
  });

  it.each([
    [128, 13.82],
    [512, 3.455],
    [1769, 1],
    [10_240, 1],
  ])('gives a function with %d MB its share of one vCPU', (memoryMB, factor) => {
    const of = (size: number) => runOnce(factory, { ...LOOP, memoryMB: size }, { turns: 50_000 }).slices.at(-1) as Slice;
    const [here, full] = [of(memoryMB), of(1769)];
    // A few units more or less: the text of the deadline that crosses has more or fewer digits.
    expect(Math.abs(here.fuel - full.fuel)).toBeLessThan(100);
    expect(here.cpuMs / full.cpuMs).toBeCloseTo(factor, 1);
  });

  it('draws chance from the seed, per environment', () => {
    const code = 'export const handler = async () => [Math.random(), crypto.randomUUID(), Math.random()];';
    const [a, b, c] = [1, 1, 2].map((seed) => JSON.stringify(runOnce(factory, spec(code, { seed })).result));
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect((JSON.parse(a ?? '') as number[])[0]).not.toBe((JSON.parse(a ?? '') as number[])[2]);
  });
});

describe('a slice', () => {
  it('ends exactly at the deadline', () => {
    const sandbox = started({ ...LOOP, memoryMB: 128 });
    expect(sandbox.invoke(time(START_MS, 250), '{}', CONTEXT)).toMatchObject({ outputs: [], ended: { end: 'deadline' }, cpuMs: 250 });
    expect(() => sandbox.fireTimer(time(), 1)).toThrow('This environment has ended');
  });

  it('that computes longer than the simulator follows runs into its deadline at once', () => {
    const sandbox = started({ ...LOOP, memoryMB: 1769 });
    const slice = sandbox.invoke(time(START_MS, 900_000), '{}', CONTEXT);
    expect(slice).toMatchObject({ ended: { end: 'deadline' }, cpuMs: 900_000, fuel: 1_000_000_000 });
  });

  it('without time left does nothing', () => {
    const sandbox = started(spec("export const handler = async () => { console.log('ran') };"));
    expect(sandbox.invoke(time(START_MS, 0), '{}', CONTEXT)).toMatchObject({ outputs: [], ended: { end: 'deadline' }, cpuMs: 0, fuel: 0 });
  });

  it('is the same again in another environment, whatever ran before in its place', () => {
    const once = () =>
      runOnce(
        factory,
        spec(
          'let n = 0; export const handler = async (event) => ({ n: ++n, keys: Object.keys(globalThis).length, sum: Array.from({ length: 5000 }, (_, i) => i).reduce((a, b) => a + b) });',
        ),
      ).slices;
    const first = once();
    runOnce(
      factory,
      spec(
        'globalThis.polluted = 1; Array.prototype.reduce = () => 0; const held = new Array(200_000).fill({}); export const handler = async () => held.length;',
      ),
    );
    expect(once()).toEqual(first);
  });

  it.each([
    ['process.exit(3)', { end: 'exited', exitCode: 3 }],
    ['process.exitCode = 4; process.exit()', { end: 'exited', exitCode: 4 }],
    ['process.abort()', { end: 'exited', exitCode: 134 }],
    ['const held = []; for (;;) held.push(new Uint8Array(1_000_000).fill(1))', { end: 'out-of-memory' }],
    ['"x".repeat(500_000_000)', { end: 'out-of-memory' }],
  ])('%s ends the process, and what it does afterwards is not heard', (body, ended) => {
    const code = `export const handler = async () => { try { ${body} } catch { console.log('caught') } finally { console.log('finally') } return 'survived' };`;
    const run = runOnce(factory, spec(code, { memoryMB: 256 }));
    expect([run.ended, run.logs, run.result]).toEqual([ended, [], undefined]);
  });
});

describe('a flood', () => {
  it.each([
    ['timers', 'for (;;) clearTimeout(setTimeout(() => {}, 1))'],
    ['requests', "for (;;) fetch('https://a.example/', { method: 'POST', body: 'x'.repeat(100_000) }), await null"],
  ])('of %s ends the process, with a line that says so', (_name, body) => {
    const sandbox = started(spec(`export const handler = async () => { ${body} };`));
    const slice = sandbox.invoke(time(START_MS, 60_000), '{}', CONTEXT);
    expect(slice.ended).toEqual({ end: 'exited', exitCode: null });
    expect(slice.outputs.at(-1)).toMatchObject({ type: 'log', level: 'ERROR', text: expect.stringContaining('the process is ended') });
  });
});

describe('memory', () => {
  const HOLD =
    'const held = []; export const handler = async (event) => { for (let i = 0; i < event.mb; i++) held.push(new Uint8Array(1_048_576).fill(1)); return held.length };';

  it.each([
    [128, 50, 'waiting'],
    [128, 75, 'out-of-memory'],
    [256, 150, 'waiting'],
    [256, 210, 'out-of-memory'],
  ])('with %d MB, %d MB held: %s', (memoryMB, mb, end) => {
    const { ended, slices } = runOnce(factory, spec(HOLD, { memoryMB }), { mb });
    expect(ended.end).toBe(end);
    const used = slices.at(-1)?.maxMemoryUsedMB ?? 0;
    if (end === 'out-of-memory') expect(used).toBe(memoryMB);
    else expect(used - 62).toBeGreaterThanOrEqual(mb - 3);
  });

  it('keeps its high-water mark, and does not count /tmp', () => {
    const run = new GuestRun(
      factory,
      spec(
        "import fs from 'node:fs'; export const handler = async (event) => { if (event.hold) new Uint8Array(30_000_000).fill(1); if (event.write) fs.writeFileSync('/tmp/x', Buffer.alloc(20_000_000)); };",
        { memoryMB: 256 },
      ),
    );
    run.init();
    const used = (event: object) => run.invoke(event).slices.at(-1)?.maxMemoryUsedMB ?? 0;
    const first = used({});
    expect(first).toBeLessThan(66);
    const held = used({ hold: true });
    expect(held).toBeGreaterThan(88);
    expect(used({})).toBe(held);
    expect(used({ write: true }) - held).toBeLessThanOrEqual(20);
  });

  it('of /tmp ends with ENOSPC', () => {
    const code =
      "import fs from 'node:fs'; export const handler = async () => { try { for (let i = 0; ; i++) fs.writeFileSync('/tmp/' + i, Buffer.alloc(8_000_000)) } catch (e) { return [e.code, fs.readdirSync('/tmp').length] } };";
    expect(runOnce(factory, spec(code, { memoryMB: 512 })).result).toEqual(['ENOSPC', 12]);
  });
});

describe('a warm environment', () => {
  it('keeps module variables and /tmp, and another has its own', () => {
    const code =
      "import fs from 'node:fs'; let n = 0; export const handler = async () => { fs.appendFileSync('/tmp/log', 'x'); return [++n, fs.readFileSync('/tmp/log', 'utf8')] };";
    const [one, other] = [new GuestRun(factory, spec(code)), new GuestRun(factory, spec(code))];
    one.init();
    other.init();
    expect([one.invoke().result, one.invoke().result, other.invoke().result]).toEqual([
      [1, 'x'],
      [2, 'xx'],
      [1, 'x'],
    ]);
  });

  it('is frozen with what is pending, and the caller decides when that goes on', () => {
    const sandbox = started(
      spec("let late = 'not yet'; export const handler = async () => { setTimeout(() => { late = 'fired' }, 10); return late };"),
    );
    const first = sandbox.invoke(time(), '{}', CONTEXT);
    const timer = first.outputs.find((output) => output.type === 'timer-set') as { id: number };
    expect(first.outputs.at(-1)).toMatchObject({ type: 'result', payload: '"not yet"' });
    expect(sandbox.invoke(time(START_MS + 60_000), '{}', CONTEXT).outputs.at(-1)).toMatchObject({ payload: '"not yet"' });
    expect(sandbox.fireTimer(time(START_MS + 61_000), timer.id).ended).toEqual({ end: 'waiting' });
    expect(sandbox.fireTimer(time(START_MS + 61_000), timer.id)).toMatchObject({ outputs: [] });
    expect(sandbox.invoke(time(START_MS + 62_000), '{}', CONTEXT).outputs.at(-1)).toMatchObject({ payload: '"fired"' });
    sandbox.dispose();
  });

  it('says which timers were cleared', () => {
    const sandbox = started(
      spec(
        'export const handler = async () => { clearTimeout(setTimeout(() => {}, 5)); const t = setInterval(() => {}, 7); clearInterval(t); clearTimeout(undefined) };',
      ),
    );
    const kinds = sandbox.invoke(time(), '{}', CONTEXT).outputs.map((output) => output.type);
    expect(kinds).toEqual(['timer-set', 'timer-cleared', 'timer-set', 'timer-cleared', 'result']);
    sandbox.dispose();
  });

  it('loses nothing when more environments live than have an instance', () => {
    const code =
      'const held = new Array(1000).fill(0).map((_, i) => i); let n = 0; export const handler = async (event) => { n += event.add; await null; return n + held.length };';
    const runs = Array.from({ length: RESIDENT_MAX + 9 }, (_, i) => new GuestRun(factory, spec(code, { seed: i })));
    for (const run of runs) run.init();
    const lone = new GuestRun(factory, spec(code, { seed: 3 }));
    lone.init();
    const alone = [1, 2, 3].map((add) => lone.invoke({ add }).slices);
    const crowded = [1, 2, 3].map((add) => runs.map((run) => run.invoke({ add })));
    expect(crowded.map((round) => round.map((run) => run.result))).toEqual([1, 3, 6].map((sum) => runs.map(() => 1000 + sum)));
    const strip = (slices: Slice[]) =>
      slices.map(({ fuel, maxMemoryUsedMB, outputs }) => ({ fuel, maxMemoryUsedMB, types: outputs.map((output) => output.type) }));
    expect(crowded.map((round) => strip(round[3]?.slices ?? []))).toEqual(alone.map(strip));
    for (const run of [...runs, lone]) run.sandbox.dispose();
  });

  it('that grew large survives being put aside', () => {
    const big = new GuestRun(
      factory,
      spec(
        'const held = new Uint8Array(20_000_000).fill(7); export const handler = async () => [held.length, held.at(-1), held.indexOf(8)];',
        { memoryMB: 512 },
      ),
    );
    big.init();
    const before = big.invoke();
    const crowd = Array.from({ length: RESIDENT_MAX + 1 }, () => new GuestRun(factory, spec('export const handler = async () => 1;')));
    for (const run of crowd) run.init();
    const after = big.invoke();
    expect(after.result).toEqual(before.result);
    for (const run of [...crowd, big]) run.sandbox.dispose();
  });
});

describe('a factory', () => {
  it('gives its environments a limited memory together', async () => {
    const module = await WebAssembly.compile(readFileSync(new URL('../../generated/sandbox/quickjs-metered.wasm', import.meta.url)));
    const [bundle] = WebAssembly.Module.customSections(module, 'coldstart-runtime');
    const pool = new EnginePool(module, JSON.parse(new TextDecoder().decode(bundle)) as RuntimeBundle);
    const all = LIVE_MB_MAX * 1_048_576;
    expect([pool.account(all), pool.account(1), pool.account(-1), pool.account(1)]).toEqual([true, false, true, true]);
  });

  it.each([
    [{ memoryMB: 127 }, 'Memory is 128 to 10,240 MB'],
    [{ memoryMB: Number.NaN }, 'Memory is 128 to 10,240 MB'],
    [{ ephemeralStorageMB: 511 }, 'Ephemeral storage is 512 to 10,240 MB'],
    [{ seed: 0.5 }, 'The seed is an integer'],
    [{ files: { a: 'x'.repeat(2_000_001) } }, 'The deployment package has 2000001 characters'],
  ])('refuses %o', (more, message) => {
    expect(() => factory.create(spec('', more))).toThrow(message);
  });

  it('names its version', () => {
    expect(factory.runtimeVersion).toMatch(/^[0-9a-f]{16}$/);
  });

  it('takes an invocation only after init, and init only once', () => {
    const sandbox = factory.create(spec('export const handler = async () => 1;'));
    expect(() => sandbox.invoke(time(), '{}', CONTEXT)).toThrow('has not run its init phase');
    sandbox.init(time());
    expect(() => sandbox.init(time())).toThrow('already run its init phase');
    sandbox.dispose();
  });
});
