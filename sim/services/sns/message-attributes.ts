// Attributes of messages, checked in AWS's words. https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
import { clientFault } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import { invalidValue, type Refusal } from './faults';
import type { MessageAttribute } from './state';
import { base64Length, utf8Length } from './text';

const NAME_MAX = 256;
/** Reserved names that mean something: of mobile push and of text messages. */
const OWN_NAMES = /^AWS\.(SNS\.(MOBILE|SMS)|MM\.SMS)\./;
const SURROGATES = /[\ud800-\udfff]/;
const TYPE = /^(String|Number|Binary)(\..+)?$/;

/** `entry`: the place of the message in a batch, from 1. */
export function parseMessageAttributes(
  value: Json | undefined,
  entry?: number,
): { attributes: Record<string, MessageAttribute> } | Refusal {
  const attributes: Record<string, MessageAttribute> = {};
  const given = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  for (const [name, attribute] of Object.entries(given)) {
    const refusal = nameProblem(name) ?? valueProblem(name, attribute as JsonObject, entry);
    if (refusal) return refusal;
    const { DataType, StringValue, BinaryValue } = attribute as JsonObject;
    attributes[name] = String(DataType).startsWith('Binary')
      ? { DataType: String(DataType), BinaryValue: String(BinaryValue) }
      : { DataType: String(DataType), StringValue: String(StringValue) };
  }
  return { attributes };
}

function nameProblem(name: string): Refusal | null {
  if (name.length > NAME_MAX) return invalidValue('Length of message attribute name must be less than 256 bytes.');
  const strange = /[^A-Za-z0-9_.-]/.exec(name)?.[0];
  if (strange !== undefined) {
    const code = (strange.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return invalidValue(
      `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  }
  if (name.startsWith('.')) return invalidValue("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.')) return invalidValue("Invalid message attribute name ending with character '.' was found.");
  if (name.includes('..')) return invalidValue("Message attribute name can not have successive '.' character.");
  if (/^(aws|amazon)\./i.test(name) && !OWN_NAMES.test(name))
    return invalidValue(`Message attribute name can not start with reserved prefix. Name: ${name}`);
  return null;
}

function valueProblem(name: string, { DataType, StringValue, BinaryValue }: JsonObject, entry: number | undefined): Refusal | null {
  if (DataType === undefined || DataType === null) {
    const at = `${entry === undefined ? '' : `publishBatchRequestEntries.${entry}.member.`}messageAttributes.${name}.member.dataType`;
    return clientFault(
      'ValidationError',
      `1 validation error detected: Value null at '${at}' failed to satisfy constraint: Member must not be null`,
    );
  }
  const type = String(DataType);
  const empty = `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`;
  if (!TYPE.test(type)) {
    return invalidValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const field = type.startsWith('Binary') ? 'Binary' : 'String';
  const [value, other] = field === 'Binary' ? [BinaryValue, StringValue] : [StringValue, BinaryValue];
  if (value === undefined && other === undefined) return invalidValue(empty);
  if (value === undefined) return invalidValue(`The message attribute '${name}' with type '${type}' must use field '${field}'.`);
  if (value === '') return invalidValue(empty);
  if (field === 'String' && SURROGATES.test(String(value)))
    return invalidValue('Invalid attribute value was passed in for message attribute');
  if (type === 'Number.Array' && isListOfNumbers(String(value))) return null;
  if (type.startsWith('Number') && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(String(value).trim())) {
    return invalidValue(`Could not cast message attribute '${name}' value to number.`);
  }
  return null;
}

/** https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html */
function isListOfNumbers(text: string): boolean {
  try {
    const list = JSON.parse(text) as Json;
    return Array.isArray(list) && list.every((item) => typeof item === 'number');
  } catch {
    return false;
  }
}

/** They count against the size of a message: name, type and value. SNS-X05. */
export function attributeBytes(attributes: Record<string, MessageAttribute>): number {
  let bytes = 0;
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    bytes += utf8Length(name) + utf8Length(DataType) + utf8Length(StringValue ?? '') + base64Length(BinaryValue ?? '');
  }
  return bytes;
}
