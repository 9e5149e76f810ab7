// How a message is handed to an endpoint: one call for each protocol. SNS-X14, SNS-X17 to SNS-X19.
// https://docs.aws.amazon.com/sns/latest/dg/sns-event-destinations.html
import { type Arn, parseArn } from '../../kernel/arn';
import { clientFault, type Fault, type Principal } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { OutgoingCall } from '../../kernel/service';
import { httpPolicy } from './delivery-policy';
import { envelope, lambdaEvent, textFor, unsubscribeUrl } from './envelope';
import type { StoredMessage, Subscription, Topic } from './state';
import { isRaw } from './subscription-attributes';

/** SNS-X17: more cannot become attributes of an SQS message. */
const RAW_ATTRIBUTES_MAX = 10;
const USER_AGENT = 'Amazon Simple Notification Service Agent';

export function snsPrincipal(topicArn: Arn): Principal {
  return { type: 'service', id: 'sns.amazonaws.com', account: parseArn(topicArn)?.account ?? '' };
}

/** Condition keys by which endpoints tell one topic from another. */
export function sourceContext(topicArn: Arn): Record<string, string> {
  return { 'aws:SourceArn': topicArn, 'aws:SourceAccount': parseArn(topicArn)?.account ?? '' };
}

function queueUrl(arn: Arn): string {
  const parts = parseArn(arn);
  return `https://sqs.${parts?.region}.amazonaws.com/${parts?.account}/${parts?.resource}`;
}

/** What SNS sends, or why it cannot. */
export function handOver(topic: Topic, subscription: Subscription, message: StoredMessage): OutgoingCall | { refused: Fault } {
  const from = { principal: snsPrincipal(topic.arn), context: sourceContext(topic.arn) };
  const { protocol, endpoint } = subscription;
  const version = topic.attributes.SignatureVersion ?? '1';
  switch (protocol) {
    case 'sqs': {
      const input = queueMessage(subscription, message, version, endpoint);
      return 'refused' in input
        ? { refused: input.refused as unknown as Fault }
        : { action: 'sqs:SendMessage', resource: endpoint, input, ...from };
    }
    case 'lambda': {
      const Payload = JSON.stringify(lambdaEvent(message, subscription.arn, version));
      return {
        action: 'lambda:InvokeFunction',
        resource: endpoint,
        input: { FunctionName: endpoint, InvocationType: 'Event', Payload },
        ...from,
      };
    }
    case 'http':
    case 'https':
      return httpRequest(topic, subscription, message, version);
    case 'email':
    case 'email-json':
      return { action: 'sns:DeliverEmail', resource: topic.arn, input: email(topic, subscription, message, version) };
    case 'sms':
      return {
        action: 'sns:DeliverSms',
        resource: topic.arn,
        input: { to: endpoint, text: smsText(topic, message), messageId: message.messageId },
      };
    case 'application':
      return {
        action: 'sns:DeliverPush',
        resource: topic.arn,
        input: {
          endpoint,
          payload: textFor(message, 'application'),
          structure: message.isStructured ? message.message : null,
          messageId: message.messageId,
        },
      };
    case 'firehose':
      return {
        action: 'sns:DeliverRecord',
        resource: topic.arn,
        input: {
          stream: endpoint,
          role: subscription.attributes.SubscriptionRoleArn ?? null,
          data: `${isRaw(subscription) ? textFor(message, protocol) : envelope(message, protocol, subscription.arn, version)}\n`,
          messageId: message.messageId,
        },
      };
  }
}

/** Input of SendMessage: the JSON around the message, or the message itself with its attributes. */
export function queueMessage(subscription: Subscription, message: StoredMessage, version: string, queueArn: Arn): JsonObject {
  const raw = isRaw(subscription) && message.type === 'Notification';
  const names = Object.keys(message.attributes);
  if (raw && names.length > RAW_ATTRIBUTES_MAX) {
    const text = `Raw message delivery takes at most ${RAW_ATTRIBUTES_MAX} message attributes; the message has ${names.length}.`;
    return { refused: clientFault('InvalidParameterValue', text).fault as unknown as JsonObject };
  }
  const attributes = Object.fromEntries(
    Object.entries(message.attributes).map(([name, attribute]) => [name, { ...attribute } as unknown as JsonObject]),
  );
  const isFifo = queueArn.endsWith('.fifo');
  return {
    QueueUrl: queueUrl(queueArn),
    MessageBody: raw ? textFor(message, 'sqs') : envelope(message, 'sqs', subscription.arn, version),
    ...(raw && names.length > 0 ? { MessageAttributes: attributes } : {}),
    ...(message.groupId === null ? {} : { MessageGroupId: message.groupId }),
    ...(isFifo && message.deduplicationId !== null ? { MessageDeduplicationId: message.deduplicationId } : {}),
  };
}

function httpRequest(topic: Topic, subscription: Subscription, message: StoredMessage, version: string): OutgoingCall {
  const { endpoint, protocol } = subscription;
  const raw = isRaw(subscription) && message.type === 'Notification';
  const address = /^[a-z]+:\/\/[^/?#]+/i.exec(endpoint)?.[0] ?? endpoint;
  const headers: Record<string, string> = {
    'x-amz-sns-message-type': message.type,
    'x-amz-sns-message-id': message.messageId,
    'x-amz-sns-topic-arn': topic.arn,
    ...(message.type === 'SubscriptionConfirmation' ? {} : { 'x-amz-sns-subscription-arn': subscription.arn }),
    ...(raw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
    'content-type': httpPolicy(topic, subscription).headerContentType ?? 'text/plain; charset=UTF-8',
    'user-agent': USER_AGENT,
    host: address.replace(/^[a-z]+:\/\//i, ''),
  };
  const body = raw ? textFor(message, protocol) : envelope(message, protocol, subscription.arn, version);
  return { action: 'internet:Request', resource: address, input: { url: endpoint, method: 'POST', headers, body } };
}

/** SNS-X23. The link at the foot of a plain e-mail ends the subscription. */
function email(topic: Topic, subscription: Subscription, message: StoredMessage, version: string): JsonObject {
  const isConfirmation = message.type === 'SubscriptionConfirmation';
  const name = topic.attributes.DisplayName || 'AWS Notifications';
  const isJson = subscription.protocol === 'email-json';
  const text = textFor(message, subscription.protocol);
  const foot = isConfirmation
    ? ''
    : `\n\n--\nIf you wish to stop receiving notifications from this topic, please visit:\n${unsubscribeUrl(topic.arn, subscription.arn)}`;
  return {
    to: subscription.endpoint,
    from: `"${isConfirmation ? 'AWS Notifications' : name}" <no-reply@sns.amazonaws.com>`,
    subject: message.subject ?? (isConfirmation ? 'AWS Notification - Subscription Confirmation' : 'AWS Notification Message'),
    body: isJson ? envelope(message, subscription.protocol, subscription.arn, version) : text + foot,
    messageId: message.messageId,
  };
}

/** The display name comes first in a text message. */
function smsText(topic: Topic, message: StoredMessage): string {
  const name = topic.attributes.DisplayName;
  const text = textFor(message, 'sms');
  return name ? `${name.slice(0, 10)}> ${text}` : text;
}
