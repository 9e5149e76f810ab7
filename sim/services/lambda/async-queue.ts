// Lambda's own queue for asynchronous events: attempts, waits, and where an event goes that cannot be processed.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { type Response, sendToDestination } from './destinations';
import { type AttemptReason, type DiscardCondition, type ErrorRecord, emitLambda } from './facts';
import { rolePrincipal } from './logging';
import { codeAt, settingsAt } from './qualifier';
import type { FunctionState, LambdaState, QueuedEvent } from './state';
import { dispatchMs } from './timing';

/** LAM-INV-A2: one minute before the second attempt, two before the third. Simplified: exactly; Lambda adds some seconds. */
const RETRY_WAITS_MS: readonly Ms[] = [60_000, 120_000];

/** LAM-INV-A2: after a throttle the wait grows from 1 s to 5 min. Simplified: it doubles, without jitter; Lambda also waits by the length of its queue. */
const THROTTLE_WAIT_MIN_MS: Ms = 1000;
const THROTTLE_WAIT_MAX_MS: Ms = 300_000;

/** LAM-INV-X14: the first KB of the error message. */
const DEAD_LETTER_MESSAGE_MAX = 1024;

/** Puts the event in the queue: from here on the caller hears nothing more. LAM-INV-X11. */
export function queueEvent(
  state: Readonly<LambdaState>,
  fn: FunctionState,
  qualifier: string | null,
  requestId: string,
  payload: string,
  lineage: string | null,
  port: Port,
): void {
  const { maximumRetryAttempts, maximumEventAgeMs } = settingsAt(fn, qualifier).eventInvoke;
  const chain = lineage === null ? {} : { lineage };
  emitLambda(port, 'lambda:EventQueued', fn.arn, { requestId, qualifier, payload, maximumRetryAttempts, maximumEventAgeMs, ...chain });
  const event = state.events[requestId];
  // LAM-INV-X13: a stopped function gives new events up at once.
  if (event && fn.reservedConcurrency === 0) {
    discard(fn, event, 'ZeroReservedConcurrency', null, port);
    return;
  }
  scheduleAttempt(fn, requestId, 1, dispatchMs(port), 'received', port);
}

function scheduleAttempt(fn: FunctionState, requestId: string, attempt: number, waitMs: Ms, reason: AttemptReason, port: Port): void {
  emitLambda(port, 'lambda:AttemptScheduled', fn.arn, { requestId, attempt, waitMs, dueAt: port.now + waitMs, reason });
  const input = { requestId, attempt };
  const replyTo = { to: 'call', action: 'lambda:TakeAttemptReply', resource: fn.arn, input } as const;
  port.call({ action: 'lambda:StartAttempt', resource: fn.arn, input, replyTo }, waitMs);
}

/** After an attempt: done, tried again, or given up. A crash and a timeout count like an error of the code. */
export function settleAttempt(fn: FunctionState, event: QueuedEvent, response: Response, port: Port): void {
  const { requestId, attempts } = event;
  if (!response.error) {
    emitLambda(port, 'lambda:EventProcessed', fn.arn, { requestId, attempts });
    sendToDestination(fn, event, 'Success', response, port);
    return;
  }
  const waitMs = RETRY_WAITS_MS[attempts - 1];
  if (waitMs === undefined || attempts > event.maximumRetryAttempts) discard(fn, event, 'RetriesExhausted', response, port);
  else if (port.now + waitMs - event.queuedAt > event.maximumEventAgeMs) discard(fn, event, 'EventAgeExceeded', response, port);
  else scheduleAttempt(fn, requestId, attempts + 1, waitMs, 'function-error', port);
}

/** Why the code did not run, as the dead-letter queue is told: an HTTP status and a text. */
interface Refusal {
  status: number;
  message: string;
}

const THROTTLED: Refusal = { status: 429, message: 'Rate Exceeded.' };

/** After a throttle the event goes back to the queue; this does not count as a retry, only its age ends it. LAM-INV-A2. */
export function putBack(fn: FunctionState, event: QueuedEvent, attempt: number, port: Port): void {
  waitLonger(fn, event, attempt, 'throttle', THROTTLED, port);
}

