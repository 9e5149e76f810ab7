// What a page and the worker that runs its simulator say to each other. Everything is plain data.
import type { Fact } from '@/sim/kernel/fact';
import type { Ms } from '@/sim/kernel/time';

export interface RunMessage<Job> {
  type: 'run';
  id: number;
  job: Job;
}

export type EngineMessage<Result> =
  /** The worker has compiled its sandbox. */
  | { type: 'ready' }
  /** Facts of one world, in order; a run of several worlds says which. */
  | { type: 'facts'; id: number; world: string; facts: Fact[] }
  | { type: 'progress'; id: number; at: Ms; facts: number; note: string }
  | { type: 'done'; id: number; result: Result }
  /** The sentence says what to do. */
  | { type: 'failed'; id: number; message: string };

/** Facts are handed over in pieces of this many, so that a long run can be watched. */
export const FACTS_PER_MESSAGE = 500;
