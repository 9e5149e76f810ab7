import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, arnOf, OWNER, urlOf } from '../../../test/sqs-world';
import type { JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';
import { formatTrace } from '../../kernel/trace';
import { World } from '../../kernel/world';
import { createKms } from '../kms/service';
import type { SqsState } from './queue';
import { createSqs } from './service';

const queue = fc.constantFrom('q', 'dlq');
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('send' as const), queue, body: fc.nat(9), group: fc.nat(2), delay: fc.nat(20) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('receive' as const),
      queue,
      max: fc.integer({ min: 1, max: 10 }),
      hide: fc.nat(40),
      wait: fc.nat(5),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('delete' as const), index: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('hide' as const), index: fc.nat(30), seconds: fc.nat(50) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.nat(40_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('move' as const),
      to: fc.constantFrom(null, 'q', 'other'),
      rate: fc.constantFrom(null, 1, 3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('purge' as const), queue }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('drop' as const), queue: fc.constant('other') }) },
);
const story = fc.record({
  isFifo: fc.boolean(),
  isEncrypted: fc.boolean(),
  maxReceiveCount: fc.integer({ min: 1, max: 3 }),
  retention: fc.constantFrom(60, 90, 345_600),
  seed: fc.nat(),
  steps: fc.array(step, { minLength: 5, maxLength: 40 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function run({ isFifo, isEncrypted, maxReceiveCount, retention, seed, steps }: Story): World {
  const world = new World({
    services: [createSqs(), createKms()] as Service[],
    account: ACCOUNT,
    region: 'eu-west-1',
    seed,
    startAtEpochMs: 1_793_613_600_000,
  });
  const name = (base: string): string => (isFifo ? `${base}.fifo` : base);
  const ask = (operation: string, input: JsonObject): JsonObject => {
    const route = world.route('sqs', operation, input);
    const answer = route && world.call({ ...route, input, principal: OWNER });
    return answer && 'ok' in answer ? (answer.ok as JsonObject) : {};
  };
  const attributes = {
    MessageRetentionPeriod: String(retention),
    ...(isFifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {}),
    ...(isEncrypted ? { KmsMasterKeyId: 'alias/aws/sqs' } : {}),
  };
  for (const base of ['dlq', 'other']) ask('CreateQueue', { QueueName: name(base), Attributes: attributes });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(name('dlq')), maxReceiveCount });
  ask('CreateQueue', { QueueName: name('q'), Attributes: { ...attributes, RedrivePolicy } });
  const handles: { QueueUrl: string; ReceiptHandle: string }[] = [];
  let task: string | null = null;
  for (const act of steps) {
    const held = 'index' in act ? handles[act.index % Math.max(1, handles.length)] : undefined;
    const QueueUrl = 'queue' in act ? urlOf(name(act.queue)) : '';
    if (act.type === 'send') {
      const fifo = { MessageGroupId: `g${act.group}` };
      ask('SendMessage', { QueueUrl, MessageBody: `b${act.body}`, ...(isFifo ? fifo : { DelaySeconds: act.delay }) });
    } else if (act.type === 'receive') {
      const input = { QueueUrl, MaxNumberOfMessages: act.max, VisibilityTimeout: act.hide, WaitTimeSeconds: act.wait };
      const messages = (ask('ReceiveMessage', input).Messages ?? []) as JsonObject[];
      handles.push(...messages.map(({ ReceiptHandle }) => ({ QueueUrl, ReceiptHandle: String(ReceiptHandle) })));
    } else if (act.type === 'delete' && held) ask('DeleteMessage', held);
    else if (act.type === 'hide' && held) ask('ChangeMessageVisibility', { ...held, VisibilityTimeout: act.seconds });
    else if (act.type === 'wait') world.runUntil(world.now + act.ms);
    else if (act.type === 'move') {
      const { TaskHandle } = ask('StartMessageMoveTask', {
        SourceArn: arnOf(name('dlq')),
        ...(act.to === null ? {} : { DestinationArn: arnOf(name(act.to)) }),
        ...(act.rate === null ? {} : { MaxNumberOfMessagesPerSecond: act.rate }),
      });
      if (typeof TaskHandle === 'string') task = TaskHandle;
    } else if (act.type === 'cancel' && task) ask('CancelMessageMoveTask', { TaskHandle: task });
    else if (act.type === 'purge') ask('PurgeQueue', { QueueUrl });
    else if (act.type === 'drop') ask('DeleteQueue', { QueueUrl });
  }
  world.runUntilIdle();
  return world;
}

const ENDS = new Set(['sqs:MessageDeleted', 'sqs:MessageExpired', 'sqs:MessageDeadLettered', 'sqs:MessageMoved']);

/** What each queue holds by its facts alone; throws where a message ends that is not there, or comes twice. */
function heldByFacts(world: World): Map<string, Set<string>> {
  const held = new Map<string, Set<string>>();
  for (const { type, resource, data } of world.trace) {
    const here = held.get(resource) ?? new Set<string>();
    held.set(resource, here);
    const id = String(data.messageId);
    if (type === 'sqs:MessageSent') {
      if (here.has(id)) throw new Error(`${id} came twice to ${resource}.`);
      here.add(id);
    } else if (ENDS.has(type)) {
      // A message that was purged while a move task sent it on is gone already.
      if (!here.delete(id) && type !== 'sqs:MessageMoved') throw new Error(`${id} ended in ${resource}, where it was not.`);
    } else if (type === 'sqs:QueuePurged' || type === 'sqs:QueueDeleted') {
      if (here.size !== data.messages) throw new Error(`${resource} lost ${here.size} messages and says ${data.messages}.`);
      here.clear();
    }
  }
  return held;
}

describe('whatever happens to its queues', () => {
  it('has every message deleted, expired, dead-lettered, moved, purged, or in its queue', () => {
    fc.assert(
      fc.property(story, (told) => {
        const world = run(told);
        const held = heldByFacts(world);
        for (const { arn, messages } of Object.values(world.state<SqsState>('sqs').queues)) {
          expect(messages.map(({ messageId }) => messageId).sort()).toEqual([...(held.get(arn) ?? [])].sort());
        }
        // What leaves a queue for another arrives there.
        const sent = new Set(
          world.trace.filter(({ type }) => type === 'sqs:MessageSent').map(({ resource, data }) => `${resource} ${data.messageId}`),
        );
        for (const { type, data } of world.trace) {
          if (type === 'sqs:MessageDeadLettered') expect(sent).toContain(`${data.deadLetterArn} ${data.messageId}`);
          if (type === 'sqs:MessageMoved' && !told.isFifo) expect(sent).toContain(`${data.destinationArn} ${data.movedAs}`);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has each group of a FIFO queue received in the order in which it was sent', () => {
    fc.assert(
      fc.property(story, (told) => {
        const world = run({ ...told, isFifo: true });
        const sequence = new Map<string, { group: string; number: bigint }>();
        const last = new Map<string, bigint>();
        for (const { type, resource, data } of world.trace) {
          const key = `${resource} ${data.messageId}`;
          if (type === 'sqs:MessageSent')
            sequence.set(key, { group: `${resource} ${data.groupId}`, number: BigInt(String(data.sequenceNumber)) });
          if (type !== 'sqs:MessageReceived' || data.receiveCount !== 1) continue;
          const { group, number } = sequence.get(key) ?? { group: '', number: 0n };
          expect(number > (last.get(group) ?? -1n)).toBe(true);
          last.set(group, number);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is the same again from the same seed', () => {
    fc.assert(
      fc.property(story, (told) => {
        const first = run(told);
        expect(formatTrace(run(told).trace)).toBe(formatTrace(first.trace));
      }),
      { numRuns: 20 },
    );
  });
});
