import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLearner, type OpenedDatabase, openTestDatabase } from '../../test/learner';
import { refusalOf } from '../../test/refusal';
import { discardConflict } from './discard-conflict';
import { readDraft } from './read';
import { draftConflictsMax, saveDraft } from './save';

const lab = { slug: 'idempotent-orders', editable: ['src/charge.mjs', 'template.yaml'] };
const text = (content: string) => ({ 'src/charge.mjs': content });

let opened: OpenedDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

describe('saving a draft', () => {
  it('counts revisions up from 1 and gives back what was saved', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    expect(await readDraft(db, learner, lab.slug)).toEqual({ draft: null, conflicts: [] });
    expect((await saveDraft(db, learner, lab, { files: text('one'), baseRevision: 0 })).revision).toBe(1);
    const saved = await saveDraft(db, learner, lab, { files: text('two'), baseRevision: 1 });
    expect(saved.revision).toBe(2);
    expect(await readDraft(db, learner, lab.slug)).toEqual({ draft: { files: text('two'), ...saved }, conflicts: [] });
  });

  it('answers the same save again without a new revision', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    const first = await saveDraft(db, learner, lab, { files: text('one'), baseRevision: 0 });
    expect(await saveDraft(db, learner, lab, { files: text('one'), baseRevision: 0 })).toEqual(first);
  });

  it('keeps both texts when a save is based on an older revision', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    await saveDraft(db, learner, lab, { files: text('one'), baseRevision: 0 });
    const { revision, savedAt } = await saveDraft(db, learner, lab, { files: text('this window'), baseRevision: 1 });
    const refusal = await refusalOf(saveDraft(db, learner, lab, { files: text('other window'), baseRevision: 1 }));
    expect(refusal.code).toBe('stale-draft');
    expect(refusal.detail.current).toEqual({ files: text('this window'), revision, savedAt });
    const { draft, conflicts } = await readDraft(db, learner, lab.slug);
    expect(draft?.files).toEqual(text('this window'));
    expect(conflicts).toMatchObject([{ files: text('other window'), id: (refusal.detail.kept as { id: string }).id }]);
  });

  it('keeps a stale text once, however often it is sent, until it is discarded', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    await saveDraft(db, learner, lab, { files: text('one'), baseRevision: 0 });
    const stale = { files: text('stale'), baseRevision: 0 };
    const ids = [await refusalOf(saveDraft(db, learner, lab, stale)), await refusalOf(saveDraft(db, learner, lab, stale))].map(
      (refusal) => refusal.detail.kept,
    );
    expect(ids[0]).toEqual(ids[1]);
    const { id } = ids[0] as { id: string };
    const stranger = await createLearner(db);
    await discardConflict(db, stranger, lab.slug, id);
    expect((await readDraft(db, learner, lab.slug)).conflicts).toHaveLength(1);
    await discardConflict(db, learner, lab.slug, id);
    expect((await readDraft(db, learner, lab.slug)).conflicts).toHaveLength(0);
  });

  it('refuses more kept texts than the limit, in a sentence, and leaves the draft alone', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    await saveDraft(db, learner, lab, { files: text('one'), baseRevision: 0 });
    for (let count = 0; count < draftConflictsMax; count += 1)
      await refusalOf(saveDraft(db, learner, lab, { files: text(`stale ${count}`), baseRevision: 0 }));
    const refusal = await refusalOf(saveDraft(db, learner, lab, { files: text('one too many'), baseRevision: 0 }));
    expect(refusal.code).toBe('too-many-conflicts');
    expect((await readDraft(db, learner, lab.slug)).draft?.files).toEqual(text('one'));
  });

  it('loses none of many saves at once: one becomes the draft, the others are kept', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    const texts = Array.from({ length: 8 }, (_, index) => text(`window ${index}`));
    const outcomes = await Promise.allSettled(texts.map((files) => saveDraft(db, learner, lab, { files, baseRevision: 0 })));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    const { draft, conflicts } = await readDraft(db, learner, lab.slug);
    const stored = [draft?.files, ...conflicts.map((conflict) => conflict.files)].map((files) => files?.['src/charge.mjs']).sort();
    expect(stored).toEqual(texts.map((files) => files['src/charge.mjs']).sort());
  });

  it('refuses a learner who is gone', async () => {
    expect((await refusalOf(saveDraft(opened.db, 'nobody', lab, { files: text('one'), baseRevision: 0 }))).code).toBe('signed-out');
  });
});

describe('what a draft may hold', () => {
  const cases: [name: string, input: unknown, code: string, sentence: RegExp][] = [
    ['no files', { files: {}, baseRevision: 0 }, 'invalid-input', /at least one/],
    ['a path of another lab', { files: { 'src/other.mjs': '' }, baseRevision: 0 }, 'invalid-input', /"src\/other\.mjs" is not a file/],
    ['a path that climbs', { files: { '../secret': '' }, baseRevision: 0 }, 'invalid-input', /not a file/],
    ['text that is not text', { files: { 'template.yaml': 'a\nb\0c' }, baseRevision: 0 }, 'invalid-input', /line 2/],
    ['half of a character', { files: { 'template.yaml': '\ud800' }, baseRevision: 0 }, 'invalid-input', /line 1/],
    ['a file that is no text', { files: { 'template.yaml': 7 }, baseRevision: 0 }, 'invalid-input', /path to text/],
    ['more than half a megabyte', { files: { 'template.yaml': 'é'.repeat(300_000) }, baseRevision: 0 }, 'too-large', /586 KB/],
    [
      'too many files',
      { files: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`f${index}`, ''])), baseRevision: 0 },
      'too-large',
      /40 files/,
    ],
    ['no revision', { files: text('a') }, 'invalid-input', /baseRevision/],
    ['a negative revision', { files: text('a'), baseRevision: -1 }, 'invalid-input', /baseRevision/],
    ['nothing', null, 'invalid-input', /files/],
  ];
  it.each(cases)('refuses %s', async (_name, input, code, sentence) => {
    const refusal = await refusalOf(saveDraft(opened.db, 'anyone', lab, input));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(sentence);
  });

  it('stores text of any language and keys that look like properties of objects', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    const odd = { slug: 'odd', editable: ['__proto__', 'constructor'] };
    const files = JSON.parse('{"__proto__": "日本語 \\ud83d\\ude00", "constructor": "\\u0001"}') as Record<string, string>;
    const saved = await saveDraft(db, learner, odd, { files, baseRevision: 0 }).catch((error: unknown) => error);
    // zod drops `__proto__`; what is stored is exactly what was accepted.
    expect(saved).toMatchObject({ revision: 1 });
    expect((await readDraft(db, learner, 'odd')).draft?.files.constructor).toBe('\u0001');
  });
});
