// `node:util`. https://nodejs.org/api/util.html
import { isDeepEqual } from './deep-equal';
import { wrongArgument } from './errors';
import { format } from './format';
import { customInspect, inspect } from './inspect';
import { structuredClone } from './structured-clone';
import { GuestTextDecoder, GuestTextEncoder } from './text-coding';
import { nextTick } from './timers';
import { wellFormed } from './utf8';

type AnyFunction = (...args: unknown[]) => unknown;
const customPromisify = Symbol.for('nodejs.util.promisify.custom');

function promisify(original: AnyFunction): AnyFunction {
  if (typeof original !== 'function') throw wrongArgument('original', 'of type function', original);
  const custom = (original as unknown as Record<symbol, unknown>)[customPromisify];
  if (typeof custom === 'function') return custom as AnyFunction;
  return function (this: unknown, ...args: unknown[]) {
    return new Promise((resolve, reject) => {
      original.call(this, ...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value)));
    });
  };
}

function callbackify(original: AnyFunction): AnyFunction {
  return function (this: unknown, ...args: unknown[]) {
    const callback = args.pop() as (error: unknown, value?: unknown) => void;
    Promise.resolve(original.apply(this, args)).then(
      (value) => nextTick(callback, null, value),
      (error) => nextTick(callback, error),
    );
  };
}

/** An escape character, a bracket, numbers, a letter. */
const TERMINAL_CODE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g');

const isTagged = (tag: string) => (value: unknown) => Object.prototype.toString.call(value) === `[object ${tag}]`;

export const typesModule = {
  isPromise: (value: unknown) => value instanceof Promise,
  isDate: (value: unknown) => value instanceof Date,
  isRegExp: (value: unknown) => value instanceof RegExp,
  isMap: (value: unknown) => value instanceof Map,
  isSet: (value: unknown) => value instanceof Set,
  isNativeError: (value: unknown) => value instanceof Error,
  isTypedArray: (value: unknown) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value: unknown) => value instanceof Uint8Array,
  isArrayBuffer: (value: unknown) => value instanceof ArrayBuffer,
  isAnyArrayBuffer: (value: unknown) => value instanceof ArrayBuffer,
  isAsyncFunction: isTagged('AsyncFunction'),
  isGeneratorFunction: isTagged('GeneratorFunction'),
  isGeneratorObject: isTagged('Generator'),
};

export const utilModule = {
  format,
  inspect: Object.assign(inspect, { custom: customInspect, defaultOptions: {} }),
  promisify: Object.assign(promisify, { custom: customPromisify }),
  callbackify,
  isDeepStrictEqual: (a: unknown, b: unknown) => isDeepEqual(a, b, true),
  types: typesModule,
  isArray: Array.isArray,
  inherits(child: { prototype: object; super_?: unknown }, parent: { prototype: object }) {
    Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
    Object.setPrototypeOf(child.prototype, parent.prototype);
  },
  deprecate: (run: AnyFunction) => run,
  debuglog: () => Object.assign(() => undefined, { enabled: false }),
  stripVTControlCharacters: (text: string) => text.replace(TERMINAL_CODE, ''),
  toUSVString: (text: string) => wellFormed(String(text)),
  structuredClone,
  TextEncoder: GuestTextEncoder,
  TextDecoder: GuestTextDecoder,
};
