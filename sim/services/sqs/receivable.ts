// Which message a receive finds next. A message group of a FIFO queue waits while one of its messages is in flight or delayed.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
// Simplified: a receive finds every visible message of a queue; SQS's short polls may miss some.
// Simplified: a message group id on a standard queue is carried; it does not change which message comes next.
import type { Ms } from '../../kernel/time';
import { type Message, messageOfOrder, type Queue } from './queue';
import { inOrder } from './timeline';

/** `taken`: ids of what this receive has already. */
export function nextReceivable(queue: Readonly<Queue>, now: Ms, taken: ReadonlySet<string>): Message | null {
  if (!queue.settings.isFifo) {
    for (const { at, order } of inOrder(queue.timeline)) {
      if (at > now) return null;
      const message = messageOfOrder(queue, order);
      if (message?.visibleAt === at && !taken.has(message.messageId)) return message;
    }
    return null;
  }
  for (const orders of Object.values(queue.groups)) {
    const left = messagesOf(queue, orders, taken);
    if (left.head && left.readyAt <= now) return left.head;
  }
  return null;
}

/** When a receive can next find something; null when the queue is empty. */
export function nextReceivableAt(queue: Readonly<Queue>): Ms | null {
  if (!queue.settings.isFifo) return queue.timeline[0]?.at ?? null;
  let first: Ms | null = null;
  for (const orders of Object.values(queue.groups)) {
    const { head, readyAt } = messagesOf(queue, orders, new Set());
    if (head && (first === null || readyAt < first)) first = readyAt;
  }
  return first;
}

/** The oldest message of a group, and when it can be received: those received before it is gone stand at the front. */
function messagesOf(queue: Readonly<Queue>, orders: readonly number[], taken: ReadonlySet<string>): { head: Message | null; readyAt: Ms } {
  let head: Message | null = null;
  let readyAt = 0;
  for (const order of orders) {
    const message = messageOfOrder(queue, order);
    if (!message || taken.has(message.messageId)) continue;
    if (head && message.receiveCount === 0) break;
    head ??= message;
    readyAt = Math.max(readyAt, message.visibleAt);
    if (message.receiveCount === 0) break;
  }
  return { head, readyAt };
}
