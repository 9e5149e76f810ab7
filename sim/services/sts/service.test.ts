import { describe, expect, it } from 'vitest';
import type { Fault, Principal } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';
import { type CallRequest, World } from '../../kernel/world';
import { authorize } from '../iam/guard';
import { createIam } from '../iam/service';
import { principalOfKey } from './credentials';
import { createSts } from './service';

const A = '111122223333';
const B = '444455556666';
const QUEUE = `arn:aws:sqs:eu-west-1:${A}:orders`;
const TOPIC = `arn:aws:sns:eu-west-1:${A}:news`;
const ROLE = `arn:aws:iam::${A}:role/worker`;
const ana: Principal = { type: 'user', id: `arn:aws:iam::${A}:user/ana`, account: A };
const eve: Principal = { type: 'user', id: `arn:aws:iam::${B}:user/eve`, account: B };

/** A service of the test's own, whose one action does nothing. */
function service(prefix: string, action: string): Service {
  return { prefix, initial: () => ({}), actions: { [action]: () => ({ ok: {} }) }, apply: () => {} };
}

function createWorld(): World {
  const services = [createIam(), createSts(), service('sqs', 'SendMessage'), service('sns', 'Publish')];
  return new World({ services, guards: [authorize], account: A, region: 'eu-west-1', seed: 1, startAtEpochMs: 1_793_613_600_000 });
}

