// The end of an invocation: its record, END and REPORT, the answer to whoever waits, and what becomes of the environment.
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { toMicroseconds } from '../../kernel/time';
import { settleAttempt } from './async-queue';
import { type ErrorRecord, emitLambda, type InvocationStatus } from './facts';
import { freeze, reset } from './lifecycle';
import type { LambdaRuntime } from './live';
import { billedDuration } from './log-lines';
import { takeTail, writeSystem } from './logging';
import { traceOf } from './recursion';
import { concurrencyKindOf } from './start-invocation';
import type { Environment, Invocation, LambdaState } from './state';
import type { SystemEvent } from './system-events';

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
  environment: Environment,
  given: Outcome,
  port: Port,
): void {
  const { environmentId, initDurationMs, code: fn, isProvisioned } = environment;
  const invocation = environment.invocation;
  if (!invocation) return;
  const outcome = withinResponseLimit(given);
  const error = outcome.status === 'success' ? null : outcome.error;
  const payload = outcome.status === 'success' ? outcome.payload : errorPayload(outcome.status, outcome.error);
  const durationMs = toMicroseconds(port.now - environment.startedAt);
  // LAM-CLD-X02: the init of provisioned concurrency is billed apart.
  const billedMs = billedDuration(durationMs, isProvisioned ? null : initDurationMs);
  const maxMemoryUsedMB = Math.min(runtime.lives.get(environmentId)?.maxMemoryUsedMB ?? 0, fn.memoryMB);
  const { requestId, attempt, invocationType, qualifier } = invocation;
  const executedVersion = fn.version;
  port.cancel(`timeout:${environmentId}`);
  emitLambda(port, 'lambda:InvocationEnded', fn.arn, {
    environmentId,
    requestId,
    invocationType,
    qualifier,
    executedVersion,
    concurrencyKind: concurrencyKindOf(state, environment),
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
  const status = outcome.status === 'success' || outcome.status === 'timeout' ? outcome.status : 'error';
  const errorType = status === 'error' ? (error?.errorType ?? null) : null;
  const tracing = fn.tracingMode === 'Active' ? traceOf(fn, invocation, port.epochMs - durationMs) : null;
  const figures = { requestId, durationMs, billedMs, memoryMB: fn.memoryMB, maxMemoryUsedMB, initDurationMs };
  const last: SystemEvent[] = [
    { event: 'end', requestId, status, errorType, durationMs, producedBytes: status === 'success' ? payload.length : 0 },
    { event: 'report', status, errorType, failure, tracing, ...figures },
  ];
  writeSystem(environment, [...eventsBeforeEnd(invocation, outcome), ...last], port);
  answer(invocation, executedVersion, payload, error !== null, takeTail(environment), port);
  const event = state.events[requestId];
  const owner = state.functions[fn.arn];
  if (event && owner && invocationType === 'Event') settleAttempt(owner, event, { payload, error, executedVersion }, port);
  if (outcome.status === 'success' || outcome.status === 'error') freeze(runtime, state, environment, port);
  else reset(runtime, state, environment, outcome.status, port);
}

function withinResponseLimit(outcome: Outcome): Outcome {
  if (outcome.status !== 'success' || outcome.payload.length <= RESPONSE_BYTES_MAX) return outcome;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES_MAX} bytes).`;
  return { status: 'error', error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage, trace: [] } };
}

function eventsBeforeEnd({ requestId, qualifier }: Invocation, { status }: Outcome): SystemEvent[] {
  if (status === 'timeout') return [{ event: 'timeout', requestId }];
  // A failed suppressed init never came to the handler: its START is printed here.
  return status === 'init-error' ? [{ event: 'start', requestId, qualifier }] : [];
}

function failureInReport(outcome: Outcome): { status: 'timeout' | 'error'; errorType: string | null } | null {
  if (outcome.status === 'success' || outcome.status === 'error') return null;
  return outcome.status === 'timeout' ? { status: 'timeout', errorType: null } : { status: 'error', errorType: outcome.error.errorType };
}

/** LAM-INV-S3: a function error still answers 200. LAM-INV-X07: FunctionError is `Unhandled`. */
function answer(invocation: Invocation, executedVersion: string, payload: string, isError: boolean, tail: string | null, port: Port): void {
  const ok: JsonObject = {
    StatusCode: 200,
    Payload: payload,
    ExecutedVersion: executedVersion,
    ...(isError ? { FunctionError: 'Unhandled' } : {}),
    ...(tail === null ? {} : { LogResult: tail }),
    // The caller's request has the id that the log and the records have.
    $metadata: { requestId: invocation.requestId },
  };
  port.reply(invocation.replyTo ?? undefined, { ok });
}

/** LAM-INV-X04. */
export function timeOutInvocation(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const environment = state.environments[call.input.environmentId as string];
  if (environment?.status === 'busy' && environment.invocation?.requestId === call.input.requestId) {
    const seconds = (environment.code.timeoutMs / 1000).toFixed(2);
    const errorMessage = `RequestId: ${call.input.requestId} Error: Task timed out after ${seconds} seconds`;
    const error = { errorType: 'Sandbox.Timedout', errorMessage, trace: [] };
    endInvocation(runtime, state, environment, { status: 'timeout', error }, port);
  }
  return { ok: {} };
}
