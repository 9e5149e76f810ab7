// PutLogEvents: a batch in order, not too old, not from the future; then the filters of the group see it.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { findEmbeddedMetrics } from './embedded-metrics';
import { eventBytes, keptFrom } from './event-order';
import { invalid } from './faults';
import { countMatches } from './metric-filters';
import type { LogGroup, LogStream } from './state';
import { sequenceToken } from './streams';
import { handToSubscribers } from './subscribers';

/** One call: at most 10,000 events and 1,048,576 bytes, 26 of them per event for its frame; an event at most 1 MB. */
const EVENTS_MAX = 10_000;
const BATCH_BYTES_MAX = 1_048_576;

const BATCH_SPAN_MS = 24 * 3_600_000;
const FUTURE_MS = 2 * 3_600_000;
const PAST_MS = 14 * 24 * 3_600_000;

interface InputEvent {
  timestamp: number;
  message: string;
}

export function putLogEvents(group: LogGroup, stream: LogStream, { input }: ApiCall, port: Port): Reply {
  const { logEvents } = input;
  if (!Array.isArray(logEvents) || logEvents.length < 1 || logEvents.length > EVENTS_MAX) {
    return invalid(`1 to ${EVENTS_MAX} log events are required.`);
  }
  const events = logEvents as unknown as InputEvent[];
  const refusal = checkBatch(events);
  if (refusal) return refusal;
  const { accepted, rejected } = sift(events, group, port);
  if (rejected) {
    port.emit('logs:LogEventsRejected', group.arn, {
      logStreamName: stream.name,
      ...rejected,
      events: events.length,
      accepted: accepted.length,
    });
  }
  if (accepted.length > 0) {
    const firstOrdinal = group.nextOrdinal;
    port.emit('logs:LogEventsPut', group.arn, { logStreamName: stream.name, logEvents: accepted as unknown as JsonObject[] });
    const placed = accepted.map((event, i) => ({ ...event, ordinal: firstOrdinal + i }));
    countMatches(group, placed, port);
    findEmbeddedMetrics(group, placed, port);
    handToSubscribers(group, stream, placed, port);
  }
  return { ok: { nextSequenceToken: sequenceToken(group), ...(rejected ? { rejectedLogEventsInfo: rejected } : {}) } };
}

function checkBatch(events: InputEvent[]): Reply | null {
  let bytes = 0;
  let previous = Number.NEGATIVE_INFINITY;
  for (const { timestamp, message } of events) {
    if (typeof timestamp !== 'number' || typeof message !== 'string' || message === '') {
      return invalid('Every log event needs a timestamp and a message that is not empty.');
    }
    const size = eventBytes(message);
    if (size > BATCH_BYTES_MAX) return invalid(`Log event too large: ${size} bytes exceeds limit of ${BATCH_BYTES_MAX}`);
    bytes += size;
    if (timestamp < previous) return invalid('Log events in a single PutLogEvents request must be in chronological order.');
    previous = timestamp;
  }
  if (bytes > BATCH_BYTES_MAX) return invalid(`Upload too large: ${bytes} bytes exceeds limit of ${BATCH_BYTES_MAX}`);
  if (previous - (events[0] as InputEvent).timestamp > BATCH_SPAN_MS) {
    return invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
  return null;
}

/** What is too new, too old or past the group's retention is left out, and its place in the batch is said. */
function sift(events: InputEvent[], group: LogGroup, port: Port): { accepted: InputEvent[]; rejected: JsonObject | null } {
  const newest = port.epochMs + FUTURE_MS;
  const oldest = port.epochMs - PAST_MS;
  const kept = keptFrom(group, port);
  const first = events[0] as InputEvent;
  const last = events[events.length - 1] as InputEvent;
  if (first.timestamp >= Math.max(oldest, kept) && last.timestamp <= newest) return { accepted: events, rejected: null };
  const countBefore = (limit: number) => {
    const index = events.findIndex(({ timestamp }) => timestamp >= limit);
    return index === -1 ? events.length : index;
  };
  const tooOld = countBefore(oldest);
  const expired = countBefore(kept);
  const tooNew = events.findIndex(({ timestamp }) => timestamp > newest);
  const rejected: JsonObject = {};
  if (tooNew !== -1) rejected.tooNewLogEventStartIndex = tooNew;
  if (tooOld > 0) rejected.tooOldLogEventEndIndex = tooOld;
  if (expired > 0) rejected.expiredLogEventEndIndex = expired;
  return { accepted: events.slice(Math.max(tooOld, expired), tooNew === -1 ? events.length : tooNew), rejected };
}
