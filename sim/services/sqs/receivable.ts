// Which message a receive finds next. A message group of a FIFO queue waits while one of its messages is in flight or delayed.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
// Simplified: a receive finds every visible message of a queue; SQS's short polls may miss some.
// Simplified: a message group id on a standard queue changes nothing; SQS gives its groups fair turns.
import type { Ms } from '../../kernel/time';
import { type Message, messageOfId, messageOfOrder, type Queue } from './queue';
import { type Due, inOrder } from './timeline';

/** `taken`: ids of what this receive has already. */
export function nextReceivable(queue: Readonly<Queue>, now: Ms, taken: ReadonlySet<string>): Message | null {
  const { isFifo } = queue.settings;
  // As many messages of a group as possible come together.
  if (isFifo) {
    for (const messageId of taken) {
      const message = messageOfId(queue, messageId);
      const next = message && headOf(queue, message, taken);
      if (next?.head && next.readyAt <= now) return next.head;
    }
  }
  for (const { at, order } of inOrder(queue.timeline)) {
    if (at > now) return null;
    const message = messageOfOrder(queue, order);
    if (!message) continue;
    if (!isFifo) {
      if (message.visibleAt === at && !taken.has(message.messageId)) return message;
      continue;
    }
    const { head, readyAt } = headOf(queue, message, taken);
    if (head && readyAt <= now) return head;
  }
  return null;
}

/** When a receive can next find something; null when the queue is empty. */
export function nextReceivableAt(queue: Readonly<Queue>): Ms | null {
  return queue.timeline[0]?.at ?? null;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The timeline's entry for a message: of a FIFO queue, that of its group. Null when there is nothing of it to receive. */
export function dueOf(queue: Readonly<Queue>, message: Message): Due | null {
  if (!queue.settings.isFifo) return { at: message.visibleAt, order: message.order };
  const { head, readyAt } = headOf(queue, message, NOTHING);
  return head && { at: readyAt, order: head.order };
}

/** Whether an entry of the timeline still says when something can be received. */
export function counts(queue: Readonly<Queue>, { at, order }: Due): boolean {
  const message = messageOfOrder(queue, order);
  if (!message || !queue.settings.isFifo) return message?.visibleAt === at;
  const due = dueOf(queue, message);
  return due?.at === at && due.order === order;
}

function headOf(queue: Readonly<Queue>, { groupId }: Message, taken: ReadonlySet<string>): { head: Message | null; readyAt: Ms } {
  return messagesOf(queue, queue.groups[`=${groupId}`] ?? [], taken);
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
