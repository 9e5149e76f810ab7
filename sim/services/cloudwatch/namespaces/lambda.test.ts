import { describe, expect, it } from 'vitest';
import { must } from '../../../../test/lambda-world';
import { createAws } from '../../../aws';
import type { JsonObject } from '../../../kernel/json';
import type { World } from '../../../kernel/world';
import { createBehaviourSandboxes } from '../../lambda/behaviour-sandbox';

const MINUTE = 60_000;
const ERROR = { errorType: 'Error', errorMessage: 'no', trace: [] };

/** Functions that take a second and fail when told to. */
function start(): World {
  const sandboxes = createBehaviourSandboxes((event) => ({
    durationMs: 1000,
    outcome: event.includes('bad') ? { error: ERROR } : { payload: 'null' },
  }));
  const world = createAws({ sandboxes, services: ['lambda', 'sqs', 'logs', 'cloudwatch'] });
  must(world, 'lambda', 'CreateFunction', {
    FunctionName: 'charge',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Timeout: 60,
    Role: 'arn:aws:iam::111122223333:role/charge',
    Code: { Files: { 'index.mjs': 'export const handler = async () => 1;' } },
  });
  world.run();
  return world;
}

function invoke(world: World, input: JsonObject): void {
  const route = world.route('lambda', 'Invoke', { FunctionName: 'charge', ...input });
  if (!route) throw new Error('Lambda has no Invoke');
  world.schedule({ ...route, input: { FunctionName: 'charge', ...input } });
}

/** One statistic over the first hour; null when nothing was measured. */
function statistic(world: World, MetricName: string, dimensions: Record<string, string>, Statistic = 'Sum'): number | null {
  const { Datapoints } = must(world, 'cloudwatch', 'GetMetricStatistics', {
    Namespace: 'AWS/Lambda',
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    StartTime: world.startAtEpochMs / 1000,
    EndTime: world.startAtEpochMs / 1000 + 3600,
    Period: 3600,
    Statistics: [Statistic],
  });
  return ((Datapoints as JsonObject[])[0]?.[Statistic] ?? null) as number | null;
}

describe('AWS/Lambda', () => {
  it('measures what functions really do', () => {
    const world = start();
    must(world, 'lambda', 'PutFunctionConcurrency', { FunctionName: 'charge', ReservedConcurrentExecutions: 2 });
    for (let i = 0; i < 3; i++) invoke(world, { InvocationType: 'RequestResponse' });
    world.run();
    const fn = { FunctionName: 'charge' };
    expect(statistic(world, 'Invocations', fn)).toBe(2);
    expect(statistic(world, 'Throttles', fn)).toBe(1);
    expect(statistic(world, 'Errors', fn)).toBe(0);
    expect(statistic(world, 'ConcurrentExecutions', fn, 'Maximum')).toBe(2);
    expect(statistic(world, 'UnreservedConcurrentExecutions', {}, 'Maximum')).toBeNull();
    expect(statistic(world, 'Duration', fn, 'Average')).toBeGreaterThanOrEqual(1000);
    // All environments rest again: the next one counts from one.
    world.run({ untilMs: world.now + 30 * MINUTE });
    invoke(world, { InvocationType: 'RequestResponse' });
    world.run();
    expect(statistic(world, 'Invocations', {})).toBe(3);
    expect(statistic(world, 'ConcurrentExecutions', {}, 'Maximum')).toBe(2);
    expect(world.stateAt('cloudwatch', world.trace.length - 1)).toEqual(world.state('cloudwatch'));
  });

  it('counts every attempt at an event, and the event once', () => {
    const world = start();
    invoke(world, { InvocationType: 'Event', Payload: '{"bad":true}' });
    world.run();
    const fn = { FunctionName: 'charge' };
    expect(statistic(world, 'AsyncEventsReceived', fn)).toBe(1);
    expect(statistic(world, 'Invocations', fn)).toBe(3);
    expect(statistic(world, 'Errors', fn)).toBe(3);
    expect(statistic(world, 'AsyncEventsDropped', fn)).toBe(1);
    expect(statistic(world, 'AsyncEventAge', fn, 'Maximum')).toBeGreaterThan(180_000);
  });

  it('tells versions behind an alias apart', () => {
    const world = start();
    const { Version } = must(world, 'lambda', 'PublishVersion', { FunctionName: 'charge' });
    must(world, 'lambda', 'CreateAlias', { FunctionName: 'charge', Name: 'live', FunctionVersion: Version ?? '' });
    world.run();
    invoke(world, { Qualifier: 'live' });
    invoke(world, {});
    world.run();
    const fn = { FunctionName: 'charge' };
    expect(statistic(world, 'Invocations', fn)).toBe(2);
    expect(statistic(world, 'Invocations', { ...fn, Resource: 'charge' })).toBe(1);
    expect(statistic(world, 'Invocations', { ...fn, Resource: 'charge:live' })).toBe(1);
    expect(statistic(world, 'Invocations', { ...fn, Resource: 'charge:live', ExecutedVersion: '1' })).toBe(1);
  });

  it('raises an alarm', () => {
    const world = start();
    must(world, 'cloudwatch', 'PutMetricAlarm', {
      AlarmName: 'errors',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: 'charge' }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    invoke(world, { Payload: '{"bad":true}' });
    world.run({ untilMs: world.now + 2 * MINUTE });
    const { MetricAlarms } = must(world, 'cloudwatch', 'DescribeAlarms', {});
    expect(MetricAlarms).toMatchObject([{ AlarmName: 'errors', StateValue: 'ALARM' }]);
  });
});
