// Why a request was refused, as data: each policy type in order, each statement with what it missed, and the smallest change.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
import type { Arn } from '../../kernel/arn';
import type { Decision, EvaluationRequest, NamedPolicy, Outcome, PolicySet, PolicyType, StatementRef, Step } from './decision';
import type { Statement } from './policy/document';
import { type Mismatch, mismatchesOf } from './policy/match';

export interface StatementExplanation {
  /** From 0. */
  index: number;
  sid: string | null;
  effect: 'Allow' | 'Deny';
  applies: boolean;
  mismatches: Mismatch[];
}

export interface PolicyExplanation {
  id: string;
  arn: Arn | null;
  holder: string | null;
  statements: StatementExplanation[];
}

export interface StepExplanation {
  policyType: PolicyType;
  outcome: Outcome;
  /** Organisations: the first level that allows nothing. */
  level: string | null;
  /** True when the decision did not hang on it. */
  bypassed: boolean;
  policies: PolicyExplanation[];
}

export interface StatementName {
  policyType: PolicyType;
  policyId: string;
  arn: Arn | null;
  holder: string | null;
  index: number;
  sid: string | null;
}

/** One edit that would have let the request pass. An implicit deny may need several. */
export type Change =
  | { change: 'removeOrNarrow'; statement: StatementName }
  | { change: 'widen'; statement: StatementName; mismatch: Mismatch }
  | { change: 'addStatement'; policyType: PolicyType; to: string; statement: SuggestedStatement };

export interface SuggestedStatement {
  Effect: 'Allow';
  Principal?: '*' | Record<string, string>;
  Action: string;
  Resource: string;
}

export interface Explanation {
  outcome: Outcome;
  isCrossAccount: boolean;
  /** Null when no statement decided: the default is to deny. */
  decidedBy: { policyType: PolicyType; level: string | null; statement: StatementName | null } | null;
  steps: StepExplanation[];
  changes: Change[];
}

export function explainDecision(decision: Decision, asked: EvaluationRequest, policies: PolicySet): Explanation {
  const request = policies.boundary ? { ...asked, caller: { ...asked.caller, isBounded: true } } : asked;
  const { outcome, isCrossAccount, decidedBy } = decision;
  const ref = decidedBy ? (outcome === 'explicitDeny' ? decidedBy.denies[0] : decidedBy.allows[0]) : undefined;
  const statement = ref && outcome !== 'implicitDeny' ? nameOf(ref) : null;
  return {
    outcome,
    isCrossAccount,
    decidedBy: decidedBy ? { policyType: decidedBy.policyType, level: decidedBy.level ?? null, statement } : null,
    steps: decision.steps.map((step) => explainStep(step, request, policies)),
    changes: changesOf(decision, request, policies),
  };
}

function explainStep(step: Step, request: EvaluationRequest, policies: PolicySet): StepExplanation {
  return {
    policyType: step.policyType,
    outcome: step.outcome,
    level: step.level ?? null,
    bypassed: step.bypassed ?? false,
    policies: policiesOf(step.policyType, policies).map((policy) => ({
      id: policy.id,
      arn: policy.arn ?? null,
      holder: policy.holder ?? null,
      statements: policy.policy.statements.map((statement) => explainStatement(statement, request)),
    })),
  };
}

function explainStatement(statement: Statement, request: EvaluationRequest): StatementExplanation {
  const mismatches = mismatchesOf(statement, request).map((mismatch) => shortened(mismatch, request));
  return { index: statement.index, sid: statement.sid, effect: statement.effect, applies: mismatches.length === 0, mismatches };
}

/** Values of a statement that an explanation repeats: AWS's managed policies list hundreds of actions. */
const WANTED_MAX = 10;

/** Keeps the actions of the same service, which are the ones that a reader compares with. */
function shortened(mismatch: Mismatch, { action }: EvaluationRequest): Mismatch {
  if (mismatch.wanted.length <= WANTED_MAX) return mismatch;
  const prefix = action.slice(0, action.indexOf(':') + 1);
  const isAction = mismatch.element === 'Action' || mismatch.element === 'NotAction';
  const related = isAction ? mismatch.wanted.filter((wanted) => wanted.startsWith(prefix)) : mismatch.wanted;
  return { ...mismatch, wanted: related.slice(0, WANTED_MAX), more: mismatch.wanted.length - Math.min(related.length, WANTED_MAX) };
}

function policiesOf(type: PolicyType, policies: PolicySet): NamedPolicy[] {
  switch (type) {
    case 'serviceControlPolicy':
      return (policies.scps ?? []).flatMap((level) => level.policies);
    case 'resourceControlPolicy':
      return (policies.rcps ?? []).flatMap((level) => level.policies);
    case 'vpcEndpointPolicy':
      return policies.endpoint ? [policies.endpoint] : [];
    case 'identityPolicy':
      return policies.identity;
    case 'resourcePolicy':
      return policies.resource ? [policies.resource] : [];
    case 'permissionsBoundary':
      return policies.boundary ? [policies.boundary] : [];
    case 'sessionPolicy':
      return policies.session ?? [];
  }
}

function nameOf({ policyType, policy, statement }: StatementRef): StatementName {
  const { id, arn = null, holder = null } = policy;
  return { policyType, policyId: id, arn, holder, index: statement.index, sid: statement.sid };
}

function changesOf(decision: Decision, request: EvaluationRequest, policies: PolicySet): Change[] {
  const denies = decision.steps.flatMap((step) => step.denies);
  const removals = denies.map((ref): Change => ({ change: 'removeOrNarrow', statement: nameOf(ref) }));
  if (removals.length > 0) return removals;
  return decision.missing.map((step) => nearest(step, request, policies) ?? addition(step, request));
}

/** An Allow that one element keeps from applying: widening that element is less than a new statement. */
function nearest(step: Step, request: EvaluationRequest, policies: PolicySet): Change | null {
  for (const policy of policiesOf(step.policyType, policies)) {
    if (step.level !== undefined && policy.holder !== step.level) continue;
    for (const statement of policy.policy.statements) {
      if (statement.effect !== 'Allow') continue;
      const [mismatch, ...others] = mismatchesOf(statement, request);
      // A statement about other actions is no near miss, whatever else it says.
      if (!mismatch || others.length > 0 || mismatch.element === 'Action' || mismatch.element === 'NotAction') continue;
      return { change: 'widen', statement: nameOf({ policyType: step.policyType, policy, statement }), mismatch };
    }
  }
  return null;
}

function addition(step: Step, request: EvaluationRequest): Change {
  const { policyType } = step;
  const { action, resource, caller } = request;
  const statement: SuggestedStatement = { Effect: 'Allow', Action: action, Resource: resource };
  if (policyType === 'resourcePolicy') statement.Principal = principalFor(request);
  const to = policyType === 'resourcePolicy' ? resource : (step.level ?? caller.roleArn ?? caller.arn);
  return { change: 'addStatement', policyType, to, statement };
}

function principalFor({ caller }: EvaluationRequest): '*' | Record<string, string> {
  if (caller.kind === 'anonymous') return '*';
  if (caller.kind === 'service') return { Service: caller.arn };
  if (caller.kind === 'federated') return { Federated: caller.arn };
  return { AWS: caller.roleArn ?? caller.arn };
}
