// The first attempt of a delivery; the target answers to EndAttempt. SNS-X11.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
import type { JsonObject } from '../../kernel/json';
import type { OutgoingCall, Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { handOver } from './hand-over';
import type { Delivery, SnsState } from './state';

/** Simplified: SNS needs 10 ms to hand a message over; AWS says typically under 30 ms. */
export const HAND_OVER_MS = 10;

/** SNS-X11: how long an HTTP/S endpoint may take. */
export const HTTP_TIMEOUT_MS = 15_000;

export function timeoutKey(deliveryId: string): string {
  return `${deliveryId} timeout`;
}

/** Sends a delivery on its way. */
export function beginAttempt(state: Readonly<SnsState>, delivery: Delivery, delayMs: Ms, port: Port): void {
  const subscription = state.subscriptions[delivery.subscriptionArn];
  const topic = subscription && state.topics[subscription.topicArn];
  const message = state.messages[delivery.messageId]?.message;
  if (!subscription || !topic || !message) return;
  const call = handOver(topic, subscription, message);
  if ('refused' in call) {
    const input = { deliveryId: delivery.id, attempt: 1 };
    port.reply({ to: 'call', action: 'sns:EndAttempt', resource: topic.arn, input }, { fault: call.refused }, delayMs);
    return;
  }
  send(topic.arn, delivery.id, 1, call, delayMs, port);
}

/** The call travels with its own answer, so that a retry is the same call again. */
export function send(topicArn: string, deliveryId: string, attempt: number, call: OutgoingCall, delayMs: Ms, port: Port): void {
  const input: JsonObject = { deliveryId, attempt, call: call as unknown as JsonObject };
  port.call({ ...call, key: deliveryId, replyTo: { to: 'call', action: 'sns:EndAttempt', resource: topicArn, input } }, delayMs);
  if (call.action === 'internet:Request') {
    const key = timeoutKey(deliveryId);
    port.call({ action: 'sns:TimeOutAttempt', resource: topicArn, input, key }, delayMs + HTTP_TIMEOUT_MS);
  }
}
