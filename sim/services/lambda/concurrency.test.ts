import { describe, expect, it } from 'vitest';
import { ask, createFunction, createLambdaWorld, factsOf, invokeMany, messagesIn, must, queueArn } from '../../../test/lambda-world';
import type { JsonObject } from '../../kernel/json';
import type { World } from '../../kernel/world';
import { createBehaviourSandboxes } from './behaviour-sandbox';
import type { LambdaState } from './state';

const SECOND = 1000;
const HOUR = 3_600_000;

function worldOf(durationMs: number, configuration: JsonObject = {}): World {
  return createLambdaWorld(
    createBehaviourSandboxes(() => ({ durationMs, outcome: { payload: 'null' } })),
    { Timeout: 900, ...configuration },
  );
}

function reserve(world: World, ReservedConcurrentExecutions: number, FunctionName = 'charge') {
  return ask(world, 'lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions });
}

const counts = (world: World) => [factsOf(world, 'lambda:InvocationStarted').length, factsOf(world, 'lambda:InvocationThrottled').length];

describe('reserved concurrency', () => {
  it.each<[string, number, unknown]>([
    ['900 of 1,000', 900, { ok: { ReservedConcurrentExecutions: 900 } }],
    [
      '901 of 1,000, which leaves fewer than 100',
      901,
      {
        fault: {
          code: 'InvalidParameterValueException',
          status: 400,
          message:
            "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
        },
      },
    ],
    ['none at all', 0, { ok: { ReservedConcurrentExecutions: 0 } }],
    ['a negative number', -1, { fault: { code: 'ValidationException' } }],
  ])('can be %s', (_name, count, answer) => {
    expect(reserve(worldOf(1), count)).toMatchObject(answer as object);
  });

  it('counts what other functions reserved, and frees its own first', () => {
    const world = worldOf(1);
    createFunction(world, 'other');
    must(world, 'lambda', 'PutFunctionConcurrency', { FunctionName: 'other', ReservedConcurrentExecutions: 500 });
    expect(reserve(world, 401)).toMatchObject({ fault: { code: 'InvalidParameterValueException' } });
    expect(reserve(world, 400)).toMatchObject({ ok: {} });
    expect(reserve(world, 300)).toMatchObject({ ok: {} });
    expect(must(world, 'lambda', 'GetAccountSettings', {})).toMatchObject({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 200 },
      AccountUsage: { FunctionCount: 2 },
    });
  });

  it('is read and deleted', () => {
    const world = worldOf(1);
    const get = () => must(world, 'lambda', 'GetFunctionConcurrency', { FunctionName: 'charge' });
    expect(get()).toEqual({});
    reserve(world, 7);
    expect(get()).toEqual({ ReservedConcurrentExecutions: 7 });
    must(world, 'lambda', 'DeleteFunctionConcurrency', { FunctionName: 'charge' });
    expect(get()).toEqual({});
    expect(ask(world, 'lambda', 'GetFunctionConcurrency', { FunctionName: 'none' })).toMatchObject({
      fault: { code: 'ResourceNotFoundException', status: 404 },
    });
  });

  it('refuses a call beyond it with 429 and the reason, which is a fact', () => {
    const world = worldOf(5 * SECOND);
    reserve(world, 2);
    invokeMany(world, 2, 'RequestResponse');
    world.runUntil(SECOND);
    expect(ask(world, 'lambda', 'Invoke', { FunctionName: 'charge' })).toEqual({
      fault: {
        code: 'TooManyRequestsException',
        message: 'Rate Exceeded.',
        status: 429,
        side: 'client',
        body: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
      },
    });
    expect(factsOf(world, 'lambda:InvocationThrottled')[0]?.data).toMatchObject({ limitName: 'reserved-concurrency', limit: 2, inUse: 2 });
    world.runUntilIdle();
    expect(ask(world, 'lambda', 'Invoke', { FunctionName: 'charge' })).toMatchObject({ ok: { StatusCode: 200 } });
  });
});

describe('the limit of the account', () => {
  it('is shared by the functions that reserved nothing', () => {
    const world = worldOf(5 * SECOND);
    invokeMany(world, 1005, 'RequestResponse');
    world.runUntilIdle();
    expect(counts(world)).toEqual([1000, 5]);
    expect(factsOf(world, 'lambda:InvocationThrottled')[0]?.data).toMatchObject({
      reason: 'ConcurrentInvocationLimitExceeded',
      limit: 1000,
    });
    expect(world.state<LambdaState>('lambda').functions[factsOf(world, 'lambda:FunctionCreated')[0]?.resource ?? '']?.concurrency).toBe(0);
  });

  it('is smaller by what others reserved, and another when Service Quotas says so', () => {
    const world = worldOf(5 * SECOND);
    createFunction(world, 'other');
    must(world, 'lambda', 'PutFunctionConcurrency', { FunctionName: 'other', ReservedConcurrentExecutions: 50 });
    const account = 'arn:aws:lambda:eu-west-1:111122223333:account';
    world.call({ action: 'lambda:SetAccountConcurrency', resource: account, input: { ConcurrentExecutions: 60 } });
    invokeMany(world, 11, 'RequestResponse');
    world.runUntilIdle();
    expect(counts(world)).toEqual([10, 1]);
  });
});

