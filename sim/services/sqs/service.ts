// Amazon SQS: standard queues. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/
// Simplified: a receive finds every visible message of a queue; SQS's short polls may miss some.
import { type Arn, formatArn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port, Service } from '../../kernel/service';
import { applySqs } from './apply';
import { md5OfAttributes, md5OfBody } from './digest';
import { type MessageAttribute, messageBytes, parseSettings, type Queue, type SqsState } from './queue';
import { receiveMessage } from './receive';

/** Operations whose IAM action has another name: none of those here. */
const OPERATIONS = [
  'CreateQueue',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
  'ChangeMessageVisibility',
];

export function createSqs(): Service<SqsState> {
  return {
    prefix: 'sqs',
    initial: () => ({ queues: {} }),
    actions: {
      CreateQueue: createQueue,
      GetQueueUrl: withQueue((queue) => ({ ok: { QueueUrl: queue.url } })),
      GetQueueAttributes: withQueue((queue, _call, port) => ({ ok: { Attributes: attributesOf(queue, port) } })),
      SendMessage: withQueue(sendMessage),
      TakeDeadLetter: withQueue(takeDeadLetter),
      ReceiveMessage: withQueue(receiveMessage),
      DeleteMessage: withQueue(deleteMessage),
      ChangeMessageVisibility: withQueue(changeMessageVisibility),
      PurgeQueue: withQueue((queue, _call, port) => {
        port.emit('sqs:QueuePurged', queue.arn, { messages: queue.messages.length });
        return { ok: {} };
      }),
      ExpireMessage: withQueue((queue, call, port) => {
        const messageId = call.input.messageId as string;
        if (queue.messages.some((message) => message.messageId === messageId)) port.emit('sqs:MessageExpired', queue.arn, { messageId });
        return { ok: {} };
      }),
    },
    apply: applySqs,
    route: (operation, input, { account, region }) => {
      if (!OPERATIONS.includes(operation)) return null;
      const name = typeof input.QueueUrl === 'string' ? nameInUrl(input.QueueUrl) : String(input.QueueName ?? '');
      return { action: `sqs:${operation}`, resource: formatArn({ service: 'sqs', region, account, resource: name }) };
    },
    accepts: (target, { body, attributes = {} }) => ({
      action: 'sqs:SendMessage',
      input: { QueueUrl: queueUrl(target), MessageBody: body, MessageAttributes: attributes },
    }),
  };
}

function nameInUrl(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

function queueUrl(arn: Arn): string {
  const parts = parseArn(arn);
  return `https://sqs.${parts?.region}.amazonaws.com/${parts?.account}/${parts?.resource}`;
}

type QueueAction = (queue: Queue, call: ApiCall, port: Port) => Reply;

function withQueue(action: QueueAction): Service<SqsState>['actions'][string] {
  return (state, call, port) => {
    const queue = state.queues[call.resource];
    if (!queue) return clientFault('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.');
    return action(queue, call, port);
  };
}

function createQueue(state: Readonly<SqsState>, call: ApiCall, port: Port): Reply {
  const name = String(call.input.QueueName ?? '');
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    const why = name.endsWith('.fifo')
      ? 'FIFO queues are not part of this simulator yet.'
      : 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
    return clientFault('InvalidParameterValue', why);
  }
  const parsed = parseSettings((call.input.Attributes as JsonObject | undefined) ?? {});
  if ('invalid' in parsed) return clientFault('InvalidAttributeValue', `Invalid value for the parameter ${parsed.invalid}.`);
  const url = queueUrl(call.resource);
  const existing = state.queues[call.resource];
  if (!existing) {
    port.emit('sqs:QueueCreated', call.resource, { url, settings: parsed.settings as unknown as JsonObject });
  } else if (JSON.stringify(existing.settings) !== JSON.stringify(parsed.settings)) {
    return clientFault('QueueAlreadyExists', 'A queue already exists with the same name and a different value for attribute(s)');
  }
  return { ok: { QueueUrl: url } };
}

