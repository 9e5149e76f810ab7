// What a message may hold: characters, attributes, size.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
import { clientFault, type Fault } from '../../kernel/call';
import { bytesOfBase64 } from './digest';
import type { MessageAttribute } from './queue';

type Refusal = { fault: Fault };

const ATTRIBUTES_MAX = 10;
const ATTRIBUTE_NAME = /^(?!\.)(?!.*\.\.)(?!.*\.$)(?!(aws|amazon)\.)[A-Za-z0-9_.-]{1,256}$/i;

/** Ids of message groups, of deduplication and of receive attempts: letters, digits and punctuation. */
export const FIFO_ID = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;

function invalid(message: string): Refusal {
  return clientFault('InvalidParameterValue', message);
}

/** Control characters other than tab, line feed and carriage return, lone surrogates, and two non-characters. */
export function checkCharacters(body: string): Refusal | null {
  for (const character of body) {
    const code = character.codePointAt(0) as number;
    const isControl = code < 0x20 && code !== 0x9 && code !== 0xa && code !== 0xd;
    if (!isControl && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff) continue;
    return clientFault(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  return null;
}

export function checkAttributes(attributes: Record<string, MessageAttribute>): Refusal | null {
  const entries = Object.entries(attributes);
  if (entries.length > ATTRIBUTES_MAX) {
    return invalid(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${ATTRIBUTES_MAX}].`);
  }
  for (const [name, attribute] of entries) {
    if (!ATTRIBUTE_NAME.test(name)) return invalid(`The message attribute name '${name}' is invalid.`);
    const problem = problemOf(name, attribute);
    if (problem) return invalid(problem);
  }
  return null;
}

function problemOf(name: string, { DataType: type, StringValue: text, BinaryValue: bytes }: MessageAttribute): string | null {
  if (!type) return `The message attribute '${name}' must contain non-empty message attribute type.`;
  const [kind] = type.split('.');
  if (type.length > 256 || (kind !== 'String' && kind !== 'Number' && kind !== 'Binary')) {
    return `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`;
  }
  const value = kind === 'Binary' ? bytes : text;
  if (!value) return `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`;
  if (kind === 'Number' && !Number.isFinite(Number(value)))
    return `Can't cast the value of message (user) attribute '${name}' to a number.`;
  return null;
}

/** `AWSTraceHeader` is the only one, and a String. It does not count in the size. */
export function checkSystemAttributes(attributes: Record<string, MessageAttribute>): Refusal | null {
  for (const [name, { DataType, StringValue }] of Object.entries(attributes)) {
    if (name === 'AWSTraceHeader' && DataType === 'String' && StringValue) continue;
    return invalid(`Message system attribute name '${name}' is invalid.`);
  }
  return null;
}

/** Bytes that count against the size limit: body, attribute names, types and values. */
export function messageBytes(body: string, attributes: Record<string, MessageAttribute>): number {
  let bytes = utf8Length(body);
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    bytes += utf8Length(name) + utf8Length(DataType) + utf8Length(StringValue ?? '');
    if (BinaryValue !== undefined) bytes += bytesOfBase64(BinaryValue).length;
  }
  return bytes;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
