// Errors as V8 and Node.js show them: `stack` begins with name and message, and shows frames of the learner's files only.
// https://nodejs.org/api/errors.html

const SCRIPT_FILES = new Set<string>();

/** Frames of CommonJS files show a path, frames of modules a file URL. */
export function markAsScript(path: string): void {
  SCRIPT_FILES.add(path);
}

/** Where the engine keeps frames: metering/wordings.mjs, which also gives its messages V8's words. */
const HIDDEN_STACK = '\u0001stk\u0002';

/** Frames of the learner's files, as V8 writes them. */
export function framesOf(error: unknown): string[] {
  const makers = constructorNames(error);
  const stack = readText(error, HIDDEN_STACK);
  const frames: string[] = [];
  for (const line of stack.split('\n')) {
    const match = /^\s*at (?:(.*) \()?((?:\/var\/task|\/opt)[^()]*?):(\d+)(?::(\d+))?\)?$/.exec(line);
    if (!match) continue;
    const [, name, path = '', row, column] = match;
    // V8 leaves out the constructors of the error itself.
    if (frames.length === 0 && name && makers.has(name)) continue;
    const place = `${SCRIPT_FILES.has(path) ? '' : 'file://'}${path}:${row}${column ? `:${column}` : ''}`;
    const isNamed = name && name !== '<anonymous>' && name !== '<eval>' && name !== '<module>';
    frames.push(isNamed ? `    at ${name === 'handler' ? 'Runtime.handler' : name} (${place})` : `    at ${place}`);
  }
  return frames.slice(0, frameLimit());
}

/** V8 keeps ten frames unless told otherwise. */
function frameLimit(): number {
  const limit = (Error as { stackTraceLimit?: unknown }).stackTraceLimit;
  return typeof limit === 'number' ? limit : 10;
}

function constructorNames(error: unknown): Set<string> {
  const names = new Set<string>();
  for (let at = error; typeof at === 'object' && at !== null; at = Object.getPrototypeOf(at)) {
    const maker: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof maker === 'function') names.add(maker.name);
  }
  return names;
}

export function readText(value: unknown, key: string): string {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return '';
  const read = (value as Record<string, unknown>)[key];
  return typeof read === 'string' ? read : '';
}

export function headerOf(error: unknown): string {
  const name = readText(error, 'name') || 'Error';
  const message = readText(error, 'message');
  return message ? `${name}: ${message}` : name;
}

/** What `error.stack` shows when nobody has assigned it. */
export function defaultStack(error: unknown): string {
  return [headerOf(error), ...framesOf(error)].join('\n');
}

/** `error.stack`, also of values that only look like errors. */
export function stackOf(error: unknown): string {
  return readText(error, 'stack') || defaultStack(error);
}

/** Node.js adds a code to the errors that it makes itself. */
export function nodeError(Kind: ErrorConstructor, code: string, message: string, more: object = {}): Error {
  return Object.assign(new Kind(message), { code }, more);
}

export function installErrors(): void {
  Object.defineProperty(Error.prototype, 'stack', {
    get(this: unknown) {
      return defaultStack(this);
    },
    set(this: object, value: unknown) {
      Object.defineProperty(this, 'stack', { value, writable: true, configurable: true });
    },
    configurable: true,
  });
  const captureStackTrace = (target: object) => {
    const value = [headerOf(target), ...framesOf(new Error())].join('\n');
    Object.defineProperty(target, 'stack', { value, writable: true, configurable: true });
  };
  Object.defineProperty(Error, 'captureStackTrace', { value: captureStackTrace, writable: true, configurable: true });
  Object.defineProperty(Error, 'stackTraceLimit', { value: 10, writable: true, configurable: true });
  // QuickJS reports stack overflow as InternalError; V8 as RangeError.
  const internal = (globalThis as { InternalError?: ErrorConstructor }).InternalError;
  if (!internal) return;
  Object.setPrototypeOf(internal.prototype, RangeError.prototype);
  Object.defineProperty(internal.prototype, 'name', { value: 'RangeError', writable: true, configurable: true });
  Object.defineProperty(internal.prototype, 'constructor', { value: RangeError, writable: true, configurable: true });
  Reflect.deleteProperty(globalThis, 'InternalError');
}

/** How Node.js describes an argument that it did not expect. */
export function received(value: unknown): string {
  if (value === undefined || value === null) return `Received ${value}`;
  if (typeof value === 'function') return `Received function ${value.name}`;
  if (typeof value === 'object')
    return value.constructor?.name ? `Received an instance of ${value.constructor.name}` : 'Received [Object: null prototype] {}';
  const text = typeof value === 'string' ? `'${value}'` : typeof value === 'bigint' ? `${value}n` : String(value);
  return `Received type ${typeof value} (${text.length > 28 ? `${text.slice(0, 25)}...` : text})`;
}

export function wrongArgument(name: string, expected: string, value: unknown): Error {
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be ${expected}. ${received(value)}`);
}

const ERROR_KINDS: Record<string, ErrorConstructor> = { Error, SyntaxError, TypeError };

/** Entry point of the host, for what it refuses. */
export function makeError(name: string, message: string, code: string): Error {
  const error = new (ERROR_KINDS[name] ?? Error)(message);
  return code === '' ? error : Object.assign(error, { code });
}
