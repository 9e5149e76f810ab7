// ReceiveRequestAttemptId: a receive from a FIFO queue whose answer was lost is asked again and gives the same messages.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-receiverequestattemptid-request-parameter.html
import { type ApiCall, clientFault, type Fault } from '../../kernel/call';
import type { Json } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { toMicroseconds } from '../../kernel/time';
import { FIFO_ID } from './content';
import { type Message, messageOfId, type Queue } from './queue';

/** An attempt can be asked for again during five minutes. */
export const ATTEMPT_MS = 300_000;

function invalid(value: Json, reason: string): { fault: Fault } {
  return clientFault('InvalidParameterValue', `Value ${value} for parameter ReceiveRequestAttemptId is invalid. Reason: ${reason}`);
}

export function checkAttemptId(queue: Readonly<Queue>, call: ApiCall): { fault: Fault } | null {
  const id = call.input.ReceiveRequestAttemptId ?? null;
  if (id === null) return null;
  if (!queue.settings.isFifo) return invalid(id, 'The request include parameter that is not valid for this queue type.');
  if (FIFO_ID.test(String(id))) return null;
  return invalid(id, 'ReceiveRequestAttemptId can only include alphanumeric and punctuation characters. 1 to 128 in length.');
}

/** The messages of an earlier receive under the same id, hidden anew; null where it was the first, or is over. */
export function repeatAttempt(queue: Readonly<Queue>, call: ApiCall, port: Port): { messages: Message[] } | { fault: Fault } | null {
  const id = call.input.ReceiveRequestAttemptId ?? null;
  const attempt = id === null ? undefined : queue.attempts[`=${id}`];
  if (!attempt || port.now - attempt.at >= ATTEMPT_MS) return null;
  const gone = 'The receiveRequestAttemptId is not valid anymore since the receive call is not retryable.';
  if (attempt.isModified) return invalid(id, gone);
  const messages = attempt.messageIds.map((messageId) => messageOfId(queue, messageId)).filter((message) => message !== null);
  if (messages.length < attempt.messageIds.length) return invalid(id, gone);
  // Once they were visible again, others may have them: this is another receive.
  if (messages.some(({ visibleAt }) => visibleAt <= port.now)) return null;
  const timeout = (call.input.VisibilityTimeout ?? queue.settings.visibilityTimeout) as number;
  port.emit('sqs:ReceiveRepeated', queue.arn, {
    attemptId: id,
    messageIds: [...attempt.messageIds],
    visibleAt: toMicroseconds(port.now + timeout * 1000),
  });
  return { messages };
}
