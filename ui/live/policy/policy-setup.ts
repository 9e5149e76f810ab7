// What a lesson's author sets up for a live policy evaluator, what a learner may change, and what a decision gives back.
import type { JsonObject } from '@/sim/kernel/json';
import type { Explanation } from '@/sim/services/iam/explanation';
import type { Span } from '@/sim/services/iam/policy/positions';
import { printJson } from '../router/router-setup';

export const POLICY_KINDS = ['identity', 'resource', 'boundary', 'scp'] as const;

export type PolicyKind = (typeof POLICY_KINDS)[number];

export interface PolicyCase {
  /** What the choice is called. */
  name: string;
  /** ARN of a user, a role or a role session, or a service such as `sns.amazonaws.com`. */
  principal: string;
  /** `lambda:InvokeFunction` */
  action: string;
  resource: string;
  /** What else is known of the request: condition keys with their values. */
  keys?: Record<string, string>;
  /** Statements of each policy. A kind that is left out is not there at all. */
  identity?: JsonObject[];
  /** The policy on the resource; of a role, its trust policy. */
  onResource?: JsonObject[];
  boundary?: JsonObject[];
  /** What the organisation attached to the principal's account. Left out: the account is in no organisation. */
  scp?: JsonObject[];
}

export interface PolicyEvaluatorProps {
  /** Unique on the page. */
  id: string;
  title: string;
  cases: PolicyCase[];
  /** The policy that is shown first. Default: the first one that there is. */
  open?: PolicyKind;
}

/** A request and its policies as the learner wrote them; empty text is no policy. The worker needs nothing else. */
export interface PolicyJob {
  principal: string;
  action: string;
  resource: string;
  /** One `key = value` a line. */
  keys: string;
  policies: Record<PolicyKind, string>;
}

export interface Problem {
  /** A policy, or the request itself. */
  where: PolicyKind | 'request';
  message: string;
}

export interface PolicyDecision {
  explanation: Explanation;
  /** AWS's own sentence; null when the request is allowed. */
  message: string | null;
  /** Where the statements of each policy stand in its text. */
  spans: Record<PolicyKind, Span[]>;
  /** Sentences that say what would let the request pass. */
  changes: string[];
}

export type PolicyOutcome = { problems: Problem[] } | { decision: PolicyDecision };

export function draftOf({ principal, action, resource, keys = {}, ...policies }: PolicyCase): PolicyJob {
  return {
    principal,
    action,
    resource,
    keys: Object.entries(keys)
      .map(([key, value]) => `${key} = ${value}`)
      .join('\n'),
    policies: {
      identity: policyText(policies.identity),
      resource: policyText(policies.onResource),
      boundary: policyText(policies.boundary),
      scp: policyText(policies.scp),
    },
  };
}

function policyText(statements: JsonObject[] | undefined): string {
  return statements ? printJson({ Version: '2012-10-17', Statement: statements }) : '';
}

const RESOURCE_NOUNS: Record<string, string> = {
  lambda: 'Function policy',
  sqs: 'Queue policy',
  sns: 'Topic policy',
  s3: 'Bucket policy',
  kms: 'Key policy',
  events: 'Event bus policy',
  iam: 'Trust policy',
};

/** What people call a policy of this kind, for this resource. */
export function kindName(kind: PolicyKind, resource: string): string {
  switch (kind) {
    case 'identity':
      return 'Identity policy';
    case 'resource':
      return RESOURCE_NOUNS[resource.split(':')[2] ?? ''] ?? 'Resource policy';
    case 'boundary':
      return 'Permissions boundary';
    case 'scp':
      return 'Service control policy';
  }
}

/** The policy that a part shows at first. */
export function firstKind({ policies }: PolicyJob, open: PolicyKind | undefined): PolicyKind {
  return open ?? POLICY_KINDS.find((kind) => policies[kind] !== '') ?? 'identity';
}
