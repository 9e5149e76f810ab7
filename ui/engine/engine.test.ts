import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RETRIED } from '../timeline/example-trace';
import { createEngine, type EngineWorker } from './engine';
import { serveJobs, type WorkerScope } from './serve';

/** A worker in this thread: what one side posts, the other receives in the next turn. */
function createPair(perform: (job: string) => Promise<string>): { spawn: () => EngineWorker; spawned: EngineWorker[] } {
  const spawned: EngineWorker[] = [];
  const spawn = () => {
    let alive = true;
    const scope: WorkerScope = {
      onmessage: null,
      postMessage: (data) => queueMicrotask(() => alive && worker.onmessage?.({ data } as MessageEvent)),
    };
    const worker: EngineWorker = {
      onmessage: null,
      onerror: null,
      postMessage: (data) => queueMicrotask(() => alive && scope.onmessage?.({ data } as MessageEvent)),
      terminate: () => {
        alive = false;
      },
    };
    serveJobs<string, string>(scope, async (job, report) => {
      report.facts('world', RETRIED);
      report.progress(1, RETRIED.length, 'half way');
      return perform(job);
    });
    spawned.push(worker);
    return worker;
  };
  return { spawn, spawned };
}

const never = () => new Promise<string>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the engine', () => {
  it('hands over facts, progress and the result, and keeps its worker for the next run', async () => {
    const { spawn, spawned } = createPair(async (job) => job.toUpperCase());
    const engine = createEngine<string, string>(spawn, { timeoutMs: 1000 });
    const seen: unknown[] = [];
    const watch = {
      facts: (world: string, facts: unknown[]) => void seen.push([world, facts.length]),
      progress: (_at: number, _facts: number, note: string) => void seen.push(note),
    };
    expect(await engine.run('a', watch).outcome).toEqual({ ended: 'done', result: 'A' });
    expect(await engine.run('b').outcome).toEqual({ ended: 'done', result: 'B' });
    expect(seen).toEqual([['world', RETRIED.length], 'half way']);
    expect(spawned).toHaveLength(1);
  });

  it('ends as failed, with the sentence, when the job throws', async () => {
    const { spawn } = createPair(async () => {
      throw new Error('There is no template.yaml.');
    });
    const engine = createEngine<string, string>(spawn, { timeoutMs: 1000 });
    expect(await engine.run('a').outcome).toEqual({ ended: 'failed', message: 'There is no template.yaml.' });
  });

  it('ends a run that takes too long, and works again with a new worker', async () => {
    let stuck = true;
    const { spawn, spawned } = createPair((job) => (stuck ? never() : Promise.resolve(job)));
    const engine = createEngine<string, string>(spawn, { timeoutMs: 1000 });
    const run = engine.run('a');
    await vi.advanceTimersByTimeAsync(1000);
    expect(await run.outcome).toMatchObject({ ended: 'failed', message: expect.stringContaining('stopped after 1 s') });
    stuck = false;
    expect(await engine.run('b').outcome).toEqual({ ended: 'done', result: 'b' });
    expect(spawned).toHaveLength(2);
  });

  it('cancels a run on request and when another starts', async () => {
    const { spawn } = createPair(never);
    const engine = createEngine<string, string>(spawn, { timeoutMs: 1000 });
    const first = engine.run('a');
    const second = engine.run('b');
    expect(await first.outcome).toEqual({ ended: 'cancelled' });
    first.cancel();
    second.cancel();
    expect(await second.outcome).toEqual({ ended: 'cancelled' });
  });

  it('says so when the worker cannot start', async () => {
    const { spawn, spawned } = createPair(never);
    const engine = createEngine<string, string>(spawn, { timeoutMs: 1000 });
    const run = engine.run('a');
    spawned[0]?.onerror?.({ message: 'blocked' } as ErrorEvent);
    expect(await run.outcome).toMatchObject({ ended: 'failed', message: expect.stringContaining('(blocked)') });
  });
});
