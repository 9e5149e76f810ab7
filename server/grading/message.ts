// What the grading threads are told and what they answer.
import type { Grade } from '../../grading/grade';
import type { LabFiles } from '../../labs/lab';

export interface GradingOrder {
  id: number;
  lab: string;
  files: LabFiles;
}

/** A grade, and which of its seeds a browser may know: the others belong to the hidden part of the lab. */
export interface GradedAnswer {
  grade: Grade;
  visibleSeeds: number[];
}

export type GradingAnswer = { id: number; graded: GradedAnswer } | { id: number; fault: string };

/** A thread says this once it can take orders. */
export type ThreadReady = { ready: true };

export interface ThreadSettings {
  /** The metered engine, generated/sandbox/quickjs-metered.wasm. */
  wasmFile: string;
}
