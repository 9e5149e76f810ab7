// Receiving: visibility, receive counts, redrive to the dead-letter queue, long polls.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { toMicroseconds } from '../../kernel/time';
import { checkAttemptId, repeatAttempt } from './attempts';
import { messageBytes } from './content';
import { md5OfAttributes, md5OfBody } from './digest';
import { askKey, encrypted, needsKeyToReceive } from './encryption';
import { type Message, type MessageAttribute, messageOfId, type Queue, type SqsState } from './queue';
import { nextReceivable } from './receivable';
import { sequenceNumberOf } from './send';
import { store, wake, wakeAgain } from './store';
import { answerWatches } from './watch';

/** MaxNumberOfMessages goes up to this. */
const RECEIVED_MAX = 10;

export function receiveMessage(queue: Readonly<Queue>, call: ApiCall, port: Port, state: Readonly<SqsState>): Reply {
  return checkReceive(call.input) ?? checkAttemptId(queue, call) ?? openAndReceive(queue, call, port, state);
}

const openAndReceive = encrypted('receive', receiveOpened);

/** A receive whose input is right and to which the queue's key is open. */
export function receiveOpened(queue: Readonly<Queue>, call: ApiCall, port: Port, state: Readonly<SqsState>): Reply {
  const repeated = repeatAttempt(queue, call, port);
  if (repeated) {
    if ('fault' in repeated) return repeated;
    return { ok: { Messages: repeated.messages.map((message) => asReceived(message, call.input, port)) } };
  }
  const wait = (call.input.WaitTimeSeconds ?? queue.settings.receiveMessageWaitTimeSeconds) as number;
  const isFull = roomIn(queue, port, state) <= 0;
  if (isFull && wait === 0 && !queue.settings.isFifo) {
    port.emit('sqs:ReceiveRefused', queue.arn, { reason: 'OverLimit', inFlightMax: state.inFlightMax, principal: call.principal.id });
    return clientFault(
      'OverLimit',
      'Too many messages have been received without being deleted. Please delete your received messages or let them timeout before receiving more.',
      403,
    );
  }
  const received = takeMessages(queue, call.input, port, state);
  if (received.length > 0) {
    wake(queue, port);
    return { ok: { Messages: received } };
  }
  if (wait === 0) {
    port.emit('sqs:ReceiveEmpty', queue.arn, {});
    return { ok: {} };
  }
  const pollId = port.uuid();
  const until = port.now + wait * 1000;
  port.emit('sqs:ReceiveWaiting', queue.arn, { pollId, until, call: { ...call } as unknown as JsonObject });
  port.call({ action: 'sqs:EndReceive', resource: queue.arn, input: { pollId }, key: `sqs:poll ${pollId}` }, wait * 1000);
  wakeAgain(queue, port);
  return { later: true };
}

/** Something can be received while receives wait: the one that waits longest has it. */
export function answerReceives(queue: Readonly<Queue>, _call: ApiCall, port: Port, state: Readonly<SqsState>): Reply {
  for (const { pollId, until, call } of [...queue.polls]) {
    if (needsKeyToReceive(queue, call.principal, port)) {
      // The rest of the wait goes on when the key is open.
      port.emit('sqs:ReceiveHeld', queue.arn, { pollId });
      port.cancel(`sqs:poll ${pollId}`);
      askKey(queue, 'receive', { ...call, input: { ...call.input, WaitTimeSeconds: (until - port.now) / 1000 } }, port);
      continue;
    }
    const received = takeMessages(queue, call.input, port, state);
    if (received.length === 0) break;
    port.emit('sqs:ReceiveEnded', queue.arn, { pollId, messages: received.length });
    port.cancel(`sqs:poll ${pollId}`);
    port.reply(call.replyTo, { ok: { Messages: received } });
  }
  answerWatches(queue, port);
  wakeAgain(queue, port);
  return { ok: {} };
}

export function endReceive(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  const poll = queue.polls.find(({ pollId }) => pollId === call.input.pollId);
  if (!poll) return { ok: {} };
  port.emit('sqs:ReceiveEnded', queue.arn, { pollId: poll.pollId, messages: 0 });
  port.reply(poll.call.replyTo, { ok: {} });
  return { ok: {} };
}

/** How many messages can still be received. Counting is for queues where enough were received to come near the limit. */
function roomIn(queue: Readonly<Queue>, port: Port, { inFlightMax }: Readonly<SqsState>): number {
  if (queue.everReceived + RECEIVED_MAX <= inFlightMax) return RECEIVED_MAX;
  return inFlightMax - queue.messages.filter(({ receiveCount, visibleAt }) => receiveCount > 0 && visibleAt > port.now).length;
}

