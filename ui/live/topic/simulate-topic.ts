// One run of a live topic: a fresh world with the topic and its subscribers, the handshakes, one message, and time until nothing is left.
// https://docs.aws.amazon.com/sns/latest/dg/sns-publishing.html
import type { CreateAws, ServiceName } from '@/sim/assemble';
import type { Arn } from '@/sim/kernel/arn';
import type { Fact } from '@/sim/kernel/fact';
import type { Json, JsonObject } from '@/sim/kernel/json';
import type { WorldLimits } from '@/sim/kernel/limits';
import type { World } from '@/sim/kernel/world';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { ACCOUNT, ask, createDeadLetterQueue, createEndpoint, hostAddress, REGION, subscriberHost } from './topic-endpoints';
import type { TopicJob, TopicResult, TopicSubscription } from './topic-setup';

const MONTH_MS = 31 * 24 * 3_600_000;
/** The retries of an endpoint that AWS manages last 23 days. */
const LIMITS: Partial<WorldLimits> = { factsMax: 20_000, callsMax: 400_000, agendaMax: 10_000, virtualMsMax: MONTH_MS };

/** Published when the handshakes are through, at a full second. */
const PUBLISH_AT_MS = 5000;
const BETWEEN_MS = 1000;

export function servicesOf(job: Pick<TopicJob, 'subscriptions'>): ServiceName[] {
  const needs = (protocol: TopicSubscription['protocol']) => job.subscriptions.some((one) => one.protocol === protocol);
  const isEncrypted = job.subscriptions.some((one) => one.key);
  return ['iam', 'logs', 'sns', 'sqs', ...(isEncrypted ? (['kms'] as const) : []), ...(needs('lambda') ? (['lambda'] as const) : [])];
}

export interface TopicRun {
  facts: readonly Fact[];
  result: TopicResult;
}

export function simulateTopic(job: TopicJob, createAws: CreateAws, sandboxes?: SandboxFactory): TopicRun {
  const hosts = job.subscriptions.filter(({ protocol }) => protocol === 'http' || protocol === 'https');
  const world: World = createAws({
    services: servicesOf(job),
    seed: job.seed,
    limits: LIMITS,
    hosts: Object.fromEntries(hosts.map((one) => [hostAddress(one), subscriberHost(one)])),
    account: ACCOUNT,
    region: REGION,
    ...(sandboxes ? { sandboxes } : {}),
  });
  try {
    const topicArn = createTopic(world, job);
    const { arns, refused } = subscribeAll(world, job, topicArn);
    world.runUntilIdle();
    openLinks(world, job, arns, topicArn);
    world.runUntil(PUBLISH_AT_MS);
    if (job.outage) {
      const action = job.outage.service === 'sqs' ? 'sqs:SendMessage' : 'lambda:InvokeFunction';
      const fault = { code: 'ServiceUnavailable', message: 'Service is unavailable.', status: 503 };
      world.call({ action: 'fis:InjectApiError', resource: action as Arn, input: { action, times: job.outage.calls, fault } });
    }
    const publishedAt = world.trace.length;
    const publishErrors: string[] = [];
    for (let n = 0; n < job.times; n++) {
      if (n > 0) world.runUntil(PUBLISH_AT_MS + n * BETWEEN_MS);
      const error = publish(world, job, topicArn);
      if (error) publishErrors.push(error);
    }
    world.runUntilIdle();
    return { facts: world.trace, result: { arns, refused, publishErrors, publishedAt } };
  } finally {
    world.dispose();
  }
}

function createTopic(world: World, job: TopicJob): Arn {
  const fifo = { FifoTopic: 'true', ContentBasedDeduplication: String(job.contentBasedDeduplication) };
  return String(ask(world, 'sns', 'CreateTopic', { Name: job.topic, Attributes: job.fifo ? fifo : {} }).TopicArn) as Arn;
}

/** What SNS refuses to subscribe is part of the lesson, not the end of it. */
function subscribeAll(world: World, job: TopicJob, TopicArn: Arn): Pick<TopicResult, 'arns' | 'refused'> {
  const arns: Record<string, string> = {};
  const refused: Record<string, string> = {};
  for (const subscription of job.subscriptions) {
    const { name, protocol, raw, filterScope, deliveryPolicy } = subscription;
    const Endpoint = createEndpoint(world, job, subscription, TopicArn);
    const filter = job.filters[name]?.trim() ?? '';
    const Attributes: JsonObject = {
      ...(filter === '' ? {} : { FilterPolicy: filter, FilterPolicyScope: filterScope ?? 'MessageAttributes' }),
      ...(raw ? { RawMessageDelivery: 'true' } : {}),
      ...(deliveryPolicy ? { DeliveryPolicy: JSON.stringify(deliveryPolicy) } : {}),
      ...(subscription.deadLetterQueue ? { RedrivePolicy: createDeadLetterQueue(world, job, subscription, TopicArn) } : {}),
      ...(protocol === 'firehose' ? { SubscriptionRoleArn: `arn:aws:iam::${ACCOUNT}:role/sns-to-firehose` } : {}),
    };
    try {
      const input = { TopicArn, Protocol: protocol, Endpoint, Attributes, ReturnSubscriptionArn: true };
      arns[name] = String(ask(world, 'sns', 'Subscribe', input).SubscriptionArn);
    } catch (error) {
      refused[name] = error instanceof Error ? error.message : String(error);
    }
  }
  return { arns, refused };
}

/** People open the link in the e-mail; hosts have confirmed by themselves. */
function openLinks(world: World, job: TopicJob, arns: Record<string, string>, topicArn: Arn): void {
  const mails = world.trace.filter((fact) => fact.type === 'sns:EmailDelivered');
  for (const { name, protocol, confirms = true } of job.subscriptions) {
    if (!protocol.startsWith('email') || !confirms || !arns[name]) continue;
    const mail = mails.find((fact) => fact.data.to === `${name}@shop.example`);
    const url = /https:\/\/sns\.[^\s"\\]+Token=\w+/.exec(String(mail?.data.body ?? ''))?.[0];
    if (url) world.call({ action: 'sns:OpenLink', resource: topicArn, input: { url } });
  }
}

/** The sentence of a refusal, or null. */
function publish(world: World, job: TopicJob, TopicArn: Arn): string | null {
  const { body, subject, attributes, groupId, deduplicationId } = job.message;
  const MessageAttributes: Record<string, Json> = Object.fromEntries(
    attributes.filter(({ name }) => name !== '').map(({ name, type, value }) => [name, { DataType: type, StringValue: value }]),
  );
  const input: JsonObject = {
    TopicArn,
    Message: body,
    ...(subject === '' ? {} : { Subject: subject }),
    ...(Object.keys(MessageAttributes).length > 0 ? { MessageAttributes } : {}),
    ...(groupId === '' ? {} : { MessageGroupId: groupId }),
    ...(deduplicationId === '' ? {} : { MessageDeduplicationId: deduplicationId }),
  };
  try {
    ask(world, 'sns', 'Publish', input);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
