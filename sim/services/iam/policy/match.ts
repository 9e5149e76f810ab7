// Whether a statement applies to a request, and if not, which of its elements stands in the way.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
import { resourceMatches } from './arn-pattern';
import { type Condition, conditionHolds } from './condition';
import type { Policy, Statement } from './document';
import { type Caller, GRADES, type Grade, gradeOf, isExempt, isMentioned } from './principal';
import { type ContextValues, resolveTemplate } from './variables';

export interface AccessRequest {
  /** `sqs:SendMessage` */
  action: string;
  /** An ARN, or `*` for actions that know no resource. */
  resource: string;
  caller: Caller;
  context: ContextValues;
}

/** The element that did not match. */
export type Mismatch = (
  | { element: 'Action' | 'NotAction' | 'Resource' | 'NotResource' | 'Principal' | 'NotPrincipal'; seen: string }
  | { element: 'Condition'; operator: string; key: string; seen: string[] | null }
) & {
  /** What the policy says. */
  wanted: string[];
  /** How many values of the policy are left out of `wanted`. */
  more?: number;
};

export type Assessment = {
  outcome: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Statements that apply, in the document's order. */
  allows: Statement[];
  denies: Statement[];
  /** Of a resource-based policy: how closely the best Allow names the caller. */
  grade: Grade;
};

function actionApplies(statement: Statement, action: string): boolean {
  return statement.actionGlobs.some((glob) => glob(action)) !== statement.isNotAction;
}

function resourceApplies({ resources, isNotResource }: Statement, request: AccessRequest): boolean {
  const { resource } = request;
  if (!resources) return true;
  const named = resources.some((template) => {
    const pattern = template.fixed ?? resolveTemplate(template, request.context);
    return pattern !== null && resourceMatches(pattern, resource);
  });
  return named !== isNotResource;
}

/** Identity-based policies have no principal: they are about whoever holds them. */
function principalGrade(statement: Statement, caller: Caller): Grade {
  const { principal, effect } = statement;
  if (!principal) return 'direct';
  if (statement.isNotPrincipal) {
    const isLeftOut = effect === 'Deny' ? isExempt(principal, caller) : isMentioned(principal, caller);
    return isLeftOut ? 'none' : 'direct';
  }
  const grade = gradeOf(principal, caller);
  // Everyone, narrowed to a role by aws:PrincipalArn, grants to the role and not to its session.
  const isNarrowed = principal.everyone && caller.roleArn !== undefined && statement.conditions.some(isPositivePrincipalArn);
  return grade === 'direct' && isNarrowed ? 'role' : grade;
}

function isPositivePrincipalArn({ lowerKey, comparison }: Condition): boolean {
  return lowerKey === 'aws:principalarn' && comparison !== null && !comparison.isNegated;
}

function matchGrade(statement: Statement, request: AccessRequest, lowerAction: string): Grade {
  if (!actionApplies(statement, lowerAction) || !resourceApplies(statement, request)) return 'none';
  const grade = principalGrade(statement, request.caller);
  if (grade === 'none') return grade;
  return statement.conditions.every((condition) => conditionHolds(condition, request.context)) ? grade : 'none';
}

/** `needsPrincipal`: a resource-based policy, in which a statement without Principal means nobody. */
export function assess(policy: Policy, request: AccessRequest, needsPrincipal = false): Assessment {
  const allows: Statement[] = [];
  const denies: Statement[] = [];
  let best = 0;
  const lowerAction = request.action.toLowerCase();
  for (const statement of policy.statements) {
    if (needsPrincipal && !statement.principal) continue;
    const grade = matchGrade(statement, request, lowerAction);
    if (grade === 'none') continue;
    if (statement.effect === 'Deny') {
      denies.push(statement);
    } else {
      allows.push(statement);
      best = Math.max(best, GRADES.indexOf(grade));
    }
  }
  const outcome = denies.length > 0 ? 'explicitDeny' : allows.length > 0 ? 'allowed' : 'implicitDeny';
  return { outcome, allows, denies, grade: GRADES[best] as Grade };
}

/** Every element of a statement that keeps it from applying. Empty when it applies. */
export function mismatchesOf(statement: Statement, request: AccessRequest): Mismatch[] {
  const mismatches: Mismatch[] = [];
  if (!actionApplies(statement, request.action.toLowerCase())) {
    mismatches.push({ element: statement.isNotAction ? 'NotAction' : 'Action', wanted: statement.actions, seen: request.action });
  }
  if (!resourceApplies(statement, request)) {
    const wanted = (statement.resources ?? []).map(({ source }) => source);
    mismatches.push({ element: statement.isNotResource ? 'NotResource' : 'Resource', wanted, seen: request.resource });
  }
  const { principal } = statement;
  if (principal && principalGrade(statement, request.caller) === 'none') {
    const { everyone, aws, services, federated, canonicalUsers } = principal;
    const wanted = everyone ? ['*'] : [...aws, ...services, ...federated, ...canonicalUsers];
    mismatches.push({ element: statement.isNotPrincipal ? 'NotPrincipal' : 'Principal', wanted, seen: request.caller.arn || 'anonymous' });
  }
  for (const condition of statement.conditions) {
    if (conditionHolds(condition, request.context)) continue;
    const { operator, key, values } = condition;
    const seen = request.context.get(condition.lowerKey);
    mismatches.push({ element: 'Condition', operator, key, wanted: values.map(({ source }) => source), seen: seen ? [...seen] : null });
  }
  return mismatches;
}
