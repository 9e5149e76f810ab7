// What Lambda itself writes to a function's log, in the format that the function asks for: lines of text, or JSON by level.
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html and LAM-LOG-X07.
// Shapes: https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
import type { JsonObject } from '../../kernel/json';
import { type Ms, toMicroseconds } from '../../kernel/time';
import type { LogLevel } from './function';
import {
  endLine,
  initReportLine,
  initStartLine,
  type Report,
  reportLine,
  runtimeVersion,
  runtimeVersionArn,
  startLine,
  timeoutLine,
} from './log-lines';
import { qualifiedArn } from './qualifier';
import type { Environment, FunctionVersion } from './state';

type Status = 'success' | 'error' | 'timeout';

export type SystemEvent =
  | { event: 'initStart'; region: string }
  /** Text knows it only of failures and of provisioned concurrency. */
  | { event: 'initReport'; phase: 'init' | 'invoke'; status: Status; durationMs: Ms; errorType: string | null }
  | { event: 'start'; requestId: string; qualifier: string | null }
  | { event: 'timeout'; requestId: string }
  | { event: 'end'; requestId: string; status: Status; errorType: string | null; durationMs: Ms; producedBytes: number }
  | ({ event: 'report'; status: Status; errorType: string | null } & Report);

type Subject = Pick<Environment, 'logStream' | 'isProvisioned'> & { code: FunctionVersion };

/** From the most talkative to the quietest. */
const LEVELS: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

export function isLogged(level: LogLevel, threshold: LogLevel | null): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(threshold ?? 'INFO');
}

/** The messages of the events, in order; those that the format or the level leaves out are missing. */
export function systemMessages(subject: Subject, events: readonly SystemEvent[], isoTime: string): string[] {
  const isJson = subject.code.logFormat === 'JSON';
  return events.flatMap((event) => {
    if (!isJson) return textOf(subject, event, isoTime);
    return recordsOf(subject, event)
      .filter(({ level }) => isLogged(level, subject.code.systemLogLevel))
      .map(({ type, record }) => JSON.stringify({ time: isoTime, type: `platform.${type}`, record }));
  });
}

function textOf({ code, isProvisioned }: Subject, event: SystemEvent, isoTime: string): string[] {
  switch (event.event) {
    case 'initStart':
      return [initStartLine(code.runtime, event.region)];
    case 'initReport':
      if (event.status === 'success' && !isProvisioned) return [];
      return [initReportLine(event.durationMs, event.phase, event.status === 'success' ? null : event.status, event.errorType)];
    case 'start':
      return [startLine(event.requestId, code.version)];
    case 'timeout':
      return [timeoutLine(isoTime, event.requestId, code.timeoutMs)];
    case 'end':
      return [endLine(event.requestId)];
    case 'report':
      return [reportLine(event)];
  }
}

interface SystemRecord {
  type: string;
  level: LogLevel;
  record: JsonObject;
}

function recordsOf({ code, logStream, isProvisioned }: Subject, event: SystemEvent): SystemRecord[] {
  const initializationType = isProvisioned ? 'provisioned-concurrency' : 'on-demand';
  switch (event.event) {
    case 'initStart': {
      const record = {
        initializationType,
        phase: 'init',
        runtimeVersion: runtimeVersion(code.runtime),
        runtimeVersionArn: runtimeVersionArn(code.runtime, event.region),
        functionName: code.functionName,
        functionVersion: code.version,
        instanceId: logStream.replace('[', `${code.functionName}[`),
        instanceMaxMemory: code.memoryMB * 2 ** 20,
      };
      return [{ type: 'initStart', level: 'INFO', record }];
    }
    case 'initReport': {
      const { phase, status, errorType, durationMs } = event;
      const outcome = { initializationType, phase, status, ...(errorType ? { errorType } : {}) };
      const quiet = isProvisioned ? 'INFO' : 'DEBUG';
      return [
        { type: 'initRuntimeDone', level: status === 'success' ? 'DEBUG' : 'WARN', record: outcome },
        {
          type: 'initReport',
          level: status === 'success' ? quiet : 'WARN',
          record: { ...outcome, metrics: { durationMs: toMicroseconds(durationMs) } },
        },
      ];
    }
    case 'start': {
      const record = { requestId: event.requestId, functionArn: qualifiedArn(code.arn, event.qualifier), version: code.version };
      return [{ type: 'start', level: 'INFO', record }];
    }
    case 'timeout':
      return [];
    case 'end': {
      const { requestId, status, errorType, durationMs, producedBytes } = event;
      const record = { requestId, status, ...(errorType ? { errorType } : {}), metrics: { durationMs, producedBytes } };
      return [{ type: 'runtimeDone', level: status === 'success' ? 'DEBUG' : 'WARN', record }];
    }
    case 'report': {
      const { requestId, durationMs, billedMs, memoryMB, maxMemoryUsedMB, initDurationMs, status, errorType } = event;
      const metrics = {
        durationMs,
        billedDurationMs: billedMs,
        memorySizeMB: memoryMB,
        maxMemoryUsedMB: Math.min(maxMemoryUsedMB, memoryMB),
        ...(initDurationMs === null ? {} : { initDurationMs }),
      };
      const record: JsonObject = { requestId, metrics };
      if (event.tracing !== null) {
        const value = event.tracing.replace('Sampled=0', 'Sampled=1');
        record.tracing = { spanId: requestId.replaceAll('-', '').slice(-16), type: 'X-Amzn-Trace-Id', value };
      }
      record.status = status;
      if (errorType !== null) record.errorType = errorType;
      return [{ type: 'report', level: status === 'success' ? 'INFO' : 'WARN', record }];
    }
  }
}
