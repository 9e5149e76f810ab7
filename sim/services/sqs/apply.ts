// The fold: what each fact of SQS does to the queues.
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import { type Message, messageOfId, messageOfOrder, type Poll, type Queue, type SqsState } from './queue';
import { addDue, dropStale } from './timeline';

/** SQS remembers deduplication ids for five minutes. EDA-X11 */
const DEDUPLICATION_MS = 300_000;

export function applySqs(state: SqsState, fact: Fact): void {
  const { data, resource, at } = fact;
  if (fact.type === 'sqs:QueueCreated') {
    delete state.deleted[resource];
    state.queues[resource] = createQueue(fact);
    return;
  }
  if (fact.type === 'sqs:QueueDeleted') {
    delete state.queues[resource];
    state.deleted[resource] = at;
    return;
  }
  const queue = state.queues[resource];
  if (!queue) return;
  const message = typeof data.messageId === 'string' ? messageOfId(queue, data.messageId) : null;
  switch (fact.type) {
    case 'sqs:MessageSent':
      add(queue, fact);
      break;
    case 'sqs:MessageReceived':
      if (!message) break;
      message.receiveCount = data.receiveCount as number;
      message.receiptHandle = data.receiptHandle as string;
      message.firstReceivedAt ??= at;
      message.lastReceivedAt = at;
      hide(queue, message, data.visibleAt as number);
      break;
    case 'sqs:MessageVisibilityChanged':
      if (message) hide(queue, message, data.visibleAt as number);
      break;
    case 'sqs:MessageDeleted':
    case 'sqs:MessageDeadLettered':
    case 'sqs:MessageExpired':
      if (message) remove(queue, message);
      break;
    case 'sqs:QueuePurged':
      Object.assign(queue, { messages: [], orders: {}, timeline: [], groups: {}, purgedAt: at });
      break;
    case 'sqs:QueueAttributesSet':
      queue.settings = data.settings as unknown as Queue['settings'];
      queue.modifiedAt = at;
      break;
    case 'sqs:QueueTagsSet':
      queue.tags = data.tags as Record<string, string>;
      break;
    case 'sqs:ReceiveWaiting':
      queue.polls.push({ pollId: data.pollId, input: data.input, until: data.until, replyTo: data.replyTo } as unknown as Poll);
      break;
    case 'sqs:ReceiveEnded':
      queue.polls = queue.polls.filter(({ pollId }) => pollId !== data.pollId);
      break;
  }
}

function createQueue({ resource, at, data }: Fact): Queue {
  return {
    arn: resource,
    url: data.url as string,
    settings: data.settings as unknown as Queue['settings'],
    tags: (data.tags ?? {}) as Record<string, string>,
    createdAt: at,
    modifiedAt: at,
    purgedAt: null,
    messages: [],
    orders: {},
    nextOrder: 0,
    timeline: [],
    groups: {},
    deduplications: {},
    deduplicationKeys: [],
    polls: [],
  };
}

function add(queue: Queue, { at, data }: Fact): void {
  const order = queue.nextOrder++;
  const text = (name: string) => (data[name] ?? null) as string | null;
  const message: Message = {
    messageId: data.messageId as string,
    order,
    body: data.body as string,
    attributes: data.attributes as unknown as Message['attributes'],
    systemAttributes: (data.systemAttributes ?? {}) as unknown as Message['systemAttributes'],
    senderId: data.senderId as string,
    sentAt: (data.sentAt ?? at) as number,
    visibleAt: data.visibleAt as number,
    receiveCount: 0,
    firstReceivedAt: null,
    lastReceivedAt: null,
    receiptHandle: null,
    groupId: text('groupId'),
    deduplicationId: text('deduplicationId'),
    sequenceNumber: text('sequenceNumber'),
    deadLetterSource: text('deadLetterSource'),
  };
  queue.messages.push(message);
  queue.orders[message.messageId] = order;
  addDue(queue.timeline, { at: message.visibleAt, order });
  if (!queue.settings.isFifo) return;
  const group = `=${message.groupId}`;
  queue.groups[group] ??= [];
  queue.groups[group].push(order);
  remember(queue, at, data);
}

function remember(queue: Queue, at: number, data: JsonObject): void {
  for (let key = queue.deduplicationKeys[0]; key !== undefined; key = queue.deduplicationKeys[0]) {
    const known = queue.deduplications[key];
    if (known && known.at + DEDUPLICATION_MS > at) break;
    delete queue.deduplications[key];
    queue.deduplicationKeys.shift();
  }
  const key = data.deduplicationKey;
  if (typeof key !== 'string') return;
  queue.deduplications[key] = { messageId: data.messageId as string, sequenceNumber: data.sequenceNumber as string, at };
  queue.deduplicationKeys.push(key);
}

/** The timeline keeps outdated entries until they come up or outnumber the messages. */
function hide(queue: Queue, message: Message, visibleAt: number): void {
  message.visibleAt = visibleAt;
  addDue(queue.timeline, { at: visibleAt, order: message.order });
  tidy(queue);
}

function tidy(queue: Queue): void {
  dropStale(queue.timeline, ({ at, order }) => messageOfOrder(queue, order)?.visibleAt === at);
  if (queue.timeline.length <= 2 * queue.messages.length + 64) return;
  queue.timeline = [];
  for (const { visibleAt, order } of queue.messages) addDue(queue.timeline, { at: visibleAt, order });
}

function remove(queue: Queue, message: Message): void {
  const index = indexOf(queue.messages, message.order);
  queue.messages.splice(index, 1);
  delete queue.orders[message.messageId];
  tidy(queue);
  if (!queue.settings.isFifo) return;
  const key = `=${message.groupId}`;
  const left = (queue.groups[key] ?? []).filter((order) => order !== message.order);
  if (left.length > 0) queue.groups[key] = left;
  else delete queue.groups[key];
}

function indexOf(messages: readonly Message[], order: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle] as Message).order < order) low = middle + 1;
    else high = middle;
  }
  return low;
}
