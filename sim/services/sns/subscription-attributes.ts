// Attributes of subscriptions: which there are, what they may hold, and how they are shown.
// https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html
import { type Arn, parseArn } from '../../kernel/arn';
import type { Json, JsonObject } from '../../kernel/json';
import { effectiveSubscriptionPolicy, subscriptionPolicyProblem } from './delivery-policy';
import { type FilterPolicy, type FilterScope, parseFilterPolicy } from './filter/policy';
import type { Protocol, Subscription, Topic } from './state';

const NAMES: ReadonlySet<string> = new Set([
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'SubscriptionRoleArn',
  'ReplayPolicy',
]);
/** SNS-X17. */
const RAW_PROTOCOLS: ReadonlySet<Protocol> = new Set<Protocol>(['sqs', 'http', 'https', 'firehose']);

interface AttributeContext {
  topic: Topic;
  protocol: Protocol;
  owner: string;
  /** All attributes as they would be afterwards. */
  attributes: Record<string, string>;
}

/** What is wrong with an attribute, as AWS says it after `Invalid parameter: `; null when nothing is. */
export function subscriptionAttributeProblem(name: string, value: string, context: AttributeContext): string | null {
  const { topic, protocol, attributes } = context;
  if (!NAMES.has(name)) return 'AttributeName';
  switch (name) {
    case 'RawMessageDelivery':
      if (value !== 'true' && value !== 'false') return `RawMessageDelivery: Invalid value [${value}]. Must be true or false.`;
      return value === 'true' && !RAW_PROTOCOLS.has(protocol)
        ? `RawMessageDelivery: Delivery protocol [${protocol}] does not support raw message delivery.`
        : null;
    case 'FilterPolicyScope':
      if (value !== 'MessageAttributes' && value !== 'MessageBody') {
        return `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`;
      }
      return attributes.FilterPolicy === undefined ? null : filterProblem(attributes.FilterPolicy, value);
    case 'FilterPolicy':
      return filterProblem(value, scopeOf(attributes));
    case 'RedrivePolicy':
      return redriveProblem(value, context);
    case 'DeliveryPolicy': {
      const problem = value === '' ? null : subscriptionPolicyProblem(value);
      return problem && `DeliveryPolicy: ${problem}`;
    }
    case 'SubscriptionRoleArn':
      return /^arn:aws[^:]*:iam::\d{12}:role\/.+$/.test(value) ? null : 'SubscriptionRoleArn: An IAM role ARN is expected';
    default:
      return replayProblem(value, topic);
  }
}

function scopeOf(attributes: Record<string, string>): FilterScope {
  return attributes.FilterPolicyScope === 'MessageBody' ? 'MessageBody' : 'MessageAttributes';
}

function filterProblem(text: string, scope: FilterScope): string | null {
  if (text === '') return null;
  const parsed = parseFilterPolicy(text, scope);
  return 'reason' in parsed ? `FilterPolicy: ${parsed.reason}` : null;
}

/** SNS-X13: a queue of the subscription's account and Region, FIFO for a FIFO topic. */
function redriveProblem(text: string, { topic, owner }: AttributeContext): string | null {
  if (text === '' || text === '{}') return null;
  const arn = deadLetterArn({ RedrivePolicy: text });
  if (arn === undefined) return 'RedrivePolicy: failed to parse JSON.';
  const parts = arn === null ? null : parseArn(arn);
  if (!parts) return 'RedrivePolicy: deadLetterTargetArn is an invalid arn';
  if (parts.service !== 'sqs') return 'RedrivePolicy: deadLetterTargetArn is an invalid arn';
  if (parts.account !== owner) return 'RedrivePolicy: Dead letter queue must be in same account as subscription';
  if (parts.region !== parseArn(topic.arn)?.region) return 'RedrivePolicy: Dead letter queue must be in same region as subscription';
  if (topic.isFifo !== parts.resource.endsWith('.fifo')) {
    return topic.isFifo
      ? 'RedrivePolicy: must use a FIFO queue as DLQ for a FIFO subscription to a FIFO Topic.'
      : 'RedrivePolicy: must use a standard queue as DLQ for a subscription to a standard Topic.';
  }
  return null;
}