function waitLonger(
  fn: FunctionState,
  event: QueuedEvent,
  attempt: number,
  reason: 'throttle' | 'system-error',
  refusal: Refusal,
  port: Port,
): void {
  const waitMs = Math.min(THROTTLE_WAIT_MIN_MS * 2 ** event.throttles, THROTTLE_WAIT_MAX_MS);
  if (port.now + waitMs - event.queuedAt > event.maximumEventAgeMs) discard(fn, event, 'EventAgeExceeded', null, port, refusal);
  else scheduleAttempt(fn, event.requestId, attempt, waitMs, reason, port);
}

/** An error of Lambda's own kept the attempt from starting: the same loop as after a throttle. LAM-INV-A2. */
export function takeAttemptReply(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { requestId, attempt, reply } = call.input as unknown as { requestId: string; attempt: number; reply: { fault?: Fault } };
  const event = state.events[requestId];
  if (!reply.fault || !event) return { ok: {} };
  const fn = state.functions[call.resource];
  const { status, message } = reply.fault;
  if (fn) waitLonger(fn, event, attempt, 'system-error', { status, message }, port);
  else abandon(event, port);
  return { ok: {} };
}

function discard(
  fn: FunctionState,
  event: QueuedEvent,
  condition: DiscardCondition,
  response: Response | null,
  port: Port,
  refusal: Refusal = THROTTLED,
): void {
  const { requestId, attempts } = event;
  // LAM-INV-A4: the queue is locked into the version.
  const deadLetterArn = codeAt(fn, event.qualifier)?.deadLetterArn ?? null;
  emitLambda(port, 'lambda:EventDiscarded', fn.arn, { requestId, attempts, condition, deadLetterArn });
  // LAM-INV-X15: both may be set, and both receive the failure.
  if (deadLetterArn) sendDeadLetter(fn, deadLetterArn, event, response?.error ?? null, refusal, port);
  sendToDestination(fn, event, condition, response, port);
}

/** A recursive loop ends here. Simplified: AWS does not say which condition its record names; here it is that of spent retries. */
export function dropRecursive(fn: FunctionState, event: QueuedEvent, { status, message }: Fault, port: Port): void {
  discard(fn, event, 'RetriesExhausted', null, port, { status, message });
}

/** The function or alias that the event was for is gone, and with it every place that could be told. */
export function abandon({ requestId, attempts, functionArn }: QueuedEvent, port: Port): void {
  emitLambda(port, 'lambda:EventDiscarded', functionArn, { requestId, attempts, condition: 'ResourceNotFound', deadLetterArn: null });
}

/** LAM-INV-X14: the event unchanged, and three attributes that say what became of it. `error` is null when the code never ran. */
function sendDeadLetter(
  fn: FunctionState,
  deadLetterArn: string,
  event: QueuedEvent,
  error: ErrorRecord | null,
  refusal: Refusal,
  port: Port,
): void {
  const message = error ? error.errorMessage : refusal.message;
  const attributes = {
    RequestID: { DataType: 'String', StringValue: event.requestId },
    // The status of the last Invoke: a function error is an answered request, so 200.
    ErrorCode: { DataType: 'Number', StringValue: error ? '200' : String(refusal.status) },
    ErrorMessage: { DataType: 'String', StringValue: message.slice(0, DEAD_LETTER_MESSAGE_MAX) || 'Unknown' },
  } as const;
  port.deliver(
    deadLetterArn,
    { body: event.payload, attributes },
    {
      principal: rolePrincipal(fn, port.account),
      replyTo: { to: 'call', action: 'lambda:EndDeadLetter', resource: fn.arn, input: { requestId: event.requestId, deadLetterArn } },
    },
  );
}

/** The target's answer. A failure to write loses the event: the metric DeadLetterErrors is all that tells. */
export function endDeadLetter(call: ApiCall, port: Port): Reply {
  const { requestId, deadLetterArn, reply } = call.input as unknown as {
    requestId: string;
    deadLetterArn: string;
    reply: { fault?: Fault };
  };
  if (reply.fault) {
    const { code, message } = reply.fault;
    emitLambda(port, 'lambda:DeadLetterFailed', call.resource, { requestId, deadLetterArn, errorCode: code, errorMessage: message });
  } else {
    emitLambda(port, 'lambda:DeadLetterSent', call.resource, { requestId, deadLetterArn });
  }
  return { ok: {} };
}
