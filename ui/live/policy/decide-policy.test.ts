import { describe, expect, it } from 'vitest';
import { decidePolicy, principalOf } from './decide-policy';
import { draftOf, firstKind, kindName, type PolicyCase, type PolicyJob } from './policy-setup';
import { headOf, summaryOf } from './policy-words';

const HOME = '111122223333';
const OTHER = '444455556666';
const FUNCTION = `arn:aws:lambda:eu-west-1:${HOME}:function:pack`;
const TOPIC = `arn:aws:sns:eu-west-1:${HOME}:orders`;
const ANA = `arn:aws:iam::${HOME}:user/ana`;
const ROLE = `arn:aws:iam::${HOME}:role/checkout`;
const SESSION = `arn:aws:sts::${HOME}:assumed-role/checkout/checkout`;

const allow = { Sid: 'Yes', Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: FUNCTION };
const deny = { Sid: 'No', Effect: 'Deny', Action: 'lambda:*', Resource: '*' };
const all = { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' };
const forSns = { ...allow, Principal: { Service: 'sns.amazonaws.com' }, Condition: { ArnLike: { 'AWS:SourceArn': TOPIC } } };

function decide(change: Partial<PolicyCase>, edit: Partial<PolicyJob> = {}) {
  const wish: PolicyCase = { name: 'case', principal: ANA, action: 'lambda:InvokeFunction', resource: FUNCTION, ...change };
  return decidePolicy({ ...draftOf(wish), ...edit });
}

/** Outcome and the statement that decided: `allowed by Yes`. */
function verdict(change: Partial<PolicyCase>): string {
  const outcome = decide(change);
  if ('problems' in outcome) return outcome.problems.map(({ message }) => message).join(' ');
  const { explanation } = outcome.decision;
  const { decidedBy } = explanation;
  return `${explanation.outcome} by ${decidedBy?.statement?.sid ?? decidedBy?.policyType ?? 'nothing'}`;
}

describe('a decision of the policy evaluator', () => {
  it.each<[string, Partial<PolicyCase>, string]>([
    ['nothing is written', {}, 'implicitDeny by identityPolicy'],
    ['the identity policy allows', { identity: [allow] }, 'allowed by Yes'],
    ['a deny beside an allow', { identity: [allow, deny] }, 'explicitDeny by No'],
    ['only the function policy names the user', { onResource: [{ ...allow, Principal: { AWS: ANA } }] }, 'allowed by Yes'],
    ['the boundary leaves it out', { identity: [allow], boundary: [{ ...allow, Action: 's3:*' }] }, 'implicitDeny by permissionsBoundary'],
    ['the boundary alone', { boundary: [all] }, 'implicitDeny by identityPolicy'],
    ['the organisation denies', { identity: [allow], scp: [all, deny] }, 'explicitDeny by No'],
    [
      'the organisation allows nothing of it',
      { identity: [allow], scp: [{ ...all, Action: 's3:*' }] },
      'implicitDeny by serviceControlPolicy',
    ],
    [
      'a stranger with an identity policy',
      { principal: `arn:aws:iam::${OTHER}:user/eve`, identity: [allow] },
      'implicitDeny by resourcePolicy',
    ],
    [
      'a stranger whom both accounts allow',
      { principal: `arn:aws:iam::${OTHER}:user/eve`, identity: [allow], onResource: [{ ...allow, Principal: { AWS: OTHER } }] },
      'allowed by Yes',
    ],
    ['a service that the function does not know', { principal: 'sns.amazonaws.com' }, 'implicitDeny by resourcePolicy'],
    [
      'a service for its topic',
      { principal: 'sns.amazonaws.com', keys: { 'aws:SourceArn': TOPIC }, onResource: [forSns] },
      'allowed by Yes',
    ],
    [
      'a service for another topic',
      { principal: 'sns.amazonaws.com', keys: { 'aws:SourceArn': `${TOPIC}-2` }, onResource: [forSns] },
      'implicitDeny by resourcePolicy',
    ],
    [
      'a session of a role that the function names',
      { principal: SESSION, onResource: [{ ...allow, Principal: { AWS: ROLE } }] },
      'allowed by Yes',
    ],
    [
      'passing a role to a service that the statement does not name',
      {
        action: 'iam:PassRole',
        resource: ROLE,
        keys: { 'iam:PassedToService': 'ec2.amazonaws.com' },
        identity: [
          {
            Sid: 'Pass',
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: ROLE,
            Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
          },
        ],
      },
      'implicitDeny by identityPolicy',
    ],
    [
      'a service taking on a role that trusts it',
      {
        principal: 'lambda.amazonaws.com',
        action: 'sts:AssumeRole',
        resource: ROLE,
        onResource: [{ Sid: 'Trust', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      'allowed by Trust',
    ],
    ['a user whom a role does not trust', { action: 'sts:AssumeRole', resource: ROLE, identity: [all] }, 'implicitDeny by resourcePolicy'],
    ['the root user', { principal: `arn:aws:iam::${HOME}:root` }, 'allowed by nothing'],
  ])('%s', (_name, change, expected) => {
    expect(verdict(change)).toBe(expected);
  });

  it('gives the words of AWS, the smallest change, and where each statement stands', () => {
    const outcome = decide({ boundary: [all], identity: [{ ...allow, Resource: `${FUNCTION}-2` }] });
    if ('problems' in outcome) throw new Error('the policies are valid');
    const { message, changes, spans, explanation } = outcome.decision;
    expect(message).toBe(
      `User: ${ANA} is not authorized to perform: lambda:InvokeFunction on resource: ${FUNCTION} because no identity-based policy allows the lambda:InvokeFunction action`,
    );
    expect(changes).toEqual([`Let statement \`Yes\` of \`Identity policy\` also cover \`${FUNCTION}\` in \`Resource\`.`]);
    expect(spans.identity).toHaveLength(1);
    expect(spans.scp).toHaveLength(0);
    expect(headOf(explanation)).toBe('Denied, for want of an Allow');
    expect(summaryOf(explanation, FUNCTION)).toBe('No statement of the identity policy allows it.');
  });

  it.each<[string, Partial<PolicyJob>, string]>([
    ['a principal that is none', { principal: 'ana' }, 'The principal is the ARN'],
    ['an action without a service', { action: 'Invoke' }, 'The action is a service'],
    ['a resource that is no ARN', { resource: 'pack' }, 'The resource is an ARN'],
    ['a key without a value', { keys: 'SourceArn' }, 'one key a line'],
    ['text that is no JSON', { policies: { identity: '{', resource: '', boundary: '', scp: '' } }, 'This is no JSON'],
    [
      'a principal in an identity policy',
      {
        policies: {
          identity: JSON.stringify({ Version: '2012-10-17', Statement: [{ ...allow, Principal: '*' }] }),
          resource: '',
          boundary: '',
          scp: '',
        },
      },
      'Policy document should not specify a principal.',
    ],
  ])('says what to do about %s', (_name, edit, expected) => {
    const outcome = decide({}, edit);
    expect('problems' in outcome ? outcome.problems.map(({ message }) => message).join(' ') : 'decided').toContain(expected);
  });
});

describe('the set-up of a policy evaluator', () => {
  it('opens the first policy that there is, and names it after its resource', () => {
    const draft = draftOf({
      name: 'case',
      principal: ANA,
      action: 'sqs:SendMessage',
      resource: `arn:aws:sqs:eu-west-1:${HOME}:q`,
      onResource: [all],
    });
    expect(firstKind(draft, undefined)).toBe('resource');
    expect(kindName('resource', draft.resource)).toBe('Queue policy');
  });

  it('reads services, sessions and anonymous callers as principals', () => {
    expect(principalOf(SESSION)).toMatchObject({ type: 'role', account: HOME, session: { roleArn: ROLE } });
    expect(principalOf('sns.amazonaws.com')).toMatchObject({ type: 'service' });
    expect(principalOf('anonymous')).toMatchObject({ type: 'anonymous' });
  });
});
