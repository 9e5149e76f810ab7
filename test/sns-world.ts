// A world for the tests of SNS: real queues, keys and logs, scripted hosts, and functions that take every event.
// https://docs.aws.amazon.com/sns/latest/dg/
import { serverFault } from '../sim/kernel/call';
import type { Fact } from '../sim/kernel/fact';
import type { JsonObject } from '../sim/kernel/json';
import type { Service } from '../sim/kernel/service';
import { World } from '../sim/kernel/world';
import type { HostScript } from '../sim/services/internet/host';
import { createInternet } from '../sim/services/internet/service';
import { createKms } from '../sim/services/kms/service';
import { createLogs } from '../sim/services/logs/service';
import { createSns } from '../sim/services/sns/service';
import { createSqs } from '../sim/services/sqs/service';

export const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:orders';
export const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';
export const DLQ = 'arn:aws:sqs:eu-west-1:111122223333:dlq';
export const FN = 'arn:aws:lambda:eu-west-1:111122223333:function:charge';
export const HOST = 'https://hooks.example';

/** Functions that take every event. */
export function lambdaStub(): Service<null> {
  return {
    prefix: 'lambda',
    initial: () => null,
    actions: {
      InvokeFunction: (_state, call, port) => {
        port.emit('lambda:EventQueued', call.resource, { payload: call.input.Payload ?? '' });
        return { ok: { StatusCode: 202 } };
      },
    },
    apply: () => {},
  };
}

/** Queues that are down for a number of calls. */
export function brokenSqs(failures: number): Service<null> {
  let left = failures;
  return {
    prefix: 'sqs',
    initial: () => null,
    actions: {
      SendMessage: () => (left-- > 0 ? serverFault('ServiceUnavailable', 'Service is unavailable.', 503) : { ok: { MessageId: 'm' } }),
    },
    apply: () => {},
  };
}

/** Answers each request with the next status, the last one for ever. */
export function host(statuses: number[], afterMs = 1): HostScript {
  return {
    initial: () => 0,
    respond: (seen) => {
      const status = statuses[Math.min(Number(seen), statuses.length - 1)] ?? 200;
      return { status, body: '', afterMs, effect: {} };
    },
    apply: (seen) => Number(seen) + 1,
  };
}

export function createWorld(options: { sqs?: Service; hosts?: Record<string, HostScript>; facts?: number } = {}): World {
  return new World({
    services: [
      createSns(),
      (options.sqs ?? createSqs()) as Service,
      createKms(),
      createLogs(),
      lambdaStub() as Service,
      createInternet(options.hosts ?? {}),
    ] as Service[],
    account: '111122223333',
    region: 'eu-west-1',
    seed: 7,
    startAtEpochMs: 1_793_613_600_000,
    ...(options.facts ? { limits: { factsMax: options.facts } } : {}),
  });
}

export function ask(world: World, operation: string, input: JsonObject, prefix = 'sns'): JsonObject {
  const route = world.route(prefix, operation, input);
  if (!route) throw new Error(`There is no ${operation}.`);
  const answer = world.call({ ...route, input });
  if (!answer) throw new Error(`${operation} was not answered.`);
  if ('fault' in answer) return { code: answer.fault.code, message: answer.fault.message };
  return answer.ok as JsonObject;
}

export function queue(world: World, name: string, attributes: JsonObject = {}): void {
  ask(world, 'CreateQueue', { QueueName: name, Attributes: attributes }, 'sqs');
}

export function topic(world: World, name = 'orders', attributes: JsonObject = {}): string {
  return String(ask(world, 'CreateTopic', { Name: name, Attributes: attributes }).TopicArn);
}

export function subscribe(world: World, Protocol: string, Endpoint: string, Attributes: JsonObject = {}, TopicArn = TOPIC): string {
  const reply = ask(world, 'Subscribe', { TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true });
  if (reply.code) throw new Error(`${reply.code}: ${reply.message}`);
  return String(reply.SubscriptionArn);
}

export function received(world: World, name = 'orders'): JsonObject[] {
  const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/111122223333/${name}`;
  const input = { QueueUrl, MaxNumberOfMessages: 10, AttributeNames: ['All'], MessageAttributeNames: ['All'] };
  return (ask(world, 'ReceiveMessage', input, 'sqs').Messages ?? []) as JsonObject[];
}

export function factsOf(world: World, type: string): Fact[] {
  return world.trace.filter((fact) => fact.type === type);
}
