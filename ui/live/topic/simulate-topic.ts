// One run of a live topic: a fresh world with the topic and its subscribers, the handshakes, one message, and time until nothing is left.
// https://docs.aws.amazon.com/sns/latest/dg/sns-publishing.html
import type { CreateAws, ServiceName } from '@/sim/assemble';
import type { Arn } from '@/sim/kernel/arn';
import type { Fact } from '@/sim/kernel/fact';
import type { Json, JsonObject } from '@/sim/kernel/json';
import type { WorldLimits } from '@/sim/kernel/limits';
import type { World } from '@/sim/kernel/world';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { ACCOUNT, ask, type Caller, createKey, createPublisher, createRole, REGION, rootOf } from './topic-access';
import { createDeadLetterQueue, createEndpoint, hostAddress, subscriberHost } from './topic-endpoints';
import type { TopicJob, TopicResult, TopicSubscription } from './topic-setup';

const MONTH_MS = 31 * 24 * 3_600_000;
/** The retries of an endpoint that AWS manages last 23 days. */
const LIMITS: Partial<WorldLimits> = { factsMax: 20_000, callsMax: 400_000, agendaMax: 10_000, virtualMsMax: MONTH_MS };

/** Published when the handshakes are through, at a full second. */
const PUBLISH_AT_MS = 5000;
const BETWEEN_MS = 1000;

export function servicesOf(job: Pick<TopicJob, 'subscriptions' | 'awsManagedKey' | 'documents'>): ServiceName[] {
  const needs = (protocol: TopicSubscription['protocol']) => job.subscriptions.some((one) => one.protocol === protocol);
  const hasKey = Object.keys(job.documents).some((at) => at === 'topic-key' || at.startsWith('key '));
  const isEncrypted = job.awsManagedKey || hasKey || job.subscriptions.some((one) => one.key);
  return ['iam', 'logs', 'sns', 'sqs', ...(isEncrypted ? (['kms'] as const) : []), ...(needs('lambda') ? (['lambda'] as const) : [])];
}

export interface TopicRun {
  facts: readonly Fact[];
  result: TopicResult;
}

export function simulateTopic(job: TopicJob, createAws: CreateAws, sandboxes?: SandboxFactory): TopicRun {
  const hosts = job.subscriptions.filter(({ protocol }) => protocol === 'http' || protocol === 'https');
  // Hosts ask for the time only when a request has reached them.
  const secondsSincePublished = () => (world.now - PUBLISH_AT_MS) / 1000;
  const world: World = createAws({
    services: servicesOf(job),
    seed: job.seed,
    limits: LIMITS,
    hosts: Object.fromEntries(hosts.map((one) => [hostAddress(one), subscriberHost(one, secondsSincePublished)])),
    account: ACCOUNT,
    region: REGION,
    ...(sandboxes ? { sandboxes } : {}),
  });
  try {
    const topicArn = createTopic(world, job);
    const made: Pick<TopicResult, 'arns' | 'refused'> = { arns: {}, refused: {} };
    subscribeAll(world, job, topicArn, 0, made);
    world.runUntilIdle();
    openLinks(world, job, made.arns, topicArn);
    const publisher = createPublisher(world, job);
    world.runUntil(PUBLISH_AT_MS);
    if (job.outage) {
      const action = job.outage.service === 'sqs' ? 'sqs:SendMessage' : 'lambda:InvokeFunction';
      const fault = { code: 'ServiceUnavailable', message: 'Service is unavailable.', status: 503 };
      world.call({ action: 'fis:InjectApiError', resource: action as Arn, input: { action, times: job.outage.calls, fault } });
    }
    const publishedAt = world.trace.length;
    const publishErrors: string[] = [];
    for (let n = 0; n < job.times; n++) {
      if (n > 0) {
        world.runUntil(PUBLISH_AT_MS + n * BETWEEN_MS);
        subscribeAll(world, job, topicArn, n, made);
      }
      const error = publish(world, job, topicArn, publisher);
      if (error) publishErrors.push(error);
    }
    world.runUntilIdle();
    return { facts: world.trace, result: { ...made, publishErrors, publishedAt } };
  } finally {
    world.dispose();
  }
}

function createTopic(world: World, job: TopicJob): Arn {
  const fifo = { FifoTopic: 'true', ContentBasedDeduplication: String(job.contentBasedDeduplication) };
  const { topic: policy, 'topic-key': key } = job.documents;
  const KmsMasterKeyId = key === undefined ? (job.awsManagedKey ? 'alias/aws/sns' : undefined) : createKey(world, key);
  const Attributes: JsonObject = {
    ...(job.fifo ? fifo : {}),
    ...(KmsMasterKeyId === undefined ? {} : { KmsMasterKeyId }),
    ...(policy === undefined ? {} : { Policy: policy }),
    ...(job.deliveryStatus ? deliveryStatus(world) : {}),
  };
  return String(ask(world, 'sns', 'CreateTopic', { Name: job.topic, Attributes }).TopicArn) as Arn;
}

