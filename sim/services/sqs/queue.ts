// Queues and messages as SQS keeps them. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
import type { Arn } from '../../kernel/arn';
import type { ApiCall, Continuation, Principal, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import type { Due } from './timeline';

export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  /** Base64. */
  BinaryValue?: string;
}

export interface Message {
  messageId: string;
  /** Where it stands in its queue: later arrivals have higher numbers. */
  order: number;
  body: string;
  attributes: Record<string, MessageAttribute>;
  /** `AWSTraceHeader`. */
  systemAttributes: Record<string, MessageAttribute>;
  senderId: string;
  /** Retention counts from here: a standard queue's message keeps the moment when it moves to a dead-letter queue. */
  sentAt: Ms;
  /** When it can be received: later than now while it is delayed or in flight. */
  visibleAt: Ms;
  /** How often it was received. */
  receiveCount: number;
  firstReceivedAt: Ms | null;
  lastReceivedAt: Ms | null;
  /** Of the latest receive; null before the first. */
  receiptHandle: string | null;
  groupId: string | null;
  deduplicationId: string | null;
  sequenceNumber: string | null;
  /** The queue that gave up on it. */
  deadLetterSource: Arn | null;
  /** FIFO: under which ReceiveRequestAttemptId it was received last. */
  attemptId: string | null;
}

/** Attributes that a queue is configured with, in SQS's units of seconds and bytes. */
export interface QueueSettings {
  delaySeconds: number;
  maximumMessageSize: number;
  messageRetentionPeriod: number;
  receiveMessageWaitTimeSeconds: number;
  visibilityTimeout: number;
  redrive: { deadLetterTargetArn: Arn; maxReceiveCount: number } | null;
  redriveAllow: { redrivePermission: 'allowAll' | 'denyAll' | 'byQueue'; sourceQueueArns?: Arn[] } | null;
  policy: JsonObject | null;
  isFifo: boolean;
  contentBasedDeduplication: boolean;
  deduplicationScope: 'queue' | 'messageGroup';
  fifoThroughputLimit: 'perQueue' | 'perMessageGroupId';
  kmsMasterKeyId: string | null;
  kmsDataKeyReusePeriodSeconds: number;
  sqsManagedSseEnabled: boolean;
}

/** A receive that waits for a message. */
export interface Poll {
  pollId: string;
  call: ApiCall;
  until: Ms;
}

/** What a receive under a ReceiveRequestAttemptId gave. */
export interface Attempt {
  at: Ms;
  messageIds: string[];
  /** One of its messages was deleted, or its visibility changed. */
  isModified: boolean;
}

export interface MoveTask {
  taskHandle: string;
  sourceArn: Arn;
  /** Null: each message goes back to the queue that gave up on it. */
  destinationArn: Arn | null;
  maxPerSecond: number | null;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';
  failureReason: string | null;
  startedAt: Ms;
  /** Visible messages when the task began. */
  toMove: number;
  moved: number;
  /** Who started it: the messages are sent on in this name. */
  principal: Principal;
}

/** Whoever polls this queue for somebody is told when something can be received. */
export interface Watch {
  watchId: string;
  replyTo: Continuation | null;
}

export interface Deduplication {
  messageId: string;
  sequenceNumber: string;
  at: Ms;
}

export interface Queue {
  arn: Arn;
  url: string;
  settings: QueueSettings;
  tags: Record<string, string>;
  createdAt: Ms;
  modifiedAt: Ms;
  purgedAt: Ms | null;
  /** In the order in which they came. */
  messages: Message[];
  /** Order by message id. */
  orders: Record<string, number>;
  nextOrder: number;
  /** How many of the messages were received at least once: no more can be in flight. */
  everReceived: number;
  /** When each message can be received, the earliest first. */
  timeline: Due[];
  /** FIFO: orders of each group's messages; keys are `=` and the group's id. */
  groups: Record<string, number[]>;
  /** FIFO: what was sent in the last five minutes. */
  deduplications: Record<string, Deduplication>;
  /** Keys of `deduplications`, the oldest first. */
  deduplicationKeys: string[];
  polls: Poll[];
  watches: Watch[];
  /** FIFO: receives by their ReceiveRequestAttemptId, with `=` before it. */
  attempts: Record<string, Attempt>;
  /** FIFO, where the world limits requests: how many came in a second, by action. */
  requests: Record<string, { second: number; count: number }>;
  /** The sealed data key that messages were last encrypted with. */
  dataKey: string | null;
  /** Until when data keys are kept, by use and principal: `send arn:…`. */
  dataKeysKept: Record<string, Ms>;
}

export type QueueAction = (queue: Readonly<Queue>, call: ApiCall, port: Port, state: Readonly<SqsState>) => Reply;

export interface SqsState {
  queues: Record<Arn, Queue>;
  /** When queues of these ARNs were deleted. */
  deleted: Record<Arn, Ms>;
  /** The latest move tasks of each dead-letter queue, the newest first. */
  moves: Record<Arn, MoveTask[]>;
  /** How many messages of a queue can be in flight. */
  inFlightMax: number;
}

/** Defaults: EDA-X01 to EDA-X04. Encryption with SQS's own keys is on since 2022. */
export const DEFAULT_SETTINGS: QueueSettings = {
  delaySeconds: 0,
  maximumMessageSize: 1_048_576,
  messageRetentionPeriod: 345_600,
  receiveMessageWaitTimeSeconds: 0,
  visibilityTimeout: 30,
  redrive: null,
  redriveAllow: null,
  policy: null,
  isFifo: false,
  contentBasedDeduplication: false,
  deduplicationScope: 'queue',
  fifoThroughputLimit: 'perQueue',
  kmsMasterKeyId: null,
  kmsDataKeyReusePeriodSeconds: 300,
  sqsManagedSseEnabled: true,
};

export function messageOfOrder(queue: Readonly<Queue>, order: number): Message | null {
  const { messages } = queue;
  let low = 0;
  let high = messages.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const message = messages[middle] as Message;
    if (message.order === order) return message;
    if (message.order < order) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

export function messageOfId(queue: Readonly<Queue>, messageId: string): Message | null {
  const order = Object.hasOwn(queue.orders, messageId) ? queue.orders[messageId] : undefined;
  return order === undefined ? null : messageOfOrder(queue, order);
}
