// A world as a program outside sees it: the real SDK's clients, roles, zips of code, and the clock. Nothing of the inside.
// https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { CreateFunctionCommand, type CreateFunctionCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { Aws, AwsOptions } from '../../sim/assemble';
import { createAws } from '../../sim/aws';
import type { Arn } from '../../sim/kernel/arn';
import { createRequestHandler } from '../../sim/protocol/request-handler';
import { zipOf } from '../lambda-client';
import { testSandboxes } from '../sandboxes';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

export const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
export const queueArn = (name: string) => arn('sqs', name);

/** All clients of one caller; by default of the account's root. */
function clientsOf(world: Aws, by?: Arn, region = REGION) {
  const configuration = {
    region,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, by),
  };
  return {
    lambda: new LambdaClient(configuration),
    sqs: new SQSClient(configuration),
    sns: new SNSClient(configuration),
    events: new EventBridgeClient(configuration),
    iam: new IAMClient(configuration),
    sts: new STSClient(configuration),
    kms: new KMSClient(configuration),
    logs: new CloudWatchLogsClient(configuration),
    cloudwatch: new CloudWatchClient(configuration),
  };
}

export async function createOutside(options: AwsOptions = {}) {
  const world = createAws({ sandboxes: await testSandboxes(), ...options });
  const clients = clientsOf(world);

  return {
    world,
    ...clients,
    /** The clients of a user, a role or another account's root, perhaps in another Region. */
    as: (by: Arn, region?: string) => clientsOf(world, by, region),

    /** Lets virtual time pass. */
    pass: (seconds: number) => world.run({ untilMs: world.now + seconds * 1000 }),

    /** A queue's URL. */
    queue: async (QueueName: string, Attributes: Record<string, string> = {}) =>
      (await clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '',

    /** What can be received from a queue now, ten at most. */
    receive: async (QueueUrl: string): Promise<Message[]> => {
      const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All' as const] };
      return (await clients.sqs.send(new ReceiveMessageCommand(input))).Messages ?? [];
    },

    /** A role that a service may assume, with logs and what `Action` names. Returns its ARN. */
    role: async (RoleName: string, service: string, Action: string[] = []) => {
      const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
      const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
      const { Role } = await clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
      const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
      await clients.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      const Statement = [{ Effect: 'Allow', Action, Resource: '*' }];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      if (Action.length > 0) await clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'work', PolicyDocument }));
      return Role?.Arn ?? '';
    },

    /** Takes actions away from a role, whatever else allows them. */
    deny: (RoleName: string, ...Action: string[]) => {
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action, Resource: '*' }] });
      return clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'deny', PolicyDocument }));
    },

    /** A function made of one module, active. Returns its ARN. */
    deploy: async (FunctionName: string, code: string, Role: string, more: Partial<CreateFunctionCommandInput> = {}) => {
      const Code = { ZipFile: zipOf(code) };
      const input = { FunctionName, Role, Code, Runtime: 'nodejs22.x' as const, Handler: 'index.handler', ...more };
      const { FunctionArn } = await clients.lambda.send(new CreateFunctionCommand(input));
      world.run({ untilMs: world.now + 5000 });
      return FunctionArn ?? '';
    },

    /** The lines of a log group, oldest first. */
    lines: async (logGroupName: string) =>
      ((await clients.logs.send(new FilterLogEventsCommand({ logGroupName }))).events ?? []).map(({ message = '' }) => message),
  };
}

/** The exception that a command ended with. */
export async function thrownBy(sent: Promise<unknown>): Promise<Error> {
  try {
    await sent;
  } catch (error) {
    return error as Error;
  }
  throw new Error('The command was carried out; an exception was expected.');
}
