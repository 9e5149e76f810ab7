// Lambda's own queue for asynchronous events: attempts, waits, and where an event goes that cannot be processed.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { type ErrorRecord, emitLambda } from './facts';
import { rolePrincipal } from './logging';
import type { FunctionState, QueuedEvent } from './state';
import { dispatchMs } from './timing';

/** LAM-INV-A2: one minute before the second attempt, two before the third. Simplified: exactly; Lambda adds some seconds. */
const RETRY_WAITS_MS: readonly Ms[] = [60_000, 120_000];

/** LAM-INV-X14: the first KB of the error message. */
const DEAD_LETTER_MESSAGE_MAX = 1024;

/** Puts the event in the queue: from here on the caller hears nothing more. LAM-INV-X11. */
export function queueEvent(fn: FunctionState, requestId: string, payload: string, port: Port): void {
  emitLambda(port, 'lambda:EventQueued', fn.arn, { requestId, payload, ...fn.eventInvoke });
  scheduleAttempt(fn, requestId, 1, dispatchMs(port), 'received', port);
}

function scheduleAttempt(
  fn: FunctionState,
  requestId: string,
  attempt: number,
  waitMs: Ms,
  reason: 'received' | 'function-error',
  port: Port,
): void {
  emitLambda(port, 'lambda:AttemptScheduled', fn.arn, { requestId, attempt, waitMs, dueAt: port.now + waitMs, reason });
  port.call({ action: 'lambda:StartAttempt', resource: fn.arn, input: { requestId, attempt } }, waitMs);
}

/** After an attempt: done, tried again, or given up. A crash and a timeout count like an error of the code. */
export function settleAttempt(fn: FunctionState, event: QueuedEvent, error: ErrorRecord | null, port: Port): void {
  const { requestId, attempts } = event;
  if (!error) {
    emitLambda(port, 'lambda:EventProcessed', fn.arn, { requestId, attempts });
    return;
  }
  const waitMs = RETRY_WAITS_MS[attempts - 1];
  if (waitMs === undefined || attempts > event.maximumRetryAttempts) discard(fn, event, 'RetriesExhausted', error, port);
  else if (port.now + waitMs - event.queuedAt > event.maximumEventAgeMs) discard(fn, event, 'EventAgeExceeded', error, port);
  else scheduleAttempt(fn, requestId, attempts + 1, waitMs, 'function-error', port);
}

function discard(
  fn: FunctionState,
  event: QueuedEvent,
  condition: 'RetriesExhausted' | 'EventAgeExceeded',
  error: ErrorRecord,
  port: Port,
): void {
  const { requestId, attempts } = event;
  const deadLetterArn = fn.deadLetterArn;
  emitLambda(port, 'lambda:EventDiscarded', fn.arn, { requestId, attempts, condition, deadLetterArn });
  if (deadLetterArn) sendDeadLetter(fn, deadLetterArn, event, error, port);
}

/** LAM-INV-X14: the event unchanged, and three attributes that say what became of it. */
function sendDeadLetter(fn: FunctionState, deadLetterArn: string, event: QueuedEvent, error: ErrorRecord, port: Port): void {
  const attributes = {
    RequestID: { DataType: 'String', StringValue: event.requestId },
    // The status of the last Invoke: a function error is an answered request, so 200.
    ErrorCode: { DataType: 'Number', StringValue: '200' },
    ErrorMessage: { DataType: 'String', StringValue: error.errorMessage.slice(0, DEAD_LETTER_MESSAGE_MAX) || 'Unknown' },
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
