import { describe, it } from 'vitest';
import * as bus from '../../test/events-world';
import { type Case, expectExplained } from '../../test/explanations';
import type { JsonObject } from '../kernel/json';
import type { World } from '../kernel/world';

const shop = (pattern: JsonObject, entry: JsonObject = {}): World => {
  const world = bus.createEventsWorld();
  bus.putRule(world, { Arn: bus.QUEUE }, pattern);
  bus.putEvent(world, entry);
  world.runUntilIdle();
  return world;
};

function withFailures(failures: Parameters<typeof bus.createEventsWorld>[0], target: JsonObject = {}): World {
  const world = bus.createEventsWorld(failures);
  bus.putRule(world, { Arn: bus.DEVICE, ...target });
  bus.putEvent(world);
  world.runUntilIdle();
  return world;
}

const EVENTS: Case[] = [
  {
    name: 'a value that a pattern does not want',
    world: () => shop({ 'detail-type': ['OrderPlaced'], detail: { orderId: [{ numeric: ['>', 17] }], who: { name: ['Ada'] } } }),
    type: 'events:EventUnmatched',
    subject: 'no-match',
    title: /^No rule of `default` matches the event: `detail\.orderId` is `17`\. It ends here, and nobody is told\.$/,
    says: [
      /fail: `detail\.orderId`: the pattern wants `\{"numeric":\[">",17\]\}`; the event has `17`/,
      /pass: `detail-type`: `"OrderPlaced"` matches/,
      /info: Not looked at any more: `detail\.who\.name`/,
    ],
    change: /Let `detail\.orderId` in the pattern of `orders` also match `17`/,
  },
  {
    name: 'a key that the event lacks',
    world: () => shop({ detail: { coupon: [{ prefix: 'X' }] } }),
    type: 'events:EventUnmatched',
    subject: 'no-match',
    title: /the event has no `detail\.coupon`/,
    change: /Send an event with `detail\.coupon`/,
  },
  {
    name: 'an event for a bus that is not there',
    world: () => shop({ source: ['x'] }, { EventBusName: 'gone' }),
    type: 'events:EventUnmatched',
    subject: 'no-match',
    title: /^There is no bus `gone`\. PutEvents answers with an event id all the same/,
  },
  {
    name: 'a target that is tried again',
    world: () => withFailures({ failures: [bus.THROTTLED] }),
    type: 'events:TargetRetryScheduled',
    subject: 'retry',
    title: /^EventBridge tries `lamp` again in \d+ ms\.$/,
    says: [/`lamp` answered `THROTTLING`: Rate exceeded/, /retry 1 of 185/, /gives it up when it is 24 hours old/],
  },
  {
    name: 'a target that is given up',
    world: () => withFailures({ failures: Array.from({ length: 4 }, () => bus.BROKEN) }, { RetryPolicy: { MaximumRetryAttempts: 2 } }),
    type: 'events:TargetFailed',
    subject: 'drop',
    title: /^EventBridge gave up `lamp`: all retries failed\.$/,
    says: [/after 3 tries/, /The target has no dead-letter queue: it is gone/],
    change: /DeadLetterConfig/,
  },
  {
    name: 'an event in the dead-letter queue of a target',
    world: () => withFailures({ failures: [bus.BROKEN] }, { RetryPolicy: { MaximumRetryAttempts: 0 }, DeadLetterConfig: { Arn: bus.DLQ } }),
    type: 'events:EventDeadLettered',
    subject: 'dead-letter',
    title: /kept in `dlq`/,
    says: [/EventBridge gave up the delivery to `lamp`/],
  },
];

describe('explain, in worlds of EventBridge,', () => {
  it.each<Case>(EVENTS)('tells of $name', (one) => expectExplained(one));
});
