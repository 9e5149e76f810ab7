// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts } from '../../../test/lesson-parts';
import { attemptsOf } from '../../../ui/live/topic/attempts';
import { logLinesOf } from '../../../ui/live/topic/log-lines';

let publish: LessonParts['publish'];
beforeAll(async () => {
  publish = (await lessonParts(new URL('lesson.mdx', import.meta.url))).publish;
});

type Run = ReturnType<typeof publish>;
const ends = ({ rows }: Run) => rows.map(({ outcomes }) => `${outcomes[0]?.status} ${outcomes[0]?.attempts}`);
const withPolicy = (healthyRetryPolicy: object) => () => ({ documents: { 'delivery carrier': JSON.stringify({ healthyRetryPolicy }) } });

describe('the live parts of the lesson on retries', () => {
  it('lose the message at the hook after a minute, and keep trying the queue', () => {
    const run = publish('both-down');
    expect(ends(run)).toEqual(['lost 4', 'delivered 21']);
    const lost = run.rows[0]?.outcomes[0];
    expect((lost?.at ?? 0) / 1000).toBeCloseTo(65, 0);
    expect(attemptsOf(run.facts, run.result.publishedAt).filter(({ phase }) => phase === 'immediate')).toHaveLength(2);
  });

  it('try again what is the fault of a server, and let a slow hook work four times for nothing', () => {
    const run = publish('answers');
    expect(ends(run)).toEqual(['delivered 3', 'lost 1', 'delivered 2', 'lost 4']);
    expect(run.rows[3]?.receipts.filter(({ kind }) => kind === 'message')).toHaveLength(4);
  });

  it('survive five minutes with the policy that the text names, and refuse a hundred retries a minute apart', () => {
    expect(ends(publish('your-turn'))).toEqual(['lost 4']);
    const longer = { numRetries: 6, minDelayTarget: 10, maxDelayTarget: 120, backoffFunction: 'linear' };
    expect(ends(publish('your-turn', withPolicy(longer)))[0]).toMatch(/^delivered/);
    const refused = publish('your-turn', withPolicy({ ...longer, numRetries: 100, minDelayTarget: 60, maxDelayTarget: 60 }));
    expect(refused.result.refused.carrier).toMatch(/must not exceed 3600 seconds/);
  });

  it('wait as the worked example says', () => {
    const example = { numRetries: 5, minDelayTarget: 20, maxDelayTarget: 100, backoffFunction: 'linear' };
    const { facts, result } = publish('your-turn', withPolicy(example));
    const waits = attemptsOf(facts, result.publishedAt).slice(1);
    expect(waits.map(({ waitMs }) => waitMs / 1000)).toEqual([20, 40, 60, 80, 100]);
  });

  it('keep three dead letters, lose the one without a net, and log each failure', () => {
    const run = publish('kept');
    expect(ends(run)).toEqual(['dead-lettered 4', 'dead-lettered 1', 'dead-lettered 1', 'lost 1']);
    const lines = logLinesOf(run.facts, run.facts.length);
    expect(lines).toHaveLength(4);
    expect(lines.every(({ group }) => group.endsWith('/Failure'))).toBe(true);
  });
});
