// Runs jobs in a worker, one at a time. Cancelling or running out of time ends the worker: the guest cannot refuse.
import type { Fact } from '@/sim/kernel/fact';
import type { EngineMessage, RunMessage } from './protocol';

/** The part of a Worker that the engine uses. */
export interface EngineWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface Watch {
  facts?(world: string, facts: Fact[]): void;
  progress?(at: number, facts: number, note: string): void;
}

export type Outcome<Result> = { ended: 'done'; result: Result } | { ended: 'failed'; message: string } | { ended: 'cancelled' };

export interface Run<Result> {
  outcome: Promise<Outcome<Result>>;
  cancel(): void;
}

export interface Engine<Job, Result> {
  /** Starts the worker ahead of the first run. */
  warmUp(): void;
  /** A run that is still going is cancelled first. */
  run(job: Job, watch?: Watch): Run<Result>;
  dispose(): void;
}

export interface EngineOptions {
  /** How long one run may take, in real milliseconds. */
  timeoutMs: number;
}

interface Pending<Result> {
  id: number;
  watch: Watch;
  timer: ReturnType<typeof setTimeout>;
  settle(outcome: Outcome<Result>): void;
}

export function createEngine<Job, Result>(spawn: () => EngineWorker, options: EngineOptions): Engine<Job, Result> {
  let worker: EngineWorker | null = null;
  let pending: Pending<Result> | null = null;
  let runs = 0;

  const end = (outcome: Outcome<Result>): void => {
    const ended = pending;
    if (!ended) return;
    pending = null;
    clearTimeout(ended.timer);
    ended.settle(outcome);
  };

  const stopWorker = (outcome: Outcome<Result>): void => {
    worker?.terminate();
    worker = null;
    end(outcome);
  };

  const receive = (message: EngineMessage<Result>): void => {
    if (message.type === 'ready' || !pending || message.id !== pending.id) return;
    if (message.type === 'facts') pending.watch.facts?.(message.world, message.facts);
    else if (message.type === 'progress') pending.watch.progress?.(message.at, message.facts, message.note);
    else if (message.type === 'done') end({ ended: 'done', result: message.result });
    else end({ ended: 'failed', message: message.message });
  };

  const start = (): EngineWorker => {
    if (worker) return worker;
    const started = spawn();
    started.onmessage = (event) => receive(event.data as EngineMessage<Result>);
    started.onerror = (event) => {
      const detail = event.message ? ` (${event.message})` : '';
      stopWorker({ ended: 'failed', message: `The simulator could not be started${detail}. Reload the page; your code is kept.` });
    };
    worker = started;
    return started;
  };

  return {
    warmUp: () => {
      start();
    },
    run: (job, watch = {}) => {
      if (pending) stopWorker({ ended: 'cancelled' });
      const id = ++runs;
      const outcome = new Promise<Outcome<Result>>((settle) => {
        const timer = setTimeout(() => {
          const seconds = Math.round(options.timeoutMs / 1000);
          stopWorker({
            ended: 'failed',
            message: `The run was stopped after ${seconds} s on your machine. Look for a loop that never ends, then run again.`,
          });
        }, options.timeoutMs);
        pending = { id, watch, timer, settle };
      });
      const message: RunMessage<Job> = { type: 'run', id, job };
      start().postMessage(message);
      return { outcome, cancel: () => pending?.id === id && stopWorker({ ended: 'cancelled' }) };
    },
    dispose: () => stopWorker({ ended: 'cancelled' }),
  };
}
