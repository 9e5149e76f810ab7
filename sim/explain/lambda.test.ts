import { beforeAll, describe, expect, it } from 'vitest';
import { type Case, expectExplained, said, why } from '../../test/explanations';
import { createFunction, createLambdaWorld, FUNCTION_ARN, invokeMany, must } from '../../test/lambda-world';
import { testSandboxes } from '../../test/sandboxes';
import type { JsonObject } from '../kernel/json';
import type { World } from '../kernel/world';
import type { SandboxFactory } from '../sandbox/sandbox';

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

function code(source: string): JsonObject {
  return { Code: { Files: { 'index.mjs': source } } };
}

function lambda(source: string, configuration: JsonObject = {}, type: 'Event' | 'RequestResponse' = 'Event'): World {
  const world = createLambdaWorld(sandboxes, { ...code(source), ...configuration });
  invokeMany(world, 1, type);
  world.runUntilIdle();
  return world;
}

const THROWS = 'export const handler = async () => { throw new Error("card network down"); };';

const LAMBDA: Case[] = [
  {
    name: 'the first retry of an asynchronous event',
    world: () => lambda(THROWS, {}),
    type: 'lambda:AttemptScheduled',
    subject: 'retry',
    title: /^Lambda tries `charge` again in 2 minutes, because attempt 2 failed with `Error: card network down`\.$/,
    says: [/retry 2 of 2/, /ends when 3 attempts failed, or at 06:00:00\.\d{3}, when the event is 6 hours old/],
    next: { text: /Attempt 3 at `charge`/, inMs: 120_000 },
  },
  {
    name: 'an event that is given up without a place to go',
    world: () => lambda(THROWS),
    type: 'lambda:EventDiscarded',
    subject: 'drop',
    title: /^Lambda gave up the event for `charge`: all 3 attempts failed\. It is gone\.$/,
    says: [/Attempt 3 failed with `Error: card network down`/, /neither a dead-letter queue nor a failure destination/],
    change: /destination for failures or a dead-letter queue/,
  },
  {
    name: 'an event in a dead-letter queue',
    world: () => lambda(THROWS, { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed' } }),
    type: 'lambda:DeadLetterSent',
    subject: 'dead-letter',
    title: /^It was given up and is kept in `failed`\.$/,
    says: [/Lambda gave up the event for `charge`: `RetriesExhausted`/],
  },
  {
    name: 'a function error',
    world: () => lambda(THROWS, {}, 'RequestResponse'),
    type: 'lambda:InvocationEnded',
    subject: 'error',
    title: /^The handler of `charge` failed with `Error: card network down`\.$/,
    says: [/The invocation started in a new environment/, /index\.mjs:1/],
  },
  {
    name: 'a timeout, with the call that was still open',
    world: () => {
      const world = createLambdaWorld(sandboxes, {
        Timeout: 2,
        ...code(`import { SQSClient, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
          export const handler = async () => new SQSClient().send(new ReceiveMessageCommand({ QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/failed', WaitTimeSeconds: 20 }));`),
      });
      invokeMany(world, 1, 'RequestResponse');
      world.runUntilIdle();
      return world;
    },
    type: 'lambda:InvocationEnded',
    subject: 'timeout',
    title: /^`charge` was still running after 2 seconds, its timeout, so Lambda stopped it\.$/,
    says: [/It still waited for `ReceiveMessage` on `failed`, since (1\.9|2) seconds/],
    change: /timeout of its own, shorter than the function's/,
  },
  {
    name: 'memory that ran out',
    world: () =>
      lambda(
        'export const handler = async () => { const all = []; for (;;) all.push("x".repeat(1e6) + all.length); };',
        { MemorySize: 128, Timeout: 60 },
        'RequestResponse',
      ),
    type: 'lambda:InvocationEnded',
    subject: 'out-of-memory',
    title: /^`charge` needed more than its 128 MB of memory/,
    change: /more than 128 MB/,
  },
  {
    name: 'an init that fails',
    world: () => lambda('throw new Error("no table"); export const handler = async () => 1;', {}, 'RequestResponse'),
    type: 'lambda:InitEnded',
    subject: 'init-failure',
    title: /^Init of `charge` failed: `Error: no table`\.$/,
  },
  {
    name: 'a throttle by reserved concurrency',
    world: () => {
      const world = createLambdaWorld(sandboxes, code('export const handler = () => new Promise((done) => setTimeout(done, 1000));'));
      must(world, 'lambda', 'PutFunctionConcurrency', { FunctionName: 'charge', ReservedConcurrentExecutions: 2 });
      invokeMany(world, 3, 'Event');
      world.runUntil(300);
      return world;
    },
    type: 'lambda:InvocationThrottled',
    subject: 'throttle',
    title: /^Lambda did not start `charge`: all 2 of its reserved concurrency have work\.$/,
    says: [/2 of 2 in use/, /`charge` runs in 2 environments/, /no failed attempt/],
    change: /Reserve more than 2 for `charge`/,
    next: { text: /again after 1 second/, inMs: 1000 },
  },
  {
    name: 'a throttle of a function that is stopped',
    world: () => {
      const world = createLambdaWorld(sandboxes);
      must(world, 'lambda', 'PutFunctionConcurrency', { FunctionName: 'charge', ReservedConcurrentExecutions: 0 });
      invokeMany(world, 1, 'RequestResponse');
      world.runUntilIdle();
      return world;
    },
    type: 'lambda:InvocationThrottled',
    subject: 'throttle',
    title: /reserved concurrency is 0, which stops it/,
    says: [/The caller gets 429/],
  },
  {
    name: 'a fault that was switched on',
    world: () => {
      const world = createLambdaWorld(sandboxes);
      const fault = { code: 'ServiceUnavailable', message: 'Down.', status: 503 };
      world.call({ action: 'fis:InjectApiError', resource: 'sqs:SendMessage', input: { action: 'sqs:SendMessage', times: 3, fault } });
      world.call({ action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:111122223333:failed', input: { MessageBody: 'x' } });
      return world;
    },
    type: 'fis:ApiErrorInjected',
    subject: 'error',
    title: /^`sqs:SendMessage` failed on purpose, with `ServiceUnavailable`: Down\.$/,
    says: [/switched on for 3 calls; this is number 1/],
  },
  {
    name: 'a message that nobody deletes',
    world: () => {
      const world = createLambdaWorld(sandboxes);
      const RedrivePolicy = '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111122223333:failed","maxReceiveCount":"2"}';
      must(world, 'sqs', 'CreateQueue', { QueueName: 'orders', Attributes: { RedrivePolicy, VisibilityTimeout: '10' } });
      const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders';
      must(world, 'sqs', 'SendMessage', { QueueUrl, MessageBody: 'order 17' });
      for (let i = 0; i < 3; i++) {
        must(world, 'sqs', 'ReceiveMessage', { QueueUrl });
        world.runUntil(world.now + 11_000);
      }
      return world;
    },
    type: 'sqs:MessageDeadLettered',
    subject: 'dead-letter',
    title: /^A message of `orders` was received 2 times and never deleted, so it moved to `failed`\.$/,
    says: [/The 1st receive/, /The 2nd receive/, /`maxReceiveCount` of `orders` is 2/],
  },
  {
    name: 'a message in flight',
    world: () => {
      const world = createLambdaWorld(sandboxes);
      const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/failed';
      must(world, 'sqs', 'SendMessage', { QueueUrl, MessageBody: 'order 17' });
      must(world, 'sqs', 'ReceiveMessage', { QueueUrl });
      return world;
    },
    type: 'sqs:MessageReceived',
    subject: 'waiting',
    title: /^A message of `failed` is in flight: nobody else receives it before 00:00:30\.000\.$/,
    next: { text: /received again/, inMs: 30_000 },
  },
  {
    name: 'a message at the end of its retention',
    world: () => {
      const world = createLambdaWorld(sandboxes);
      must(world, 'sqs', 'SendMessage', { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/failed', MessageBody: 'order 17' });
      world.runUntil(5 * 24 * 3_600_000);
      return world;
    },
    type: 'sqs:MessageExpired',
    subject: 'drop',
    title: /^A message of `failed` is gone: it stayed there longer than the queue keeps messages\.$/,
    says: [/Nobody ever received it/, /retention of `failed` is 4 days/],
  },
  {
    name: 'a fact that needs no explanation of its own',
    world: () => createLambdaWorld(sandboxes),
    type: 'sqs:QueueCreated',
    subject: 'event',
    title: /^The queue `failed` exists and is empty\.$/,
  },
];

/** The queue `failed` invokes `charge`. */
function mapped(source: string, more: JsonObject = {}, bodies = ['{"n":1}']): World {
  const world = createLambdaWorld(sandboxes, { Timeout: 3, ...code(source) });
  must(world, 'lambda', 'CreateEventSourceMapping', {
    FunctionName: 'charge',
    EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:failed',
    ...more,
  });
  const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/failed';
  world.runUntil(world.now + 120_000);
  for (const MessageBody of bodies) must(world, 'sqs', 'SendMessage', { QueueUrl, MessageBody });
  world.runUntil(world.now + 10_000);
  return world;
}

const MAPPINGS: Case[] = [
  {
    name: 'messages that a mapping filters out',
    world: () => mapped(THROWS, { FilterCriteria: { Filters: [{ Pattern: '{"body":{"n":[2]}}' }] } }),
    type: 'lambda:EventsFilteredOut',
    subject: 'filtered',
    title: /^1 message passed no filter of the mapping to `charge`: Lambda deletes them from the queue\.$/,
    says: [/`body\.n` is `1`/],
  },
  {
    name: 'a batch whose function fails',
    world: () => mapped(THROWS),
    type: 'lambda:BatchEnded',
    subject: 'error',
    title: /^A batch of 1 message for `charge` did not succeed: the function failed, and so did every message of the batch\.$/,
    says: [/failed with `Error: card network down`/, /Still in the queue: 1 message/],
  },
  {
    name: 'a batch that is put off',
    world: () => {
      const world = mapped(THROWS, {}, []);
      must(world, 'lambda', 'PutFunctionConcurrency', { FunctionName: 'charge', ReservedConcurrentExecutions: 0 });
      must(world, 'sqs', 'SendMessage', { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/failed', MessageBody: '{}' });
      world.runUntil(world.now + 2000);
      return world;
    },
    type: 'lambda:BatchPutOff',
    subject: 'retry',
    title: /^The mapping could not invoke `charge` and tries again in /,
    says: [/`TooManyRequestsException`/, /when the messages can be received again/],
  },
  {
    name: 'a recursive loop',
    world: () => {
      const world = mapped(
        `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
         export const handler = async () => { await new SQSClient().send(new SendMessageCommand({ QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/failed', MessageBody: '{}' })); };`,
      );
      world.runUntil(world.now + 60_000);
      return world;
    },
    type: 'lambda:RecursiveInvocationDropped',
    subject: 'drop',
    title: /^Lambda did not run `charge`: it had run \d+ times in one chain of requests\.$/,
    change: /RecursiveLoop/,
  },
];

describe('explain, in worlds of Lambda and SQS,', () => {
  it.each<Case>([...LAMBDA, ...MAPPINGS])('tells of $name', (one) => expectExplained(one));

  it('names the function that holds the concurrency of an account', () => {
    const world = createLambdaWorld(sandboxes);
    createFunction(world, 'greedy', code('export const handler = () => new Promise((done) => setTimeout(done, 2000));'));
    world.call({ action: 'lambda:SetAccountConcurrency', resource: FUNCTION_ARN, input: { ConcurrentExecutions: 2 } });
    for (let i = 0; i < 2; i++) {
      world.schedule({ action: 'lambda:InvokeFunction', resource: FUNCTION_ARN.replace('charge', 'greedy'), input: {} });
    }
    invokeMany(world, 1, 'RequestResponse');
    world.runUntilIdle();
    expect(said(why(world, 'lambda:InvocationThrottled'))).toMatch(
      /all 2 environments that the account may run[\s\S]*info: `greedy` runs in 2 environments/,
    );
    world.dispose();
  });
});

it('leads through every attempt of an event', () => {
  const world = lambda(THROWS);
  const types = why(world, 'lambda:EventDiscarded').chain.map(({ seq }) => world.trace[seq]?.type ?? '');
  expect(types[0]).toBe('lambda:EventQueued');
  expect(types.filter((type) => type === 'lambda:InvocationEnded')).toHaveLength(3);
  expect(types.some((type) => type.startsWith('logs:'))).toBe(false);
  world.dispose();
});
