// A world for the tests of EventBridge: queues, logs, hosts, and a device that fails as told.
import { expect } from 'vitest';
import type { Fault } from '../sim/kernel/call';
import type { Json, JsonObject } from '../sim/kernel/json';
import type { Service } from '../sim/kernel/service';
import { World } from '../sim/kernel/world';
import { createEvents } from '../sim/services/events/service';
import type { EventsState } from '../sim/services/events/state';
import { authorize } from '../sim/services/iam/guard';
import type { Organization } from '../sim/services/iam/organization';
import { createIam } from '../sim/services/iam/service';
import type { HostScript } from '../sim/services/internet/host';
import { createInternet } from '../sim/services/internet/service';
import { createLogs } from '../sim/services/logs/service';
import { createSqs } from '../sim/services/sqs/service';

export const ACCOUNT = '111122223333';
export const OTHER = '444455556666';
export const BUS = `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/default`;
export const RULE = `arn:aws:events:eu-west-1:${ACCOUNT}:rule/orders`;
export const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
export const DLQ = `arn:aws:sqs:eu-west-1:${ACCOUNT}:dlq`;
export const DEVICE = `arn:aws:device:eu-west-1:${ACCOUNT}:lamp`;

/** A target that fails as told before it takes what it is given. */
function createDevice(failures: Fault[]): Service<{ taken: string[] }> {
  return {
    prefix: 'device',
    initial: () => ({ taken: [] }),
    actions: {
      Switch: (_, call, port) => {
        const fault = failures.shift();
        if (fault) return { fault };
        port.emit('device:Switched', call.resource, { body: call.input.body ?? '' });
        return { ok: {} };
      },
    },
    apply: (state, fact) => {
      state.taken.push(fact.data.body as string);
    },
    accepts: (_, { body }) => ({ action: 'device:Switch', input: { body } }),
  };
}

export const THROTTLED: Fault = { code: 'ThrottlingException', message: 'Rate exceeded', status: 400, side: 'client' };
export const BROKEN: Fault = { code: 'InternalFailure', message: 'It broke.', status: 500, side: 'server' };

interface Options {
  /** With IAM and its guard, in this organisation. */
  organization?: Organization;
  failures?: Fault[];
  hosts?: Record<string, HostScript>;
}

export function createEventsWorld({ failures = [], hosts = {}, organization }: Options = {}): World {
  const iam = organization ? [createIam({ organization })] : [];
  const services = [createEvents(), createSqs(), createLogs(), createInternet(hosts), createDevice(failures), ...iam];
  const guards = organization ? [authorize] : [];
  const world = new World({
    services,
    guards,
    account: ACCOUNT,
    region: 'eu-west-1',
    seed: 7,
    startAtEpochMs: Date.UTC(2026, 10, 2, 10, 15, 7),
  });
  for (const [QueueName, resource] of [
    ['orders', QUEUE],
    ['dlq', DLQ],
  ] as const) {
    world.call({ action: 'sqs:CreateQueue', resource, input: { QueueName } });
  }
  return world;
}

/** An operation as the SDK makes it. Gives the output, or `{ code, message }`. */
export function ask(world: World, operation: string, input: JsonObject = {}, account = ACCOUNT): JsonObject {
  const route = createEvents().route?.(operation, input, { account, region: 'eu-west-1' });
  if (!route) throw new Error(`There is no operation ${operation}.`);
  const principal = { type: 'user' as const, id: `arn:aws:iam::${account}:user/ada`, account };
  const answer = world.call({ ...route, input, principal });
  if (!answer) throw new Error(`${operation} was not answered.`);
  return 'ok' in answer ? (answer.ok as JsonObject) : { code: answer.fault.code, message: answer.fault.message };
}

export const ENTRY = {
  Source: 'com.example.shop',
  DetailType: 'OrderPlaced',
  Detail: '{"orderId":17,"price":1.50,"tags":["a","b"],"who":{"name":"Ada"}}',
};

export function putRule(world: World, target: JsonObject, pattern: Json = { source: ['com.example.shop'] }): void {
  expect(ask(world, 'PutRule', { Name: 'orders', EventPattern: JSON.stringify(pattern) })).toEqual({ RuleArn: RULE });
  expect(ask(world, 'PutTargets', { Rule: 'orders', Targets: [{ Id: 't', ...target }] })).toEqual({
    FailedEntryCount: 0,
    FailedEntries: [],
  });
}

export function putEvent(world: World, entry: JsonObject = {}): string {
  const { Entries } = ask(world, 'PutEvents', { Entries: [{ ...ENTRY, ...entry }] });
  return (Entries as JsonObject[])[0]?.EventId as string;
}

export function facts(world: World, type: string): JsonObject[] {
  return world.trace.filter((fact) => fact.type === `events:${type}`).map((fact) => fact.data);
}

/** What a queue was sent, in order. */
export function messages(world: World, queue = QUEUE): { body: string; attributes: JsonObject }[] {
  const sent = world.trace.filter((fact) => fact.type === 'sqs:MessageSent' && fact.resource === queue);
  return sent.map(({ data }) => ({ body: data.body as string, attributes: data.attributes as JsonObject }));
}

/** Every event ends, and every delivery. */
export function expectConservation(world: World): void {
  const routed = facts(world, 'EventPut').length + facts(world, 'EventReplayed').length;
  const events = new Set([...facts(world, 'RuleMatched'), ...facts(world, 'EventUnmatched')].map(({ eventId }) => eventId));
  expect(events.size).toBeLessThanOrEqual(routed + facts(world, 'ScheduleFired').length);
  for (const { eventId } of facts(world, 'EventPut')) expect(events).toContain(eventId);
  const ends = ['TargetDelivered', 'EventDeadLettered', 'EventDropped'].flatMap((type) =>
    facts(world, type).map(({ invocationId }) => invocationId),
  );
  expect(ends.sort()).toEqual(
    facts(world, 'InvocationCreated')
      .map(({ invocationId }) => invocationId)
      .sort(),
  );
  expect(world.state<EventsState>('events').invocations).toEqual({});
}
