// What Lambda knows: functions, execution environments, and the events in its own queue. A fold of facts.
import type { Arn } from '../../kernel/arn';
import type { Continuation } from '../../kernel/call';
import type { Ms } from '../../kernel/time';
import type { EventInvokeConfig, FunctionConfiguration, FunctionPolicy } from './function';
import type { TokenBucket } from './token-bucket';

export interface FunctionState extends FunctionConfiguration {
  arn: Arn;
  eventInvoke: EventInvokeConfig;
  /** Null while the defaults hold. */
  eventInvokeModifiedAt: Ms | null;
  /** Null without a statement. */
  policy: FunctionPolicy | null;
  /** Account and Region, whose concurrency the function shares: a key of `accounts`. */
  place: string;
  /** Null without a reservation; 0 stops the function. */
  reservedConcurrency: number | null;
  /** Environments that hold an invocation now. */
  concurrency: number;
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
}

/**
 * creating: code is being fetched · init: static code runs · idle: frozen, memory kept · busy: runs a handler ·
 * reset: after a crash, a timeout or a failed init; /tmp is kept, static code runs again inside the next invocation (LAM-CLD-X04).
 */
export type EnvironmentStatus = 'creating' | 'init' | 'idle' | 'busy' | 'reset';

export interface Environment {
  environmentId: string;
  functionArn: Arn;
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
  payload: string;
  queuedAt: Ms;
  attempts: number;
  /** How often it was throttled since the last attempt that ran. */
  throttles: number;
  maximumRetryAttempts: number;
  maximumEventAgeMs: Ms;
}

export interface LambdaState {
  accounts: Record<string, AccountState>;
  functions: Record<Arn, FunctionState>;
  environments: Record<string, Environment>;
  /** Lambda's own queue of asynchronous events. */
  events: Record<string, QueuedEvent>;
}
