// One decision of the policy evaluator, by the code that IAM's guard uses before every call of a world.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import { explainDenial } from '@/sim/explain/denial';
import type { Principal } from '@/sim/kernel/call';
import type { Fact } from '@/sim/kernel/fact';
import type { JsonObject } from '@/sim/kernel/json';
import { principalKeys } from '@/sim/services/iam/context';
import type { EvaluationRequest, NamedPolicy, PolicySet } from '@/sim/services/iam/decision';
import { denialMessage } from '@/sim/services/iam/denial';
import { evaluate } from '@/sim/services/iam/evaluate';
import { explainDecision } from '@/sim/services/iam/explanation';
import { compilePolicy } from '@/sim/services/iam/policy/document';
import { statementSpans } from '@/sim/services/iam/policy/positions';
import { validatePolicy } from '@/sim/services/iam/policy/validate';
import type { ContextValues } from '@/sim/services/iam/policy/variables';
import { callerOf } from '@/sim/services/iam/principals';
import type { IamState } from '@/sim/services/iam/state';
import { kindName, POLICY_KINDS, type PolicyJob, type PolicyKind, type PolicyOutcome, type Problem } from './policy-setup';

/** Nobody lives here: the learner states principal and policies, and the evaluation looks nothing up. */
const EMPTY: IamState = { identities: {}, policies: {}, accessKeys: {}, organization: null };

const SESSION = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/;
const IDENTITY = /^arn:aws[a-z-]*:iam::(\d{12}):(user|role)\/.+$/;
const ROOT = /^arn:aws[a-z-]*:iam::(\d{12}):root$/;

export function principalOf(text: string): Principal | null {
  const session = SESSION.exec(text);
  if (session) {
    const [, partition, account = '', role] = session;
    return { type: 'role', id: text, account, session: { roleArn: `arn:${partition}:iam::${account}:role/${role}` } };
  }
  const identity = IDENTITY.exec(text);
  if (identity) return { type: identity[2] as 'user' | 'role', id: text, account: identity[1] ?? '' };
  const root = ROOT.exec(text);
  if (root) return { type: 'root', id: text, account: root[1] ?? '' };
  if (/^[a-z0-9][a-z0-9.-]*\.amazonaws\.com$/.test(text)) return { type: 'service', id: text, account: '' };
  return text === 'anonymous' ? { type: 'anonymous', id: '', account: '' } : null;
}

const NO_PRINCIPAL =
  'The principal is the ARN of a user, a role or a role session, a service such as sns.amazonaws.com, or the word anonymous.';

export function decidePolicy(job: PolicyJob): PolicyOutcome {
  const principal = principalOf(job.principal.trim());
  const action = job.action.trim();
  const resource = job.resource.trim();
  const keys = readKeys(job.keys);
  const problems: Problem[] = [];
  if (!principal) problems.push({ where: 'request', message: NO_PRINCIPAL });
  if (!/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action)) {
    problems.push({ where: 'request', message: 'The action is a service and an operation, such as lambda:InvokeFunction.' });
  }
  if (resource !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(resource)) {
    problems.push({ where: 'request', message: 'The resource is an ARN, or * for actions that know no resource.' });
  }
  if (typeof keys === 'string') problems.push({ where: 'request', message: keys });
  for (const kind of POLICY_KINDS) problems.push(...problemsOf(kind, job.policies[kind], action));
  if (problems.length > 0 || !principal || typeof keys === 'string') return { problems };

  const request = requestOf(principal, action, resource, keys);
  const policies = policySet(job.policies, action, principal, resource);
  const decision = evaluate(request, policies);
  const explanation = explainDecision(decision, request, policies);
  const isAllowed = decision.outcome === 'allowed';
  const data = { action, calledAction: action, resource, principal: { ...principal }, code: '', explanation } as unknown as JsonObject;
  const denial: Fact = { seq: 0, at: 0, type: 'iam:AccessDenied', resource, data, cause: null };
  return {
    decision: {
      explanation,
      message: isAllowed ? null : denialMessage(decision, request),
      spans: {
        identity: statementSpans(job.policies.identity),
        resource: statementSpans(job.policies.resource),
        boundary: statementSpans(job.policies.boundary),
        scp: statementSpans(job.policies.scp),
      },
      changes: isAllowed ? [] : (explainDenial([denial], denial)?.change ?? []).map(({ text }) => text),
    },
  };
}

function problemsOf(kind: PolicyKind, text: string, action: string): Problem[] {
  if (text.trim() === '') return [];
  try {
    JSON.parse(text);
  } catch (error) {
    return [{ where: kind, message: `This is no JSON: ${error instanceof Error ? error.message : 'it cannot be read.'}` }];
  }
  const sort = kind !== 'resource' ? 'identity' : action.startsWith('sts:') ? 'trust' : 'any';
  const message = validatePolicy(text, sort);
  return message ? [{ where: kind, message }] : [];
}

/** The sentence instead of the keys when a line cannot be read. */
function readKeys(text: string): Map<string, string> | string {
  const keys = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [, key, value] = /^\s*([A-Za-z0-9-]+:[^\s=]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined) {
      return `What is known of the request is written one key a line, such as aws:SourceArn = arn:…, unlike "${line.trim()}".`;
    }
    keys.set(key, value);
  }
  return keys;
}

function accountOf(arn: string): string | null {
  const account = arn.split(':')[4] ?? '';
  return /^\d{12}$/.test(account) ? account : null;
}

function requestOf(principal: Principal, action: string, resource: string, keys: ReadonlyMap<string, string>): EvaluationRequest {
  // Some ARNs, as those of buckets, name no account: then the learner may say whose it is.
  const owner = accountOf(resource) ?? keys.get('aws:ResourceAccount') ?? principal.account;
  const context = new Map<string, readonly string[]>();
  const known = { 'aws:ResourceAccount': owner, 'aws:SecureTransport': 'true', ...principalKeys(principal, EMPTY, null) };
  for (const [key, value] of [...Object.entries(known), ...keys]) context.set(key.toLowerCase(), [value].flat());
  const values: ContextValues = context;
  return { action, resource, caller: callerOf(principal, null), context: values, resourceAccount: owner };
}

function policySet(texts: Record<PolicyKind, string>, action: string, principal: Principal, resource: string): PolicySet {
  const named = (kind: PolicyKind): NamedPolicy | null => {
    const text = texts[kind];
    return text.trim() === '' ? null : { id: kindName(kind, resource), text, policy: compilePolicy(text) };
  };
  const identity = named('identity');
  const boundary = named('boundary');
  const scp = named('scp');
  return {
    identity: identity ? [identity] : [],
    // A role's trust policy speaks about taking on the role, not about what IAM does to it.
    resource: action.startsWith('iam:') ? null : named('resource'),
    boundary,
    scps: scp ? [{ target: principal.account, policies: [{ ...scp, holder: principal.account }] }] : null,
  };
}
