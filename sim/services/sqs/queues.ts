// Queues themselves: creating, deleting, listing, purging, their attributes and tags.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
import { type Arn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { parseAttributes, printSettings } from './attributes';
import { DEFAULT_SETTINGS, type Queue, type SqsState } from './queue';
import { planExpiry } from './store';
import { breakWatches } from './watch';

/** A name is free again, and a queue may be purged again, after this. */
const PAUSE_MS = 60_000;
const PAGE_MAX = 1000;

export function queueUrl(arn: Arn): string {
  const parts = parseArn(arn);
  return `https://sqs.${parts?.region}.amazonaws.com/${parts?.account}/${parts?.resource}`;
}

export function createQueue(state: Readonly<SqsState>, call: ApiCall, port: Port): Reply {
  const name = String(call.input.QueueName ?? '');
  const { FifoQueue, ...attributes } = (call.input.Attributes as JsonObject | undefined) ?? {};
  const isFifo = String(FifoQueue) === 'true';
  const rule = isFifo ? /^(?=.{1,80}$)[A-Za-z0-9_-]+\.fifo$/ : /^[A-Za-z0-9_-]{1,80}$/;
  if (!rule.test(name)) {
    const text = isFifo
      ? 'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length'
      : 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
    return clientFault('InvalidParameterValue', text);
  }
  if (FifoQueue !== undefined && !isFifo) return clientFault('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
  const parsed = parseAttributes({ ...DEFAULT_SETTINGS, isFifo }, attributes, call.resource, state);
  if ('fault' in parsed) return parsed;
  const existing = state.queues[call.resource];
  if (existing) {
    const [have, want] = [printSettings(existing.settings), printSettings(parsed.settings)];
    const other = Object.keys(attributes).find((attribute) => have[attribute] !== want[attribute]);
    if (other === undefined) return { ok: { QueueUrl: existing.url } };
    return clientFault('QueueAlreadyExists', `A queue already exists with the same name and a different value for attribute ${other}`);
  }
  const deletedAt = state.deleted[call.resource];
  if (deletedAt !== undefined && port.now - deletedAt < PAUSE_MS) {
    return clientFault(
      'AWS.SimpleQueueService.QueueDeletedRecently',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    );
  }
  const url = queueUrl(call.resource);
  const tags = (call.input.tags ?? {}) as JsonObject;
  port.emit('sqs:QueueCreated', call.resource, {
    url,
    settings: parsed.settings as unknown as JsonObject,
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  });
  return { ok: { QueueUrl: url } };
}

export function deleteQueue(queue: Readonly<Queue>, _call: ApiCall, port: Port): Reply {
  for (const { pollId, call } of [...queue.polls]) {
    port.cancel(`sqs:poll ${pollId}`);
    port.reply(call.replyTo, clientFault('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.'));
  }
  breakWatches(queue, port);
  port.emit('sqs:QueueDeleted', queue.arn, { messages: queue.messages.length });
  return { ok: {} };
}

export function purgeQueue(queue: Readonly<Queue>, _call: ApiCall, port: Port): Reply {
  if (queue.purgedAt !== null && port.now - queue.purgedAt < PAUSE_MS) {
    const name = parseArn(queue.arn)?.resource;
    return clientFault(
      'AWS.SimpleQueueService.PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`,
      403,
    );
  }
  port.emit('sqs:QueuePurged', queue.arn, { messages: queue.messages.length });
  return { ok: {} };
}

export function setQueueAttributes(queue: Readonly<Queue>, call: ApiCall, port: Port, state: Readonly<SqsState>): Reply {
  const parsed = parseAttributes(queue.settings, (call.input.Attributes ?? {}) as JsonObject, queue.arn, state);
  if ('fault' in parsed) return parsed;
  const before = queue.settings.messageRetentionPeriod;
  port.emit('sqs:QueueAttributesSet', queue.arn, { settings: parsed.settings as unknown as JsonObject });
  if (before !== queue.settings.messageRetentionPeriod) for (const message of queue.messages) planExpiry(queue, message, port);
  return { ok: {} };
}

export function getQueueAttributes(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  const names = Array.isArray(call.input.AttributeNames) ? call.input.AttributeNames.map(String) : [];
  const all = attributesOf(queue, port);
  if (names.includes('All')) return { ok: { Attributes: all } };
  const unknown = names.find((name) => !ATTRIBUTE_NAMES.has(name) && !(name in all));
  if (unknown !== undefined) return clientFault('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const named = Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  return { ok: Object.keys(named).length > 0 ? { Attributes: named } : {} };
}

/** Known names that a queue may have no value for. */
const ATTRIBUTE_NAMES = new Set([
  ...['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'],
  ...['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'],
]);

function attributesOf(queue: Readonly<Queue>, port: Port): Record<string, string> {
  const seconds = (at: number) => String(Math.floor((port.epochMs - port.now + at) / 1000));
  const waiting = queue.messages.filter((message) => message.visibleAt <= port.now).length;
  const delayed = queue.messages.filter((message) => message.visibleAt > port.now && message.receiveCount === 0).length;
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(waiting),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(queue.messages.length - waiting - delayed),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
    ...printSettings(queue.settings),
  };
}

export function listQueues(state: Readonly<SqsState>, call: ApiCall, port: Port): Reply {
  const prefix = String(call.input.QueueNamePrefix ?? '');
  const urls = Object.values(state.queues).filter(({ arn }) => isHere(arn, port) && (parseArn(arn)?.resource ?? '').startsWith(prefix));
  return pageOf(urls.map(({ url }) => url).sort(), call.input, 'QueueUrls');
}

export function listDeadLetterSourceQueues(queue: Readonly<Queue>, call: ApiCall, _port: Port, state: Readonly<SqsState>): Reply {
  const sources = Object.values(state.queues).filter(({ settings }) => settings.redrive?.deadLetterTargetArn === queue.arn);
  const page = pageOf(sources.map(({ url }) => url).sort(), call.input, 'queueUrls');
  return 'ok' in page ? { ok: { queueUrls: [], ...(page.ok as JsonObject) } } : page;
}

function isHere(arn: Arn, port: Port): boolean {
  const parts = parseArn(arn);
  return parts?.account === port.account && parts.region === port.region;
}

/** Without MaxResults the first thousand come, and no token. The token is where the last page ended. */
function pageOf(urls: string[], { MaxResults: max, NextToken: token }: JsonObject, member: string): Reply {
  if (max !== undefined && (typeof max !== 'number' || !Number.isInteger(max) || max < 1 || max > PAGE_MAX)) {
    return clientFault(
      'InvalidParameterValue',
      `Value ${max} for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000.`,
    );
  }
  const last = typeof token === 'string' ? urlOfToken(token) : '';
  if (last === null) return clientFault('InvalidParameterValue', 'Invalid or expired next token.');
  const rest = urls.filter((url) => url > last);
  const page = rest.slice(0, max ?? PAGE_MAX);
  const next: Json = max !== undefined && rest.length > page.length ? btoa(page.at(-1) ?? '') : null;
  return { ok: { ...(page.length > 0 ? { [member]: page } : {}), ...(next ? { NextToken: next } : {}) } };
}

function urlOfToken(token: string): string | null {
  try {
    return atob(token);
  } catch {
    return null;
  }
}

export function tagQueue(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  const tags = { ...queue.tags, ...((call.input.Tags ?? {}) as Record<string, string>) };
  if (Object.keys(tags).length > 50)
    return clientFault('InvalidParameterValue', `Too many tags added for queue ${parseArn(queue.arn)?.resource}.`);
  port.emit('sqs:QueueTagsSet', queue.arn, { tags });
  return { ok: {} };
}

export function untagQueue(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  const keys = Array.isArray(call.input.TagKeys) ? call.input.TagKeys : [];
  const tags = Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !keys.includes(key)));
  port.emit('sqs:QueueTagsSet', queue.arn, { tags });
  return { ok: {} };
}
