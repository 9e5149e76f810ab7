import { describe, expect, it } from 'vitest';
import type { Decision, EvaluationRequest, NamedPolicy, PolicySet, PolicyType } from './decision';
import { evaluate } from './evaluate';
import { compilePolicy } from './policy/document';
import type { Caller } from './policy/principal';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app/worker`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/worker/run-1`;
const ANA = `arn:aws:iam::${ACCOUNT}:user/ana`;

const ana: Caller = { kind: 'user', arn: ANA, account: ACCOUNT };
const session: Caller = { kind: 'role', arn: SESSION, account: ACCOUNT, roleArn: ROLE };
const root: Caller = { kind: 'root', arn: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT };
const stranger: Caller = { kind: 'user', arn: `arn:aws:iam::${OTHER}:user/eve`, account: OTHER };
const sns: Caller = { kind: 'service', arn: 'sns.amazonaws.com', account: '' };
const anyone: Caller = { kind: 'anonymous', arn: '', account: '' };

function policy(...statements: object[]): NamedPolicy {
  const full = statements.map((statement) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...statement }));
  return { id: 'policy', policy: compilePolicy({ Version: '2012-10-17', Statement: full } as never) };
}
const ALLOW = policy({});
const DENY = policy({ Effect: 'Deny' });
const NOTHING = policy({ Action: 'ec2:*' });
const to = (principal: unknown, rest: object = {}): NamedPolicy => policy({ Principal: principal, ...rest });
const level = (...policies: NamedPolicy[]): { target: string; policies: NamedPolicy[] } => ({ target: 'r-root', policies });

function decide(caller: Caller, policies: Partial<PolicySet>, request: Partial<EvaluationRequest> = {}): Decision {
  return evaluate(
    { action: 'sqs:SendMessage', resource: QUEUE, caller, context: new Map(), resourceAccount: ACCOUNT, ...request },
    { identity: [], ...policies },
  );
}

type Case = [
  name: string,
  caller: Caller,
  policies: Partial<PolicySet>,
  expected: Decision['outcome'],
  by: PolicyType | null,
  request?: Partial<EvaluationRequest>,
];

