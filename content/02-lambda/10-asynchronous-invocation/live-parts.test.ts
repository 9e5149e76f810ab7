// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../../sim/kernel/fact';
import { type LessonParts, lessonParts, ofType } from '../../../test/lesson-parts';

describe('the live parts of the lesson on asynchronous invocation', () => {
  let lesson: LessonParts;
  let run: LessonParts['run'];
  beforeAll(async () => {
    lesson = await lessonParts(new URL('lesson.mdx', import.meta.url));
    run = lesson.run;
  });

  const attempts = (facts: readonly Fact[]) =>
    ofType(facts, 'lambda:InvocationEnded').map((fact) => [fact.data.attempt, fact.data.status, Math.floor(fact.at / 60_000)]);
  const bookings = (facts: readonly Fact[]): Fact[] =>
    ofType(facts, 'internet:RequestReceived').filter((fact) => (fact.data.effect as { kind?: string } | null)?.kind === 'charged');

  it('charges on the third attempt, three minutes later, in one environment', () => {
    const facts = run('fails-twice');
    expect(attempts(facts)).toEqual([
      [1, 'error', 0],
      [2, 'error', 1],
      [3, 'success', 3],
    ]);
    expect(ofType(facts, 'lambda:EnvironmentCreated')).toHaveLength(1);
  });

  it('loses the order when the environment is reclaimed after attempt 2', () => {
    const facts = run('environment-gone');
    expect(attempts(facts).map(([, status]) => status)).toEqual(['error', 'error', 'error']);
    expect(ofType(facts, 'lambda:EnvironmentCreated')).toHaveLength(2);
    expect(ofType(facts, 'lambda:EventDiscarded').map((fact) => fact.data.condition)).toEqual(['RetriesExhausted']);
    expect(ofType(facts, 'sqs:MessageSent')).toEqual([]);
  });

  it('puts the unchanged event and the three attributes into the dead-letter queue', () => {
    const facts = run('dead-letter');
    const [letter, ...others] = ofType(facts, 'sqs:MessageSent');
    expect(others).toEqual([]);
    expect(letter?.data.body).toBe(JSON.stringify(lesson.props('dead-letter').event));
    expect(letter?.data.attributes).toEqual({
      RequestID: { DataType: 'String', StringValue: ofType(facts, 'lambda:EventQueued')[0]?.data.requestId },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: 'A-1043 has no card' },
    });
    expect(Math.floor((letter?.at ?? 0) / 60_000)).toBe(3);
    const [atOnce] = ofType(
      run('dead-letter', () => ({ retries: 0 })),
      'sqs:MessageSent',
    );
    expect(Math.floor((atOnce?.at ?? -1) / 60_000)).toBe(0);
  });

  it('charges twice without a key, and once with the line that the text tells the learner to add', () => {
    const twice = run('double-charge');
    expect(attempts(twice).map(([, status]) => status)).toEqual(['timeout', 'success']);
    expect(bookings(twice)).toHaveLength(2);

    const line = /^'idempotency-key': .*$/m.exec(lesson.text)?.[0] ?? '';
    const once = run('double-charge', ({ files }) => ({
      files: Object.fromEntries(
        Object.entries(files).map(([path, code]) => [
          path,
          code.replace("'content-type': 'application/json',", (found) => `${found}\n${line}`),
        ]),
      ),
    }));
    expect(attempts(once).map(([, status]) => status)).toEqual(['timeout', 'success']);
    expect(bookings(once)).toHaveLength(1);
  });
});
