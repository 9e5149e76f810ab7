// Why a queued event waits, is tried again, is given up or is done with.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html

import type { InvocationStatus, Throttle } from '@/sim/services/lambda/facts';
import { spellDuration } from './clock';
import { type LambdaFact, shortName } from './lambda-fact';
import { code, type Explanation, type Part, says } from './sentence';
import { attemptsOf, type TraceIndex } from './trace-index';

export function whyEvent(index: TraceIndex, fact: LambdaFact): Explanation | null {
  switch (fact.type) {
    case 'lambda:EventQueued': {
      const retries = fact.data.maximumRetryAttempts;
      const promise = retries === 0 ? says`It will be tried once` : says`If the function fails, Lambda tries again up to ${times(retries)}`;
      return { tone: 'plain', parts: says`The caller has its ${code('202')} and is gone. The event is in Lambda's own queue. ${promise}.` };
    }
    case 'lambda:AttemptScheduled':
      return whyScheduled(index, fact);
    case 'lambda:EventProcessed': {
      const { attempts } = fact.data;
      const count = attempts === 1 ? 'the first attempt' : `${attempts} attempts`;
      return { tone: 'warm', parts: says`Done after ${count}: the event leaves Lambda's queue. Its caller is not told.` };
    }
    case 'lambda:EventDiscarded': {
      const { condition, attempts, deadLetterArn } = fact.data;
      const reason =
        condition === 'RetriesExhausted'
          ? attempts === 1
            ? says`The only attempt failed`
            : says`All ${attempts} attempts failed`
          : says`The event is older than its maximum age`;
      const end =
        deadLetterArn === null
          ? says`, and there is no dead-letter queue. The event is gone, and nobody is told.`
          : says`, so Lambda hands the event to the dead-letter queue ${code(shortName(deadLetterArn))}.`;
      return { tone: 'fault', parts: [...reason, ...end] };
    }
    case 'lambda:InvocationThrottled': {
      const { invocationType, limitName, limit, inUse } = fact.data;
      const full = says`${LIMIT_WORDS[limitName]} is ${limit}, and ${inUse} are in use`;
      return invocationType === 'RequestResponse'
        ? {
            tone: 'fault',
            parts: says`${full}. The caller gets ${code('429 TooManyRequestsException')} at once. Your code did not run, and Lambda does not try again: that is up to the caller.`,
          }
        : { tone: 'wait', parts: says`${full}. The event goes back to Lambda's queue. This uses up none of its retries.` };
    }
    case 'lambda:DeadLetterSent':
      return {
        tone: 'wait',
        parts: says`${code(shortName(fact.data.deadLetterArn))} now keeps the event as it was sent, with the reason in three message attributes. It waits there for a person.`,
      };
    case 'lambda:DeadLetterFailed':
      return {
        tone: 'fault',
        parts: says`The dead-letter queue ${code(shortName(fact.data.deadLetterArn))} refused the event (${code(fact.data.errorCode)}: ${fact.data.errorMessage}). The event is lost; only the metric ${code('DeadLetterErrors')} says so.`,
      };
    default:
      return null;
  }
}

function whyScheduled(index: TraceIndex, fact: Extract<LambdaFact, { type: 'lambda:AttemptScheduled' }>): Explanation {
  const { requestId, attempt, waitMs, reason } = fact.data;
  if (reason === 'received') return { tone: 'plain', parts: says`Nothing to wait for: the first attempt is due at once.` };
  const ended = index.lastBefore(fact.seq, 'lambda:InvocationEnded', (other) => other.data.requestId === requestId);
  const attempts = attemptsOf(index, fact.seq, requestId);
  const retry = attempt - 1;
  const last = attempts !== null && attempt >= attempts.max;
  const again = last ? says`tries a last time` : says`tries again`;
  const count = attempts === null ? says`` : says` (retry ${retry} of ${attempts.max - 1})`;
  const failure: Part[] = ended
    ? says`${{ fact: ended.seq, text: `Attempt ${attempt - 1}` }} ended in ${failureWords(ended.data.status)}`
    : says`Attempt ${attempt - 1} failed`;
  return {
    tone: 'wait',
    parts: says`${failure}, so Lambda waits ${spellDuration(waitMs)} and ${again}${count}. ${whereNext(index, fact)}`,
  };
}

/** What the next attempt will find: an environment that is still there, or none. */
function whereNext(index: TraceIndex, fact: LambdaFact): Part[] {
  const next = index.firstAfter(fact.seq, 'lambda:InvocationStarted', (other) => other.resource === fact.resource);
  const ended = index.lastBefore(fact.seq, 'lambda:InvocationEnded', (other) => other.resource === fact.resource);
  if (ended?.data.status !== 'error') return says`The environment's memory did not survive: the next attempt runs init again.`;
  if (next?.data.coldStart === true) return says`The environment will be gone by then: the next attempt starts cold.`;
  return says`The environment stays: whatever its module variables hold is still there.`;
}

export function failureWords(status: InvocationStatus): string {
  if (status === 'success' || status === 'error') return 'a function error';
  if (status === 'timeout') return 'a timeout';
  if (status === 'out-of-memory') return 'running out of memory';
  return status === 'init-error' ? 'a failed init' : 'the end of the process';
}

const LIMIT_WORDS: Record<Throttle['limitName'], string> = {
  'account-concurrency': "The concurrency that is left in the account's Region",
  'reserved-concurrency': "The function's reserved concurrency",
  'request-rate': 'The number of requests a second',
  'scaling-rate': 'The number of new environments in ten seconds',
};

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
