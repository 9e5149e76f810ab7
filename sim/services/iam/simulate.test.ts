import { describe, expect, it } from 'vitest';
import type { Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { World } from '../../kernel/world';
import { statementSpans } from './policy/positions';
import { createIam } from './service';

const A = '111122223333';
const B = '444455556666';
const ANA = `arn:aws:iam::${A}:user/ana`;
const QUEUE = `arn:aws:sqs:eu-west-1:${A}:orders`;

function createWorld(): World {
  const root = { id: 'r-abcd', children: [{ id: A }] };
  const iam = createIam({ organization: { id: 'o-example1234', managementAccount: B, root } });
  return new World({ services: [iam], account: A, region: 'eu-west-1', seed: 7, startAtEpochMs: 1_793_613_600_000 });
}

function ask(world: World, operation: string, input: JsonObject): { ok: JsonObject } | { fault: Fault } {
  const route = world.route('iam', operation, input);
  const answer = route && world.call({ ...route, input });
  if (!answer) throw new Error(`${operation} was never answered.`);
  return answer as { ok: JsonObject } | { fault: Fault };
}

function results(world: World, operation: string, input: JsonObject): JsonObject[] {
  const answer = ask(world, operation, input);
  if ('fault' in answer) throw new Error(answer.fault.message);
  return answer.ok.EvaluationResults as JsonObject[];
}

const text = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (rest: object = {}): object => ({ Effect: 'Allow', Action: 'sqs:*', Resource: '*', ...rest });
const deny = (rest: object = {}): object => allow({ Effect: 'Deny', ...rest });

function custom(input: JsonObject): JsonObject[] {
  return results(createWorld(), 'SimulateCustomPolicy', { ActionNames: ['sqs:SendMessage'], ...input });
}

describe('SimulateCustomPolicy', () => {
  // The example of the AWS CLI's reference for simulate-custom-policy, read 2026-11-23.
  it("answers the AWS CLI's own example", () => {
    const policy =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2015-08-16T12:00:00Z"}}}}';
    const entry = { ContextKeyName: 'aws:CurrentTime', ContextKeyValues: ['2019-04-25T11:00:00Z'], ContextKeyType: 'date' };
    const input = { PolicyInputList: [policy], ActionNames: ['dynamodb:CreateBackup'], ContextEntries: [entry] };
    expect(custom(input)).toEqual([
      {
        EvalActionName: 'dynamodb:CreateBackup',
        EvalResourceName: '*',
        EvalDecision: 'allowed',
        MatchedStatements: [
          {
            SourcePolicyId: 'PolicyInputList.1',
            SourcePolicyType: 'IAM Policy',
            StartPosition: { Line: 1, Column: 38 },
            EndPosition: { Line: 1, Column: 167 },
          },
        ],
        MissingContextValues: [],
      },
    ]);
    expect(custom({ ...input, ContextEntries: [] })).toMatchObject([
      { EvalDecision: 'implicitDeny', MatchedStatements: [], MissingContextValues: ['aws:CurrentTime'] },
    ]);
  });

  const by = (principal: unknown, rest: object = {}): string => text(allow({ Principal: principal, ...rest }));
  it.each<[name: string, input: JsonObject, decision: string]>([
    ['an Allow', { PolicyInputList: [text(allow())] }, 'allowed'],
    ['nothing about it', { PolicyInputList: [text(allow({ Action: 's3:*' }))] }, 'implicitDeny'],
    ['a Deny in another policy', { PolicyInputList: [text(allow()), text(deny())] }, 'explicitDeny'],
    ['a statement about one resource, asked about all', { PolicyInputList: [text(allow({ Resource: QUEUE }))] }, 'implicitDeny'],
    ['that resource', { PolicyInputList: [text(allow({ Resource: QUEUE }))], ResourceArns: [QUEUE] }, 'allowed'],
    [
      'a boundary that leaves it out',
      { PolicyInputList: [text(allow())], PermissionsBoundaryPolicyInputList: [text(allow({ Action: 's3:*' }))] },
      'implicitDeny',
    ],
    ['a boundary that allows it', { PolicyInputList: [text(allow())], PermissionsBoundaryPolicyInputList: [text(allow())] }, 'allowed'],
    [
      'a resource policy that names the caller',
      { PolicyInputList: [text(allow({ Action: 's3:*' }))], ResourceArns: [QUEUE], CallerArn: ANA, ResourcePolicy: by({ AWS: ANA }) },
      'allowed',
    ],
    [
      'a resource policy that names another',
      { PolicyInputList: [text(allow({ Action: 's3:*' }))], ResourceArns: [QUEUE], CallerArn: ANA, ResourcePolicy: by({ AWS: `${ANA}2` }) },
      'implicitDeny',
    ],
    [
      'a resource policy that denies',
      { PolicyInputList: [text(allow())], ResourceArns: [QUEUE], CallerArn: ANA, ResourcePolicy: text(deny({ Principal: '*' })) },
      'explicitDeny',
    ],
    [
      'another account, both sides',
      {
        PolicyInputList: [text(allow())],
        ResourceArns: [QUEUE],
        CallerArn: ANA.replace(A, B),
        ResourceOwner: `arn:aws:iam::${A}:root`,
        ResourcePolicy: by({ AWS: B }),
      },
      'allowed',
    ],
    [
      'another account, resource side only',
      {
        PolicyInputList: [text(allow({ Action: 's3:*' }))],
        ResourceArns: [QUEUE],
        CallerArn: ANA.replace(A, B),
        ResourcePolicy: by({ AWS: B }),
      },
      'implicitDeny',
    ],
    [
      'a variable of the caller',
      {
        PolicyInputList: [text(allow({ Resource: 'arn:aws:sqs:*:*:${aws:username}' }))],
        ResourceArns: [QUEUE.replace('orders', 'ana')],
        CallerArn: ANA,
      },
      'allowed',
    ],
    ['the first policy language', { PolicyInputList: [JSON.stringify({ Statement: [allow()] })] }, 'allowed'],
  ])('%s', (_name, input, decision) => {
    expect(custom(input)).toMatchObject([{ EvalActionName: 'sqs:SendMessage', EvalDecision: decision }]);
  });

  it('gives one result an action, and the decision on every resource inside', () => {
    const policy = text(allow({ Resource: QUEUE }), deny({ Resource: `${QUEUE}-dlq` }));
    const input = { PolicyInputList: [policy], ActionNames: ['sqs:SendMessage', 's3:GetObject'], ResourceArns: [QUEUE, `${QUEUE}-dlq`] };
    const [first, second] = custom(input);
    expect(first).toMatchObject({ EvalActionName: 'sqs:SendMessage', EvalResourceName: '*', EvalDecision: 'explicitDeny' });
    expect(first?.MatchedStatements).toHaveLength(1);
    expect(first?.ResourceSpecificResults).toMatchObject([
      { EvalResourceName: QUEUE, EvalResourceDecision: 'allowed' },
      { EvalResourceName: `${QUEUE}-dlq`, EvalResourceDecision: 'explicitDeny' },
    ]);
    expect(second).toMatchObject({ EvalActionName: 's3:GetObject', EvalDecision: 'implicitDeny', MatchedStatements: [] });
  });

  it('says what a boundary and, across accounts, each side decided', () => {
    const boundary = { PolicyInputList: [text(allow())], PermissionsBoundaryPolicyInputList: [text(allow({ Action: 's3:*' }))] };
    expect(custom(boundary)).toMatchObject([{ PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } }]);
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html: present and empty within an account, for a resource.
    expect(custom({ PolicyInputList: [text(allow())], ResourceArns: [QUEUE] })).toMatchObject([{ EvalDecisionDetails: {} }]);
    expect(custom({ PolicyInputList: [text(allow())] })[0]).not.toHaveProperty('EvalDecisionDetails');
    const across = {
      PolicyInputList: [text(allow())],
      ResourceArns: [QUEUE],
      CallerArn: ANA,
      ResourceOwner: B,
      ResourcePolicy: by({ AWS: B }),
    };
    expect(custom(across)).toMatchObject([{ EvalDecisionDetails: { 'IAM Policy': 'allowed', 'Resource Policy': 'implicitDeny' } }]);
  });

  it.each<[name: string, input: JsonObject]>([
    ['a policy that is no JSON', { PolicyInputList: ['{'] }],
    ['an action without a service', { PolicyInputList: [text(allow())], ActionNames: ['SendMessage'] }],
    ['a wildcard in an action', { PolicyInputList: [text(allow())], ActionNames: ['sqs:*'] }],
    ['a resource policy without a caller', { PolicyInputList: [text(allow())], ResourcePolicy: by('*') }],
  ])('refuses %s', (_name, input) => {
    expect(ask(createWorld(), 'SimulateCustomPolicy', { ActionNames: ['sqs:SendMessage'], ...input })).toMatchObject({
      fault: { code: 'InvalidInput', status: 400 },
    });
  });

  it('names the context keys that policies ask for', () => {
    const policy = text(
      allow({
        Resource: 'arn:aws:s3:::b/${aws:username}/*',
        Condition: { StringEquals: { 'aws:PrincipalTag/Team': '${aws:RequestTag/team}' } },
      }),
    );
    expect(ask(createWorld(), 'GetContextKeysForCustomPolicy', { PolicyInputList: [policy] })).toEqual({
      ok: { ContextKeyNames: ['aws:username', 'aws:PrincipalTag/Team', 'aws:requesttag/team'] },
    });
  });
});

