// GetRecords: what follows an iterator's place, and the iterator of what follows that.
// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitKinesis } from './facts';
import { invalid, rateExceeded, shardNotFound } from './faults';
import { expiredIterator, readIterator, writeIterator } from './iterator';
import { bytesOfBase64, HOUR_MS, indexAfter, type Shard, type Stream, type StreamRecord, shardOf } from './stream';
import { READ_BYTES_PER_SECOND, READ_CALLS_PER_SECOND, refusedRead } from './throughput';

const RECORDS_MAX = 10_000;
const BYTES_MAX = 10_485_760;

export function getRecords(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const place = readIterator(call.input.ShardIterator);
  if (!place || place.arn !== stream.arn) return invalid('Invalid ShardIterator.');
  const expired = expiredIterator(place, port.epochMs);
  if (expired) return expired;
  const shard = shardOf(stream, place.shardId);
  if (!shard) return shardNotFound(stream, place.shardId);
  const by = refusedRead(shard, port.now);
  if (by !== null) {
    const limit = by === 'bytes' ? READ_BYTES_PER_SECOND : READ_CALLS_PER_SECOND;
    emitKinesis(port, 'kinesis:ReadThrottled', stream.arn, { shardId: shard.shardId, by, limit, principal: call.principal.id });
    return rateExceeded(stream, shard.shardId);
  }
  const max = typeof call.input.Limit === 'number' ? Math.min(call.input.Limit, RECORDS_MAX) : RECORDS_MAX;
  const { records, bytes, isAtEnd } = page(stream, shard, place.after, max, port);
  const last = records.at(-1);
  const after = last?.sequenceNumber ?? place.after;
  const millisBehindLatest = isAtEnd ? 0 : Math.floor(port.now - (last ?? (shard.records[0] as StreamRecord)).arrivedAt);
  emitKinesis(port, 'kinesis:RecordsRead', stream.arn, {
    shardId: shard.shardId,
    count: records.length,
    bytes,
    lastSequenceNumber: last?.sequenceNumber ?? null,
    millisBehindLatest,
  });
  const isDone = isAtEnd && shard.closedAt !== null;
  return {
    ok: {
      Records: records.map((record) => viewOf(stream, record, port)),
      ...(isDone ? {} : { NextShardIterator: writeIterator({ ...place, after, issuedEpochMs: port.epochMs }) }),
      MillisBehindLatest: millisBehindLatest,
      ...(isDone ? { ChildShards: childrenOf(stream, shard) } : {}),
    },
  };
}

/** Records that are too old are gone for readers, though the shard may still hold them for a moment. */
function page(stream: Readonly<Stream>, shard: Shard, after: string | null, max: number, port: Port) {
  const horizon = port.now - stream.retentionHours * HOUR_MS;
  const records: StreamRecord[] = [];
  let bytes = 0;
  let at = indexAfter(shard, after);
  for (; at < shard.records.length && records.length < max; at++) {
    const record = shard.records[at] as StreamRecord;
    if (record.arrivedAt <= horizon) continue;
    const size = bytesOfBase64(record.data);
    if (records.length > 0 && bytes + size > BYTES_MAX) break;
    records.push(record);
    bytes += size;
  }
  return { records, bytes, isAtEnd: at >= shard.records.length };
}

function viewOf({ keyId }: Readonly<Stream>, { sequenceNumber, partitionKey, data, arrivedAt }: StreamRecord, port: Port): JsonObject {
  return {
    SequenceNumber: sequenceNumber,
    ApproximateArrivalTimestamp: Math.floor(port.epochMs - port.now + arrivedAt) / 1000,
    Data: data,
    PartitionKey: partitionKey,
    ...(keyId === null ? {} : { EncryptionType: 'KMS' }),
  };
}

function childrenOf({ shards }: Readonly<Stream>, { shardId }: Shard): JsonObject[] {
  return shards
    .filter((child) => child.parentShardId === shardId || child.adjacentParentShardId === shardId)
    .map((child) => ({
      ShardId: child.shardId,
      ParentShards: [child.parentShardId, child.adjacentParentShardId].filter((parent) => parent !== null),
      HashKeyRange: { StartingHashKey: child.startingHashKey, EndingHashKey: child.endingHashKey },
    }));
}
