// What the function's code writes to its log, as the Node.js runtime prints it: lines of text, or JSON by level.
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html#nodejs-logging-advanced
import type { JsonObject } from '../../kernel/json';
import type { ErrorRecord } from './facts';
import type { LogLevel } from './function';
import { consoleLine, errorText } from './log-lines';
import type { FunctionVersion } from './state';
import { isLogged } from './system-events';

type Subject = Pick<FunctionVersion, 'logFormat' | 'applicationLogLevel'>;

/** Null when the function's level leaves the line out. With JSON, `text` is what the runtime puts beside time and level, as JSON. */
export function applicationLine(fn: Subject, isoTime: string, requestId: string | null, level: LogLevel, text: string): string | null {
  if (fn.logFormat === 'Text') return consoleLine(isoTime, requestId, level, text);
  return isLogged(level, fn.applicationLogLevel) ? jsonLine(isoTime, requestId, level, partsIn(text)) : null;
}

function jsonLine(timestamp: string, requestId: string | null, level: string, parts: JsonObject): string {
  return `${JSON.stringify({ timestamp, level, ...(requestId === null ? {} : { requestId }), ...parts })}\n`;
}

function partsIn(text: string): JsonObject {
  try {
    const parts = JSON.parse(text) as JsonObject;
    return typeof parts === 'object' && parts !== null && 'message' in parts ? parts : { message: text };
  } catch {
    return { message: text };
  }
}

/** The error that ends an invocation or init. LAM-INV-X03. */
export function errorLine(fn: Subject, isoTime: string, requestId: string | null, error: ErrorRecord, phase: 'init' | 'invoke'): string {
  if (fn.logFormat === 'Text') return consoleLine(isoTime, requestId, 'ERROR', errorText(error, phase));
  const { errorType, errorMessage, trace } = error;
  return jsonLine(isoTime, requestId, 'ERROR', { message: { errorType, errorMessage, stackTrace: trace } });
}
