// The endpoints of a live topic: queues with their policies and keys, functions, hosts that confirm, inboxes, phones and devices.
// https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
import type { JsonObject } from '@/sim/kernel/json';
import type { World } from '@/sim/kernel/world';
import type { HostScript } from '@/sim/services/internet/host';
import { tidySource } from '../tidy-source';
import { ACCOUNT, ask, createKey, createRole, keyPolicy, queuePolicy, REGION, rootOf } from './topic-access';
import type { TopicJob, TopicSubscription } from './topic-setup';

const PHONE = '+353871234567';

/** Says what arrived; enough for a subscriber whose code does not matter. */
const DEFAULT_CODE = `export const handler = async (event) => {
  console.log('message:', event.Records[0].Sns.Message);
};
`;

interface QueueMade {
  name: string;
  account: string;
  policy: string | null;
  keyPolicy: string | null;
}

function createQueue(world: World, { name, account, policy, keyPolicy: key }: QueueMade): string {
  const Attributes: JsonObject = {
    ...(name.endsWith('.fifo') ? { FifoQueue: 'true' } : {}),
    ...(policy === null ? {} : { Policy: policy }),
    ...(key === null ? {} : { KmsMasterKeyId: createKey(world, key, account) }),
  };
  ask(world, 'sqs', 'CreateQueue', { QueueName: name, Attributes }, account);
  return queueArn(account, name);
}

function queueArn(account: string, name: string): string {
  return `arn:aws:sqs:${REGION}:${account}:${name}`;
}

/** The queue of a subscription, with the policies that the job writes, or else those that the subscription asks for. */
function subscribedQueue(world: World, job: TopicJob, subscription: TopicSubscription, topicArn: string): string {
  const { account = ACCOUNT, permission, key } = subscription;
  const name = queueName(job, subscription);
  const policy = permission === false ? null : queuePolicy(queueArn(account, name), topicArn);
  return createQueue(world, {
    name,
    account,
    policy: job.documents[`queue ${subscription.name}`] ?? policy,
    keyPolicy: job.documents[`key ${subscription.name}`] ?? (key ? keyPolicy(account, key === 'allows-sns') : null),
  });
}

function createFunction(world: World, job: TopicJob, subscription: TopicSubscription, topicArn: string): string {
  const { name, permission, account = ACCOUNT } = subscription;
  const code = job.documents[`code ${name}`] ?? subscription.code ?? DEFAULT_CODE;
  const logs = { Effect: 'Allow', Action: 'logs:*', Resource: '*' };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [logs] });
  const Role = createRole(world, name, 'lambda.amazonaws.com', policy, account);
  const resource = `arn:aws:lambda:${REGION}:${account}:function:${name}` as const;
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
    const grant = { StatementId: 'sns', Action: 'lambda:InvokeFunction', Principal, SourceArn: topicArn };
    ask(world, 'lambda', 'AddPermission', { FunctionName: name, ...grant }, account);
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
      return subscribedQueue(world, job, subscription, topicArn);
    case 'lambda':
      return createFunction(world, job, subscription, topicArn);
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
export function createDeadLetterQueue(
  world: World,
  job: TopicJob,
  { name, account: owner, subscribedBy }: TopicSubscription,
  topicArn: string,
): string {
  const account = subscribedBy === 'endpoint-account' ? (owner ?? ACCOUNT) : ACCOUNT;
  const queue = `${name}-dlq${job.fifo ? '.fifo' : ''}`;
  const arn = createQueue(world, { name: queue, account, policy: queuePolicy(queueArn(account, queue), topicArn), keyPolicy: null });
  return JSON.stringify({ deadLetterTargetArn: arn });
}

/** An endpoint that confirms its subscription as its owner told it to, and answers notifications by its script. */
export function subscriberHost(
  { confirms = true, answers = [200], downSeconds = 0, answerMs = 40 }: TopicSubscription,
  secondsSincePublished: () => number,
): HostScript {
  return {
    initial: () => 0,
    respond: (seen, request) => {
      if (request.headers['x-amz-sns-message-type'] !== 'Notification') {
        const { TopicArn = '', Token = '' } = readToken(request.body);
        const call = { service: 'sns', operation: 'ConfirmSubscription', input: { TopicArn, Token }, principal: rootOf(ACCOUNT) };
        const calls = confirms ? [call] : [];
        return { status: 200, body: '', afterMs: 40, calls };
      }
      const scripted = answers[Math.min(Number(seen), answers.length - 1)] ?? 200;
      const status = secondsSincePublished() < downSeconds ? 503 : scripted;
      return { status, body: '', afterMs: status < 300 ? answerMs : 40, effect: { kind: 'notified' } };
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
