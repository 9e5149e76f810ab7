// Subscriptions: made, changed, listed, ended. https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
import { parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { checkArn, snsArn } from './arns';
import { requestConfirmation, sayGoodbye } from './confirmation';
import { checkEndpoint, isProtocol, needsConfirmation } from './endpoints';
import { forbidden, invalid, notFound, type Refusal } from './faults';
import { topicIn } from './lookup';
import { pageOf } from './paging';
import { startReplay } from './replay';
import { endDeliveries } from './settle';
import type { SnsState, Subscription, Topic } from './state';
import { describeSubscription, subscriptionAttributeProblem } from './subscription-attributes';
import { LARGE_PROTOCOLS, MESSAGE_BYTES_DEFAULT, messageBytesMax, subscriptionsOf } from './topic-attributes';

/** SNS-X01, SNS-X27. */
const STANDARD_MAX = 12_500_000;
const FIFO_MAX = 100;
const FIREHOSE_MAX = 5;
const LARGE_MAX = 100;
const FILTERS_PER_TOPIC_MAX = 200;
const FILTERS_PER_ACCOUNT_MAX = 10_000;

export function subscribe(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const found = topicIn(state, input);
  if ('fault' in found) return found;
  const { topic } = found;
  const protocol = String(input.Protocol ?? '');
  const endpoint = String(input.Endpoint ?? '');
  if (!isProtocol(protocol)) return invalid(`Amazon SNS does not support this protocol string: ${protocol}`);
  const refusal = endpoint === '' ? invalid('Endpoint') : checkEndpoint(state, topic, protocol, endpoint);
  if (refusal) return refusal;
  const owner = call.principal.account || port.account;
  const given = Object.entries((input.Attributes ?? {}) as JsonObject).map(([name, value]): [string, string] => [name, String(value)]);
  const attributes = Object.fromEntries(given);
  for (const [name, value] of given) {
    const problem = subscriptionAttributeProblem(name, value, { topic, protocol, owner, attributes });
    if (problem)
      return invalid(problem === 'AttributeName' ? `Attributes Reason: Unknown attribute: ${name}` : `Attributes Reason: ${problem}`);
  }
  if (protocol === 'firehose' && !attributes.SubscriptionRoleArn)
    return invalid('Attributes Reason: SubscriptionRoleArn must be specified');
  const all = subscriptionsOf(state, topic);
  const existing = all.find((other) => other.protocol === protocol && other.endpoint === endpoint);
  const showArn = input.ReturnSubscriptionArn === true;
  if (existing) return again(state, existing, attributes, topic, showArn, port);
  const full = limitReached(state, all, topic, protocol, owner, attributes);
  if (full) return full;
  const isConfirmed = !needsConfirmation(protocol, endpoint, owner);
  const arn = `${topic.arn}:${port.uuid()}`;
  const token = `${port.uuid()}${port.uuid()}${port.uuid()}${port.uuid()}`.replaceAll('-', '');
  port.emit('sns:SubscriptionRequested', arn, { topicArn: topic.arn, protocol, endpoint, owner, attributes, token });
  if (isConfirmed) port.emit('sns:SubscriptionConfirmed', arn, { wasAuthenticated: true, authenticateOnUnsubscribe: false });
  const made = state.subscriptions[arn] as Subscription;
  if (!isConfirmed) requestConfirmation(state, made, topic, port);
  else if (attributes.ReplayPolicy) startReplay(state, made, topic, port);
  return { ok: { SubscriptionArn: isConfirmed || showArn ? arn : 'pending confirmation' } };
}

/** Subscribing again gives the subscription that is there, and asks again for what was not confirmed. */
function again(
  state: Readonly<SnsState>,
  existing: Subscription,
  attributes: Record<string, string>,
  topic: Topic,
  showArn: boolean,
  port: Port,
): Reply {
  for (const [name, value] of Object.entries(attributes)) {
    const current = existing.attributes[name] ?? (name === 'RawMessageDelivery' ? 'false' : undefined);
    if (current !== value) return invalid('Attributes Reason: Subscription already exists with different attributes');
  }
  if (!existing.isConfirmed) requestConfirmation(state, existing, topic, port);
  return { ok: { SubscriptionArn: existing.isConfirmed || showArn ? existing.arn : 'pending confirmation' } };
}

function limitReached(
  state: Readonly<SnsState>,
  all: readonly Subscription[],
  topic: Topic,
  protocol: string,
  owner: string,
  attributes: Record<string, string>,
): Refusal | null {
  const tooMany = clientFault(
    'SubscriptionLimitExceeded',
    'Subscription limit exceeded: the topic has as many subscriptions as it may have.',
    403,
  );
  if (all.length >= (topic.isFifo ? FIFO_MAX : STANDARD_MAX)) return tooMany;
  if (protocol === 'firehose' && all.filter((one) => one.protocol === 'firehose' && one.owner === owner).length >= FIREHOSE_MAX)
    return tooMany;
  if (messageBytesMax(topic) > MESSAGE_BYTES_DEFAULT) {
    if (!LARGE_PROTOCOLS.has(protocol)) {
      return invalid(`Protocol Reason: the topic's MaximumMessageSize is above 256 KiB, which ${protocol} does not support`);
    }
    if (all.length >= LARGE_MAX) return tooMany;
  }
  return attributes.FilterPolicy ? filterLimit(state, topic) : null;
}

function filterLimit(state: Readonly<SnsState>, topic: Topic): Refusal | null {
  const place = topic.arn.slice(0, topic.arn.lastIndexOf(':'));
  const filtered = Object.values(state.subscriptions).filter(({ attributes, arn }) => attributes.FilterPolicy && arn.startsWith(place));
  const ofTopic = filtered.filter(({ topicArn }) => topicArn === topic.arn).length;
  if (ofTopic < FILTERS_PER_TOPIC_MAX && filtered.length < FILTERS_PER_ACCOUNT_MAX) return null;
  const [whose, max] = ofTopic < FILTERS_PER_TOPIC_MAX ? ['an account', FILTERS_PER_ACCOUNT_MAX] : ['a topic', FILTERS_PER_TOPIC_MAX];
  return clientFault('FilterPolicyLimitExceeded', `Filter policy limit exceeded: ${whose} can have ${max} filter policies.`, 403);
}

function subscriptionIn(state: Readonly<SnsState>, input: JsonObject): { subscription: Subscription; topic: Topic } | Refusal {
  const refusal = checkArn('SubscriptionArn', input.SubscriptionArn);
  if (refusal) return refusal;
  const subscription = state.subscriptions[String(input.SubscriptionArn)];
  const topic = subscription && state.topics[subscription.topicArn];
  return subscription && topic ? { subscription, topic } : notFound('Subscription');
}

export function getSubscriptionAttributes(state: Readonly<SnsState>, call: ApiCall): Reply {
  const found = subscriptionIn(state, call.input);
  return 'fault' in found ? found : { ok: { Attributes: describeSubscription(found.subscription, found.topic) } };
}

export function setSubscriptionAttributes(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const found = subscriptionIn(state, call.input);
  if ('fault' in found) return found;
  const { subscription, topic } = found;
  const name = String(call.input.AttributeName ?? '');
  const value = String(call.input.AttributeValue ?? '');
  const attributes = { ...subscription.attributes, [name]: value };
  const { protocol, owner } = subscription;
  const problem = subscriptionAttributeProblem(name, value, { topic, protocol, owner, attributes });
  if (problem) return invalid(problem);
  if (name === 'FilterPolicy' && value !== '' && !subscription.attributes.FilterPolicy) {
    const full = filterLimit(state, topic);
    if (full) return full;
  }
  port.emit('sns:SubscriptionAttributeSet', subscription.arn, { name, value });
  if (name === 'ReplayPolicy' && value !== '' && value !== '{}' && subscription.isConfirmed) startReplay(state, subscription, topic, port);
  return { ok: {} };
}

/** Ending a subscription that is gone succeeds too. One that was not confirmed yet cannot be ended. */
export function unsubscribe(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const refusal = checkArn('SubscriptionArn', call.input.SubscriptionArn);
  if (refusal) return refusal;
  const arn = String(call.input.SubscriptionArn);
  const subscription = state.subscriptions[arn];
  if (!subscription) {
    const parts = parseArn(arn);
    return parts && parts.resource.split(':').length < 2 ? invalid('SubscriptionArn') : { ok: {} };
  }
  if (!subscription.isConfirmed) return invalid('SubscriptionArn Reason: This subscription is pending confirmation');
  const caller = call.principal;
  const topicOwner = parseArn(subscription.topicArn)?.account;
  const isOwner = caller.account === subscription.owner || caller.account === topicOwner;
  const isOpen = !subscription.authenticateOnUnsubscribe && caller.type === 'anonymous';
  if (!isOwner && !isOpen && caller.type !== 'world')
    return forbidden('Not authorized to unsubscribe: only the owner of the subscription or topic can');
  endSubscription(state, subscription, port);
  return { ok: {} };
}

function endSubscription(state: Readonly<SnsState>, subscription: Subscription, port: Port): void {
  endDeliveries(state, ({ subscriptionArn }) => subscriptionArn === subscription.arn, 'SubscriptionDeleted', port);
  const topic = state.topics[subscription.topicArn];
  if (topic) sayGoodbye(subscription, topic, port);
  port.emit('sns:SubscriptionDeleted', subscription.arn, { topicArn: subscription.topicArn });
}

function listed(subscriptions: Subscription[], input: JsonObject): Reply {
  const rows = subscriptions.map(({ arn, isConfirmed, owner, protocol, endpoint, topicArn }) => ({
    SubscriptionArn: isConfirmed ? arn : 'PendingConfirmation',
    Owner: owner,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  }));
  return pageOf(input, 'Subscriptions', rows);
}

export function listSubscriptions(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const region = snsArn(port, '').split(':').slice(0, 4).join(':');
  const mine = Object.values(state.subscriptions).filter(({ arn, owner }) => owner === port.account && arn.startsWith(`${region}:`));
  return listed(mine, call.input);
}

export function listSubscriptionsByTopic(state: Readonly<SnsState>, call: ApiCall): Reply {
  const found = topicIn(state, call.input);
  return 'fault' in found ? found : listed(subscriptionsOf(state, found.topic), call.input);
}
