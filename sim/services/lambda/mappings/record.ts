// A message as the function's event has it. LAM-INV-X30.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event
import { type Arn, parseArn } from '../../../kernel/arn';
import type { JsonObject } from '../../../kernel/json';

interface ReceivedAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

/** From the output of ReceiveMessage. */
export function recordOf(message: JsonObject, queueArn: Arn): JsonObject {
  const attributes = (message.MessageAttributes ?? {}) as unknown as Record<string, ReceivedAttribute>;
  const digest = message.MD5OfMessageAttributes;
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attributeOf(value)])),
    ...(digest ? { md5OfMessageAttributes: digest } : {}),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: parseArn(queueArn)?.region ?? '',
  };
}

/** The two lists are always there and always empty: SQS has no attributes of lists. */
function attributeOf({ DataType, StringValue, BinaryValue }: ReceivedAttribute): JsonObject {
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}

export function messageIdOf(record: JsonObject): string {
  return record.messageId as string;
}

/** The payload that the function gets. */
export function eventOf(records: readonly JsonObject[]): string {
  return JSON.stringify({ Records: records });
}

/** UTF-8 bytes of a record in the event, its comma included. */
export function bytesOf(record: JsonObject): number {
  const text = JSON.stringify(record);
  let bytes = text.length + 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // A pair of surrogates is four bytes and two units: one more for each.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
