import { describe, expect, it } from 'vitest';
import { ask, createFunction, createLambdaWorld, factsOf, functionArn, messagesIn, must, queueArn } from '../../../test/lambda-world';
import type { JsonObject } from '../../kernel/json';
import type { World } from '../../kernel/world';
import { createBehaviourSandboxes } from './behaviour-sandbox';

const ERROR = { errorType: 'Error', errorMessage: 'no such order', trace: ['Error: no such order', '    at handler'] };
const BUS = 'arn:aws:events:eu-west-1:111122223333:event-bus/default';
const BUCKET = 'arn:aws:s3:::outcomes';

/** `charge` fails for `{"fail":true}`. */
function createWorld(configuration: JsonObject = {}): World {
  const sandboxes = createBehaviourSandboxes((event) => ({
    durationMs: 100,
    outcome: event.includes('fail') ? { error: ERROR } : { payload: '{"done":true}' },
  }));
  const world = createLambdaWorld(sandboxes, configuration);
  must(world, 'sqs', 'CreateQueue', { QueueName: 'done' });
  createFunction(world, 'other');
  return world;
}

function send(world: World, OnSuccess: string | null, OnFailure: string | null, more: JsonObject = {}) {
  const DestinationConfig = {
    ...(OnSuccess ? { OnSuccess: { Destination: OnSuccess } } : {}),
    ...(OnFailure ? { OnFailure: { Destination: OnFailure } } : {}),
  };
  return ask(world, 'lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'charge', DestinationConfig, ...more });
}

function invokeAsync(world: World, payload: unknown): void {
  must(world, 'lambda', 'Invoke', { FunctionName: 'charge', InvocationType: 'Event', Payload: JSON.stringify(payload) });
  world.runUntilIdle();
}

const bodiesIn = (world: World, queue: string) => messagesIn(world, queue).map((message) => JSON.parse(message.Body as string));

const requestId = (world: World) => factsOf(world, 'lambda:EventQueued')[0]?.data.requestId;

describe('the record of an outcome', () => {
  it('of success holds request and response, and no functionError', () => {
    const world = createWorld();
    send(world, queueArn('done'), queueArn('failed'));
    invokeAsync(world, { orderId: 17 });
    expect(bodiesIn(world, 'done')).toEqual([
      {
        version: '1.0',
        timestamp: expect.stringMatching(/^2026-11-02T10:00:0\d\.\d{3}Z$/),
        requestContext: {
          requestId: requestId(world),
          functionArn: `${functionArn('charge')}:$LATEST`,
          condition: 'Success',
          approximateInvokeCount: 1,
        },
        requestPayload: { orderId: 17 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST' },
        responsePayload: { done: true },
      },
    ]);
    expect(bodiesIn(world, 'failed')).toEqual([]);
    expect(factsOf(world, 'lambda:DestinationSent')[0]?.data).toMatchObject({ condition: 'Success', destinationArn: queueArn('done') });
  });

  it.each<[string, JsonObject, object]>([
    ['of exhausted retries', {}, { condition: 'RetriesExhausted', approximateInvokeCount: 3 }],
    ['without retries', { MaximumRetryAttempts: 0 }, { condition: 'RetriesExhausted', approximateInvokeCount: 1 }],
    ['of an event too old', { MaximumEventAgeInSeconds: 60 }, { condition: 'EventAgeExceeded', approximateInvokeCount: 1 }],
  ])('%s holds the error', (_name, more, context) => {
    const world = createWorld();
    send(world, null, queueArn('failed'), more);
    invokeAsync(world, { fail: true });
    expect(bodiesIn(world, 'failed')).toMatchObject([
      {
        requestContext: context,
        requestPayload: { fail: true },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: ERROR,
      },
    ]);
  });

  it('of a stopped function holds no response at all', () => {
    const world = createWorld();
    send(world, null, queueArn('failed'));
    must(world, 'lambda', 'PutFunctionConcurrency', { FunctionName: 'charge', ReservedConcurrentExecutions: 0 });
    invokeAsync(world, {});
    const [record] = bodiesIn(world, 'failed');
    expect(Object.keys(record)).toEqual(['version', 'timestamp', 'requestContext', 'requestPayload']);
    expect(record.requestContext).toMatchObject({ condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 });
  });

  it('goes beside the dead-letter queue, which gets the event alone', () => {
    const world = createWorld({ DeadLetterConfig: { TargetArn: queueArn('failed') } });
    send(world, null, queueArn('done'), { MaximumRetryAttempts: 0 });
    invokeAsync(world, { fail: true });
    expect(bodiesIn(world, 'failed')).toEqual([{ fail: true }]);
    expect(bodiesIn(world, 'done')).toMatchObject([{ requestContext: { condition: 'RetriesExhausted' } }]);
  });

  it('is not made for a synchronous invocation', () => {
    const world = createWorld();
    send(world, queueArn('done'), queueArn('failed'));
    must(world, 'lambda', 'Invoke', { FunctionName: 'charge', Payload: '{"fail":true}' });
    world.runUntilIdle();
    expect([...bodiesIn(world, 'done'), ...bodiesIn(world, 'failed')]).toEqual([]);
  });
});

describe('how it arrives', () => {
  it('at a function: as an asynchronous event', () => {
    const world = createWorld();
    send(world, functionArn('other'), null);
    invokeAsync(world, { n: 1 });
    const [, second] = factsOf(world, 'lambda:EventQueued');
    expect(second).toMatchObject({ resource: functionArn('other') });
    expect(JSON.parse(second?.data.payload as string)).toMatchObject({ requestPayload: { n: 1 } });
  });

  it.each([
    ['a bus', BUS, 'events:PutEvents'],
    ['a bucket', BUCKET, 's3:PutObject'],
    ['a queue that is not there', queueArn('gone'), 'sqs:SendMessage'],
  ])('%s that does not take it is a fact, and the record is lost', (_name, target) => {
    const world = createWorld();
    send(world, null, target, { MaximumRetryAttempts: 0 });
    invokeAsync(world, { fail: true });
    expect(factsOf(world, 'lambda:DestinationFailed')).toMatchObject([{ data: { destinationArn: target, errorCode: expect.any(String) } }]);
    expect(factsOf(world, 'lambda:DestinationSent')).toEqual([]);
  });
});

describe('the configuration', () => {
  it.each<[string, string | null, string | null, string]>([
    ['S3 for success', BUCKET, null, 'is invalid.'],
    ['the function itself', null, functionArn('charge'), "You can't specify the function as a destination for itself."],
    ['a FIFO queue', queueArn('done.fifo'), null, 'FIFO'],
    ['no ARN', 'done', null, 'is invalid.'],
  ])('refuses %s', (_name, onSuccess, onFailure, message) => {
    expect(send(createWorld(), onSuccess, onFailure)).toMatchObject({
      fault: { code: 'InvalidParameterValueException', status: 400, message: expect.stringContaining(message) },
    });
  });

  it('is written whole by Put, changed by Update, listed, and gone after Delete', () => {
    const world = createWorld();
    const call = (operation: string, input: JsonObject = {}) => ask(world, 'lambda', operation, { FunctionName: 'charge', ...input });
    const none = {
      fault: {
        code: 'ResourceNotFoundException',
        message: `The function ${functionArn('charge')}:$LATEST doesn't have an EventInvokeConfig`,
      },
    };
    expect(call('GetFunctionEventInvokeConfig')).toMatchObject(none);
    expect(call('UpdateFunctionEventInvokeConfig', { MaximumRetryAttempts: 1 })).toMatchObject(none);
    send(world, queueArn('done'), null, { MaximumEventAgeInSeconds: 60 });
    expect(call('UpdateFunctionEventInvokeConfig', { MaximumRetryAttempts: 1 })).toMatchObject({ ok: {} });
    const written = {
      LastModified: 1_793_613_600,
      FunctionArn: `${functionArn('charge')}:$LATEST`,
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnSuccess: { Destination: queueArn('done') }, OnFailure: {} },
    };
    expect(call('GetFunctionEventInvokeConfig')).toEqual({ ok: written });
    expect(call('ListFunctionEventInvokeConfigs')).toEqual({ ok: { FunctionEventInvokeConfigs: [written] } });
    expect(call('PutFunctionEventInvokeConfig', { MaximumRetryAttempts: 0 })).toMatchObject({
      ok: { MaximumRetryAttempts: 0, DestinationConfig: { OnSuccess: {} } },
    });
    expect(call('DeleteFunctionEventInvokeConfig')).toEqual({ ok: {} });
    expect(call('GetFunctionEventInvokeConfig')).toMatchObject(none);
  });
});
