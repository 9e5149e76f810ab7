// A learner's submissions. Whoever asks for another learner's gets the same answer as for one that does not exist.
import { z } from 'zod';
import type { Database } from '../database/client';
import { Refusal } from '../refusal';
import { newestGrade, type SubmissionView, viewSubmission } from './view';

const submissionsListedMax = 20;

export async function readSubmission(
  db: Database,
  learnerId: string | null,
  id: string,
  { withFiles } = { withFiles: true },
): Promise<SubmissionView> {
  const row =
    learnerId !== null && z.uuid().safeParse(id).success
      ? await db.submission.findFirst({ where: { id, learnerId }, include: { grades: newestGrade } })
      : null;
  if (!row) throw new Refusal('not-found', 'There is no submission of yours with this id. Sign in with the account that handed it in.');
  return viewSubmission(row, withFiles);
}

export async function listSubmissions(db: Database, learnerId: string, lab: string): Promise<SubmissionView[]> {
  const rows = await db.submission.findMany({
    where: { learnerId, lab },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: submissionsListedMax,
    include: { grades: newestGrade },
  });
  return rows.map((row) => viewSubmission(row, false));
}
