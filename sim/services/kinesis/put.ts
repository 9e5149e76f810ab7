// PutRecord and PutRecords: the hash of the partition key says which shard, and each shard takes what it can.
// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitKinesis } from './facts';
import { invalid, rateExceeded, rateText, streamNotFound } from './faults';
import { planTrim } from './retention';
import { HASH_KEY_MAX, hashKeyOf, sequenceNumber } from './sequence';
import { bytesOfBase64, openShards, type Shard, type Stream } from './stream';
import { refusedWrite, WRITE_BYTES_PER_SECOND, WRITE_RECORDS_PER_SECOND } from './throughput';

/** All records of one PutRecords, partition keys included. */
const REQUEST_BYTES_MAX = 10_485_760;
const KIB = 1024;

interface Entry {
  data: string;
  partitionKey: string;
  /** Of the data and the partition key. */
  bytes: number;
  hashKey: bigint;
}

export function putRecord(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const refusal = refuseStream(stream);
  if (refusal) return refusal;
  const entry = readEntry(stream, call.input);
  if ('fault' in entry) return entry;
  const shard = shardFor(stream, entry.hashKey);
  const put = take(stream, shard, entry, call, port);
  return put === null
    ? rateExceeded(stream, shard.shardId)
    : { ok: { ShardId: shard.shardId, SequenceNumber: put, ...encryptionOf(stream) } };
}

/** Each record stands for itself: a full shard refuses its records, and the request succeeds. */
export function putRecords(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const refusal = refuseStream(stream);
  if (refusal) return refusal;
  const entries: Entry[] = [];
  for (const record of (call.input.Records ?? []) as JsonObject[]) {
    const entry = readEntry(stream, record);
    if ('fault' in entry) return entry;
    entries.push(entry);
  }
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > REQUEST_BYTES_MAX) return invalid('Records size exceeds 10 MB limit');
  const results = entries.map((entry): JsonObject => {
    const shard = shardFor(stream, entry.hashKey);
    const put = take(stream, shard, entry, call, port);
    if (put !== null) return { SequenceNumber: put, ShardId: shard.shardId };
    return { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: rateText(stream, shard.shardId) };
  });
  const FailedRecordCount = results.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
  return { ok: { FailedRecordCount, Records: results, ...encryptionOf(stream) } };
}

/** While it is being changed a stream goes on taking records. */
function refuseStream({ status, name, account }: Readonly<Stream>): { fault: Fault } | null {
  return status === 'CREATING' || status === 'DELETING' ? streamNotFound(name, account) : null;
}

function readEntry(stream: Readonly<Stream>, input: JsonObject): Entry | { fault: Fault } {
  const data = typeof input.Data === 'string' ? input.Data : '';
  const partitionKey = String(input.PartitionKey ?? '');
  const explicit = input.ExplicitHashKey;
  if (explicit !== undefined && BigInt(String(explicit)) > HASH_KEY_MAX) {
    return invalid(`Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${String(explicit)}`);
  }
  if (bytesOfBase64(data) > stream.maxRecordKiB * KIB) {
    const max = stream.maxRecordKiB * KIB;
    return invalid(`The data of a record has ${bytesOfBase64(data)} bytes; stream ${stream.name} takes records of up to ${max} bytes.`);
  }
  return {
    data,
    partitionKey,
    bytes: bytesOfBase64(data) + utf8Length(partitionKey),
    hashKey: explicit === undefined ? hashKeyOf(partitionKey) : BigInt(String(explicit)),
  };
}

function shardFor(stream: Readonly<Stream>, hashKey: bigint): Shard {
  const open = openShards(stream);
  return (open.find(({ endingHashKey, startingHashKey }) => BigInt(startingHashKey) <= hashKey && hashKey <= BigInt(endingHashKey)) ??
    open[0]) as Shard;
}

/** The sequence number, or null when the shard is full. */
function take(stream: Readonly<Stream>, shard: Shard, entry: Entry, call: ApiCall, port: Port): string | null {
  const { partitionKey, data, bytes } = entry;
  const by = refusedWrite(shard, bytes, port.now);
  if (by !== null) {
    const limit = by === 'bytes' ? WRITE_BYTES_PER_SECOND : WRITE_RECORDS_PER_SECOND;
    const principal = call.principal.id;
    emitKinesis(port, 'kinesis:WriteThrottled', stream.arn, { shardId: shard.shardId, partitionKey, bytes, by, limit, principal });
    return null;
  }
  const openedEpochMs = port.epochMs - port.now + shard.openedAt;
  const number = sequenceNumber({ openedEpochMs, index: shard.index }, stream.count + 1, port.epochMs);
  emitKinesis(port, 'kinesis:RecordPut', stream.arn, { shardId: shard.shardId, sequenceNumber: number, partitionKey, data, bytes });
  if (shard.records.length === 1) planTrim(stream, shard, port);
  return number;
}

function encryptionOf({ keyId }: Readonly<Stream>): JsonObject {
  return { EncryptionType: (keyId === null ? 'NONE' : 'KMS') as Json };
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
