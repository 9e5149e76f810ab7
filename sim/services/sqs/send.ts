// SendMessage and SendMessageBatch. EDA-X01, EDA-X07, EDA-X11.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { toMicroseconds } from '../../kernel/time';
import { answerBatch } from './batch';
import { checkAttributes, checkCharacters, checkSystemAttributes, FIFO_ID, messageBytes } from './content';
import { md5OfAttributes, md5OfBody, sha256OfBody } from './digest';
import type { MessageAttribute, Queue } from './queue';
import { store } from './store';

type Refusal = { fault: Fault };

/** All messages of a batch together. EDA-X01 */
const BATCH_BYTES_MAX = 1_048_576;
/** SQS remembers deduplication ids for five minutes. EDA-X11 */
const DEDUPLICATION_MS = 300_000;
/** The first sequence number of a queue; numbers have 20 digits and grow with gaps. */
const SEQUENCE_START = 18_849_496_460_467_696_128n;
const SEQUENCE_STEP = 256n;
/** As queues in us-east-1 show it. Simplified: AWS has another in each Region, and other services' ids in place of their names. */
const SNS_SENDER = 'AIDAIT2UOQQY3AUEKVGXU';

export function sendMessage(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  return sendOne(queue, call.input, call, port);
}

export function sendMessageBatch(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  return answerBatch(call, 'SendMessageBatchRequestEntry', (entry) => sendOne(queue, entry, call, port), bytesOfBatch);
}

function bytesOfBatch(entries: JsonObject[]): Refusal | null {
  const bytes = entries.reduce((sum, entry) => sum + messageBytes(String(entry.MessageBody ?? ''), attributesIn(entry)), 0);
  if (bytes <= BATCH_BYTES_MAX) return null;
  return clientFault(
    'AWS.SimpleQueueService.BatchRequestTooLong',
    `Batch requests cannot be longer than ${BATCH_BYTES_MAX} bytes. You have sent ${bytes} bytes.`,
  );
}

function sendOne(queue: Readonly<Queue>, input: JsonObject, call: ApiCall, port: Port): { ok: JsonObject } | Refusal {
  const refusal = checkContent(queue, input) ?? checkDelay(queue, input) ?? checkFifo(queue, input);
  if (refusal) return refusal;
  const { isFifo } = queue.settings;
  const body = input.MessageBody as string;
  const attributes = attributesIn(input);
  const given = (input.MessageSystemAttributes ?? {}) as unknown as Record<string, MessageAttribute>;
  // The trace header of the request itself, as a Lambda function's SDK sends it.
  const traced = call.trace === undefined ? {} : { AWSTraceHeader: { DataType: 'String', StringValue: call.trace } };
  const systemAttributes = { ...traced, ...given };
  const groupId = (input.MessageGroupId ?? null) as string | null;
  const deduplicationId = isFifo ? ((input.MessageDeduplicationId ?? sha256OfBody(body)) as string) : null;
  const deduplicationKey = deduplicationId === null ? null : keyOf(queue, groupId as string, deduplicationId);
  const digests = digestsOf(body, attributes, given);
  const known = deduplicationKey === null ? undefined : queue.deduplications[deduplicationKey];
  if (known && port.now - known.at < DEDUPLICATION_MS) {
    port.emit('sqs:MessageDeduplicated', queue.arn, { messageId: known.messageId, deduplicationId, groupId, firstSentAt: known.at, body });
    return { ok: { MessageId: known.messageId, ...digests, SequenceNumber: known.sequenceNumber } };
  }
  const messageId = port.uuid();
  const sequenceNumber = isFifo ? sequenceNumberOf(queue) : null;
  const delay = (input.DelaySeconds ?? queue.settings.delaySeconds) as number;
  store(
    queue,
    {
      messageId,
      body,
      attributes: attributes as unknown as JsonObject,
      senderId: senderOf(call, port),
      bytes: messageBytes(body, attributes),
      visibleAt: toMicroseconds(port.now + delay * 1000),
      ...(Object.keys(systemAttributes).length > 0 ? { systemAttributes: systemAttributes as unknown as JsonObject } : {}),
      ...(groupId === null ? {} : { groupId }),
      ...(isFifo ? { deduplicationId, deduplicationKey, sequenceNumber } : {}),
    },
    port,
  );
  return { ok: { MessageId: messageId, ...digests, ...(isFifo ? { SequenceNumber: sequenceNumber } : {}) } };
}

