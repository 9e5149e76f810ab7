// What a lesson's author sets up for a live SNS topic, and what of it a learner may change.
// https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html
import type { JsonObject } from '@/sim/kernel/json';
import { tidySource } from '../tidy-source';

export type TopicProtocol = 'sqs' | 'lambda' | 'http' | 'https' | 'email' | 'email-json' | 'sms' | 'application' | 'firehose';

export type FilterScope = 'MessageAttributes' | 'MessageBody';

export interface TopicSubscription {
  /** Unique in the part; the queue, function, host, inbox or device has this name too. */
  name: string;
  protocol: TopicProtocol;
  filterPolicy?: JsonObject;
  /** Default `MessageAttributes`, as SNS has it (SNS-X24). */
  filterScope?: FilterScope;
  raw?: boolean;
  /** A dead-letter queue of this subscription, named `<name>-dlq`, whose policy lets SNS send to it. */
  deadLetterQueue?: boolean;
  /** False: the queue's or function's own policy does not name SNS. Default true. */
  permission?: boolean;
  /** Of a queue encrypted with a customer managed key: whether the key's policy lets SNS use it. */
  key?: 'allows-sns' | 'forgets-sns';
  /** False: nobody opens the link or the endpoint ignores it. Default true. */
  confirms?: boolean;
  /** Of an HTTP/S endpoint: the status of each answer in turn, the last one for ever. Default 200. */
  answers?: number[];
  /** Of an HTTP/S endpoint: it answers 503 until so many seconds after the first message was published. */
  downSeconds?: number;
  /** Of an HTTP/S endpoint: how long it takes. SNS waits 15 s (SNS-X11). Default 40. */
  answerMs?: number;
  /** Of an HTTP/S endpoint: `{ healthyRetryPolicy: … }`. */
  deliveryPolicy?: JsonObject;
  /** The account that the queue or function belongs to. Default: the topic's. */
  account?: string;
  /** Subscribed only after so many messages have been published. Default 0. */
  joinsAfter?: number;
  /** Who calls `Subscribe` for an endpoint of another account. Default: the account of the topic. */
  subscribedBy?: 'topic-account' | 'endpoint-account';
  /** Of a function: one module that exports `handler`. */
  code?: string;
  /** The queue is a FIFO queue. Default: as the topic is. */
  fifoQueue?: boolean;
}

export interface MessageAttributeDraft {
  name: string;
  type: 'String' | 'String.Array' | 'Number';
  value: string;
}

/** As the learner edits it: rows keep their identity while they are typed. */
export interface AttributeRow extends MessageAttributeDraft {
  id: number;
}

export interface TopicMessage {
  /** What the choice is called: `order.json`. */
  name: string;
  /** Text, or JSON that is written as text. */
  body: string | JsonObject;
  subject?: string;
  /** `MessageStructure` is `json`: the body holds a text for each protocol, and one under `default` (SNS-X05). */
  structured?: boolean;
  attributes?: MessageAttributeDraft[];
  groupId?: string;
  deduplicationId?: string;
}

export interface Outage {
  service: 'sqs' | 'lambda';
  /** So many calls of SNS to the service fail with 503. */
  calls: number;
}

/** Who publishes. Default: somebody who may do everything. */
export type Publisher = { role: string; account?: string } | { service: string; sourceArn: string };

/** What a text belongs to: the topic, the publishing role, the topic's key, and of a subscription its queue, the queue's key, its deliveries, its function. */
export type DocumentPlace =
  | 'topic'
  | 'publisher'
  | 'topic-key'
  | `queue ${string}`
  | `key ${string}`
  | `delivery ${string}`
  | `code ${string}`;

/** A policy or a function's code that the part shows, and that the learner may change. */
export interface TopicDocument {
  at: DocumentPlace;
  text: JsonObject | string;
  /** True: to read only. */
  fixed?: boolean;
}

