// Log streams. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { streamArn } from './arns';
import { eventsBetween } from './event-order';
import { alreadyExists, invalid } from './faults';
import { epochOf } from './lookup';
import { pageOf } from './paging';
import type { LogGroup, LogStream } from './state';

export function createLogStream(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  const logStreamName = String(input.logStreamName ?? '');
  if (Object.hasOwn(group.streams, logStreamName)) return alreadyExists('log stream');
  port.emit('logs:LogStreamCreated', group.arn, { logStreamName });
  return { ok: {} };
}

export function deleteLogStream(group: LogGroup, stream: LogStream, _call: ApiCall, port: Port): Reply {
  port.emit('logs:LogStreamDeleted', group.arn, { logStreamName: stream.name });
  return { ok: {} };
}

export function describeLogStreams(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  const { logStreamNamePrefix, orderBy = 'LogStreamName', descending = false } = input;
  if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
    return invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const streams = Object.values(group.streams).filter(({ name }) => name.startsWith(String(logStreamNamePrefix ?? '')));
  const views = streams.map((stream) => describe(group, stream, port));
  const byName = (a: JsonObject, b: JsonObject) => (String(a.logStreamName) < String(b.logStreamName) ? -1 : 1);
  // A stream without events counts as its creation does.
  const lastTime = ({ lastEventTimestamp, creationTime }: JsonObject) => Number(lastEventTimestamp ?? creationTime);
  views.sort(orderBy === 'LastEventTime' ? (a, b) => lastTime(a) - lastTime(b) || byName(a, b) : byName);
  if (descending === true) views.reverse();
  return pageOf(input, 'logStreams', views, (stream) => stream.logStreamName as string);
}

function describe(group: LogGroup, stream: LogStream, port: Port): JsonObject {
  const events = eventsBetween(group, stream, 0, Number.POSITIVE_INFINITY, port);
  const [first] = events;
  const last = events[events.length - 1];
  const ingestedAt = events.reduce((latest, event) => Math.max(latest, event.ingestedAt), 0);
  return {
    logStreamName: stream.name,
    creationTime: epochOf(stream.createdAt, port),
    ...(first && last
      ? {
          firstEventTimestamp: first.timestamp,
          lastEventTimestamp: last.timestamp,
          lastIngestionTime: epochOf(ingestedAt, port),
        }
      : {}),
    // AWS asks for no sequence token any more and still shows one.
    uploadSequenceToken: sequenceToken(group),
    arn: streamArn(group.arn, stream.name),
    // Of streams, AWS reports no bytes since 2019.
    storedBytes: 0,
  };
}

/** Opaque; never asked for since 2023. */
export function sequenceToken(group: LogGroup): string {
  return (495_903_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000n + BigInt(group.nextOrdinal)).toString().padStart(56, '4');
}
