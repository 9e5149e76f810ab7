// A mapping's poller: receives, filters, gathers a batch, hands it to the function, and goes on. One chain of calls a mapping.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
// Simplified: one poller that never waits stands for the five or more of AWS; how many batches run at a time is as with those.
// Simplified: a batching window ends to the millisecond; with little traffic AWS may take up to 20 s. LAM-INV-X20.
import type { ApiCall, Fault, Reply } from '../../../kernel/call';
import type { Json, JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import { type Ms, toMicroseconds } from '../../../kernel/time';
import { emitLambda } from '../facts';
import { type FilterMiss, missesOfBody } from '../filter-criteria/body-filter';
import { functionNotFound } from '../function';
import type { LambdaState } from '../state';
import { uuidOf } from './apply';
import { startBatch } from './batch';
import { type Gathering, NOTHING, poll } from './begin-polling';
import { deleteMessages } from './delete-messages';
import { codeOfTarget } from './function-target';
import { isPolled, type Mapping, startOf } from './mapping';
import { askQueue, replyIn } from './queue-call';
import { bytesOf, recordOf } from './record';

/** SQS hands out ten at a time. */
const RECEIVE_MAX = 10;
/** LAM-INV-X20: 6 MB of payload, the frame around the records taken off. */
const BATCH_BYTES_MAX = 6_291_456 - 32;
/** A queue that cannot be read is asked again, at first soon, then every five minutes. */
const POLL_RETRY_MIN_MS: Ms = 5000;
const POLL_RETRY_MAX_MS: Ms = 300_000;

function retryKey({ uuid }: Mapping): string {
  return `lambda:poll ${uuid}`;
}

function windowKey({ uuid }: Mapping): string {
  return `lambda:window ${uuid}`;
}

/** A watch is answered at once, and the chain ends there: what it has gathered still goes to the function. */
export function stopPolling(mapping: Mapping, port: Port): void {
  port.cancel(retryKey(mapping));
  port.call({ action: 'sqs:EndWatch', resource: mapping.eventSourceArn, input: { watchId: mapping.uuid }, trace: null });
}

export function pollSource(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const mapping = state.mappings[uuidOf(call.resource)];
  if (!mapping) return { ok: {} };
  const gathering = call.input.gathering as unknown as Gathering;
  const { fault } = replyIn(call.input);
  if (fault) return failPoll(mapping, gathering, 'ReceiveMessage', fault, port);
  port.cancel(windowKey(mapping));
  if (!isPolled(mapping) || isWindowOver(mapping, gathering, port)) {
    flush(mapping, gathering, port);
    return { ok: {} };
  }
  const fn = codeOfTarget(state, mapping.functionArn);
  // A mapping outlives its function; it rests until it is pointed at another.
  if (!fn) return failPoll(mapping, gathering, 'Invoke', functionNotFound(mapping.functionArn).fault, port);
  const input = {
    MaxNumberOfMessages: Math.min(RECEIVE_MAX, mapping.batchSize - gathering.records.length),
    AttributeNames: ['All'],
    MessageAttributeNames: ['All'],
    WaitTimeSeconds: 0,
  };
  const about = { gathering: gathering as unknown as Json };
  askQueue(
    fn,
    mapping.eventSourceArn,
    'ReceiveMessage',
    input,
    { to: 'call', action: 'lambda:TakeMessages', resource: mapping.arn, input: about },
    port,
  );
  return { ok: {} };
}

export function takeMessages(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const mapping = state.mappings[uuidOf(call.resource)];
  // What was received for a mapping that is gone becomes visible again by itself.
  if (!mapping) return { ok: {} };
  const gathering = call.input.gathering as unknown as Gathering;
  const { ok, fault } = replyIn(call.input);
  if (fault) return failPoll(mapping, gathering, 'ReceiveMessage', fault, port);
  if (mapping.pollError !== null) emitLambda(port, 'lambda:EventSourcePollRecovered', mapping.arn, { functionArn: mapping.functionArn });
  const messages = (ok?.Messages ?? []) as JsonObject[];
  if (messages.length === 0) {
    watch(mapping, gathering, port);
    return { ok: {} };
  }
  const passed = filter(state, mapping, messages, port);
  gather(mapping, gathering, passed, port);
  return { ok: {} };
}

/** Messages that no filter passes are deleted: LAM-INV-X29. */
function filter(state: Readonly<LambdaState>, mapping: Mapping, messages: readonly JsonObject[], port: Port): JsonObject[] {
  const passed: JsonObject[] = [];
  const missed: { messageId: string; misses: FilterMiss[] }[] = [];
  const entries: { messageId: string; receiptHandle: string }[] = [];
  for (const message of messages) {
    const misses = missesOfBody(mapping.patterns, String(message.Body ?? ''));
    if (!misses) passed.push(recordOf(message, mapping.eventSourceArn));
    else {
      missed.push({ messageId: String(message.MessageId), misses });
      entries.push({ messageId: String(message.MessageId), receiptHandle: String(message.ReceiptHandle) });
    }
  }
  if (missed.length > 0) {
    emitLambda(port, 'lambda:EventsFilteredOut', mapping.arn, { functionArn: mapping.functionArn, messages: missed });
    deleteMessages(state, mapping, entries, true, port);
  }
  return passed;
}

/** A batch goes when it is full in number or bytes, when its window is over, or at once without a window. */
function gather(mapping: Mapping, before: Gathering, passed: readonly JsonObject[], port: Port): void {
  let gathering: Gathering = { ...before, records: [...before.records], failures: 0, isCalled: false };
  const overflow: Gathering[] = [];
  for (const record of passed) {
    const bytes = bytesOf(record);
    if (gathering.records.length > 0 && gathering.bytes + bytes > BATCH_BYTES_MAX) {
      overflow.push(gathering);
      gathering = { ...NOTHING, records: [] };
    }
    gathering.records.push(record);
    gathering.bytes += bytes;
    gathering.since ??= port.now;
  }
  const isReady = mapping.windowMs === 0 || gathering.records.length >= mapping.batchSize || isWindowOver(mapping, gathering, port);
  for (const { records, bytes } of overflow) startBatch(mapping, records, bytes, true, port);
  if (isReady) flush(mapping, gathering, port);
  else poll(mapping, gathering, port);
}

function isWindowOver({ windowMs }: Mapping, { since }: Gathering, port: Port): boolean {
  // Rounded as the agenda rounds: the sum may lie a hair behind the moment at which the window's own call arrives.
  return since !== null && port.now >= toMicroseconds(since + windowMs);
}

function flush(mapping: Mapping, { records, bytes }: Gathering, port: Port): void {
  const goesOn = isPolled(mapping) && mapping.isPolling;
  if (records.length === 0) {
    if (goesOn) poll(mapping, NOTHING, port);
    return;
  }
  const polls = goesOn && mapping.active + 1 < mapping.concurrencyLimit;
  startBatch(mapping, records, bytes, polls, port);
  if (polls) poll(mapping, NOTHING, port);
}

/** Nothing there: the poller waits for the queue to call, or for the end of the batch's window. */
function watch(mapping: Mapping, gathering: Gathering, port: Port): void {
  const rest = startOf(mapping);
  if (mapping.concurrencyLimit > rest && mapping.active === 0) {
    emitLambda(port, 'lambda:EventSourceMappingScaled', mapping.arn, {
      from: mapping.concurrencyLimit,
      to: rest,
      reason: 'empty',
      polls: mapping.isPolling,
    });
  }
  if (!isPolled(mapping)) {
    flush(mapping, gathering, port);
    return;
  }
  const input = { gathering: { ...gathering, failures: 0, isCalled: true } as unknown as Json };
  port.call({
    action: 'sqs:WatchQueue',
    resource: mapping.eventSourceArn,
    input: { watchId: mapping.uuid, again: gathering.isCalled },
    replyTo: { to: 'call', action: 'lambda:PollSource', resource: mapping.arn, input },
    trace: null,
  });
  if (gathering.since === null) return;
  const endWatch = { action: 'sqs:EndWatch', resource: mapping.eventSourceArn, input: { watchId: mapping.uuid }, trace: null } as const;
  port.call({ ...endWatch, key: windowKey(mapping) }, gathering.since + mapping.windowMs - port.now);
}

/** The queue is gone, or the role may not read it any more: asked again and again, told once. */
function failPoll(mapping: Mapping, gathering: Gathering, operation: string, { code, message }: Fault, port: Port): Reply {
  if (mapping.pollError !== `${code}: ${message}`) {
    const data = { operation, errorCode: code, errorMessage: message, functionArn: mapping.functionArn };
    emitLambda(port, 'lambda:EventSourcePollFailed', mapping.arn, data);
  }
  if (!isPolled(mapping)) return { ok: {} };
  const waitMs = Math.min(POLL_RETRY_MIN_MS * 2 ** gathering.failures, POLL_RETRY_MAX_MS);
  const input = { gathering: { ...gathering, failures: Math.min(gathering.failures + 1, 10), isCalled: false } as unknown as Json };
  const background = gathering.records.length === 0;
  port.call({ action: 'lambda:PollSource', resource: mapping.arn, input, key: retryKey(mapping), background, trace: null }, waitMs);
  return { ok: {} };
}
