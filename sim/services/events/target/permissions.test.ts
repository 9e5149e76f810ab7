import { describe, expect, it } from 'vitest';
import { ACCOUNT, createEventsWorld, ENTRY, expectConservation, facts, OTHER } from '../../../../test/events-world';
import type { JsonObject } from '../../../kernel/json';
import type { World } from '../../../kernel/world';
import type { HostScript } from '../../internet/host';

const FAR = `arn:aws:events:eu-west-1:${OTHER}:event-bus/orders`;
const NEAR = `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/copies`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/forwarder`;
const ORGANIZATION = {
  id: 'o-exampleorg1',
  managementAccount: '999900001111',
  root: { id: 'r-ab12', children: [{ id: ACCOUNT }, { id: OTHER }] },
};

/** As the world itself, whom no policy binds. */
function set(world: World, prefix: string, operation: string, input: JsonObject, account = ACCOUNT): JsonObject {
  const route = world.route(prefix, operation, input);
  if (!route) throw new Error(`There is no operation ${operation}.`);
  const answer = world.call({ ...route, resource: route.resource.replace(ACCOUNT, account), input });
  if (!answer || 'fault' in answer) throw new Error(`${operation} failed: ${JSON.stringify(answer)}`);
  return answer.ok as JsonObject;
}

/** The role of the rule's targets, with one statement or none. */
function createForwarder(world: World, statement: object | null): void {
  const trust = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const document = (each: object) => JSON.stringify({ Version: '2012-10-17', Statement: [each] });
  set(world, 'iam', 'CreateRole', { RoleName: 'forwarder', AssumeRolePolicyDocument: document(trust) });
  const policy = { RoleName: 'forwarder', PolicyName: 'may' };
  if (statement) set(world, 'iam', 'PutRolePolicy', { ...policy, PolicyDocument: document({ Effect: 'Allow', ...statement }) });
}

function policyOf(principal: unknown, resource: string, rest: object = {}): string {
  const statement = { Effect: 'Allow', Principal: principal, Action: 'events:PutEvents', Resource: resource, ...rest };
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'open', ...statement }] });
}

const TO_ACCOUNT = policyOf({ AWS: ACCOUNT }, FAR);
const TO_ROLE = policyOf({ AWS: ROLE }, FAR);
const TO_ORGANIZATION = policyOf('*', FAR, { Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION.id } } });
const SENDER_LEFT_OUT = policyOf({ AWS: '777788889999' }, FAR);

describe('an event for a bus of another account', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html, EB-X31.
  it.each<[name: string, target: JsonObject, busPolicy: string | null, roleMay: boolean, arrives: boolean]>([
    ['without a role, to a bus that allows the account', { Arn: FAR }, TO_ACCOUNT, false, true],
    ['without a role, to a bus that allows the organisation', { Arn: FAR }, TO_ORGANIZATION, false, false],
    ['without a role, to a bus that allows another account', { Arn: FAR }, SENDER_LEFT_OUT, false, false],
    ['without a role, to a bus without a policy', { Arn: FAR }, null, false, false],
    ['with a role that may, to a bus that allows the organisation', { Arn: FAR, RoleArn: ROLE }, TO_ORGANIZATION, true, true],
    ['with a role that may, to a bus that allows the account', { Arn: FAR, RoleArn: ROLE }, TO_ACCOUNT, true, true],
    ['with a role that may, to a bus that allows the role', { Arn: FAR, RoleArn: ROLE }, TO_ROLE, true, true],
    ['with a role that may not, to a bus that allows the account', { Arn: FAR, RoleArn: ROLE }, TO_ACCOUNT, false, false],
    ['with a role that may, to a bus without a policy', { Arn: FAR, RoleArn: ROLE }, null, true, false],
    ['without a role, to a bus of the same account', { Arn: NEAR }, null, false, true],
    ['with a role that may not, to a bus of the same account', { Arn: NEAR, RoleArn: ROLE }, null, false, false],
  ])('%s', (_name, target, busPolicy, roleMay, arrives) => {
    const world = createEventsWorld({ organization: ORGANIZATION });
    set(world, 'events', 'CreateEventBus', { Name: 'orders', ...(busPolicy ? { Policy: busPolicy } : {}) }, OTHER);
    if (busPolicy) set(world, 'events', 'PutPermission', { EventBusName: 'orders', Policy: busPolicy }, OTHER);
    set(world, 'events', 'CreateEventBus', { Name: 'copies' });
    createForwarder(world, roleMay ? { Action: 'events:PutEvents', Resource: FAR } : null);
    set(world, 'events', 'PutRule', { Name: 'orders', EventPattern: '{"source":["com.example.shop"]}' });
    set(world, 'events', 'PutTargets', { Rule: 'orders', Targets: [{ Id: 'bus', ...target }] });
    set(world, 'events', 'PutEvents', { Entries: [ENTRY] });
    world.runUntilIdle();
    const there = world.trace.filter(({ type, resource }) => type === 'events:EventPut' && resource === target.Arn);
    expect(there).toHaveLength(arrives ? 1 : 0);
    expect(facts(world, 'EventDropped')).toMatchObject(arrives ? [] : [{ errorCode: 'NO_PERMISSIONS' }]);
    expectConservation(world);
  });
});

describe('an event for an API destination', () => {
  it.each([
    ['goes out with a role that may call it', true],
    ['does not with one that may not', false],
  ])('%s', (_name, roleMay) => {
    const host: HostScript = { initial: () => null, respond: () => ({ status: 200, body: '', afterMs: 5 }), apply: (state) => state };
    const world = createEventsWorld({ organization: ORGANIZATION, hosts: { 'https://crm.example': host } });
    const AuthParameters = { ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'k' } };
    const connection = set(world, 'events', 'CreateConnection', { Name: 'crm', AuthorizationType: 'API_KEY', AuthParameters });
    const endpoint = { InvocationEndpoint: 'https://crm.example/', HttpMethod: 'POST' };
    const ConnectionArn = connection.ConnectionArn ?? '';
    const { ApiDestinationArn = '' } = set(world, 'events', 'CreateApiDestination', { Name: 'crm', ConnectionArn, ...endpoint });
    createForwarder(world, roleMay ? { Action: 'events:InvokeApiDestination', Resource: ApiDestinationArn } : null);
    set(world, 'events', 'PutRule', { Name: 'orders', EventPattern: '{"source":["com.example.shop"]}' });
    set(world, 'events', 'PutTargets', { Rule: 'orders', Targets: [{ Id: 'crm', Arn: ApiDestinationArn, RoleArn: ROLE }] });
    set(world, 'events', 'PutEvents', { Entries: [ENTRY] });
    world.runUntilIdle();
    expect(facts(world, 'TargetDelivered')).toHaveLength(roleMay ? 1 : 0);
    expect(facts(world, 'EventDropped')).toMatchObject(roleMay ? [] : [{ errorCode: 'NO_PERMISSIONS' }]);
    expectConservation(world);
  });
});
