// What grading writes: that it has begun, the grade, or why there is none. Each with the queue's own change in one transaction,
// and each announced to the browsers that wait.

import type { Prisma } from '../../generated/prisma/client';
import type { LabFiles } from '../../labs/lab';
import type { Database, Transaction } from '../database/client';
import type { GradeSeeds } from '../submission/view';
import type { GradedAnswer } from './message';
import type { Claim, GradingQueue } from './queue';

export interface BegunSubmission {
  lab: string;
  files: LabFiles;
  attempts: number;
}

/** Null when there is nothing left to do: graded, failed or gone. */
export async function beginGrading(db: Database, submissionId: string): Promise<BegunSubmission | null> {
  const [row] = await db.$queryRaw<BegunSubmission[]>`
    WITH begun AS (
      UPDATE submission SET status = 'grading', attempts = attempts + 1, updated_at = now()
      WHERE id = ${submissionId}::uuid AND status IN ('queued', 'grading')
      RETURNING lab, files, attempts)
    SELECT lab, files, attempts, pg_notify('submission', ${submissionId})::text AS announced FROM begun`;
  return row ?? null;
}

/** Idempotent: the same answer on the same versions has one grade, whoever stores it and how often. */
export async function storeGrade(db: Database, queue: GradingQueue, claim: Claim, { grade, visibleSeeds }: GradedAnswer): Promise<void> {
  await db.$transaction(async (tx) => {
    // The submission first: a merge or an account's deletion that runs at the same time comes before or after.
    const updated = await tx.submission.updateMany({ where: { id: claim.submissionId }, data: { status: 'graded', failure: null } });
    if (updated.count > 0) {
      await tx.grade.createMany({
        data: [
          {
            submissionId: claim.submissionId,
            labVersion: grade.labVersion,
            runtimeVersion: grade.runtimeVersion,
            seeds: { visible: visibleSeeds, hidden: grade.seeds.filter((seed) => !visibleSeeds.includes(seed)) } satisfies GradeSeeds,
            points: grade.points,
            maxPoints: grade.maxPoints,
            verdicts: grade.verdicts as unknown as Prisma.InputJsonValue,
            traceHash: grade.traceHash,
            deployError: grade.deployError ?? null,
          },
        ],
        skipDuplicates: true,
      });
    }
    await finish(tx, queue, claim);
  });
}

export async function storeFailure(db: Database, queue: GradingQueue, claim: Claim, failure: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.submission.updateMany({ where: { id: claim.submissionId, status: { not: 'graded' } }, data: { status: 'failed', failure } });
    await finish(tx, queue, claim);
  });
}

export async function storeNothing(db: Database, queue: GradingQueue, claim: Claim): Promise<void> {
  await db.$transaction((tx) => queue.done(tx, claim));
}

/** Back to waiting. A try that was broken off by a shutdown does not count. */
export async function storeWaiting(db: Database, submissionId: string, counts: boolean): Promise<void> {
  await db.$executeRaw`
    UPDATE submission SET status = 'queued', attempts = greatest(0, attempts - ${counts ? 0 : 1}::int), updated_at = now()
    WHERE id = ${submissionId}::uuid AND status = 'grading'`;
}

async function finish(tx: Transaction, queue: GradingQueue, claim: Claim): Promise<void> {
  await queue.done(tx, claim);
  await tx.$executeRaw`SELECT pg_notify('submission', ${claim.submissionId})::text`;
}