function table(name: string, cases: Case[]): void {
  describe(name, () => {
    it.each(cases)('%s', (_name, caller, policies, expected, by, request) => {
      const decision = decide(caller, policies, request);
      expect([decision.outcome, decision.decidedBy?.policyType ?? null]).toEqual([expected, by]);
    });
  });
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html, read 2026-11-23
table('within one account', [
  ['nothing allows', ana, {}, 'implicitDeny', 'identityPolicy'],
  ['an identity policy allows', ana, { identity: [ALLOW] }, 'allowed', 'identityPolicy'],
  ['an identity policy denies', ana, { identity: [ALLOW, DENY] }, 'explicitDeny', 'identityPolicy'],
  ['the resource names the user', ana, { resource: to({ AWS: ANA }) }, 'allowed', 'resourcePolicy'],
  ['the resource names everyone', ana, { resource: to('*') }, 'allowed', 'resourcePolicy'],
  ['the resource names the account only', ana, { resource: to({ AWS: ACCOUNT }) }, 'implicitDeny', 'identityPolicy'],
  [
    'the resource names the account, and identity allows',
    ana,
    { identity: [ALLOW], resource: to({ AWS: `arn:aws:iam::${ACCOUNT}:root` }) },
    'allowed',
    'identityPolicy',
  ],
  ['the resource names another user', ana, { resource: to({ AWS: `${ANA}2` }) }, 'implicitDeny', 'identityPolicy'],
  ['the resource denies', ana, { identity: [ALLOW], resource: to('*', { Effect: 'Deny' }) }, 'explicitDeny', 'resourcePolicy'],
  ['a boundary allows too', ana, { identity: [ALLOW], boundary: ALLOW }, 'allowed', 'identityPolicy'],
  ['a boundary leaves it out', ana, { identity: [ALLOW], boundary: NOTHING }, 'implicitDeny', 'permissionsBoundary'],
  ['a boundary alone grants nothing', ana, { boundary: ALLOW }, 'implicitDeny', 'identityPolicy'],
  ['a boundary denies', ana, { identity: [ALLOW], boundary: DENY }, 'explicitDeny', 'permissionsBoundary'],
  ['a user named by the resource passes its boundary', ana, { resource: to({ AWS: ANA }), boundary: NOTHING }, 'allowed', 'resourcePolicy'],
  [
    'a boundary that denies stops a user named by the resource',
    ana,
    { resource: to({ AWS: ANA }), boundary: DENY },
    'explicitDeny',
    'permissionsBoundary',
  ],
  ['a session policy allows too', session, { identity: [ALLOW], session: [ALLOW] }, 'allowed', 'identityPolicy'],
  ['one of two session policies is enough', session, { identity: [ALLOW], session: [NOTHING, ALLOW] }, 'allowed', 'identityPolicy'],
  ['a session policy leaves it out', session, { identity: [ALLOW], session: [NOTHING] }, 'implicitDeny', 'sessionPolicy'],
  ['a session policy grants nothing by itself', session, { session: [ALLOW] }, 'implicitDeny', 'identityPolicy'],
  [
    'the resource names the session, which passes boundary and session policy',
    session,
    { resource: to({ AWS: SESSION }), boundary: NOTHING, session: [NOTHING] },
    'allowed',
    'resourcePolicy',
  ],
  ['the resource names the role', session, { resource: to({ AWS: ROLE }) }, 'allowed', 'resourcePolicy'],
  [
    'the resource names the role, and a boundary leaves it out',
    session,
    { resource: to({ AWS: ROLE }), boundary: NOTHING },
    'implicitDeny',
    'permissionsBoundary',
  ],
  [
    'the resource names the role, and a session policy leaves it out',
    session,
    { resource: to({ AWS: ROLE }), session: [NOTHING] },
    'implicitDeny',
    'sessionPolicy',
  ],
  [
    'everyone with aws:PrincipalArn of the role is a grant to the role',
    session,
    { resource: to('*', { Condition: { ArnEquals: { 'aws:PrincipalArn': ROLE } } }), boundary: NOTHING },
    'implicitDeny',
    'permissionsBoundary',
    { context: new Map([['aws:principalarn', [ROLE]]]) },
  ],
  ['the root user needs no policy', root, {}, 'allowed', null],
  ['the root user is bound by the resource policy', root, { resource: to('*', { Effect: 'Deny' }) }, 'explicitDeny', 'resourcePolicy'],
]);

table('keys and roles, which must allow by themselves', [
  [
    'a key policy without the caller',
    ana,
    { identity: [ALLOW], resource: to({ AWS: `${ANA}2` }) },
    'implicitDeny',
    'resourcePolicy',
    { action: 'kms:Decrypt', resource: KEY },
  ],
  [
    'a key policy that hands it to the account',
    ana,
    { identity: [ALLOW], resource: to({ AWS: ACCOUNT }) },
    'allowed',
    'identityPolicy',
    { action: 'kms:Decrypt', resource: KEY },
  ],
  [
    'a key policy that hands it to the account, which gives nothing',
    ana,
    { resource: to({ AWS: ACCOUNT }) },
    'implicitDeny',
    'identityPolicy',
    { action: 'kms:Decrypt', resource: KEY },
  ],
  [
    'a key policy that names the user',
    ana,
    { resource: to({ AWS: ANA }) },
    'allowed',
    'resourcePolicy',
    { action: 'kms:Decrypt', resource: KEY },
  ],
  [
    'a key policy without the root user',
    root,
    { resource: to({ AWS: ANA }) },
    'implicitDeny',
    'resourcePolicy',
    { action: 'kms:Decrypt', resource: KEY },
  ],
  [
    'a trust policy that names the user',
    ana,
    { resource: to({ AWS: ANA }) },
    'allowed',
    'resourcePolicy',
    { action: 'sts:AssumeRole', resource: ROLE },
  ],
  [
    'a trust policy that names the account',
    ana,
    { resource: to({ AWS: ACCOUNT }) },
    'implicitDeny',
    'identityPolicy',
    { action: 'sts:AssumeRole', resource: ROLE },
  ],
  [
    'a trust policy without the user',
    ana,
    { identity: [ALLOW], resource: to({ Service: 'lambda.amazonaws.com' }) },
    'implicitDeny',
    'resourcePolicy',
    { action: 'sts:AssumeRole', resource: ROLE },
  ],
  [
    'reading a role asks its trust policy nothing',
    ana,
    { identity: [ALLOW] },
    'allowed',
    'identityPolicy',
    { action: 'iam:GetRole', resource: ROLE },
  ],
]);

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html, read 2026-11-23
table('across accounts', [
  ['identity only', stranger, { identity: [ALLOW] }, 'implicitDeny', 'resourcePolicy'],
  ['resource only', stranger, { resource: to({ AWS: stranger.arn }) }, 'implicitDeny', 'identityPolicy'],
  ['everyone is not enough either', stranger, { resource: to('*') }, 'implicitDeny', 'identityPolicy'],
  ['both, by user', stranger, { identity: [ALLOW], resource: to({ AWS: stranger.arn }) }, 'allowed', 'identityPolicy'],
  ['both, by account', stranger, { identity: [ALLOW], resource: to({ AWS: OTHER }) }, 'allowed', 'identityPolicy'],
  [
    'both, and a boundary leaves it out',
    stranger,
    { identity: [ALLOW], resource: to('*'), boundary: NOTHING },
    'implicitDeny',
    'permissionsBoundary',
  ],
  [
    'both, and the session leaves it out',
    { ...session, account: OTHER },
    { identity: [ALLOW], resource: to('*'), session: [NOTHING] },
    'implicitDeny',
    'sessionPolicy',
  ],
  [
    'a session that the resource names still needs its identity policy',
    { ...session, account: OTHER },
    { resource: to({ AWS: SESSION }) },
    'implicitDeny',
    'identityPolicy',
  ],
  ['identity denies', stranger, { identity: [ALLOW, DENY], resource: to('*') }, 'explicitDeny', 'identityPolicy'],
  [
    'the root user of a trusted account',
    { ...root, account: OTHER, arn: `arn:aws:iam::${OTHER}:root` },
    { resource: to({ AWS: OTHER }) },
    'allowed',
    'resourcePolicy',
  ],
  [
    'the root user of another account',
    { ...root, account: OTHER, arn: `arn:aws:iam::${OTHER}:root` },
    { resource: to({ AWS: ACCOUNT }) },
    'implicitDeny',
    'resourcePolicy',
  ],
]);

table('services and anonymous callers', [
  ['a service without a resource policy', sns, { identity: [] }, 'implicitDeny', 'resourcePolicy'],
  ['a service that the resource names', sns, { resource: to({ Service: 'sns.amazonaws.com' }) }, 'allowed', 'resourcePolicy'],
  ['another service', sns, { resource: to({ Service: 'events.amazonaws.com' }) }, 'implicitDeny', 'resourcePolicy'],
  ['everyone includes services', sns, { resource: to({ AWS: '*' }) }, 'allowed', 'resourcePolicy'],
  ['an account is not its services', sns, { resource: to({ AWS: ACCOUNT }) }, 'implicitDeny', 'resourcePolicy'],
  [
    'an SCP does not bind a service',
    sns,
    { resource: to({ Service: 'sns.amazonaws.com' }), scps: [level(NOTHING)] },
    'allowed',
    'resourcePolicy',
  ],
  [
    'an RCP binds a service',
    sns,
    { resource: to({ Service: 'sns.amazonaws.com' }), rcps: [level(ALLOW, DENY)] },
    'explicitDeny',
    'resourceControlPolicy',
  ],
  ['anonymous, and the resource names everyone', anyone, { resource: to('*') }, 'allowed', 'resourcePolicy'],
  ['anonymous, and the resource names an account', anyone, { resource: to({ AWS: ACCOUNT }) }, 'implicitDeny', 'resourcePolicy'],
]);

table('organisations and endpoints', [
  ['every level allows', ana, { identity: [ALLOW], scps: [level(ALLOW), level(ALLOW)] }, 'allowed', 'identityPolicy'],
  ['one level allows nothing', ana, { identity: [ALLOW], scps: [level(ALLOW), level(NOTHING)] }, 'implicitDeny', 'serviceControlPolicy'],
  ['one level denies', ana, { identity: [ALLOW], scps: [level(ALLOW, DENY), level(ALLOW)] }, 'explicitDeny', 'serviceControlPolicy'],
  ['an SCP grants nothing', ana, { scps: [level(ALLOW)] }, 'implicitDeny', 'identityPolicy'],
  ['an SCP binds the root user of a member account', root, { scps: [level(DENY)] }, 'explicitDeny', 'serviceControlPolicy'],
  [
    'an SCP binds a user whom the resource names',
    ana,
    { resource: to({ AWS: ANA }), scps: [level(NOTHING)] },
    'implicitDeny',
    'serviceControlPolicy',
  ],
  ['an RCP denies', ana, { identity: [ALLOW], rcps: [level(ALLOW, DENY)] }, 'explicitDeny', 'resourceControlPolicy'],
  [
    'an endpoint policy leaves it out',
    ana,
    { identity: [ALLOW], endpoint: to('*', { Action: 's3:*' }) },
    'implicitDeny',
    'vpcEndpointPolicy',
  ],
]);

const LINKED = { ...session, roleArn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX` };
table('service-linked roles', [
  ['no SCP binds one', LINKED, { identity: [ALLOW], scps: [level(DENY)] }, 'allowed', 'identityPolicy'],
  ['no RCP binds one', LINKED, { identity: [ALLOW], rcps: [level(DENY)] }, 'allowed', 'identityPolicy'],
]);

const EXCEPT = (...aws: string[]): NamedPolicy => policy({ Effect: 'Deny', NotPrincipal: { AWS: aws } });
table('NotPrincipal with Deny', [
  ['user and account listed', ana, { identity: [ALLOW], resource: EXCEPT(ANA, ACCOUNT) }, 'allowed', 'identityPolicy'],
  ['only the user listed: the account is hit', ana, { identity: [ALLOW], resource: EXCEPT(ANA) }, 'explicitDeny', 'resourcePolicy'],
  ['another user of a listed account', ana, { identity: [ALLOW], resource: EXCEPT(`${ANA}2`, ACCOUNT) }, 'explicitDeny', 'resourcePolicy'],
  ['role and account listed', session, { identity: [ALLOW], resource: EXCEPT(ROLE, ACCOUNT) }, 'allowed', 'identityPolicy'],
  ['the role is not listed', session, { identity: [ALLOW], resource: EXCEPT(SESSION, ACCOUNT) }, 'explicitDeny', 'resourcePolicy'],
  [
    'whoever has a boundary is hit, listed or not',
    ana,
    { identity: [ALLOW], boundary: ALLOW, resource: EXCEPT(ANA, ACCOUNT) },
    'explicitDeny',
    'resourcePolicy',
  ],
  [
    'a service listed',
    sns,
    { resource: policy({ Principal: '*' }, { Effect: 'Deny', NotPrincipal: { Service: 'sns.amazonaws.com' } }) },
    'allowed',
    'resourcePolicy',
  ],
]);
