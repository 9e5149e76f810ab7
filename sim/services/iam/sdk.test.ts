import {
  CreateRoleCommand,
  EntityAlreadyExistsException,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListPoliciesCommand,
  MalformedPolicyDocumentException,
  NoSuchEntityException,
  PutRolePolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../../kernel/call';
import { World } from '../../kernel/world';
import { createRequestHandler } from '../../protocol/request-handler';
import { createSts } from '../sts/service';
import { authorize } from './guard';
import { createIam } from './service';

const A = '111122223333';
const ROLE = `arn:aws:iam::${A}:role/worker`;
const root: Principal = { type: 'root', id: `arn:aws:iam::${A}:root`, account: A };
const ana: Principal = { type: 'user', id: `arn:aws:iam::${A}:user/ana`, account: A };
const DOCUMENT = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:Get*', Resource: '*' }] });
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: ana.id }, Action: 'sts:AssumeRole' }],
});

interface Config {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  requestHandler: never;
  maxAttempts: number;
}

function createWorld(): World {
  const services = [createIam(), createSts()];
  return new World({ services, guards: [authorize], account: A, region: 'eu-west-1', seed: 7, startAtEpochMs: 1_793_613_600_000 });
}

const STRANGER: Principal = { type: 'anonymous', id: '*', account: A };

function configOf(world: World, caller: Principal | 'signed', accessKeyId = 'AKIAEXAMPLE000000000'): Config {
  // A key that this world issued acts as its holder; the principal given stands for every other key.
  const requestHandler = createRequestHandler(world, caller === 'signed' ? STRANGER : caller) as never;
  return { region: 'eu-west-1', credentials: { accessKeyId, secretAccessKey: 'secret' }, requestHandler, maxAttempts: 1 };
}

describe('the AWS SDK for JavaScript', () => {
  it('makes and reads a role', async () => {
    const iam = new IAMClient(configOf(createWorld(), root));
    await iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: TRUST, Tags: [{ Key: 'team', Value: 'x' }] }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'worker' }));
    expect(Role).toMatchObject({
      Arn: ROLE,
      Path: '/',
      MaxSessionDuration: 3600,
      CreateDate: new Date(1_793_613_600_000),
      Tags: [{ Key: 'team', Value: 'x' }],
    });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(TRUST);
    const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: 'AWS', MaxItems: 1000 }));
    expect(Policies?.map(({ PolicyName }) => PolicyName)).toContain('AWSLambdaBasicExecutionRole');
  });

  it('gets typed exceptions', async () => {
    const iam = new IAMClient(configOf(createWorld(), root));
    await expect(iam.send(new GetRoleCommand({ RoleName: 'worker' }))).rejects.toThrow(NoSuchEntityException);
    const create = new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: TRUST });
    await iam.send(create);
    await expect(iam.send(create)).rejects.toThrow(EntityAlreadyExistsException);
    const put = new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'p', PolicyDocument: TRUST });
    await expect(iam.send(put)).rejects.toThrow(MalformedPolicyDocumentException);
    await expect(iam.send(new GetRolePolicyCommand({ RoleName: 'worker', PolicyName: 'p' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role policy with name p cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('simulates policies', async () => {
    const world = createWorld();
    const iam = new IAMClient(configOf(world, root));
    const ActionNames = ['iam:GetRole', 'iam:DeleteRole'];
    const custom = await iam.send(new SimulateCustomPolicyCommand({ PolicyInputList: [DOCUMENT], ActionNames, ResourceArns: [ROLE] }));
    expect(custom.EvaluationResults).toMatchObject([
      {
        EvalActionName: 'iam:GetRole',
        EvalDecision: 'allowed',
        MatchedStatements: [{ StartPosition: { Line: 1, Column: 38 } }],
        ResourceSpecificResults: [{ EvalResourceName: ROLE, EvalResourceDecision: 'allowed' }],
      },
      { EvalActionName: 'iam:DeleteRole', EvalDecision: 'implicitDeny' },
    ]);
    await iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: TRUST }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'read', PolicyDocument: DOCUMENT }));
    const own = await iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn: ROLE, ActionNames }));
    expect(own.EvaluationResults?.map(({ EvalDecision }) => EvalDecision)).toEqual(['allowed', 'implicitDeny']);
  });

  it('takes a role and works with its credentials', async () => {
    const world = createWorld();
    const iam = new IAMClient(configOf(world, root));
    await iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: TRUST }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'read', PolicyDocument: DOCUMENT }));
    const sts = new STSClient(configOf(world, ana));
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'run-1' }));
    expect(Credentials?.Expiration).toEqual(new Date(1_793_613_600_000 + 3_600_000));
    const session = new IAMClient(configOf(world, 'signed', Credentials?.AccessKeyId));
    expect((await session.send(new GetRoleCommand({ RoleName: 'worker' }))).Role?.Arn).toBe(ROLE);
    await expect(session.send(new CreateRoleCommand({ RoleName: 'other', AssumeRolePolicyDocument: TRUST }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::${A}:assumed-role/worker/run-1 is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::${A}:role/other because no identity-based policy allows the iam:CreateRole action`,
      $metadata: { httpStatusCode: 403 },
    });
    const identity = new STSClient(configOf(world, 'signed', Credentials?.AccessKeyId));
    expect(await identity.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: A,
      Arn: `arn:aws:sts::${A}:assumed-role/worker/run-1`,
    });
  });
});
