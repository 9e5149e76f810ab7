// A batch in the function: invoked synchronously, put off when a limit stands in the way, and settled by its answer.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
import type { ApiCall, Fault, Reply } from '../../../kernel/call';
import type { Json, JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import type { Ms } from '../../../kernel/time';
import { emitLambda } from '../facts';
import type { LambdaState } from '../state';
import { uuidOf } from './apply';
import { beginPolling } from './begin-polling';
import { deleteMessages, type Handled } from './delete-messages';
import type { BatchOutcome } from './facts';
import { codeOfTarget } from './function-target';
import { failuresIn } from './item-failures';
import { ceilingOf, isFifo, isPolled, type Mapping, startOf } from './mapping';
import { askQueue, replyIn } from './queue-call';
import { eventOf, messageIdOf } from './record';
import { traceOfRecords } from './trace-of-records';

/** Simplified: AWS does not say how it backs off; here the wait doubles and the number of batches at a time is halved. */
const PUT_OFF_MIN_MS: Ms = 1000;
const PUT_OFF_MAX_MS: Ms = 60_000;
/** Up to 300 more batches at a time in a minute, spread over it. LAM-INV-E table. */
const GROWTH_EVERY_MS: Ms = 1000;
const GROWTH_STEP = 5;

/** What travels with the batch, from call to call. */
interface BatchInHand {
  batchId: string;
  functionArn: string;
  eventSourceArn: string;
  reportsItemFailures: boolean;
  messages: Handled[];
  payload: string;
  trace: string | null;
  receivedAt: Ms;
  /** Known once the batch was put off. */
  visibleAt: Ms | null;
  attempt: number;
}

export function startBatch(mapping: Mapping, records: readonly JsonObject[], bytes: number, polls: boolean, port: Port): void {
  const { functionArn, eventSourceArn, reportsItemFailures } = mapping;
  const batch: BatchInHand = {
    batchId: port.uuid(),
    functionArn,
    eventSourceArn,
    reportsItemFailures,
    messages: records.map((record) => ({ messageId: messageIdOf(record), receiptHandle: record.receiptHandle as string })),
    payload: eventOf(records),
    trace: traceOfRecords(records),
    receivedAt: port.now,
    visibleAt: null,
    attempt: 1,
  };
  const messageIds = batch.messages.map(({ messageId }) => messageId);
  emitLambda(port, 'lambda:BatchStarted', mapping.arn, { functionArn, batchId: batch.batchId, messageIds, bytes, polls });
  if (!polls && mapping.active >= mapping.concurrencyLimit) planGrowth(mapping, port);
  invoke(mapping.arn, batch, port);
}

function invoke(mappingArn: string, batch: BatchInHand, port: Port): void {
  const input = { FunctionName: batch.functionArn, InvocationType: 'RequestResponse', Payload: batch.payload };
  const replyTo = { to: 'call', action: 'lambda:EndBatch', resource: mappingArn, input: { batch: batch as unknown as Json } } as const;
  const route = port.route('lambda', 'Invoke', input);
  if (route) port.call({ ...route, input, replyTo, trace: batch.trace });
}

/** The invocation was answered, or refused. */
export function endBatch(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const batch = call.input.batch as unknown as BatchInHand;
  const { ok, fault } = replyIn(call.input);
  if (fault) refuseBatch(state, call.resource, batch, fault, port);
  else settle(state, call.resource, batch, ok ?? {}, port);
  return { ok: {} };
}

function settle(state: Readonly<LambdaState>, mappingArn: string, batch: BatchInHand, answer: JsonObject, port: Port): void {
  const requestId = ((answer.$metadata as JsonObject | undefined)?.requestId ?? null) as string | null;
  const ids = batch.messages.map(({ messageId }) => messageId);
  if (answer.FunctionError !== undefined) {
    finish(state, mappingArn, batch, { outcome: 'function-error', reason: errorIn(answer), failedIds: ids, requestId }, port);
    return;
  }
  const reported = batch.reportsItemFailures ? failuresIn(String(answer.Payload ?? ''), ids) : { failedIds: new Set<string>() };
  if ('bad' in reported) {
    finish(state, mappingArn, batch, { outcome: 'bad-response', reason: reported.bad, failedIds: ids, requestId }, port);
    return;
  }
  // Of a FIFO queue too, everything that is not named leaves the queue: keeping the order is the handler's part.
  const done = batch.messages.filter(({ messageId }) => !reported.failedIds.has(messageId));
  deleteMessages(state, { ...batch, arn: mappingArn }, done, false, port);
  const failedIds = [...reported.failedIds];
  const outcome = failedIds.length === 0 ? 'success' : 'partial';
  finish(state, mappingArn, batch, { outcome, reason: null, failedIds, requestId }, port);
}

function errorIn({ Payload: payload }: JsonObject): string {
  try {
    const { errorType, errorMessage } = JSON.parse(String(payload)) as JsonObject;
    return `${errorType}: ${errorMessage}`;
  } catch {
    return 'The function failed.';
  }
}

/** Throttles and Lambda's own errors pass; the batch waits for them as long as its messages are hidden. Other refusals do not. */
function refuseBatch(state: Readonly<LambdaState>, mappingArn: string, batch: BatchInHand, fault: Fault, port: Port): void {
  const reason = `${fault.code}: ${fault.message}`;
  const failedIds = batch.messages.map(({ messageId }) => messageId);
  if (fault.status !== 429 && fault.side !== 'server') {
    const outcome = fault.code === 'RecursiveInvocationException' ? 'recursion' : 'not-invoked';
    finish(state, mappingArn, batch, { outcome, reason, failedIds, requestId: null }, port);
    return;
  }
  const fn = codeOfTarget(state, batch.functionArn);
  if (batch.visibleAt !== null || !fn) {
    putOff(state, mappingArn, batch, fault, port);
    return;
  }
  const about = { batch: batch as unknown as Json, fault: { ...fault } as unknown as Json };
  const replyTo = { to: 'call', action: 'lambda:PutOffBatch', resource: mappingArn, input: about } as const;
  askQueue(fn, batch.eventSourceArn, 'GetQueueAttributes', { AttributeNames: ['VisibilityTimeout'] }, replyTo, port);
}

/** The queue has told for how long its messages are hidden. */
export function putOffBatch(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { batch, fault } = call.input as unknown as { batch: BatchInHand; fault: Fault };
  const attributes = (replyIn(call.input).ok?.Attributes ?? {}) as JsonObject;
  const visibleAt = batch.receivedAt + Number(attributes.VisibilityTimeout ?? 30) * 1000;
  putOff(state, call.resource, { ...batch, visibleAt }, fault, port);
  return { ok: {} };
}

function putOff(state: Readonly<LambdaState>, mappingArn: string, batch: BatchInHand, fault: Fault, port: Port): void {
  const mapping = state.mappings[uuidOf(mappingArn)];
  const waitMs = Math.min(PUT_OFF_MIN_MS * 2 ** (batch.attempt - 1), PUT_OFF_MAX_MS);
  const visibleAt = batch.visibleAt ?? port.now;
  const concurrencyLimit = Math.max(1, Math.floor((mapping?.concurrencyLimit ?? 1) / 2));
  if (!mapping || port.now + waitMs >= visibleAt) {
    const failedIds = batch.messages.map(({ messageId }) => messageId);
    const reason = `${fault.code}: ${fault.message}`;
    finish(state, mappingArn, batch, { outcome: 'throttled', reason, failedIds, requestId: null }, port);
    return;
  }
  const { batchId, functionArn, attempt } = batch;
  emitLambda(port, 'lambda:BatchPutOff', mappingArn, {
    functionArn,
    batchId,
    attempt,
    errorCode: fault.code,
    errorMessage: fault.message,
    waitMs,
    dueAt: port.now + waitMs,
    visibleAt,
    concurrencyLimit,
  });
  const next = { ...batch, attempt: attempt + 1 };
  port.call({ action: 'lambda:RetryBatch', resource: mappingArn, input: { batch: next as unknown as Json }, trace: null }, waitMs);
}

export function retryBatch(call: ApiCall, port: Port): Reply {
  invoke(call.resource, call.input.batch as unknown as BatchInHand, port);
  return { ok: {} };
}

interface Ending {
  outcome: BatchOutcome;
  reason: string | null;
  failedIds: string[];
  requestId: string | null;
}

/** A place is free: the poller goes on if it had stopped for want of one. */
function finish(state: Readonly<LambdaState>, mappingArn: string, batch: BatchInHand, ending: Ending, port: Port): void {
  const mapping = state.mappings[uuidOf(mappingArn)];
  const { batchId, functionArn } = batch;
  const messageIds = batch.messages.map(({ messageId }) => messageId);
  const concurrencyLimit = mapping ? limitAfter(mapping, ending.outcome) : 0;
  const resumes = mapping !== undefined && !mapping.isPolling && isPolled(mapping) && mapping.active - 1 < concurrencyLimit;
  const polls = resumes || (mapping?.isPolling ?? false);
  emitLambda(port, 'lambda:BatchEnded', mappingArn, { functionArn, batchId, messageIds, ...ending, concurrencyLimit, polls });
  if (mapping && resumes) beginPolling(mapping, port);
}

/** Failures take the number of batches at a time down step by step; successes bring it back to where it started. */
function limitAfter(mapping: Mapping, outcome: BatchOutcome): number {
  const { concurrencyLimit } = mapping;
  if (outcome === 'success' || outcome === 'partial') return Math.max(concurrencyLimit, Math.min(concurrencyLimit + 1, startOf(mapping)));
  if (outcome === 'throttled') return Math.max(1, Math.floor(concurrencyLimit / 2));
  return Math.max(1, concurrencyLimit - 1);
}

function planGrowth(mapping: Mapping, port: Port): void {
  if (isFifo(mapping) || mapping.concurrencyLimit >= ceilingOf(mapping)) return;
  const key = `lambda:growth ${mapping.uuid}`;
  port.call({ action: 'lambda:GrowMapping', resource: mapping.arn, input: {}, key, trace: null }, GROWTH_EVERY_MS);
}

/** Every place is still taken a second later: there is a backlog. */
export function growMapping(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const mapping = state.mappings[uuidOf(call.resource)];
  if (!mapping || !isPolled(mapping) || mapping.isPolling || mapping.active < mapping.concurrencyLimit) return { ok: {} };
  const from = mapping.concurrencyLimit;
  const to = Math.min(from + GROWTH_STEP, ceilingOf(mapping));
  if (to <= from) return { ok: {} };
  emitLambda(port, 'lambda:EventSourceMappingScaled', mapping.arn, { from, to, reason: 'backlog', polls: true });
  beginPolling(mapping, port);
  return { ok: {} };
}
