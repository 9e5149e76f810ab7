// Failures of targets: which are tried again, when, and under which code they reach a dead-letter queue.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
import type { Fault } from '../../../kernel/call';
import type { Port } from '../../../kernel/service';
import type { Ms } from '../../../kernel/time';
import type { Invocation } from '../state';

export interface Failure {
  /** Of the list in the guide's page on dead-letter queues. */
  code: string;
  message: string;
  isRetryable: boolean;
}

/** EB-X17: a missing permission or a missing target ends the delivery. What the target calls the sender's mistake does too. */
export function failureOf(fault: Fault): Failure {
  const { code, message, status, side } = fault;
  if (/AccessDenied|AuthorizationError|NotAuthorized|Forbidden|KMSAccessDenied/i.test(code))
    return { code: 'NO_PERMISSIONS', message, isRetryable: false };
  if (/NonExistent|NotFound|NoSuch|DoesNotExist|UnknownOperation/i.test(code)) return { code: 'NO_RESOURCE', message, isRetryable: false };
  if (status === 429 || /Throttl|TooManyRequests|LimitExceeded|SlowDown/i.test(code))
    return { code: 'THROTTLING', message, isRetryable: true };
  if (/Timeout|TimedOut/i.test(code)) return { code: 'TIMEOUT', message, isRetryable: true };
  if (/^(ENOTFOUND|EPIPE)$/.test(code)) return { code: 'CONNECTION_FAILURE', message, isRetryable: false };
  if (side === 'server') return { code: 'ERROR_FROM_TARGET', message, isRetryable: true };
  return { code: 'INVALID_PARAMETER', message, isRetryable: false };
}

export interface RetryPolicy {
  attempts: number;
  ageMs: Ms;
}

/** EB-X16. */
export function retryPolicyOf(invocation: Invocation): RetryPolicy {
  const policy = (invocation.target.RetryPolicy ?? {}) as { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
  return { attempts: policy.MaximumRetryAttempts ?? 185, ageMs: (policy.MaximumEventAgeInSeconds ?? 86_400) * 1000 };
}

const FIRST_WAIT_MS: Ms = 1000;
/** 185 tries fit into 24 hours. */
const LONGEST_WAIT_MS: Ms = 600_000;

/** Simplified: EventBridge does not publish its back-off; here it doubles from 1 s to 10 min, and chance takes up to half away. */
export function waitBefore(retry: number, port: Port): Ms {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(retry - 1, 30));
  return Math.round(full * (0.5 + port.random() / 2));
}
