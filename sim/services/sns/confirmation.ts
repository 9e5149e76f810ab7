// The handshake with endpoints that must agree, and the farewell when they leave. SNS-X20, SNS-X21.
// https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html
import { parseArn } from '../../kernel/arn';
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { subscribeUrl } from './envelope';
import { openDelivery } from './fan-out';
import { forbidden, invalid } from './faults';
import { handOver } from './hand-over';
import { topicIn } from './lookup';
import type { SnsState, StoredMessage, Subscription, Topic } from './state';

/** SNS-X20: two days. */
const TOKEN_MS: Ms = 2 * 24 * 3_600_000;

function confirmationText(topic: Topic, subscription: Subscription): string {
  if (subscription.protocol === 'email') {
    return [
      `You have chosen to subscribe to the topic:\n${topic.arn}`,
      `To confirm this subscription, visit the link below (If this was in error no action is necessary):\n${subscribeUrl(topic.arn, subscription.token)}`,
    ].join('\n\n');
  }
  return `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`;
}

/** Functions and streams of another account are not asked: their owner subscribes, or confirms with the token. */
export function requestConfirmation(state: Readonly<SnsState>, subscription: Subscription, topic: Topic, port: Port): void {
  const { protocol } = subscription;
  if (protocol === 'lambda' || protocol === 'firehose') return;
  const content = contentOf('SubscriptionConfirmation', confirmationText(topic, subscription), topic, subscription, port);
  port.emit('sns:ConfirmationRequested', topic.arn, {
    ...(content as unknown as JsonObject),
    subscriptionArn: subscription.arn,
    deliveries: 1,
  });
  openDelivery(state, topic, subscription, content, port);
}

function contentOf(
  type: StoredMessage['type'],
  message: string,
  topic: Topic,
  subscription: Subscription,
  port: Port,
): Omit<StoredMessage, 'topicArn' | 'publishedAt'> {
  return {
    messageId: port.uuid(),
    type,
    message,
    isStructured: false,
    subject: null,
    attributes: {},
    groupId: topic.isFifo ? 'confirmation' : null,
    deduplicationId: topic.isFifo ? port.uuid() : null,
    sequenceNumber: null,
    timestamp: new Date(Math.floor(port.epochMs)).toISOString(),
    token: subscription.token,
  };
}

/**
 * HTTP/S endpoints hear that they were unsubscribed, with a link. Sent once.
 * Simplified: the link does not bring the subscription back; AWS's does.
 */
export function sayGoodbye(subscription: Subscription, topic: Topic, port: Port): void {
  if (!subscription.isConfirmed || (subscription.protocol !== 'http' && subscription.protocol !== 'https')) return;
  const text = `You have chosen to deactivate subscription ${subscription.arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`;
  const content = contentOf('UnsubscribeConfirmation', text, topic, subscription, port);
  const call = handOver(topic, subscription, { ...content, topicArn: topic.arn, publishedAt: port.now });
  if (!('refused' in call)) port.call(call);
}

export function confirmSubscription(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const found = topicIn(state, call.input);
  if ('fault' in found) return found;
  const { Token, AuthenticateOnUnsubscribe } = call.input;
  const subscription = found.topic.subscriptions
    .map((arn) => state.subscriptions[arn])
    .find((candidate) => candidate !== undefined && candidate.token === Token);
  if (!subscription) return invalid('Token');
  if (subscription.isConfirmed) return { ok: { SubscriptionArn: subscription.arn } };
  if (port.now - subscription.requestedAt > TOKEN_MS) return invalid('Token');
  const wasAuthenticated = call.principal.type !== 'anonymous';
  const authenticateOnUnsubscribe = String(AuthenticateOnUnsubscribe ?? 'false') === 'true';
  if (authenticateOnUnsubscribe && !wasAuthenticated) return forbidden('AuthenticateOnUnsubscribe takes a signed request');
  port.emit('sns:SubscriptionConfirmed', subscription.arn, { wasAuthenticated, authenticateOnUnsubscribe });
  return { ok: { SubscriptionArn: subscription.arn } };
}

/** What a link in a message asks for, when somebody opens it. Null for an address of another kind. */
export function readLink(url: string): { action: 'ConfirmSubscription' | 'Unsubscribe'; input: JsonObject; topicArn: string } | null {
  const query = /^https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com\/?\?(.*)$/.exec(url)?.[1];
  if (query === undefined) return null;
  const parameters = Object.fromEntries(
    query.split('&').map((pair): [string, string] => {
      const cut = pair.indexOf('=');
      return [decodeURIComponent(pair.slice(0, cut)), decodeURIComponent(pair.slice(cut + 1))];
    }),
  );
  const { Action, TopicArn = '', Token = '', SubscriptionArn = '' } = parameters;
  if (Action === 'ConfirmSubscription') return { action: Action, input: { TopicArn, Token }, topicArn: TopicArn };
  if (Action !== 'Unsubscribe' || !parseArn(SubscriptionArn)) return null;
  return { action: Action, input: { SubscriptionArn }, topicArn: SubscriptionArn.slice(0, SubscriptionArn.lastIndexOf(':')) };
}
