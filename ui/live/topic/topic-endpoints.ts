// The endpoints of a live topic: queues with their policies and keys, functions, hosts that confirm, inboxes, phones and devices.
// https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
import type { Principal } from '@/sim/kernel/call';
import type { JsonObject } from '@/sim/kernel/json';
import type { World } from '@/sim/kernel/world';
import type { HostScript } from '@/sim/services/internet/host';
import { tidySource } from '../tidy-source';
import type { TopicJob, TopicSubscription } from './topic-setup';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
const PHONE = '+353871234567';

/** Endpoints confirm by a signed call of the account that runs them. */
const OWNER: Principal = { type: 'root', id: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT };

/** Says what arrived; enough for a subscriber whose code does not matter. */
const DEFAULT_CODE = `export const handler = async (event) => {
  console.log('message:', event.Records[0].Sns.Message);
};
`;

export function ask(world: World, prefix: string, operation: string, input: JsonObject): JsonObject {
  const route = world.route(prefix, operation, input);
  if (!route) throw new Error(`${prefix} has no operation ${operation}.`);
  const answer = world.call({ ...route, input });
  if (!answer) throw new Error(`${operation} was never answered.`);
  if ('fault' in answer) throw new Error(`${answer.fault.message} (${answer.fault.code})`);
  return answer.ok as JsonObject;
}

/** SNS-X12: the queue names SNS and the topic that it may come from. */
function queuePolicy(queueArn: string, topicArn: string): string {
  const Condition = { ArnEquals: { 'aws:SourceArn': topicArn } };
  const Principal = { Service: 'sns.amazonaws.com' };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: queueArn, Condition }],
  });
}

/** SNS-X34: SNS asks the key for data keys in its own name. */
function createKey(world: World, allowsSns: boolean): string {
  const owner = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' };
  const sns = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
    Resource: '*',
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: allowsSns ? [owner, sns] : [owner] });
  const { KeyMetadata } = ask(world, 'kms', 'CreateKey', { Policy }) as { KeyMetadata: { Arn: string } };
  return KeyMetadata.Arn;
}

function createQueue(world: World, name: string, topicArn: string, options: Pick<TopicSubscription, 'permission' | 'key'> = {}): string {
  const arn = `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
  const Attributes: JsonObject = {
    ...(name.endsWith('.fifo') ? { FifoQueue: 'true' } : {}),
    ...(options.permission === false ? {} : { Policy: queuePolicy(arn, topicArn) }),
    ...(options.key ? { KmsMasterKeyId: createKey(world, options.key === 'allows-sns') } : {}),
  };
  ask(world, 'sqs', 'CreateQueue', { QueueName: name, Attributes });
  return arn;
}

function createFunction(world: World, { name, code = DEFAULT_CODE, permission }: TopicSubscription, topicArn: string): string {
  const Role = `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const logs = { Effect: 'Allow', Action: 'logs:*', Resource: '*' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  ask(world, 'iam', 'CreateRole', { RoleName: name, AssumeRolePolicyDocument });
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [logs] });
  ask(world, 'iam', 'PutRolePolicy', { RoleName: name, PolicyName: 'logs', PolicyDocument });
  const resource = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}` as const;
  const input = {
    FunctionName: name,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role,
    MemorySize: 128,
    Timeout: 3,
    Code: { Files: { 'index.mjs': tidySource(code) } },
  };
  const made = world.call({ action: 'lambda:CreateFunction', resource, input });
  if (made && 'fault' in made) throw new Error(`${made.fault.message} (${made.fault.code})`);
  if (permission !== false) {
    const Principal = 'sns.amazonaws.com';
    ask(world, 'lambda', 'AddPermission', {
      FunctionName: name,
      StatementId: 'sns',
      Action: 'lambda:InvokeFunction',
      Principal,
      SourceArn: topicArn,
    });
  }
  return resource;
}

function createDevice(world: World, name: string): string {
  const { PlatformApplicationArn } = ask(world, 'sns', 'CreatePlatformApplication', {
    Name: name,
    Platform: 'FCM',
    Attributes: { PlatformCredential: 'credential' },
  });
  return String(
    ask(world, 'sns', 'CreatePlatformEndpoint', { PlatformApplicationArn: PlatformApplicationArn ?? '', Token: name }).EndpointArn,
  );
}

export function hostAddress({ name, protocol }: TopicSubscription): string {
  return `${protocol}://${name}.example`;
}

/** Makes what a subscription points to; returns the endpoint. */
export function createEndpoint(world: World, job: TopicJob, subscription: TopicSubscription, topicArn: string): string {
  const { name, protocol } = subscription;
  switch (protocol) {
    case 'sqs':
      return createQueue(world, queueName(job, subscription), topicArn, subscription);
    case 'lambda':
      return createFunction(world, subscription, topicArn);
    case 'http':
    case 'https':
      return `${hostAddress(subscription)}/sns`;
    case 'email':
    case 'email-json':
      return `${name}@shop.example`;
    case 'sms':
      return PHONE;
    case 'application':
      return createDevice(world, name);
    case 'firehose':
      return `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/${name}`;
  }
}

function queueName(job: TopicJob, { name, fifoQueue }: TopicSubscription): string {
  return (fifoQueue ?? job.fifo) ? `${name}.fifo` : name;
}

/** The redrive policy of a subscription that has a dead-letter queue. */
export function createDeadLetterQueue(world: World, job: TopicJob, { name }: TopicSubscription, topicArn: string): string {
  const arn = createQueue(world, `${name}-dlq${job.fifo ? '.fifo' : ''}`, topicArn);
  return JSON.stringify({ deadLetterTargetArn: arn });
}

/** An endpoint that confirms its subscription as its owner told it to, and answers notifications by its script. */
export function subscriberHost({ confirms = true, answers = [200] }: TopicSubscription): HostScript {
  return {
    initial: () => 0,
    respond: (seen, request) => {
      if (request.headers['x-amz-sns-message-type'] !== 'Notification') {
        const { TopicArn = '', Token = '' } = readToken(request.body);
        const call = { service: 'sns', operation: 'ConfirmSubscription', input: { TopicArn, Token }, principal: OWNER };
        const calls = confirms ? [call] : [];
        return { status: 200, body: '', afterMs: 40, calls };
      }
      const status = answers[Math.min(Number(seen), answers.length - 1)] ?? 200;
      return { status, body: '', afterMs: 40, effect: { kind: 'notified' } };
    },
    apply: (seen) => Number(seen) + 1,
  };
}

function readToken(body: string): { TopicArn?: string; Token?: string } {
  try {
    return JSON.parse(body) as { TopicArn?: string; Token?: string };
  } catch {
    return {};
  }
}
