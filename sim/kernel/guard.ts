// What stands between a call and its service, in AWS's order: the network, then IAM. A refusal is a fact that explains itself.
import type { Arn } from './arn';
import type { Action, ApiCall, ConditionContext, Fault } from './call';
import type { JsonObject } from './json';
import type { PassedRole } from './service';
import type { Ms } from './time';

export type Decision =
  | { verdict: 'pass' }
  /** Answered with the fault. The fact, of the guard's own service, carries the explanation. */
  | { verdict: 'refuse'; fault: Fault; fact: { type: Action; data: JsonObject } }
  /** Never answered: the caller waits until its own patience ends. */
  | { verdict: 'lose'; fact: { type: Action; data: JsonObject } };

/** What a guard may look at; it changes nothing. */
export interface View {
  readonly now: Ms;
  readonly epochMs: number;
  /** The folded state of a service. */
  state<S>(prefix: string): Readonly<S>;
  hasService(prefix: string): boolean;
  /** The resource-based policy of whatever the ARN names: a queue, topic or key policy, a function's permissions. Null without one. */
  resourcePolicy(arn: Arn): JsonObject | null;
  /** False when the service that the ARN names knows that it is not there. */
  exists(arn: Arn): boolean;
  /** True for the world's own steps, which no client may call. */
  isInternal(action: Action): boolean;
  /** The resources on each of which the caller needs the action; null when that is the call's own. */
  permissionResources(call: ApiCall): string[] | null;
  /** Roles that a call hands to a service. */
  passedRoles(call: ApiCall): PassedRole[];
  /** Condition keys that the called service knows about this call. */
  conditionKeys(call: ApiCall): ConditionContext;
}

export type Guard = (call: ApiCall, view: View) => Decision;

export const PASS: Decision = { verdict: 'pass' };
