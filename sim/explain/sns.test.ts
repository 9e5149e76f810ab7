import { describe, expect, it } from 'vitest';
import { type Case, expectExplained, why } from '../../test/explanations';
import * as topics from '../../test/sns-world';
import type { JsonObject } from '../kernel/json';
import type { World } from '../kernel/world';
import { explain } from './explain';

function filtered(policy: JsonObject, input: JsonObject, scope?: string): World {
  const world = topics.createWorld();
  topics.queue(world, 'orders');
  topics.topic(world);
  topics.subscribe(world, 'sqs', topics.QUEUE, { FilterPolicy: JSON.stringify(policy), ...(scope ? { FilterPolicyScope: scope } : {}) });
  topics.ask(world, 'Publish', { TopicArn: topics.TOPIC, Message: 'hello', ...input });
  world.runUntilIdle();
  return world;
}

function failing(sqs: Parameters<typeof topics.createWorld>[0] = {}, attributes: JsonObject = {}): World {
  const world = topics.createWorld({ sqs: topics.brokenSqs(5) as never, ...sqs });
  topics.topic(world);
  topics.subscribe(world, 'sqs', topics.QUEUE, attributes);
  topics.ask(world, 'Publish', { TopicArn: topics.TOPIC, Message: 'hello' });
  world.runUntilIdle();
  return world;
}

const SNS: Case[] = [
  {
    name: 'an attribute that a filter policy does not want',
    world: () =>
      filtered({ kind: ['gold', { prefix: 'plat' }] }, { MessageAttributes: { kind: { DataType: 'String', StringValue: 'silver' } } }),
    type: 'sns:MessageFiltered',
    subject: 'filtered',
    title: /^The message does not reach queue `orders`: the message has `kind` as `silver`\.$/,
    says: [/the policy wants one of `"gold"`, `\{"prefix":"plat"\}`/],
    change: /also match `silver`/,
  },
  {
    name: 'a body without the key',
    world: () => filtered({ store: ['here'], order: { total: [{ numeric: ['>', 5] }] } }, { Message: '{"store":"here"}' }, 'MessageBody'),
    type: 'sns:MessageFiltered',
    subject: 'filtered',
    title: /the message's body has no `order\.total`/,
    says: [/pass: `store`: `"here"` matches/, /`order\.total`: the policy wants `\{"numeric":\[">",5\]\}`/],
  },
  {
    name: 'a message without attributes',
    world: () => filtered({ kind: ['gold'] }, {}),
    type: 'sns:MessageFiltered',
    subject: 'filtered',
    title: /the policy asks for attributes, and the message has none/,
    change: /`MessageBody`/,
  },
  {
    name: 'a delivery that is tried again',
    world: () => failing(),
    type: 'sns:DeliveryRetryScheduled',
    subject: 'retry',
    title: /^SNS tries to reach queue `orders` again in 1 second\.$/,
    says: [/Phase `backoff`/, /attempt 6 of 100,015/, /ServiceUnavailable/],
    next: { text: /Attempt 6/, inMs: 1000 },
  },
  {
    name: 'a queue that does not exist',
    world: () => failing({ sqs: undefined as never }),
    type: 'sns:DeliveryFailed',
    subject: 'drop',
    title: /^SNS gave up the delivery to queue `orders`: the error is one that SNS does not try again\.$/,
    says: [/The subscription has no redrive policy: it is gone/],
    change: /RedrivePolicy/,
  },
  {
    name: 'a message published twice',
    world: () => {
      const world = topics.createWorld();
      const TopicArn = topics.topic(world, 'orders.fifo', { FifoTopic: 'true' });
      const input = { TopicArn, Message: 'hello', MessageGroupId: 'g', MessageDeduplicationId: '17' };
      topics.ask(world, 'Publish', input);
      world.runUntil(60_000);
      topics.ask(world, 'Publish', input);
      return world;
    },
    type: 'sns:MessageDeduplicated',
    subject: 'drop',
    title: /^`orders\.fifo` took the message for one that it has already/,
    says: [/`17` was seen 1 minute before/],
  },
];

describe('explain, in worlds of SNS,', () => {
  it.each<Case>(SNS)('tells of $name', (one) => expectExplained(one));

  it('refuses a fact that is not there', () => {
    expect(() => explain({ trace: [] }, 3)).toThrow('Fact 3 is not in the trace');
  });
});

describe('the chain of causes', () => {
  it('leads from the first call to the fact, past what merely stands beside it', () => {
    const world = topics.createWorld();
    topics.queue(world, 'orders');
    topics.topic(world);
    topics.subscribe(world, 'sms', '+353871234567', { FilterPolicy: '{"kind":["gold"]}' });
    topics.subscribe(world, 'lambda', topics.FN);
    topics.subscribe(world, 'sqs', topics.QUEUE);
    topics.ask(world, 'Publish', { TopicArn: topics.TOPIC, Message: 'hello' });
    world.runUntilIdle();
    const types = why(world, 'sqs:MessageSent').chain.map(({ seq }) => world.trace[seq]?.type);
    expect(types).toEqual(['sns:MessagePublished', 'sns:DeliveryStarted', 'sqs:MessageSent']);
  });

  it('ends where a trace is no trace', () => {
    const loop = { seq: 0, at: 0, type: 'x:Y' as const, resource: 'r', cause: 0, data: {} };
    expect(explain({ trace: [loop] }, 0).chain).toHaveLength(1);
  });
});
