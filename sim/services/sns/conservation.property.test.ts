import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientFault, serverFault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';
import { formatTrace } from '../../kernel/trace';
import { World } from '../../kernel/world';
import { createInternet } from '../internet/service';
import { createSns } from './service';
import type { SnsState } from './state';

/** Targets that take, refuse or break by chance: the name of the endpoint says how. */
function moody(prefix: string, action: string): Service<null> {
  return {
    prefix,
    initial: () => null,
    actions: {
      [action]: (_state, call, port) => {
        const chance = port.random();
        if (call.resource.includes('gone')) return clientFault('NonExistent', 'It does not exist.');
        if (call.resource.includes('moody') && chance < 0.7) return serverFault('ServiceUnavailable', 'It is down.', 503);
        return { ok: { MessageId: 'm' } };
      },
    },
    apply: () => {},
  };
}

const endpoint = fc.constantFrom(
  ['sqs', 'arn:aws:sqs:eu-west-1:111122223333:good'],
  ['sqs', 'arn:aws:sqs:eu-west-1:111122223333:moody'],
  ['sqs', 'arn:aws:sqs:eu-west-1:111122223333:gone'],
  ['lambda', 'arn:aws:lambda:eu-west-1:111122223333:function:moody'],
  ['lambda', 'arn:aws:lambda:eu-west-1:111122223333:function:gone'],
  ['sms', '+353871234567'],
  ['firehose', 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/s'],
);
const subscription = fc.record({
  endpoint,
  filter: fc.constantFrom(null, '{"kind":["a"]}', '{"kind":[{"anything-but":"a"}]}'),
  deadLetters: fc.constantFrom(null, 'good', 'gone', 'moody'),
});
const step = fc.oneof(
  fc.record({ type: fc.constant('publish' as const), kind: fc.constantFrom('a', 'b', null), group: fc.constantFrom('g', 'h') }),
  fc.record({ type: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 60_000 }) }),
  fc.record({ type: fc.constant('unsubscribe' as const), index: fc.nat(4) }),
  fc.record({ type: fc.constant('deleteTopic' as const) }),
);
const story = fc.record({
  isFifo: fc.boolean(),
  seed: fc.nat(),
  subscriptions: fc.array(subscription, { minLength: 1, maxLength: 5 }),
  steps: fc.array(step, { minLength: 1, maxLength: 25 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function run({ isFifo, seed, subscriptions, steps }: Story): World {
  const world = new World({
    services: [
      createSns(),
      moody('sqs', 'SendMessage') as Service,
      moody('lambda', 'InvokeFunction') as Service,
      createInternet({}),
    ] as Service[],
    account: '111122223333',
    region: 'eu-west-1',
    seed,
    startAtEpochMs: 1_793_613_600_000,
  });
  const ask = (operation: string, input: JsonObject): JsonObject => {
    const route = world.route('sns', operation, input);
    const answer = route && world.call({ ...route, input });
    return answer && 'ok' in answer ? (answer.ok as JsonObject) : {};
  };
  const suffix = isFifo ? '.fifo' : '';
  const Attributes: JsonObject = isFifo ? { FifoTopic: 'true' } : {};
  const TopicArn = String(ask('CreateTopic', { Name: `t${suffix}`, Attributes }).TopicArn);
  const arns = subscriptions.map(({ endpoint: [Protocol = '', Endpoint = ''], filter, deadLetters }) => {
    const attributes: JsonObject = {
      ...(filter === null ? {} : { FilterPolicy: filter }),
      ...(deadLetters === null
        ? {}
        : { RedrivePolicy: `{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111122223333:${deadLetters}${suffix}"}` }),
      ...(Protocol === 'firehose' ? { SubscriptionRoleArn: 'arn:aws:iam::111122223333:role/r' } : {}),
    };
    return ask('Subscribe', { TopicArn, Protocol, Endpoint: Endpoint + (Protocol === 'sqs' ? suffix : ''), Attributes: attributes })
      .SubscriptionArn;
  });
  steps.forEach((one, i) => {
    if (one.type === 'wait') world.runUntil(world.now + one.ms);
    else if (one.type === 'unsubscribe') ask('Unsubscribe', { SubscriptionArn: arns[one.index] ?? '' });
    else if (one.type === 'deleteTopic') {
      if (i > 15) ask('DeleteTopic', { TopicArn });
    } else {
      ask('Publish', {
        TopicArn,
        Message: `m${i}`,
        ...(one.kind === null ? {} : { MessageAttributes: { kind: { DataType: 'String', StringValue: one.kind } } }),
        ...(isFifo ? { MessageGroupId: one.group, MessageDeduplicationId: String(i) } : {}),
      });
    }
  });
  world.runUntilIdle();
  return world;
}

const ENDINGS = new Set(['sns:MessageDelivered', 'sns:MessageFiltered', 'sns:MessageDeadLettered', 'sns:MessageDropped']);

describe('sns', () => {
  it('ends every message at every subscription exactly once, and forgets it then', () => {
    fc.assert(
      fc.property(story, (told) => {
        const world = run(told);
        const endings = new Map<string, number>();
        const owed = new Map<string, number>();
        for (const { type, data } of world.trace) {
          const messageId = String(data.messageId);
          if (type === 'sns:MessagePublished') owed.set(messageId, data.subscriptions as number);
          if (!ENDINGS.has(type)) continue;
          const pair = `${messageId} ${data.subscriptionArn}`;
          endings.set(pair, (endings.get(pair) ?? 0) + 1);
        }
        expect([...endings.values()].every((count) => count === 1)).toBe(true);
        for (const [messageId, count] of owed) {
          expect([...endings.keys()].filter((pair) => pair.startsWith(messageId))).toHaveLength(count);
        }
        const state = world.state<SnsState>('sns');
        expect([state.messages, state.deliveries, state.lanes]).toEqual([{}, {}, {}]);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same again from the same seed, and its state is the fold of its facts', () => {
    fc.assert(
      fc.property(story, (told) => {
        const world = run(told);
        expect(formatTrace(run(told).trace)).toBe(formatTrace(world.trace));
        if (world.trace.length > 0) expect(world.stateAt('sns', world.trace.length - 1)).toEqual(world.state('sns'));
      }),
      { numRuns: 40 },
    );
  });

  it('hands messages of one group to a queue in the order of publishing', () => {
    fc.assert(
      fc.property(story, (told) => {
        const world = run({ ...told, isFifo: true });
        const numbers = new Map<string, string>();
        const last = new Map<string, string>();
        for (const { type, data } of world.trace) {
          const messageId = String(data.messageId);
          if (type === 'sns:MessagePublished') numbers.set(messageId, `${data.groupId} ${data.sequenceNumber}`);
          if (type !== 'sns:MessageDelivered') continue;
          const [group = '', number = ''] = (numbers.get(messageId) ?? '').split(' ');
          const lane = `${data.subscriptionArn} ${group}`;
          expect(number > (last.get(lane) ?? '')).toBe(true);
          last.set(lane, number);
        }
      }),
      { numRuns: 60 },
    );
  });
});
