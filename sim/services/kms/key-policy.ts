// Key policies: the default one, those of AWS managed keys, and what a key may be given. SNS-X34.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
import type { Json, JsonObject } from '../../kernel/json';
import type { Place } from './state';

const POLICY_BYTES_MAX = 32_768;

/** The account decides by its IAM policies. */
export function defaultKeyPolicy({ account }: Place): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/** `alias/aws/<service>`: usable by whoever in the account is allowed to use the service, through the service. */
export function managedKeyPolicy(service: string, { account, region }: Place): string {
  const name = service.toUpperCase();
  return JSON.stringify({
    Version: '2012-10-17',
    Id: `auto-${service}-1`,
    Statement: [
      {
        Sid: `Allow access through ${name} for all principals in the account that are authorized to use ${name}`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:ListGrants', 'kms:DescribeKey'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.amazonaws.com` } },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  });
}

/** What is wrong with a policy for a key; null when nothing is. */
export function keyPolicyProblem(text: string, bypassLockoutCheck: boolean): string | null {
  if (text.length > POLICY_BYTES_MAX) return 'Policy is too long';
  let policy: Json;
  try {
    policy = JSON.parse(text) as Json;
  } catch {
    return 'Policy contains invalid JSON';
  }
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) return 'Policy contains invalid JSON';
  const list = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  const statements = list.filter((item): item is JsonObject => typeof item === 'object' && item !== null && !Array.isArray(item));
  if (statements.length === 0 || statements.some(({ Effect }) => Effect !== 'Allow' && Effect !== 'Deny')) {
    return 'Policy contains a statement with one or more invalid elements.';
  }
  if (statements.some(({ Principal, NotPrincipal }) => Principal === undefined && NotPrincipal === undefined)) {
    return 'Policy contains a statement with no principal.';
  }
  const keepsControl = statements.some(({ Effect, Action }) => {
    const actions = (Array.isArray(Action) ? Action : [Action]).map((action) => String(action).toLowerCase());
    return (
      Effect === 'Allow' &&
      actions.some((action) => action === '*' || action === 'kms:*' || action === 'kms:put*' || action === 'kms:putkeypolicy')
    );
  });
  return keepsControl || bypassLockoutCheck ? null : 'The new key policy will not allow you to update the key policy in the future.';
}
