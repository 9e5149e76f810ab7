// The fold of message move tasks, the newest first. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html
import type { Fact } from '../../kernel/fact';
import type { MoveTask, SqsState } from './queue';

/** ListMessageMoveTasks shows ten at most. */
const TASKS_KEPT = 10;

export function applyMoveTask(state: SqsState, { type, resource, at, data }: Fact): void {
  if (type === 'sqs:MessageMoveTaskStarted') {
    const task = {
      taskHandle: data.taskHandle,
      sourceArn: resource,
      destinationArn: data.destinationArn,
      maxPerSecond: data.maxPerSecond,
      status: 'RUNNING',
      failureReason: null,
      startedAt: at,
      toMove: data.toMove,
      moved: 0,
      principal: data.principal,
    } as unknown as MoveTask;
    state.moves[resource] = [task, ...(state.moves[resource] ?? [])].slice(0, TASKS_KEPT);
    return;
  }
  const task = state.moves[resource]?.find(({ taskHandle }) => taskHandle === data.taskHandle);
  if (!task) return;
  if (type === 'sqs:MessageMoved') task.moved++;
  else if (type === 'sqs:MessageMoveTaskCancelling') task.status = 'CANCELLING';
  else if (type === 'sqs:MessageMoveTaskEnded') {
    task.status = data.status as MoveTask['status'];
    task.failureReason = data.failureReason as string | null;
  }
}
