// Words of a decision: the sentence that sums it up, and what each kind of policy said.
import type { PolicyType } from '@/sim/services/iam/decision';
import type { Explanation, StepExplanation } from '@/sim/services/iam/explanation';
import { kindName } from './policy-setup';

export const PROBLEM_PLACE = 'The request.';

export function stepName(type: PolicyType, resource: string): string {
  switch (type) {
    case 'identityPolicy':
      return kindName('identity', resource);
    case 'resourcePolicy':
      return kindName('resource', resource);
    case 'permissionsBoundary':
      return kindName('boundary', resource);
    case 'serviceControlPolicy':
      return kindName('scp', resource);
    case 'resourceControlPolicy':
      return 'Resource control policy';
    case 'vpcEndpointPolicy':
      return 'Endpoint policy';
    case 'sessionPolicy':
      return 'Session policy';
  }
}

export function headOf({ outcome }: Explanation): string {
  if (outcome === 'allowed') return 'Allowed';
  return outcome === 'explicitDeny' ? 'Denied, by a Deny' : 'Denied, for want of an Allow';
}

export function summaryOf({ outcome, decidedBy, isCrossAccount, steps }: Explanation, resource: string): string {
  const accounts = isCrossAccount ? 'Caller and resource are of two accounts, so both have to allow it. ' : '';
  if (!decidedBy) return `${accounts}The root user of an account needs no grant within it.`;
  const name = stepName(decidedBy.policyType, resource).toLowerCase();
  const isThere = steps.some(({ policyType }) => policyType === decidedBy.policyType);
  if (outcome === 'implicitDeny' && !isThere) return `${accounts}There is no ${name}, and without one nobody gets in here.`;
  const { statement } = decidedBy;
  if (outcome === 'implicitDeny' || !statement) return `${accounts}No statement of the ${name} allows it.`;
  const which = statement.sid ? `statement ${statement.sid}` : `statement ${statement.index + 1}`;
  if (outcome === 'explicitDeny') return `${accounts}It is denied by ${which} of the ${name}. A Deny outweighs every Allow.`;
  return `${accounts}It is allowed by ${which} of the ${name}.`;
}

export interface StepWord {
  sign: string;
  word: string;
  tone: 'allow' | 'deny' | 'note';
}

export function stepWord({ outcome, bypassed }: Pick<StepExplanation, 'outcome' | 'bypassed'>): StepWord {
  if (outcome === 'allowed') return { sign: '✓', word: 'allows it.', tone: 'allow' };
  if (outcome === 'explicitDeny') return { sign: '✕', word: 'denies it.', tone: 'deny' };
  if (bypassed) return { sign: '·', word: 'says nothing about it, and need not.', tone: 'note' };
  return { sign: '–', word: 'does not allow it.', tone: 'note' };
}
