// A command that writes for a learner first holds the learner's row, so that a merge of two learners runs either before it or after it.
import type { Transaction } from '../database/client';
import { Refusal } from '../refusal';

export const learnerGone = 'This session has ended, because its work moved to an account. Try again: you are signed in there.';

/** Refuses when the learner is gone, which is the case after a merge: the work now belongs to the account. */
export async function holdLearner(tx: Transaction, learnerId: string): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "user" WHERE id = ${learnerId} FOR KEY SHARE`;
  if (rows.length === 0) throw new Refusal('signed-out', learnerGone);
}
