import { beforeAll, describe, expect, it } from 'vitest';
import { createAws } from '@/sim/aws';
import type { SandboxFactory } from '../../../sim/sandbox/sandbox';
import { testSandboxes } from '../../../test/sandboxes';
import { bodiesIn, type MappingJob, MESSAGES_MAX, mappingSettingsOf } from './mapping-setup';
import { messagesAt } from './messages-at';
import { simulateMapping } from './simulate-mapping';

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

const PACKS = `export const handler = async ({ Records }) => {
  for (const { body } of Records) if (body === 'bad') throw new Error('cannot pack ' + body);
};`;
const REPORTS = `export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })),
});`;

function run(change: Partial<MappingJob>) {
  const files = { 'pack.mjs': PACKS };
  const base = mappingSettingsOf({ id: 'x', title: 'x', files, handler: 'pack.handler', messages: [] });
  const job = { ...base, files, handler: 'pack.handler', queueName: 'orders', bodies: ['a', 'b', 'bad'], seed: 7, ...change };
  return simulateMapping(job, sandboxes, createAws);
}

function ends(change: Partial<MappingJob>): [body: string, place: string, receives: number][] {
  const facts = run(change);
  return messagesAt(facts, facts.length - 1).messages.map(({ body, place, receiveCount }) => [body, place, receiveCount]);
}

describe('a run of a queue with a function behind it', () => {
  it.each<[string, Partial<MappingJob>, [string, string, number][]]>([
    [
      'deletes what the function took',
      { bodies: ['a', 'b'] },
      [
        ['a', 'deleted', 1],
        ['b', 'deleted', 1],
      ],
    ],
    [
      'takes good messages to the dead-letter queue with the bad one',
      { maxReceiveCount: 2, everySeconds: 1, windowSeconds: 5, batchSize: 10 },
      [
        ['a', 'dead-letter', 2],
        ['b', 'dead-letter', 2],
        ['bad', 'dead-letter', 2],
      ],
    ],
    [
      'parts with the bad one alone when failures are reported',
      { files: { 'pack.mjs': REPORTS }, reportsItemFailures: true, maxReceiveCount: 2, everySeconds: 1, windowSeconds: 5 },
      [
        ['a', 'deleted', 1],
        ['b', 'deleted', 1],
        ['bad', 'dead-letter', 2],
      ],
    ],
  ])('%s', (_name, change, expected) => {
    expect(ends(change)).toEqual(expected);
  });

  it('ends when it was watched long enough, with a message that nobody stops', () => {
    const facts = run({ bodies: ['bad'], watchMinutes: 5 });
    expect(messagesAt(facts, facts.length - 1).messages[0]?.receiveCount).toBe(11);
  });

  it('shows a message in flight until its visibility timeout is over', () => {
    const facts = run({ bodies: ['bad'] });
    const received = facts.find(({ type }) => type === 'sqs:MessageReceived');
    expect(messagesAt(facts, received?.seq ?? 0)).toMatchObject({ visible: 0, inFlight: 1 });
  });

  it.each([
    ['a batch above 10 without a window', { batchSize: 11 }, /batch window in seconds must be greater than 0/],
    ['a visibility timeout below the timeout of the function', { visibilitySeconds: 10, timeoutSeconds: 20 }, /visibility timeout/i],
  ])('is refused in the words of AWS for %s', (_name, change, words) => {
    expect(() => run(change)).toThrow(words);
  });
});

describe('the messages that a learner writes', () => {
  it('are text as it is and anything else as JSON', () => {
    expect(bodiesIn('["a", {"id": 1}, 2]')).toEqual(['a', '{"id":1}', '2']);
  });

  it.each([
    ['{}', 'it must be a list with one entry a message'],
    ['[]', 'it must be a list with one entry a message'],
    [JSON.stringify(Array.from({ length: MESSAGES_MAX + 1 }, () => 'a')), 'it holds 61 messages; 60 are enough here'],
  ])('are refused with a sentence: %s', (text, message) => {
    expect(() => bodiesIn(text)).toThrow(message);
  });
});