function statement(rest: object = {}): JsonObject {
  return { Effect: 'Allow', Action: '*', Resource: '*', ...rest } as JsonObject;
}
const text = (...statements: JsonObject[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

function setUp(world: World, operation: string, input: JsonObject, account = A): void {
  const route = world.route('iam', operation, input);
  if (!route) throw new Error(`IAM has no operation ${operation}.`);
  const answer = world.call({ ...route, resource: route.resource.replace(A, account), input });
  if (!answer || 'fault' in answer) throw new Error(`${operation} failed: ${JSON.stringify(answer)}`);
}

/** Ana in one account and Eve in another; a role that trusts both accounts. */
function withUsers(world: World, statements: { ana?: JsonObject[]; eve?: JsonObject[]; worker?: JsonObject[] } = {}): World {
  setUp(world, 'CreateUser', { UserName: 'ana' });
  setUp(world, 'CreateUser', { UserName: 'eve' }, B);
  const trust = text({ Effect: 'Allow', Principal: { AWS: [A, B] }, Action: ['sts:AssumeRole', 'sts:TagSession'] });
  setUp(world, 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: trust });
  const put = (operation: string, who: JsonObject, list: JsonObject[] | undefined, account = A): void => {
    if (list) setUp(world, operation, { ...who, PolicyName: 'own', PolicyDocument: text(...list) }, account);
  };
  put('PutUserPolicy', { UserName: 'ana' }, statements.ana);
  put('PutUserPolicy', { UserName: 'eve' }, statements.eve, B);
  put('PutRolePolicy', { RoleName: 'worker' }, statements.worker);
  return world;
}

function send(world: World, principal: Principal, rest: Partial<CallRequest> = {}): { ok: Json } | { fault: Fault } {
  const answer = world.call({ action: 'sqs:SendMessage', resource: QUEUE, input: {}, principal, ...rest });
  if (!answer) throw new Error('The call was never answered.');
  return answer;
}
const isAllowed = (answer: object): boolean => 'ok' in answer;

describe('sessions', () => {
  const assume = (world: World, principal: Principal, input: JsonObject = {}): { ok: JsonObject } | { fault: Fault } => {
    const full = { RoleArn: ROLE, RoleSessionName: 'run-1', ...input };
    const answer = world.call({ action: 'sts:AssumeRole', resource: ROLE, input: full, principal });
    if (!answer) throw new Error('AssumeRole was never answered.');
    return answer as { ok: JsonObject } | { fault: Fault };
  };
  const session = (world: World, principal: Principal, input: JsonObject = {}): Principal => {
    const answer = assume(world, principal, input);
    if ('fault' in answer) throw new Error(answer.fault.message);
    const { AccessKeyId } = answer.ok.Credentials as { AccessKeyId: string };
    const found = principalOfKey(world, AccessKeyId);
    if ('fault' in found) throw new Error(found.fault.message);
    return found.principal;
  };

  it('takes a role that trusts the account, if identity allows it', () => {
    expect(assume(withUsers(createWorld()), ana)).toMatchObject({
      fault: {
        code: 'AccessDenied',
        message: `User: ${ana.id} is not authorized to perform: sts:AssumeRole on resource: ${ROLE} because no identity-based policy allows the sts:AssumeRole action`,
      },
    });
    const world = withUsers(createWorld(), { ana: [statement({ Action: 'sts:AssumeRole' })] });
    expect(assume(world, ana)).toMatchObject({
      ok: {
        AssumedRoleUser: {
          Arn: `arn:aws:sts::${A}:assumed-role/worker/run-1`,
          AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:run-1$/),
        },
        Credentials: { AccessKeyId: expect.stringMatching(/^ASIA/), Expiration: '2026-11-02T11:00:00Z' },
      },
    });
  });

  it('works across accounts and acts as the role', () => {
    const world = withUsers(createWorld(), { eve: [statement({ Action: 'sts:*' })], worker: [statement({ Action: 'sqs:*' })] });
    expect(isAllowed(send(world, eve))).toBe(false);
    expect(isAllowed(send(world, session(world, eve)))).toBe(true);
    expect(isAllowed(send(world, session(world, eve), { action: 'sns:Publish', resource: TOPIC }))).toBe(false);
  });

  it('is narrowed by a session policy', () => {
    const world = withUsers(createWorld(), { ana: [statement()], worker: [statement()] });
    const Policy = text(statement({ Action: 'sns:*' }));
    expect(send(world, session(world, ana, { Policy }))).toMatchObject({
      fault: { message: expect.stringContaining('because no session policy allows') },
    });
    const PolicyArns = [{ arn: 'arn:aws:iam::aws:policy/AmazonSQSFullAccess' }];
    expect(isAllowed(send(world, session(world, ana, { PolicyArns })))).toBe(true);
  });

  it('needs sts:TagSession for tags, which policies then see', () => {
    const only = (action: string): World =>
      withUsers(createWorld(), {
        ana: [statement({ Action: action })],
        worker: [statement({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x' } } })],
      });
    const Tags = [{ Key: 'team', Value: 'x' }];
    expect(assume(only('sts:AssumeRole'), ana, { Tags })).toMatchObject({ fault: { message: expect.stringContaining('sts:TagSession') } });
    const world = only('sts:*');
    expect(isAllowed(send(world, session(world, ana, { Tags })))).toBe(true);
    expect(isAllowed(send(world, session(world, ana)))).toBe(false);
  });

  it('expires', () => {
    const world = withUsers(createWorld(), { ana: [statement()] });
    const answer = assume(world, ana, { DurationSeconds: 900 }) as { ok: { Credentials: { AccessKeyId: string } } };
    const key = answer.ok.Credentials.AccessKeyId;
    world.runUntil(899_000);
    expect(principalOfKey(world, key)).toHaveProperty('principal');
    world.runUntil(901_000);
    expect(principalOfKey(world, key)).toMatchObject({ fault: { code: 'ExpiredToken', status: 403 } });
  });

  it.each<[name: string, input: JsonObject, code: string, message: string]>([
    [
      'more than the role allows',
      { DurationSeconds: 7200 },
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    ],
    [
      'less than 15 minutes',
      { DurationSeconds: 899 },
      'ValidationError',
      "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [
      'a name with a slash',
      { RoleSessionName: 'a/b' },
      'ValidationError',
      "1 validation error detected: Value 'a/b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ],
    ['a policy that is no JSON', { Policy: '{' }, 'MalformedPolicyDocument', 'This policy contains invalid Json'],
  ])('refuses %s', (_name, input, code, message) => {
    expect(assume(withUsers(createWorld(), { ana: [statement()] }), ana, input)).toMatchObject({ fault: { code, message } });
  });

  it('tells anybody who they are', () => {
    const world = withUsers(createWorld(), { ana: [statement({ Effect: 'Deny' }), statement({ Action: 'sts:*' })] });
    const ask = (principal: Principal): object | null =>
      world.call({ action: 'sts:GetCallerIdentity', resource: '*', input: {}, principal });
    expect(ask(ana)).toEqual({ ok: { Account: A, Arn: ana.id, UserId: expect.stringMatching(/^AIDA/) } });
  });

  it('carries the second factor of a session token', () => {
    const withMfa = statement({
      Action: 'sqs:*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': '60' } },
    });
    const world = withUsers(createWorld(), { ana: [withMfa, statement({ Action: 'sts:*' })] });
    const token = (input: JsonObject): Principal => {
      const answer = world.call({ action: 'sts:GetSessionToken', resource: '*', input, principal: ana }) as {
        ok: { Credentials: { AccessKeyId: string } };
      };
      return (principalOfKey(world, answer.ok.Credentials.AccessKeyId) as { principal: Principal }).principal;
    };
    const device = { SerialNumber: `arn:aws:iam::${A}:mfa/ana`, TokenCode: '123456' };
    expect(isAllowed(send(world, ana))).toBe(false);
    expect(isAllowed(send(world, token({})))).toBe(false);
    const strong = token(device);
    expect(isAllowed(send(world, strong))).toBe(true);
    world.runUntil(61_000);
    expect(isAllowed(send(world, strong))).toBe(false);
    expect(world.call({ action: 'sts:GetSessionToken', resource: '*', input: {}, principal: strong })).toMatchObject({
      fault: { code: 'AccessDenied' },
    });
  });

  it('knows the keys of users, while they are active', () => {
    const world = withUsers(createWorld());
    const ask = (operation: string, input: JsonObject): JsonObject => {
      const route = world.route('iam', operation, input);
      if (!route) throw new Error(`IAM has no operation ${operation}.`);
      return (world.call({ ...route, input }) as { ok: JsonObject }).ok;
    };
    const { AccessKeyId } = ask('CreateAccessKey', { UserName: 'ana' }).AccessKey as { AccessKeyId: string };
    expect(principalOfKey(world, AccessKeyId)).toEqual({ principal: ana });
    ask('UpdateAccessKey', { UserName: 'ana', AccessKeyId, Status: 'Inactive' });
    expect(principalOfKey(world, AccessKeyId)).toMatchObject({ fault: { code: 'InvalidClientTokenId' } });
    expect(principalOfKey(world, '__proto__')).toMatchObject({ fault: { code: 'InvalidClientTokenId' } });
  });
});
