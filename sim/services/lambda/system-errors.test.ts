import { describe, expect, it } from 'vitest';
import { createFunction, factsOf, messagesIn, must, queueArn } from '../../../test/lambda-world';
import { createAws } from '../../aws';
import type { JsonObject } from '../../kernel/json';
import { createBehaviourSandboxes } from './behaviour-sandbox';

function createWorld(eventInvoke: JsonObject = {}) {
  const sandboxes = createBehaviourSandboxes(() => ({ durationMs: 10, outcome: { payload: '1' } }));
  const world = createAws({ sandboxes, services: ['lambda', 'sqs', 'logs'] });
  must(world, 'sqs', 'CreateQueue', { QueueName: 'failed' });
  createFunction(world, 'charge', { DeadLetterConfig: { TargetArn: queueArn('failed') } });
  world.runUntilIdle();
  must(world, 'lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'charge', ...eventInvoke });
  const arm = (times: number) => {
    const fault = { code: 'ServiceException', message: 'The Lambda service encountered an internal error.', status: 500 };
    world.call({ action: 'fis:InjectApiError', resource: 'lambda:StartAttempt', input: { action: 'lambda:StartAttempt', times, fault } });
  };
  return { world, arm };
}

const waits = (world: ReturnType<typeof createAws>) =>
  factsOf(world, 'lambda:AttemptScheduled').map(({ data }) => [data.attempt, data.reason, data.reason === 'received' ? 0 : data.waitMs]);

describe('an error of Lambda itself before an asynchronous attempt', () => {
  it('puts the event back: the waits grow, the retries are not spent', () => {
    const { world, arm } = createWorld({ MaximumRetryAttempts: 0 });
    arm(3);
    must(world, 'lambda', 'Invoke', { FunctionName: 'charge', InvocationType: 'Event', Payload: '{}' });
    world.runUntilIdle();
    expect(waits(world)).toEqual([
      [1, 'received', 0],
      [1, 'system-error', 1000],
      [1, 'system-error', 2000],
      [1, 'system-error', 4000],
    ]);
    expect(factsOf(world, 'lambda:EventProcessed')).toHaveLength(1);
  });

  it('gives the event up at its maximum age, with the status in the dead letter', () => {
    const { world, arm } = createWorld({ MaximumEventAgeInSeconds: 60 });
    arm(1000);
    must(world, 'lambda', 'Invoke', { FunctionName: 'charge', InvocationType: 'Event', Payload: '{}' });
    world.runUntilIdle();
    expect(factsOf(world, 'lambda:EventDiscarded')[0]?.data).toMatchObject({ condition: 'EventAgeExceeded', attempts: 0 });
    expect(messagesIn(world, 'failed')[0]?.MessageAttributes).toMatchObject({
      ErrorCode: { StringValue: '500' },
      ErrorMessage: { StringValue: 'The Lambda service encountered an internal error.' },
    });
  });
});
