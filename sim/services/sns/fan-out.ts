// A message to every confirmed subscription of its topic: filtered out, or on its way. SNS-06, SNS-X29.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
// Simplified: a new or changed filter policy counts at once; SNS takes up to 15 minutes.
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { beginAttempt, HAND_OVER_MS } from './begin-attempt';
import { httpPolicy } from './delivery-policy';
import { matchMessage, type Verdict } from './filter/match';
import { type Delivery, laneKey, type SnsState, type StoredMessage, type Subscription, type Topic } from './state';
import { filterOf } from './subscription-attributes';
import { subscriptionsOf } from './topic-attributes';

type Content = Omit<StoredMessage, 'topicArn' | 'publishedAt'>;

/** Emits the message under `type` and sends it to whoever is to have it. `more` is kept with the fact. */
export function fanOut(state: Readonly<SnsState>, topic: Topic, content: Content, more: JsonObject, port: Port): void {
  const subscriptions = subscriptionsOf(state, topic).filter((subscription) => subscription.isConfirmed && !isReplayOver(subscription));
  const verdicts = subscriptions.map((subscription): Verdict => {
    const filter = filterOf(subscription);
    return filter ? matchMessage(filter, content.message, content.attributes) : { matches: true };
  });
  const deliveries = verdicts.filter(({ matches }) => matches).length;
  port.emit('sns:MessagePublished', topic.arn, {
    ...(content as unknown as JsonObject),
    ...more,
    subscriptions: subscriptions.length,
    deliveries,
  });
  verdicts.forEach((verdict, i) => {
    const subscription = subscriptions[i] as Subscription;
    if (verdict.matches) openDelivery(state, topic, subscription, content, port);
    else filterOut(topic, subscription, content.messageId, verdict, port);
  });
}

/** A replay with an end: what is published later is not for this subscription. */
function isReplayOver({ replay }: Subscription): boolean {
  return replay?.status === 'Completed' && replay.policy.includes('EndingPoint');
}

export function filterOut(
  topic: Topic,
  { arn, protocol, attributes }: Subscription,
  messageId: string,
  verdict: Verdict,
  port: Port,
): void {
  if (verdict.matches) return;
  const { reason, key = null, seen = null } = verdict;
  port.emit('sns:MessageFiltered', topic.arn, {
    messageId,
    subscriptionArn: arn,
    protocol,
    reason,
    key,
    seen,
    filterPolicy: attributes.FilterPolicy ?? '',
    scope: attributes.FilterPolicyScope ?? 'MessageAttributes',
  });
}

/** Messages of one group reach one subscription one after the other. */
export function openDelivery(
  state: Readonly<SnsState>,
  topic: Topic,
  subscription: Subscription,
  content: Content,
  port: Port,
  isReplayed = false,
): void {
  const id = port.uuid();
  const lane = content.groupId === null || !topic.isFifo ? null : laneKey(subscription.arn, content.groupId);
  const isWaiting = lane !== null && (state.lanes[lane]?.length ?? 0) > 0;
  const { maxReceivesPerSecond } = httpPolicy(topic, subscription);
  const isHttp = subscription.protocol === 'http' || subscription.protocol === 'https';
  const startsAt = isHttp && maxReceivesPerSecond !== null ? Math.max(port.now, subscription.nextSlotAt) : port.now;
  port.emit('sns:DeliveryStarted', topic.arn, {
    deliveryId: id,
    messageId: content.messageId,
    subscriptionArn: subscription.arn,
    protocol: subscription.protocol,
    endpoint: subscription.endpoint,
    lane,
    isWaiting,
    isReplayed,
    ...(startsAt > port.now ? { startsAt } : {}),
    ...(isHttp && maxReceivesPerSecond !== null ? { nextSlotAt: startsAt + 1000 / maxReceivesPerSecond } : {}),
  });
  if (!isWaiting) beginAttempt(state, state.deliveries[id] as Delivery, startsAt - port.now + HAND_OVER_MS, port);
}
