import { describe, expect, it } from 'vitest';
import { CHARGE, DEAD_LETTERS, RETRIED, traceOf } from './example-trace';
import { indexTrace } from './trace-index';
import { explain, describe as tell } from './why';

const index = indexTrace(RETRIED);

describe('why now', () => {
  const cases: [seq: number, sentence: string][] = [
    [1, "The caller has its 202 and is gone. The event is in Lambda's own queue. If the function fails, Lambda tries again up to twice."],
    [3, 'There is no environment yet, so Lambda creates environment 1: a cold start.'],
    [5, 'Init took 150 ms. From here on the environment is warm.'],
    [6, 'Attempt 1 of at most 3 starts in environment 1, which is new: module variables hold their first values.'],
    [7, 'Attempt 1 ended in a function error: Error: card network down. Nobody waits for it: what happens next is up to Lambda.'],
    [
      9,
      'Attempt 1 ended in a function error, so Lambda waits 1 minute and tries again (retry 1 of 2). The environment will be gone by then: the next attempt starts cold.',
    ],
    [10, 'Environment 1 was taken back, as AWS may do whenever it likes. It is gone, and its module variables and /tmp with it.'],
    [11, 'No environment is left, so Lambda creates environment 2: a cold start.'],
    [15, 'Attempt 2 returned {"charged":4900}. It ran 3 ms, billed 3 ms.'],
    [16, "Done after 2 attempts: the event leaves Lambda's queue. Its caller is not told."],
  ];
  it.each(cases)('tells fact %i', (seq, sentence) => {
    expect(tell(index, seq)).toBe(sentence);
  });

  it('says that the last retry is the last', () => {
    const facts = traceOf([
      [0, 'lambda:EventQueued', { requestId: 'r1', payload: '{}', maximumRetryAttempts: 1, maximumEventAgeMs: 1 }],
      [5, 'lambda:AttemptScheduled', { requestId: 'r1', attempt: 2, waitMs: 60_000, dueAt: 60_005, reason: 'function-error' }],
    ]);
    expect(tell(indexTrace(facts), 1)).toContain('waits 1 minute and tries a last time (retry 1 of 1)');
  });

  it.each([
    [null, 'All 3 attempts failed, and there is no dead-letter queue. The event is gone, and nobody is told.'],
    [DEAD_LETTERS, 'All 3 attempts failed, so Lambda hands the event to the dead-letter queue charge-dlq.'],
  ])('says where a discarded event goes, with dead letters to %s', (deadLetterArn, sentence) => {
    const facts = traceOf([[0, 'lambda:EventDiscarded', { requestId: 'r1', attempts: 3, condition: 'RetriesExhausted', deadLetterArn }]]);
    expect(tell(indexTrace(facts), 0)).toBe(sentence);
  });

  it('says that what a timed-out attempt did stays done', () => {
    const data = { ...RETRIED[7]?.data, status: 'timeout', durationMs: 3000 };
    const facts = RETRIED.map((fact) => (fact.seq === 7 ? { ...fact, data } : fact));
    expect(tell(indexTrace(facts), 7)).toBe(
      "Attempt 1 was still running after 3 seconds, the function's timeout, so Lambda stopped it. What it had done outside stays done. " +
        'Environment 1 is reset after it: its module variables are lost.',
    );
  });

  it('links to the fact that it rests on', () => {
    expect(explain(index, 9)?.parts).toContainEqual({ fact: 7, text: 'Attempt 1' });
  });

  it('tells facts of other services in their words, refusals as faults', () => {
    const denied = traceOf([
      [0, 'iam:AccessDenied', { action: 'sqs:SendMessage', resource: DEAD_LETTERS, principal: { id: CHARGE } }, null],
    ]);
    expect(explain(indexTrace(denied), 0)).toEqual({
      tone: 'fault',
      parts: [{ code: 'charge' }, ' may not ', { code: 'sqs:SendMessage' }, ' on ', { code: 'charge-dlq' }, '.'],
    });
  });

  it('has a sentence for a fact that it does not know, and none beyond the trace', () => {
    expect(tell(indexTrace(traceOf([[0, 'kms:KeyRotated', {}, null, 'arn:aws:kms:eu-west-1:1:key/k1']])), 0)).toBe('KMS, key rotated: k1.');
    expect(explain(index, RETRIED.length)).toBeNull();
  });
});
