// What an explanation is: data first, and sentences made from it, in the reader's own names.
// Texts are plain sentences; what stands between backticks is a name or a value, to be set in code type.
import type { Fact } from '../kernel/fact';
import type { JsonObject } from '../kernel/json';
import type { Ms } from '../kernel/time';

export type Subject =
  | 'denial'
  | 'no-match'
  | 'filtered'
  | 'throttle'
  | 'retry'
  | 'waiting'
  | 'drop'
  | 'dead-letter'
  | 'timeout'
  | 'out-of-memory'
  | 'init-failure'
  | 'error'
  | 'limit'
  /** Nothing went wrong: what led here is the explanation. */
  | 'event';

export interface Step {
  /** `pass` and `fail`: something was asked and held or did not. `info`: what a reader needs to know besides. */
  verdict: 'pass' | 'fail' | 'info';
  text: string;
  data: JsonObject;
  /** Facts of the trace that show it. */
  facts?: number[];
  /** 1 for a detail of the step before it; left out for 0. */
  depth?: number;
}

/** What would have made it otherwise. Where there are several, a denial needs all of them, everything else any. */
export interface Change {
  text: string;
  data: JsonObject;
}

/** What happens after this, if nobody does anything. */
export interface Next {
  atMs: Ms;
  text: string;
}

/** One link of the chain of causes. */
export interface Link {
  seq: number;
  text: string;
}

export interface Explanation {
  seq: number;
  subject: Subject;
  /** The whole answer in one sentence. */
  title: string;
  steps: Step[];
  change?: Change[];
  next?: Next;
  /** What led here, from the driver's first act to the fact itself. */
  chain: Link[];
  /** Every fact that the explanation rests on, in order; the fact itself is among them. */
  evidence: number[];
}

/** What an explanation reads: a world is one, and so is a trace that came from a worker. */
export interface Told {
  readonly trace: readonly Fact[];
}

/** What the explainer of one subject says; the rest is the same for all. */
export interface Answer {
  subject: Subject;
  title: string;
  steps: Step[];
  change?: Change[];
  next?: Next;
}

/** Null when the fact is not of this subject after all. */
export type Explainer = (trace: readonly Fact[], fact: Fact) => Answer | null;
