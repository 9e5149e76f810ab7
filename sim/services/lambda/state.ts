// What Lambda knows: functions, execution environments, and the events in its own queue. A fold of facts.
import type { Arn } from '../../kernel/arn';
import type { Continuation } from '../../kernel/call';
import type { Ms } from '../../kernel/time';
import type { EventInvokeConfig, FunctionConfiguration, FunctionPolicy, FunctionUrl } from './function';
import type { Layer } from './layer';
import type { Mapping } from './mappings/mapping';
import type { RecursiveLoop } from './recursive-loop';
import type { TokenBucket } from './token-bucket';

/** What runs: a published version, or $LATEST as it was at one time: an update makes another object of it. */
export interface FunctionVersion extends FunctionConfiguration {
  /** Of the function, without a qualifier. */
  arn: Arn;
  /** The same for every version of one function, and another for the next function of its name. */
  functionId: number;
  /** A number as text, or `$LATEST`. */
  version: string;
  /** Counts the changes of $LATEST: an environment made before the last one is stale. */
  generation: number;
  revisionId: string;
  lastModifiedEpochMs: number;
  /** Until when it is Pending. */
  activeAt: Ms;
  /** Until when an update of it is InProgress. Null for what was never updated. */
  updatedAt: Ms | null;
}

/** What an alias, a version or the function itself may have of its own beside its code. LAM-VER-X12, LAM-SEC-X05. */
export interface QualifierSettings {
  eventInvoke: EventInvokeConfig;
  /** Null while the defaults hold. */
  eventInvokeModifiedAt: Ms | null;
  /** Null without a statement. */
  policy: FunctionPolicy | null;
  url: FunctionUrl | null;
  /** Never of the function itself. */
  provisioned: ProvisionedConcurrency | null;
}

export interface Alias {
  name: string;
  version: string;
  description: string;
  /** A second version and its share of the invocations, from 0 to 1. LAM-VER-X03. */
  additional: { version: string; weight: number } | null;
  revisionId: string;
}

export interface ProvisionedConcurrency {
  requested: number;
  status: 'IN_PROGRESS' | 'READY' | 'FAILED';
  statusReason: string | null;
  modifiedEpochMs: number;
}

/** The function; its own configuration is that of $LATEST. */
export interface FunctionState extends FunctionVersion, QualifierSettings {
  /** Published versions by number. */
  versions: Record<string, FunctionVersion>;
  /** The number of the next one: numbers are not used again. */
  nextVersion: number;
  /** The configuration key of the last one. */
  lastPublished: string | null;
  aliases: Record<string, Alias>;
  /** Settings of aliases and versions that have any. */
  qualified: Record<string, QualifierSettings>;
  tags: Record<string, string>;
  /** Account and Region, whose concurrency the function shares: a key of `accounts`. */
  place: string;
  /** Null without a reservation; 0 stops the function. */
  reservedConcurrency: number | null;
  /** What happens to it in a recursive loop. */
  recursiveLoop: RecursiveLoop;
  /** Environments that hold an invocation now. */
  concurrency: number;
  /** Those of them that were provisioned. */
  provisionedInUse: number;
  /** When it was last asked to run. */
  lastInvokedAt: Ms;
  /** What is left of the rate at which it may add environments. */
  scaling: TokenBucket;
  /** What is left of its own request rate, when it has reserved concurrency. */
  requests: TokenBucket;
}

/** One account in one Region. */
export interface AccountState {
  concurrencyLimit: number;
  /** Of the functions without reserved concurrency. */
  requests: TokenBucket;
}

/** One attempt to run the handler. */
export interface Invocation {
  requestId: string;
  invocationType: 'Event' | 'RequestResponse';
  /** 1 for a synchronous invocation and the first asynchronous attempt. */
  attempt: number;
  /** JSON text. */
  payload: string;
  replyTo: Continuation | null;
  /** The version or alias that the caller named; null for the function itself. */
  qualifier: string | null;
  /** Earlier invocations in the chain of requests that led here, when there are any. */
  lineage?: string;
  /** The caller asked for the end of the log. */
  wantsTail?: true;
}

/**
 * creating: code is being fetched · init: static code runs · idle: frozen, memory kept · busy: runs a handler ·
 * reset: after a crash, a timeout or a failed init; /tmp is kept, static code runs again inside the next invocation (LAM-CLD-X04).
 */
export type EnvironmentStatus = 'creating' | 'init' | 'idle' | 'busy' | 'reset';

export interface Environment {
  environmentId: string;
  functionArn: Arn;
  /** What it runs, to its end. */
  code: FunctionVersion;
  isProvisioned: boolean;
  logStream: string;
  status: EnvironmentStatus;
  /** The invocation that waits for the environment or runs in it. */
  invocation: Invocation | null;
  startedAt: Ms;
  deadlineAt: Ms;
  /** Of the last successful init before an invocation; null once reported. */
  initDurationMs: Ms | null;
  lastUsedAt: Ms;
}

export interface QueuedEvent {
  requestId: string;
  functionArn: Arn;
  /** The version or alias that the caller named; null for the function itself. An alias is followed at each attempt. */
  qualifier: string | null;
  payload: string;
  queuedAt: Ms;
  attempts: number;
  /** How often it was throttled since the last attempt that ran. */
  throttles: number;
  maximumRetryAttempts: number;
  maximumEventAgeMs: Ms;
  /** As of an invocation. */
  lineage?: string;
}

export interface LambdaState {
  accounts: Record<string, AccountState>;
  functions: Record<Arn, FunctionState>;
  environments: Record<string, Environment>;
  /** Function URLs by their id, in every account. */
  urls: Record<string, { functionArn: Arn; qualifier: string | null }>;
  /** Lambda's own queue of asynchronous events. */
  events: Record<string, QueuedEvent>;
  /** Event source mappings by UUID. */
  mappings: Record<string, Mapping>;
  /** Layers by their ARN without a version. */
  layers: Record<Arn, Layer>;
}
