// The lines that Lambda writes around your own, in the text format. Facts LAM-LOG-X01 to LAM-LOG-X06.
import type { Ms } from '../../kernel/time';
import type { ErrorRecord } from './facts';

export function runtimeVersion(runtime: string): string {
  return `nodejs:${runtime.replace(/^nodejs(\d+).*$/, '$1')}.v50`;
}

export function runtimeVersionArn(runtime: string, region: string): string {
  return `arn:aws:lambda:${region}::runtime:${fingerprint(runtimeVersion(runtime))}`;
}

export function initStartLine(runtime: string, region: string): string {
  return `INIT_START Runtime Version: ${runtimeVersion(runtime)}\tRuntime Version ARN: ${runtimeVersionArn(runtime, region)}\n`;
}

/** A stand-in for AWS's hash of the runtime: 64 hexadecimal digits, the same for the same version. */
function fingerprint(text: string): string {
  let digits = '';
  for (let round = 0; digits.length < 64; round++) {
    let hash = 0x811c9dc5 ^ round;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    digits += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return digits;
}

export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}\n`;
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}\n`;
}

/** What the console of the Node.js runtime prints. During init there is no request yet, and it prints `undefined`. */
export function consoleLine(isoTime: string, requestId: string | null, level: string, text: string): string {
  return `${isoTime}\t${requestId ?? 'undefined'}\t${level}\t${text}\n`;
}

/** What the Node.js runtime prints of an error that ends an invocation or init. LAM-INV-X03. */
export function errorText({ errorType, errorMessage, trace }: ErrorRecord, phase: 'init' | 'invoke'): string {
  const rejection = errorType === 'Runtime.UnhandledPromiseRejection' ? 'Unhandled Promise Rejection' : null;
  const title = rejection ?? (phase === 'init' ? 'Uncaught Exception' : 'Invoke Error');
  return `${title} \t${JSON.stringify({ errorType, errorMessage, stack: trace })}`;
}

export function timeoutLine(isoTime: string, requestId: string, timeoutMs: Ms): string {
  return `${isoTime} ${requestId} Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds\n\n`;
}

/** `status`: null when all went well, which is told of provisioned concurrency only. */
export function initReportLine(
  durationMs: Ms,
  phase: 'init' | 'invoke',
  status: 'error' | 'timeout' | null,
  errorType: string | null,
): string {
  const outcome = status === null ? '' : `\tStatus: ${status}`;
  const type = errorType === null ? '' : `\tError Type: ${errorType}`;
  return `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: ${phase}${outcome}${type}\n`;
}

export interface Report {
  requestId: string;
  durationMs: Ms;
  billedMs: number;
  memoryMB: number;
  maxMemoryUsedMB: number;
  initDurationMs: Ms | null;
  /** Of a failure that ended the environment; a function's own error leaves no mark here. */
  failure: { status: 'timeout' | 'error'; errorType: string | null } | null;
  /** The trace header, with active tracing. */
  tracing: string | null;
}

/** LAM-LOG-X04 and LAM-LOG-X05. */
export function reportLine(report: Report): string {
  const { requestId, durationMs, billedMs, memoryMB, maxMemoryUsedMB, initDurationMs, failure } = report;
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billedMs} ms`,
    `Memory Size: ${memoryMB} MB`,
    `Max Memory Used: ${Math.min(maxMemoryUsedMB, memoryMB)} MB`,
  ];
  if (initDurationMs !== null) fields.push(`Init Duration: ${initDurationMs.toFixed(2)} ms`);
  if (failure) fields.push(`Status: ${failure.status}`);
  if (failure?.errorType) fields.push(`Error Type: ${failure.errorType}`);
  return `${fields.join('\t')}\n${report.tracing === null ? '' : tracingLine(report.tracing)}`;
}

/** Simplified: every request of a function with active tracing is sampled; X-Ray takes one a second and a twentieth of the rest. LAM-LOG-04 */
function tracingLine(header: string): string {
  const [, traceId = ''] = /Root=([^;]+)/.exec(header) ?? [];
  const [, segmentId = ''] = /Parent=([^;]+)/.exec(header) ?? [];
  return `XRAY TraceId: ${traceId}\tSegmentId: ${segmentId}\tSampled: true\n`;
}

/** LAM-LOG-X04: billed = init + duration, rounded up to the millisecond. */
export function billedDuration(durationMs: Ms, initDurationMs: Ms | null): number {
  // The sum is rounded to microseconds first: 0.1 + 0.2 must not cost a millisecond more.
  return Math.ceil(Math.round((durationMs + (initDurationMs ?? 0)) * 1000) / 1000);
}
