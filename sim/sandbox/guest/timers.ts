// Timers and next-tick callbacks. The host decides when a timer fires; an environment that is frozen keeps them.
// https://nodejs.org/api/timers.html

import { wrongArgument } from './errors';
import { apply, defineGlobal, host } from './host';
import { nextId } from './ids';

interface TimerEntry {
  callback: (...args: unknown[]) => void;
  args: unknown[];
  /** Delay between two calls of an interval; 0 for a timer that fires once. */
  repeatMs: number;
  isRef: boolean;
  handle: Timeout;
}

const PENDING_TIMERS_MAX = 5000;
const LONGEST_DELAY_MS = 2 ** 31 - 1;
const pending = new Map<number, TimerEntry>();
const ticks: { callback: (...args: unknown[]) => void; args: unknown[] }[] = [];

/** What `setTimeout` returns in Node.js. */
export class Timeout {
  constructor(readonly id: number) {}
  ref(): this {
    return this.setRef(true);
  }
  unref(): this {
    return this.setRef(false);
  }
  hasRef(): boolean {
    return pending.get(this.id)?.isRef ?? false;
  }
  refresh(): this {
    return this;
  }
  close(): this {
    clear(this);
    return this;
  }
  [Symbol.toPrimitive](): number {
    return this.id;
  }
  private setRef(isRef: boolean): this {
    const entry = pending.get(this.id);
    if (entry) entry.isRef = isRef;
    return this;
  }
}

function start(callback: unknown, delayMs: number, repeats: boolean, args: unknown[]): Timeout {
  if (typeof callback !== 'function') {
    throw wrongArgument('callback', 'of type function', callback);
  }
  if (pending.size >= PENDING_TIMERS_MAX)
    throw new RangeError(`More than ${PENDING_TIMERS_MAX} timers are pending: a limit of this simulator`);
  const id = nextId();
  const handle = new Timeout(id);
  const repeatMs = repeats ? delayMs : 0;
  pending.set(id, { callback: callback as TimerEntry['callback'], args, repeatMs, isRef: true, handle });
  host.timerSet(id, delayMs);
  return handle;
}

function clampDelay(delay: unknown): number {
  const ms = Number(delay);
  return ms >= 1 && ms <= LONGEST_DELAY_MS ? Math.trunc(ms) : 1;
}

function clear(handle: unknown): void {
  const id = handle instanceof Timeout ? handle.id : Number(handle);
  if (pending.delete(id)) host.timerCleared(id);
}

export const setTimeout = (callback: unknown, delay?: unknown, ...args: unknown[]) => start(callback, clampDelay(delay), false, args);
export const setInterval = (callback: unknown, delay?: unknown, ...args: unknown[]) => start(callback, clampDelay(delay), true, args);
export const setImmediate = (callback: unknown, ...args: unknown[]) => start(callback, 0, false, args);

/** Entry point of the host. A timer cleared in the meantime does nothing. */
export function fireTimer(id: number): void {
  const entry = pending.get(id);
  if (!entry) return;
  if (entry.repeatMs > 0) host.timerSet(id, entry.repeatMs);
  else pending.delete(id);
  apply(entry.callback, entry.handle, entry.args);
}

/** Whether a timer keeps the process alive. */
export function hasActiveTimers(): boolean {
  for (const entry of pending.values()) if (entry.isRef) return true;
  return false;
}

export function nextTick(callback: unknown, ...args: unknown[]): void {
  if (typeof callback !== 'function') throw wrongArgument('callback', 'of type function', callback);
  ticks.push({ callback: callback as TimerEntry['callback'], args });
}

/** Runs what was queued with `process.nextTick`, and what that queues. Returns how many ran. */
export function runTicks(): number {
  let ran = 0;
  for (let tick = ticks.shift(); tick; tick = ticks.shift()) {
    ran++;
    apply(tick.callback, undefined, tick.args);
  }
  return ran;
}

export function sleep<T>(delayMs?: number, value?: T, options: { signal?: AbortSignal } = {}): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(() => resolve(value), delayMs);
    signal?.addEventListener('abort', () => {
      clear(timer);
      reject(signal.reason);
    });
  });
}

export const timersModule = {
  setTimeout,
  setInterval,
  setImmediate,
  clearTimeout: clear,
  clearInterval: clear,
  clearImmediate: clear,
};

async function* everyInterval<T>(delayMs?: number, value?: T) {
  for (;;) yield await sleep(delayMs, value);
}

export const timersPromisesModule = {
  setTimeout: sleep,
  setImmediate: <T>(value?: T) => new Promise((resolve) => setImmediate(() => resolve(value))),
  setInterval: everyInterval,
  scheduler: { wait: (delayMs: number) => sleep(delayMs), yield: () => new Promise<void>((resolve) => setImmediate(() => resolve())) },
};

export function installTimers(): void {
  for (const [name, value] of Object.entries(timersModule)) defineGlobal(name, value);
}
