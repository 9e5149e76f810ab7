// What a service is to the kernel: actions that emit facts, and a fold that turns facts into state.
import type { Arn } from './arn';
import type { Action, ApiCall, ConditionContext, Continuation, NetworkOrigin, Principal, Reply } from './call';
import type { Fact } from './fact';
import type { Json, JsonObject } from './json';
import type { Ms } from './time';

/** What one service hands to another without knowing it: the receiver says by which of its actions it takes it. */
export interface Delivery {
  body: string;
  attributes?: Record<string, { DataType: 'String' | 'Number'; StringValue: string }>;
}

export interface Route {
  action: Action;
  resource: Arn;
}

export interface OutgoingCall {
  action: Action;
  resource: Arn;
  input: JsonObject;
  /** Default: the service itself, `<prefix>.amazonaws.com`. */
  principal?: Principal;
  origin?: NetworkOrigin;
  replyTo?: Continuation;
  /** Condition keys for IAM, such as `aws:SourceArn`. */
  context?: ConditionContext;
  /** Housekeeping such as reaping idle environments: a world is idle when nothing else is left. */
  background?: boolean;
  /** By which `cancel` finds it; a second call under the same key replaces the first. */
  key?: string;
  /** X-Ray's trace header. Left out: that of the call being performed, if this service passes it on; null: none. */
  trace?: string | null;
}

export interface DeliveryOptions {
  principal?: Principal;
  replyTo?: Continuation;
  delayMs?: Ms;
  context?: ConditionContext;
  trace?: string | null;
}

/** A role that a call hands to a service: IAM asks the caller for `iam:PassRole` on it. */
export interface PassedRole {
  role: Arn;
  /** Who will assume it: `lambda.amazonaws.com`. */
  service: string;
}

/** A service's only way to the world. */
export interface Port {
  readonly now: Ms;
  /** Unix time in milliseconds of `now`. */
  readonly epochMs: number;
  readonly account: string;
  readonly region: string;
  /** Uniform in [0, 1), from the world's seed. */
  random(): number;
  /** A version 4 UUID, from the world's seed. */
  uuid(): string;
  /** Adds a fact and folds it into the state at once. Returns its sequence number. */
  emit(type: Action, resource: Arn, data: JsonObject): number;
  /** Puts a call on the agenda, caused by the last fact emitted during this action. */
  call(call: OutgoingCall, delayMs?: Ms): void;
  /** Takes a pending call off the agenda. False when there is none under this key. */
  cancel(key: string): boolean;
  /** What an SDK operation means in this world: IAM's action and the resource that its input names. Null for an unknown operation. */
  route(prefix: string, operation: string, input: JsonObject): Route | null;
  /** The unique id behind a principal, `AIDA…` or `AROA…:<session>`. Null when IAM knows nobody of that name. */
  identify(principal: Principal): string | null;
  /** Hands a delivery to whatever service the ARN names, by the action that this service declares. */
  deliver(target: Arn, delivery: Delivery, options?: DeliveryOptions): void;
  /** Answers a call whose action returned `later`. */
  reply(to: Continuation | undefined, reply: { ok: Json } | Extract<Reply, { fault: unknown }>, delayMs?: Ms): void;
}

/** What a service may do when it sees another's fact: plan calls, nothing else. */
export type Watch = Pick<Port, 'now' | 'epochMs' | 'call' | 'cancel'>;

interface Performer<S> {
  perform(state: Readonly<S>, call: ApiCall, port: Port): Reply;
}

/** Declared through a method, so that services of different states fit in one list. */
export type ServiceAction<S> = Performer<S>['perform'];

export interface Service<S = unknown> {
  /** The IAM prefix: `sqs`. */
  prefix: string;
  initial(): S;
  actions: Record<string, ServiceAction<S>>;
  /** The only place where state changes. Reads no clock and no random. */
  apply(state: S, fact: Fact): void;
  /** Facts of other services that this one folds too: whole types, or a prefix with its colon, `lambda:`. */
  observes?: readonly string[];
  /** The fold of an observed fact. Like `apply`: the same facts give the same state. */
  observe?(state: S, fact: Fact, startAtEpochMs: number): void;
  /** After an observed fact is folded into the living state, not when the past is folded again. */
  react?(state: Readonly<S>, fact: Fact, watch: Watch): void;
  /** Which action and resource an API operation with this input is about: `SendMessage` to a queue URL. Null for an unknown operation. */
  route?(operation: string, input: JsonObject, where: { account: string; region: string }): Route | null;
  /** How this service takes what others deliver to one of its resources. */
  accepts?(target: Arn, delivery: Delivery): { action: Action; input: JsonObject };
  /** The resource-based policy of one of this service's resources, as IAM evaluates it. */
  resourcePolicy?(state: Readonly<S>, arn: Arn): JsonObject | null;
  /** False when it is certain that there is no such resource. */
  exists?(state: Readonly<S>, arn: Arn): boolean;
  /** Actions that no client may call: the world's own steps, such as a timer's. IAM does not stand before them. */
  internal?: ReadonlySet<string>;
  /** What IAM is asked about where that is not the call's own resource alone: every bus of a request, a phone number. */
  permissionResources?(call: ApiCall): string[] | null;
  /** Roles that a call hands to a service, such as a function's execution role. */
  passedRoles?(state: Readonly<S>, call: ApiCall): PassedRole[];
  /** IAM's own: the unique id behind a principal. */
  identify?(state: Readonly<S>, principal: Principal): string | null;
  /** Condition keys of this service for a call: `sns:Protocol`, `aws:ResourceTag/team`. */
  conditionKeys?(state: Readonly<S>, call: ApiCall): ConditionContext;
  /** Calls that this service makes while it performs another carry that one's trace header on. */
  passesTrace?: true;
  /** Live things that cannot be facts, such as sandboxes, end with the world. */
  dispose?(): void;
}