function takeMessages(queue: Readonly<Queue>, input: JsonObject, port: Port, state: Readonly<SqsState>): JsonObject[] {
  const max = Math.min((input.MaxNumberOfMessages ?? 1) as number, roomIn(queue, port, state));
  const timeout = (input.VisibilityTimeout ?? queue.settings.visibilityTimeout) as number;
  const received: JsonObject[] = [];
  const taken = new Set<string>();
  while (received.length < max) {
    const message = nextReceivable(queue, port.now, taken);
    if (!message) break;
    if (moveWhenSpent(queue, message, port, state)) continue;
    taken.add(message.messageId);
    port.emit('sqs:MessageReceived', queue.arn, {
      messageId: message.messageId,
      receiptHandle: btoa(`${port.uuid()} ${queue.arn} ${message.messageId}`),
      receiveCount: message.receiveCount + 1,
      visibleAt: toMicroseconds(port.now + timeout * 1000),
      ...(input.ReceiveRequestAttemptId === undefined ? {} : { attemptId: input.ReceiveRequestAttemptId }),
    });
    received.push(asReceived(messageOfId(queue, message.messageId) as Message, input, port));
  }
  return received;
}

/** EDA-X05: a message moves when its receive count exceeds maxReceiveCount, which shows at the next receive. */
function moveWhenSpent(queue: Readonly<Queue>, message: Message, port: Port, state: Readonly<SqsState>): boolean {
  const { redrive, isFifo } = queue.settings;
  if (!redrive || message.receiveCount < redrive.maxReceiveCount) return false;
  const target = state.queues[redrive.deadLetterTargetArn];
  if (!target) return false;
  const { messageId, receiveCount } = message;
  port.emit('sqs:MessageDeadLettered', queue.arn, {
    messageId,
    deadLetterArn: target.arn,
    receiveCount,
    maxReceiveCount: redrive.maxReceiveCount,
  });
  store(
    target,
    {
      messageId,
      body: message.body,
      attributes: { ...message.attributes } as unknown as JsonObject,
      senderId: message.senderId,
      bytes: messageBytes(message.body, message.attributes),
      visibleAt: port.now,
      deadLetterSource: queue.arn,
      ...(Object.keys(message.systemAttributes).length > 0
        ? { systemAttributes: { ...message.systemAttributes } as unknown as JsonObject }
        : {}),
      ...(message.groupId === null ? {} : { groupId: message.groupId }),
      // A standard queue's message keeps its age; in a FIFO queue its retention begins anew.
      ...(isFifo ? { deduplicationId: message.deduplicationId, sequenceNumber: sequenceNumberOf(target) } : { sentAt: message.sentAt }),
    },
    port,
  );
  return true;
}

function asReceived(message: Message, input: JsonObject, port: Port): JsonObject {
  const attributes = onlyNamed(message.attributes, input.MessageAttributeNames);
  const digest = md5OfAttributes(attributes);
  const system = onlyWanted(systemAttributesOf(message, port), input);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5OfBody(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 ? { Attributes: system } : {}),
    ...(digest ? { MD5OfMessageAttributes: digest, MessageAttributes: attributes as unknown as JsonObject } : {}),
  };
}

function systemAttributesOf(message: Message, port: Port): Record<string, string> {
  const epoch = (at: number) => String(Math.floor(port.epochMs - port.now + at));
  const trace = message.systemAttributes.AWSTraceHeader?.StringValue;
  return {
    SenderId: message.senderId,
    SentTimestamp: epoch(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: epoch(message.firstReceivedAt ?? port.now),
    ...(message.sequenceNumber === null ? {} : { SequenceNumber: message.sequenceNumber }),
    ...(message.deduplicationId === null ? {} : { MessageDeduplicationId: message.deduplicationId }),
    ...(message.groupId === null ? {} : { MessageGroupId: message.groupId }),
    ...(trace ? { AWSTraceHeader: trace } : {}),
    ...(message.deadLetterSource ? { DeadLetterQueueSourceArn: message.deadLetterSource } : {}),
  };
}

/** AttributeNames is the older name of MessageSystemAttributeNames. */
function onlyWanted(all: Record<string, string>, { AttributeNames: older, MessageSystemAttributeNames: newer }: JsonObject): JsonObject {
  const names = [older, newer].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
  if (names.includes('All')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

/** `All`, `.*`, a name, or the beginning of names as in `bar.*`. */
function onlyNamed(all: Record<string, MessageAttribute>, names: Json | undefined): Record<string, MessageAttribute> {
  const wanted = Array.isArray(names) ? names.map(String) : [];
  const isWanted = (name: string) =>
    wanted.some((want) => want === 'All' || want === name || (want.endsWith('.*') && name.startsWith(want.slice(0, -2))));
  return Object.fromEntries(Object.entries(all).filter(([name]) => isWanted(name)));
}

function checkReceive(input: JsonObject): { fault: Fault } | null {
  const rules = [
    ['MaxNumberOfMessages', 1, 10, 'Must be between 1 and 10, if provided.'],
    ['VisibilityTimeout', 0, 43_200, 'Must be >= 0 and <= 43200, if provided.'],
    ['WaitTimeSeconds', 0, 20, 'Must be >= 0 and <= 20, if provided.'],
  ] as const;
  for (const [member, min, max, reason] of rules) {
    const value = input[member];
    if (value === undefined || value === null) continue;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) continue;
    return clientFault('InvalidParameterValue', `Value ${value} for parameter ${member} is invalid. Reason: ${reason}`);
  }
  return null;
}
