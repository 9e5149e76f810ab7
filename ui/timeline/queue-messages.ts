// What each SQS queue holds at the cursor: a fold over the facts of its messages.

import type { Arn } from '@/sim/kernel/arn';
import type { Fact } from '@/sim/kernel/fact';

export interface QueueMessage {
  messageId: string;
  body: string;
  attributes: { name: string; type: string; value: string }[];
  sentAt: number;
  fact: number;
}

export interface QueueContent {
  queue: Arn;
  messages: QueueMessage[];
}

const GONE = new Set(['sqs:MessageDeleted', 'sqs:MessageExpired', 'sqs:MessageDeadLettered', 'sqs:MessageMoved']);

export function queuesAt(facts: readonly Fact[], cursor: number): QueueContent[] {
  const queues = new Map<Arn, Map<string, QueueMessage>>();
  for (const fact of facts) {
    if (fact.seq > cursor) break;
    if (!fact.type.startsWith('sqs:')) continue;
    const messages = queues.get(fact.resource) ?? new Map<string, QueueMessage>();
    queues.set(fact.resource, messages);
    const id = String(fact.data.messageId);
    if (fact.type === 'sqs:MessageSent') messages.set(id, messageOf(fact, id));
    else if (GONE.has(fact.type)) messages.delete(id);
    else if (fact.type === 'sqs:QueuePurged') messages.clear();
  }
  return [...queues].map(([queue, messages]) => ({ queue, messages: [...messages.values()] }));
}

function messageOf(fact: Fact, messageId: string): QueueMessage {
  const raw = (fact.data.attributes ?? {}) as Record<string, { DataType: string; StringValue: string }>;
  const attributes = Object.entries(raw).map(([name, value]) => ({ name, type: value.DataType, value: value.StringValue }));
  return { messageId, body: String(fact.data.body), attributes, sentAt: fact.at, fact: fact.seq };
}
