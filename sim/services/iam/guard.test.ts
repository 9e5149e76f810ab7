import { describe, expect, it } from 'vitest';
import type { Action, Fault, Principal } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';
import { type CallRequest, World } from '../../kernel/world';
import { createSts } from '../sts/service';
import { authorize } from './guard';
import { FULL_ACCESS, type Organization } from './organization';
import { createIam } from './service';

const A = '111122223333';
const B = '444455556666';
const QUEUE = `arn:aws:sqs:eu-west-1:${A}:orders`;
const TOPIC = `arn:aws:sns:eu-west-1:${A}:news`;
const ROLE = `arn:aws:iam::${A}:role/worker`;
const ana: Principal = { type: 'user', id: `arn:aws:iam::${A}:user/ana`, account: A };
const eve: Principal = { type: 'user', id: `arn:aws:iam::${B}:user/eve`, account: B };
const sns: Principal = { type: 'service', id: 'sns.amazonaws.com', account: A };
const anonymous: Principal = { type: 'anonymous', id: '', account: '' };

/** A service of the test's own: every action does nothing, and policies are those given. */
function service(prefix: string, policies: Record<string, JsonObject>, rest: Partial<Service> = {}): Service {
  const done = (): { ok: Json } => ({ ok: {} });
  const names = ['SendMessage', 'Publish', 'Subscribe', 'CreateFunction', 'InvokeFunction', 'Tick', 'Decrypt'];
  const actions = Object.fromEntries(names.map((name) => [name, done]));
  return { prefix, initial: () => ({}), actions, apply: () => {}, resourcePolicy: (_state, arn) => policies[arn] ?? null, ...rest };
}

function createWorld(policies: Record<string, JsonObject> = {}, organization?: Organization): World {
  const passedRoles: Service['passedRoles'] = (_state, { input }) =>
    typeof input.Role === 'string' ? [{ role: input.Role, service: 'lambda.amazonaws.com' }] : [];
  const services = [
    createIam(organization ? { organization } : {}),
    createSts(),
    service('sqs', policies, { internal: new Set(['Tick']) }),
    service('sns', policies),
    service('kms', policies),
    service('lambda', policies, { passedRoles }),
  ];
  return new World({ services, guards: [authorize], account: A, region: 'eu-west-1', seed: 1, startAtEpochMs: 1_793_613_600_000 });
}

function statement(rest: object = {}): JsonObject {
  return { Effect: 'Allow', Action: '*', Resource: '*', ...rest } as JsonObject;
}
function policy(...statements: JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements };
}
const text = (...statements: JsonObject[]): string => JSON.stringify(policy(...statements));

function setUp(world: World, operation: string, input: JsonObject, account = A): void {
  const route = world.route('iam', operation, input);
  if (!route) throw new Error(`IAM has no operation ${operation}.`);
  const answer = world.call({ ...route, resource: route.resource.replace(A, account), input });
  if (!answer || 'fault' in answer) throw new Error(`${operation} failed: ${JSON.stringify(answer)}`);
}

function withUsers(world: World, statements: { ana?: JsonObject[]; eve?: JsonObject[]; worker?: JsonObject[] } = {}): World {
  setUp(world, 'CreateUser', { UserName: 'ana', Tags: [{ Key: 'team', Value: 'orders' }] });
  setUp(world, 'CreateUser', { UserName: 'eve' }, B);
  const trust = policy({ Effect: 'Allow', Principal: { AWS: [A, B] }, Action: ['sts:AssumeRole', 'sts:TagSession'] });
  setUp(world, 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify(trust) });
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

