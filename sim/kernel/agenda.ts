// What is still to happen: a binary heap of calls by time, first in first out among equals. Plain data, no closures.
import type { ApiCall } from './call';
import type { Ms } from './time';

export interface AgendaEntry {
  at: Ms;
  /** Order of arrival: breaks ties. */
  order: number;
  call: ApiCall;
  /** Housekeeping: does not keep a world from being idle. */
  background: boolean;
  /** By which it can be cancelled. */
  key: string | undefined;
  cancelled: boolean;
}

function isBefore(a: AgendaEntry, b: AgendaEntry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

export class Agenda {
  private readonly heap: AgendaEntry[] = [];
  private readonly byKey = new Map<string, AgendaEntry>();
  private arrivals = 0;
  private foreground = 0;

  /** Calls waiting, cancelled ones that have not come up yet included. */
  get size(): number {
    return this.heap.length;
  }

  /** True when only housekeeping is left. */
  get isIdle(): boolean {
    return this.foreground === 0;
  }

  /** A second entry under the same key replaces the first. */
  add(at: Ms, call: ApiCall, background: boolean, key?: string): void {
    const entry: AgendaEntry = { at, order: this.arrivals++, call, background, key, cancelled: false };
    if (key !== undefined) {
      this.cancel(key);
      this.byKey.set(key, entry);
    }
    if (!background) this.foreground++;
    const heap = this.heap;
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent] as AgendaEntry;
      if (!isBefore(entry, above)) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = entry;
  }

  /** True when there was such a call and it had not happened yet. */
  cancel(key: string): boolean {
    const entry = this.byKey.get(key);
    if (!entry) return false;
    this.byKey.delete(key);
    entry.cancelled = true;
    if (!entry.background) this.foreground--;
    return true;
  }

  peek(): AgendaEntry | undefined {
    while (this.heap[0]?.cancelled) this.removeFirst();
    return this.heap[0];
  }

  take(): AgendaEntry | undefined {
    const first = this.peek();
    if (!first) return undefined;
    this.removeFirst();
    if (first.key !== undefined) this.byKey.delete(first.key);
    if (!first.background) this.foreground--;
    return first;
  }

  private removeFirst(): void {
    const heap = this.heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right && isBefore(right, heap[child] as AgendaEntry)) child++;
      const below = heap[child] as AgendaEntry;
      if (isBefore(last, below)) break;
      heap[i] = below;
      i = child;
    }
    heap[i] = last;
  }

  /** The pending calls in the order in which they will happen. */
  list(): AgendaEntry[] {
    return this.heap.filter((entry) => !entry.cancelled).sort((a, b) => a.at - b.at || a.order - b.order);
  }
}
