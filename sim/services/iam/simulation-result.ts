// Results of the policy simulator in the API's shape: one for each action, with the decision on every resource inside.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
import type { JsonObject } from '../../kernel/json';
import type { Decision, EvaluationRequest, NamedPolicy, Outcome, PolicySet, StatementRef } from './decision';
import { evaluate } from './evaluate';
import { keysOf } from './policy/condition';
import { mismatchesOf } from './policy/match';
import { statementSpans } from './policy/positions';
import { resolveTemplate, variablesOf } from './policy/variables';
import { pageOf } from './views';

export interface SimulationRun {
  actions: string[];
  resources: string[];
  /** False: the simulation is about `*`, and results by resource are left out. */
  hasResources: boolean;
  policies: PolicySet;
  requestOf(action: string, resource: string): EvaluationRequest;
}

interface ResourceResult {
  resource: string;
  decision: Decision;
  matched: JsonObject[];
  missing: string[];
}

/** The most restrictive first. */
const SEVERITY: Outcome[] = ['explicitDeny', 'implicitDeny', 'allowed'];

export function simulateActions(run: SimulationRun, input: JsonObject): JsonObject {
  return pageOf(
    input,
    'EvaluationResults',
    run.actions.map((action) => simulateAction(run, action)),
  );
}

function simulateAction(run: SimulationRun, action: string): JsonObject {
  const results = run.resources.map((resource): ResourceResult => {
    const request = run.requestOf(action, resource);
    const decision = evaluate(request, run.policies);
    return { resource, decision, matched: matchedStatements(decision), missing: missingKeys(request, run.policies) };
  });
  const worst = SEVERITY.find((outcome) => results.some(({ decision }) => decision.outcome === outcome)) ?? 'implicitDeny';
  const deciding = results.filter(({ decision }) => decision.outcome === worst);
  const first = deciding[0] as ResourceResult;
  const scp = first.decision.steps.find(({ policyType }) => policyType === 'serviceControlPolicy');
  return {
    EvalActionName: action,
    EvalResourceName: run.resources.length === 1 ? (run.resources[0] as string) : '*',
    EvalDecision: worst,
    MatchedStatements: distinct(deciding.flatMap(({ matched }) => matched)),
    MissingContextValues: [...new Set(results.flatMap(({ missing }) => missing))],
    ...(scp ? { OrganizationsDecisionDetail: { AllowedByOrganizations: scp.outcome === 'allowed' } } : {}),
    // Within one account and about resources the member is there and empty.
    ...(run.hasResources && scp?.outcome !== 'explicitDeny' ? { EvalDecisionDetails: {} } : {}),
    ...details(first.decision),
    ...(run.hasResources ? { ResourceSpecificResults: results.map(resourceResult) } : {}),
  };
}

function resourceResult({ resource, decision, matched, missing }: ResourceResult): JsonObject {
  return {
    EvalResourceName: resource,
    EvalResourceDecision: decision.outcome,
    MatchedStatements: matched,
    MissingContextValues: missing,
    ...details(decision),
  };
}

/** What a boundary said, and across accounts what each side said. */
function details(decision: Decision): JsonObject {
  const step = (type: string): Outcome | null => decision.steps.find(({ policyType }) => policyType === type)?.outcome ?? null;
  const boundary = step('permissionsBoundary');
  return {
    ...(boundary ? { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: boundary === 'allowed' } } : {}),
    ...(decision.isCrossAccount
      ? {
          EvalDecisionDetails: {
            'IAM Policy': step('identityPolicy') ?? 'implicitDeny',
            'Resource Policy': step('resourcePolicy') ?? 'implicitDeny',
          },
        }
      : {}),
  };
}

/** A deny is shown alone; otherwise every statement that allows. */
function matchedStatements({ steps, outcome }: Decision): JsonObject[] {
  const refs = steps
    .filter(({ policyType }) => policyType !== 'serviceControlPolicy' && policyType !== 'resourceControlPolicy')
    .flatMap((step) => (outcome === 'explicitDeny' ? step.denies : step.policyType === 'permissionsBoundary' ? [] : step.allows));
  return refs.map(statementView);
}

function statementView({ policyType, policy, statement }: StatementRef): JsonObject {
  const span = policy.text === undefined ? undefined : statementSpans(policy.text)[statement.index];
  return {
    SourcePolicyId: policy.id,
    SourcePolicyType: policyType === 'resourcePolicy' ? 'Resource Policy' : 'IAM Policy',
    ...(span ? { StartPosition: { ...span.start }, EndPosition: { ...span.end } } : {}),
  };
}

function distinct(list: JsonObject[]): JsonObject[] {
  return [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
}

/** Keys that a statement about this action and resource asks for and that the context lacks, as the policy writes them. */
function missingKeys(request: EvaluationRequest, { identity, boundary, resource }: PolicySet): string[] {
  const missing = new Set<string>();
  const policies = [...identity, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])];
  for (const statement of policies.flatMap(({ policy }) => policy.statements)) {
    const mismatches = mismatchesOf(statement, request).map(({ element }) => element);
    if (mismatches.includes('Action') || mismatches.includes('NotAction')) continue;
    const unresolved = (statement.resources ?? []).filter((template) => resolveTemplate(template, request.context) === null);
    const asked = unresolved.flatMap(variablesOf);
    const isAboutResource = !mismatches.includes('Resource') && !mismatches.includes('NotResource');
    for (const key of asked) if (!request.context.has(key)) missing.add(key);
    if (!isAboutResource && unresolved.length === 0) continue;
    for (const condition of statement.conditions) {
      for (const key of keysOf(condition)) {
        if (!request.context.has(key)) missing.add(key === condition.lowerKey ? condition.key : key);
      }
    }
  }
  return [...missing];
}

/** Every condition key that some policy refers to. */
export function contextKeysOf(policies: readonly NamedPolicy[]): string[] {
  const keys = new Map<string, string>();
  for (const statement of policies.flatMap(({ policy }) => policy.statements)) {
    for (const key of (statement.resources ?? []).flatMap(variablesOf)) keys.set(key, keys.get(key) ?? key);
    for (const condition of statement.conditions) {
      keys.set(condition.lowerKey, condition.key);
      for (const key of keysOf(condition)) keys.set(key, keys.get(key) ?? key);
    }
  }
  return [...keys.values()];
}