export interface TopicSimulatorProps {
  /** Unique on the page. */
  id: string;
  title: string;
  /** Default `orders`; a FIFO topic gets `.fifo` behind it. */
  topic?: string;
  fifo?: boolean;
  contentBasedDeduplication?: boolean;
  subscriptions: TopicSubscription[];
  messages: TopicMessage[];
  /** How often the message is published, one second apart. Default 1. */
  times?: number;
  outage?: Outage;
  /** The learner may change filter policies. */
  editFilters?: boolean;
  publisher?: Publisher;
  /** The topic is encrypted with the key that AWS manages, `alias/aws/sns`. With a document at `topic-key` it has a key of its own. */
  awsManagedKey?: boolean;
  /** The topic writes its deliveries to CloudWatch Logs (SNS-09): every failure, all successes. */
  deliveryStatus?: boolean;
  /** What is not shown has the policy that it needs. */
  documents?: TopicDocument[];
  /** True: the message is not the point. Documents take the place of its form. */
  messageFixed?: boolean;
}

/** A message as the learner writes it. */
export interface MessageDraft {
  body: string;
  subject: string;
  structured: boolean;
  attributes: AttributeRow[];
  groupId: string;
  deduplicationId: string;
}

/** One run, complete: the worker needs nothing else. */
export interface TopicJob {
  topic: string;
  fifo: boolean;
  contentBasedDeduplication: boolean;
  subscriptions: TopicSubscription[];
  /** Policies as text by the subscription's name; empty text is no policy. */
  filters: Record<string, string>;
  message: MessageDraft;
  times: number;
  outage: Outage | null;
  publisher: Publisher | null;
  awsManagedKey: boolean;
  deliveryStatus: boolean;
  /** Texts by what they belong to. */
  documents: Partial<Record<DocumentPlace, string>>;
  seed: number;
}

/** What calls answered that leave no fact. */
export interface TopicResult {
  /** By the subscription's name. */
  arns: Record<string, string>;
  /** Subscriptions that SNS would not make, with the sentence. */
  refused: Record<string, string>;
  /** Of each `Publish` that was refused. */
  publishErrors: string[];
  /** The first fact of the publishing: what is before it is set-up. */
  publishedAt: number;
}

/** More than this makes lanes that nobody can read. */
export const TIMES_MAX = 5;

export function draftOf(message: TopicMessage | undefined): MessageDraft {
  const body = message?.body ?? '';
  return {
    body: typeof body === 'string' ? body : JSON.stringify(body, null, 2),
    subject: message?.subject ?? '',
    structured: message?.structured ?? false,
    attributes: (message?.attributes ?? []).map((attribute, id) => ({ id, ...attribute })),
    groupId: message?.groupId ?? '',
    deduplicationId: message?.deduplicationId ?? '',
  };
}

export function filtersOf(subscriptions: readonly TopicSubscription[]): Record<string, string> {
  return Object.fromEntries(
    subscriptions.map(({ name, filterPolicy }) => [name, filterPolicy ? JSON.stringify(filterPolicy, null, 2) : '']),
  );
}

export function documentsOf(documents: readonly TopicDocument[] = []): Partial<Record<DocumentPlace, string>> {
  return Object.fromEntries(
    documents.map(({ at, text }) => [at, typeof text === 'string' ? tidySource(text) : JSON.stringify(text, null, 2)]),
  );
}

/** The same seed every time: a run changes only when the learner changes something. */
const SEED = 7;

export function jobOf(
  props: TopicSimulatorProps,
  message: MessageDraft,
  filters: Record<string, string>,
  times: number,
  documents: TopicJob['documents'] = documentsOf(props.documents),
): TopicJob {
  return {
    topic: `${props.topic ?? 'orders'}${props.fifo ? '.fifo' : ''}`,
    fifo: props.fifo ?? false,
    contentBasedDeduplication: props.contentBasedDeduplication ?? false,
    subscriptions: props.subscriptions,
    filters,
    message,
    times,
    outage: props.outage ?? null,
    publisher: props.publisher ?? null,
    awsManagedKey: props.awsManagedKey ?? false,
    deliveryStatus: props.deliveryStatus ?? false,
    documents,
    seed: SEED,
  };
}
