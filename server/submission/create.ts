// Hands an answer in for a grade. The submission and its place in the queue are written in one transaction:
// what was acknowledged is graded, whatever crashes afterwards.
import { z } from 'zod';
import type { LabFiles } from '../../labs/lab';
import type { Database, Transaction } from '../database/client';
import { isUniqueViolation } from '../database/errors';
import { type LabOutline, parseLabFiles, sameFiles } from '../lab/files';
import { holdLearner } from '../learner/hold';
import { Refusal } from '../refusal';
import type { SubmissionStatus } from './view';

const createInput = z.object({ files: z.unknown(), key: z.uuid() });

export interface CreatedSubmission {
  submission: { id: string; status: SubmissionStatus; createdAt: string };
  /** False when this key had been used before: the same submission comes back. */
  created: boolean;
}

/** Puts a submission into the grading queue as part of the transaction. */
export type Enqueue = (tx: Transaction, submissionId: string) => Promise<void>;

export async function createSubmission(
  db: Database,
  enqueue: Enqueue,
  learnerId: string,
  lab: LabOutline,
  input: unknown,
): Promise<CreatedSubmission> {
  const parsed = createInput.safeParse(input);
  if (!parsed.success)
    throw new Refusal(
      'invalid-input',
      'Send "files" and "key": a UUID that the browser makes for this submission and keeps when it tries again.',
    );
  const files = parseLabFiles(lab, parsed.data.files);
  const { key } = parsed.data;
  const existing = await findByKey(db, learnerId, lab.slug, key, files);
  if (existing) return existing;
  try {
    const row = await db.$transaction(async (tx) => {
      await holdLearner(tx, learnerId);
      const submission = await tx.submission.create({ data: { learnerId, lab: lab.slug, key, files } });
      await enqueue(tx, submission.id);
      return submission;
    });
    return { submission: { id: row.id, status: 'queued', createdAt: row.createdAt.toISOString() }, created: true };
  } catch (error) {
    // Two requests with one key at once: the other one has made it.
    const other = isUniqueViolation(error) ? await findByKey(db, learnerId, lab.slug, key, files) : null;
    if (other) return other;
    throw error;
  }
}

async function findByKey(db: Database, learnerId: string, lab: string, key: string, files: LabFiles): Promise<CreatedSubmission | null> {
  const row = await db.submission.findUnique({ where: { learnerId_key: { learnerId, key } } });
  if (!row) return null;
  if (row.lab !== lab || !sameFiles(row.files as LabFiles, files)) {
    throw new Refusal('key-reused', 'This key belongs to another submission with other files. Make a new key and submit again.');
  }
  return { submission: { id: row.id, status: row.status as SubmissionStatus, createdAt: row.createdAt.toISOString() }, created: false };
}
