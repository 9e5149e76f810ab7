// The end of an invocation: its record, END and REPORT, the answer to whoever waits, and what becomes of the environment.
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { toMicroseconds } from '../../kernel/time';
import { settleAttempt } from './async-queue';
import { type ErrorRecord, emitLambda, type InvocationStatus } from './facts';
import { freeze, reset } from './lifecycle';
import type { LambdaRuntime } from './live';
import { billedDuration, endLine, reportLine, startLine, timeoutLine } from './log-lines';
import { timestamp, writeLog } from './logging';
import type { Environment, FunctionState, Invocation, LambdaState } from './state';

/** LAM-ENV-X04: 6 MB each way; the response check counts 100 bytes more, as AWS's message does. */
const RESPONSE_BYTES_MAX = 6_291_556;

export type Outcome = { status: 'success'; payload: string } | { status: Exclude<InvocationStatus, 'success'>; error: ErrorRecord };

function errorPayload(status: InvocationStatus, error: ErrorRecord): string {
  const { errorType, errorMessage, trace } = error;
  // Only what the runtime itself reports has a trace; a killed process reports nothing. LAM-INV-X03 to LAM-INV-X05.
  return JSON.stringify(status === 'error' || status === 'init-error' ? { errorType, errorMessage, trace } : { errorType, errorMessage });
}

export function endInvocation(
  runtime: LambdaRuntime,
  state: Readonly<LambdaState>,
  fn: FunctionState,
  environment: Environment,
  given: Outcome,
  port: Port,
): void {
  const { environmentId, initDurationMs } = environment;
  const invocation = environment.invocation;
  if (!invocation) return;
  const outcome = withinResponseLimit(given);
  const error = outcome.status === 'success' ? null : outcome.error;
  const payload = outcome.status === 'success' ? outcome.payload : errorPayload(outcome.status, outcome.error);
  const durationMs = toMicroseconds(port.now - environment.startedAt);
  const billedMs = billedDuration(durationMs, initDurationMs);
  const maxMemoryUsedMB = Math.min(runtime.lives.get(environmentId)?.maxMemoryUsedMB ?? 0, fn.memoryMB);
  const { requestId, attempt } = invocation;
  port.cancel(`timeout:${environmentId}`);
  emitLambda(port, 'lambda:InvocationEnded', fn.arn, {
    environmentId,
    requestId,
    attempt,
    status: outcome.status,
    payload,
    error,
    durationMs,
    billedMs,
    initDurationMs,
    memoryMB: fn.memoryMB,
    maxMemoryUsedMB,
  });
  const failure = failureInReport(outcome);
  const report = reportLine({ requestId, durationMs, billedMs, memoryMB: fn.memoryMB, maxMemoryUsedMB, initDurationMs, failure });
  writeLog(fn, environment, [...linesBeforeReport(fn, requestId, outcome, port), report], port);
  answer(invocation, payload, error !== null, port);
  const event = state.events[requestId];
  if (event && invocation.invocationType === 'Event') settleAttempt(fn, event, { payload, error }, port);
  if (outcome.status === 'success' || outcome.status === 'error') freeze(runtime, fn, environmentId, port);
  else reset(runtime, fn, environmentId, outcome.status, port);
}

function withinResponseLimit(outcome: Outcome): Outcome {
  if (outcome.status !== 'success' || outcome.payload.length <= RESPONSE_BYTES_MAX) return outcome;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES_MAX} bytes).`;
  return { status: 'error', error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage, trace: [] } };
}

function linesBeforeReport(fn: FunctionState, requestId: string, outcome: Outcome, port: Port): string[] {
  const lines = [endLine(requestId)];
  if (outcome.status === 'timeout') lines.unshift(timeoutLine(timestamp(port), requestId, fn.timeoutMs));
  // A failed suppressed init never came to the handler: its START is printed here.
  if (outcome.status === 'init-error') lines.unshift(startLine(requestId));
  return lines;
}

function failureInReport(outcome: Outcome): { status: 'timeout' | 'error'; errorType: string | null } | null {
  if (outcome.status === 'success' || outcome.status === 'error') return null;
  return outcome.status === 'timeout' ? { status: 'timeout', errorType: null } : { status: 'error', errorType: outcome.error.errorType };
}

/** LAM-INV-S3: a function error still answers 200. LAM-INV-X07: FunctionError is `Unhandled`. */
function answer(invocation: Invocation, payload: string, isError: boolean, port: Port): void {
  const ok: JsonObject = {
    StatusCode: 200,
    Payload: payload,
    ExecutedVersion: '$LATEST',
    ...(isError ? { FunctionError: 'Unhandled' } : {}),
  };
  port.reply(invocation.replyTo ?? undefined, { ok });
}

/** LAM-INV-X04. */
export function timeOutInvocation(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const environment = state.environments[call.input.environmentId as string];
  const fn = state.functions[call.resource];
  if (fn && environment?.status === 'busy' && environment.invocation?.requestId === call.input.requestId) {
    const errorMessage = `RequestId: ${call.input.requestId} Error: Task timed out after ${(fn.timeoutMs / 1000).toFixed(2)} seconds`;
    endInvocation(
      runtime,
      state,
      fn,
      environment,
      { status: 'timeout', error: { errorType: 'Sandbox.Timedout', errorMessage, trace: [] } },
      port,
    );
  }
  return { ok: {} };
}