/** SNS-09: a role that may write logs, for each kind of endpoint that has a delivery status. */
function deliveryStatus(world: World): JsonObject {
  const Action = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  const role = createRole(world, 'sns-delivery-status', 'sns.amazonaws.com', policy);
  const attributes = ['HTTP', 'SQS', 'Lambda'].map((family) => ({
    [`${family}SuccessFeedbackRoleArn`]: role,
    [`${family}FailureFeedbackRoleArn`]: role,
    [`${family}SuccessFeedbackSampleRate`]: '100',
  }));
  return Object.assign({}, ...attributes) as JsonObject;
}

/** Those who join after `published` messages. What SNS refuses to subscribe is part of the lesson, not the end of it. */
function subscribeAll(
  world: World,
  job: TopicJob,
  TopicArn: Arn,
  published: number,
  { arns, refused }: Pick<TopicResult, 'arns' | 'refused'>,
): void {
  for (const subscription of job.subscriptions.filter(({ joinsAfter = 0 }) => joinsAfter === published)) {
    const { name, protocol, raw, filterScope, deliveryPolicy } = subscription;
    const Endpoint = createEndpoint(world, job, subscription, TopicArn);
    const filter = job.filters[name]?.trim() ?? '';
    const delivery = job.documents[`delivery ${name}`] ?? (deliveryPolicy ? JSON.stringify(deliveryPolicy) : '');
    const Attributes: JsonObject = {
      ...(filter === '' ? {} : { FilterPolicy: filter, FilterPolicyScope: filterScope ?? 'MessageAttributes' }),
      ...(raw ? { RawMessageDelivery: 'true' } : {}),
      ...(delivery.trim() === '' ? {} : { DeliveryPolicy: delivery }),
      ...(subscription.deadLetterQueue ? { RedrivePolicy: createDeadLetterQueue(world, job, subscription, TopicArn) } : {}),
      ...(protocol === 'firehose' ? { SubscriptionRoleArn: `arn:aws:iam::${ACCOUNT}:role/sns-to-firehose` } : {}),
    };
    try {
      const input = { TopicArn, Protocol: protocol, Endpoint, Attributes, ReturnSubscriptionArn: true };
      const { account = ACCOUNT, subscribedBy } = subscription;
      const caller = subscribedBy === 'endpoint-account' ? { principal: rootOf(account) } : {};
      arns[name] = String(ask(world, 'sns', 'Subscribe', input, ACCOUNT, caller).SubscriptionArn);
    } catch (error) {
      refused[name] = error instanceof Error ? error.message : String(error);
    }
  }
}

/** People open the link in an e-mail, and that in a queue of another account; hosts have confirmed by themselves. */
function openLinks(world: World, job: TopicJob, arns: Record<string, string>, topicArn: Arn): void {
  const mails = world.trace.filter((fact) => fact.type === 'sns:EmailDelivered');
  const queued = world.trace.filter((fact) => fact.type === 'sqs:MessageSent');
  for (const { name, protocol, confirms = true } of job.subscriptions) {
    if (!confirms || !arns[name]) continue;
    const asked = protocol.startsWith('email')
      ? mails.find((fact) => fact.data.to === `${name}@shop.example`)
      : queued.find((fact) => fact.resource.endsWith(`:${name}`));
    const url = /https:\/\/sns\.[^\s"\\]+Token=\w+/.exec(String(asked?.data.body ?? ''))?.[0];
    if (url) world.call({ action: 'sns:OpenLink', resource: topicArn, input: { url } });
  }
}

/** The sentence of a refusal, or null. */
function publish(world: World, job: TopicJob, TopicArn: Arn, publisher: Caller): string | null {
  const { body, subject, structured, attributes, groupId, deduplicationId } = job.message;
  const MessageAttributes: Record<string, Json> = Object.fromEntries(
    attributes.filter(({ name }) => name !== '').map(({ name, type, value }) => [name, { DataType: type, StringValue: value }]),
  );
  const input: JsonObject = {
    TopicArn,
    Message: body,
    ...(subject === '' ? {} : { Subject: subject }),
    ...(structured ? { MessageStructure: 'json' } : {}),
    ...(Object.keys(MessageAttributes).length > 0 ? { MessageAttributes } : {}),
    ...(groupId === '' ? {} : { MessageGroupId: groupId }),
    ...(deduplicationId === '' ? {} : { MessageDeduplicationId: deduplicationId }),
  };
  try {
    ask(world, 'sns', 'Publish', input, ACCOUNT, publisher);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
