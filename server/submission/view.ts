// What a browser may see of a submission: the verdicts in full, except what hidden checks looked at.
import type { Grade as GradeRow, Submission } from '../../generated/prisma/client';
import type { Grade, Verdict } from '../../grading/grade';
import type { LabFiles } from '../../labs/lab';

const submissionStatuses = ['queued', 'grading', 'graded', 'failed'] as const;
export type SubmissionStatus = (typeof submissionStatuses)[number];

export interface SubmissionView {
  id: string;
  lab: string;
  status: SubmissionStatus;
  createdAt: string;
  grade: Grade | null;
  /** With status failed: why there is no grade, and what to do. */
  failure: string | null;
  files?: LabFiles;
}

/** The grades that belong to a view: newest first, so that a regrade is what the learner sees. */
export const newestGrade = { orderBy: { gradedAt: 'desc' }, take: 1 } as const;

export function viewSubmission(row: Submission & { grades: GradeRow[] }, withFiles: boolean): SubmissionView {
  const grade = row.grades[0];
  return {
    id: row.id,
    lab: row.lab,
    status: submissionStatuses.find((status) => status === row.status) ?? 'queued',
    createdAt: row.createdAt.toISOString(),
    grade: grade ? viewGrade(row.lab, grade) : null,
    failure: row.failure,
    ...(withFiles ? { files: row.files as LabFiles } : {}),
  };
}

/** As stored in the Grade table. */
export type GradeSeeds = { visible: number[]; hidden: number[] };

function viewGrade(lab: string, row: GradeRow): Grade {
  const { visible } = row.seeds as GradeSeeds;
  return {
    lab,
    labVersion: row.labVersion,
    runtimeVersion: row.runtimeVersion,
    // The seeds of hidden runs stay on the server: who knows them could write an answer for them.
    seeds: visible,
    points: row.points,
    maxPoints: row.maxPoints,
    verdicts: (row.verdicts as unknown as Verdict[]).map((verdict) => viewVerdict(verdict, visible)),
    traceHash: row.traceHash,
    ...(row.deployError === null ? {} : { deployError: row.deployError }),
  };
}

/** What a hidden run looked like cannot be shown: the browser has no such run. */
function viewVerdict(verdict: Verdict, visibleSeeds: readonly number[]): Verdict {
  if (verdict.hidden) return { ...verdict, evidence: [], seed: 0, scenario: '' };
  return visibleSeeds.includes(verdict.seed) ? verdict : { ...verdict, evidence: [], seed: 0 };
}
