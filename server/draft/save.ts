// Saves what a learner types into a lab. A save on top of an older revision overwrites nothing: both texts are kept.
import { z } from 'zod';
import type { LabFiles } from '../../labs/lab';
import type { Database, Transaction } from '../database/client';
import { isRetryable, isUniqueViolation } from '../database/errors';
import { type LabOutline, parseLabFiles, sameFiles } from '../lab/files';
import { holdLearner } from '../learner/hold';
import { Refusal } from '../refusal';

export const draftConflictsMax = 20;
const triesMax = 3;

const saveInput = z.object({ files: z.unknown(), baseRevision: z.number().int().min(0).max(2_000_000_000) });

export interface SavedDraft {
  revision: number;
  savedAt: string;
}

/** Throws a `stale-draft` Refusal that carries the stored draft and the id under which the stale text was kept. */
export async function saveDraft(db: Database, learnerId: string, lab: LabOutline, input: unknown, now = new Date()): Promise<SavedDraft> {
  const parsed = saveInput.safeParse(input);
  if (!parsed.success)
    throw new Refusal('invalid-input', 'Send "files" and "baseRevision": the revision that the text was based on, 0 for the first.');
  const files = parseLabFiles(lab, parsed.data.files);
  for (let tries = 1; ; tries += 1) {
    try {
      const outcome = await db.$transaction((tx) => save(tx, learnerId, lab.slug, files, parsed.data.baseRevision, now));
      // The stale text is committed by now, so the refusal loses nothing.
      if ('stale' in outcome) throw outcome.stale;
      return outcome.saved;
    } catch (error) {
      // Two first saves at once: the second finds the draft of the first when it runs again.
      if (tries < triesMax && (isUniqueViolation(error) || isRetryable(error))) continue;
      throw error;
    }
  }
}

type Outcome = { saved: SavedDraft } | { stale: Refusal };

interface StoredDraft {
  id: string;
  files: LabFiles;
  revision: number;
  saved_at: Date;
}

async function save(tx: Transaction, learnerId: string, lab: string, files: LabFiles, baseRevision: number, now: Date): Promise<Outcome> {
  await holdLearner(tx, learnerId);
  const [stored] = await tx.$queryRaw<StoredDraft[]>`
    SELECT id, files, revision, saved_at FROM draft WHERE learner_id = ${learnerId} AND lab = ${lab} FOR UPDATE`;
  if (!stored) {
    // Based on a revision that is no longer there: nothing can be overwritten, so it becomes the draft.
    const revision = baseRevision + 1;
    await tx.draft.create({ data: { learnerId, lab, files, revision, savedAt: now } });
    return { saved: { revision, savedAt: now.toISOString() } };
  }
  // The same text again, such as a repeated request: nothing to do, whatever it was based on.
  if (sameFiles(stored.files, files)) return { saved: { revision: stored.revision, savedAt: stored.saved_at.toISOString() } };
  if (stored.revision === baseRevision) {
    const revision = stored.revision + 1;
    await tx.draft.update({ where: { id: stored.id }, data: { files, revision, savedAt: now } });
    return { saved: { revision, savedAt: now.toISOString() } };
  }
  const kept = await keepConflict(tx, learnerId, lab, files, now);
  return {
    stale: new Refusal(
      'stale-draft',
      'This lab was saved in another window in the meantime. Both texts are kept: choose which one to go on with.',
      {
        detail: { current: { files: stored.files, revision: stored.revision, savedAt: stored.saved_at.toISOString() }, kept: { id: kept } },
      },
    ),
  };
}

/** Keeps a text beside the draft, once; returns its id. */
async function keepConflict(tx: Transaction, learnerId: string, lab: string, files: LabFiles, savedAt: Date): Promise<string> {
  const existing = await tx.draftConflict.findMany({
    where: { learnerId, lab },
    select: { id: true, files: true },
    orderBy: { savedAt: 'desc' },
  });
  const same = existing.find((conflict) => sameFiles(conflict.files as LabFiles, files));
  if (same) return same.id;
  if (existing.length >= draftConflictsMax) {
    throw new Refusal(
      'too-many-conflicts',
      `This lab has ${draftConflictsMax} kept texts already, so the text in this window is not stored. Throw some of them away, then save again.`,
    );
  }
  const created = await tx.draftConflict.create({ data: { learnerId, lab, files, savedAt }, select: { id: true } });
  return created.id;
}
