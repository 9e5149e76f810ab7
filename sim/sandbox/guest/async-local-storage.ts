// `node:async_hooks`. Simplified: a store is kept through synchronous calls and the callback's own promise, not across every await,
// since the engine has no hook for the latter.
import { whenSettled } from './host';

export class AsyncLocalStorage<T> {
  #store: T | undefined;
  run<R>(store: T, callback: (...args: unknown[]) => R, ...args: unknown[]): R {
    const before = this.#store;
    this.#store = store;
    const restore = () => {
      this.#store = before;
    };
    try {
      const result = callback(...args);
      if (result instanceof Promise) whenSettled(result, restore, restore);
      else restore();
      return result;
    } catch (error) {
      restore();
      throw error;
    }
  }
  getStore(): T | undefined {
    return this.#store;
  }
  enterWith(store: T): void {
    this.#store = store;
  }
  exit<R>(callback: () => R): R {
    return this.run(undefined as T, callback);
  }
  disable(): void {
    this.#store = undefined;
  }
}