describe('SimulatePrincipalPolicy', () => {
  function world(): World {
    const made = createWorld();
    const setUp: [string, JsonObject][] = [
      ['CreateUser', { UserName: 'ana' }],
      ['PutUserPolicy', { UserName: 'ana', PolicyName: 'send', PolicyDocument: text(allow()) }],
      ['CreateGroup', { GroupName: 'devs' }],
      ['AttachGroupPolicy', { GroupName: 'devs', PolicyArn: 'arn:aws:iam::aws:policy/AmazonSNSFullAccess' }],
      ['AddUserToGroup', { GroupName: 'devs', UserName: 'ana' }],
    ];
    for (const [operation, input] of setUp) expect(ask(made, operation, input)).toHaveProperty('ok');
    return made;
  }
  const simulate = (made: World, input: JsonObject = {}): JsonObject[] =>
    results(made, 'SimulatePrincipalPolicy', { PolicySourceArn: ANA, ActionNames: ['sqs:SendMessage'], ...input });

  it('looks at inline, attached and group policies', () => {
    const [sqs, sns, s3] = simulate(world(), { ActionNames: ['sqs:SendMessage', 'sns:Publish', 's3:GetObject'] });
    expect(sqs).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'user_ana_send' }],
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    });
    expect(sns).toMatchObject({ EvalDecision: 'allowed', MatchedStatements: [{ SourcePolicyId: 'AmazonSNSFullAccess' }] });
    expect(s3).toMatchObject({ EvalDecision: 'implicitDeny' });
  });

  it('adds policies that are not attached yet', () => {
    expect(simulate(world(), { PolicyInputList: [text(deny())] })).toMatchObject([
      { EvalDecision: 'explicitDeny', MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1' }] },
    ]);
  });

  it('minds service control policies', () => {
    const made = world();
    const organization = {
      id: 'o-example1234',
      managementAccount: B,
      root: { id: 'r-abcd', scps: [{ name: 'no-sqs', document: text(deny()) }], children: [{ id: A }] },
    };
    made.call({ action: 'iam:SetOrganization', resource: '*', input: { organization } });
    expect(simulate(made)).toMatchObject([
      { EvalDecision: 'explicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
    ]);
  });

  it.each([
    [`arn:aws:sts::${A}:assumed-role/worker/s`, 'InvalidInput'],
    [`arn:aws:iam::${A}:user/nobody`, 'NoSuchEntity'],
  ])('refuses %s with %s', (PolicySourceArn, code) => {
    expect(ask(world(), 'SimulatePrincipalPolicy', { PolicySourceArn, ActionNames: ['sqs:SendMessage'] })).toMatchObject({
      fault: { code },
    });
  });
});

describe('positions of statements', () => {
  it('count from the token before', () => {
    const pretty = JSON.stringify(JSON.parse(text(allow(), deny({ Sid: 'quote " and { brace' }))), null, 2);
    expect(statementSpans(pretty)).toEqual([
      { start: { Line: 3, Column: 17 }, end: { Line: 8, Column: 6 } },
      { start: { Line: 8, Column: 6 }, end: { Line: 14, Column: 6 } },
    ]);
  });
});
