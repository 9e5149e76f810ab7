// The vocabulary of Kinesis's facts. Their resource is the stream's ARN.
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import type { StreamMode, StreamStatus } from './stream';

export interface NewShard {
  shardId: string;
  parentShardId: string | null;
  adjacentParentShardId: string | null;
  startingHashKey: string;
  endingHashKey: string;
  startingSequenceNumber: string;
  index: number;
}

export interface KinesisFacts {
  'kinesis:StreamCreated': {
    name: string;
    account: string;
    mode: StreamMode;
    retentionHours: number;
    maxRecordKiB: number;
    shards: NewShard[];
    tags: Record<string, string>;
  };
  /** A change is done: the stream takes requests again. */
  'kinesis:StreamSettled': { status: StreamStatus };
  'kinesis:StreamUpdating': { status: StreamStatus };
  'kinesis:StreamDeleted': { name: string };
  'kinesis:StreamModeSet': { mode: StreamMode };
  'kinesis:RetentionSet': { retentionHours: number };
  'kinesis:MaxRecordSizeSet': { maxRecordKiB: number };
  'kinesis:TagsSet': { tags: Record<string, string> };
  'kinesis:EncryptionSet': { keyId: string | null };
  'kinesis:PolicySet': { policy: JsonObject | null };
  'kinesis:MonitoringSet': { shardMetrics: string[] };
  /** Shards were closed, and others opened in their place. `resizes`: by UpdateShardCount, which has a daily limit. */
  'kinesis:ShardsReplaced': { closed: { shardId: string; endingSequenceNumber: string }[]; opened: NewShard[]; resizes: boolean };
  'kinesis:RecordPut': { shardId: string; sequenceNumber: string; partitionKey: string; data: string; bytes: number };
  /** A shard took as much as it takes in a second. `limit`: in bytes or records a second. */
  'kinesis:WriteThrottled': {
    shardId: string;
    partitionKey: string;
    bytes: number;
    by: 'bytes' | 'records';
    limit: number;
    principal: string;
  };
  'kinesis:RecordsRead': { shardId: string; count: number; bytes: number; lastSequenceNumber: string | null; millisBehindLatest: Ms };
  'kinesis:ReadThrottled': { shardId: string; by: 'bytes' | 'calls'; limit: number; principal: string };
  /** Past the retention period, read or not. */
  'kinesis:RecordsExpired': { shardId: string; count: number; firstSequenceNumber: string; lastSequenceNumber: string };
}

export function emitKinesis<T extends keyof KinesisFacts>(port: Port, type: T, streamArn: string, data: KinesisFacts[T]): number {
  return port.emit(type, streamArn, data as unknown as JsonObject);
}
