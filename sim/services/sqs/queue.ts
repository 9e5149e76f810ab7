// Queues and messages as SQS keeps them. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
import type { Arn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import type { Ms } from '../../kernel/time';

export interface MessageAttribute {
  DataType: string;
  StringValue: string;
}

export interface Message {
  messageId: string;
  body: string;
  attributes: Record<string, MessageAttribute>;
  senderId: string;
  sentAt: Ms;
  /** When it can be received: later than now while it is delayed or in flight. */
  visibleAt: Ms;
  /** How often it was received. */
  receiveCount: number;
  firstReceivedAt: Ms | null;
  /** Of the latest receive; null before the first. */
  receiptHandle: string | null;
}

/** Attributes that a queue is configured with, in SQS's units of seconds and bytes. */
export interface QueueSettings {
  delaySeconds: number;
  maximumMessageSize: number;
  messageRetentionPeriod: number;
  receiveMessageWaitTimeSeconds: number;
  visibilityTimeout: number;
  redrive: { deadLetterTargetArn: Arn; maxReceiveCount: number } | null;
}

export interface Queue {
  arn: Arn;
  url: string;
  settings: QueueSettings;
  createdAt: Ms;
  /** In the order in which they were sent. */
  messages: Message[];
}

export interface SqsState {
  queues: Record<Arn, Queue>;
}

/** Defaults: EDA-X01 to EDA-X04. */
export const DEFAULT_SETTINGS: QueueSettings = {
  delaySeconds: 0,
  maximumMessageSize: 1_048_576,
  messageRetentionPeriod: 345_600,
  receiveMessageWaitTimeSeconds: 0,
  visibilityTimeout: 30,
  redrive: null,
};

interface NumericAttribute {
  setting: 'delaySeconds' | 'maximumMessageSize' | 'messageRetentionPeriod' | 'receiveMessageWaitTimeSeconds' | 'visibilityTimeout';
  min: number;
  max: number;
}

/** AWS's attribute names with their ranges: EDA-X01 to EDA-X04. */
const NUMERIC_ATTRIBUTES: Record<string, NumericAttribute> = {
  DelaySeconds: { setting: 'delaySeconds', min: 0, max: 900 },
  MaximumMessageSize: { setting: 'maximumMessageSize', min: 1024, max: 1_048_576 },
  MessageRetentionPeriod: { setting: 'messageRetentionPeriod', min: 60, max: 1_209_600 },
  ReceiveMessageWaitTimeSeconds: { setting: 'receiveMessageWaitTimeSeconds', min: 0, max: 20 },
  VisibilityTimeout: { setting: 'visibilityTimeout', min: 0, max: 43_200 },
};

/** Settings from API attributes. Returns the name of the attribute that SQS refuses when one is out of range or malformed. */
export function parseSettings(attributes: JsonObject): { settings: QueueSettings } | { invalid: string } {
  const settings = { ...DEFAULT_SETTINGS };
  for (const [name, value] of Object.entries(attributes)) {
    const numeric = NUMERIC_ATTRIBUTES[name];
    if (numeric) {
      const number = Number(value);
      if (!Number.isInteger(number) || number < numeric.min || number > numeric.max) return { invalid: name };
      settings[numeric.setting] = number;
    } else if (name === 'RedrivePolicy') {
      const redrive = parseRedrivePolicy(value);
      if (!redrive) return { invalid: name };
      settings.redrive = redrive;
    } else if (name !== 'Policy' && name !== 'SqsManagedSseEnabled') {
      return { invalid: name };
    }
  }
  return { settings };
}

/** `{"deadLetterTargetArn":"…","maxReceiveCount":5}`, as text or as an object. EDA-X05: maxReceiveCount defaults to 10. */
function parseRedrivePolicy(value: unknown): QueueSettings['redrive'] {
  let policy: unknown = value;
  if (typeof value === 'string') {
    try {
      policy = JSON.parse(value);
    } catch {
      return null;
    }
  }
  if (typeof policy !== 'object' || policy === null) return null;
  const { deadLetterTargetArn, maxReceiveCount = 10 } = policy as Record<string, unknown>;
  const count = Number(maxReceiveCount);
  if (typeof deadLetterTargetArn !== 'string' || !Number.isInteger(count) || count < 1 || count > 1000) return null;
  return { deadLetterTargetArn, maxReceiveCount: count };
}

/** Bytes that count against the size limit: body, attribute names, types and values. */
export function messageBytes(body: string, attributes: Record<string, MessageAttribute>): number {
  let bytes = utf8Length(body);
  for (const [name, { DataType, StringValue }] of Object.entries(attributes)) {
    bytes += utf8Length(name) + utf8Length(DataType) + utf8Length(StringValue);
  }
  return bytes;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
