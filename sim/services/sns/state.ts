// What SNS remembers: topics, subscriptions, messages on their way, phones, devices. https://docs.aws.amazon.com/sns/latest/api/
import type { Arn } from '../../kernel/arn';
import type { Ms } from '../../kernel/time';

/** Values are text, as the API has them; binary values are base64. */
export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

export interface Topic {
  arn: Arn;
  name: string;
  isFifo: boolean;
  createdAt: Ms;
  /** As set; defaults are not in it. */
  attributes: Record<string, string>;
  /** JSON text; null while the default policy applies. */
  policy: string | null;
  tags: Record<string, string>;
  /** In the order of their making. */
  subscriptions: Arn[];
  subscriptionsDeleted: number;
  /** Of the latest message of a FIFO topic. */
  sequence: number;
  /** Of a FIFO topic: by deduplication id, with the group before it when the scope is the group. */
  seen: Record<string, { messageId: string; sequenceNumber: string; at: Ms }>;
  /** Of a FIFO topic with an archive policy, in order. */
  archive: StoredMessage[];
  /** Name of the stream that delivery status goes to. */
  logStream: string;
}

export type Protocol = 'http' | 'https' | 'email' | 'email-json' | 'sms' | 'sqs' | 'application' | 'lambda' | 'firehose';

export interface Subscription {
  arn: Arn;
  topicArn: Arn;
  protocol: Protocol;
  endpoint: string;
  /** The account that subscribed. */
  owner: string;
  isConfirmed: boolean;
  /** Confirmed by a call that was signed; null until confirmed. */
  wasAuthenticated: boolean;
  /** Unsubscribing takes a signed call by the owner. */
  authenticateOnUnsubscribe: boolean;
  token: string;
  requestedAt: Ms;
  attributes: Record<string, string>;
  /** When the HTTP throttle lets the next delivery go. */
  nextSlotAt: Ms;
  replay: { status: 'In progress' | 'Completed' | 'Failed'; policy: string } | null;
}

export interface StoredMessage {
  messageId: string;
  type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  topicArn: Arn;
  message: string;
  /** The message is a JSON object with a text for each protocol. */
  isStructured: boolean;
  subject: string | null;
  attributes: Record<string, MessageAttribute>;
  groupId: string | null;
  deduplicationId: string | null;
  sequenceNumber: string | null;
  publishedAt: Ms;
  /** ISO, to the millisecond. */
  timestamp: string;
  /** Of a confirmation. */
  token: string | null;
}

export interface Delivery {
  id: string;
  messageId: string;
  subscriptionArn: Arn;
  /** The attempt that is under way or due. */
  attempt: number;
  startedAt: Ms;
  /** Behind another message of its group. */
  isWaiting: boolean;
  isReplayed: boolean;
}

export interface PlatformApplication {
  arn: Arn;
  attributes: Record<string, string>;
}

export interface PlatformEndpoint {
  arn: Arn;
  applicationArn: Arn;
  attributes: Record<string, string>;
}

export interface SnsState {
  topics: Record<Arn, Topic>;
  subscriptions: Record<Arn, Subscription>;
  /** While deliveries are open, with their number. */
  messages: Record<string, { message: StoredMessage; open: number }>;
  deliveries: Record<string, Delivery>;
  /** Deliveries to FIFO queues in order, by subscription and group; the first is under way. */
  lanes: Record<string, string[]>;
  applications: Record<Arn, PlatformApplication>;
  endpoints: Record<Arn, PlatformEndpoint>;
  /** SMS settings by `account region`. */
  sms: Record<string, Record<string, string>>;
  /** Numbers that answered STOP, by account and Region. */
  optedOut: Record<string, string[]>;
}

export function initialState(): SnsState {
  return {
    topics: {},
    subscriptions: {},
    messages: {},
    deliveries: {},
    lanes: {},
    applications: {},
    endpoints: {},
    sms: {},
    optedOut: {},
  };
}

export function laneKey(subscriptionArn: Arn, groupId: string): string {
  return `${subscriptionArn} ${groupId}`;
}
