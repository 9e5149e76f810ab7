// `node:events`. https://nodejs.org/api/events.html
import { nodeError, wrongArgument } from './errors';
import { inspect } from './inspect';

type Listener = (...args: unknown[]) => void;
interface Registered {
  listener: Listener;
  isOnce: boolean;
}

export class EventEmitter {
  static defaultMaxListeners = 10;
  #registered = new Map<string | symbol, Registered[]>();

  on(name: string | symbol, listener: Listener): this {
    return this.#add(name, listener, false, false);
  }
  addListener(name: string | symbol, listener: Listener): this {
    return this.on(name, listener);
  }
  once(name: string | symbol, listener: Listener): this {
    return this.#add(name, listener, true, false);
  }
  prependListener(name: string | symbol, listener: Listener): this {
    return this.#add(name, listener, false, true);
  }
  prependOnceListener(name: string | symbol, listener: Listener): this {
    return this.#add(name, listener, true, true);
  }
  off(name: string | symbol, listener: Listener): this {
    const known = [...(this.#registered.get(name) ?? [])];
    const index = known.findLastIndex((entry) => entry.listener === listener);
    if (index !== -1) known.splice(index, 1);
    this.#registered.set(name, known);
    return this;
  }
  removeListener(name: string | symbol, listener: Listener): this {
    return this.off(name, listener);
  }
  removeAllListeners(name?: string | symbol): this {
    if (name === undefined) this.#registered.clear();
    else this.#registered.delete(name);
    return this;
  }
  emit(name: string | symbol, ...args: unknown[]): boolean {
    const known = this.#registered.get(name) ?? [];
    if (known.length === 0 && name === 'error') {
      const [error] = args;
      if (error instanceof Error) throw error;
      throw nodeError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${inspect(error)})`, { context: error });
    }
    for (const { listener, isOnce } of [...known]) {
      if (isOnce) this.off(name, listener);
      listener.apply(this, args);
    }
    return known.length > 0;
  }
  listeners(name: string | symbol): Listener[] {
    return (this.#registered.get(name) ?? []).map((entry) => entry.listener);
  }
  listenerCount(name: string | symbol): number {
    return this.listeners(name).length;
  }
  eventNames(): (string | symbol)[] {
    return [...this.#registered.keys()].filter((name) => this.listenerCount(name) > 0);
  }
  setMaxListeners(): this {
    return this;
  }
  getMaxListeners(): number {
    return EventEmitter.defaultMaxListeners;
  }

  #add(name: string | symbol, listener: Listener, isOnce: boolean, isFirst: boolean): this {
    if (typeof listener !== 'function') throw wrongArgument('listener', 'of type function', listener);
    const known = this.#registered.get(name) ?? [];
    const entry = { listener, isOnce };
    this.#registered.set(name, isFirst ? [entry, ...known] : [...known, entry]);
    return this;
  }
}

function once(emitter: EventEmitter, name: string | symbol): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const onError = (error: unknown) => {
      emitter.off(name, onEvent);
      reject(error);
    };
    const onEvent = (...args: unknown[]) => {
      emitter.off('error', onError);
      resolve(args);
    };
    emitter.once(name, onEvent);
    if (name !== 'error') emitter.once('error', onError);
  });
}

export const eventsModule = Object.assign(EventEmitter, { EventEmitter, once, errorMonitor: Symbol('events.errorMonitor') });