describe('what a refusal says', () => {
  const head = (principal: Principal, action: string, resource: string): string =>
    `User: ${principal.id} is not authorized to perform: ${action} on resource: ${resource}`;

  it.each<[action: Action, code: string, status: number, spelled: string]>([
    ['sqs:SendMessage', 'AccessDenied', 403, 'sqs:sendmessage'],
    ['sns:Publish', 'AuthorizationError', 403, 'SNS:Publish'],
    ['lambda:InvokeFunction', 'AccessDeniedException', 403, 'lambda:InvokeFunction'],
    ['kms:Decrypt', 'AccessDeniedException', 400, 'kms:Decrypt'],
  ])('%s answers %s with %d', (action, code, status, spelled) => {
    const message = `${head(ana, spelled, TOPIC)} because no identity-based policy allows the ${spelled} action`;
    expect(send(withUsers(createWorld()), ana, { action, resource: TOPIC })).toEqual({ fault: { code, status, message, side: 'client' } });
  });

  it('lets whoever holds the token confirm a subscription, and publish nothing', () => {
    const nobody: Principal = { type: 'anonymous', id: 'anonymous', account: '' };
    const world = withUsers(createWorld());
    expect(send(world, nobody, { action: 'sns:ConfirmSubscription', resource: TOPIC })).not.toMatchObject({ fault: { status: 403 } });
    expect(send(world, nobody, { action: 'sns:Publish', resource: TOPIC })).toMatchObject({ fault: { status: 403 } });
  });

  it('names an explicit deny', () => {
    const world = withUsers(createWorld(), { ana: [statement(), statement({ Effect: 'Deny', Sid: 'No' })] });
    expect(send(world, ana)).toMatchObject({
      fault: { message: `${head(ana, 'sqs:sendmessage', QUEUE)} with an explicit deny in an identity-based policy` },
    });
  });

  it('keeps the whole reasoning in the trace', () => {
    const world = withUsers(createWorld(), { ana: [statement({ Action: 'sqs:*', Resource: `${QUEUE}-2` })] });
    send(world, ana);
    const fact = world.trace.at(-1);
    expect(fact).toMatchObject({
      type: 'iam:AccessDenied',
      resource: QUEUE,
      data: { action: 'sqs:SendMessage', principal: { id: ana.id } },
    });
    expect(fact?.data.explanation).toMatchObject({
      outcome: 'implicitDeny',
      decidedBy: { policyType: 'identityPolicy' },
      steps: [
        {
          policyType: 'identityPolicy',
          policies: [{ id: 'own', holder: ana.id, statements: [{ applies: false, mismatches: [{ element: 'Resource' }] }] }],
        },
      ],
      changes: [
        {
          change: 'widen',
          statement: { policyId: 'own', index: 0 },
          mismatch: { element: 'Resource', wanted: [`${QUEUE}-2`], seen: QUEUE },
        },
      ],
    });
    expect(JSON.parse(JSON.stringify(fact))).toStrictEqual(fact);
  });
});

describe('who may call', () => {
  it.each<[name: string, world: () => World, principal: Principal, rest: Partial<CallRequest>, allowed: boolean]>([
    ['the world itself', () => createWorld(), { type: 'world', id: 'world', account: A }, {}, true],
    ['a user by its own policy', () => withUsers(createWorld(), { ana: [statement()] }), ana, {}, true],
    ['a user unknown to IAM', () => createWorld(), ana, {}, false],
    ['the root user', () => createWorld(), { type: 'root', id: `arn:aws:iam::${A}:root`, account: A }, {}, true],
    ['another account, by identity only', () => withUsers(createWorld(), { eve: [statement()] }), eve, {}, false],
    [
      'another account, by both',
      () => withUsers(createWorld({ [QUEUE]: policy(statement({ Principal: { AWS: B } })) }), { eve: [statement()] }),
      eve,
      {},
      true,
    ],
    ['a service without a resource policy', () => createWorld(), sns, {}, false],
    [
      'a service for the right source',
      () =>
        createWorld({
          [QUEUE]: policy(statement({ Principal: { Service: 'sns.amazonaws.com' }, Condition: { ArnLike: { 'AWS:SourceArn': TOPIC } } })),
        }),
      sns,
      { context: { 'aws:SourceArn': TOPIC } },
      true,
    ],
    [
      'a service for another source',
      () =>
        createWorld({
          [QUEUE]: policy(statement({ Principal: { Service: 'sns.amazonaws.com' }, Condition: { ArnLike: { 'AWS:SourceArn': TOPIC } } })),
        }),
      sns,
      { context: { 'aws:SourceArn': `${TOPIC}2` } },
      false,
    ],
    [
      'a service on behalf of its own account',
      () =>
        createWorld({
          [QUEUE]: policy(
            statement({ Principal: { Service: 'sns.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': A } } }),
          ),
        }),
      sns,
      {},
      true,
    ],
    ['a service about its own resource', () => createWorld(), { ...sns, id: 'sqs.amazonaws.com' }, {}, true],
    ['anybody, where everybody may', () => createWorld({ [QUEUE]: policy(statement({ Principal: '*' })) }), anonymous, {}, true],
    ['an internal action', () => createWorld(), sns, { action: 'sqs:Tick' }, true],
    [
      'by tag of the principal',
      () => withUsers(createWorld(), { ana: [statement({ Resource: 'arn:aws:sqs:*:*:${aws:PrincipalTag/team}' })] }),
      ana,
      {},
      true,
    ],
    [
      'by user name',
      () => withUsers(createWorld(), { ana: [statement({ Condition: { StringEquals: { 'aws:username': 'ana' } } })] }),
      ana,
      {},
      true,
    ],
    [
      'by Region',
      () => withUsers(createWorld(), { ana: [statement({ Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } })] }),
      ana,
      {},
      false,
    ],
    [
      'until a date that has passed',
      () => withUsers(createWorld(), { ana: [statement({ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-11-02T09:59:59Z' } } })] }),
      ana,
      {},
      false,
    ],
    [
      'by protocol of a subscription',
      () => withUsers(createWorld(), { ana: [statement({ Condition: { StringEquals: { 'sns:Protocol': 'https' } } })] }),
      ana,
      { action: 'sns:Subscribe', resource: TOPIC, input: { Protocol: 'email' } },
      false,
    ],
    [
      'with request tags',
      () =>
        withUsers(createWorld(), {
          ana: [
            statement({
              Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] }, StringEquals: { 'aws:RequestTag/team': 'x' } },
            }),
          ],
        }),
      ana,
      { input: { tags: { team: 'x' } } },
      true,
    ],
  ])('%s', (_name, world, principal, rest, allowed) => {
    expect(isAllowed(send(world(), principal, rest))).toBe(allowed);
  });

  it('a user through a group', () => {
    const world = withUsers(createWorld());
    setUp(world, 'CreateGroup', { GroupName: 'devs' });
    setUp(world, 'AttachGroupPolicy', { GroupName: 'devs', PolicyArn: 'arn:aws:iam::aws:policy/AmazonSQSFullAccess' });
    expect(isAllowed(send(world, ana))).toBe(false);
    setUp(world, 'AddUserToGroup', { GroupName: 'devs', UserName: 'ana' });
    expect(isAllowed(send(world, ana))).toBe(true);
  });

  it('passes a role only with iam:PassRole on it', () => {
    const create: Partial<CallRequest> = {
      action: 'lambda:CreateFunction',
      resource: `arn:aws:lambda:eu-west-1:${A}:function:f`,
      input: { Role: ROLE },
    };
    const pass = (service: string): JsonObject =>
      statement({ Action: 'iam:PassRole', Resource: ROLE, Condition: { StringEquals: { 'iam:PassedToService': service } } });
    const lambda = statement({ Action: 'lambda:*' });
    const answer = send(withUsers(createWorld(), { ana: [lambda] }), ana, create);
    expect(answer).toMatchObject({
      fault: {
        code: 'AccessDeniedException',
        message: expect.stringContaining(`iam:PassRole on resource: ${ROLE} because no identity-based policy`),
      },
    });
    expect(isAllowed(send(withUsers(createWorld(), { ana: [lambda, pass('ec2.amazonaws.com')] }), ana, create))).toBe(false);
    expect(isAllowed(send(withUsers(createWorld(), { ana: [lambda, pass('lambda.amazonaws.com')] }), ana, create))).toBe(true);
  });
});