function attributesIn(input: JsonObject): Record<string, MessageAttribute> {
  return (input.MessageAttributes ?? {}) as unknown as Record<string, MessageAttribute>;
}

/** A FIFO queue that knows an id does not take another message under it. */
export function wasSentLately(queue: Readonly<Queue>, groupId: string, deduplicationId: string, port: Port): boolean {
  const known = queue.deduplications[keyOf(queue, groupId, deduplicationId)];
  return known !== undefined && port.now - known.at < DEDUPLICATION_MS;
}

/** With the scope of message groups, two groups may use the same id. */
function keyOf(queue: Readonly<Queue>, groupId: string, deduplicationId: string): string {
  return queue.settings.deduplicationScope === 'messageGroup' ? `=${groupId} ${deduplicationId}` : `=${deduplicationId}`;
}

export function sequenceNumberOf(queue: Readonly<Queue>): string {
  return (SEQUENCE_START + BigInt(queue.nextOrder) * SEQUENCE_STEP).toString();
}

function digestsOf(body: string, attributes: Record<string, MessageAttribute>, system: Record<string, MessageAttribute>): JsonObject {
  const [ofAttributes, ofSystem] = [md5OfAttributes(attributes), md5OfAttributes(system)];
  return {
    MD5OfMessageBody: md5OfBody(body),
    ...(ofAttributes ? { MD5OfMessageAttributes: ofAttributes } : {}),
    ...(ofSystem ? { MD5OfMessageSystemAttributes: ofSystem } : {}),
  };
}

/** Of a user or a role's session its unique id; SNS sends as a user of its own. */
function senderOf({ principal }: ApiCall, port: Port): string {
  const { type, id, account, session } = principal;
  const uniqueId = session?.userId ?? port.identify(principal);
  if (uniqueId) return uniqueId;
  if (type === 'root' || type === 'world') return account;
  if (id === 'sns.amazonaws.com') return SNS_SENDER;
  return type === 'role' ? id.slice(id.lastIndexOf('/') + 1) : id;
}

function checkContent(queue: Readonly<Queue>, input: JsonObject): Refusal | null {
  const { MessageBody: body } = input;
  if (typeof body !== 'string') return clientFault('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (body.length === 0) return clientFault('InvalidParameterValue', 'The request must contain the parameter MessageBody.');
  const attributes = attributesIn(input);
  const system = (input.MessageSystemAttributes ?? {}) as unknown as Record<string, MessageAttribute>;
  const refusal = checkCharacters(body) ?? checkAttributes(attributes) ?? checkSystemAttributes(system);
  if (refusal) return refusal;
  const max = queue.settings.maximumMessageSize;
  if (messageBytes(body, attributes) <= max) return null;
  return clientFault('InvalidParameterValue', `One or more parameters are invalid. Reason: Message must be shorter than ${max} bytes.`);
}

function invalid(value: Json, member: string, reason: string): Refusal {
  return clientFault('InvalidParameterValue', `Value ${value} for parameter ${member} is invalid. Reason: ${reason}`);
}

function checkDelay(queue: Readonly<Queue>, { DelaySeconds: delay }: JsonObject): Refusal | null {
  if (delay === undefined || delay === null) return null;
  if (typeof delay !== 'number' || !Number.isInteger(delay) || delay < 0 || delay > 900) {
    return invalid(delay, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.');
  }
  if (!queue.settings.isFifo || delay === 0) return null;
  return invalid(delay, 'DelaySeconds', 'The request include parameter that is not valid for this queue type.');
}

function checkFifo(queue: Readonly<Queue>, { MessageGroupId: group, MessageDeduplicationId: deduplication }: JsonObject): Refusal | null {
  const { isFifo, contentBasedDeduplication } = queue.settings;
  if (isFifo && (group ?? null) === null) return clientFault('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  for (const [member, value] of Object.entries({ MessageGroupId: group, MessageDeduplicationId: deduplication })) {
    if (value === undefined || value === null || FIFO_ID.test(String(value))) continue;
    return invalid(value, member, `${member} can only include alphanumeric and punctuation characters. 1 to 128 in length.`);
  }
  if ((deduplication ?? null) !== null) {
    if (isFifo) return null;
    return invalid(
      deduplication as Json,
      'MessageDeduplicationId',
      'The request includes a parameter that is not valid for this queue type.',
    );
  }
  if (!isFifo || contentBasedDeduplication) return null;
  return clientFault(
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}
