// A lab's lab.yaml, a mistake's mistake.yaml, and what pages show of a lab.
import { z } from 'zod';
import type { LabFiles } from '../../labs/lab';
import type { RichNode } from './markdown';

const seed = z.number().int().min(0).max(0xffffffff);

export const labFileSchema = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(1),
  /** The lesson it belongs to: `02-lambda/10-asynchronous-invocation`. */
  lesson: z.string().min(1),
  minutes: z.number().int().min(1).max(240),
  difficulty: z.number().int().min(1).max(3),
  kind: z.string().min(1),
  /** Paths that the learner may change. */
  editable: z.array(z.string().min(1)).min(1),
  outOfScope: z.array(z.string().min(1)).default([]),
  hints: z.array(z.string().min(1)).default([]),
  /** Seeds of the runs that the learner may see. Hidden seeds are drawn from the hidden scenarios' own text. */
  seeds: z.array(seed).min(1).default([1, 2]),
});

export const mistakeFileSchema = z.strictObject({
  title: z.string().min(1).optional(),
  /** The checks that this mistake fails: exactly these. */
  fails: z.array(z.string().min(1)).min(1),
  why: z.string().min(1),
});
export type MistakeFile = z.infer<typeof mistakeFileSchema>;

/** A lab in a list, and what the server needs to accept a draft. */
export interface LabSummary {
  slug: string;
  version: string;
  title: string;
  summary: string;
  lesson: string;
  minutes: number;
  difficulty: number;
  kind: string;
  points: number;
  editable: string[];
}

/** Everything that a lab's page shows before anything has run. */
export interface LabPage extends LabSummary {
  /** brief.md, parsed. */
  brief: RichNode[];
  starter: LabFiles;
  outOfScope: string[];
  hints: string[];
  checks: { id: string; points: number; scenarios: string[] }[];
  scenarios: { id: string; title: string }[];
  /** How many checks run only on submission, and what they are worth. */
  hidden: { checks: number; points: number };
}
