// AWS's own managed policies, which exist in every account. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
// Simplified: every policy is at version v1 and dates from the launch of managed policies; AWS's have versions of their own.
import type { Arn } from '../../../kernel/arn';
import { LAMBDA_POLICIES } from './lambda';
import type { ManagedSource } from './policy-source';
import { SERVICE_POLICIES } from './services';

export interface AwsManagedPolicy {
  arn: Arn;
  name: string;
  path: string;
  /** `ANPA…`, made from the name. */
  id: string;
  description: string;
  /** JSON text, two spaces a level. */
  document: string;
}

/** 6 February 2015, 18:39:46 UTC, as on the first of them. */
export const AWS_MANAGED_AT_EPOCH_MS = 1_423_247_986_000;

function parse([fullName, description, statements]: ManagedSource): AwsManagedPolicy {
  const slash = fullName.lastIndexOf('/');
  const name = fullName.slice(slash + 1);
  return {
    arn: `arn:aws:iam::aws:policy/${fullName}`,
    name,
    path: slash < 0 ? '/' : `/${fullName.slice(0, slash + 1)}`,
    id: `ANPA${idOf(fullName)}`,
    description,
    document: JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2),
  };
}

/** Seventeen characters that are the same in every world. */
function idOf(name: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let hash = 0x811c9dc5;
  let id = '';
  for (let i = 0; i < 17; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i % name.length) ^ i, 0x01000193);
    id += alphabet[(hash >>> 27) & 31];
  }
  return id;
}

let byArn: Map<Arn, AwsManagedPolicy> | null = null;

function catalogue(): Map<Arn, AwsManagedPolicy> {
  byArn ??= new Map([...LAMBDA_POLICIES, ...SERVICE_POLICIES].map(parse).map((policy) => [policy.arn, policy]));
  return byArn;
}

export function awsManagedPolicy(arn: Arn): AwsManagedPolicy | null {
  return catalogue().get(arn) ?? null;
}

export function awsManagedPolicies(): AwsManagedPolicy[] {
  return [...catalogue().values()];
}
