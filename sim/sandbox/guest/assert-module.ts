// `node:assert`. https://nodejs.org/api/assert.html
import { isDeepEqual, isLooselyEqual } from './deep-equal';
import { inspect } from './inspect';

type Message = string | Error | undefined;

export class AssertionError extends Error {
  readonly code = 'ERR_ASSERTION';
  readonly generatedMessage: boolean;
  readonly actual: unknown;
  readonly expected: unknown;
  readonly operator: string;
  constructor(options: { message?: string; actual?: unknown; expected?: unknown; operator?: string }) {
    super(options.message ?? `${inspect(options.actual)} ${options.operator} ${inspect(options.expected)}`);
    this.name = 'AssertionError';
    this.generatedMessage = options.message === undefined;
    this.actual = options.actual;
    this.expected = options.expected;
    this.operator = options.operator ?? 'fail';
  }
}

function fail(message: Message, generated: string, operator: string, actual?: unknown, expected?: unknown): never {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message ?? generated, operator, actual, expected });
}

function ok(value: unknown, message?: Message): asserts value {
  if (!value) fail(message, `The expression evaluated to a falsy value: ${inspect(value)}`, '==', value, true);
}

const compare =
  (operator: string, title: string, test: (a: unknown, b: unknown) => boolean) => (a: unknown, b: unknown, message?: Message) => {
    if (!test(a, b)) fail(message, `${title}\n\n${inspect(a)} !== ${inspect(b)}\n`, operator, a, b);
  };

function matches(error: unknown, expected: unknown): boolean {
  if (expected === undefined) return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof (expected as unknown as new () => object)) return true;
    return !(expected.prototype instanceof Error || expected === Error) && (expected as (error: unknown) => unknown)(error) === true;
  }
  return Object.entries(expected as object).every(([key, value]) => {
    const actual = (error as Record<string, unknown>)[key];
    return value instanceof RegExp ? value.test(String(actual)) : isDeepEqual(actual, value, true);
  });
}

function throws(run: () => unknown, expected?: unknown, message?: Message): void {
  try {
    run();
  } catch (error) {
    if (!matches(error, expected)) throw error;
    return;
  }
  fail(message, 'Missing expected exception.', 'throws');
}

async function rejects(run: Promise<unknown> | (() => Promise<unknown>), expected?: unknown, message?: Message): Promise<void> {
  try {
    await (typeof run === 'function' ? run() : run);
  } catch (error) {
    if (!matches(error, expected)) throw error;
    return;
  }
  fail(message, 'Missing expected rejection.', 'rejects');
}

const STRICT_TITLE = 'Expected values to be strictly equal:';
const DEEP_TITLE = 'Expected values to be strictly deep-equal:';
const functions = {
  ok,
  AssertionError,
  fail: (message?: Message) => fail(message, 'Failed', 'fail'),
  equal: compare('==', 'Expected values to be loosely equal:', isLooselyEqual),
  notEqual: compare('!=', 'Expected values not to be loosely equal:', (a, b) => !isLooselyEqual(a, b)),
  strictEqual: compare('strictEqual', STRICT_TITLE, Object.is),
  notStrictEqual: compare('notStrictEqual', 'Expected "actual" to be strictly unequal to:', (a, b) => !Object.is(a, b)),
  deepEqual: compare('deepEqual', 'Expected values to be loosely deep-equal:', (a, b) => isDeepEqual(a, b, false)),
  deepStrictEqual: compare('deepStrictEqual', DEEP_TITLE, (a, b) => isDeepEqual(a, b, true)),
  notDeepStrictEqual: compare(
    'notDeepStrictEqual',
    'Expected "actual" not to be strictly deep-equal to:',
    (a, b) => !isDeepEqual(a, b, true),
  ),
  notDeepEqual: compare('notDeepEqual', 'Expected "actual" not to be loosely deep-equal to:', (a, b) => !isDeepEqual(a, b, false)),
  match: (text: string, pattern: RegExp, message?: Message) => {
    if (!pattern.test(text))
      fail(message, `The input did not match the regular expression ${pattern}. Input:\n\n${inspect(text)}\n`, 'match', text, pattern);
  },
  throws,
  doesNotThrow: (run: () => unknown) => void run(),
  rejects,
  ifError: (value: unknown) => {
    if (value !== null && value !== undefined) throw value;
  },
};

const strict = Object.assign((value: unknown, message?: Message) => ok(value, message), {
  ...functions,
  equal: functions.strictEqual,
  notEqual: functions.notStrictEqual,
  deepEqual: functions.deepStrictEqual,
  notDeepEqual: functions.notDeepStrictEqual,
});
Object.assign(strict, { strict });

export const assertModule = Object.assign((value: unknown, message?: Message) => ok(value, message), { ...functions, strict });
export const assertStrictModule = strict;