function sendMessage(queue: Queue, call: ApiCall, port: Port): Reply {
  const { MessageBody: body, DelaySeconds: delay = queue.settings.delaySeconds } = call.input;
  if (typeof body !== 'string') return clientFault('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (body.length === 0) return clientFault('InvalidParameterValue', 'The request must contain the parameter MessageBody.');
  if (typeof delay !== 'number' || !Number.isInteger(delay) || delay < 0 || delay > 900) {
    return clientFault(
      'InvalidParameterValue',
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  }
  const attributes = (call.input.MessageAttributes ?? {}) as unknown as Record<string, MessageAttribute>;
  if (Object.keys(attributes).length > 10) {
    return clientFault(
      'InvalidParameterValue',
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [10].`,
    );
  }
  const max = queue.settings.maximumMessageSize;
  if (messageBytes(body, attributes) > max) {
    return clientFault('InvalidParameterValue', `One or more parameters are invalid. Reason: Message must be shorter than ${max} bytes.`);
  }
  const messageId = port.uuid();
  emitSent(
    queue,
    { messageId, body, attributes: attributes as unknown as JsonObject, senderId: senderOf(call), visibleAt: port.now + delay * 1000 },
    port,
  );
  const digest = md5OfAttributes(attributes);
  return { ok: { MessageId: messageId, MD5OfMessageBody: md5OfBody(body), ...(digest ? { MD5OfMessageAttributes: digest } : {}) } };
}

/** A message that its queue gave up on keeps its id, body, attributes and sender. */
function takeDeadLetter(queue: Queue, call: ApiCall, port: Port): Reply {
  const { messageId, body, attributes, senderId } = call.input;
  emitSent(
    queue,
    {
      messageId: messageId as string,
      body: body as string,
      attributes: attributes as JsonObject,
      senderId: senderId as string,
      visibleAt: port.now,
    },
    port,
  );
  return { ok: {} };
}

function emitSent(
  queue: Queue,
  sent: { messageId: string; body: string; attributes: JsonObject; senderId: string; visibleAt: number },
  port: Port,
): void {
  port.emit('sqs:MessageSent', queue.arn, sent);
  const input = { messageId: sent.messageId };
  port.call({ action: 'sqs:ExpireMessage', resource: queue.arn, input, background: true }, queue.settings.messageRetentionPeriod * 1000);
}

function senderOf(call: ApiCall): string {
  const name = call.principal.id;
  return call.principal.type === 'role' ? name.slice(name.lastIndexOf('/') + 1) : name;
}

function deleteMessage(queue: Queue, call: ApiCall, port: Port): Reply {
  const handle = call.input.ReceiptHandle;
  if (typeof handle !== 'string') return clientFault('MissingParameter', 'The request must contain the parameter ReceiptHandle.');
  const message = queue.messages.find((candidate) => candidate.receiptHandle === handle);
  // Deleting twice, or with the handle of an earlier receive, succeeds and does nothing.
  if (message) port.emit('sqs:MessageDeleted', queue.arn, { messageId: message.messageId });
  return { ok: {} };
}

function changeMessageVisibility(queue: Queue, call: ApiCall, port: Port): Reply {
  const { ReceiptHandle: handle, VisibilityTimeout: timeout } = call.input;
  if (typeof timeout !== 'number' || !Number.isInteger(timeout) || timeout < 0 || timeout > 43_200) {
    return clientFault(
      'InvalidParameterValue',
      `Value ${timeout} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be between 0 and 43200 seconds.`,
    );
  }
  const message = queue.messages.find((candidate) => candidate.receiptHandle === handle);
  if (!message) return clientFault('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`, 404);
  if (message.visibleAt <= port.now) {
    return clientFault(
      'MessageNotInflight',
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  }
  port.emit('sqs:MessageVisibilityChanged', queue.arn, { messageId: message.messageId, visibleAt: port.now + timeout * 1000 });
  return { ok: {} };
}

function attributesOf(queue: Queue, port: Port): JsonObject {
  const waiting = queue.messages.filter((message) => message.visibleAt <= port.now).length;
  const delayed = queue.messages.filter((message) => message.visibleAt > port.now && message.receiveCount === 0).length;
  const { settings } = queue;
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(waiting),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(queue.messages.length - waiting - delayed),
    CreatedTimestamp: String(Math.floor((port.epochMs - port.now + queue.createdAt) / 1000)),
    DelaySeconds: String(settings.delaySeconds),
    MaximumMessageSize: String(settings.maximumMessageSize),
    MessageRetentionPeriod: String(settings.messageRetentionPeriod),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveMessageWaitTimeSeconds),
    VisibilityTimeout: String(settings.visibilityTimeout),
    ...(settings.redrive ? { RedrivePolicy: JSON.stringify(settings.redrive) } : {}),
  };
}
