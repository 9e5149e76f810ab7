// How a delivery ends: delivered, dead-lettered or dropped; then the next message of its group goes. SNS-X13.
// https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { beginAttempt, HAND_OVER_MS, timeoutKey } from './begin-attempt';
import { logDelivery } from './delivery-status';
import { queueMessage, snsPrincipal, sourceContext } from './hand-over';
import { type Delivery, laneKey, type SnsState } from './state';
import { deadLetterArn } from './subscription-attributes';

export interface ProviderAnswer {
  statusCode: number;
  providerResponse: string;
}

/** What the facts of a delivery have in common. */
function headOf(state: Readonly<SnsState>, delivery: Delivery): JsonObject {
  const subscription = state.subscriptions[delivery.subscriptionArn];
  return {
    deliveryId: delivery.id,
    messageId: delivery.messageId,
    subscriptionArn: delivery.subscriptionArn,
    protocol: subscription?.protocol ?? '',
    endpoint: subscription?.endpoint ?? '',
  };
}

export function succeed(state: Readonly<SnsState>, delivery: Delivery, attempts: number, answer: ProviderAnswer, port: Port): void {
  const stored = state.messages[delivery.messageId]?.message;
  const subscription = state.subscriptions[delivery.subscriptionArn];
  const topic = subscription && state.topics[subscription.topicArn];
  if (!stored || !topic) return;
  const dwellTimeMs = Math.round(port.now - stored.publishedAt);
  const next = nextInLane(state, delivery);
  port.emit('sns:MessageDelivered', topic.arn, { ...headOf(state, delivery), type: stored.type, attempts, dwellTimeMs, ...answer });
  logDelivery(topic, subscription, stored, { id: delivery.id, attempts, dwellTimeMs, ...answer, isSuccess: true }, port);
  if (next) beginAttempt(state, next, HAND_OVER_MS, port);
}

type FailureReason = 'ClientError' | 'RetriesExhausted';

export function fail(
  state: Readonly<SnsState>,
  delivery: Delivery,
  attempts: number,
  reason: FailureReason,
  fault: Fault,
  port: Port,
): void {
  const stored = state.messages[delivery.messageId]?.message;
  const subscription = state.subscriptions[delivery.subscriptionArn];
  const topic = subscription && state.topics[subscription.topicArn];
  if (!stored || !topic) return;
  const target = stored.type === 'Notification' ? (deadLetterArn(subscription.attributes) ?? null) : null;
  const dwellTimeMs = Math.round(port.now - stored.publishedAt);
  const error: JsonObject = { code: fault.code, message: fault.message, status: fault.status };
  port.emit('sns:DeliveryFailed', topic.arn, {
    ...headOf(state, delivery),
    type: stored.type,
    attempts,
    reason,
    error,
    dwellTimeMs,
    deadLetterArn: target,
  });
  const answer = { statusCode: fault.status, providerResponse: JSON.stringify({ ErrorCode: fault.code, ErrorMessage: fault.message }) };
  logDelivery(topic, subscription, stored, { id: delivery.id, attempts, dwellTimeMs, ...answer, isSuccess: false }, port);
  if (target === null) {
    drop(state, delivery, reason, port);
    return;
  }
  const input = queueMessage(subscription, stored, topic.attributes.SignatureVersion ?? '1', target);
  const replyTo = {
    to: 'call',
    action: 'sns:EndDeadLetter',
    resource: topic.arn,
    input: { deliveryId: delivery.id, deadLetterArn: target, reason },
  } as const;
  if ('refused' in input) {
    port.reply(replyTo, { fault: input.refused as unknown as Fault });
    return;
  }
  port.call({
    action: 'sqs:SendMessage',
    resource: target,
    input,
    principal: snsPrincipal(topic.arn),
    context: sourceContext(topic.arn),
    replyTo,
  });
}

/** The dead-letter queue's answer. What it does not take is lost. */
export function endDeadLetter(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const {
    deliveryId,
    deadLetterArn: target,
    reason,
    reply,
  } = call.input as unknown as {
    deliveryId: string;
    deadLetterArn: string;
    reason: string;
    reply: { fault?: Fault };
  };
  const delivery = state.deliveries[deliveryId];
  if (!delivery) return { ok: {} };
  if (reply.fault) {
    const { code, message, status } = reply.fault;
    const error = { code, message, status };
    port.emit('sns:DeadLetterFailed', call.resource, { ...headOf(state, delivery), deadLetterArn: target, error });
    drop(state, delivery, 'DeadLetterFailed', port);
    return { ok: {} };
  }
  const next = nextInLane(state, delivery);
  port.emit('sns:MessageDeadLettered', call.resource, { ...headOf(state, delivery), deadLetterArn: target, reason });
  if (next) beginAttempt(state, next, HAND_OVER_MS, port);
  return { ok: {} };
}

function drop(state: Readonly<SnsState>, delivery: Delivery, reason: string, port: Port): void {
  const topicArn = state.messages[delivery.messageId]?.message.topicArn ?? '';
  const next = nextInLane(state, delivery);
  port.emit('sns:MessageDropped', topicArn, { ...headOf(state, delivery), reason });
  if (next) beginAttempt(state, next, HAND_OVER_MS, port);
}

/** The delivery that waits behind this one; null for standard topics. */
function nextInLane(state: Readonly<SnsState>, delivery: Delivery): Delivery | null {
  const groupId = state.messages[delivery.messageId]?.message.groupId;
  if (groupId === null || groupId === undefined) return null;
  const lane = state.lanes[laneKey(delivery.subscriptionArn, groupId)];
  const next = lane?.[0] === delivery.id ? lane[1] : undefined;
  return next === undefined ? null : (state.deliveries[next] ?? null);
}

/** Ends deliveries whose topic or subscription goes away: pending attempts do not happen. */
export function endDeliveries(state: Readonly<SnsState>, isOf: (delivery: Delivery) => boolean, reason: string, port: Port): void {
  for (const delivery of Object.values(state.deliveries).filter(isOf)) {
    port.cancel(delivery.id);
    port.cancel(timeoutKey(delivery.id));
    const topicArn = state.messages[delivery.messageId]?.message.topicArn ?? '';
    port.emit('sns:MessageDropped', topicArn, { ...headOf(state, delivery), reason });
  }
}
