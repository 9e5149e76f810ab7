// The vocabulary of Lambda's facts: what the timeline draws, what checks read. The resource is the function's ARN throughout.
import type { Arn } from '../../kernel/arn';
import type { Continuation } from '../../kernel/call';
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import type { EventInvokeConfig, FunctionConfiguration } from './function';

export interface ErrorRecord {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

/** How one invocation ended. `error` is the function's own error; the rest reset the environment. */
export type InvocationStatus = 'success' | 'error' | 'timeout' | 'out-of-memory' | 'exited' | 'init-error';

/** Why an event was given up. */
export type DiscardCondition = 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

/** The outcome that a destination is told. */
export type Condition = 'Success' | DiscardCondition;

/** LAM-INV-X02. Simplified: AWS does not say which reason it gives when a function grows too fast; here it is the rate's. */
export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'FunctionInvocationRateLimitExceeded'
  | 'ReservedFunctionInvocationRateLimitExceeded';

/** Which limit stood in the way and how full it was. */
export interface Throttle {
  reason: ThrottleReason;
  limitName: 'account-concurrency' | 'reserved-concurrency' | 'request-rate' | 'scaling-rate';
  /** Environments, requests in a second, or new environments in ten seconds. */
  limit: number;
  inUse: number;
}

/** Why an attempt is due: the event is new, the code failed, or a limit stood in the way. */
export type AttemptReason = 'received' | 'function-error' | 'throttle';

/** Data of each fact, by type. */
export interface LambdaFacts {
  'lambda:FunctionCreated': FunctionConfiguration;
  'lambda:EventInvokeConfigPut': EventInvokeConfig;
  'lambda:EventInvokeConfigDeleted': Record<string, never>;
  /** Accepted with 202: the event is in Lambda's own queue. */
  'lambda:EventQueued': { requestId: string; payload: string; maximumRetryAttempts: number; maximumEventAgeMs: Ms };
  /** The next attempt of a queued event: attempt 1 at once, 2 and 3 after a function error, the same again after a throttle. */
  'lambda:AttemptScheduled': { requestId: string; attempt: number; waitMs: Ms; dueAt: Ms; reason: AttemptReason };
  /** A cold start begins, for this request. */
  'lambda:EnvironmentCreated': {
    environmentId: string;
    logStream: string;
    requestId: string;
    invocationType: 'Event' | 'RequestResponse';
    attempt: number;
    payload: string;
    replyTo: Continuation | null;
  };
  'lambda:InitStarted': { environmentId: string };
  'lambda:InitEnded': { environmentId: string; durationMs: Ms; status: 'success' | 'error' | 'timeout'; error: ErrorRecord | null };
  'lambda:InvocationStarted': {
    environmentId: string;
    requestId: string;
    invocationType: 'Event' | 'RequestResponse';
    attempt: number;
    /** The environment was made for this request. */
    coldStart: boolean;
    /** Static code runs again inside this invocation, because the environment was reset. */
    suppressedInit: boolean;
    deadlineAt: Ms;
    payload: string;
    replyTo: Continuation | null;
  };
  /** The handler called another service or a host and, most likely, awaits the answer. */
  'lambda:RequestSent': {
    environmentId: string;
    requestId: string | null;
    callId: number;
    target: string;
    operation: string;
    input: string;
  };
  'lambda:RequestAnswered': { environmentId: string; requestId: string | null; callId: number; ok: boolean; answer: string };
  'lambda:InvocationEnded': {
    environmentId: string;
    requestId: string;
    attempt: number;
    status: InvocationStatus;
    /** JSON text of the result, or of the error. */
    payload: string;
    error: ErrorRecord | null;
    durationMs: Ms;
    billedMs: number;
    initDurationMs: Ms | null;
    memoryMB: number;
    maxMemoryUsedMB: number;
  };
  /** Idle, memory kept, no CPU: whatever was pending waits for the next invocation. */
  'lambda:EnvironmentFrozen': { environmentId: string };
  /** After a crash, a timeout or a failed init: memory is lost, /tmp is kept. */
  'lambda:EnvironmentReset': { environmentId: string; reason: InvocationStatus };
  'lambda:EnvironmentReclaimed': { environmentId: string; reason: 'idle' | 'requested' };
  /** A queued event is done with. */
  'lambda:EventProcessed': { requestId: string; attempts: number };
  'lambda:EventDiscarded': {
    requestId: string;
    attempts: number;
    condition: DiscardCondition;
    deadLetterArn: Arn | null;
  };
  /** A limit refused the invocation: a caller gets 429, a queued event waits. */
  'lambda:InvocationThrottled': { requestId: string; invocationType: 'Event' | 'RequestResponse'; attempt: number } & Throttle;
  'lambda:PermissionAdded': { statement: JsonObject; revisionId: string };
  'lambda:PermissionRemoved': { statementId: string; revisionId: string };
  'lambda:FunctionConcurrencyPut': { reservedConcurrency: number };
  'lambda:FunctionConcurrencyDeleted': Record<string, never>;
  'lambda:AccountConcurrencySet': { place: string; concurrencyLimit: number };
  /** The record of an outcome arrived where the function's configuration sends it. */
  'lambda:DestinationSent': { requestId: string; condition: Condition; destinationArn: Arn };
  'lambda:DestinationFailed': { requestId: string; condition: Condition; destinationArn: Arn; errorCode: string; errorMessage: string };
  'lambda:DeadLetterSent': { requestId: string; deadLetterArn: Arn };
  'lambda:DeadLetterFailed': { requestId: string; deadLetterArn: Arn; errorCode: string; errorMessage: string };
}

export type LambdaFactType = keyof LambdaFacts;

/** Emits one of Lambda's facts with the data that its type asks for. */
export function emitLambda<T extends LambdaFactType>(port: Port, type: T, functionArn: Arn, data: LambdaFacts[T]): number {
  return port.emit(type, functionArn, data as unknown as JsonObject);
}

/** The data of a fact that is known to be of this type. */
export function lambdaData<T extends LambdaFactType>(fact: Fact, _type: T): LambdaFacts[T] {
  return fact.data as unknown as LambdaFacts[T];
}
