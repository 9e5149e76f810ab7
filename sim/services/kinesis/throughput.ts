// What one shard takes and gives in a second. https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
// Simplified: what a shard has taken drains away evenly; AWS counts in ways that it does not tell, and lets short bursts pass.
// Simplified: on-demand streams have the same limit for each of their shards, which do not multiply by themselves as those of Kinesis do.
import type { Ms } from '../../kernel/time';
import type { Shard, Usage } from './stream';

export const WRITE_BYTES_PER_SECOND = 1_048_576;
export const WRITE_RECORDS_PER_SECOND = 1000;
export const READ_BYTES_PER_SECOND = 2_097_152;
export const READ_CALLS_PER_SECOND = 5;

interface Limits {
  bytes: number;
  count: number;
}

const WRITES: Limits = { bytes: WRITE_BYTES_PER_SECOND, count: WRITE_RECORDS_PER_SECOND };
const READS: Limits = { bytes: READ_BYTES_PER_SECOND, count: READ_CALLS_PER_SECOND };

/** Whole seconds of the clock empty the buckets, so a thousand records may come at any moment of a second. */
function drained(usage: Usage, limits: Limits, at: Ms): Usage {
  const seconds = Math.floor(at / 1000) - Math.floor(usage.at / 1000);
  if (seconds <= 0) return usage;
  return { at, bytes: Math.max(0, usage.bytes - seconds * limits.bytes), count: Math.max(0, usage.count - seconds * limits.count) };
}

/** Why a record of this size is refused now; null when it is taken. One larger than a second's share waits for an empty shard. */
export function refusedWrite({ writes }: Readonly<Shard>, bytes: number, at: Ms): 'bytes' | 'records' | null {
  const now = drained(writes, WRITES, at);
  if (now.count + 1 > WRITES.count) return 'records';
  return now.bytes > 0 && now.bytes + bytes > WRITES.bytes ? 'bytes' : null;
}

export function refusedRead({ reads }: Readonly<Shard>, at: Ms): 'bytes' | 'calls' | null {
  const now = drained(reads, READS, at);
  if (now.count + 1 > READS.count) return 'calls';
  // One call may take 10 MB; the next waits until these are paid off.
  return now.bytes >= READS.bytes ? 'bytes' : null;
}

export function countWrite(shard: Shard, bytes: number, at: Ms): void {
  shard.writes = added(drained(shard.writes, WRITES, at), bytes, at);
}

export function countRead(shard: Shard, bytes: number, at: Ms): void {
  shard.reads = added(drained(shard.reads, READS, at), bytes, at);
}

function added({ bytes, count }: Usage, more: number, at: Ms): Usage {
  return { at, bytes: bytes + more, count: count + 1 };
}

export const UNUSED: Readonly<Usage> = { at: 0, bytes: 0, count: 0 };
