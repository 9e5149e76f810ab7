// The JSON log format: what the runtime puts beside the time, level and request id of a line.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client (src/LogPatch.js)
import { readText, stackOf } from './errors';
import { format } from './format';
import { stringify } from './host';

/** One argument stands as it is, several become a text; the first error among several is told apart. */
export function partsOf(args: readonly unknown[]): string {
  if (args.length === 1) {
    try {
      return stringify({ message: args[0] }, withErrors) ?? '{}';
    } catch {
      return stringify({ message: format(args[0]) }) ?? '{}';
    }
  }
  const error = args.find((arg) => arg instanceof Error);
  return stringify({ message: format(...args), ...(error === undefined ? {} : describe(error)) }) ?? '{}';
}

function describe(error: unknown): { errorType: string; errorMessage: string; stackTrace: string[] } {
  const errorType = (error as Error).constructor?.name || 'UnknownError';
  return { errorType, errorMessage: readText(error, 'message'), stackTrace: stackOf(error).split('\n') };
}

function withErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? { ...describe(value), ...value } : value;
}
