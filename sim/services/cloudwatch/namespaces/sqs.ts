// AWS/SQS. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
import type { Fact } from '../../../kernel/fact';
import { addMessage, createLevel, hideMessage, LEVEL_METRICS, type Level, removeAll, removeMessage } from '../levels';
import { count, lastPart, type Metric, measure, type Observer, placeOfArn, type Subject } from '../observation';
import type { Dimension } from '../series';
import { type CloudWatchState, openSeries } from '../state';

const namespace = 'AWS/SQS';

const SENT: Metric[] = [count('NumberOfMessagesSent'), { name: 'SentMessageSize', unit: 'Bytes' }];
const RECEIVED: Metric[] = [count('NumberOfMessagesReceived')];
const EMPTY: Metric[] = [count('NumberOfEmptyReceives')];
const DELETED: Metric[] = [count('NumberOfMessagesDeleted')];
const DEDUPLICATED: Metric[] = [count('NumberOfDeduplicatedSentMessages')];

const dimensionsOf = (arn: string): Dimension[][] => [[{ Name: 'QueueName', Value: lastPart(arn) }]];

function subjectOf({ resource }: Fact): Subject {
  return { namespace, key: resource, place: placeOfArn(resource), dimensionSets: () => dimensionsOf(resource) };
}

function levelOf(state: CloudWatchState, { resource }: Fact, epochMs: number): Level {
  const known = state.levels.get(resource);
  if (known) return known;
  const level = createLevel(epochMs);
  state.levels.set(resource, level);
  const head = { place: placeOfArn(resource), namespace, dimensionSets: dimensionsOf(resource) };
  for (const [name, metricName] of Object.entries(LEVEL_METRICS)) {
    if (name === 'groups' && !resource.endsWith('.fifo')) continue;
    const unit = name === 'age' ? 'Seconds' : 'Count';
    openSeries(state, { ...head, metricName, unit }, `${name} ${resource}`);
  }
  return level;
}

export const observeSqs: Observer = (state, fact, epochMs) => {
  const { data, type, at } = fact;
  const level = levelOf(state, fact, epochMs);
  const messageId = data.messageId as string;
  const date = (moment: unknown) => epochMs - at + (moment as number);
  level.lastAt = epochMs;
  switch (type) {
    case 'sqs:MessageSent': {
      const group = typeof data.groupId === 'string' && fact.resource.endsWith('.fifo') ? { groupId: data.groupId } : {};
      const message = { sentAt: date(data.sentAt ?? at), visibleAt: date(data.visibleAt), receiveCount: 0, ...group };
      addMessage(level, messageId, message, epochMs);
      // What moves to a dead-letter queue by itself was not sent.
      if (data.deadLetterSource === undefined) measure(state, subjectOf(fact), 'sent', SENT, [1, sizeOf(data)], epochMs);
      return;
    }
    case 'sqs:MessageReceived':
      hideMessage(level, messageId, date(data.visibleAt), data.receiveCount as number, epochMs);
      measure(state, subjectOf(fact), 'received', RECEIVED, [1], epochMs);
      return;
    case 'sqs:ReceiveRepeated':
      for (const id of data.messageIds as string[]) hideMessage(level, id, date(data.visibleAt), null, epochMs);
      return;
    case 'sqs:MessageVisibilityChanged':
    case 'sqs:MessageMoveBegun':
      hideMessage(level, messageId, date(data.visibleAt), null, epochMs);
      return;
    case 'sqs:MessageDeleted':
      removeMessage(level, messageId, epochMs);
      measure(state, subjectOf(fact), 'deleted', DELETED, [1], epochMs);
      return;
    case 'sqs:MessageDeadLettered':
    case 'sqs:MessageExpired':
    case 'sqs:MessageMoved':
      removeMessage(level, messageId, epochMs);
      return;
    case 'sqs:MessageDeduplicated':
      measure(state, subjectOf(fact), 'deduplicated', DEDUPLICATED, [1], epochMs);
      return;
    case 'sqs:ReceiveEmpty':
      measure(state, subjectOf(fact), 'empty', EMPTY, [1], epochMs);
      return;
    case 'sqs:ReceiveEnded':
      if (data.messages === 0) measure(state, subjectOf(fact), 'empty', EMPTY, [1], epochMs);
      return;
    case 'sqs:QueuePurged':
    case 'sqs:QueueDeleted':
      removeAll(level, epochMs);
  }
};

const encoder = new TextEncoder();

function sizeOf(data: Fact['data']): number {
  return typeof data.bytes === 'number' ? data.bytes : encoder.encode(String(data.body ?? '')).length;
}
