// What an evaluation takes and gives: policies by type, and a decision that names what decided it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { Policy, Statement } from './policy/document';
import type { Caller, Grade } from './policy/principal';
import type { ContextValues } from './policy/variables';

export type PolicyType =
  | 'serviceControlPolicy'
  | 'resourceControlPolicy'
  | 'vpcEndpointPolicy'
  | 'identityPolicy'
  | 'resourcePolicy'
  | 'permissionsBoundary'
  | 'sessionPolicy';

export type Outcome = 'allowed' | 'explicitDeny' | 'implicitDeny';

export interface NamedPolicy {
  /** The name that a person knows it by. */
  id: string;
  /** Of a managed policy. */
  arn?: string;
  /** The user, group, role, resource or organisational target that holds it. */
  holder?: string;
  /** The JSON text, where it is known: positions of statements refer to it. */
  text?: string;
  policy: Policy;
}

/** The policies of one target on the way from the organisation's root to the account: each level must allow. */
export interface PolicyLevel {
  target: string;
  policies: NamedPolicy[];
}

/** A type that is left out does not apply to the request. */
export interface PolicySet {
  identity: NamedPolicy[];
  resource?: NamedPolicy | null;
  boundary?: NamedPolicy | null;
  /** One Allow among them is enough. */
  session?: NamedPolicy[] | null;
  scps?: PolicyLevel[] | null;
  rcps?: PolicyLevel[] | null;
  endpoint?: NamedPolicy | null;
}

export interface EvaluationRequest {
  action: string;
  resource: string;
  caller: Caller;
  /** May be worked out on first use: most policies never look at it. */
  readonly context: ContextValues;
  /** The owner of the resource. Empty: the caller's own account. */
  resourceAccount: string;
}

export interface StatementRef {
  policyType: PolicyType;
  policy: NamedPolicy;
  statement: Statement;
}

export interface Step {
  policyType: PolicyType;
  /** Of the policies of this type together. */
  outcome: Outcome;
  allows: StatementRef[];
  denies: StatementRef[];
  /** Resource-based policies: how closely the caller is named. */
  grade: Grade;
  /** Organisations: the first level without an Allow. */
  level?: string;
  /** True when the decision did not hang on this step's Allow. */
  bypassed?: true;
}

export interface Decision {
  outcome: Outcome;
  isCrossAccount: boolean;
  /** In AWS's order. Only types that apply. */
  steps: Step[];
  /** The step that decided; for an Allow the one that granted. Null for the root user, to whom nothing needs to be granted. */
  decidedBy: Step | null;
  /** Steps whose Allow is missing: each of them has to allow before the request is allowed. Empty unless implicitDeny. */
  missing: Step[];
}
