// What kind of object a value is, and its entries, for `util.inspect`.
// https://github.com/nodejs/node/blob/v22.x/lib/internal/util/inspect.js (formatRaw)
import { stackOf } from './errors';
import { type InspectState, quote } from './inspect-state';

export interface Content {
  /** Before the opening bracket. */
  base: string;
  open: string;
  close: string;
  isArrayLike: boolean;
  /** Shown instead, deeper than `depth`. */
  hiddenAs: string;
  entries(recursed: number): string[];
}

type Formatter = (recursed: number) => string[];

const TypedArray = Object.getPrototypeOf(Uint8Array) as typeof Uint8Array;

/** Text when the value has nothing to enter, else its content. */
export function inspectContent(state: InspectState, value: object): Content | string {
  const maker = constructorName(value);
  const tag = tagOf(value, maker);
  const keys = keysOf(value);
  const named = (fallback: string, size = '') => prefixOf(maker, tag, fallback, size);
  const content = (open: string, close: string, format: Formatter, own: PropertyKey[], isArrayLike = false, base = ''): Content => ({
    base,
    open,
    close,
    isArrayLike,
    hiddenAs: `[${named(isArrayLike ? 'Array' : 'Object').slice(0, -1)}]`,
    entries: (recursed) => [...format(recursed), ...own.map((key) => formatProperty(state, value, key, recursed, isArrayLike))],
  });
  const none: Formatter = () => [];

  if (Array.isArray(value)) {
    const prefix = maker !== 'Array' || tag !== '' ? named('Array', `(${value.length})`) : '';
    const own = keys.filter((key) => !isIndex(key));
    if (value.length === 0 && own.length === 0) return `${prefix}[]`;
    return content(`${prefix}[`, ']', (recursed) => formatArray(state, value, recursed), own, true);
  }
  if (value instanceof Set) {
    const prefix = named('Set', `(${value.size})`);
    if (value.size === 0 && keys.length === 0) return `${prefix}{}`;
    return content(`${prefix}{`, '}', (recursed) => indented(state, () => [...value].map((entry) => state.show(entry, recursed))), keys);
  }
  if (value instanceof Map) {
    const prefix = named('Map', `(${value.size})`);
    if (value.size === 0 && keys.length === 0) return `${prefix}{}`;
    const format: Formatter = (recursed) =>
      indented(state, () => [...value].map(([key, entry]) => `${state.show(key, recursed)} => ${state.show(entry, recursed)}`));
    return content(`${prefix}{`, '}', format, keys);
  }
  if (value instanceof TypedArray) return inspectBytes(state, value, named, keys, content);
  if (typeof value === 'function') {
    const base = functionBase(value as unknown as { name: string }, maker, tag);
    return keys.length === 0 ? base : content('{', '}', none, keys, false, base);
  }
  if (value instanceof RegExp) return keys.length === 0 ? String(value) : content('{', '}', none, keys, false, String(value));
  if (value instanceof Date) {
    const base = Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    return keys.length === 0 ? base : content('{', '}', none, keys, false, base);
  }
  if (value instanceof Error)
    return inspectError(state, value, keys, (base, own) => (own.length === 0 ? base : content('{', '}', none, own, false, base)));
  if (value instanceof Promise) return content(`${named('Promise')}{`, '}', () => ['<pending>'], keys);
  if (value instanceof WeakMap || value instanceof WeakSet) return content(`${named('WeakMap')}{`, '}', () => ['<items unknown>'], keys);
  if (value instanceof ArrayBuffer) {
    return content(
      `${named('ArrayBuffer')}{`,
      '}',
      () => [`[Uint8Contents]: <${hexBytes(new Uint8Array(value))}>`, `byteLength: ${value.byteLength}`],
      keys,
    );
  }
  for (const [Kind, name] of [
    [String, 'String'],
    [Number, 'Number'],
    [Boolean, 'Boolean'],
  ] as const) {
    if (value instanceof Kind) {
      const inner = value.valueOf();
      const own = name === 'String' ? keys.filter((key) => !isIndex(key)) : keys;
      const base = `[${name}: ${typeof inner === 'string' ? quote(inner) : String(inner)}]`;
      return own.length === 0 ? base : content('{', '}', none, own, false, base);
    }
  }
  if (tag === 'Module') return content('[Module: null prototype] {', '}', none, keys);
  const isGenerator = tag === 'Generator' || tag === 'AsyncGenerator';
  const prefix = maker === 'Object' && (tag === '' || isGenerator) ? (isGenerator ? `Object [${tag}] ` : '') : named('Object');
  if (keys.length === 0) return `${prefix}{}`;
  return content(`${prefix}{`, '}', none, keys);
}

function inspectBytes(
  state: InspectState,
  value: Uint8Array,
  named: (fallback: string, size: string) => string,
  keys: PropertyKey[],
  content: (open: string, close: string, format: Formatter, own: PropertyKey[], isArrayLike?: boolean) => Content,
): Content | string {
  if (value.constructor?.name === 'Buffer') return `<Buffer ${hexBytes(value)}>`;
  const prefix = named('Uint8Array', `(${value.length})`);
  const own = keys.filter((key) => !isIndex(key));
  if (value.length === 0 && own.length === 0) return `${prefix}[]`;
  const shown = Math.min(value.length, state.maxArrayLength);
  const format = (): string[] => [
    ...Array.from({ length: shown }, (_, at) => state.show(value[at], 0)),
    ...moreItems(value.length - shown),
  ];
  return content(`${prefix}[`, ']', format, own, true);
}

