// What stands between a call and its service, in AWS's order: the network, then IAM. A refusal is a fact that explains itself.
import type { Action, ApiCall, Fault } from './call';
import type { JsonObject } from './json';
import type { Ms } from './time';

export type Decision =
  | { verdict: 'pass' }
  /** Answered with the fault. The fact, of the guard's own service, carries the explanation. */
  | { verdict: 'refuse'; fault: Fault; fact: { type: Action; data: JsonObject } }
  /** Never answered: the caller waits until its own patience ends. */
  | { verdict: 'lose'; fact: { type: Action; data: JsonObject } };

/** Reads the folded state of a service; changes nothing. */
export type Read = <S>(prefix: string) => Readonly<S>;

export type Guard = (call: ApiCall, read: Read, now: Ms) => Decision;

export const PASS: Decision = { verdict: 'pass' };
