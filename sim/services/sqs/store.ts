// A message enters a queue: its retention begins, and waiting receives are woken.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { type Message, messageOfId, type Queue } from './queue';
import { nextReceivableAt } from './receivable';

/** A message that is visible and still cannot be received, as at the limit of messages in flight, is looked at again after this. */
const LOOK_AGAIN_MS = 1000;

export function store(queue: Readonly<Queue>, sent: JsonObject, port: Port): void {
  port.emit('sqs:MessageSent', queue.arn, sent);
  planExpiry(queue, messageOfId(queue, sent.messageId as string) as Message, port);
  wake(queue, port);
}

export function planExpiry(queue: Readonly<Queue>, message: Message, port: Port): void {
  const { messageId, sentAt } = message;
  const at = sentAt + queue.settings.messageRetentionPeriod * 1000;
  const key = `sqs:expiry ${queue.arn} ${messageId}`;
  port.call({ action: 'sqs:ExpireMessage', resource: queue.arn, input: { messageId }, background: true, key }, at - port.now);
}

export function expireMessage(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  const message = messageOfId(queue, call.input.messageId as string);
  if (message) {
    port.emit('sqs:MessageExpired', queue.arn, {
      messageId: message.messageId,
      sentAt: message.sentAt,
      receiveCount: message.receiveCount,
    });
    wake(queue, port);
  }
  return { ok: {} };
}

/** Plans the moment at which waiting receives can have something. To be called after whatever changes that moment. */
export function wake(queue: Readonly<Queue>, port: Port): void {
  const at = isAwaited(queue) ? nextReceivableAt(queue) : null;
  if (at !== null) planWake(queue, Math.max(0, at - port.now), port);
}

export function wakeAgain(queue: Readonly<Queue>, port: Port): void {
  const at = isAwaited(queue) ? nextReceivableAt(queue) : null;
  if (at !== null) planWake(queue, at > port.now ? at - port.now : LOOK_AGAIN_MS, port);
}

function isAwaited({ polls, watches }: Readonly<Queue>): boolean {
  return polls.length > 0 || watches.length > 0;
}

/** A long poll keeps the world awake by its own end; a watch has none, so the message itself must. */
function planWake(queue: Readonly<Queue>, delayMs: number, port: Port): void {
  const key = `sqs:wake ${queue.arn}`;
  const background = queue.watches.length === 0;
  port.call({ action: 'sqs:AnswerReceives', resource: queue.arn, input: {}, background, key }, delayMs);
}
