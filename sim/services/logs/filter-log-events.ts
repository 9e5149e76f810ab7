// FilterLogEvents: the events of a group's streams that match a pattern, in order of time.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { compareEvents, eventBytes, eventId, eventsBetween, positionOf } from './event-order';
import { invalid } from './faults';
import { compilePattern } from './filter-pattern/compile';
import { epochOf } from './lookup';
import { decodeToken, encodeToken } from './paging';
import type { LogEvent, LogGroup, LogStream } from './state';

/** A page: at most 10,000 events and 1 MB. */
const EVENTS_MAX = 10_000;
const PAGE_BYTES_MAX = 1_048_576;

interface Found {
  event: LogEvent;
  stream: string;
}

export function filterLogEvents(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  const { logStreamNames, logStreamNamePrefix, startTime, endTime, filterPattern, nextToken, limit } = input;
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    return invalid('logStreamNamePrefix and logStreamNames are mutually exclusive parameters.');
  }
  const pattern = compilePattern(typeof filterPattern === 'string' ? filterPattern : '');
  if ('refused' in pattern) return invalid(pattern.refused);
  const streams = chooseStreams(group, logStreamNames, String(logStreamNamePrefix ?? ''));
  if ('fault' in streams) return streams;
  const from = typeof startTime === 'number' ? startTime : 0;
  // Unlike in GetLogEvents, the end is part of the range.
  const to = typeof endTime === 'number' ? endTime + 1 : Number.POSITIVE_INFINITY;
  const found: Found[] = [];
  for (const stream of streams) {
    for (const event of eventsBetween(group, stream, from, to, port)) {
      if (pattern.matches(event.message)) found.push({ event, stream: stream.name });
    }
  }
  found.sort((a, b) => compareEvents(a.event, b.event));
  let start = 0;
  if (typeof nextToken === 'string') {
    const id = decodeToken(nextToken);
    if (!id || !/^\d{56}$/.test(id)) return invalid('The specified nextToken is invalid.');
    const position = positionOf(id);
    start = found.findIndex(({ event }) => compareEvents(event, position) > 0);
    if (start === -1) start = found.length;
  }
  const page = takePage(found.slice(start), typeof limit === 'number' ? limit : EVENTS_MAX);
  const last = page[page.length - 1];
  const isMore = last !== undefined && start + page.length < found.length;
  return {
    ok: {
      events: page.map(({ event, stream }) => view(event, stream, port)),
      // AWS lists no stream here since 2023.
      searchedLogStreams: [],
      ...(isMore ? { nextToken: encodeToken(eventId(last.event)) } : {}),
    },
  };
}

function view(event: LogEvent, logStreamName: string, port: Port): JsonObject {
  return {
    logStreamName,
    timestamp: event.timestamp,
    message: event.message,
    ingestionTime: epochOf(event.ingestedAt, port),
    eventId: eventId(event),
  };
}

function takePage(found: Found[], limit: number): Found[] {
  let bytes = 0;
  let count = 0;
  for (const { event } of found) {
    bytes += eventBytes(event.message);
    if (count >= limit || (bytes > PAGE_BYTES_MAX && count > 0)) break;
    count++;
  }
  return found.slice(0, count);
}

function chooseStreams(
  group: LogGroup,
  names: JsonObject[string] | undefined,
  prefix: string,
): LogStream[] | Extract<Reply, { fault: unknown }> {
  if (!Array.isArray(names)) return Object.values(group.streams).filter(({ name }) => name.startsWith(prefix));
  const streams: LogStream[] = [];
  for (const name of names.map(String)) {
    const stream = Object.hasOwn(group.streams, name) ? group.streams[name] : undefined;
    if (!stream) {
      const message = 'The specified log stream does not exist.';
      return { fault: { code: 'ResourceNotFoundException', message, status: 400, side: 'client' } };
    }
    streams.push(stream);
  }
  return streams;
}
