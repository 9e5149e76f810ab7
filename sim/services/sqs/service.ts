// Amazon SQS: standard and FIFO queues. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/
import { formatArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port, Service } from '../../kernel/service';
import { applySqs } from './apply';
import { changeMessageVisibility, changeMessageVisibilityBatch, deleteMessage, deleteMessageBatch } from './in-flight';
import type { Queue, SqsState } from './queue';
import {
  createQueue,
  deleteQueue,
  getQueueAttributes,
  listDeadLetterSourceQueues,
  listQueues,
  purgeQueue,
  queueUrl,
  setQueueAttributes,
  tagQueue,
  untagQueue,
} from './queues';
import { answerReceives, endReceive, receiveMessage } from './receive';
import { sendMessage, sendMessageBatch } from './send';
import { expireMessage } from './store';

type QueueAction = (queue: Readonly<Queue>, call: ApiCall, port: Port, state: Readonly<SqsState>) => Reply;

/** Actions that every client may call, by the names that IAM has for them. */
const CLIENT_ACTIONS: Service<SqsState>['actions'] = {
  ChangeMessageVisibility: withQueue(oneOrBatch(changeMessageVisibility, changeMessageVisibilityBatch)),
  CreateQueue: createQueue,
  DeleteMessage: withQueue(oneOrBatch(deleteMessage, deleteMessageBatch)),
  DeleteQueue: withQueue(deleteQueue),
  GetQueueAttributes: withQueue(getQueueAttributes),
  GetQueueUrl: withQueue((queue) => ({ ok: { QueueUrl: queue.url } })),
  ListDeadLetterSourceQueues: withQueue(listDeadLetterSourceQueues),
  ListQueues: listQueues,
  ListQueueTags: withQueue((queue) => ({ ok: { Tags: queue.tags } })),
  PurgeQueue: withQueue(purgeQueue),
  ReceiveMessage: withQueue(receiveMessage),
  SendMessage: withQueue(oneOrBatch(sendMessage, sendMessageBatch)),
  SetQueueAttributes: withQueue(setQueueAttributes),
  TagQueue: withQueue(tagQueue),
  UntagQueue: withQueue(untagQueue),
};

/** Batches are allowed and refused under the name of the single operation. */
const BATCHES: Record<string, string> = {
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
  DeleteMessageBatch: 'DeleteMessage',
  SendMessageBatch: 'SendMessage',
};

const INTERNAL_ACTIONS: Service<SqsState>['actions'] = {
  AnswerReceives: withQueue(answerReceives),
  EndReceive: withQueue(endReceive),
  ExpireMessage: withQueue(expireMessage),
};

export function createSqs(): Service<SqsState> {
  return {
    prefix: 'sqs',
    initial: () => ({ queues: {}, deleted: {} }),
    actions: { ...CLIENT_ACTIONS, ...INTERNAL_ACTIONS },
    internal: new Set(Object.keys(INTERNAL_ACTIONS)),
    apply: applySqs,
    route: (operation, input, where) => {
      const action = BATCHES[operation] ?? operation;
      if (!Object.hasOwn(CLIENT_ACTIONS, action)) return null;
      return { action: `sqs:${action}`, resource: formatArn({ service: 'sqs', ...placeOf(input, where) }) };
    },
    accepts: (target, { body, attributes = {} }) => ({
      action: 'sqs:SendMessage',
      input: { QueueUrl: queueUrl(target), MessageBody: body, MessageAttributes: attributes },
    }),
    resourcePolicy: (state, arn) => state.queues[arn]?.settings.policy ?? null,
  };
}

/** A queue's URL names its Region, account and queue; a bare name is one of the caller's own. */
function placeOf(input: JsonObject, { account, region }: { account: string; region: string }) {
  if (typeof input.QueueUrl !== 'string') {
    const owner = typeof input.QueueOwnerAWSAccountId === 'string' ? input.QueueOwnerAWSAccountId : account;
    return { region, account: owner, resource: String(input.QueueName ?? '*') };
  }
  const parts = /^https?:\/\/(?:sqs\.([a-z0-9-]+)\.amazonaws\.com)?[^/]*\/(\d{12})\/([^/]+)$/.exec(input.QueueUrl);
  const resource = parts?.[3] ?? input.QueueUrl.slice(input.QueueUrl.lastIndexOf('/') + 1);
  return { region: parts?.[1] ?? region, account: parts?.[2] ?? account, resource };
}

function oneOrBatch(one: QueueAction, batch: QueueAction): QueueAction {
  return (queue, call, port, state) => (call.input.Entries === undefined ? one : batch)(queue, call, port, state);
}

function withQueue(action: QueueAction): Service<SqsState>['actions'][string] {
  return (state, call, port) => {
    const queue = state.queues[call.resource];
    if (!queue) return clientFault('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.');
    return action(queue, call, port, state);
  };
}
