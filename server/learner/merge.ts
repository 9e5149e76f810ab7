// Gives an anonymous learner's work to an account, in one transaction, and deletes the anonymous learner.
// Both rows are locked first: saves that arrive meanwhile wait and then either find the work moved or their learner gone,
// so nothing can slip in between and be deleted with it. Running it again finds nobody and does nothing.
import type { Draft } from '../../generated/prisma/client';
import type { LabFiles } from '../../labs/lab';
import type { Database, Transaction } from '../database/client';
import { isRetryable } from '../database/errors';
import { sameFiles } from '../lab/files';

const triesMax = 5;

export async function mergeLearners(db: Database, fromId: string, toId: string): Promise<void> {
  if (fromId === toId) return;
  for (let tries = 1; ; tries += 1) {
    try {
      await db.$transaction((tx) => merge(tx, fromId, toId), { timeout: 20_000 });
      return;
    } catch (error) {
      if (tries < triesMax && isRetryable(error)) continue;
      throw error;
    }
  }
}

async function merge(tx: Transaction, fromId: string, toId: string): Promise<void> {
  const locked = await tx.$queryRaw<{ id: string; isAnonymous: boolean }[]>`
    SELECT id, "isAnonymous" FROM "user" WHERE id IN (${fromId}, ${toId}) ORDER BY id FOR UPDATE`;
  const from = locked.find((row) => row.id === fromId);
  const to = locked.find((row) => row.id === toId);
  // Only anonymous work is ever claimed: the work of an account stays with it.
  if (!from?.isAnonymous || !to) return;

  await mergeDrafts(tx, fromId, toId);
  await tx.draftConflict.updateMany({ where: { learnerId: fromId }, data: { learnerId: toId } });
  // All submissions and answers move, so the best of both is the best of all. A key that both have used gets a new value on one side.
  await tx.$executeRaw`
    UPDATE submission SET learner_id = ${toId},
      key = CASE WHEN key IN (SELECT key FROM submission WHERE learner_id = ${toId}) THEN gen_random_uuid() ELSE key END
    WHERE learner_id = ${fromId}`;
  await tx.$executeRaw`
    UPDATE quiz_answer SET learner_id = ${toId},
      key = CASE WHEN key IN (SELECT key FROM quiz_answer WHERE learner_id = ${toId}) THEN gen_random_uuid() ELSE key END
    WHERE learner_id = ${fromId}`;
  await tx.$executeRaw`
    INSERT INTO lesson_progress (id, learner_id, lesson, read_at)
    SELECT gen_random_uuid(), ${toId}, lesson, read_at FROM lesson_progress WHERE learner_id = ${fromId}
    ON CONFLICT (learner_id, lesson) DO UPDATE SET read_at = least(lesson_progress.read_at, excluded.read_at)`;
  await tx.$executeRaw`
    INSERT INTO merged_session (token_hash) SELECT encode(sha256(token::bytea), 'hex') FROM session WHERE "userId" = ${fromId} ON CONFLICT DO NOTHING`;
  await tx.user.delete({ where: { id: fromId } });
}

/** The text saved last goes on; the other is kept beside it. */
async function mergeDrafts(tx: Transaction, fromId: string, toId: string): Promise<void> {
  const drafts = await tx.draft.findMany({ where: { learnerId: { in: [fromId, toId] } } });
  for (const moved of drafts.filter((draft) => draft.learnerId === fromId)) {
    const own = drafts.find((draft) => draft.learnerId === toId && draft.lab === moved.lab);
    if (!own) {
      await tx.draft.update({ where: { id: moved.id }, data: { learnerId: toId } });
      continue;
    }
    const [winner, loser] = moved.savedAt > own.savedAt ? [moved, own] : [own, moved];
    if (!sameFiles(winner.files as LabFiles, loser.files as LabFiles)) {
      await tx.draftConflict.create({ data: { learnerId: toId, lab: loser.lab, files: loser.files as LabFiles, savedAt: loser.savedAt } });
    }
    await tx.draft.delete({ where: { id: loser.id } });
    await tx.draft.update({ where: { id: winner.id }, data: { learnerId: toId, revision: revisionAfter(winner, loser) } });
  }
}

/** Higher than any revision that a window with the other text may hold; a window with the winning text can go on if that allows it. */
function revisionAfter(winner: Draft, loser: Draft): number {
  return winner.revision > loser.revision ? winner.revision : loser.revision + 1;
}
