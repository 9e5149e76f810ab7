// Message move tasks: a dead-letter queue is emptied into the queues that its messages came from, or into another one. EDA-X06
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
import { type Arn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { MoveTask, Queue, SqsState } from './queue';

type Refusal = { fault: Fault };

const RATE_MAX = 500;
const TASKS_SHOWN_MAX = 10;

export function startMessageMoveTask(state: Readonly<SqsState>, call: ApiCall, port: Port): Reply {
  const { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: rate } = call.input;
  const source = queueNamed(state, SourceArn, 'SourceArn');
  if ('fault' in source) return source;
  const { arn, settings } = source.queue;
  const isDeadLetterQueue = Object.values(state.queues).some((queue) => queue.settings.redrive?.deadLetterTargetArn === arn);
  if (!isDeadLetterQueue) return invalid('Source queue must be configured as a Dead Letter Queue.');
  const refusal = checkDestination(state, arn, settings.isFifo, DestinationArn) ?? checkRate(rate);
  if (refusal) return refusal;
  if ((state.moves[arn] ?? []).some(isActive)) {
    return invalid('There is already a task running. Only one active task is allowed for a source queue arn at a given time.');
  }
  const taskHandle = btoa(JSON.stringify({ taskId: port.uuid(), sourceArn: arn }));
  port.emit('sqs:MessageMoveTaskStarted', arn, {
    taskHandle,
    destinationArn: DestinationArn ?? null,
    maxPerSecond: rate ?? null,
    toMove: source.queue.messages.filter(({ visibleAt }) => visibleAt <= port.now).length,
    principal: { ...call.principal } as unknown as JsonObject,
  });
  planNext(state.moves[arn]?.[0] as MoveTask, port);
  return { ok: { TaskHandle: taskHandle } };
}

export function isActive({ status }: MoveTask): boolean {
  return status === 'RUNNING' || status === 'CANCELLING';
}

/** Simplified: without a rate of its own a task moves 500 messages a second; SQS finds a rate by the backlog. */
export function planNext({ taskHandle, sourceArn, maxPerSecond }: MoveTask, port: Port): void {
  const intervalMs = 1000 / (maxPerSecond ?? RATE_MAX);
  port.call({ action: 'sqs:MoveMessage', resource: sourceArn, input: { taskHandle }, key: `sqs:move ${taskHandle}` }, intervalMs);
}

export function cancelMessageMoveTask(state: Readonly<SqsState>, call: ApiCall, port: Port): Reply {
  const handle = readTaskHandle(call.input.TaskHandle);
  if (call.input.TaskHandle === undefined) return clientFault('MissingParameter', 'The request must contain the parameter TaskHandle.');
  if (handle === null) return invalid('Value for parameter TaskHandle is invalid.');
  const source = queueNamed(state, handle.sourceArn, 'SourceArn');
  if ('fault' in source) return source;
  const task = taskOf(state, handle.sourceArn, call.input.TaskHandle);
  if (!task) return clientFault('ResourceNotFoundException', 'Task does not exist.', 404);
  if (task.status !== 'RUNNING') {
    return clientFault('AWS.SimpleQueueService.UnsupportedOperation', 'Only active tasks can be cancelled.');
  }
  port.emit('sqs:MessageMoveTaskCancelling', task.sourceArn, { taskHandle: task.taskHandle });
  port.call({
    action: 'sqs:MoveMessage',
    resource: task.sourceArn,
    input: { taskHandle: task.taskHandle },
    key: `sqs:move ${task.taskHandle}`,
  });
  return { ok: { ApproximateNumberOfMessagesMoved: task.moved } };
}

export function listMessageMoveTasks(state: Readonly<SqsState>, call: ApiCall, port: Port): Reply {
  const { SourceArn, MaxResults: max = 1 } = call.input;
  const source = queueNamed(state, SourceArn, 'SourceArn');
  if ('fault' in source) return source;
  if (typeof max !== 'number' || !Number.isInteger(max) || max < 1 || max > TASKS_SHOWN_MAX) {
    return invalid(`Value for parameter MaxResults is invalid. Reason: You must enter a number that's between 1 and ${TASKS_SHOWN_MAX}.`);
  }
  const tasks = (state.moves[source.queue.arn] ?? []).slice(0, max);
  return { ok: { Results: tasks.map((task) => shown(task, port)) } };
}

/** The handle belongs to running tasks alone. */
function shown(task: MoveTask, port: Port): JsonObject {
  return {
    ...(task.status === 'RUNNING' ? { TaskHandle: task.taskHandle } : {}),
    Status: task.status,
    SourceArn: task.sourceArn,
    ...(task.destinationArn === null ? {} : { DestinationArn: task.destinationArn }),
    ...(task.maxPerSecond === null ? {} : { MaxNumberOfMessagesPerSecond: task.maxPerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failureReason === null ? {} : { FailureReason: task.failureReason }),
    StartedTimestamp: Math.floor(port.epochMs - port.now + task.startedAt),
  };
}

export function taskOf(state: Readonly<SqsState>, source: Arn, taskHandle: Json | undefined): MoveTask | undefined {
  return state.moves[source]?.find((task) => task.taskHandle === taskHandle);
}

/** A handle is JSON in base64: `{"taskId": "…", "sourceArn": "…"}`. */
export function readTaskHandle(handle: Json | undefined): { sourceArn: string } | null {
  if (typeof handle !== 'string') return null;
  try {
    const { taskId, sourceArn } = JSON.parse(atob(handle)) as JsonObject;
    return typeof taskId === 'string' && typeof sourceArn === 'string' ? { sourceArn } : null;
  } catch {
    return null;
  }
}

function invalid(message: string): Refusal {
  return clientFault('InvalidParameterValue', message);
}

function queueNamed(state: Readonly<SqsState>, arn: Json | undefined, member: string): { queue: Queue } | Refusal {
  if (arn === undefined || arn === null) return clientFault('MissingParameter', `The request must contain the parameter ${member}.`);
  const parts = typeof arn === 'string' ? parseArn(arn) : null;
  if (parts?.service !== 'sqs' || parts.resource === '') {
    return invalid(`You must use this format to specify the ${member}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`);
  }
  const queue = state.queues[arn as string];
  if (queue) return { queue };
  return clientFault('ResourceNotFoundException', `The resource that you specified for the ${member} parameter doesn't exist.`, 404);
}

function checkDestination(state: Readonly<SqsState>, source: Arn, isFifo: boolean, arn: Json | undefined): Refusal | null {
  if (arn === undefined || arn === null) return null;
  if (arn === source) return invalid('Source queue arn and destination queue arn cannot be the same.');
  const destination = queueNamed(state, arn, 'DestinationArn');
  if ('fault' in destination) return destination;
  if (destination.queue.settings.isFifo === isFifo) return null;
  return invalid('The source queue and destination queue must be of the same queue type.');
}

function checkRate(rate: Json | undefined): Refusal | null {
  if (rate === undefined || rate === null) return null;
  if (typeof rate === 'number' && Number.isInteger(rate) && rate >= 1 && rate <= RATE_MAX) return null;
  return invalid(
    `Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a number that's between 1 and ${RATE_MAX}.`,
  );
}
