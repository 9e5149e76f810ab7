// One step of a message move task: the next visible message is sent on as a new message, then taken out of its queue.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { toMicroseconds } from '../../kernel/time';
import { isActive, planNext, taskOf } from './move-tasks';
import { type Message, type MoveTask, messageOfId, type Queue, type SqsState } from './queue';
import { nextReceivable } from './receivable';
import { wasSentLately } from './send';
import { wake } from './store';

/** How long a message stays hidden while it is sent on: the answer comes in the same moment. */
const HIDDEN_MS = 30_000;
const NO_QUEUE = 'AWS.SimpleQueueService.NonExistentQueue';

export function moveMessage(state: Readonly<SqsState>, call: ApiCall, port: Port): Reply {
  const task = taskOf(state, call.resource, call.input.taskHandle);
  if (!task || !isActive(task)) return { ok: {} };
  const queue = state.queues[task.sourceArn];
  if (task.status === 'CANCELLING') return end(task, 'CANCELLED', null, port);
  if (!queue) return end(task, 'FAILED', NO_QUEUE, port);
  const message = task.moved < task.toMove ? nextReceivable(queue, port.now, new Set()) : null;
  if (!message) return end(task, 'COMPLETED', null, port);
  const destinationArn = task.destinationArn ?? message.deadLetterSource;
  if (destinationArn === null) return end(task, 'FAILED', 'CouldNotDetermineMessageSource', port);
  const destination = state.queues[destinationArn];
  if (!destination) return end(task, 'FAILED', NO_QUEUE, port);
  const { taskHandle } = task;
  const { messageId } = message;
  port.emit('sqs:MessageMoveBegun', queue.arn, { taskHandle, messageId, destinationArn, visibleAt: toMicroseconds(port.now + HIDDEN_MS) });
  port.call({
    action: 'sqs:SendMessage',
    resource: destinationArn,
    input: sentOn(message, destination, port),
    principal: task.principal,
    replyTo: { to: 'call', action: 'sqs:FinishMove', resource: queue.arn, input: { taskHandle, messageId, destinationArn } },
  });
  return { ok: {} };
}

/**
 * A redriven message is a new one: another id, retention from the beginning.
 * Simplified: where an SQS FIFO queue still knows the message's deduplication id, its message id stands in for it, so that it is not lost.
 */
function sentOn(message: Message, destination: Readonly<Queue>, port: Port): JsonObject {
  const { groupId, deduplicationId } = message;
  const isKnown = groupId !== null && deduplicationId !== null && wasSentLately(destination, groupId, deduplicationId, port);
  return {
    QueueUrl: destination.url,
    MessageBody: message.body,
    MessageAttributes: { ...message.attributes } as unknown as JsonObject,
    MessageSystemAttributes: { ...message.systemAttributes } as unknown as JsonObject,
    ...(groupId === null ? {} : { MessageGroupId: groupId }),
    ...(deduplicationId === null ? {} : { MessageDeduplicationId: isKnown ? message.messageId : deduplicationId }),
  };
}

export function finishMove(state: Readonly<SqsState>, call: ApiCall, port: Port): Reply {
  const { taskHandle, messageId, destinationArn, reply } = call.input as unknown as {
    taskHandle: string;
    messageId: string;
    destinationArn: string;
    reply: { ok?: JsonObject; fault?: Fault };
  };
  const task = taskOf(state, call.resource, taskHandle);
  const queue = state.queues[call.resource];
  if (!task || !isActive(task)) return { ok: {} };
  if (!queue) return end(task, 'FAILED', NO_QUEUE, port);
  const isStillThere = messageOfId(queue, messageId) !== null;
  if (reply.fault) {
    if (isStillThere) port.emit('sqs:MessageVisibilityChanged', queue.arn, { messageId, visibleAt: port.now });
    wake(queue, port);
    return end(task, 'FAILED', reply.fault.code, port);
  }
  const movedAs = String(reply.ok?.MessageId ?? '');
  port.emit('sqs:MessageMoved', queue.arn, { taskHandle, messageId, destinationArn, movedAs });
  wake(queue, port);
  if (task.status === 'CANCELLING') return end(task, 'CANCELLED', null, port);
  if (task.moved >= task.toMove) return end(task, 'COMPLETED', null, port);
  planNext(task, port);
  return { ok: {} };
}

function end(task: MoveTask, status: MoveTask['status'], failureReason: string | null, port: Port): Reply {
  const { taskHandle, sourceArn, moved, toMove } = task;
  port.emit('sqs:MessageMoveTaskEnded', sourceArn, { taskHandle, status, failureReason, moved, toMove });
  return { ok: {} };
}
