import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLearner, type OpenedDatabase, openTestDatabase } from '../../test/learner';
import { refusalOf } from '../../test/refusal';
import type { QuestionKey } from '../content/question-file';
import { markLessonRead } from '../progress/mark-read';
import { readProgress } from '../progress/read';
import { answerQuestion } from './answer';
import { listAnswers } from './list';
import { scoreChoice } from './score';

const option = (id: string, correct: boolean) => ({ id, correct, because: `Because of ${id}.` });
const oneOf: QuestionKey = {
  id: '02-lambda.10-retries.count',
  lesson: '02-lambda/10-retries',
  version: 'v1',
  type: 'one-of',
  options: [option('twice', true), option('never', false), option('always', false)],
  explanation: 'Two retries.',
};
const severalOf: QuestionKey = {
  ...oneOf,
  id: '02-lambda.10-retries.causes',
  type: 'several-of',
  options: [option('a', true), option('b', true), option('c', false), option('d', false)],
  explanation: null,
};

let opened: OpenedDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

describe('scoring', () => {
  const cases: [choice: string[], points: number, correct: boolean][] = [
    [['a', 'b'], 2, true],
    [['a'], 1, false],
    [['a', 'b', 'c'], 1, false],
    [['a', 'c'], 0, false],
    [['c', 'd'], 0, false],
    [['a', 'b', 'c', 'd'], 0, false],
  ];
  it.each(cases)('gives %j of two right and two wrong options %i points', (choice, points, correct) => {
    expect(scoreChoice(severalOf, choice)).toEqual({ correct, points, maxPoints: 2 });
  });
});

describe('answering', () => {
  it('shows the reason of every option, after the answer is stored', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    const answer = await answerQuestion(db, learner, oneOf, { choice: ['never'], key: randomUUID() });
    expect(answer).toMatchObject({
      choice: ['never'],
      correct: false,
      points: 0,
      maxPoints: 1,
      explanation: 'Two retries.',
      options: oneOf.options,
    });
    expect(await listAnswers(db, learner, [oneOf, severalOf])).toEqual({ [oneOf.id]: answer });
  });

  it('answers a repeated key with the first answer, and stores one', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => answerQuestion(db, learner, oneOf, { choice: ['twice'], key })));
    expect(new Set(answers.map((answer) => answer.answeredAt)).size).toBe(1);
    expect(await db.quizAnswer.count({ where: { learnerId: learner } })).toBe(1);
    expect((await refusalOf(answerQuestion(db, learner, severalOf, { choice: ['a'], key }))).code).toBe('key-reused');
  });

  const refused: [name: string, choice: unknown, sentence: RegExp][] = [
    ['an option of another question', ['d'], /does not have/],
    ['an option twice', ['twice', 'twice'], /does not have/],
    ['two options of one', ['twice', 'never'], /exactly one/],
    ['no option', [], /ids of the chosen/],
    ['something that is no list', 'twice', /ids of the chosen/],
  ];
  it.each(refused)('refuses %s and reveals nothing', async (_name, choice, sentence) => {
    const { db } = opened;
    const learner = await createLearner(db);
    const refusal = await refusalOf(answerQuestion(db, learner, oneOf, { choice, key: randomUUID() }));
    expect(refusal.message).toMatch(sentence);
    expect(JSON.stringify(refusal)).not.toContain('Because');
    expect(await db.quizAnswer.count({ where: { learnerId: learner } })).toBe(0);
  });

  it('shows the latest answer, but counts the best', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    for (const choice of ['twice', 'never']) await answerQuestion(db, learner, oneOf, { choice: [choice], key: randomUUID() });
    expect((await listAnswers(db, learner, [oneOf]))[oneOf.id]).toMatchObject({ choice: ['never'], correct: false });
    const course = { lessons: [{ id: oneOf.lesson, questions: [oneOf.id] }], labs: [] };
    expect((await readProgress(db, learner, course)).lessons[oneOf.lesson]).toEqual({
      readAt: null,
      questionsCorrect: 1,
      questionsTotal: 1,
      done: false,
    });
  });

  it('asks a question anew when the chosen option is gone', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    await answerQuestion(db, learner, oneOf, { choice: ['always'], key: randomUUID() });
    expect(await listAnswers(db, learner, [{ ...oneOf, options: oneOf.options.slice(0, 2) }])).toEqual({});
  });
});

describe('progress', () => {
  it('keeps the first time a lesson was read and is done when every question was answered right', async () => {
    const { db } = opened;
    const learner = await createLearner(db);
    const lesson = { id: oneOf.lesson, questions: [oneOf.id] };
    const first = await markLessonRead(db, learner, lesson, { read: true }, new Date('2026-11-20T10:00:00Z'));
    expect(first).toEqual({ readAt: '2026-11-20T10:00:00.000Z', questionsCorrect: 0, questionsTotal: 1, done: false });
    await answerQuestion(db, learner, oneOf, { choice: ['twice'], key: randomUUID() });
    expect(await markLessonRead(db, learner, lesson, { read: true }, new Date('2026-11-21T10:00:00Z'))).toEqual({
      ...first,
      questionsCorrect: 1,
      done: true,
    });
  });

  it('shows every lesson and lab untouched to a visitor', async () => {
    expect(
      await readProgress(opened.db, null, { lessons: [{ id: 'm/l', questions: ['q'] }], labs: [{ slug: 'lab', points: 10 }] }),
    ).toEqual({
      lessons: { 'm/l': { readAt: null, questionsCorrect: 0, questionsTotal: 1, done: false } },
      labs: { lab: { bestPoints: 0, maxPoints: 10, solvedAt: null, draftSavedAt: null } },
    });
  });
});
