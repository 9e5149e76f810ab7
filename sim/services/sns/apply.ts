// The fold: what each fact of SNS does to topics, subscriptions and messages on their way.
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import { laneKey, type SnsState, type StoredMessage, type Subscription } from './state';

type Fold = (state: SnsState, fact: Fact, data: JsonObject) => void;

const FOLDS: Record<string, Fold> = {
  'sns:TopicCreated': (state, { resource, at }, data) => {
    state.topics[resource] = {
      arn: resource,
      name: data.name as string,
      isFifo: data.isFifo as boolean,
      createdAt: at,
      attributes: { ...(data.attributes as Record<string, string>) },
      policy: data.policy as string | null,
      tags: { ...(data.tags as Record<string, string>) },
      subscriptions: [],
      subscriptionsDeleted: 0,
      sequence: 0,
      seen: {},
      archive: [],
      logStream: data.logStream as string,
    };
  },
  'sns:TopicAttributeSet': (state, { resource }, data) => {
    const topic = state.topics[resource];
    if (!topic) return;
    const { name, value } = data as { name: string; value: string };
    if (name === 'Policy') topic.policy = value === '' ? null : value;
    else if (value === '') delete topic.attributes[name];
    else topic.attributes[name] = value;
  },
  'sns:TopicTagged': (state, { resource }, data) => {
    const topic = state.topics[resource];
    if (topic) topic.tags = { ...(data.tags as Record<string, string>) };
  },
  'sns:TopicDeleted': (state, { resource }) => {
    for (const arn of state.topics[resource]?.subscriptions ?? []) delete state.subscriptions[arn];
    delete state.topics[resource];
  },
  'sns:SubscriptionRequested': (state, { resource, at }, data) => {
    const topicArn = data.topicArn as string;
    state.subscriptions[resource] = {
      arn: resource,
      topicArn,
      protocol: data.protocol as Subscription['protocol'],
      endpoint: data.endpoint as string,
      owner: data.owner as string,
      isConfirmed: false,
      wasAuthenticated: false,
      authenticateOnUnsubscribe: false,
      token: data.token as string,
      requestedAt: at,
      attributes: { ...(data.attributes as Record<string, string>) },
      nextSlotAt: 0,
      replay: null,
    };
    state.topics[topicArn]?.subscriptions.push(resource);
  },
  'sns:SubscriptionConfirmed': (state, { resource }, data) => {
    const subscription = state.subscriptions[resource];
    if (!subscription) return;
    subscription.isConfirmed = true;
    subscription.wasAuthenticated = data.wasAuthenticated as boolean;
    subscription.authenticateOnUnsubscribe = data.authenticateOnUnsubscribe as boolean;
  },
  'sns:SubscriptionAttributeSet': (state, { resource }, data) => {
    const attributes = state.subscriptions[resource]?.attributes;
    if (!attributes) return;
    const { name, value } = data as { name: string; value: string };
    if (value === '') delete attributes[name];
    else attributes[name] = value;
  },
  'sns:SubscriptionDeleted': (state, { resource }, data) => {
    delete state.subscriptions[resource];
    const topic = state.topics[data.topicArn as string];
    if (!topic) return;
    topic.subscriptions = topic.subscriptions.filter((arn) => arn !== resource);
    topic.subscriptionsDeleted++;
  },
  'sns:MessagePublished': (state, fact, data) => {
    const message = keep(state, fact);
    const topic = state.topics[fact.resource];
    if (!topic?.isFifo) return;
    topic.sequence++;
    const seenAs = data.seenAs as string | null;
    if (seenAs !== null) topic.seen[seenAs] = { messageId: message.messageId, sequenceNumber: message.sequenceNumber ?? '', at: fact.at };
    const archive = topic.attributes.ArchivePolicy;
    if (archive && archive !== '{}') topic.archive.push(message);
  },
  'sns:ConfirmationRequested': (state, fact) => {
    keep(state, fact);
  },
  'sns:MessageReplayed': (state, fact) => {
    keep(state, fact);
  },
  'sns:DeliveryStarted': (state, fact, data) => {
    const id = data.deliveryId as string;
    const subscriptionArn = data.subscriptionArn as string;
    state.deliveries[id] = {
      id,
      messageId: data.messageId as string,
      subscriptionArn,
      attempt: 1,
      startedAt: fact.at,
      isWaiting: data.isWaiting as boolean,
      isReplayed: data.isReplayed as boolean,
    };
    const lane = data.lane as string | null;
    if (lane !== null) {
      const waiting = state.lanes[lane] ?? [];
      waiting.push(id);
      state.lanes[lane] = waiting;
    }
    const subscription = state.subscriptions[subscriptionArn];
    if (subscription && typeof data.nextSlotAt === 'number') subscription.nextSlotAt = data.nextSlotAt;
  },
  'sns:DeliveryRetryScheduled': (state, _fact, data) => {
    const delivery = state.deliveries[data.deliveryId as string];
    if (delivery) delivery.attempt = data.attempt as number;
  },
  'sns:MessageDelivered': close,
  'sns:MessageDeadLettered': close,
  'sns:MessageDropped': close,
  'sns:ReplayStarted': (state, { resource }, data) => {
    const subscription = state.subscriptions[resource];
    if (subscription) subscription.replay = { status: 'In progress', policy: data.policy as string };
  },
  'sns:ReplayCompleted': (state, { resource }) => {
    const replay = state.subscriptions[resource]?.replay;
    if (replay) replay.status = 'Completed';
  },
  'sns:PlatformApplicationPut': (state, { resource }, data) => {
    state.applications[resource] = { arn: resource, attributes: { ...(data.attributes as Record<string, string>) } };
  },
  'sns:PlatformApplicationDeleted': (state, { resource }) => {
    delete state.applications[resource];
  },
  'sns:PlatformEndpointPut': (state, { resource }, data) => {
    state.endpoints[resource] = {
      arn: resource,
      applicationArn: data.applicationArn as string,
      attributes: { ...(data.attributes as Record<string, string>) },
    };
  },
  'sns:PlatformEndpointDeleted': (state, { resource }) => {
    delete state.endpoints[resource];
  },
  'sns:SmsAttributesSet': (state, _fact, data) => {
    const place = data.place as string;
    state.sms[place] = { ...state.sms[place], ...(data.attributes as Record<string, string>) };
  },
  'sns:PhoneOptedOut': (state, _fact, data) => {
    const place = data.place as string;
    state.optedOut[place] = [...new Set([...(state.optedOut[place] ?? []), data.number as string])];
  },
  'sns:PhoneOptedIn': (state, _fact, data) => {
    const place = data.place as string;
    state.optedOut[place] = (state.optedOut[place] ?? []).filter((number) => number !== data.number);
  },
};

