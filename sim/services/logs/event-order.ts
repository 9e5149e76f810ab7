// The order of a stream's events, their ids, and what is left of them after their retention.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
import type { Port } from '../../kernel/service';
import type { LogEvent, LogGroup, LogStream } from './state';

const DAY_MS = 86_400_000;

/** Each event counts 26 bytes besides its message. */
export const EVENT_FRAME_BYTES = 26;

/** An id is 56 digits, the time in its upper bits: the order of ids is the order of events. */
const TIME_SHIFT = 144n;

export function eventId({ timestamp, ordinal }: Pick<LogEvent, 'timestamp' | 'ordinal'>): string {
  return ((BigInt(timestamp) << TIME_SHIFT) + BigInt(ordinal)).toString().padStart(56, '0');
}

/** The time and ordinal of an id. */
export function positionOf(id: string): { timestamp: number; ordinal: number } {
  const value = BigInt(id);
  return { timestamp: Number(value >> TIME_SHIFT), ordinal: Number(value & ((1n << TIME_SHIFT) - 1n)) };
}

export function compareEvents(a: Pick<LogEvent, 'timestamp' | 'ordinal'>, b: Pick<LogEvent, 'timestamp' | 'ordinal'>): number {
  return a.timestamp - b.timestamp || a.ordinal - b.ordinal;
}

/** Index of the first event at or after a position. */
export function lowerBound(events: readonly LogEvent[], position: { timestamp: number; ordinal: number }): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareEvents(events[middle] as LogEvent, position) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Before this moment the group keeps nothing. Simplified: an event is gone when its time is up; AWS takes up to 72 hours more. */
export function keptFrom({ retentionInDays }: LogGroup, port: Port): number {
  return retentionInDays === null ? 0 : port.epochMs - retentionInDays * DAY_MS;
}

/** The events of a stream from `from` to before `to`, in Unix milliseconds, that are still kept. */
export function eventsBetween(group: LogGroup, stream: LogStream, from: number, to: number, port: Port): LogEvent[] {
  const start = Math.max(from, keptFrom(group, port));
  const first = lowerBound(stream.events, { timestamp: start, ordinal: 0 });
  const last = Number.isFinite(to) ? lowerBound(stream.events, { timestamp: to, ordinal: 0 }) : stream.events.length;
  return stream.events.slice(first, Math.max(first, last));
}

const encoder = new TextEncoder();

export function eventBytes(message: string): number {
  // Text of one byte a character, which nearly all log lines are, needs no encoding to be measured.
  for (let i = 0; i < message.length; i++) if (message.charCodeAt(i) > 0x7f) return encoder.encode(message).length + EVENT_FRAME_BYTES;
  return message.length + EVENT_FRAME_BYTES;
}