describe('rates', () => {
  it('let a function add 1,000 environments at once and then one every 10 ms', () => {
    const world = worldOf(600 * SECOND);
    const account = 'arn:aws:lambda:eu-west-1:111122223333:account';
    world.call({ action: 'lambda:SetAccountConcurrency', resource: account, input: { ConcurrentExecutions: 5000 } });
    invokeMany(world, 1001, 'RequestResponse');
    world.runUntil(25);
    expect(factsOf(world, 'lambda:EnvironmentCreated')).toHaveLength(1000);
    expect(factsOf(world, 'lambda:InvocationThrottled')[0]?.data).toMatchObject({ limitName: 'scaling-rate', limit: 1000 });
    invokeMany(world, 3, 'RequestResponse');
    world.runUntil(26);
    expect(factsOf(world, 'lambda:EnvironmentCreated')).toHaveLength(1002);
  });

  it('let each unit of concurrency take ten synchronous requests a second, and asynchronous ones without such a limit', () => {
    const world = worldOf(0);
    reserve(world, 1);
    must(world, 'lambda', 'Invoke', { FunctionName: 'charge' });
    const before = counts(world)[0] as number;
    world.runUntil(world.now + SECOND);
    const answers = Array.from({ length: 12 }, () => ask(world, 'lambda', 'Invoke', { FunctionName: 'charge' }));
    const reasons = answers.map((answer) => ('fault' in answer ? answer.fault.body?.Reason : 'ran'));
    expect(reasons).toEqual([...Array(10).fill('ran'), ...Array(2).fill('ReservedFunctionInvocationRateLimitExceeded')]);
    invokeMany(world, 30, 'Event');
    world.runUntilIdle();
    expect((counts(world)[0] as number) - before).toBe(40);
  });
});

describe('an asynchronous event that is throttled', () => {
  it('waits 1 s, 2 s, 4 s up to 5 min between tries, which are no retries', () => {
    const world = worldOf(600 * SECOND);
    reserve(world, 1);
    invokeMany(world, 1, 'RequestResponse');
    world.runUntil(0);
    invokeMany(world, 1, 'Event');
    world.runUntilIdle();
    const waits = factsOf(world, 'lambda:AttemptScheduled').filter((fact) => fact.data.reason === 'throttle');
    expect(waits.map((fact) => (fact.data.waitMs as number) / SECOND)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    expect(new Set(waits.map((fact) => fact.data.attempt))).toEqual(new Set([1]));
    expect(factsOf(world, 'lambda:EventProcessed')[0]?.data).toMatchObject({ attempts: 1 });
  });

  it('is given up after six hours, which pass in no time', () => {
    const world = worldOf(900 * SECOND, { DeadLetterConfig: { TargetArn: queueArn('failed') } });
    reserve(world, 1);
    invokeMany(world, 1, 'Event');
    world.runUntil(SECOND);
    reserve(world, 0);
    // An event that was queued before the stop goes through the loop of throttles.
    reserve(world, 1);
    invokeMany(world, 1, 'Event');
    world.runUntil(world.now + 1);
    reserve(world, 0);
    world.runUntilIdle();
    const [discarded] = factsOf(world, 'lambda:EventDiscarded');
    expect(discarded?.data).toMatchObject({ condition: 'EventAgeExceeded', attempts: 0 });
    expect(discarded?.at).toBeGreaterThan(6 * HOUR - 300 * SECOND);
    expect(discarded?.at).toBeLessThanOrEqual(6 * HOUR + SECOND);
    const [message] = messagesIn(world, 'failed');
    expect(message?.MessageAttributes).toMatchObject({
      ErrorCode: { StringValue: '429' },
      ErrorMessage: { StringValue: 'Rate Exceeded.' },
    });
  });

  it('of a function that was stopped goes to the dead-letter queue at once', () => {
    const world = worldOf(1, { DeadLetterConfig: { TargetArn: queueArn('failed') } });
    reserve(world, 0);
    expect(must(world, 'lambda', 'Invoke', { FunctionName: 'charge', InvocationType: 'Event', Payload: '{"n":1}' })).toMatchObject({
      StatusCode: 202,
    });
    world.runUntilIdle();
    expect(factsOf(world, 'lambda:EventDiscarded')[0]).toMatchObject({
      at: 0,
      data: { condition: 'ZeroReservedConcurrency', attempts: 0 },
    });
    expect(messagesIn(world, 'failed')).toMatchObject([{ Body: '{"n":1}' }]);
    expect(counts(world)).toEqual([0, 0]);
  });
});

describe('replay', () => {
  it('folds a throttled world into the state that it has', () => {
    const world = worldOf(2 * SECOND);
    reserve(world, 3);
    invokeMany(world, 9, 'Event');
    invokeMany(world, 4, 'RequestResponse');
    world.runUntilIdle();
    expect(world.stateAt('lambda', world.trace.length - 1)).toEqual(world.state('lambda'));
    expect(JSON.parse(JSON.stringify(world.trace))).toEqual(world.trace);
  });
});
