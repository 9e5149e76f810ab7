// The runtime interface client: loads the handler, calls it, and reports what came of it in Lambda's words.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client (src/UserFunction.js, src/Runtime.js, src/CallbackContext.js)
import { requireFile } from './common-js';
import { framesOf, headerOf, readText, stackOf } from './errors';
import { host, parse, stringify, whenSettled } from './host';
import { writeLog } from './log';
import { emitProcessEvent } from './process';
import { hasActiveRequests } from './requests';
import { hasActiveTimers, setImmediate } from './timers';

type Handler = (event: unknown, context: object, callback: (error?: unknown, result?: unknown) => void) => unknown;

interface Invocation {
  isDone: boolean;
  /** What to do when nothing is left to wait for. */
  whenIdle: (() => void) | null;
}

interface Loaded {
  exports: unknown;
}

let handlerName = '';
let handler: Handler | null = null;
let invocation: Invocation | null = null;
let isStarting = false;

class LambdaError extends Error {
  constructor(name: string, message: string, cause?: unknown) {
    super(message);
    this.name = `Runtime.${name}`;
    this.stack = [`${this.name}: ${message}`, ...(cause === undefined ? [] : framesOf(cause))].join('\n');
  }
}

// ---- init

export function configureHandler(name: string): void {
  handlerName = name;
}

/** Loads the file of the handler and finds the function. Ends in `ready` or `init-failed`. */
export function init(): void {
  isStarting = true;
  whenSettled(
    loadHandler(),
    (found) => {
      isStarting = false;
      handler = found;
      host.ready();
    },
    (error) => {
      isStarting = false;
      failInit(asLoadError(error));
    },
  );
}

