// `structuredClone`. https://html.spec.whatwg.org/multipage/structured-data.html
import { GuestDOMException } from './abort';

const ERROR_KINDS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError } as const;

export function structuredClone<T>(value: T): T {
  return clone(value, new Map()) as T;
}

function clone(value: unknown, seen: Map<unknown, unknown>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new GuestDOMException(`${typeof value === 'symbol' ? value.toString() : String(value)} could not be cloned.`, 'DataCloneError');
  }
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  const keep = <Made extends object>(made: Made): Made => {
    seen.set(value, made);
    return made;
  };
  if (value instanceof Date) return keep(new Date(value.getTime()));
  if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
  if (value instanceof ArrayBuffer) return keep(value.slice(0));
  if (value instanceof DataView) return keep(new DataView(clone(value.buffer, seen) as ArrayBuffer, value.byteOffset, value.byteLength));
  if (ArrayBuffer.isView(value)) {
    const Kind =
      (globalThis as unknown as Record<string, Uint8ArrayConstructor>)[Object.prototype.toString.call(value).slice(8, -1)] ?? Uint8Array;
    const view = value as Uint8Array;
    return keep(new Kind(clone(view.buffer, seen) as ArrayBuffer, view.byteOffset, view.length));
  }
  if (value instanceof Map) {
    const made = keep(new Map<unknown, unknown>());
    for (const [key, entry] of [...value]) made.set(clone(key, seen), clone(entry, seen));
    return made;
  }
  if (value instanceof Set) {
    const made = keep(new Set<unknown>());
    for (const entry of [...value]) made.add(clone(entry, seen));
    return made;
  }
  if (value instanceof Error) {
    const Kind = ERROR_KINDS[value.name as keyof typeof ERROR_KINDS] ?? Error;
    const made = keep(new Kind(value.message));
    Object.defineProperty(made, 'stack', { value: value.stack, writable: true, configurable: true });
    if ('cause' in value) made.cause = clone(value.cause, seen);
    return made;
  }
  if (value instanceof Boolean || value instanceof Number || value instanceof String) return keep(Object(value.valueOf()) as object);
  if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef) {
    throw new GuestDOMException(`#<${value.constructor.name}> could not be cloned.`, 'DataCloneError');
  }
  const made = keep((Array.isArray(value) ? new Array(value.length) : {}) as Record<string, unknown>);
  for (const key of Object.keys(value)) {
    Object.defineProperty(made, key, {
      value: clone((value as Record<string, unknown>)[key], seen),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return made;
}
