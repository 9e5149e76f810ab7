// From whoever makes a call to the policies that speak about them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/intro-structure.html#intro-structure-principal
import type { Principal } from '../../kernel/call';
import type { NamedPolicy, PolicySet } from './decision';
import { compilePolicy } from './policy/document';
import type { Caller } from './policy/principal';
import { findIdentity, groupsOf, type IamState, type Identity, identityOfArn, managedDocument } from './state';

const SESSION_ARN = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/;

/** The user or role behind a principal. Null for roots, services, anonymous callers and unknown names. */
export function identityOf(state: Readonly<IamState>, principal: Principal): Identity | null {
  if (principal.type !== 'user' && principal.type !== 'role') return null;
  const arn = principal.session?.roleArn ?? principal.id;
  const session = SESSION_ARN.exec(arn);
  if (session) return findIdentity(state, 'role', session[1] as string, session[2] as string);
  return identityOfArn(state, arn);
}

/** `AIDA…` of a user, `AROA…:<session name>` of a role's session. */
export function uniqueIdOf(state: Readonly<IamState>, principal: Principal): string | null {
  if (principal.session?.userId) return principal.session.userId;
  const identity = identityOf(state, principal);
  if (!identity) return null;
  const session = SESSION_ARN.exec(principal.id)?.[3];
  return session === undefined ? identity.id : `${identity.id}:${session}`;
}

export function callerOf(principal: Principal, identity: Identity | null): Caller {
  const { type, id, account, session } = principal;
  switch (type) {
    case 'role': {
      const roleArn = session?.roleArn ?? identity?.arn ?? (SESSION_ARN.test(id) ? undefined : id);
      return { kind: 'role', arn: id, account, ...(roleArn ? { roleArn } : {}) };
    }
    case 'service':
      return { kind: 'service', arn: id, account: '' };
    case 'anonymous':
    case 'world':
      return { kind: 'anonymous', arn: '', account: '' };
    default:
      return { kind: type, arn: id, account };
  }
}

/** Identity-based policies, the boundary, and what narrows the session. */
export function policiesOf(
  state: Readonly<IamState>,
  principal: Principal,
  identity: Identity | null,
): Pick<PolicySet, 'identity' | 'boundary' | 'session'> {
  const policies = identity ? identityPolicies(state, identity) : [];
  const boundary = identity?.boundary ? managedPolicy(state, identity.boundary, identity.arn) : null;
  const { policies: inline = [], policyArns = [] } = principal.session ?? {};
  const session = [
    ...inline.map((document): NamedPolicy => ({ id: 'session policy', holder: principal.id, policy: compilePolicy(document) })),
    ...policyArns.map((arn) => managedPolicy(state, arn, principal.id)),
  ];
  return { identity: policies, boundary, session: session.length > 0 ? session : null };
}

/** Inline and attached policies; a user's groups count too. */
export function identityPolicies(state: Readonly<IamState>, identity: Identity): NamedPolicy[] {
  const holders = identity.kind === 'user' ? [identity, ...groupsOf(state, identity)] : [identity];
  return holders.flatMap((holder) => [
    ...holder.inline.map(
      ({ name, document }): NamedPolicy => ({ id: name, holder: holder.arn, text: document, policy: compilePolicy(document) }),
    ),
    ...holder.attached.map((arn) => managedPolicy(state, arn, holder.arn)),
  ]);
}

/** A policy that is gone allows nothing. */
function managedPolicy(state: Readonly<IamState>, arn: string, holder: string): NamedPolicy {
  const document = managedDocument(state, arn) ?? '';
  return { id: arn.slice(arn.lastIndexOf('/') + 1), arn, holder, text: document, policy: compilePolicy(document) };
}
