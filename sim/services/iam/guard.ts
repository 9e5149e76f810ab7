// IAM before every call: finds the policies that apply, decides, and refuses with AWS's words and the whole reasoning as a fact.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import { parseArn } from '../../kernel/arn';
import type { Action, ApiCall } from '../../kernel/call';
import { type Guard, type Decision as GuardDecision, PASS, type View } from '../../kernel/guard';
import type { JsonObject } from '../../kernel/json';
import { type MutableContext, requestContext } from './context';
import type { EvaluationRequest, NamedPolicy, PolicySet } from './decision';
import { denialFault, denialMessage } from './denial';
import { evaluate } from './evaluate';
import { explainDecision } from './explanation';
import { rcpLevels, scpLevels } from './organization';
import { compilePolicy } from './policy/document';
import { callerOf, identityOf, policiesOf } from './principals';
import type { IamState } from './state';

/** Anyone may ask who they are, whatever their policies say. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const FREE = new Set<Action>(['sts:GetCallerIdentity']);

/** Whoever holds the token may confirm or end a subscription: the links in a notification are not signed. The service looks at the token. */
const UNSIGNED = new Set<Action>(['sns:ConfirmSubscription', 'sns:Unsubscribe']);

export const authorize: Guard = (call, view) => {
  if (isWorldsOwn(call, view)) return PASS;
  const state = view.state<IamState>('iam');
  for (const asked of permissionsOf(call, view)) {
    const refusal = check(asked, call, view, state);
    if (refusal) return refusal;
  }
  return PASS;
};

/** Steps of the world itself: the driver's calls, a service's own timers, answers, and hosts outside AWS. */
function isWorldsOwn(call: ApiCall, view: View): boolean {
  const { principal, action } = call;
  if (principal.type === 'world' || call.continuation || FREE.has(action) || !view.hasService('iam')) return true;
  if (principal.type === 'anonymous' && UNSIGNED.has(action)) return true;
  const prefix = action.slice(0, action.indexOf(':'));
  if (prefix === 'internet' || prefix === 'fis' || view.isInternal(action)) return true;
  // Simplified: CloudFormation works with every permission; AWS uses those of whoever deploys.
  return principal.type === 'service' && (principal.id === `${prefix}.amazonaws.com` || principal.id === 'cloudformation.amazonaws.com');
}

interface Permission {
  action: Action;
  resource: string;
  context: Record<string, string>;
}

/** The call itself, and what it brings with it: roles that it passes, tags that it sets on a session. */
function permissionsOf(call: ApiCall, view: View): Permission[] {
  const { action, resource, input, principal } = call;
  const others = view.permissionResources(call);
  const permissions: Permission[] = others
    ? others.map((other) => ({ action, resource: other, context: {} }))
    : [{ action, resource, context: {} }];
  if (action === 'sts:AssumeRole') {
    if (Array.isArray(input.Tags) && input.Tags.length > 0) permissions.push({ action: 'sts:TagSession', resource, context: {} });
    if (input.SourceIdentity !== undefined) permissions.push({ action: 'sts:SetSourceIdentity', resource, context: {} });
  }
  if (principal.type !== 'service') {
    for (const { role, service } of view.passedRoles(call)) {
      const context = { 'iam:PassedToService': service, 'iam:AssociatedResourceArn': resource };
      permissions.push({ action: 'iam:PassRole', resource: role, context });
    }
  }
  return permissions;
}

function check(asked: Permission, call: ApiCall, view: View, state: Readonly<IamState>): GuardDecision | null {
  const { request, policies } = gather(asked, call, view, state);
  const decision = evaluate(request, policies);
  if (decision.outcome === 'allowed') return null;
  // To a service that calls for a customer what is gone is gone, not forbidden: EB-X17.
  if (call.principal.type === 'service' && decision.outcome === 'implicitDeny' && !view.exists(asked.resource)) return null;
  const message = denialMessage(decision, request);
  const calledService = call.action.slice(0, call.action.indexOf(':'));
  const fault = denialFault(calledService, message);
  const explanation = explainDecision(decision, request, policies);
  const data = {
    action: asked.action,
    calledAction: call.action,
    resource: asked.resource,
    principal: { type: call.principal.type, id: call.principal.id, account: call.principal.account },
    code: fault.code,
    message,
    status: fault.status,
    context: Object.fromEntries(request.context),
    explanation,
  };
  return { verdict: 'refuse', fault, fact: { type: 'iam:AccessDenied', data: data as unknown as JsonObject } };
}

function gather(
  asked: Permission,
  call: ApiCall,
  view: View,
  state: Readonly<IamState>,
): { request: EvaluationRequest; policies: PolicySet } {
  const { principal } = call;
  const identity = identityOf(state, principal);
  const caller = callerOf(principal, identity);
  const owner = ownerOf(asked.resource, call, view);
  const policies: PolicySet = {
    ...policiesOf(state, principal, identity),
    resource: resourcePolicy(asked, view),
    scps: scpLevels(state.organization, principal.account),
    rcps: rcpLevels(state.organization, owner, serviceOf(asked.action)),
  };
  let context: MutableContext | null = null;
  const request: EvaluationRequest = {
    action: asked.action,
    resource: asked.resource,
    caller,
    resourceAccount: owner,
    get context() {
      if (context) return context;
      context = requestContext({ ...call, action: asked.action }, view, state, identity, owner);
      for (const [key, value] of Object.entries(asked.context)) context.set(key.toLowerCase(), [value]);
      return context;
    },
  };
  return { request, policies };
}

/** Some ARNs name no account, as those of buckets: the service knows. What is nobody's is as good as the caller's. */
function ownerOf(resource: string, call: ApiCall, view: View): string {
  const account = parseArn(resource)?.account ?? '';
  if (/^\d{12}$/.test(account)) return account;
  const known = resource === call.resource ? view.conditionKeys(call)['aws:ResourceAccount'] : undefined;
  return typeof known === 'string' ? known : call.principal.account;
}

function serviceOf(action: Action): string {
  return action.slice(0, action.indexOf(':'));
}

/** A role's trust policy speaks about taking on the role, not about what IAM does to it. */
function resourcePolicy({ action, resource }: Permission, view: View): NamedPolicy | null {
  if (serviceOf(action) === 'iam') return null;
  const document = view.resourcePolicy(resource);
  return document ? { id: 'resource policy', holder: resource, policy: compilePolicy(document) } : null;
}
