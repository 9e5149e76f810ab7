// A hand-written trace for tests: an asynchronous event fails once, its environment is taken back, the retry succeeds in a new one.
import type { Fact } from '@/sim/kernel/fact';
import type { JsonObject } from '@/sim/kernel/json';

export const CHARGE = 'arn:aws:lambda:eu-west-1:111122223333:function:charge';
export const DEAD_LETTERS = 'arn:aws:sqs:eu-west-1:111122223333:charge-dlq';

type Row = [at: number, type: string, data: JsonObject, cause?: number | null, resource?: string];

/** Facts from rows; the cause is the fact before unless stated. */
export function traceOf(rows: readonly Row[]): Fact[] {
  return rows.map(([at, type, data, cause, resource = CHARGE], seq) => ({
    seq,
    at,
    type: type as Fact['type'],
    resource,
    cause: cause === undefined ? (seq === 0 ? null : seq - 1) : cause,
    data,
  }));
}

const ERROR = {
  errorType: 'Error',
  errorMessage: 'card network down',
  trace: ['Error: card network down', '    at handler (file:///var/task/charge.mjs:4:9)'],
};

function invocation(environmentId: string, attempt: number, coldStart: boolean, deadlineAt: number): JsonObject {
  return {
    environmentId,
    requestId: 'r1',
    invocationType: 'Event',
    attempt,
    coldStart,
    suppressedInit: false,
    deadlineAt,
    payload: '{}',
    replyTo: null,
  };
}

function ending(environmentId: string, attempt: number, status: 'success' | 'error', durationMs: number): JsonObject {
  return {
    environmentId,
    requestId: 'r1',
    attempt,
    status,
    payload: status === 'success' ? '{"charged":4900}' : '{}',
    error: status === 'success' ? null : ERROR,
    durationMs,
    billedMs: Math.ceil(durationMs),
    initDurationMs: null,
    memoryMB: 128,
    maxMemoryUsedMB: 71,
  };
}

export const RETRIED = traceOf([
  [0, 'lambda:FunctionCreated', { functionName: 'charge', memoryMB: 128, timeoutMs: 3000, deadLetterArn: null }, null],
  [0, 'lambda:EventQueued', { requestId: 'r1', payload: '{}', maximumRetryAttempts: 2, maximumEventAgeMs: 21_600_000 }, null],
  [0, 'lambda:AttemptScheduled', { requestId: 'r1', attempt: 1, waitMs: 0, dueAt: 0, reason: 'received' }],
  [20, 'lambda:EnvironmentCreated', { environmentId: 'e1', logStream: 's1' }],
  [70, 'lambda:InitStarted', { environmentId: 'e1' }],
  [220, 'lambda:InitEnded', { environmentId: 'e1', durationMs: 150, status: 'success', error: null }],
  [220, 'lambda:InvocationStarted', invocation('e1', 1, true, 3220)],
  [224, 'lambda:InvocationEnded', ending('e1', 1, 'error', 4)],
  [224, 'lambda:EnvironmentFrozen', { environmentId: 'e1' }],
  [224, 'lambda:AttemptScheduled', { requestId: 'r1', attempt: 2, waitMs: 60_000, dueAt: 60_224, reason: 'function-error' }, 7],
  [30_224, 'lambda:EnvironmentReclaimed', { environmentId: 'e1', reason: 'requested' }, null],
  [60_224, 'lambda:EnvironmentCreated', { environmentId: 'e2', logStream: 's2' }, 9],
  [60_280, 'lambda:InitStarted', { environmentId: 'e2' }],
  [60_430, 'lambda:InitEnded', { environmentId: 'e2', durationMs: 150, status: 'success', error: null }],
  [60_430, 'lambda:InvocationStarted', invocation('e2', 2, true, 63_430)],
  [60_433, 'lambda:InvocationEnded', ending('e2', 2, 'success', 3)],
  [60_433, 'lambda:EventProcessed', { requestId: 'r1', attempts: 2 }],
  [60_433, 'lambda:EnvironmentFrozen', { environmentId: 'e2' }, 15],
]);
