// What the holder of a receipt handle may do: delete the message, or change how long it stays hidden; one by one and in batches.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { toMicroseconds } from '../../kernel/time';
import { answerBatch } from './batch';
import { type Message, messageOfId, type Queue } from './queue';
import { wake } from './store';

type Answer = { ok: JsonObject } | { fault: Fault };

/** A message stays hidden for 12 hours at most from when it was received. EDA-X03 */
const HIDDEN_MS_MAX = 43_200_000;

export function deleteMessage(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  return deleteOne(queue, call.input, port);
}

export function deleteMessageBatch(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  return answerBatch(call, 'DeleteMessageBatchRequestEntry', (entry) => deleteOne(queue, entry, port));
}

export function changeMessageVisibility(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  return changeOne(queue, call.input, port);
}

export function changeMessageVisibilityBatch(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  return answerBatch(call, 'ChangeMessageVisibilityBatchRequestEntry', (entry) => changeOne(queue, entry, port));
}

/** A handle names its queue and message. The message is null when it is gone, or was received again since. */
function findByHandle(queue: Readonly<Queue>, handle: JsonObject[string] | undefined): { message: Message | null } | { fault: Fault } {
  if (typeof handle !== 'string' || handle === '') {
    return clientFault('MissingParameter', 'The request must contain the parameter ReceiptHandle.');
  }
  const [, arn, messageId] = decode(handle).split(' ');
  if (arn !== queue.arn || messageId === undefined) {
    return clientFault('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`, 404);
  }
  const message = messageOfId(queue, messageId);
  return { message: message?.receiptHandle === handle ? message : null };
}

function decode(handle: string): string {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(handle) ? atob(handle) : '';
}

function deleteOne(queue: Readonly<Queue>, { ReceiptHandle: handle }: JsonObject, port: Port): Answer {
  const found = findByHandle(queue, handle);
  if ('fault' in found) return found;
  const { message } = found;
  // Deleting twice, or with the handle of an earlier receive, succeeds and does nothing; NumberOfMessagesDeleted counts it.
  if (!message) {
    port.emit('sqs:DeleteRepeated', queue.arn, { receiptHandle: handle as string });
    return { ok: {} };
  }
  if (queue.settings.isFifo && message.visibleAt <= port.now) {
    return clientFault(
      'InvalidParameterValue',
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    );
  }
  port.emit('sqs:MessageDeleted', queue.arn, { messageId: message.messageId });
  wake(queue, port);
  return { ok: {} };
}

function changeOne(queue: Readonly<Queue>, { ReceiptHandle: handle, VisibilityTimeout: timeout }: JsonObject, port: Port): Answer {
  if (typeof timeout !== 'number' || !Number.isInteger(timeout) || timeout < 0 || timeout > 43_200) {
    return clientFault(
      'InvalidParameterValue',
      `Value ${timeout} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be between 0 and 43200 seconds.`,
    );
  }
  const found = findByHandle(queue, handle);
  if ('fault' in found) return found;
  const { message } = found;
  if (!message || message.visibleAt <= port.now) {
    return clientFault(
      'MessageNotInflight',
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  }
  const visibleAt = toMicroseconds(port.now + timeout * 1000);
  if (visibleAt - (message.lastReceivedAt ?? port.now) > HIDDEN_MS_MAX) {
    return clientFault(
      'InvalidParameterValue',
      `Value ${timeout} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].`,
    );
  }
  port.emit('sqs:MessageVisibilityChanged', queue.arn, { messageId: message.messageId, visibleAt });
  wake(queue, port);
  return { ok: {} };
}
