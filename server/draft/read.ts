// A learner's text of a lab, and the texts that were kept beside it.
import type { LabFiles } from '../../labs/lab';
import type { Database } from '../database/client';

export interface DraftView {
  draft: { files: LabFiles; revision: number; savedAt: string } | null;
  conflicts: { id: string; files: LabFiles; savedAt: string }[];
}

export async function readDraft(db: Database, learnerId: string, lab: string): Promise<DraftView> {
  const [draft, conflicts] = await Promise.all([
    db.draft.findUnique({ where: { learnerId_lab: { learnerId, lab } } }),
    db.draftConflict.findMany({ where: { learnerId, lab }, orderBy: { savedAt: 'desc' } }),
  ]);
  return {
    draft: draft && { files: draft.files as LabFiles, revision: draft.revision, savedAt: draft.savedAt.toISOString() },
    conflicts: conflicts.map(({ id, files, savedAt }) => ({ id, files: files as LabFiles, savedAt: savedAt.toISOString() })),
  };
}
