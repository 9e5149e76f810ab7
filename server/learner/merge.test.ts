import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLearner, type OpenedDatabase, openTestDatabase } from '../../test/learner';
import { refusalOf } from '../../test/refusal';
import type { Database } from '../database/client';
import { readDraft } from '../draft/read';
import { saveDraft } from '../draft/save';
import { readProgress } from '../progress/read';
import { mergeLearners } from './merge';

const lab = { slug: 'orders', editable: ['a.mjs'] };
const course = { lessons: [{ id: 'm/l', questions: ['m.l.q'] }], labs: [{ slug: 'orders', points: 10 }] };

let opened: OpenedDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const pair = async (db: Database) => ({ from: await createLearner(db), to: await createLearner(db, { anonymous: false }) });

async function addGrade(db: Database, learnerId: string, points: number, gradedAt: string, key: string = randomUUID()) {
  await db.submission.create({
    data: {
      learnerId,
      lab: 'orders',
      key,
      files: { 'a.mjs': String(points) },
      status: 'graded',
      grades: {
        create: { labVersion: 'v', runtimeVersion: 'r', seeds: [1], points, maxPoints: 10, verdicts: [], traceHash: 'h', gradedAt },
      },
    },
  });
}

describe('merging an anonymous learner into an account', () => {
  it('keeps the better progress of both and deletes the anonymous learner', async () => {
    const { db } = opened;
    const { from, to } = await pair(db);
    await addGrade(db, to, 4, '2026-11-01T00:00:00Z');
    await addGrade(db, from, 10, '2026-11-02T00:00:00Z');
    const answer = { question: 'm.l.q', questionVersion: 'v', choice: ['x'], points: 1 };
    await db.quizAnswer.create({ data: { ...answer, learnerId: from, key: randomUUID(), correct: true } });
    await db.quizAnswer.create({ data: { ...answer, learnerId: to, key: randomUUID(), correct: false } });
    await db.lessonProgress.create({ data: { learnerId: to, lesson: 'm/l', readAt: '2026-11-05T00:00:00Z' } });
    await db.lessonProgress.create({ data: { learnerId: from, lesson: 'm/l', readAt: '2026-11-03T00:00:00Z' } });
    await mergeLearners(db, from, to);
    expect(await readProgress(db, to, course)).toEqual({
      lessons: { 'm/l': { readAt: '2026-11-03T00:00:00.000Z', questionsCorrect: 1, questionsTotal: 1, done: true } },
      labs: { orders: { bestPoints: 10, maxPoints: 10, solvedAt: '2026-11-02T00:00:00.000Z', draftSavedAt: null } },
    });
    expect(await db.user.findUnique({ where: { id: from } })).toBeNull();
    expect(await db.submission.count({ where: { learnerId: to } })).toBe(2);
  });

  const drafts: [name: string, fromDay: number, toDay: number, current: string, kept: string[]][] = [
    ['the anonymous text when it was saved last', 2, 1, 'anonymous', ['account']],
    ['the account’s text when it was saved last', 1, 2, 'account', ['anonymous']],
  ];
  it.each(drafts)('goes on with %s and keeps the other', async (_name, fromDay, toDay, current, kept) => {
    const { db } = opened;
    const { from, to } = await pair(db);
    const day = (number: number) => new Date(Date.UTC(2026, 10, number));
    await saveDraft(db, from, lab, { files: { 'a.mjs': 'anonymous' }, baseRevision: 0 }, day(fromDay));
    await saveDraft(db, to, lab, { files: { 'a.mjs': 'account' }, baseRevision: 0 }, day(toDay));
    await mergeLearners(db, from, to);
    const { draft, conflicts } = await readDraft(db, to, 'orders');
    expect(draft).toMatchObject({ files: { 'a.mjs': current }, revision: 2 });
    expect(conflicts.map((conflict) => conflict.files['a.mjs'])).toEqual(kept);
  });

  it('moves a draft that only the anonymous learner has with its revision, so that its window can go on', async () => {
    const { db } = opened;
    const { from, to } = await pair(db);
    await saveDraft(db, from, lab, { files: { 'a.mjs': 'one' }, baseRevision: 0 });
    await mergeLearners(db, from, to);
    expect((await saveDraft(db, to, lab, { files: { 'a.mjs': 'two' }, baseRevision: 1 })).revision).toBe(2);
    expect((await refusalOf(saveDraft(db, from, lab, { files: { 'a.mjs': 'late' }, baseRevision: 1 }))).code).toBe('signed-out');
  });

  it('does the same once when it is run again, or several times at once', async () => {
    const { db } = opened;
    const { from, to } = await pair(db);
    const key = randomUUID();
    await addGrade(db, from, 7, '2026-11-02T00:00:00Z', key);
    await addGrade(db, to, 3, '2026-11-02T00:00:00Z', key);
    await saveDraft(db, from, lab, { files: { 'a.mjs': 'x' }, baseRevision: 0 });
    await Promise.all([1, 2, 3].map(() => mergeLearners(db, from, to)));
    await mergeLearners(db, from, to);
    expect(await db.submission.count({ where: { learnerId: to } })).toBe(2);
    expect((await readDraft(db, to, 'orders')).conflicts).toEqual([]);
  });

  it('loses no text that is saved while it runs', async () => {
    const { db } = opened;
    const { from, to } = await pair(db);
    await saveDraft(db, from, lab, { files: { 'a.mjs': '0' }, baseRevision: 0 });
    const saves = Array.from({ length: 12 }, (_, index) =>
      saveDraft(db, from, { ...lab, slug: `orders-${index}` }, { files: { 'a.mjs': String(index) }, baseRevision: 0 }),
    );
    const [outcomes] = await Promise.all([Promise.allSettled(saves), mergeLearners(db, from, to)]);
    for (const [index, outcome] of outcomes.entries()) {
      const { draft } = await readDraft(db, to, `orders-${index}`);
      // Acknowledged and moved, or refused with the learner gone: never acknowledged and lost.
      expect(draft === null).toBe(outcome.status === 'rejected');
    }
  });

  it('never takes the work of an account', async () => {
    const { db } = opened;
    const [from, to] = [await createLearner(db, { anonymous: false }), await createLearner(db, { anonymous: false })];
    await saveDraft(db, from, lab, { files: { 'a.mjs': 'mine' }, baseRevision: 0 });
    await mergeLearners(db, from, to);
    expect((await readDraft(db, from, 'orders')).draft?.files).toEqual({ 'a.mjs': 'mine' });
  });
});
