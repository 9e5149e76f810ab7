// `console` on Lambda: each method has its level, text is formatted as `util.format` does.
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
import { framesOf } from './errors';
import { format } from './format';
import { defineGlobal } from './host';
import { inspect } from './inspect';
import { partsOf } from './json-log';
import { writeLog } from './log';
import { logsJson, uptimeMs } from './process';

let indentation = '';
const counts = new Map<string, number>();
const timersSince = new Map<string, number>();

function write(level: string, args: unknown[]): void {
  let text: string;
  try {
    text = logsJson() ? partsOf(args) : format(...args);
  } catch (error) {
    // A getter or toString of the learner's own value failed: as in Node.js, the caller sees it.
    throw error instanceof Error ? error : new Error('console: the value cannot be shown');
  }
  writeLog(level, indentation && !logsJson() ? text.replace(/^/gm, indentation) : text);
}

const at =
  (level: string) =>
  (...args: unknown[]) =>
    write(level, args);

function elapsed(label: string): string {
  const ms = uptimeMs() - (timersSince.get(label) ?? 0);
  return ms >= 1000 ? `${label}: ${(ms / 1000).toFixed(3)}s` : `${label}: ${Number(ms.toFixed(3))}ms`;
}

export const consoleObject = {
  log: at('INFO'),
  info: at('INFO'),
  debug: at('DEBUG'),
  warn: at('WARN'),
  error: at('ERROR'),
  fatal: at('FATAL'),
  trace(...args: unknown[]) {
    const title = args.length > 0 ? `Trace: ${format(...args)}` : 'Trace';
    const text = [title, ...framesOf(new Error())].join('\n');
    writeLog('TRACE', logsJson() ? partsOf([text]) : text);
  },
  dir: (value: unknown, options?: object) => write('INFO', [inspect(value, options)]),
  dirxml: at('INFO'),
  table: (value: unknown) => write('INFO', [value]),
  assert(condition?: unknown, ...args: unknown[]) {
    if (condition) return;
    if (typeof args[0] === 'string') write('WARN', [`Assertion failed: ${args[0]}`, ...args.slice(1)]);
    else write('WARN', ['Assertion failed', ...args]);
  },
  count(label = 'default') {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    write('INFO', [`${label}: ${counts.get(label)}`]);
  },
  countReset: (label = 'default') => void counts.delete(label),
  time: (label = 'default') => void timersSince.set(label, uptimeMs()),
  timeLog: (label = 'default', ...args: unknown[]) => write('INFO', [elapsed(label), ...args]),
  timeEnd(label = 'default') {
    if (!timersSince.has(label)) return;
    write('INFO', [elapsed(label)]);
    timersSince.delete(label);
  },
  group(...args: unknown[]) {
    if (args.length > 0) write('INFO', args);
    indentation += '  ';
  },
  groupCollapsed: (...args: unknown[]) => consoleObject.group(...args),
  groupEnd() {
    indentation = indentation.slice(2);
  },
};

export function installConsole(): void {
  defineGlobal('console', consoleObject);
}
