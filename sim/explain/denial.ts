// A refusal by IAM or by a key, topic, queue or function policy: every policy type in AWS's order, every statement with what it missed.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
import { parseArn } from '../kernel/arn';
import type { Fact } from '../kernel/fact';
import type { JsonObject } from '../kernel/json';
import type { PolicyType } from '../services/iam/decision';
import type {
  Change as PolicyChange,
  Explanation as PolicyExplanation,
  StatementExplanation,
  StatementName,
  StepExplanation,
} from '../services/iam/explanation';
import type { Mismatch } from '../services/iam/policy/match';
import { lastBefore } from './causes';
import type { Answer, Change, Explainer, Step } from './explanation';
import { code, counted, named, shorten, shortName, textOf } from './names';

interface Denied {
  action: string;
  calledAction: string;
  resource: string;
  principal: { type: string; id: string; account: string };
  code: string;
  explanation: PolicyExplanation;
}

const NOUNS: Record<Exclude<PolicyType, 'resourcePolicy'>, [one: string, many: string]> = {
  serviceControlPolicy: ['Service control policy', 'Service control policies'],
  resourceControlPolicy: ['Resource control policy', 'Resource control policies'],
  vpcEndpointPolicy: ['Endpoint policy', 'Endpoint policies'],
  identityPolicy: ['Identity policy', 'Identity policies'],
  permissionsBoundary: ['Permissions boundary', 'Permissions boundaries'],
  sessionPolicy: ['Session policy', 'Session policies'],
};

/** What people call the resource-based policy of a service's resources. */
const RESOURCE_POLICIES: Record<string, string> = {
  events: 'Event bus policy',
  iam: 'Trust policy',
  kms: 'Key policy',
  lambda: 'Function policy',
  s3: 'Bucket policy',
  sns: 'Topic policy',
  sqs: 'Queue policy',
};

function nounOf(type: PolicyType, resource: string, isMany = false): string {
  if (type === 'resourcePolicy') return RESOURCE_POLICIES[parseArn(resource)?.service ?? ''] ?? 'Resource policy';
  return NOUNS[type][isMany ? 1 : 0];
}

export const explainDenial: Explainer = (trace, fact): Answer => {
  const denied = fact.data as unknown as Denied;
  const { explanation, action, resource, calledAction } = denied;
  const who = callerName(denied);
  const steps: Step[] = explanation.steps.flatMap((step) => stepsOf(trace, fact, step, denied));
  // A type whose Allow is missing and that has no policy at all is no step of the evaluation.
  const decided = explanation.decidedBy?.policyType;
  if (decided && !explanation.steps.some((step) => step.policyType === decided)) {
    steps.push({
      verdict: 'fail',
      text: `${nounOf(decided, resource)}: ${named(resource)} has none, so nobody is allowed by it.`,
      data: { policyType: decided },
    });
  }
  if (explanation.isCrossAccount) {
    const text = `The caller is of account ${code(denied.principal.account)}, the resource of another: both accounts have to allow it.`;
    steps.unshift({ verdict: 'info', text, data: { isCrossAccount: true } });
  }
  const call = calledAction === action ? '' : ` (asked for by ${code(calledAction)})`;
  return {
    subject: 'denial',
    title: `${titleOf(denied, who)}${call}`,
    steps,
    ...(explanation.changes.length > 0 ? { change: explanation.changes.map((change) => changeOf(change, resource)) } : {}),
  };
};

function callerName({ principal }: Denied): string {
  return principal.type === 'anonymous' ? 'an anonymous caller' : named(principal.id);
}

function titleOf({ explanation, action, resource }: Denied, who: string): string {
  const decided = explanation.decidedBy;
  const what = `${code(action)} on ${named(resource)}`;
  if (!decided) return `Nothing allows ${who} to use ${what}.`;
  const noun = nounOf(decided.policyType, resource);
  if (explanation.outcome === 'explicitDeny') {
    const { statement } = decided;
    const by = statement ? placeOf(statement, resource) : 'a statement';
    return `${noun}: ${by} denies ${who} ${what}.`;
  }
  return `${noun}: nothing in it allows ${who} to use ${what}.`;
}

/** A resource holds one policy, which has no name of its own. */
function placeOf(statement: StatementName, resource: string): string {
  const isResource = statement.policyType === 'resourcePolicy';
  const policy = isResource ? `the ${nounOf('resourcePolicy', resource).toLowerCase()} of ${named(resource)}` : code(statement.policyId);
  return `statement ${statementName(statement)} of ${policy}`;
}

function statementName({ sid, index }: { sid: string | null; index: number }): string {
  return sid === null ? String(index + 1) : code(sid);
}

function stepsOf(trace: readonly Fact[], fact: Fact, step: StepExplanation, denied: Denied): Step[] {
  const { policyType, outcome, policies, bypassed, level } = step;
  const noun = nounOf(policyType, denied.resource, policies.length > 1);
  const statements = policies.reduce((sum, policy) => sum + policy.statements.length, 0);
  const facts = policies.flatMap((policy) => originOf(trace, fact, policyType, policy) ?? []);
  const head: Step = {
    verdict: outcome === 'allowed' ? 'pass' : bypassed ? 'info' : 'fail',
    text: headText(noun, step, statements, denied),
    data: {
      policyType,
      outcome,
      bypassed,
      level,
      policies: policies as unknown as JsonObject[],
      decidedBy: decidedHere(denied.explanation, step) as unknown as JsonObject | null,
    },
    ...(facts.length > 0 ? { facts } : {}),
  };
  // Passed types are said in one line; what stood in the way is spelled out.
  if (outcome === 'allowed') return [head];
  const details = policies.flatMap((policy) => policy.statements.map((statement) => detailOf(policy.id, statement, policies.length > 1)));
  return [head, ...details.filter((detail): detail is Step => detail !== null).slice(0, DETAILS_MAX)];
}

