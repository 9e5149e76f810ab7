// The request context: global condition keys with their values. Keys are kept in lower case, as policies compare them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
import { parseArn } from '../../kernel/arn';
import type { ApiCall, ConditionContext, Principal } from '../../kernel/call';
import type { View } from '../../kernel/guard';
import { isMember, orgPath } from './organization';
import { serviceKeys } from './service-keys';
import type { IamState, Identity } from './state';
import { isoSeconds } from './views';

/** Simplified: every call from the internet comes from 203.0.113.10, an address kept for examples; AWS sees the caller's own. */
const SOURCE_IP = '203.0.113.10';

export type MutableContext = Map<string, readonly string[]>;

function put(context: MutableContext, keys: ConditionContext): void {
  for (const [key, value] of Object.entries(keys)) context.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
}

export function requestContext(
  call: ApiCall,
  view: View,
  state: Readonly<IamState>,
  identity: Identity | null,
  owner: string,
): MutableContext {
  const context: MutableContext = new Map();
  const region = parseArn(call.resource)?.region;
  put(context, {
    'aws:CurrentTime': isoSeconds(view.epochMs),
    'aws:EpochTime': String(Math.floor(view.epochMs / 1000)),
    'aws:SecureTransport': 'true',
    // Global services such as IAM are run in us-east-1.
    'aws:RequestedRegion': region || 'us-east-1',
    'aws:ResourceAccount': owner,
    'aws:ViaAWSService': 'false',
  });
  if (call.origin.from === 'internet') put(context, { 'aws:SourceIp': SOURCE_IP });
  put(context, principalKeys(call.principal, state, identity));
  const { mfa, issuedAtEpochMs } = call.principal.session ?? {};
  if (mfa && issuedAtEpochMs !== undefined) {
    put(context, { 'aws:MultiFactorAuthAge': String(Math.floor((view.epochMs - issuedAtEpochMs) / 1000)) });
  }
  if (isMember(state.organization, owner)) {
    put(context, { 'aws:ResourceOrgID': state.organization?.id ?? '', 'aws:ResourceOrgPaths': [orgPath(state.organization, owner) ?? ''] });
  }
  put(context, serviceKeys(call));
  put(context, view.conditionKeys(call));
  if (call.principal.type === 'service') put(context, sourceKeys(call, state));
  put(context, call.context ?? {});
  return context;
}

/** What is known about a principal whatever it does. */
export function principalKeys(principal: Principal, state: Readonly<IamState>, identity: Identity | null): ConditionContext {
  const { type, id, account, session } = principal;
  if (type === 'service') {
    return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': id, 'aws:PrincipalServiceNamesList': [id] };
  }
  if (type === 'anonymous' || type === 'world')
    return { 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous', 'aws:PrincipalIsAWSService': 'false' };
  const keys: ConditionContext = {
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalAccount': account,
    // Of a session: the role, since policies are written before sessions exist.
    'aws:PrincipalArn': session?.roleArn ?? identity?.arn ?? id,
    'aws:PrincipalType': type === 'root' ? 'Account' : type === 'user' ? 'User' : 'AssumedRole',
    'aws:userid': session?.userId ?? (type === 'root' ? account : (identity?.id ?? id)),
  };
  if (type === 'user') keys['aws:username'] = identity?.name ?? id.slice(id.lastIndexOf('/') + 1);
  const organization = state.organization;
  if (organization && isMember(organization, account)) {
    keys['aws:PrincipalOrgID'] = organization.id;
    keys['aws:PrincipalOrgPaths'] = [orgPath(organization, account) ?? ''];
  }
  for (const { Key, Value } of identity?.tags ?? []) keys[`aws:PrincipalTag/${Key}`] = Value;
  for (const [key, value] of Object.entries(session?.tags ?? {})) keys[`aws:PrincipalTag/${key}`] = value;
  if (session) {
    // Present in temporary credentials only.
    keys['aws:MultiFactorAuthPresent'] = String(session.mfa ?? false);
    if (session.sourceIdentity) keys['aws:SourceIdentity'] = session.sourceIdentity;
    if (session.issuedAtEpochMs !== undefined) keys['aws:TokenIssueTime'] = isoSeconds(session.issuedAtEpochMs);
  }
  return keys;
}

/** A service that calls for a resource names its account; the resource itself it puts in the call's own context. */
function sourceKeys(call: ApiCall, state: Readonly<IamState>): ConditionContext {
  const source = call.context?.['aws:SourceAccount'] ?? call.principal.account;
  const keys: ConditionContext = { 'aws:SourceAccount': source };
  const organization = state.organization;
  if (organization && typeof source === 'string' && isMember(organization, source)) {
    keys['aws:SourceOrgID'] = organization.id;
    keys['aws:SourceOrgPaths'] = [orgPath(organization, source) ?? ''];
  }
  return keys;
}
