// What subscribers receive: the JSON around a message, its signature fields, Lambda's event. SNS-X16 to SNS-X23.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
import { type Arn, parseArn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import type { Protocol, StoredMessage } from './state';
import { base64, sha256Bytes, sha256Hex } from './text';

/** The text for a protocol: of a structured message its own entry, else the default one. */
export function textFor(message: StoredMessage, protocol: Protocol): string {
  if (!message.isStructured) return message.message;
  const texts = JSON.parse(message.message) as Record<string, unknown>;
  const own = texts[protocol];
  return typeof own === 'string' ? own : String(texts.default);
}

function host(topicArn: Arn): string {
  return `https://sns.${parseArn(topicArn)?.region}.amazonaws.com`;
}

export function unsubscribeUrl(topicArn: Arn, subscriptionArn: Arn): string {
  return `${host(topicArn)}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;
}

export function subscribeUrl(topicArn: Arn, token: string): string {
  return `${host(topicArn)}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;
}

/** Bytes of an RSA-2048 signature. */
const SIGNATURE_BYTES = 256;

/** Simplified: AWS signs with an RSA key; here the field has a signature's form and is a digest of what AWS would sign. */
function signatureOf(message: StoredMessage, text: string): string {
  const { type, messageId, subject, timestamp, token, topicArn } = message;
  const parts = ['Message', text, 'MessageId', messageId];
  if (type === 'Notification') {
    if (subject !== null) parts.push('Subject', subject);
  } else {
    parts.push('SubscribeURL', subscribeUrl(topicArn, token ?? ''));
  }
  parts.push('Timestamp', timestamp);
  if (type !== 'Notification') parts.push('Token', token ?? '');
  parts.push('TopicArn', topicArn, 'Type', type);
  const digest = sha256Bytes(`${parts.join('\n')}\n`);
  const bytes = new Uint8Array(SIGNATURE_BYTES);
  for (let at = 0; at < SIGNATURE_BYTES; at += digest.length) bytes.set(digest, at);
  return base64(bytes);
}

function signingCertUrl(topicArn: Arn): string {
  const { region } = parseArn(topicArn) ?? { region: '' };
  return `${host(topicArn)}/SimpleNotificationService-${sha256Hex(`certificate of ${region}`).slice(0, 32)}.pem`;
}

function attributesOf(message: StoredMessage): Record<string, { Type: string; Value: string }> {
  return Object.fromEntries(
    Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? BinaryValue ?? '' },
    ]),
  );
}

/** The JSON text that queues, HTTP/S endpoints and email-json receive, spaced as AWS spaces it. */
export function envelope(message: StoredMessage, protocol: Protocol, subscriptionArn: Arn, signatureVersion: string): string {
  const { type, messageId, topicArn, subject, timestamp, token, sequenceNumber } = message;
  const text = textFor(message, protocol);
  const members: [string, string][] = [
    ['Type', type],
    ['MessageId', messageId],
  ];
  if (sequenceNumber !== null) members.push(['SequenceNumber', sequenceNumber]);
  if (type !== 'Notification') members.push(['Token', token ?? '']);
  members.push(['TopicArn', topicArn]);
  if (subject !== null) members.push(['Subject', subject]);
  members.push(['Message', text]);
  if (type !== 'Notification') members.push(['SubscribeURL', subscribeUrl(topicArn, token ?? '')]);
  members.push(['Timestamp', timestamp]);
  // Messages of FIFO topics carry a number in their order and no signature.
  if (sequenceNumber === null) {
    members.push(
      ['SignatureVersion', signatureVersion],
      ['Signature', signatureOf(message, text)],
      ['SigningCertURL', signingCertUrl(topicArn)],
    );
  }
  if (type === 'Notification') members.push(['UnsubscribeURL', unsubscribeUrl(topicArn, subscriptionArn)]);
  const lines = members.map(([name, value]) => `  ${JSON.stringify(name)} : ${JSON.stringify(value)}`);
  const attributes = Object.entries(attributesOf(message));
  if (attributes.length > 0) {
    const rows = attributes.map(([name, value]) => `    ${JSON.stringify(name)} : ${JSON.stringify(value)}`);
    lines.push(`  "MessageAttributes" : {\n${rows.join(',\n')}\n  }`);
  }
  return `{\n${lines.join(',\n')}\n}`;
}

/** The event of a function: one record. SNS-X18. */
export function lambdaEvent(message: StoredMessage, subscriptionArn: Arn, signatureVersion: string): JsonObject {
  const text = textFor(message, 'lambda');
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: message.type,
          MessageId: message.messageId,
          TopicArn: message.topicArn,
          Subject: message.subject,
          Message: text,
          Timestamp: message.timestamp,
          SignatureVersion: signatureVersion,
          Signature: signatureOf(message, text),
          SigningCertUrl: signingCertUrl(message.topicArn),
          UnsubscribeUrl: unsubscribeUrl(message.topicArn, subscriptionArn),
          MessageAttributes: attributesOf(message),
        },
      },
    ],
  };
}
