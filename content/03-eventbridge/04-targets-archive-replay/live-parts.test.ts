// The live parts of the lesson do what the text around them says.
import { beforeAll, describe, expect, it } from 'vitest';
import { createAws } from '../../../sim/aws';
import { type LessonParts, lessonParts, ofType } from '../../../test/lesson-parts';
import { inputKey, jobOf, printJson } from '../../../ui/live/router/router-setup';
import { simulateRouter } from '../../../ui/live/router/simulate-router';

let parts: LessonParts;
beforeAll(async () => {
  parts = await lessonParts(new URL('lesson.mdx', import.meta.url));
});

function run(id: string, texts: Record<string, string> = {}, only: string[] = []) {
  const props = parts.router(id);
  const events = (props.events ?? []).map(({ name, event }) => ({ name, text: printJson(event) }));
  return simulateRouter(jobOf(props, texts, events, 'default', only), createAws);
}

const bodies = (id: string, texts: Record<string, string> = {}) =>
  ofType(run(id, texts).facts, 'sqs:MessageSent').map(({ data }) => String(data.body).trim());

describe('targets, archive and replay', () => {
  it('tries a queue that is gone once, and keeps the event only where there is a dead-letter queue', () => {
    const { facts } = run('no-queue');
    expect(ofType(facts, 'events:TargetInvoked')).toHaveLength(2);
    expect(ofType(facts, 'events:EventDropped')).toHaveLength(1);
    expect(ofType(facts, 'events:EventDeadLettered')).toHaveLength(1);
  });

  it('delivers in the end, and gives up where one retry is allowed', () => {
    const { facts } = parts.route('busy');
    expect(ofType(facts, 'events:TargetDelivered')).toHaveLength(1);
    expect(ofType(facts, 'events:TargetFailed').map(({ data }) => data.exhausted)).toEqual(['MaximumRetryAttempts']);
    expect(ofType(facts, 'events:EventDeadLettered')).toHaveLength(1);
  });

  it('runs the function three times after one delivery, and leaves the dead-letter queue empty', () => {
    const { facts } = parts.route('throws');
    expect(ofType(facts, 'events:TargetInvoked')).toHaveLength(1);
    expect(ofType(facts, 'lambda:InvocationEnded')).toHaveLength(3);
    expect(ofType(facts, 'sqs:MessageSent')).toHaveLength(0);
  });

  it('writes the note, and with the rule once the learner has added it', () => {
    expect(bodies('note')).toEqual(['{"wrap":"A-1043","value":129}', '{"wrap":"A-1044","value":""}']);
    const template = /`(\{"wrap": <order>.*?\})`/.exec(parts.text)?.[1] ?? '';
    const input = parts.router('note').rules[0]?.targets?.[0]?.input?.replace(/\{"wrap".*\}/, template) ?? '';
    expect(bodies('note', { [inputKey('wrap')]: input })[0]).toBe('{"wrap":"A-1043","value":129,"by":"wrap"}');
  });

  it('replays to all rules, or only to the one that was repaired', () => {
    const repaired = { charge: '{"source":["shop.orders"],"detail":{"status":["paid"]}}' };
    const queues = (facts: ReturnType<typeof run>['facts']) => {
      const counts: Record<string, number> = {};
      for (const { resource } of ofType(facts, 'sqs:MessageSent')) {
        const queue = resource.slice(resource.lastIndexOf(':') + 1);
        counts[queue] = (counts[queue] ?? 0) + 1;
      }
      return counts;
    };
    expect(queues(run('replay').facts)).toEqual({ letters: 6 });
    expect(queues(run('replay', repaired).facts)).toEqual({ letters: 6, charging: 3 });
    expect(queues(run('replay', repaired, ['charge']).facts)).toEqual({ letters: 3, charging: 3 });
    expect(run('replay', repaired, ['charge']).outcome.replayed).toEqual(
      ['A-1043', 'A-1044', 'A-1045'].map((name) => ({ name, rules: ['charge'] })),
    );
  });
});
