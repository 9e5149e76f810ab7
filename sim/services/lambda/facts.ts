// The vocabulary of Lambda's facts: what the timeline draws, what checks read. The resource is the function's ARN throughout.
import type { Arn } from '../../kernel/arn';
import type { Continuation } from '../../kernel/call';
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import type { EventInvokeConfig, FunctionConfiguration, FunctionUrl } from './function';
import type { LayerVersion } from './layer';
import type { MappingFacts } from './mappings/facts';
import type { RecursiveLoop } from './recursive-loop';
import type { Alias } from './state';

export interface ErrorRecord {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

/** How one invocation ended. `error` is the function's own error; the rest reset the environment. */
export type InvocationStatus = 'success' | 'error' | 'timeout' | 'out-of-memory' | 'exited' | 'init-error';

/** Why an event was given up. */
export type DiscardCondition = 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency' | 'ResourceNotFound';

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

/** Why an attempt is due: the event is new, the code failed, a limit stood in the way, or Lambda itself had an error. */
export type AttemptReason = 'received' | 'function-error' | 'throttle' | 'system-error';

export type ConcurrencyKind = 'on-demand' | 'provisioned' | 'spillover';

/** What a function URL answered and, for a refusal, what it lacked. LAM-SEC-X13. */
export type UrlAnswer =
  | { reason: 'answered' | 'function-error' | 'malformed-response' | 'throttled' | 'refused' }
  /** `missing`: the actions that no statement of the resource policy allows everybody through this URL. */
  | { reason: 'forbidden'; missing: string[] };

/** Data of each fact, by type. */
export interface LambdaFacts extends MappingFacts {
  'lambda:LayerVersionPublished': LayerVersion & { name: string };
  'lambda:LayerVersionDeleted': { version: string };
  'lambda:LayerPolicySet': { version: string; statements: JsonObject[]; revisionId: string };
  'lambda:FunctionCreated': FunctionConfiguration & {
    tags: Record<string, string>;
    revisionId: string;
    modifiedEpochMs: number;
    /** Until when it is Pending. */
    activeAt: Ms;
  };
  /** $LATEST has other code or another configuration. `updatedAt`: until when the update is InProgress. */
  'lambda:FunctionUpdated': FunctionConfiguration & {
    what: 'code' | 'configuration';
    revisionId: string;
    modifiedEpochMs: number;
    updatedAt: Ms;
  };
  'lambda:FunctionDeleted': Record<string, never>;
  /** An invocation found the function Inactive: its network interfaces are made again. */
  'lambda:FunctionReactivated': { version: string; activeAt: Ms };
  'lambda:VersionPublished': { version: string; description: string; revisionId: string };
  'lambda:VersionDeleted': { version: string };
  'lambda:AliasCreated': Alias;
  'lambda:AliasUpdated': Alias;
  'lambda:AliasDeleted': { name: string };
  'lambda:TagsSet': { tags: Record<string, string> };
  /** Here and below: the version or alias that it is about; null for the function itself. */
  'lambda:EventInvokeConfigPut': EventInvokeConfig & { qualifier: string | null };
  'lambda:EventInvokeConfigDeleted': { qualifier: string | null };
  /** Accepted with 202: the event is in Lambda's own queue. */
  'lambda:EventQueued': {
    requestId: string;
    qualifier: string | null;
    payload: string;
    maximumRetryAttempts: number;
    maximumEventAgeMs: Ms;
    /** Here and below: earlier invocations in the chain of requests that led here, when there are any. */
    lineage?: string;
  };
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
    qualifier: string | null;
    /** The version that it runs, to its end. */
    executedVersion: string;
    lineage?: string;
    wantsTail?: true;
  };
  /** An environment is made before anybody asks for it. */
  'lambda:EnvironmentProvisioned': { environmentId: string; logStream: string; executedVersion: string };
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
    qualifier: string | null;
    executedVersion: string;
    /** provisioned: in an environment that was made before · spillover: all of those are in use · on-demand: there are none. */
    concurrencyKind: ConcurrencyKind;
    lineage?: string;
    wantsTail?: true;
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
    invocationType: 'Event' | 'RequestResponse';
    qualifier: string | null;
    executedVersion: string;
    concurrencyKind: ConcurrencyKind;
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
  'lambda:InvocationThrottled': {
    requestId: string;
    invocationType: 'Event' | 'RequestResponse';
    attempt: number;
    qualifier: string | null;
    executedVersion: string;
  } & Throttle;
  /** The function was invoked too often in one chain of requests: it did not run. `times`: how often it had run before. */
  'lambda:RecursiveInvocationDropped': {
    requestId: string;
    invocationType: 'Event' | 'RequestResponse';
    qualifier: string | null;
    times: number;
    limit: number;
  };
  'lambda:FunctionRecursionConfigPut': { recursiveLoop: RecursiveLoop };
  'lambda:PermissionAdded': { qualifier: string | null; statement: JsonObject; revisionId: string };
  'lambda:PermissionRemoved': { qualifier: string | null; statementId: string; revisionId: string };
  /** The whole policy was written or, without statements, deleted. */
  'lambda:ResourcePolicyPut': { qualifier: string | null; id: string | null; statements: JsonObject[]; revisionId: string };
  'lambda:ProvisionedConcurrencyPut': { qualifier: string; requested: number; modifiedEpochMs: number };
  'lambda:ProvisionedConcurrencySettled': { qualifier: string; status: 'READY' | 'FAILED'; statusReason: string | null };
  'lambda:ProvisionedConcurrencyDeleted': { qualifier: string };
  'lambda:FunctionUrlCreated': FunctionUrl & { qualifier: string | null };
  'lambda:FunctionUrlUpdated': FunctionUrl & { qualifier: string | null };
  'lambda:FunctionUrlDeleted': { qualifier: string | null; urlId: string };
  /** A request to a function URL, and what it was answered. */
  'lambda:FunctionUrlRequested': { urlId: string; qualifier: string | null; method: string; path: string };
  'lambda:FunctionUrlAnswered': { urlId: string; qualifier: string | null; status: number; why: UrlAnswer };
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
