// The worker's side of the protocol: takes jobs, reports facts and the end of each run.
import type { Fact } from '@/sim/kernel/fact';
import { type EngineMessage, FACTS_PER_MESSAGE, type RunMessage } from './protocol';

export interface Reporter {
  facts(world: string, facts: readonly Fact[]): void;
  progress(at: number, facts: number, note: string): void;
}

/** The part of a worker's global scope that is used. */
export interface WorkerScope {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** Calls `perform` for each job; an exception becomes the run's failure. Returns what takes the page's messages. */
export function serveJobs<Job, Result>(scope: WorkerScope, perform: (job: Job, report: Reporter) => Promise<Result>): void {
  const send = (message: EngineMessage<Result>) => scope.postMessage(message);
  scope.onmessage = async (event: MessageEvent) => {
    const { id, job } = event.data as RunMessage<Job>;
    const report: Reporter = {
      facts: (world, facts) => {
        for (let from = 0; from < facts.length; from += FACTS_PER_MESSAGE) {
          send({ type: 'facts', id, world, facts: facts.slice(from, from + FACTS_PER_MESSAGE) });
        }
      },
      progress: (at, facts, note) => send({ type: 'progress', id, at, facts, note }),
    };
    try {
      send({ type: 'done', id, result: await perform(job, report) });
    } catch (error) {
      send({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    }
  };
  send({ type: 'ready' });
}
