// Errors as V8 and Node.js show them: QuickJS words some messages differently and keeps the header out of `stack`.
// https://nodejs.org/api/errors.html

const SCRIPT_FILES = new Set<string>();

/** Frames of CommonJS files show a path, frames of modules a file URL. */
export function markAsScript(path: string): void {
  SCRIPT_FILES.add(path);
}

const WORDINGS: [RegExp, string][] = [
  [/^cannot read property '(.*)' of (undefined|null)$/s, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (undefined|null)$/s, "Cannot set properties of $2 (setting '$1')"],
  [/^cannot read property of (undefined|null)$/, 'Cannot read properties of $1'],
  [/^'(.*)' is not defined$/s, '$1 is not defined'],
  [/^'(.*)' is read-only$/s, 'Assignment to constant variable.'],
  [/^(.*) is not initialized$/s, "Cannot access '$1' before initialization"],
  [/^circular reference$/, 'Converting circular structure to JSON'],
  [/^stack overflow$/, 'Maximum call stack size exceeded'],
  [/^Could not find export '(.*)' in module '(.*)'$/s, "The requested module '$2' does not provide an export named '$1'"],
  [/^value is not iterable$/, 'object is not iterable (cannot read property Symbol(Symbol.iterator))'],
  [/^unexpected token in expression: '(.*)'$/s, "Unexpected token '$1'"],
  [/^unexpected end of (?:input|string)$/, 'Unexpected end of JSON input'],
  [/^invalid array length$/, 'Invalid array length'],
  [/^invalid string length$/, 'Invalid string length'],
  [/^invalid redefinition of lexical identifier(?: '(.*)')?$/s, "Identifier '$1' has already been declared"],
];

export function v8Message(message: string): string {
  for (const [quickJs, v8] of WORDINGS) if (quickJs.test(message)) return message.replace(quickJs, v8);
  return message;
}

/** Frames of the learner's files, as V8 writes them. */
export function framesOf(error: unknown): string[] {
  const stack = readText(error, 'stack');
  const frames: string[] = [];
  for (const line of stack.split('\n')) {
    const match = /^\s*at (?:(.*) \()?((?:\/var\/task|\/opt)[^()]*?):(\d+)(?::(\d+))?\)?$/.exec(line);
    if (!match) continue;
    const [, name, path = '', row, column] = match;
    const place = `${SCRIPT_FILES.has(path) ? '' : 'file://'}${path}:${row}${column ? `:${column}` : ''}`;
    const isNamed = name && name !== '<anonymous>' && name !== '<eval>' && name !== '<module>';
    frames.push(isNamed ? `    at ${name === 'handler' ? 'Runtime.handler' : name} (${place})` : `    at ${place}`);
  }
  return frames;
}

export function readText(value: unknown, key: string): string {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return '';
  const read = (value as Record<string, unknown>)[key];
  return typeof read === 'string' ? read : '';
}

export function headerOf(error: unknown): string {
  const name = readText(error, 'name') || 'Error';
  const message = v8Message(readText(error, 'message'));
  return message ? `${name}: ${message}` : name;
}

/** What `error.stack` is in Node.js. A stack that learner code wrote itself is kept. */
export function stackOf(error: unknown): string {
  const own = readText(error, 'stack');
  if (own !== '' && !/^\s*at /.test(own)) return own;
  return [headerOf(error), ...framesOf(error)].join('\n');
}

/** Node.js adds a code to the errors that it makes itself. */
export function nodeError(Kind: ErrorConstructor, code: string, message: string, more: object = {}): Error {
  return Object.assign(new Kind(message), { code }, more);
}

/** `stack` of QuickJS has frames only; code that reads it expects the header too, at least from errors that it constructs. */
export function installErrors(): void {
  const captureStackTrace = (target: object) => {
    const stack = new Error().stack ?? '';
    Object.defineProperty(target, 'stack', { value: stack.split('\n').slice(1).join('\n'), writable: true, configurable: true });
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
