// When each message of a queue can be received: a binary heap in plain data. An entry counts as long as its message has that time.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
import type { Ms } from '../../kernel/time';

export interface Due {
  at: Ms;
  order: number;
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

export function addDue(heap: Due[], due: Due): void {
  let i = heap.length;
  heap.push(due);
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent] as Due;
    if (!isBefore(due, above)) break;
    heap[i] = above;
    i = parent;
  }
  heap[i] = due;
}

/** Takes entries off the front that no longer count. */
export function dropStale(heap: Due[], counts: (due: Due) => boolean): void {
  for (let first = heap[0]; first && !counts(first); first = heap[0]) {
    const last = heap.pop() as Due;
    if (heap.length > 0) sink(heap, last);
  }
}

function sink(heap: Due[], due: Due): void {
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    const right = heap[child + 1];
    if (right && isBefore(right, heap[child] as Due)) child++;
    const below = heap[child];
    if (!below || !isBefore(below, due)) break;
    heap[i] = below;
    i = child;
  }
  heap[i] = due;
}

/** Entries in order of time, without changing the heap: cost grows with how many are looked at, not with the heap. */
export function* inOrder(heap: readonly Due[]): Generator<Due> {
  const frontier: (Due & { index: number })[] = [];
  const open = (index: number) => {
    const due = heap[index];
    if (due) frontier.push({ ...due, index });
  };
  open(0);
  while (frontier.length > 0) {
    let best = 0;
    for (let i = 1; i < frontier.length; i++) if (isBefore(frontier[i] as Due, frontier[best] as Due)) best = i;
    const [next] = frontier.splice(best, 1) as [Due & { index: number }];
    yield { at: next.at, order: next.order };
    open(2 * next.index + 1);
    open(2 * next.index + 2);
  }
}
