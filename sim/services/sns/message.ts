// A message from a Publish request or an entry of a batch, checked in AWS's words. SNS-X04 to SNS-X06.
// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
import type { Json, JsonObject } from '../../kernel/json';
import { invalid, type Refusal } from './faults';
import { attributeBytes, parseMessageAttributes } from './message-attributes';
import type { MessageAttribute, Topic } from './state';
import { sha256Hex, utf8Length } from './text';

const SUBJECT_MAX = 100;
const FIFO_ID = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;

export interface NewMessage {
  message: string;
  isStructured: boolean;
  subject: string | null;
  attributes: Record<string, MessageAttribute>;
  groupId: string | null;
  deduplicationId: string | null;
  bytes: number;
}

/** `topic`: null when the message goes to a phone or device. */
export function parseMessage(input: JsonObject, topic: Topic | null, entry?: number): { message: NewMessage } | Refusal {
  const message = typeof input.Message === 'string' ? input.Message : '';
  const subject = typeof input.Subject === 'string' ? input.Subject : null;
  if (subject !== null && !isSubject(subject)) return invalid('Subject');
  if (message === '') return invalid('Empty message');
  const parsed = parseMessageAttributes(input.MessageAttributes, entry);
  if ('fault' in parsed) return parsed;
  const isStructured = input.MessageStructure === 'json';
  if (input.MessageStructure !== undefined && input.MessageStructure !== null && !isStructured) return invalid('MessageStructure');
  const structure = isStructured ? structureProblem(message) : null;
  if (structure) return structure;
  const ids = topic ? fifoIds(input, message, topic) : { groupId: null, deduplicationId: null };
  if ('fault' in ids) return ids;
  const bytes = utf8Length(message) + attributeBytes(parsed.attributes);
  return { message: { message, isStructured, subject, attributes: parsed.attributes, ...ids, bytes } };
}

/** No line breaks or control characters, up to a hundred characters. */
function isSubject(text: string): boolean {
  if (text === '' || text.length > SUBJECT_MAX) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 127) return false;
  }
  return true;
}

function structureProblem(message: string): Refusal | null {
  let texts: Json;
  try {
    texts = JSON.parse(message) as Json;
  } catch {
    return invalid('Message Structure - JSON message body failed to parse');
  }
  if (typeof texts !== 'object' || texts === null || Array.isArray(texts))
    return invalid('Message Structure - JSON message body failed to parse');
  return typeof texts.default === 'string' ? null : invalid('Message Structure - No default entry in JSON message body');
}

function fifoIds(input: JsonObject, message: string, topic: Topic): { groupId: string | null; deduplicationId: string | null } | Refusal {
  const groupId = typeof input.MessageGroupId === 'string' ? input.MessageGroupId : null;
  const given = typeof input.MessageDeduplicationId === 'string' ? input.MessageDeduplicationId : null;
  if (groupId !== null && !FIFO_ID.test(groupId)) return invalid(`MessageGroupId Reason: ${fifoIdRule('MessageGroupId')}`);
  if (given !== null && !FIFO_ID.test(given)) return invalid(`MessageDeduplicationId Reason: ${fifoIdRule('MessageDeduplicationId')}`);
  if (!topic.isFifo) {
    // A group on a standard topic is handed on to standard queues, which share their time fairly among groups.
    if (given === null) return { groupId, deduplicationId: null };
    return invalid(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  if (groupId === null) return invalid('The MessageGroupId parameter is required for FIFO topics');
  if (given !== null) return { groupId, deduplicationId: given };
  if (topic.attributes.ContentBasedDeduplication !== 'true') {
    return invalid('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
  return { groupId, deduplicationId: sha256Hex(message) };
}

function fifoIdRule(member: string): string {
  return `${member} can only include alphanumeric and punctuation characters. 1 to 128 in length`;
}