export function applySns(state: SnsState, fact: Fact): void {
  FOLDS[fact.type]?.(state, fact, fact.data);
}

/** A message is kept while deliveries of it are open. */
function keep(state: SnsState, { resource, at, data }: Fact): StoredMessage {
  const message: StoredMessage = {
    messageId: data.messageId as string,
    type: data.type as StoredMessage['type'],
    topicArn: resource,
    message: data.message as string,
    isStructured: data.isStructured as boolean,
    subject: data.subject as string | null,
    attributes: data.attributes as unknown as StoredMessage['attributes'],
    groupId: data.groupId as string | null,
    deduplicationId: data.deduplicationId as string | null,
    sequenceNumber: data.sequenceNumber as string | null,
    publishedAt: at,
    timestamp: data.timestamp as string,
    token: data.token as string | null,
  };
  const deliveries = data.deliveries as number;
  if (deliveries > 0) {
    const open = (state.messages[message.messageId]?.open ?? 0) + deliveries;
    state.messages[message.messageId] = { message, open };
  }
  return message;
}

function close(state: SnsState, _fact: Fact, data: JsonObject): void {
  const id = data.deliveryId as string;
  const delivery = state.deliveries[id];
  if (!delivery) return;
  delete state.deliveries[id];
  const entry = state.messages[delivery.messageId];
  if (!entry) return;
  const { groupId } = entry.message;
  const lane = groupId === null ? null : laneKey(delivery.subscriptionArn, groupId);
  if (lane !== null && state.lanes[lane]) {
    const left = state.lanes[lane].filter((other) => other !== id);
    if (left.length > 0) state.lanes[lane] = left;
    else delete state.lanes[lane];
  }
  if (--entry.open <= 0) delete state.messages[delivery.messageId];
}
