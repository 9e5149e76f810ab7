import { AttachRolePolicyCommand, CreateRoleCommand, DetachRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateEventSourceMappingCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, factsOf, REGION } from '../../../test/lambda-world';
import { JOBS, queueUrl } from '../../../test/mapping-world';
import { testSandboxes } from '../../../test/sandboxes';
import { createAws } from '../../aws';
import { createRequestHandler } from '../../protocol/request-handler';
import type { SandboxFactory } from '../../sandbox/sandbox';

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

const ROLE = `arn:aws:iam::${ACCOUNT}:role/service-role/worker`;
const MANAGED = 'arn:aws:iam::aws:policy/service-role/';
const CALLER = `
import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
export const handler = async (event) => {
  if (event.Records) return null;
  if (event.send) {
    await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: '${queueUrl('jobs')}', MessageBody: 'hi' }));
  }
  console.log('hello');
  return (await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn;
};`;

async function createWorld(trusted = 'lambda.amazonaws.com') {
  const world = createAws({ sandboxes });
  const configuration = {
    region: REGION,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, { type: 'root', id: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT }),
  };
  const [iam, lambda, sqs] = [new IAMClient(configuration), new LambdaClient(configuration), new SQSClient(configuration)];
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: trusted }, Action: 'sts:AssumeRole' }],
  });
  await iam.send(new CreateRoleCommand({ RoleName: 'worker', Path: '/service-role/', AssumeRolePolicyDocument }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  const attach = (name: string) => iam.send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn: MANAGED + name }));
  const detach = (name: string) => iam.send(new DetachRolePolicyCommand({ RoleName: 'worker', PolicyArn: MANAGED + name }));
  const create = async (Role = ROLE) => {
    // A package as the protocol layer unpacks it.
    const input = { FunctionName: 'worker', Runtime: 'nodejs22.x', Handler: 'index.handler', Role };
    const route = world.route('lambda', 'CreateFunction', input);
    if (!route) throw new Error('No route.');
    const answer = world.call({ ...route, input: { ...input, Code: { Files: { 'index.mjs': CALLER } } } });
    world.runUntilIdle();
    return answer;
  };
  const invoke = async (event: object) => {
    const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: 'worker', Payload: JSON.stringify(event) }));
    world.runUntilIdle();
    return { FunctionError, result: JSON.parse(new TextDecoder().decode(Payload)) as unknown };
  };
  const map = () => lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: JOBS }));
  return { world, iam, lambda, sqs, attach, detach, create, invoke, map };
}

const thrownBy = (answer: Promise<unknown>) => answer.then(() => null).catch((error: unknown) => error as Error);
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/worker/worker`;

describe('the role of a function', () => {
  it.each<[given: string, role: string | undefined, trusted: string | undefined, code: string, message: string]>([
    [
      'trusts another service',
      undefined,
      'ec2.amazonaws.com',
      'InvalidParameterValueException',
      'The role defined for the function cannot be assumed by Lambda.',
    ],
    [
      'does not exist',
      `arn:aws:iam::${ACCOUNT}:role/nobody`,
      undefined,
      'InvalidParameterValueException',
      'The role defined for the function cannot be assumed by Lambda.',
    ],
    [
      'is of another account',
      'arn:aws:iam::444455556666:role/worker',
      undefined,
      'AccessDeniedException',
      'Cross-account pass role is not allowed.',
    ],
  ])('is refused when it %s', async (_given, role, trusted, code, message) => {
    const { create } = await createWorld(trusted);
    expect(await create(role)).toMatchObject({ fault: { code, message } });
  });

  it('is what the code calls as, in a session named after the function', async () => {
    const { create, invoke, attach } = await createWorld();
    await attach('AWSLambdaBasicExecutionRole');
    expect(await create()).toHaveProperty('ok');
    expect(await invoke({})).toEqual({ FunctionError: undefined, result: SESSION });
  });

  it('must allow what the code does', async () => {
    const { create, invoke, iam } = await createWorld();
    await create();
    const refused = await invoke({ send: true });
    expect(refused.FunctionError).toBe('Unhandled');
    expect(refused.result).toMatchObject({
      errorMessage: expect.stringContaining(`User: ${SESSION} is not authorized to perform: sqs:sendmessage`),
    });
    const Statement = [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: JOBS }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'send', PolicyDocument }));
    expect(await invoke({ send: true })).toEqual({ FunctionError: undefined, result: SESSION });
  });

  it('without permission to log runs the function and logs nothing', async () => {
    const { world, create, invoke, attach } = await createWorld();
    await create();
    expect((await invoke({})).FunctionError).toBeUndefined();
    expect(factsOf(world, 'lambda:InvocationEnded')).toHaveLength(1);
    expect(factsOf(world, 'logs:LogEventsPut')).toEqual([]);
    expect(factsOf(world, 'iam:AccessDenied').map(({ data }) => data.action)).toContain('logs:PutLogEvents');
    await attach('AWSLambdaBasicExecutionRole');
    world.call({ action: 'lambda:ReclaimEnvironments', resource: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:worker`, input: {} });
    await invoke({});
    expect(factsOf(world, 'logs:LogEventsPut').length).toBeGreaterThan(0);
  });
});

describe('the role of a mapping', () => {
  it('must be allowed to receive, delete and look at the queue', async () => {
    const { create, map, iam } = await createWorld();
    await create();
    const allow = (...actions: string[]) => {
      const Statement = [{ Effect: 'Allow', Action: actions, Resource: JOBS }];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      return iam.send(new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'read', PolicyDocument }));
    };
    const refusal = (action: string) => ({
      name: 'InvalidParameterValueException',
      message: `The function execution role does not have permissions to call ${action} on SQS`,
    });
    expect(await thrownBy(map())).toMatchObject(refusal('ReceiveMessage'));
    await allow('sqs:ReceiveMessage');
    expect(await thrownBy(map())).toMatchObject(refusal('DeleteMessage'));
    await allow('sqs:ReceiveMessage', 'sqs:DeleteMessage');
    expect(await thrownBy(map())).toMatchObject(refusal('GetQueueAttributes'));
    await allow('sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes');
    expect(await map()).toMatchObject({ State: 'Creating' });
  });

  it('that loses its permission leaves the messages in the queue, and takes them when it has it again', async () => {
    const { world, create, map, sqs, attach, detach } = await createWorld();
    await attach('AWSLambdaSQSQueueExecutionRole');
    await create();
    await map();
    world.runUntilIdle();
    await detach('AWSLambdaSQSQueueExecutionRole');
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('jobs'), MessageBody: 'a' }));
    expect(world.runUntilIdle()).toBe('idle');
    expect(factsOf(world, 'lambda:EventSourcePollFailed')[0]?.data).toMatchObject({
      operation: 'ReceiveMessage',
      errorCode: 'AccessDenied',
    });
    expect(factsOf(world, 'lambda:BatchStarted')).toEqual([]);
    await attach('AWSLambdaSQSQueueExecutionRole');
    world.runUntil(world.now + 600_000);
    expect(factsOf(world, 'lambda:BatchEnded').map(({ data }) => data.outcome)).toEqual(['success']);
    expect(factsOf(world, 'lambda:EventSourcePollRecovered')).toHaveLength(1);
  });
});
