// Attributes of topics: which there are, what they may hold, and how GetTopicAttributes shows them.
// https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
import type { Arn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import { effectiveTopicPolicy, topicPolicyProblem } from './delivery-policy';
import type { SnsState, Subscription, Topic } from './state';
import { policyProblem, policyText } from './topic-policy';

/** SNS-03. */
export const MESSAGE_BYTES_DEFAULT = 262_144;
const MESSAGE_BYTES_MIN = 1024;
const MESSAGE_BYTES_MAX = 1_048_576;
/** Above the default size: at most so many subscriptions, of these protocols only. */
const LARGE_SUBSCRIPTIONS_MAX = 100;
export const LARGE_PROTOCOLS: ReadonlySet<string> = new Set(['sqs', 'lambda', 'firehose']);

const FIFO_ONLY: ReadonlySet<string> = new Set(['ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy']);
const FEEDBACK = /^(HTTP|SQS|Lambda|Firehose|Application)(SuccessFeedbackRoleArn|FailureFeedbackRoleArn|SuccessFeedbackSampleRate)$/;
const ROLE = /^arn:aws[^:]*:iam::\d{12}:role\/.+$/;
const ARCHIVE_DAYS_MAX = 365;

function isBoolean(value: string): boolean {
  return value === 'true' || value === 'false';
}

/** What is wrong with setting an attribute, as AWS says it after `Invalid parameter: `; null when nothing is. */
export function topicAttributeProblem(name: string, value: string, { arn, isFifo }: { arn: Arn; isFifo: boolean }): string | null {
  if (FIFO_ONLY.has(name) && !isFifo) return `Attributes Reason: ${name} is only supported for FIFO topics`;
  switch (name) {
    case 'DisplayName':
      return value.length > 100 || /[\r\n]/.test(value) ? 'Attributes Reason: DisplayName' : null;
    case 'Policy':
      return value === '' ? null : policyProblem(value, arn);
    case 'DeliveryPolicy': {
      const problem = value === '' ? null : topicPolicyProblem(value);
      return problem && `DeliveryPolicy: ${problem}`;
    }
    case 'KmsMasterKeyId':
      return value === '' || /^[A-Za-z0-9:/_.-]{1,2048}$/.test(value) ? null : 'KmsMasterKeyId Reason: Invalid key id';
    case 'SignatureVersion':
      return value === '1' || value === '2' ? null : 'Attributes Reason: SignatureVersion: Invalid value. Must be 1 or 2.';
    case 'TracingConfig':
      if (isFifo && value === 'Active') return 'TracingConfig Reason: Active tracing is not supported for FIFO topics';
      return value === 'Active' || value === 'PassThrough' ? null : `Attributes Reason: Invalid tracing config value: ${value}`;
    case 'ContentBasedDeduplication':
      return isBoolean(value) ? null : 'ContentBasedDeduplication';
    case 'FifoThroughputScope':
      return value === 'Topic' || value === 'MessageGroup' ? null : `FifoThroughputScope Reason: Invalid value [${value}]`;
    case 'ArchivePolicy':
      return archiveProblem(value);
    case 'MaximumMessageSize': {
      const bytes = Number(value);
      const isInRange = /^\d+$/.test(value) && bytes >= MESSAGE_BYTES_MIN && bytes <= MESSAGE_BYTES_MAX;
      return isInRange ? null : `MaximumMessageSize Reason: must be between ${MESSAGE_BYTES_MIN} and ${MESSAGE_BYTES_MAX}`;
    }
  }
  const feedback = FEEDBACK.exec(name);
  if (!feedback) return 'AttributeName';
  if (feedback[2] === 'SuccessFeedbackSampleRate') return /^\d{1,3}$/.test(value) && Number(value) <= 100 ? null : name;
  return value === '' || ROLE.test(value) ? null : `${name} Reason: An IAM role ARN is expected`;
}

function archiveProblem(value: string): string | null {
  if (value === '' || value === '{}') return null;
  try {
    const days = Number((JSON.parse(value) as JsonObject).MessageRetentionPeriod);
    if (Number.isInteger(days) && days >= 1 && days <= ARCHIVE_DAYS_MAX) return null;
  } catch {
    return 'ArchivePolicy Reason: failed to parse JSON.';
  }
  return `ArchivePolicy Reason: MessageRetentionPeriod must be between 1 and ${ARCHIVE_DAYS_MAX}`;
}

/** Days; null without an archive. */
export function archiveDays(topic: Topic): number | null {
  const text = topic.attributes.ArchivePolicy;
  if (!text || text === '{}') return null;
  return Number((JSON.parse(text) as JsonObject).MessageRetentionPeriod);
}

/** SNS-03: what stands against messages over 256 KiB, or null. */
export function largeMessageProblem(subscriptions: readonly Subscription[]): string | null {
  if (subscriptions.length > LARGE_SUBSCRIPTIONS_MAX)
    return `MaximumMessageSize Reason: the topic has more than ${LARGE_SUBSCRIPTIONS_MAX} subscriptions`;
  const other = subscriptions.find(({ protocol }) => !LARGE_PROTOCOLS.has(protocol));
  return other
    ? `MaximumMessageSize Reason: a subscription has the protocol ${other.protocol}; above 256 KiB only sqs, lambda and firehose are supported`
    : null;
}

export function messageBytesMax(topic: Topic): number {
  return Number(topic.attributes.MaximumMessageSize ?? MESSAGE_BYTES_DEFAULT);
}

export function subscriptionsOf(state: Readonly<SnsState>, topic: Topic): Subscription[] {
  return topic.subscriptions.flatMap((arn) => state.subscriptions[arn] ?? []);
}

export function describeTopic(state: Readonly<SnsState>, topic: Topic, epochAtZero: number): JsonObject {
  const subscriptions = subscriptionsOf(state, topic);
  const confirmed = subscriptions.filter(({ isConfirmed }) => isConfirmed).length;
  const { DisplayName = '', Policy: _policy, ...attributes } = topic.attributes;
  const days = archiveDays(topic);
  const beginning = topic.archive[0]?.publishedAt ?? topic.createdAt;
  return {
    Policy: policyText(topic),
    Owner: topic.arn.split(':')[4] ?? '',
    SubscriptionsPending: String(subscriptions.length - confirmed),
    TopicArn: topic.arn,
    EffectiveDeliveryPolicy: effectiveTopicPolicy(topic),
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsDeleted: String(topic.subscriptionsDeleted),
    DisplayName,
    ...(topic.isFifo ? { FifoTopic: 'true', ContentBasedDeduplication: 'false' } : {}),
    ...(days === null ? {} : { BeginningArchiveTime: new Date(Math.floor(epochAtZero + beginning)).toISOString() }),
    ...attributes,
  };
}
