// Throws a kept text away. Doing it twice is the same as once.
import { z } from 'zod';
import type { Database } from '../database/client';
import { Refusal } from '../refusal';

export async function discardConflict(db: Database, learnerId: string, lab: string, id: string): Promise<void> {
  if (!z.uuid().safeParse(id).success)
    throw new Refusal('not-found', 'There is no kept text with this id. Reload the page to see what is kept.');
  await db.draftConflict.deleteMany({ where: { id, learnerId, lab } });
}
