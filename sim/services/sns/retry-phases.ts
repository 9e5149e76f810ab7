// When SNS tries again: four phases per kind of endpoint, in virtual time. Table 5C of the facts, SNS-X11.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
import type { Ms } from '../../kernel/time';
import { type BackoffFunction, DEFAULT_RETRY, type RetryPolicy } from './delivery-policy';
import type { Protocol } from './state';

type Phase = 'immediate' | 'pre-backoff' | 'backoff' | 'post-backoff';

export interface RetrySchedule {
  noDelay: number;
  preBackoff: number;
  backoff: number;
  postBackoff: number;
  minDelayMs: Ms;
  maxDelayMs: Ms;
  /** Between attempts of the pre-backoff phase. */
  preDelayMs: Ms;
  curve: BackoffFunction;
  /** The first attempt is one of the phases' attempts; otherwise the phases hold retries only. */
  countsFirstAttempt: boolean;
}

/** SQS, Lambda and Firehose: 100,015 attempts over 23 days. */
export const MANAGED_SCHEDULE: RetrySchedule = {
  noDelay: 3,
  preBackoff: 2,
  backoff: 10,
  postBackoff: 100_000,
  preDelayMs: 1000,
  minDelayMs: 1000,
  maxDelayMs: 20_000,
  curve: 'exponential',
  countsFirstAttempt: true,
};

/** SMTP, SMS and mobile push: 50 attempts over 6 hours. */
export const PEOPLE_SCHEDULE: RetrySchedule = {
  noDelay: 0,
  preBackoff: 2,
  backoff: 10,
  postBackoff: 38,
  preDelayMs: 10_000,
  minDelayMs: 10_000,
  maxDelayMs: 600_000,
  curve: 'exponential',
  countsFirstAttempt: true,
};

export function httpSchedule(policy: RetryPolicy = DEFAULT_RETRY): RetrySchedule {
  const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries, minDelayTarget, maxDelayTarget, backoffFunction } = policy;
  return {
    noDelay: numNoDelayRetries,
    preBackoff: numMinDelayRetries,
    backoff: numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries,
    postBackoff: numMaxDelayRetries,
    preDelayMs: minDelayTarget * 1000,
    minDelayMs: minDelayTarget * 1000,
    maxDelayMs: maxDelayTarget * 1000,
    curve: backoffFunction,
    countsFirstAttempt: false,
  };
}

export function attemptsMax(schedule: RetrySchedule): number {
  const { noDelay, preBackoff, backoff, postBackoff, countsFirstAttempt } = schedule;
  return noDelay + preBackoff + backoff + postBackoff + (countsFirstAttempt ? 0 : 1);
}

/** The wait before an attempt (2 is the first retry) and the phase that it belongs to. Null when there is no such attempt. */
export function waitBefore(schedule: RetrySchedule, attempt: number): { waitMs: Ms; phase: Phase } | null {
  if (attempt > attemptsMax(schedule)) return null;
  const { noDelay, preBackoff, backoff, preDelayMs, maxDelayMs } = schedule;
  let index = attempt - (schedule.countsFirstAttempt ? 1 : 2);
  if (index < noDelay) return { waitMs: 0, phase: 'immediate' };
  index -= noDelay;
  if (index < preBackoff) return { waitMs: preDelayMs, phase: 'pre-backoff' };
  index -= preBackoff;
  if (index < backoff) return { waitMs: backoffMs(schedule, index), phase: 'backoff' };
  return { waitMs: maxDelayMs, phase: 'post-backoff' };
}

/** Simplified: AWS shows the four curves as a picture only; here they are the functions of those names from the first to the last delay. */
function backoffMs({ curve, backoff, minDelayMs: min, maxDelayMs: max }: RetrySchedule, index: number): Ms {
  const last = backoff - 1;
  if (last <= 0 || max <= min) return min;
  const share = index / last;
  switch (curve) {
    case 'linear':
      return Math.round(min + (max - min) * share);
    case 'arithmetic':
      return Math.round(min + ((max - min) * (index * (index + 1))) / (last * (last + 1)));
    case 'geometric':
      return Math.round(min * (max / min) ** share);
    case 'exponential':
      return Math.round(min + ((max - min) * (2 ** index - 1)) / (2 ** last - 1));
  }
}

/** HTTP/S depends on its delivery policy, which is read only then: other endpoints may be tried a hundred thousand times. */
export function scheduleOf(protocol: Protocol, policy: () => RetryPolicy): RetrySchedule {
  switch (protocol) {
    case 'sqs':
    case 'lambda':
    case 'firehose':
      return MANAGED_SCHEDULE;
    case 'http':
    case 'https':
      return httpSchedule(policy());
    default:
      return PEOPLE_SCHEDULE;
  }
}
