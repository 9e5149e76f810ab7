// Receiving: visibility, receive counts, redrive to the dead-letter queue, long polls.
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { md5OfAttributes, md5OfBody } from './digest';
import type { Message, Queue } from './queue';

/** How often a long poll looks again. Simplified: SQS answers at once when a message arrives; here within a second. */
const LONG_POLL_LOOK_MS = 1000;

export function receiveMessage(queue: Queue, call: ApiCall, port: Port): Reply {
  const { MaxNumberOfMessages: max = 1, VisibilityTimeout: timeout = queue.settings.visibilityTimeout } = call.input;
  const wait = call.input.WaitTimeSeconds ?? queue.settings.receiveMessageWaitTimeSeconds;
  if (!isWhole(max, 1, 10)) {
    return clientFault(
      'InvalidParameterValue',
      `Value ${max} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
    );
  }
  if (!isWhole(timeout, 0, 43_200)) {
    return clientFault(
      'InvalidParameterValue',
      `Value ${timeout} for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if provided.`,
    );
  }
  if (typeof wait !== 'number' || !(wait >= 0 && wait <= 20)) {
    return clientFault(
      'InvalidParameterValue',
      `Value ${wait} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.`,
    );
  }
  const received: JsonObject[] = [];
  for (const message of [...queue.messages]) {
    if (received.length >= max) break;
    if (message.visibleAt > port.now) continue;
    if (isSpent(queue, message)) {
      moveToDeadLetterQueue(queue, message, port);
      continue;
    }
    const receiptHandle = port.uuid();
    port.emit('sqs:MessageReceived', queue.arn, {
      messageId: message.messageId,
      receiptHandle,
      receiveCount: message.receiveCount + 1,
      visibleAt: port.now + timeout * 1000,
    });
    received.push(asReceived(message, port));
  }
  if (received.length > 0 || wait <= 0) return { ok: received.length > 0 ? { Messages: received } : {} };
  const lookAgainMs = Math.min(LONG_POLL_LOOK_MS, wait * 1000);
  const input = { ...call.input, WaitTimeSeconds: wait - lookAgainMs / 1000 };
  port.call(
    {
      action: call.action,
      resource: call.resource,
      input,
      principal: call.principal,
      origin: call.origin,
      ...(call.replyTo ? { replyTo: call.replyTo } : {}),
    },
    lookAgainMs,
  );
  return { later: true };
}

/** EDA-X05: a message moves when its receive count exceeds maxReceiveCount, which shows at the next receive. */
function isSpent(queue: Queue, message: Message): boolean {
  return queue.settings.redrive !== null && message.receiveCount >= queue.settings.redrive.maxReceiveCount;
}

function moveToDeadLetterQueue(queue: Queue, message: Message, port: Port): void {
  const target = queue.settings.redrive?.deadLetterTargetArn as string;
  port.emit('sqs:MessageDeadLettered', queue.arn, {
    messageId: message.messageId,
    deadLetterArn: target,
    receiveCount: message.receiveCount,
  });
  port.call({
    action: 'sqs:TakeDeadLetter',
    resource: target,
    input: {
      messageId: message.messageId,
      body: message.body,
      attributes: { ...message.attributes } as unknown as JsonObject,
      senderId: message.senderId,
    },
  });
}

function asReceived(message: Message, port: Port): JsonObject {
  const epochAtZero = port.epochMs - port.now;
  const digest = md5OfAttributes(message.attributes);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5OfBody(message.body),
    Body: message.body,
    Attributes: {
      SenderId: message.senderId,
      SentTimestamp: String(Math.floor(epochAtZero + message.sentAt)),
      ApproximateReceiveCount: String(message.receiveCount),
      ApproximateFirstReceiveTimestamp: String(Math.floor(epochAtZero + (message.firstReceivedAt ?? port.now))),
    },
    ...(digest ? { MD5OfMessageAttributes: digest, MessageAttributes: { ...message.attributes } as unknown as JsonObject } : {}),
  };
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
