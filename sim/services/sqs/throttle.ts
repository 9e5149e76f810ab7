// How many requests of one kind a FIFO queue takes in a second. A world asks for this limit; without it a queue takes all.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
// Simplified: a queue in high throughput mode has as many partitions as message groups, so each group has the limit of a partition; SQS adds partitions by load.
import { type ApiCall, clientFault, type Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Queue } from './queue';

/** Requests a second for each API action; a batch of ten is one request. */
const REQUESTS_MAX = 300;
const WINDOW_MS = 1000;

/** Counts a request. The fact that refuses says which limit was reached, and how full it was. */
export function throttle(queue: Readonly<Queue>, call: ApiCall, port: Port): { fault: Fault } | null {
  if (!queue.settings.isFifo) return null;
  const action = call.action.slice('sqs:'.length);
  const isByGroup = queue.settings.fifoThroughputLimit === 'perMessageGroupId';
  const scopes = isByGroup && action === 'SendMessage' ? groupsOf(call.input).map((group) => `${action} ${group}`) : [action];
  // A high-throughput queue is limited by its partitions, which only sends name.
  if (isByGroup && action !== 'SendMessage') return null;
  const second = Math.floor(port.now / WINDOW_MS);
  const full = scopes.find((scope) => {
    const window = queue.requests[scope];
    return window?.second === second && window.count >= REQUESTS_MAX;
  });
  if (full === undefined) {
    port.emit('sqs:RequestCounted', queue.arn, { scopes, second });
    return null;
  }
  port.emit('sqs:RequestThrottled', queue.arn, {
    action: call.action,
    limit: queue.settings.fifoThroughputLimit,
    scope: full,
    perSecond: REQUESTS_MAX,
    principal: call.principal.id,
  });
  return clientFault('RequestThrottled', 'Request is throttled.', 403);
}

function groupsOf(input: JsonObject): string[] {
  const entries = Array.isArray(input.Entries) ? (input.Entries as JsonObject[]) : [input];
  return [...new Set(entries.map(({ MessageGroupId }) => String(MessageGroupId ?? '')))];
}
