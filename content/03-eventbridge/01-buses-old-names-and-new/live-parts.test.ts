// The live parts of the lesson do what the text around them says, and so do the request and the answer it prints.
import { beforeAll, describe, expect, it } from 'vitest';
import { createAws } from '../../../sim/aws';
import type { JsonObject } from '../../../sim/kernel/json';
import { type LessonParts, lessonParts, ofType } from '../../../test/lesson-parts';

let parts: LessonParts;
beforeAll(async () => {
  parts = await lessonParts(new URL('lesson.mdx', import.meta.url));
});

type Run = ReturnType<LessonParts['route']>;

/** How many messages came into each queue. */
function arrived({ facts }: Run): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { resource } of ofType(facts, 'sqs:MessageSent')) {
    const queue = resource.slice(resource.lastIndexOf(':') + 1);
    counts[queue] = (counts[queue] ?? 0) + 1;
  }
  return counts;
}

describe('buses, old names and new', () => {
  it('keeps the news of EC2 from a rule of another bus', () => {
    const run = parts.route('stopped');
    expect(arrived(run)).toEqual({});
    expect(run.outcome.events[0]).toMatchObject({
      refused: null,
      rules: [{ rule: 'call-the-technician', isOnBus: false, isMatched: false }],
    });
  });

  it('forwards the start alone, and with the answer of the exercise starts and stops but no pictures', () => {
    expect(arrived(parts.route('forwarded'))).toEqual({ diary: 1 });
    const answer = /`(\{"source": \["aws\.ec2"\].*?\}\})`/.exec(parts.text)?.[1] ?? '';
    const solved = parts.route('forwarded', (text, name) => (name === 'to-the-shop' ? answer : text));
    expect(arrived(solved)).toEqual({ diary: 2, technician: 1 });
    const sources = ofType(solved.facts, 'sqs:MessageSent').map(({ data }) => JSON.parse(String(data.body)).source);
    expect(new Set(sources)).toEqual(new Set(['aws.ec2']));
  });

  it('packs the order only when it is sent to the bus of the shop', () => {
    const unnamed = parts.route('no-name');
    expect(arrived(unnamed)).toEqual({});
    expect(unnamed.outcome.events[0]).toMatchObject({ refused: null, eventId: expect.any(String) });
    expect(arrived(parts.route('no-name', undefined, 'shop'))).toEqual({ packing: 1 });
  });

  it('answers the printed request with the printed answer', () => {
    const printed = [...parts.text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json) as JsonObject);
    const request = printed.find((json) => Array.isArray(json.Entries) && !('FailedEntryCount' in json));
    const answer = printed.find((json) => 'FailedEntryCount' in json);
    const world = createAws({ services: ['events'], seed: 7, startAt: '2026-11-02T10:00:00Z' });
    const bus = `arn:aws:events:eu-west-1:111122223333:event-bus/default` as const;
    const principal = { type: 'user' as const, id: 'shop', account: '111122223333' };
    const got = world.call({ action: 'events:PutEvents', resource: bus, input: request ?? {}, principal }) as { ok: JsonObject };
    const shape = (json: JsonObject | undefined) => JSON.stringify(json).replace(/"EventId":"[0-9a-f-]{36}"/g, '"EventId":"…"');
    expect(shape(got.ok)).toBe(shape(answer));
  });
});
