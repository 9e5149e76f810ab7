// A lab with everything that a run needs. The visible part is what a browser may hold; the rest only ever loads on the server.
import type { Check, LabFiles, Scenario } from './lab';

export interface VisibleLab {
  slug: string;
  /** Content hash of what decides a grade. */
  version: string;
  title: string;
  /** Points of all checks, hidden ones included. */
  points: number;
  /** Paths that the learner may change; every other path comes from the starter. */
  editable: string[];
  /** All files of the application by path, editable ones included. */
  starter: LabFiles;
  scenarios: Scenario[];
  checks: Check[];
  seeds: { visible: number[] };
}

export interface LoadedLab extends Omit<VisibleLab, 'seeds'> {
  hiddenScenarios: Scenario[];
  hiddenChecks: Check[];
  seeds: { visible: number[]; hidden: number[] };
}
