// What the workbench shows, as plain data: the lab's page, grades and submissions. The shapes are those of app/api.
import type { Fact } from '@/sim/kernel/fact';
import type { RichNode } from '../text/rich-text';

/** Text by path. */
export type Files = Record<string, string>;

export interface CheckView {
  id: string;
  points: number;
  scenarios: string[];
}

export interface LabView {
  slug: string;
  title: string;
  points: number;
  /** Paths that the learner may change. */
  editable: string[];
  /** Render with RichText of ui/text/rich-text. */
  brief: RichNode[];
  starter: Files;
  outOfScope: string[];
  hints: string[];
  checks: CheckView[];
  scenarios: { id: string; title: string }[];
  hidden: { checks: number; points: number };
  /** Where the lesson that prepares for it is. */
  lesson: { title: string; path: string } | null;
}

export interface VerdictView {
  check: string;
  passed: boolean;
  message: string;
  points: number;
  maxPoints: number;
  hidden: boolean;
  scenario: string;
  seed: number;
  evidence: number[];
}

export interface GradeView {
  points: number;
  maxPoints: number;
  verdicts: VerdictView[];
  deployError?: string;
}

export interface SubmissionView {
  id: string;
  status: 'queued' | 'grading' | 'graded' | 'failed';
  createdAt: string;
  grade: GradeView | null;
  failure: string | null;
}

/** One world of a run. */
export interface RunFacts {
  scenario: string;
  seed: number;
  facts: Fact[];
}

export interface LabJob {
  files: Files;
}

export interface LabResult {
  grade: GradeView;
  runs: { scenario: string; seed: number }[];
}

/** The name of a world in the engine's messages. */
export function worldName(scenario: string, seed: number): string {
  return `${scenario} ${seed}`;
}

/** A check's id is a claim: `every-order-is-charged-once` reads as a sentence. */
export function claimOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function sameFiles(a: Files, b: Files): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}

/** The paths in which two texts of a lab differ, in order. */
export function differingPaths(a: Files, b: Files): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((path) => a[path] !== b[path]).sort();
}