/** Undefined when the policy is not JSON; null without a target. */
export function deadLetterArn(attributes: Record<string, string>): Arn | null | undefined {
  const text = attributes.RedrivePolicy;
  if (!text) return null;
  try {
    const policy = JSON.parse(text) as Json;
    if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) return undefined;
    return typeof policy.deadLetterTargetArn === 'string' ? policy.deadLetterTargetArn : null;
  } catch {
    return undefined;
  }
}

/** Unix milliseconds. */
interface ReplayWindow {
  from: number;
  to: number | null;
}

/** `{"PointType":"Timestamp","StartingPoint":"2026-11-02T10:00:00.000Z"}`. Null when malformed. */
export function parseReplayPolicy(text: string): ReplayWindow | null {
  try {
    const { PointType, StartingPoint, EndingPoint } = JSON.parse(text) as JsonObject;
    const from = Date.parse(String(StartingPoint));
    const to = EndingPoint === undefined ? null : Date.parse(String(EndingPoint));
    if (PointType !== 'Timestamp' || Number.isNaN(from) || Number.isNaN(to ?? 0)) return null;
    return { from, to };
  } catch {
    return null;
  }
}

function replayProblem(text: string, topic: Topic): string | null {
  if (!topic.isFifo) return 'ReplayPolicy: is only supported for subscriptions to FIFO topics';
  if (text === '' || text === '{}') return null;
  if (!topic.attributes.ArchivePolicy || topic.attributes.ArchivePolicy === '{}') return 'ReplayPolicy: the topic has no archive policy';
  const window = parseReplayPolicy(text);
  if (!window) return 'ReplayPolicy: PointType must be Timestamp, StartingPoint and EndingPoint ISO 8601 times';
  return window.to !== null && window.to <= window.from ? 'ReplayPolicy: EndingPoint must be after StartingPoint' : null;
}

/** Texts are few and looked at for every message: each is parsed once. */
const compiled = new Map<string, FilterPolicy>();
const COMPILED_MAX = 1000;

/** Null without a filter. */
export function filterOf(subscription: Subscription): FilterPolicy | null {
  const text = subscription.attributes.FilterPolicy;
  if (!text) return null;
  const scope = scopeOf(subscription.attributes);
  const key = `${scope} ${text}`;
  const known = compiled.get(key);
  if (known) return known;
  const parsed = parseFilterPolicy(text, scope);
  if ('reason' in parsed) return null;
  if (compiled.size >= COMPILED_MAX) compiled.clear();
  compiled.set(key, parsed.policy);
  return parsed.policy;
}

export function isRaw(subscription: Subscription): boolean {
  return subscription.attributes.RawMessageDelivery === 'true';
}

export function describeSubscription(subscription: Subscription, topic: Topic): JsonObject {
  const { attributes, protocol } = subscription;
  const { RawMessageDelivery = 'false', FilterPolicy: filter, FilterPolicyScope, ...rest } = attributes;
  // An empty policy takes the filter away.
  const FilterPolicy = filter === '{}' ? undefined : filter;
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Protocol: protocol,
    Endpoint: subscription.endpoint,
    Owner: subscription.owner,
    PendingConfirmation: String(!subscription.isConfirmed),
    ConfirmationWasAuthenticated: String(subscription.wasAuthenticated),
    RawMessageDelivery,
    SubscriptionPrincipal: `arn:aws:iam::${subscription.owner}:root`,
    ...(FilterPolicy ? { FilterPolicy, FilterPolicyScope: FilterPolicyScope ?? 'MessageAttributes' } : {}),
    ...(!FilterPolicy && FilterPolicyScope ? { FilterPolicyScope } : {}),
    ...(protocol === 'http' || protocol === 'https' ? { EffectiveDeliveryPolicy: effectiveSubscriptionPolicy(topic, subscription) } : {}),
    ...(subscription.replay ? { ReplayStatus: subscription.replay.status } : {}),
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== '')),
  };
}
