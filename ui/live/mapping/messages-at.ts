// Where each message is at the cursor: waiting, invisible, done, or in the dead-letter queue. A fold over the facts of SQS.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
import type { Fact } from '@/sim/kernel/fact';
import type { Ms } from '@/sim/kernel/time';

export type Place = 'visible' | 'in-flight' | 'deleted' | 'dead-letter' | 'expired';

export interface TrackedMessage {
  messageId: string;
  body: string;
  receiveCount: number;
  place: Place;
  /** While in flight: when it comes back unless it is deleted. */
  visibleAt: Ms;
  /** The latest fact about it. */
  fact: number;
}

export interface QueueNow {
  messages: TrackedMessage[];
  visible: number;
  inFlight: number;
  deleted: number;
  deadLetters: number;
}

export function messagesAt(facts: readonly Fact[], cursor: number): QueueNow {
  const messages = new Map<string, TrackedMessage>();
  const now = facts[cursor]?.at ?? 0;
  for (const fact of facts) {
    if (fact.seq > cursor) break;
    if (!fact.type.startsWith('sqs:')) continue;
    const id = String(fact.data.messageId);
    if (fact.type === 'sqs:MessageSent' && !fact.data.deadLetterSource) {
      const body = String(fact.data.body);
      messages.set(id, { messageId: id, body, receiveCount: 0, place: 'visible', visibleAt: fact.at, fact: fact.seq });
      continue;
    }
    const message = messages.get(id);
    if (message) follow(message, fact);
  }
  const all = [...messages.values()];
  for (const message of all) if (message.place === 'in-flight' && message.visibleAt <= now) message.place = 'visible';
  const count = (place: Place) => all.filter((message) => message.place === place).length;
  return {
    messages: all,
    visible: count('visible'),
    inFlight: count('in-flight'),
    deleted: count('deleted'),
    deadLetters: count('dead-letter'),
  };
}

function follow(message: TrackedMessage, fact: Fact): void {
  switch (fact.type) {
    case 'sqs:MessageReceived':
      message.receiveCount = Number(fact.data.receiveCount);
      message.visibleAt = Number(fact.data.visibleAt);
      message.place = 'in-flight';
      break;
    case 'sqs:MessageVisibilityChanged':
      message.visibleAt = Number(fact.data.visibleAt);
      message.place = 'in-flight';
      break;
    case 'sqs:MessageDeleted':
      message.place = 'deleted';
      break;
    case 'sqs:MessageDeadLettered':
      message.place = 'dead-letter';
      break;
    case 'sqs:MessageExpired':
      message.place = 'expired';
      break;
    default:
      return;
  }
  message.fact = fact.seq;
}
