// GetLogEvents: a stream forwards and backwards. A token names the event at the edge of a page, so it stays good when more arrive.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { eventBytes, eventId, eventsBetween, lowerBound, positionOf } from './event-order';
import { invalid } from './faults';
import { epochOf } from './lookup';
import type { LogEvent, LogGroup, LogStream } from './state';

/** A page: at most 10,000 events and 1 MB. */
const EVENTS_MAX = 10_000;
const PAGE_BYTES_MAX = 1_048_576;

const TOKEN = /^([fb])\/(\d{56})\/s$/;

export function getLogEvents(group: LogGroup, stream: LogStream, { input }: ApiCall, port: Port): Reply {
  const { startTime, endTime, nextToken, startFromHead, limit } = input;
  const from = typeof startTime === 'number' ? startTime : 0;
  const to = typeof endTime === 'number' ? endTime : Number.POSITIVE_INFINITY;
  const events = eventsBetween(group, stream, from, to, port);
  const size = typeof limit === 'number' ? limit : EVENTS_MAX;
  let page: LogEvent[];
  let edge: string | null = null;
  if (typeof nextToken === 'string') {
    const [, direction, id] = TOKEN.exec(nextToken) ?? [];
    if (!direction || !id) return invalid('The specified nextToken is invalid.');
    edge = id;
    const { timestamp, ordinal } = positionOf(id);
    page =
      direction === 'f'
        ? fill(events.slice(lowerBound(events, { timestamp, ordinal: ordinal + 1 })), size)
        : fillBack(events.slice(0, lowerBound(events, { timestamp, ordinal })), size);
  } else page = startFromHead === true ? fill(events, size) : fillBack(events, size);
  const [first] = page;
  const last = page[page.length - 1];
  // At the end of the stream the same token comes back.
  const idle = edge ?? eventId({ timestamp: Math.max(0, Math.floor(Number.isFinite(from) ? from : 0)), ordinal: 0 });
  return {
    ok: {
      events: page.map(
        ({ timestamp, message, ingestedAt }): JsonObject => ({ timestamp, message, ingestionTime: epochOf(ingestedAt, port) }),
      ),
      nextForwardToken: `f/${last ? eventId(last) : idle}/s`,
      nextBackwardToken: `b/${first ? eventId(first) : idle}/s`,
    },
  };
}

export function fill(events: LogEvent[], limit: number): LogEvent[] {
  let bytes = 0;
  let count = 0;
  for (const { message } of events) {
    bytes += eventBytes(message);
    if (count >= limit || (bytes > PAGE_BYTES_MAX && count > 0)) break;
    count++;
  }
  return events.slice(0, count);
}

/** The last events, in the order of time as always. */
function fillBack(events: LogEvent[], limit: number): LogEvent[] {
  return fill([...events].reverse(), limit).reverse();
}
