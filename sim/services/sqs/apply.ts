// The fold: what each fact of SQS does to the queues.
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import { applyMoveTask } from './apply-move-task';
import { ATTEMPT_MS } from './attempts';
import { type Message, messageOfId, messageOfOrder, type Poll, type Queue, type SqsState, type Watch } from './queue';
import { counts, dueOf } from './receivable';
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
  applyMoveTask(state, fact);
  const queue = state.queues[resource];
  if (!queue) return;
  const message = typeof data.messageId === 'string' ? messageOfId(queue, data.messageId) : null;
  switch (fact.type) {
    case 'sqs:MessageSent':
      add(queue, fact);
      break;
    case 'sqs:MessageReceived':
      if (!message) break;
      if (message.receiveCount === 0) queue.everReceived++;
      message.receiveCount = data.receiveCount as number;
      message.receiptHandle = data.receiptHandle as string;
      message.firstReceivedAt ??= at;
      message.lastReceivedAt = at;
      hide(queue, message, data.visibleAt as number);
      recordAttempt(queue, message, fact);
      break;
    case 'sqs:ReceiveRepeated':
      for (const id of data.messageIds as string[]) {
        const again = messageOfId(queue, id);
        if (again) hide(queue, again, data.visibleAt as number);
      }
      break;
    case 'sqs:MessageVisibilityChanged':
      if (message) modifyAttempt(queue, message);
      if (message) hide(queue, message, data.visibleAt as number);
      break;
    case 'sqs:MessageMoveBegun':
      if (message) hide(queue, message, data.visibleAt as number);
      break;
    case 'sqs:MessageDeleted':
    case 'sqs:MessageDeadLettered':
    case 'sqs:MessageExpired':
    case 'sqs:MessageMoved':
      if (message) modifyAttempt(queue, message);
      if (message) remove(queue, message);
      break;
    case 'sqs:QueuePurged':
      Object.assign(queue, { messages: [], orders: {}, timeline: [], groups: {}, everReceived: 0, purgedAt: at });
      break;
    case 'sqs:QueueAttributesSet':
      setAttributes(queue, fact);
      break;
    case 'sqs:DataKeyKept':
      queue.dataKeysKept[`${data.use} ${data.principal}`] = data.keptUntil as number;
      if (data.use === 'send') queue.dataKey = data.ciphertext as string;
      break;
    case 'sqs:RequestCounted':
      for (const scope of data.scopes as string[]) {
        const before = queue.requests[scope];
        const count = before && before.second === data.second ? before.count + 1 : 1;
        queue.requests[scope] = { second: data.second as number, count };
      }
      break;
    case 'sqs:QueueTagsSet':
      queue.tags = data.tags as Record<string, string>;
      break;
    case 'sqs:ReceiveWaiting':
      queue.polls.push({ pollId: data.pollId, call: data.call, until: data.until } as unknown as Poll);
      break;
    case 'sqs:WatchStarted':
      queue.watches.push({ watchId: data.watchId, replyTo: data.replyTo } as unknown as Watch);
      break;
    case 'sqs:WatchEnded':
      queue.watches = queue.watches.filter(({ watchId }) => watchId !== data.watchId);
      break;
    case 'sqs:ReceiveEnded':
    case 'sqs:ReceiveHeld':
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
    everReceived: 0,
    timeline: [],
    groups: {},
    deduplications: {},
    deduplicationKeys: [],
    polls: [],
    watches: [],
    attempts: {},
    requests: {},
    dataKey: null,
    dataKeysKept: {},
  };
}

/** Data keys of another key are of no use. */
function setAttributes(queue: Queue, { at, data }: Fact): void {
  const settings = data.settings as unknown as Queue['settings'];
  if (settings.kmsMasterKeyId !== queue.settings.kmsMasterKeyId) queue.dataKeysKept = {};
  queue.settings = settings;
  queue.modifiedAt = at;
}

function recordAttempt(queue: Queue, message: Message, { at, data }: Fact): void {
  message.attemptId = (data.attemptId ?? null) as string | null;
  if (message.attemptId === null) return;
  for (const [key, attempt] of Object.entries(queue.attempts)) if (at - attempt.at >= ATTEMPT_MS) delete queue.attempts[key];
  const key = `=${message.attemptId}`;
  const attempt = queue.attempts[key];
  if (attempt?.at === at) attempt.messageIds.push(message.messageId);
  else queue.attempts[key] = { at, messageIds: [message.messageId], isModified: false };
}

function modifyAttempt(queue: Queue, message: Message): void {
  const attempt = message.attemptId === null ? undefined : queue.attempts[`=${message.attemptId}`];
  if (attempt?.messageIds.includes(message.messageId)) attempt.isModified = true;
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
    attemptId: null,
  };
  queue.messages.push(message);
  queue.orders[message.messageId] = order;
  if (queue.settings.isFifo) {
    const group = `=${message.groupId}`;
    queue.groups[group] ??= [];
    queue.groups[group].push(order);
    remember(queue, at, data);
    if (queue.groups[group].length > 1) return;
  }
  enter(queue, message);
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
  enter(queue, message);
  tidy(queue);
}

function enter(queue: Queue, message: Message): void {
  const due = dueOf(queue, message);
  if (due) addDue(queue.timeline, due);
}

function tidy(queue: Queue): void {
  dropStale(queue.timeline, (due) => counts(queue, due));
  if (queue.timeline.length <= 2 * queue.messages.length + 64) return;
  queue.timeline = [];
  if (!queue.settings.isFifo) for (const message of queue.messages) enter(queue, message);
  else for (const [first] of Object.values(queue.groups)) enter(queue, messageOfOrder(queue, first as number) as Message);
}

function remove(queue: Queue, message: Message): void {
  const index = indexOf(queue.messages, message.order);
  queue.messages.splice(index, 1);
  delete queue.orders[message.messageId];
  if (message.receiveCount > 0) queue.everReceived--;
  const key = `=${message.groupId}`;
  const group = queue.settings.isFifo ? queue.groups[key] : undefined;
  if (group) {
    // What is taken out stands near the front.
    group.splice(group.indexOf(message.order), 1);
    const first = group[0];
    if (first === undefined) delete queue.groups[key];
    else enter(queue, messageOfOrder(queue, first) as Message);
  }
  tidy(queue);
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
