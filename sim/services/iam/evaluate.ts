// The decision: explicit deny, organisations, resource policy, identity policies, boundary, session. LAM-SEC-X08 to LAM-SEC-X11.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
import type { Decision, EvaluationRequest, NamedPolicy, PolicyLevel, PolicySet, PolicyType, Step } from './decision';
import { assess } from './policy/match';
import { type Caller, GRADES } from './policy/principal';

/** Which type a refusal names when several deny. */
const DENY_ORDER: PolicyType[] = [
  'serviceControlPolicy',
  'resourceControlPolicy',
  'vpcEndpointPolicy',
  'identityPolicy',
  'resourcePolicy',
  'permissionsBoundary',
  'sessionPolicy',
];

/** Pure and deterministic: the same request and policies give the same decision. */
export function evaluate(asked: EvaluationRequest, policies: PolicySet): Decision {
  const request = policies.boundary ? bounded(asked) : asked;
  const { caller } = request;
  const isPerson = caller.kind === 'user' || caller.kind === 'role' || caller.kind === 'root';
  const isCrossAccount = isPerson && request.resourceAccount !== '' && caller.account !== request.resourceAccount;
  const steps = stepsOf(request, policies, isPerson);
  const denying = firstDenying(steps);
  if (denying) return { outcome: 'explicitDeny', isCrossAccount, steps, decidedBy: denying, missing: [] };

  const find = (type: PolicyType): Step | null => steps.find((step) => step.policyType === type) ?? null;
  const missing: Step[] = [];
  const require = (step: Step | null): void => {
    if (step && step.outcome !== 'allowed') missing.push(step);
  };
  for (const type of ['resourceControlPolicy', 'serviceControlPolicy', 'vpcEndpointPolicy'] as const) require(find(type));

  const resource = find('resourcePolicy');
  const identity = find('identityPolicy');
  const boundary = find('permissionsBoundary');
  const session = find('sessionPolicy');
  let granting: Step | null = resource;
  if (!isPerson) {
    // A service or an anonymous caller holds no policies: the resource alone decides.
    require(resource ?? absent('resourcePolicy'));
  } else if (isCrossAccount) {
    require(resource ?? absent('resourcePolicy'));
    for (const step of [identity, boundary, session]) require(step);
    granting = identity ?? resource;
  } else if (resource?.grade === 'direct') {
    // Named itself, a user or session is not cut down by what its own policies leave out.
    for (const step of [identity, boundary, session]) if (step && step.outcome !== 'allowed') step.bypassed = true;
  } else {
    if (needsResourceAllow(request)) require(resource ?? absent('resourcePolicy'));
    const isGranted = resource?.grade === 'role' || (caller.kind === 'root' && !needsResourceAllow(request));
    if (isGranted) {
      if (identity && identity.outcome !== 'allowed') identity.bypassed = true;
      granting = resource?.grade === 'role' ? resource : null;
    } else {
      require(identity);
      granting = identity;
    }
    for (const step of [boundary, session]) require(step);
  }
  const first = missing[0];
  if (first) return { outcome: 'implicitDeny', isCrossAccount, steps, decidedBy: first, missing };
  return { outcome: 'allowed', isCrossAccount, steps, decidedBy: granting, missing: [] };
}

/** Without a copy of the context, which may not be worked out yet. */
function bounded(asked: EvaluationRequest): EvaluationRequest {
  return Object.create(asked, { caller: { value: { ...asked.caller, isBounded: true } } }) as EvaluationRequest;
}

/** Key policies and role trust policies must allow by themselves: nothing else grants access to a key or a role. */
function needsResourceAllow({ action, resource }: EvaluationRequest): boolean {
  if (/^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource)) return true;
  return action.startsWith('sts:') && /^arn:[^:]*:iam:[^:]*:[^:]*:role\//.test(resource);
}

/** Organisations do not bind roles that AWS made for its own services. */
function isServiceLinked({ roleArn }: Caller): boolean {
  return roleArn?.includes(':role/aws-service-role/') ?? false;
}

function absent(policyType: PolicyType): Step {
  return { policyType, outcome: 'implicitDeny', allows: [], denies: [], grade: 'none' };
}

function stepsOf(request: EvaluationRequest, policies: PolicySet, isPerson: boolean): Step[] {
  const steps: Step[] = [];
  const isLinked = isServiceLinked(request.caller);
  if (policies.rcps && !isLinked) steps.push(levelsStep('resourceControlPolicy', policies.rcps, request));
  if (policies.scps && isPerson && !isLinked) steps.push(levelsStep('serviceControlPolicy', policies.scps, request));
  if (policies.endpoint) steps.push(stepOf('vpcEndpointPolicy', [policies.endpoint], request));
  if (policies.resource) steps.push(stepOf('resourcePolicy', [policies.resource], request));
  if (isPerson) {
    // The root user has every permission that its account can give, so no identity policy is asked for.
    if (request.caller.kind !== 'root' || policies.identity.length > 0) steps.push(stepOf('identityPolicy', policies.identity, request));
    if (policies.boundary) steps.push(stepOf('permissionsBoundary', [policies.boundary], request));
    if (policies.session && policies.session.length > 0) steps.push(stepOf('sessionPolicy', policies.session, request));
  }
  return steps;
}

function stepOf(policyType: PolicyType, policies: readonly NamedPolicy[], request: EvaluationRequest): Step {
  const step: Step = absent(policyType);
  const needsPrincipal = policyType === 'resourcePolicy';
  for (const policy of policies) {
    const { allows, denies, grade } = assess(policy.policy, request, needsPrincipal);
    for (const statement of allows) step.allows.push({ policyType, policy, statement });
    for (const statement of denies) step.denies.push({ policyType, policy, statement });
    if (GRADES.indexOf(grade) > GRADES.indexOf(step.grade)) step.grade = grade;
  }
  step.outcome = step.denies.length > 0 ? 'explicitDeny' : step.allows.length > 0 ? 'allowed' : 'implicitDeny';
  return step;
}

/** Every level from the root to the account must allow; one Deny anywhere is enough. */
function levelsStep(policyType: PolicyType, levels: readonly PolicyLevel[], request: EvaluationRequest): Step {
  const step = absent(policyType);
  step.outcome = 'allowed';
  for (const level of levels) {
    const one = stepOf(policyType, level.policies, request);
    step.allows.push(...one.allows);
    step.denies.push(...one.denies);
    if (one.allows.length === 0 && step.level === undefined) {
      step.level = level.target;
      step.outcome = 'implicitDeny';
    }
  }
  if (step.denies.length > 0) step.outcome = 'explicitDeny';
  return step;
}

function firstDenying(steps: readonly Step[]): Step | null {
  let best: Step | null = null;
  for (const step of steps) {
    if (step.outcome !== 'explicitDeny') continue;
    if (!best || DENY_ORDER.indexOf(step.policyType) < DENY_ORDER.indexOf(best.policyType)) best = step;
  }
  return best;
}