/** What decided, where this is the step that did. */
function decidedHere({ decidedBy }: PolicyExplanation, { policyType, level }: StepExplanation): PolicyExplanation['decidedBy'] {
  return decidedBy && decidedBy.policyType === policyType && decidedBy.level === level ? decidedBy : null;
}

/** Statements that are spelled out; AWS's managed policies have dozens. */
const DETAILS_MAX = 12;

function headText(noun: string, step: StepExplanation, statements: number, denied: Denied): string {
  const { outcome, policies, bypassed, level } = step;
  const isResource = step.policyType === 'resourcePolicy';
  const names = isResource ? `that of ${named(denied.resource)}` : policies.map((policy) => code(policy.id)).join(', ');
  const what = `${code(denied.action)} on ${named(denied.resource)}`;
  if (outcome === 'allowed') return `${noun}: allows ${what}.`;
  if (outcome === 'explicitDeny') return `${noun}: denies ${what}. A Deny outweighs every Allow.`;
  if (bypassed) return `${noun}: says nothing about ${what}, and need not.`;
  if (level !== null) return `${noun} of ${code(level)}: nothing allows ${what}.`;
  if (policies.length === 0) return `${noun}: ${callerName(denied)} has none.`;
  return `${noun}: none of ${counted(statements, 'statement')} in ${shorten(names, 160)} allows ${callerName(denied)} to use ${what}.`;
}

function detailOf(policyId: string, statement: StatementExplanation, saysPolicy: boolean): Step | null {
  const { effect, applies, mismatches } = statement;
  const name = `Statement ${statementName(statement)}${saysPolicy ? ` of ${code(policyId)}` : ''}`;
  const data = { policyId, statement: statement as unknown as JsonObject };
  if (applies) {
    return { verdict: effect === 'Deny' ? 'fail' : 'pass', text: `${name} ${effect === 'Deny' ? 'denies' : 'allows'} it.`, data, depth: 1 };
  }
  // A Deny that does not apply did no harm.
  if (effect === 'Deny') return null;
  return { verdict: 'fail', text: `${name} does not apply: ${mismatches.map(mismatchText).join('; ')}.`, data, depth: 1 };
}

function listed(values: readonly string[], more = 0): string {
  const shown = values.slice(0, 4).map((value) => code(shorten(value)));
  const left = values.length - shown.length + more;
  if (shown.length === 0) return left > 0 ? `${left} others` : 'nothing';
  return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ');
}

export function mismatchText(mismatch: Mismatch): string {
  const { wanted, more = 0 } = mismatch;
  if (mismatch.element === 'Condition') {
    const { operator, key, seen } = mismatch;
    const has = seen === null ? `the request has no ${code(key)}` : `the request has ${listed(seen)}`;
    return `${code(operator)} wants ${code(key)} to be ${listed(wanted)}, and ${has}`;
  }
  const isNot = mismatch.element.startsWith('Not');
  return `its ${code(mismatch.element)} ${isNot ? 'leaves out' : 'is'} ${listed(wanted, more)}, and the request has ${code(mismatch.seen)}`;
}

function changeOf(change: PolicyChange, resource: string): Change {
  const data = change as unknown as JsonObject;
  if (change.change === 'addStatement') {
    const holder = shortName(change.to);
    const noun = nounOf(change.policyType, resource).toLowerCase();
    return { text: `Add to the ${noun} of ${code(holder)}: ${code(JSON.stringify(change.statement))}.`, data };
  }
  const { statement } = change;
  const place = placeOf(statement, resource);
  if (change.change === 'removeOrNarrow') return { text: `Remove or narrow ${place}, which denies it.`, data };
  const { mismatch } = change;
  if (mismatch.element !== 'Condition')
    return { text: `Let ${place} also cover ${code(mismatch.seen)} in ${code(mismatch.element)}.`, data };
  const { key, seen } = mismatch;
  const value = seen === null ? 'a request without it' : listed(seen);
  return { text: `Let the condition on ${code(key)} in ${place} also accept ${value}.`, data };
}

const RESOURCE_POLICY_FACTS = new Set([
  'sqs:QueueCreated',
  'sqs:QueueAttributesSet',
  'sns:TopicCreated',
  'sns:TopicAttributeSet',
  'kms:KeyCreated',
  'kms:KeyPolicyPut',
  'lambda:PermissionAdded',
  'lambda:PermissionRemoved',
  'events:PolicyChanged',
  'iam:RoleCreated',
  'iam:TrustPolicyUpdated',
]);

/** The fact that put the policy where it was found. */
function originOf(
  trace: readonly Fact[],
  fact: Fact,
  policyType: PolicyType,
  policy: { id: string; arn: string | null; holder: string | null },
): number | null {
  const { id, arn, holder } = policy;
  const origin = lastBefore(trace, fact.seq, ({ type, resource, data }) => {
    if (policyType === 'resourcePolicy') return resource === holder && RESOURCE_POLICY_FACTS.has(type);
    if (arn !== null)
      return (resource === arn && /^iam:Policy(Version)?Created$/.test(type)) || (resource === holder && data.policyArn === arn);
    return resource === holder && type === 'iam:InlinePolicyPut' && textOf(data.policyName) === id;
  });
  return origin?.seq ?? null;
}
