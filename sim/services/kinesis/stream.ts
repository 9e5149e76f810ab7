// Streams, shards and records as Kinesis keeps them. https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html
import type { Arn } from '../../kernel/arn';
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';

export interface StreamRecord {
  sequenceNumber: string;
  partitionKey: string;
  /** Base64. */
  data: string;
  arrivedAt: Ms;
}

/** What a shard has taken or given lately: full buckets refuse, and time empties them. */
export interface Usage {
  at: Ms;
  bytes: number;
  /** Records written, or calls to read. */
  count: number;
}

export interface Shard {
  shardId: string;
  parentShardId: string | null;
  adjacentParentShardId: string | null;
  /** Decimal texts, both ends belong to the shard. */
  startingHashKey: string;
  endingHashKey: string;
  startingSequenceNumber: string;
  /** Null while the shard is open. */
  endingSequenceNumber: string | null;
  openedAt: Ms;
  closedAt: Ms | null;
  /** Whole numbers: the shard's place in its stream, part of its sequence numbers. */
  index: number;
  /** In the order in which they came; the expired ones are gone. */
  records: StreamRecord[];
  /** The last sequence number that it gave away, of a record that may be gone. */
  lastSequenceNumber: string | null;
  writes: Usage;
  reads: Usage;
}

export type StreamStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
export type StreamMode = 'PROVISIONED' | 'ON_DEMAND';

export interface Stream {
  arn: Arn;
  name: string;
  account: string;
  status: StreamStatus;
  mode: StreamMode;
  retentionHours: number;
  maxRecordKiB: number;
  createdAt: Ms;
  shards: Shard[];
  /** How many records it has ever taken: the middle of each sequence number. */
  count: number;
  tags: Record<string, string>;
  /** Null without encryption. */
  keyId: string | null;
  policy: JsonObject | null;
  shardMetrics: string[];
  /** When its shard count was changed. */
  resizedAt: Ms[];
}

export interface KinesisState {
  streams: Record<Arn, Stream>;
}

export type StreamAction = (stream: Readonly<Stream>, call: ApiCall, port: Port, state: Readonly<KinesisState>) => Reply;

export const RETENTION_HOURS_MIN = 24;
/** A year. https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html */
export const RETENTION_HOURS_MAX = 8760;
export const HOUR_MS: Ms = 3_600_000;

export function isOpen({ closedAt }: Shard): boolean {
  return closedAt === null;
}

export function openShards({ shards }: Readonly<Stream>): Shard[] {
  return shards.filter(isOpen);
}

export function shardOf({ shards }: Readonly<Stream>, shardId: string): Shard | null {
  return shards.find((shard) => shard.shardId === shardId) ?? null;
}

export function shardIdOf(index: number): string {
  return `shardId-${String(index).padStart(12, '0')}`;
}

/** The first record whose sequence number is greater, as an index. Sequence numbers of a shard have one length, so they compare as text. */
export function indexAfter({ records }: Pick<Shard, 'records'>, sequenceNumber: string | null): number {
  if (sequenceNumber === null) return 0;
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle] as StreamRecord).sequenceNumber <= sequenceNumber) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function bytesOfBase64(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}
