// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts, logOf, ofType } from '../../../test/lesson-parts';

let publish: LessonParts['publish'];
beforeAll(async () => {
  publish = (await lessonParts(new URL('lesson.mdx', import.meta.url))).publish;
});

type Rows = ReturnType<typeof publish>['rows'];
const statuses = (rows: Rows) => rows.map(({ outcomes }) => outcomes[0]?.status);
const received = (rows: Rows) => rows.map(({ receipts }) => receipts.find(({ kind }) => kind === 'message'));

describe('the live parts of the lesson on protocols', () => {
  it('reach the three who need not confirm', () => {
    const { rows } = publish('five');
    expect(statuses(rows)).toEqual(['delivered', 'delivered', 'pending', 'pending', 'delivered']);
    expect(rows.map(({ receipts }) => receipts.some(({ kind }) => kind === 'confirmation'))).toEqual([false, false, true, true, false]);
    expect(new Set(received(rows).flatMap((one) => (one ? [one.body] : []))).size).toBe(3);
  });

  it('count a failing function as delivered, and work with the message from the right place', () => {
    const { rows, facts } = publish('handler');
    expect(statuses(rows)).toEqual(['delivered']);
    expect(ofType(facts, 'lambda:InvocationStarted')).toHaveLength(3);
    expect(logOf(facts).join()).not.toContain('Elm Row 4');
    const repaired = publish('handler', ({ documents }) => ({
      documents: { 'code write': documents['code write']?.replace('Records[0].body', 'Records[0].Sns.Message') ?? '' },
    }));
    expect(logOf(repaired.facts).some((line) => line.includes('write to Elm Row 4'))).toBe(true);
  });

  it('keep the attributes beside a raw message in a queue, and not at a hook', () => {
    const [wrapped, plain, hook] = received(publish('raw').rows);
    expect(JSON.parse(wrapped?.body ?? '')).toMatchObject({ Type: 'Notification', MessageAttributes: { model: { Value: 'K-7' } } });
    expect(JSON.parse(plain?.body ?? '')).toEqual({ model: 'K-7', action: 'stop' });
    expect(plain?.beside).toMatchObject({ model: { StringValue: 'K-7' } });
    expect(hook?.body).toBe(plain?.body);
    expect(hook?.beside).toMatchObject({ 'x-amz-sns-rawdelivery': 'true' });
    expect(JSON.stringify(hook?.beside)).not.toContain('K-7');
  });

  it('say to each what was written for it, and need the default', () => {
    const { rows } = publish('own-words');
    expect(received(rows).map((one) => one?.body.slice(0, 8))).toEqual(['{"model"', 'Dear all', 'K-7: lea']);
    const without = publish('own-words', ({ message }) => ({ message: { ...message, body: '{"sms":"short"}' } }));
    expect(without.result.publishErrors[0]).toMatch(/default/);
  });
});
