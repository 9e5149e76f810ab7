// What IAM keeps: roles, users and groups with their policies, customer managed policies, access keys.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id.html
import type { Arn } from '../../kernel/arn';
import { awsManagedPolicy } from './aws-managed/catalogue';
import type { Organization } from './organization';

export type IdentityKind = 'role' | 'user' | 'group';

export interface Tag {
  Key: string;
  Value: string;
}

export interface InlinePolicy {
  name: string;
  document: string;
}

export interface Identity {
  kind: IdentityKind;
  account: string;
  name: string;
  /** Begins and ends with a slash. */
  path: string;
  /** `AROA…`, `AIDA…`, `AGPA…` */
  id: string;
  arn: Arn;
  createdAtEpochMs: number;
  inline: InlinePolicy[];
  attached: Arn[];
  boundary: Arn | null;
  tags: Tag[];
  /** Roles only, as JSON text. */
  trustPolicy: string;
  description: string | null;
  maxSessionSeconds: number;
  /** Groups only: names of users, in the order in which they joined. */
  members: string[];
}

export interface PolicyVersion {
  /** `v1` */
  id: string;
  document: string;
  createdAtEpochMs: number;
}

export interface ManagedPolicy {
  arn: Arn;
  account: string;
  name: string;
  path: string;
  id: string;
  description: string | null;
  createdAtEpochMs: number;
  updatedAtEpochMs: number;
  versions: PolicyVersion[];
  defaultVersionId: string;
  /** Version numbers are not used twice. */
  versionsMade: number;
  tags: Tag[];
}

export interface AccessKey {
  id: string;
  secret: string;
  account: string;
  userName: string;
  status: 'Active' | 'Inactive';
  createdAtEpochMs: number;
}

export interface IamState {
  /** By `identityKey`. */
  identities: Record<string, Identity>;
  /** Customer managed policies. */
  policies: Record<Arn, ManagedPolicy>;
  accessKeys: Record<string, AccessKey>;
  /** Null: the accounts of this world belong to none. */
  organization: Organization | null;
}

/** Names are unique in an account whatever their case. */
export function identityKey(kind: IdentityKind, account: string, name: string): string {
  return `${account}/${kind}/${name.toLowerCase()}`;
}

export function findIdentity(state: Readonly<IamState>, kind: IdentityKind, account: string, name: string): Identity | null {
  return state.identities[identityKey(kind, account, name)] ?? null;
}

const IDENTITY_ARN = /^arn:[^:]+:iam::(\d{12}):(role|user|group)\/(?:.*\/)?([^/]+)$/;

/** By ARN. A path that is not the identity's own finds nothing. */
export function identityOfArn(state: Readonly<IamState>, arn: Arn): Identity | null {
  const match = IDENTITY_ARN.exec(arn);
  if (!match) return null;
  const [, account, kind, name] = match as unknown as [string, string, IdentityKind, string];
  const identity = findIdentity(state, kind, account, name);
  return identity?.arn === arn ? identity : null;
}

export function identitiesOf(state: Readonly<IamState>, kind: IdentityKind, account: string): Identity[] {
  const found = Object.values(state.identities).filter((identity) => identity.kind === kind && identity.account === account);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function groupsOf(state: Readonly<IamState>, user: Identity): Identity[] {
  return identitiesOf(state, 'group', user.account).filter((group) => group.members.includes(user.name));
}

/** The text in force of a customer's or AWS's managed policy. Null when there is no such policy. */
export function managedDocument(state: Readonly<IamState>, arn: Arn): string | null {
  const policy = Object.hasOwn(state.policies, arn) ? state.policies[arn] : undefined;
  if (policy) return policy.versions.find(({ id }) => id === policy.defaultVersionId)?.document ?? null;
  return awsManagedPolicy(arn)?.document ?? null;
}
