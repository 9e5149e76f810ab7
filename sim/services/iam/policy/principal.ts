// Who a resource-based policy means: Principal and NotPrincipal.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

/** Whoever makes a request, as policies see it. */
export interface Caller {
  kind: 'user' | 'role' | 'root' | 'service' | 'federated' | 'anonymous';
  /** User, role session or root ARN; a service's name; a provider's ARN or host. Empty for anonymous. */
  arn: string;
  /** Empty for services and anonymous callers. */
  account: string;
  /** The role behind a session, with its path. */
  roleArn?: string;
  /** True for a user or role under a permissions boundary. */
  isBounded?: boolean;
}

export interface PrincipalPattern {
  everyone: boolean;
  aws: string[];
  services: string[];
  federated: string[];
  canonicalUsers: string[];
}

/**
 * How closely a policy names a caller. `direct`: the user, the session or everyone. `role`: the role of the session.
 * `account`: the whole account, which only hands the decision to the account's own policies.
 */
export type Grade = 'none' | 'account' | 'role' | 'direct';

export const GRADES: readonly Grade[] = ['none', 'account', 'role', 'direct'];

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string');
}

/** Reads a Principal element of any accepted form. */
export function parsePrincipal(element: unknown): PrincipalPattern {
  const pattern: PrincipalPattern = { everyone: element === '*', aws: [], services: [], federated: [], canonicalUsers: [] };
  if (typeof element !== 'object' || element === null) return pattern;
  const members = element as Record<string, unknown>;
  pattern.aws = listOf(members.AWS ?? []);
  pattern.services = listOf(members.Service ?? []);
  pattern.federated = listOf(members.Federated ?? []);
  pattern.canonicalUsers = listOf(members.CanonicalUser ?? []);
  pattern.everyone = pattern.aws.includes('*');
  return pattern;
}

function namesAccount(entry: string, account: string): boolean {
  return account !== '' && (entry === account || (entry.endsWith(`:iam::${account}:root`) && entry.startsWith('arn:')));
}

/**
 * Simplified: AWS keeps the unique id of a user or role behind the ARN, so a role that was deleted and made again under its
 * name is no longer meant. Here the ARN is compared. Canonical users, an S3 notion, never match.
 */
export function gradeOf(pattern: PrincipalPattern, caller: Caller): Grade {
  if (pattern.everyone) return 'direct';
  switch (caller.kind) {
    case 'service':
      return pattern.services.includes(caller.arn) || pattern.services.includes('*') ? 'direct' : 'none';
    case 'federated':
      return pattern.federated.includes(caller.arn) || pattern.federated.includes('*') ? 'direct' : 'none';
    case 'anonymous':
      return 'none';
  }
  if (pattern.aws.includes(caller.arn)) return caller.arn === caller.roleArn ? 'role' : 'direct';
  if (caller.roleArn !== undefined && pattern.aws.includes(caller.roleArn)) return 'role';
  if (!pattern.aws.some((entry) => namesAccount(entry, caller.account))) return 'none';
  return caller.kind === 'root' ? 'direct' : 'account';
}

/**
 * Whether NotPrincipal leaves a caller out. AWS checks the account, then the user or role: each must be listed, or a Deny
 * hits the caller through the one that is not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function isExempt(pattern: PrincipalPattern, caller: Caller): boolean {
  if (pattern.everyone) return true;
  // AWS warns of it: NotPrincipal with Deny always hits whoever has a permissions boundary, listed or not.
  if (caller.isBounded) return false;
  if (caller.kind === 'service' || caller.kind === 'federated' || caller.kind === 'anonymous') return gradeOf(pattern, caller) !== 'none';
  if (!pattern.aws.some((entry) => namesAccount(entry, caller.account))) return false;
  return caller.kind === 'root' || pattern.aws.includes(caller.roleArn ?? caller.arn);
}

/** Whether NotPrincipal with Allow leaves a caller out: any mention is enough to be left out. */
export function isMentioned(pattern: PrincipalPattern, caller: Caller): boolean {
  return gradeOf(pattern, caller) !== 'none';
}