async function loadHandler(): Promise<Handler> {
  if (handlerName.includes('..')) {
    throw new LambdaError(
      'MalformedHandlerName',
      `'${handlerName}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const slash = handlerName.lastIndexOf('/') + 1;
  const match = /^([^.]*)\.(.*)$/.exec(handlerName.slice(slash));
  if (match?.[1] === undefined || match[2] === undefined) throw new LambdaError('MalformedHandlerName', 'Bad handler');
  const [, file, exported] = match;
  const loaded = await loadFile(`/var/task/${handlerName.slice(0, slash)}${file}`, file);
  const found = memberOf(loaded.exports, exported);
  if (found === undefined) throw new LambdaError('HandlerNotFound', `${handlerName} is undefined or not exported`);
  if (typeof found !== 'function') throw new LambdaError('HandlerNotFound', `${handlerName} is not a function`);
  return found as Handler;
}

/** Tries the endings in the order of the real runtime, then those that a build step would have turned into them. */
async function loadFile(path: string, name: string): Promise<Loaded> {
  const files = new Set(parse(host.listFiles()) as string[]);
  for (const ending of ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts']) {
    const candidate = path + ending;
    if (!files.has(candidate)) continue;
    const { kind } = parse(host.resolve(stringify(candidate), '/var/runtime/index.mjs', 'require')) as { kind: string };
    if (kind === 'module') return { exports: await import(candidate) };
    return { exports: requireFile(candidate, kind, '/var/runtime/index.mjs') };
  }
  throw new LambdaError('ImportModuleError', `Error: Cannot find module '${name}'\nRequire stack:\n- /var/runtime/index.mjs`);
}

function memberOf(exports: unknown, path: string): unknown {
  const read = (from: unknown) =>
    path
      .split('.')
      .reduce<unknown>((value, key) => (value === null || value === undefined ? undefined : (value as Record<string, unknown>)[key]), from);
  return read(exports) ?? read((exports as { default?: unknown } | null)?.default);
}

function asLoadError(error: unknown): unknown {
  if (error instanceof LambdaError) return error;
  if (error instanceof SyntaxError) return new LambdaError('UserCodeSyntaxError', headerOf(error), error);
  if (readText(error, 'code') === 'MODULE_NOT_FOUND') return new LambdaError('ImportModuleError', headerOf(error), error);
  return error;
}

function failInit(error: unknown): void {
  host.initFailed(stringify(toRuntimeError(error)));
}

// ---- invoke

export function invoke(eventJson: string, contextJson: string): void {
  const current: Invocation = { isDone: false, whenIdle: null };
  invocation = current;
  const { deadlineMs, ...given } = parse(contextJson) as { deadlineMs: number };
  let waitsForEmptyLoop = true;
  const done = (error: unknown, result?: unknown) => {
    current.whenIdle = null;
    if (current.isDone) return;
    if (error !== undefined && error !== null) failInvocation(current, error);
    else succeed(current, result);
  };
  const callback = (error?: unknown, result?: unknown) => {
    if (current.isDone) return;
    if ((error !== undefined && error !== null) || !waitsForEmptyLoop) done(error, result);
    else current.whenIdle = () => setImmediate(() => done(null, result));
  };
  const context = {
    ...given,
    get callbackWaitsForEmptyEventLoop() {
      return waitsForEmptyLoop;
    },
    set callbackWaitsForEmptyEventLoop(value: boolean) {
      waitsForEmptyLoop = value;
    },
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadlineMs - host.now())),
    done,
    succeed: (result?: unknown) => done(null, result),
    fail: (error?: unknown) => done(error ?? 'handled'),
  };
  const isAsync = handler?.constructor?.name === 'AsyncFunction';
  current.whenIdle = () => {
    if (isAsync) failInvocation(current, new LambdaError('NodeJsExit', UNSETTLED));
    else succeed(current, null);
  };
  try {
    const returned = handler?.(parse(eventJson), context, callback);
    if (isPromise(returned))
      whenSettled(
        Promise.resolve(returned),
        (value) => context.succeed(value),
        (error) => context.fail(error),
      );
  } catch (error) {
    context.fail(error);
  }
}

const UNSETTLED =
  'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#process_exit_codes';

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

function succeed(current: Invocation, result: unknown): void {
  let payload: string;
  try {
    payload = stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    failInvocation(current, new Error('Unable to stringify response body'));
    return;
  }
  current.isDone = true;
  host.result(payload);
}

function failInvocation(current: Invocation, error: unknown): void {
  current.isDone = true;
  host.failed(stringify(toRuntimeError(error)));
}

/** Called when there is nothing to run. Returns 1 when it started something. */
export function idle(): number {
  if (hasActiveTimers() || hasActiveRequests()) return 0;
  if (isStarting) host.exit(UNSETTLED_TOP_LEVEL_AWAIT);
  const action = invocation?.whenIdle;
  if (!invocation || !action || invocation.isDone) return 0;
  invocation.whenIdle = null;
  action();
  return 1;
}

/** Node.js's exit code for a top-level await that can never be settled. */
const UNSETTLED_TOP_LEVEL_AWAIT = 13;
const EXIT_ON_REJECTION = 128;
const EXIT_ON_EXCEPTION = 129;

// What is reported as an error of init or of the invocation is logged by the Lambda service; the rest is logged here.

/** A promise was rejected and nobody handles it: reported as the invocation's error, then the process ends. */
export function rejected(reason: unknown): void {
  if (emitProcessEvent('unhandledRejection', reason)) return;
  const error = new LambdaError('UnhandledPromiseRejection', textOf(reason), reason);
  endProcess('Unhandled Promise Rejection', error, EXIT_ON_REJECTION);
}

/** An exception in a timer or another callback of the runtime. */
export function uncaught(error: unknown): void {
  if (emitProcessEvent('uncaughtException', error, 'uncaughtException')) return;
  endProcess('Uncaught Exception', error, EXIT_ON_EXCEPTION);
}

function endProcess(title: string, error: unknown, exitCode: number): void {
  const reported = stringify(toRuntimeError(error));
  if (isStarting) host.initFailed(reported);
  else if (invocation && !invocation.isDone) host.failed(reported);
  else writeLog('ERROR', `${title} ${formatForLog(error)}`);
  host.exit(exitCode);
}

// ---- errors as the runtime reports them

function toRuntimeError(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  try {
    if (error instanceof Error || (readText(error, 'name') && readText(error, 'message') && readText(error, 'stack'))) {
      const trace = stackOf(error).split('\n');
      return { errorType: readText(error, 'name') || 'Error', errorMessage: readText(error, 'message'), trace };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    const errorMessage =
      'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack';
    return { errorType: 'handled', errorMessage, trace: [] };
  }
}

/** A tab and the error as JSON, with whatever else learner code put on it. */
function formatForLog(error: unknown): string {
  const withMembers = (_key: string, value: unknown) => {
    if (!(value instanceof Error)) return value;
    const { errorType, errorMessage, trace } = toRuntimeError(value);
    return { errorType, errorMessage, ...value, stack: trace };
  };
  try {
    return `\t${stringify(error, withMembers)}`;
  } catch {
    return `\t${stringify(toRuntimeError(error))}`;
  }
}

function textOf(reason: unknown): string {
  try {
    return reason instanceof Error ? headerOf(reason) : String(reason);
  } catch {
    return 'unknown';
  }
}
