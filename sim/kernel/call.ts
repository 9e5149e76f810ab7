// A call is an AWS API action by a principal on a resource. Calls are plain data: the agenda can be copied and replayed.
import type { Arn } from './arn';
import type { Json, JsonObject } from './json';

/** IAM's spelling: `sqs:SendMessage`. Actions that no client may call are the world's own and marked so by their service. */
export type Action = `${string}:${string}`;

export interface Principal {
  type: 'user' | 'role' | 'service' | 'root' | 'anonymous' | 'world';
  /** An IAM ARN, or a service name such as `lambda.amazonaws.com`. */
  id: string;
  account: string;
  /** Of temporary credentials; `id` is then the session's ARN, `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
  session?: PrincipalSession;
}

/** What temporary credentials carry besides the identity that they stand for. */
export interface PrincipalSession {
  /** The assumed role with its path; absent when a user's own session was made by GetSessionToken. */
  roleArn?: Arn;
  /** Policy documents as JSON text that narrow the session. */
  policies?: string[];
  /** Managed policies that narrow the session. */
  policyArns?: Arn[];
  tags?: Record<string, string>;
  /** True when the credentials were made with a second factor. */
  mfa?: boolean;
  sourceIdentity?: string;
  /** Unix milliseconds. */
  issuedAtEpochMs?: number;
  expiresAtEpochMs?: number;
  /** `AROA…:<session name>`, as `aws:userid` has it. */
  userId?: string;
}

/** Condition keys with their values, as IAM sees them: `aws:SourceArn`. */
export type ConditionContext = Record<string, string | string[]>;

/** Where in the network a call comes from. `vpc` carries the interface that it leaves by. */
export type NetworkOrigin = { from: 'internet' } | { from: 'aws' } | { from: 'vpc'; networkInterfaceId: string };

/** Where the reply goes: to whoever drives the world, or back to a service as a call that carries the reply. */
export type Continuation = { to: 'host'; id: number } | { to: 'call'; action: Action; resource: Arn; input: JsonObject };

export interface ApiCall {
  action: Action;
  resource: Arn;
  principal: Principal;
  input: JsonObject;
  origin: NetworkOrigin;
  /** The fact that led to this call, or null when the world's driver made it. */
  cause: number | null;
  replyTo?: Continuation;
  /** What the caller tells IAM about the call: a service principal names the resource that it acts for in `aws:SourceArn`. */
  context?: ConditionContext;
  /** The answer to a call: no client made it, and no guard stops it. */
  continuation?: true;
  /** X-Ray's trace header, `Root=…;Lineage=…`, as far as the services that pass it on have carried it. */
  trace?: string;
}

/** AWS's error code, message text and HTTP status. */
export interface Fault {
  code: string;
  message: string;
  status: number;
  /** Who is at fault in AWS's sense: the client (4xx) or the server (5xx). */
  side: 'client' | 'server';
  /** Further members of the error body, such as Lambda's `Reason`. */
  body?: JsonObject;
}

/** `later`: the service keeps the call's continuation in its state and answers with `port.reply` when it can. */
export type Reply = { ok: Json } | { fault: Fault } | { later: true };

export function clientFault(code: string, message: string, status = 400, body?: JsonObject): { fault: Fault } {
  return { fault: { code, message, status, side: 'client', ...(body ? { body } : {}) } };
}

export function serverFault(code: string, message: string, status = 500): { fault: Fault } {
  return { fault: { code, message, status, side: 'server' } };
}