describe('organisations', () => {
  const deny = { name: 'no-sqs', document: text(statement({ Effect: 'Deny', Action: 'sqs:*' })) };
  const organization = (rest: Partial<Organization> = {}): Organization => ({
    id: 'o-example1234',
    managementAccount: '999988887777',
    root: { id: 'r-abcd', children: [{ id: 'ou-abcd-1', scps: [FULL_ACCESS, deny], children: [{ id: A }] }, { id: B }] },
    ...rest,
  });
  const allowed = { ana: [statement()], eve: [statement()] };

  it('an SCP on the way to the account binds its users', () => {
    expect(send(withUsers(createWorld({}, organization()), allowed), ana)).toMatchObject({
      fault: { message: expect.stringContaining('with an explicit deny in a service control policy') },
    });
  });

  it('the management account is free of it', () => {
    expect(isAllowed(send(withUsers(createWorld({}, organization({ managementAccount: A })), allowed), ana))).toBe(true);
  });

  it('an RCP protects resources from others', () => {
    const rcp = {
      name: 'own-org',
      document: text(
        statement({ Effect: 'Deny', Principal: '*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example1234' } } }),
      ),
    };
    const root = { id: 'r-abcd', children: [{ id: A, rcps: [rcp] }] };
    const world = withUsers(createWorld({ [QUEUE]: policy(statement({ Principal: '*' })) }, organization({ root })), allowed);
    expect(isAllowed(send(world, ana))).toBe(true);
    expect(send(world, eve)).toMatchObject({
      fault: { message: expect.stringContaining('with an explicit deny in a resource control policy') },
    });
  });

  it('lets everybody of the organisation in by aws:PrincipalOrgID', () => {
    const own = policy(statement({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example1234' } } }));
    expect(isAllowed(send(withUsers(createWorld({ [QUEUE]: own }, organization()), allowed), eve))).toBe(true);
    expect(isAllowed(send(withUsers(createWorld({ [QUEUE]: own }), allowed), eve))).toBe(false);
  });
});
