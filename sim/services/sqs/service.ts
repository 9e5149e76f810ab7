// Amazon SQS: standard and FIFO queues. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/
import { formatArn, parseArn } from '../../kernel/arn';
import { clientFault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';
import { applySqs } from './apply';
import { continueWithKey, encrypted } from './encryption';
import { changeMessageVisibility, changeMessageVisibilityBatch, deleteMessage, deleteMessageBatch } from './in-flight';
import { finishMove, moveMessage } from './move-message';
import { cancelMessageMoveTask, listMessageMoveTasks, readTaskHandle, startMessageMoveTask } from './move-tasks';
import { addPermission, removePermission } from './permissions';
import type { QueueAction, SqsState } from './queue';
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
import { answerReceives, endReceive, receiveMessage, receiveOpened } from './receive';
import { sendMessage, sendMessageBatch } from './send';
import { expireMessage } from './store';
import { throttle } from './throttle';
import { endWatch, watchQueue } from './watch';

export interface SqsOptions {
  /** FIFO queues refuse what goes over their requests a second. Default: they take all. */
  hasRequestLimits?: boolean;
  /** How many messages of a queue can be in flight; AWS Support raises it on request. */
  inFlightMax?: number;
}

/**
 * Standard queues answer OverLimit to short polls at this limit, FIFO queues nothing. Read in November 2026.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-fifo.html
 */
const IN_FLIGHT_MAX = 120_000;

const send = oneOrBatch(sendMessage, sendMessageBatch);

/** Actions that every client may call, by the names that IAM has for them. */
const CLIENT_ACTIONS: Service<SqsState>['actions'] = {
  AddPermission: withQueue(addPermission),
  CancelMessageMoveTask: cancelMessageMoveTask,
  ChangeMessageVisibility: withQueue(oneOrBatch(changeMessageVisibility, changeMessageVisibilityBatch)),
  CreateQueue: createQueue,
  DeleteMessage: withQueue(oneOrBatch(deleteMessage, deleteMessageBatch)),
  DeleteQueue: withQueue(deleteQueue),
  GetQueueAttributes: withQueue(getQueueAttributes),
  GetQueueUrl: withQueue((queue) => ({ ok: { QueueUrl: queue.url } })),
  ListDeadLetterSourceQueues: withQueue(listDeadLetterSourceQueues),
  ListMessageMoveTasks: listMessageMoveTasks,
  ListQueues: listQueues,
  ListQueueTags: withQueue((queue) => ({ ok: { Tags: queue.tags } })),
  PurgeQueue: withQueue(purgeQueue),
  ReceiveMessage: withQueue(receiveMessage),
  RemovePermission: withQueue(removePermission),
  SendMessage: withQueue(encrypted('send', send)),
  SetQueueAttributes: withQueue(setQueueAttributes),
  StartMessageMoveTask: startMessageMoveTask,
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
  WatchQueue: withQueue(watchQueue),
  EndWatch: withQueue(endWatch),
  FinishMove: finishMove,
  MoveMessage: moveMessage,
  UseDataKey: continueWithKey({ 'sqs:ReceiveMessage': receiveOpened, 'sqs:SendMessage': send }),
};

/** What the limit of a FIFO queue counts. */
const LIMITED: ReadonlySet<string> = new Set(['ChangeMessageVisibility', 'DeleteMessage', 'ReceiveMessage', 'SendMessage']);

export function createSqs({ hasRequestLimits = false, inFlightMax = IN_FLIGHT_MAX }: SqsOptions = {}): Service<SqsState> {
  return {
    prefix: 'sqs',
    initial: () => ({ queues: {}, deleted: {}, moves: {}, inFlightMax }),
    actions: { ...(hasRequestLimits ? limited(CLIENT_ACTIONS) : CLIENT_ACTIONS), ...INTERNAL_ACTIONS },
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
    conditionKeys: (state, { resource }) => {
      const tags = Object.entries(state.queues[resource]?.tags ?? {});
      return Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
    },
    resourcePolicy: (state, arn) => state.queues[arn]?.settings.policy ?? null,
    exists: (state, arn) => state.queues[arn] !== undefined,
  };
}

function limited(actions: Service<SqsState>['actions']): Service<SqsState>['actions'] {
  const entries = Object.entries(actions).map(([name, action]): [string, typeof action] => {
    if (!LIMITED.has(name)) return [name, action];
    return [
      name,
      (state, call, port) => {
        const queue = state.queues[call.resource];
        return (queue && throttle(queue, call, port)) ?? action(state, call, port);
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** A queue's URL names its Region, account and queue; a bare name is one of the caller's own. */
function placeOf(input: JsonObject, { account, region }: { account: string; region: string }) {
  const source = parseArn(String(input.SourceArn ?? readTaskHandle(input.TaskHandle)?.sourceArn ?? ''));
  if (source) return { region: source.region, account: source.account, resource: source.resource };
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
