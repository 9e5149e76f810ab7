// A watch: a service that polls a queue for somebody, such as Lambda for an event source mapping, is told when to receive.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
// Simplified: one watch stands for the long polls of 20 s that such a service renews without end while an SQS queue is empty.
import { type ApiCall, type Continuation, clientFault, type Reply } from '../../kernel/call';
import type { Json } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Queue } from './queue';
import { nextReceivableAt } from './receivable';
import { wake, wakeAgain } from './store';

/** Answers when something can be received. `again`: the caller just tried, so what is visible now cannot be received yet. */
export function watchQueue(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  const { watchId, again } = call.input as { watchId: string; again?: boolean };
  const at = nextReceivableAt(queue);
  if (!again && at !== null && at <= port.now) return { ok: {} };
  port.emit('sqs:WatchStarted', queue.arn, { watchId, replyTo: (call.replyTo ?? null) as unknown as Json });
  if (again) wakeAgain(queue, port);
  else wake(queue, port);
  return { later: true };
}

/** The watcher stops: its watch is answered, and it receives nothing more. */
export function endWatch(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  const watch = queue.watches.find(({ watchId }) => watchId === call.input.watchId);
  if (watch) answer(queue, watch.watchId, watch.replyTo, { ok: {} }, port);
  return { ok: {} };
}

/** Something may be there: everybody who watches comes and looks. */
export function answerWatches(queue: Readonly<Queue>, port: Port): void {
  const at = queue.watches.length > 0 ? nextReceivableAt(queue) : null;
  if (at === null || at > port.now) return;
  for (const { watchId, replyTo } of [...queue.watches]) answer(queue, watchId, replyTo, { ok: {} }, port);
}

export function breakWatches(queue: Readonly<Queue>, port: Port): void {
  const gone = clientFault('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.');
  for (const { watchId, replyTo } of [...queue.watches]) answer(queue, watchId, replyTo, gone, port);
}

function answer(
  queue: Readonly<Queue>,
  watchId: string,
  replyTo: Continuation | null,
  reply: { ok: Json } | ReturnType<typeof clientFault>,
  port: Port,
): void {
  port.emit('sqs:WatchEnded', queue.arn, { watchId });
  port.reply(replyTo ?? undefined, reply);
}
