// The fold: what each fact of SQS does to the queues.
import type { Fact } from '../../kernel/fact';
import type { Message, Queue, SqsState } from './queue';

export function applySqs(state: SqsState, fact: Fact): void {
  const { data } = fact;
  if (fact.type === 'sqs:QueueCreated') {
    const settings = data.settings as unknown as Queue['settings'];
    state.queues[fact.resource] = { arn: fact.resource, url: data.url as string, settings, createdAt: fact.at, messages: [] };
    return;
  }
  const queue = state.queues[fact.resource];
  if (!queue) return;
  const messageId = data.messageId as string;
  const message = queue.messages.find((candidate) => candidate.messageId === messageId);
  switch (fact.type) {
    case 'sqs:MessageSent':
      queue.messages.push({
        messageId,
        body: data.body as string,
        attributes: data.attributes as unknown as Message['attributes'],
        senderId: data.senderId as string,
        sentAt: fact.at,
        visibleAt: data.visibleAt as number,
        receiveCount: 0,
        firstReceivedAt: null,
        receiptHandle: null,
      });
      break;
    case 'sqs:MessageReceived':
      if (!message) break;
      message.receiveCount = data.receiveCount as number;
      message.receiptHandle = data.receiptHandle as string;
      message.visibleAt = data.visibleAt as number;
      message.firstReceivedAt ??= fact.at;
      break;
    case 'sqs:MessageVisibilityChanged':
      if (message) message.visibleAt = data.visibleAt as number;
      break;
    case 'sqs:MessageDeleted':
    case 'sqs:MessageDeadLettered':
    case 'sqs:MessageExpired':
      queue.messages = queue.messages.filter((candidate) => candidate !== message);
      break;
    case 'sqs:QueuePurged':
      queue.messages = [];
      break;
  }
}
