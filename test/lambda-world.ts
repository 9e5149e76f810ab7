// A world with one function in it, for Lambda's tests.
import { createAws } from '../sim/aws';
import type { Fact } from '../sim/kernel/fact';
import type { JsonObject } from '../sim/kernel/json';
import type { Answer, World } from '../sim/kernel/world';
import type { SandboxFactory } from '../sim/sandbox/sandbox';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const FUNCTION_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:charge`;

export const queueArn = (name: string) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
export const functionArn = (name: string) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;

/** A call through the operation that an SDK would name; Lambda's and SQS's own routes find the resource. */
export function ask(world: World, service: string, operation: string, input: JsonObject): Answer {
  const route = world.route(service, operation, input);
  if (!route) throw new Error(`${service} has no operation ${operation}`);
  const answer = world.call({ ...route, input });
  if (!answer) throw new Error(`${operation} was never answered`);
  return answer;
}

export function must(world: World, service: string, operation: string, input: JsonObject): JsonObject {
  const answer = ask(world, service, operation, input);
  if ('fault' in answer) throw new Error(`${operation}: ${answer.fault.code}: ${answer.fault.message}`);
  return answer.ok as JsonObject;
}

export function createFunction(world: World, FunctionName: string, more: JsonObject = {}): void {
  must(world, 'lambda', 'CreateFunction', {
    FunctionName,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: `arn:aws:iam::${ACCOUNT}:role/charge`,
    Code: { Files: { 'index.mjs': 'export const handler = async () => 1;' } },
    ...more,
  });
}

/** With the function `charge` and the queue `failed`, and without IAM: every role may do everything. */
export function createLambdaWorld(sandboxes: SandboxFactory, configuration: JsonObject = {}): World {
  const world = createAws({ sandboxes, services: ['lambda', 'sqs', 'logs'] });
  must(world, 'sqs', 'CreateQueue', { QueueName: 'failed' });
  createFunction(world, 'charge', configuration);
  return world;
}

/** What can be received from a queue now. */
export function messagesIn(world: World, queue: string): JsonObject[] {
  const QueueUrl = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${queue}`;
  const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
  return (must(world, 'sqs', 'ReceiveMessage', input).Messages ?? []) as JsonObject[];
}

/** Puts invocations of `charge` on the agenda, all due now. */
export function invokeMany(world: World, count: number, InvocationType: 'Event' | 'RequestResponse', Payload = '{}'): void {
  for (let i = 0; i < count; i++) {
    const input = { FunctionName: 'charge', InvocationType, Payload };
    world.schedule({ action: 'lambda:InvokeFunction', resource: FUNCTION_ARN, input });
  }
}

export function factsOf(world: World, type: string): Fact[] {
  return world.trace.filter((fact) => fact.type === type);
}
