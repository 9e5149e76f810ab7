// What grading writes: that it has begun, the grade, or why there is none. Each with the queue's own change in one transaction,
// and each announced to the browsers that wait.

import type { LabFiles } from '../../labs/lab';
import type { Database } from '../database/client';
import type { GradeSeeds } from '../submission/view';
import type { GradedAnswer } from './message';
import type { Claim, GradingQueue } from './queue';

export interface BegunSubmission {
  lab: string;
  files: LabFiles;
  attempts: number;
}

/** Without those for which nothing is left to do: graded, failed or gone. */
export async function beginGrading(db: Database, submissionIds: readonly string[]): Promise<ReadonlyMap<string, BegunSubmission>> {
  const rows = await db.$queryRaw<(BegunSubmission & { id: string })[]>`
    WITH begun AS (
      UPDATE submission SET status = 'grading', attempts = attempts + 1, updated_at = now()
      WHERE id = ANY(${submissionIds}::uuid[]) AND status IN ('queued', 'grading')
      RETURNING id, lab, files, attempts)
    SELECT id, lab, files, attempts, pg_notify('submission', id::text)::text AS announced FROM begun`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Idempotent: the same answer on the same versions has one grade, whoever stores it and how often. */
export async function storeGrade(db: Database, queue: GradingQueue, claim: Claim, { grade, visibleSeeds }: GradedAnswer): Promise<void> {
  const seeds: GradeSeeds = { visible: visibleSeeds, hidden: grade.seeds.filter((seed) => !visibleSeeds.includes(seed)) };
  await db.$transaction(async (tx) => {
    // The submission first: a merge or an account's deletion that runs at the same time comes before or after.
    await tx.$executeRaw`
      WITH graded AS (
        UPDATE submission SET status = 'graded', failure = NULL, updated_at = now() WHERE id = ${claim.submissionId}::uuid RETURNING id),
      stored AS (
        INSERT INTO grade (id, submission_id, lab_version, runtime_version, seeds, points, max_points, verdicts, trace_hash, deploy_error)
        SELECT gen_random_uuid(), id, ${grade.labVersion}, ${grade.runtimeVersion}, ${seeds}::jsonb, ${grade.points}::int,
          ${grade.maxPoints}::int, ${JSON.stringify(grade.verdicts)}::jsonb, ${grade.traceHash}, ${grade.deployError ?? null}
        FROM graded
        ON CONFLICT DO NOTHING)
      SELECT pg_notify('submission', ${claim.submissionId})::text`;
    await queue.done(tx, claim);
  });
}

export async function storeFailure(db: Database, queue: GradingQueue, claim: Claim, failure: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.submission.updateMany({ where: { id: claim.submissionId, status: { not: 'graded' } }, data: { status: 'failed', failure } });
    await queue.done(tx, claim);
    await tx.$executeRaw`SELECT pg_notify('submission', ${claim.submissionId})::text`;
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
