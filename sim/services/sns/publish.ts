// Publish and PublishBatch. SNS-05, SNS-X04 to SNS-X06.
// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html

import { parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { isPhoneNumber } from './endpoints';
import { fanOut } from './fan-out';
import { invalid } from './faults';
import { topicIn } from './lookup';
import { type NewMessage, parseMessage } from './message';
import { publishToEndpoint, publishToPhone } from './people';
import type { SnsState, Topic } from './state';
import { messageBytesMax } from './topic-attributes';

/** SNS-X06: five minutes. */
const DEDUPLICATION_MS = 300_000;
const BATCH_MAX = 10;

export function publish(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const targets = [input.TopicArn, input.TargetArn, input.PhoneNumber].filter((target) => typeof target === 'string' && target !== '');
  if (targets.length === 0) return invalid('TopicArn or TargetArn Reason: no value for required parameter');
  if (targets.length > 1) return invalid('TopicArn or TargetArn Reason: exactly one value is required');
  if (typeof input.PhoneNumber === 'string' && input.PhoneNumber !== '') {
    const number = input.PhoneNumber;
    if (!/^\+/.test(number) || !isPhoneNumber(number)) return invalid(`PhoneNumber Reason: ${number} is not valid to publish to`);
    const parsed = parseMessage(input, null);
    return 'fault' in parsed ? parsed : publishToPhone(state, number, parsed.message, port);
  }
  const member = input.TopicArn ? 'TopicArn' : 'TargetArn';
  const target = String(input[member]);
  if (member === 'TargetArn' && parseArn(target)?.resource.startsWith('endpoint/')) {
    const parsed = parseMessage(input, null);
    return 'fault' in parsed ? parsed : publishToEndpoint(state, target, parsed.message, port);
  }
  const found = topicIn(state, input, member);
  if ('fault' in found) return found;
  const parsed = parseMessage(input, found.topic);
  if ('fault' in parsed) return parsed;
  if (parsed.message.bytes > messageBytesMax(found.topic)) return invalid('Message too long');
  return { ok: accept(state, found.topic, parsed.message, port) };
}

/** Stores and fans out, unless a FIFO topic has seen the message within five minutes. */
function accept(state: Readonly<SnsState>, topic: Topic, content: NewMessage, port: Port): JsonObject {
  const { bytes, ...message } = content;
  const isGroupScope = topic.attributes.FifoThroughputScope === 'MessageGroup';
  const seenAs =
    message.deduplicationId === null || !topic.isFifo ? null : `${isGroupScope ? `${message.groupId} ` : ''}${message.deduplicationId}`;
  const earlier = seenAs === null ? undefined : topic.seen[seenAs];
  if (earlier && port.now - earlier.at < DEDUPLICATION_MS) {
    port.emit('sns:MessageDeduplicated', topic.arn, {
      messageId: earlier.messageId,
      deduplicationId: message.deduplicationId,
      groupId: message.groupId,
      sinceMs: port.now - earlier.at,
      windowMs: DEDUPLICATION_MS,
    });
    return { MessageId: earlier.messageId, SequenceNumber: earlier.sequenceNumber };
  }
  const messageId = port.uuid();
  const sequenceNumber = topic.isFifo ? `1${String(topic.sequence + 1).padStart(19, '0')}` : null;
  const timestamp = new Date(Math.floor(port.epochMs)).toISOString();
  fanOut(state, topic, { ...message, messageId, type: 'Notification', sequenceNumber, timestamp, token: null }, { bytes, seenAs }, port);
  return { MessageId: messageId, ...(sequenceNumber === null ? {} : { SequenceNumber: sequenceNumber }) };
}

export function publishBatch(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const found = topicIn(state, call.input);
  if ('fault' in found) return found;
  const { topic } = found;
  const entries = (Array.isArray(call.input.PublishBatchRequestEntries) ? call.input.PublishBatchRequestEntries : []) as JsonObject[];
  const refusal = batchProblem(entries, topic);
  if (refusal) return refusal;
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  entries.forEach((entry, i) => {
    const Id = String(entry.Id);
    const parsed = parseMessage(entry, topic, i + 1);
    if ('fault' in parsed) Failed.push(failedEntry(Id, parsed.fault));
    else Successful.push({ Id, ...accept(state, topic, parsed.message, port) });
  });
  return { ok: { Successful, Failed } };
}

function failedEntry(Id: string, { code, message }: Fault): JsonObject {
  return { Id, Code: code, Message: message, SenderFault: true };
}

function batchProblem(entries: readonly JsonObject[], topic: Topic): Extract<Reply, { fault: unknown }> | null {
  if (entries.length === 0) return clientFault('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (entries.length > BATCH_MAX) {
    return clientFault('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  }
  const ids = entries.map(({ Id }) => String(Id ?? ''));
  if (ids.some((id) => !/^[A-Za-z0-9_-]{1,80}$/.test(id))) {
    return clientFault('InvalidBatchEntryId', "The Id of a batch entry in a batch request doesn't abide by the specification.");
  }
  if (new Set(ids).size < ids.length) {
    return clientFault('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  if (topic.isFifo && entries.some(({ MessageGroupId }) => !MessageGroupId)) {
    return invalid('The MessageGroupId parameter is required for FIFO topics');
  }
  let bytes = 0;
  for (const entry of entries) {
    const parsed = parseMessage(entry, topic);
    if (!('fault' in parsed)) bytes += parsed.message.bytes;
  }
  if (bytes > messageBytesMax(topic)) {
    return clientFault('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');
  }
  return null;
}
