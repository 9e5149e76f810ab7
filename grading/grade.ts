// What grading a lab gives. Verdicts are computed from facts, on the server and, without hidden checks, in the browser.

/** One check against one or more runs. */
export interface Verdict {
  /** The check's id, a claim: `order-is-charged-once`. */
  check: string;
  passed: boolean;
  /** What the learner reads: one sentence about their own run. */
  message: string;
  points: number;
  maxPoints: number;
  hidden: boolean;
  /** The run that decided it: the first that failed, else the first. */
  scenario: string;
  /** What a browser gets of a hidden seed is 0, and no evidence: who knows the seed could write an answer for it. */
  seed: number;
  /** Sequence numbers of the facts that the check looked at, in that run. Empty when it cannot be shown. */
  evidence: number[];
}

export interface Grade {
  lab: string;
  /** Content hash of the lab folder: the same answer and version always give the same grade. */
  labVersion: string;
  runtimeVersion: string;
  /** All seeds that were run, hidden ones included: for the server's records, never for a browser. */
  seeds: number[];
  points: number;
  maxPoints: number;
  verdicts: Verdict[];
  /** SHA-256 over the traces of all runs, in order. */
  traceHash: string;
  /** Set when the learner's files could not be deployed: the sentence says which file and line. */
  deployError?: string;
}
