// What synchronous callers got: status, function error, payload. LAM-INV-S1, LAM-INV-S3, LAM-INV-X02.
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
import type { Fact } from '@/sim/kernel/fact';
import { asLambdaFact } from './lambda-fact';

export interface Answer {
  /** The fact behind the answer. */
  fact: number;
  at: number;
  /** How long the caller waited, in milliseconds. */
  waitedMs: number;
  statusCode: number;
  /** `X-Amz-Function-Error`, or the exception of a refusal. */
  error: string | null;
  payload: string;
}

/** In the order in which they were given, up to the fact `until`. */
export function answersOf(facts: readonly Fact[], until = Number.POSITIVE_INFINITY): Answer[] {
  const calledAt = new Map<string, number>();
  const answers: Answer[] = [];
  for (const fact of facts) {
    if (fact.seq > until) break;
    const known = asLambdaFact(fact);
    if (!known) continue;
    switch (known.type) {
      case 'lambda:EnvironmentCreated':
      case 'lambda:InvocationStarted': {
        const { requestId, invocationType } = known.data;
        if (invocationType === 'RequestResponse' && !calledAt.has(requestId)) calledAt.set(requestId, fact.at);
        break;
      }
      case 'lambda:InvocationThrottled': {
        const { invocationType, reason } = known.data;
        if (invocationType !== 'RequestResponse') break;
        const payload = JSON.stringify({ Reason: reason, Type: 'User', message: 'Rate Exceeded.' });
        answers.push({ fact: fact.seq, at: fact.at, waitedMs: 0, statusCode: 429, error: 'TooManyRequestsException', payload });
        break;
      }
      case 'lambda:InvocationEnded': {
        const { requestId, payload, error } = known.data;
        const called = calledAt.get(requestId);
        if (called === undefined) break;
        const waitedMs = fact.at - called;
        answers.push({ fact: fact.seq, at: fact.at, waitedMs, statusCode: 200, error: error ? 'Unhandled' : null, payload });
        break;
      }
    }
  }
  return answers;
}
