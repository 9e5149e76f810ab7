// Hands an answer in for a grade. The submission and its place in the queue are written in one transaction:
// what was acknowledged is graded, whatever crashes afterwards.
import { z } from 'zod';
import type { LabFiles } from '../../labs/lab';
import type { Database, Transaction } from '../database/client';
import { type LabOutline, parseLabFiles, sameFiles } from '../lab/files';
import { learnerGone } from '../learner/hold';
import { Refusal } from '../refusal';
import type { SubmissionStatus } from './view';

const createInput = z.object({ files: z.unknown(), key: z.uuid() });

export interface CreatedSubmission {
  submission: { id: string; status: SubmissionStatus; createdAt: string };
  /** False when this key had been used before: the same submission comes back. */
  created: boolean;
}

/** Puts a submission into the grading queue as part of the transaction that inserts it. */
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
  const row = await db.$transaction(async (tx) => {
    const inserted = await insertSubmission(tx, learnerId, lab.slug, key, files);
    if (inserted) await enqueue(tx, inserted.id);
    return inserted;
  });
  if (row) return { submission: { id: row.id, status: 'queued', createdAt: row.createdAt.toISOString() }, created: true };
  const existing = await findByKey(db, learnerId, lab.slug, key, files);
  if (!existing) throw new Refusal('signed-out', learnerGone);
  return existing;
}

/**
 * Null when the learner is gone or has used the key before; whoever uses it at the same time is waited for. The learner's row is held,
 * as every command that writes for a learner does. The graders hear of it when the transaction commits.
 */
async function insertSubmission(tx: Transaction, learnerId: string, lab: string, key: string, files: LabFiles) {
  const [row] = await tx.$queryRaw<{ id: string; createdAt: Date }[]>`
    WITH held AS (SELECT id FROM "user" WHERE id = ${learnerId} FOR KEY SHARE),
    inserted AS (
      INSERT INTO submission (id, learner_id, lab, key, files)
      SELECT gen_random_uuid(), held.id, ${lab}, ${key}::uuid, ${files}::jsonb FROM held
      ON CONFLICT (learner_id, key) DO NOTHING
      RETURNING id, created_at)
    SELECT id, created_at AS "createdAt", pg_notify('grading_queued', '')::text AS announced FROM inserted`;
  return row ?? null;
}

async function findByKey(db: Database, learnerId: string, lab: string, key: string, files: LabFiles): Promise<CreatedSubmission | null> {
  const row = await db.submission.findUnique({ where: { learnerId_key: { learnerId, key } } });
  if (!row) return null;
  if (row.lab !== lab || !sameFiles(row.files as LabFiles, files)) {
    throw new Refusal('key-reused', 'This key belongs to another submission with other files. Make a new key and submit again.');
  }
  return { submission: { id: row.id, status: row.status as SubmissionStatus, createdAt: row.createdAt.toISOString() }, created: false };
}
