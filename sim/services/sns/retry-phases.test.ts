import { describe, expect, it } from 'vitest';
import { DEFAULT_RETRY, type RetryPolicy, subscriptionPolicyProblem, topicPolicyProblem } from './delivery-policy';
import { attemptsMax, httpSchedule, MANAGED_SCHEDULE, PEOPLE_SCHEDULE, type RetrySchedule, waitBefore } from './retry-phases';

function waits(schedule: RetrySchedule, count: number): (number | null)[] {
  return Array.from({ length: count }, (_, i) => waitBefore(schedule, i + 2)).map((wait) => (wait ? wait.waitMs / 1000 : null));
}

describe('retry phases', () => {
  it('are 100,015 attempts over 23 days for endpoints that AWS manages', () => {
    expect(attemptsMax(MANAGED_SCHEDULE)).toBe(100_015);
    expect(waits(MANAGED_SCHEDULE, 5)).toEqual([0, 0, 1, 1, 1]);
    expect(waitBefore(MANAGED_SCHEDULE, 15)).toEqual({ waitMs: 20_000, phase: 'backoff' });
    expect(waitBefore(MANAGED_SCHEDULE, 100_015)).toEqual({ waitMs: 20_000, phase: 'post-backoff' });
    expect(waitBefore(MANAGED_SCHEDULE, 100_016)).toBeNull();
  });

  it('are 50 attempts over six hours for people', () => {
    expect(attemptsMax(PEOPLE_SCHEDULE)).toBe(50);
    const total = waits(PEOPLE_SCHEDULE, 49).reduce<number>((sum, wait) => sum + (wait ?? 0), 0);
    expect(Math.floor(total / 3600)).toBe(6);
  });

  it.each<[Partial<RetryPolicy>, (number | null)[]]>([
    [{}, [20, 20, 20, null]],
    [
      { numRetries: 4, numNoDelayRetries: 1, numMinDelayRetries: 1, numMaxDelayRetries: 1, minDelayTarget: 1, maxDelayTarget: 9 },
      [0, 1, 1, 9, null],
    ],
    [{ numRetries: 5, minDelayTarget: 1, maxDelayTarget: 9, backoffFunction: 'linear' }, [1, 3, 5, 7, 9, null]],
    [{ numRetries: 5, minDelayTarget: 1, maxDelayTarget: 16, backoffFunction: 'geometric' }, [1, 2, 4, 8, 16, null]],
    [{ numRetries: 5, minDelayTarget: 1, maxDelayTarget: 16, backoffFunction: 'exponential' }, [1, 2, 4, 8, 16, null]],
    [{ numRetries: 5, minDelayTarget: 1, maxDelayTarget: 21, backoffFunction: 'arithmetic' }, [1, 3, 7, 13, 21, null]],
  ])('of HTTP follow the policy %j', (policy, expected) => {
    expect(waits(httpSchedule({ ...DEFAULT_RETRY, ...policy }), expected.length)).toEqual(expected);
  });

  it.each<[string, string | null]>([
    ['{"healthyRetryPolicy":{"numRetries":3}}', null],
    ['{"healthyRetryPolicy":{"numRetries":101}}', 'healthyRetryPolicy.numRetries must be less than or equal to 100'],
    [
      '{"healthyRetryPolicy":{"numRetries":1,"minDelayTarget":30}}',
      'healthyRetryPolicy.maxDelayTarget must be greater than or equal to minDelayTarget',
    ],
    [
      '{"healthyRetryPolicy":{"numRetries":100,"minDelayTarget":60,"maxDelayTarget":60}}',
      'healthyRetryPolicy: the total retry time must not exceed 3600 seconds',
    ],
    ['{"throttlePolicy":{"maxReceivesPerSecond":0}}', 'throttlePolicy.maxReceivesPerSecond must be greater than or equal to 1'],
    ['{"retry":{}}', 'Unexpected JSON member: retry'],
    ['{', 'failed to parse JSON.'],
  ])('a subscription policy %s is judged', (text, problem) => {
    expect(subscriptionPolicyProblem(text)).toBe(problem);
  });

  it('take the topic form with its own names', () => {
    expect(
      topicPolicyProblem(
        '{"http":{"defaultHealthyRetryPolicy":{"numRetries":3},"disableSubscriptionOverrides":false,"defaultThrottlePolicy":{"maxReceivesPerSecond":5}}}',
      ),
    ).toBeNull();
    expect(topicPolicyProblem('{"sqs":{}}')).toBe('Unexpected JSON member: sqs');
  });
});
