// Events and cancellation. https://dom.spec.whatwg.org/#interface-AbortController
import { setTimeout } from './timers';

type Listener = ((event: GuestEvent) => void) | { handleEvent(event: GuestEvent): void };

export class GuestEvent {
  defaultPrevented = false;
  target: unknown = null;
  constructor(
    readonly type: string,
    readonly options: { cancelable?: boolean } = {},
  ) {}
  preventDefault(): void {
    this.defaultPrevented = Boolean(this.options.cancelable);
  }
}

export class GuestEventTarget {
  #listeners: { type: string; listener: Listener; once: boolean }[] = [];
  addEventListener(type: string, listener: Listener | null, options?: boolean | { once?: boolean }): void {
    if (!listener || this.#listeners.some((known) => known.type === type && known.listener === listener)) return;
    this.#listeners.push({ type, listener, once: typeof options === 'object' && Boolean(options.once) });
  }
  removeEventListener(type: string, listener: Listener | null): void {
    this.#listeners = this.#listeners.filter((known) => known.type !== type || known.listener !== listener);
  }
  dispatchEvent(event: GuestEvent): boolean {
    event.target = this;
    for (const known of [...this.#listeners]) {
      if (known.type !== event.type) continue;
      if (known.once) this.removeEventListener(known.type, known.listener);
      if (typeof known.listener === 'function') known.listener.call(this, event);
      else known.listener.handleEvent(event);
    }
    return !event.defaultPrevented;
  }
}

export class GuestDOMException extends Error {
  constructor(message = '', name: string | { name?: string; cause?: unknown } = 'Error') {
    super(message);
    const given = typeof name === 'string' ? { name } : name;
    Object.defineProperty(this, 'name', { value: given.name ?? 'Error', configurable: true });
    if (typeof name === 'object' && 'cause' in name) this.cause = name.cause;
  }
  get code(): number {
    return { AbortError: 20, TimeoutError: 23, DataCloneError: 25, InvalidCharacterError: 5 }[this.name] ?? 0;
  }
}

export class GuestAbortSignal extends GuestEventTarget {
  aborted = false;
  reason: unknown = undefined;
  onabort: ((event: GuestEvent) => void) | null = null;

  static abort(reason: unknown = new GuestDOMException('This operation was aborted', 'AbortError')): GuestAbortSignal {
    const signal = new GuestAbortSignal();
    abortSignal(signal, reason);
    return signal;
  }
  static timeout(delayMs: number): GuestAbortSignal {
    const signal = new GuestAbortSignal();
    const reason = new GuestDOMException('The operation was aborted due to timeout', 'TimeoutError');
    setTimeout(() => abortSignal(signal, reason), delayMs).unref();
    return signal;
  }
  static any(signals: Iterable<GuestAbortSignal>): GuestAbortSignal {
    const joined = new GuestAbortSignal();
    for (const signal of signals) {
      if (signal.aborted) abortSignal(joined, signal.reason);
      else signal.addEventListener('abort', () => abortSignal(joined, signal.reason));
    }
    return joined;
  }
  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }
}

function abortSignal(signal: GuestAbortSignal, reason: unknown): void {
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason;
  const event = new GuestEvent('abort');
  signal.onabort?.(event);
  signal.dispatchEvent(event);
}

export class GuestAbortController {
  readonly signal = new GuestAbortSignal();
  abort(reason: unknown = new GuestDOMException('This operation was aborted', 'AbortError')): void {
    abortSignal(this.signal, reason);
  }
}