const BYTES_SHOWN = 50;

function hexBytes(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, BYTES_SHOWN), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const rest = bytes.length - BYTES_SHOWN;
  return rest > 0 ? `${shown} ... ${rest} more byte${rest > 1 ? 's' : ''}` : shown;
}

function moreItems(count: number): string[] {
  return count > 0 ? [`... ${count} more item${count > 1 ? 's' : ''}`] : [];
}

function formatArray(state: InspectState, value: unknown[], recursed: number): string[] {
  const output: string[] = [];
  const limit = Math.min(state.maxArrayLength, value.length);
  let index = 0;
  for (; index < value.length && output.length < limit; index++) {
    if (Object.hasOwn(value, index)) output.push(formatProperty(state, value, String(index), recursed, true, true));
    else {
      const from = index;
      while (index + 1 < value.length && !Object.hasOwn(value, index + 1)) index++;
      const holes = index - from + 1;
      output.push(`<${holes} empty item${holes > 1 ? 's' : ''}>`);
    }
  }
  return [...output, ...moreItems(value.length - index)];
}

function indented(state: InspectState, produce: () => string[]): string[] {
  state.indentation += 2;
  const made = produce();
  state.indentation -= 2;
  return made;
}

function inspectError(
  state: InspectState,
  error: Error,
  keys: PropertyKey[],
  finish: (base: string, own: PropertyKey[]) => Content | string,
): Content | string {
  const stack = stackOf(error);
  const own = keys.filter((key) => !(key === 'stack' || key === 'message' || (key === 'name' && stack.startsWith(String(error.name)))));
  if (Object.hasOwn(error, 'cause') && !own.includes('cause')) own.push('cause');
  if (Array.isArray((error as AggregateError).errors) && !own.includes('errors')) own.push('errors');
  // An error without frames stands in brackets.
  const shown = /\n {4}at /.test(stack) ? stack : `[${stack}]`;
  return finish(state.indentation > 0 ? shown.replaceAll('\n', `\n${' '.repeat(state.indentation)}`) : shown, own);
}

const NAME = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

function formatProperty(
  state: InspectState,
  value: object,
  key: PropertyKey,
  recursed: number,
  inArray: boolean,
  isIndexed = false,
): string {
  const descriptor = Object.getOwnPropertyDescriptor(value, key) ?? {
    value: (value as Record<PropertyKey, unknown>)[key],
    enumerable: true,
  };
  let text: string;
  if (descriptor.get) text = descriptor.set ? '[Getter/Setter]' : '[Getter]';
  else if (descriptor.set) text = '[Setter]';
  else {
    const difference = state.compact === 3 && !inArray ? 2 : 2;
    state.indentation += difference;
    text = state.show(descriptor.value, recursed);
    state.indentation -= difference;
  }
  if (isIndexed) return text;
  let name = typeof key === 'symbol' ? `[${key.toString()}]` : NAME.test(String(key)) ? String(key) : quote(String(key));
  if (key === '__proto__') name = "['__proto__']";
  if (descriptor.enumerable === false) name = `[${String(key)}]`;
  return `${name}: ${text}`;
}

function keysOf(value: object): PropertyKey[] {
  const symbols = Object.getOwnPropertySymbols(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
  return [...Object.keys(value), ...symbols];
}

function isIndex(key: PropertyKey): boolean {
  return typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key);
}

function constructorName(value: object): string | null {
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, 'constructor');
    const maker: unknown = descriptor?.value;
    if (typeof maker === 'function' && maker.name !== '' && isInstance(value, maker)) return maker.name;
  }
  return null;
}

function isInstance(value: object, maker: unknown): boolean {
  try {
    return value instanceof (maker as new () => object);
  } catch {
    return false;
  }
}

function tagOf(value: object, maker: string | null): string {
  const tag: unknown = (value as Record<symbol, unknown>)[Symbol.toStringTag];
  if (typeof tag !== 'string' || tag === '' || Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag)) return '';
  return tag === maker ? '' : tag;
}

function prefixOf(maker: string | null, tag: string, fallback: string, size = ''): string {
  if (maker === null)
    return tag !== '' && fallback !== tag ? `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
  return tag !== '' && maker !== tag ? `${maker}${size} [${tag}] ` : `${maker}${size} `;
}

function functionBase(value: { name: string }, maker: string | null, tag: string): string {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith('class') && source.endsWith('}')) {
    const parent = Object.getPrototypeOf(value) as { name?: string } | null;
    const name = Object.hasOwn(value, 'name') && value.name ? value.name : '(anonymous)';
    return `[class ${name}${parent?.name ? ` extends ${parent.name}` : ''}]`;
  }
  const type = /^(Async)?(Generator)?Function$/.test(tag) ? tag : (maker ?? 'Function');
  const name = value.name ? `: ${value.name}` : ' (anonymous)';
  return maker === null ? `[${type} (null prototype)${name}]` : `[${type}${name}]`;
}
