import { describe, expect, it } from 'vitest';
import type { Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { formatTrace } from '../../kernel/trace';
import { World } from '../../kernel/world';
import { createIam } from './service';
import type { IamState } from './state';

const ACCOUNT = '111122223333';
const DOCUMENT = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] });
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

function createWorld(): World {
  return new World({ services: [createIam()], account: ACCOUNT, region: 'eu-west-1', seed: 7, startAtEpochMs: 1_793_613_600_000 });
}

function ask(world: World, operation: string, input: JsonObject): { ok: JsonObject } | { fault: Fault } {
  const route = world.route('iam', operation, input);
  if (!route) throw new Error(`IAM has no operation ${operation}.`);
  const answer = world.call({ ...route, input });
  if (!answer) throw new Error(`${operation} was never answered.`);
  return answer as { ok: JsonObject } | { fault: Fault };
}

function must(world: World, operation: string, input: JsonObject): JsonObject {
  const answer = ask(world, operation, input);
  if ('fault' in answer) throw new Error(`${operation}: ${answer.fault.message}`);
  return answer.ok;
}

type Step = [operation: string, input: JsonObject];
const ROLE: Step = ['CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST }];
const USER: Step = ['CreateUser', { UserName: 'ana' }];
const GROUP: Step = ['CreateGroup', { GroupName: 'devs' }];
const POLICY: Step = ['CreatePolicy', { PolicyName: 'send', PolicyDocument: DOCUMENT }];
const OWN = `arn:aws:iam::${ACCOUNT}:policy/send`;
const version = (): Step => ['CreatePolicyVersion', { PolicyArn: OWN, PolicyDocument: DOCUMENT }];

describe('refusals', () => {
  // https://docs.aws.amazon.com/IAM/latest/APIReference/, read 2026-11-23
  it.each<[name: string, before: Step[], step: Step, code: string, status: number, message: string]>([
    ['a role that does not exist', [], ['GetRole', { RoleName: 'x' }], 'NoSuchEntity', 404, 'The role with name x cannot be found.'],
    [
      'a role twice, in other letters',
      [ROLE],
      ['CreateRole', { RoleName: 'Worker', AssumeRolePolicyDocument: TRUST }],
      'EntityAlreadyExists',
      409,
      'Role with name Worker already exists.',
    ],
    [
      'a name with a space',
      [],
      ['CreateUser', { UserName: 'a b' }],
      'ValidationError',
      400,
      "1 validation error detected: Value 'a b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    ],
    [
      'two mistakes at once',
      [],
      ['CreateRole', { RoleName: 'x'.repeat(65) }],
      'ValidationError',
      400,
      `2 validation errors detected: Value '${'x'.repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64; Value null at 'assumeRolePolicyDocument' failed to satisfy constraint: Member must not be null`,
    ],
    [
      'a session longer than 12 hours',
      [],
      ['CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: TRUST, MaxSessionDuration: 43_201 }],
      'ValidationError',
      400,
      "1 validation error detected: Value '43201' at 'maxSessionDuration' failed to satisfy constraint: Member must have value less than or equal to 43200",
    ],
    [
      'a trust policy with a resource',
      [],
      ['CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: DOCUMENT.replace('sqs:*', 'sts:AssumeRole') }],
      'MalformedPolicyDocument',
      400,
      'Has prohibited field Resource',
    ],
    [
      'an inline policy with a principal',
      [ROLE],
      ['PutRolePolicy', { RoleName: 'worker', PolicyName: 'p', PolicyDocument: TRUST }],
      'MalformedPolicyDocument',
      400,
      'Policy document should not specify a principal.',
    ],
    [
      'an unknown inline policy',
      [ROLE],
      ['GetRolePolicy', { RoleName: 'worker', PolicyName: 'p' }],
      'NoSuchEntity',
      404,
      'The role policy with name p cannot be found.',
    ],
    [
      'an unknown managed policy',
      [ROLE],
      ['AttachRolePolicy', { RoleName: 'worker', PolicyArn: `${OWN}2` }],
      'NoSuchEntity',
      404,
      `Policy ${OWN}2 does not exist or is not attachable.`,
    ],
    [
      'detaching what is not attached',
      [ROLE],
      ['DetachRolePolicy', { RoleName: 'worker', PolicyArn: BASIC }],
      'NoSuchEntity',
      404,
      `Policy ${BASIC} was not found.`,
    ],
    [
      'a role with an attached policy',
      [ROLE, ['AttachRolePolicy', { RoleName: 'worker', PolicyArn: BASIC }]],
      ['DeleteRole', { RoleName: 'worker' }],
      'DeleteConflict',
      409,
      'Cannot delete entity, must detach all policies first.',
    ],
    [
      'a role with an inline policy',
      [ROLE, ['PutRolePolicy', { RoleName: 'worker', PolicyName: 'p', PolicyDocument: DOCUMENT }]],
      ['DeleteRole', { RoleName: 'worker' }],
      'DeleteConflict',
      409,
      'Cannot delete entity, must delete policies first.',
    ],
    [
      'a user with keys',
      [USER, ['CreateAccessKey', { UserName: 'ana' }]],
      ['DeleteUser', { UserName: 'ana' }],
      'DeleteConflict',
      409,
      'Cannot delete entity, must delete access keys first.',
    ],
    [
      'a third access key',
      [USER, ['CreateAccessKey', { UserName: 'ana' }], ['CreateAccessKey', { UserName: 'ana' }]],
      ['CreateAccessKey', { UserName: 'ana' }],
      'LimitExceeded',
      409,
      'Cannot exceed quota for AccessKeysPerUser: 2',
    ],
    [
      'a policy twice',
      [POLICY],
      POLICY,
      'EntityAlreadyExists',
      409,
      'A policy called send already exists. Duplicate names are not allowed.',
    ],
    [
      'a policy in use',
      [POLICY, USER, ['AttachUserPolicy', { UserName: 'ana', PolicyArn: OWN }]],
      ['DeletePolicy', { PolicyArn: OWN }],
      'DeleteConflict',
      409,
      'Cannot delete a policy attached to entities.',
    ],
    [
      'a sixth version',
      [POLICY, version(), version(), version(), version()],
      version(),
      'LimitExceeded',
      409,
      'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    ],
    [
      'the version in force',
      [POLICY],
      ['DeletePolicyVersion', { PolicyArn: OWN, VersionId: 'v1' }],
      'DeleteConflict',
      409,
      'Cannot delete the default version of a policy.',
    ],
    [
      'a version that does not exist',
      [POLICY],
      ['GetPolicyVersion', { PolicyArn: OWN, VersionId: 'v9' }],
      'NoSuchEntity',
      404,
      `Policy ${OWN} version v9 does not exist or is not attachable.`,
    ],
    [
      'an inline policy too large',
      [USER],
      ['PutUserPolicy', { UserName: 'ana', PolicyName: 'p', PolicyDocument: DOCUMENT.replace('sqs:*', `sqs:${'x'.repeat(2048)}`) }],
      'LimitExceeded',
      409,
      'Maximum policy size of 2048 bytes exceeded for user ana',
    ],
    [
      'a group with members',
      [USER, GROUP, ['AddUserToGroup', { GroupName: 'devs', UserName: 'ana' }]],
      ['DeleteGroup', { GroupName: 'devs' }],
      'DeleteConflict',
      409,
      'Cannot delete entity, must remove users from group first.',
    ],
    [
      'a name from the prototype of objects',
      [],
      ['GetUser', { UserName: '__proto__' }],
      'NoSuchEntity',
      404,
      'The user with name __proto__ cannot be found.',
    ],
  ])('%s', (_name, before, [operation, input], code, status, message) => {
    const world = createWorld();
    for (const [earlier, given] of before) must(world, earlier, given);
    expect(ask(world, operation, input)).toEqual({ fault: { code, status, message, side: 'client' } });
  });
});

describe('what IAM answers', () => {
  it('shows a role as the SDK expects it', () => {
    const world = createWorld();
    must(world, 'CreateRole', { RoleName: 'worker', Path: '/app/', AssumeRolePolicyDocument: TRUST, Description: 'Works.' });
    expect(must(world, 'GetRole', { RoleName: 'worker' }).Role).toEqual({
      Path: '/app/',
      RoleName: 'worker',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${ACCOUNT}:role/app/worker`,
      CreateDate: '2026-11-02T10:00:00Z',
      AssumeRolePolicyDocument: encodeURIComponent(TRUST).replaceAll('*', '%2A'),
      Description: 'Works.',
      MaxSessionDuration: 3600,
      RoleLastUsed: {},
    });
  });

  it('pages through lists', () => {
    const world = createWorld();
    for (const name of ['c', 'a', 'b']) must(world, 'CreateUser', { UserName: name });
    const first = must(world, 'ListUsers', { MaxItems: 2 });
    expect(first).toMatchObject({ IsTruncated: true, Users: [{ UserName: 'a' }, { UserName: 'b' }] });
    expect(must(world, 'ListUsers', { MaxItems: 2, Marker: first.Marker as string })).toMatchObject({
      IsTruncated: false,
      Users: [{ UserName: 'c' }],
    });
  });

  it("reads AWS's managed policies and counts their use", () => {
    const world = createWorld();
    must(world, ...ROLE);
    must(world, 'AttachRolePolicy', { RoleName: 'worker', PolicyArn: BASIC });
    expect(must(world, 'GetPolicy', { PolicyArn: BASIC }).Policy).toMatchObject({
      PolicyName: 'AWSLambdaBasicExecutionRole',
      AttachmentCount: 1,
    });
    const shown = must(world, 'GetPolicyVersion', { PolicyArn: BASIC, VersionId: 'v1' }).PolicyVersion as JsonObject;
    const document = JSON.parse(decodeURIComponent(shown.Document as string)) as { Statement: { Action: string[] }[] };
    expect(document.Statement[0]?.Action).toEqual(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(ask(world, 'DeletePolicy', { PolicyArn: BASIC })).toMatchObject({ fault: { code: 'AccessDenied', status: 403 } });
  });

  it('takes the default version into force', () => {
    const world = createWorld();
    must(world, ...POLICY);
    must(world, 'CreatePolicyVersion', { PolicyArn: OWN, PolicyDocument: DOCUMENT, SetAsDefault: true });
    expect(must(world, 'GetPolicy', { PolicyArn: OWN }).Policy).toMatchObject({ DefaultVersionId: 'v2' });
    must(world, 'SetDefaultPolicyVersion', { PolicyArn: OWN, VersionId: 'v1' });
    expect(must(world, 'ListPolicyVersions', { PolicyArn: OWN }).Versions).toMatchObject([
      { VersionId: 'v2', IsDefaultVersion: false },
      { VersionId: 'v1', IsDefaultVersion: true },
    ]);
  });
});

describe('the state', () => {
  it('is the fold of the facts, at any moment', () => {
    const world = createWorld();
    const steps: Step[] = [ROLE, USER, GROUP, POLICY, version(), ['AddUserToGroup', { GroupName: 'devs', UserName: 'ana' }]];
    steps.push(
      ['TagRole', { RoleName: 'worker', Tags: [{ Key: 'team', Value: 'x' }] }],
      ['PutUserPermissionsBoundary', { UserName: 'ana', PermissionsBoundary: OWN }],
    );
    steps.push(['CreateAccessKey', { UserName: 'ana' }], ['UpdateAssumeRolePolicy', { RoleName: 'worker', PolicyDocument: TRUST }]);
    for (const step of steps) must(world, ...step);
    expect(world.stateAt('iam', world.trace.length - 1)).toEqual(world.state('iam'));
    expect(Object.keys(world.stateAt<IamState>('iam', 0).identities)).toEqual([`${ACCOUNT}/role/worker`]);
  });

  it('is the same from the same calls', () => {
    const run = (): string => {
      const world = createWorld();
      for (const step of [ROLE, USER, POLICY]) must(world, ...step);
      must(world, 'CreateAccessKey', { UserName: 'ana' });
      return formatTrace(world.trace);
    };
    expect(run()).toBe(run());
  });
});
