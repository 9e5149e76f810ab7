// Reading a stream: its shard, places in it, and the records from there.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html
import type { Arn } from '../../kernel/arn';
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { invalid, Refusal } from './refusal';
import { type DynamoDbState, STREAM_RETENTION_MS, type Stream, sequenceNumber } from './state';
import { tableArn } from './table-names';
import { viewKey } from './table-view';

const ITERATOR_LIFE_MS: Ms = 15 * 60_000;
const RECORDS_MAX = 1000;
const ANSWER_BYTES_MAX = 1024 * 1024;
const STREAMS_MAX = 100;

/** A place in a shard: the first record to give has this number, by count from 1. */
interface Iterator {
  shardId: string;
  next: number;
  madeAt: Ms;
}

/** Simplified: an iterator says what it is in plain text; DynamoDB's is sealed. */
function writeIterator(streamArn: Arn, { shardId, next, madeAt }: Iterator): string {
  return `${streamArn}|1|${shardId}|${next}|${madeAt}`;
}

export function streamInIterator(text: Json | undefined): Arn | null {
  return typeof text === 'string' && text.includes('|') ? text.slice(0, text.indexOf('|')) : null;
}

function readIterator(text: string): Iterator {
  const [, , shardId = '', next = '', madeAt = ''] = text.split('|');
  if (!/^\d+$/.test(next) || !/^[\d.]+$/.test(madeAt)) throw invalid('Invalid ShardIterator');
  return { shardId, next: Number(next), madeAt: Number(madeAt) };
}

/** A stream that is off is gone a day later. */
function streamOf(state: Readonly<DynamoDbState>, arn: Arn, port: Port): Readonly<Stream> {
  const stream = state.streams[arn];
  if (stream && (stream.disabledAt === null || stream.disabledAt + STREAM_RETENTION_MS > port.now)) return stream;
  throw new Refusal('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
}

/** Counts, from 1, of the oldest record that is still there. */
function oldestOf(stream: Readonly<Stream>, port: Port): number {
  const kept = stream.records.filter(({ at }) => at > port.now - STREAM_RETENTION_MS).length;
  return stream.written - kept + 1;
}

export function describeStream(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const stream = streamOf(state, call.resource, port);
  const { arn, label, viewType, tableName, key, shardId, written, disabledAt, createdAt } = stream;
  const range: JsonObject = { StartingSequenceNumber: sequenceNumber(1) };
  if (disabledAt !== null) range.EndingSequenceNumber = sequenceNumber(Math.max(1, written));
  const isAfter = typeof call.input.ExclusiveStartShardId === 'string' && call.input.ExclusiveStartShardId >= shardId;
  return {
    ok: {
      StreamDescription: {
        StreamArn: arn,
        StreamLabel: label,
        StreamStatus: disabledAt === null ? 'ENABLED' : 'DISABLED',
        StreamViewType: viewType,
        CreationRequestDateTime: (port.epochMs - port.now + createdAt) / 1000,
        TableName: tableName,
        KeySchema: viewKey(key),
        Shards: isAfter ? [] : [{ ShardId: shardId, SequenceNumberRange: range }],
      },
    },
  };
}

export function getShardIterator(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { ShardId, ShardIteratorType: type, SequenceNumber: given } = call.input;
  const stream = streamOf(state, call.resource, port);
  if (ShardId !== stream.shardId) {
    throw new Refusal('ResourceNotFoundException', `Requested resource not found: Shard does not exist: ${ShardId}`);
  }
  const oldest = oldestOf(stream, port);
  const next =
    type === 'TRIM_HORIZON' ? oldest : type === 'LATEST' ? stream.written + 1 : countAt(stream, type === 'AFTER_SEQUENCE_NUMBER', given);
  if (next < oldest) throw trimmed(stream);
  return { ok: { ShardIterator: writeIterator(stream.arn, { shardId: stream.shardId, next, madeAt: port.now }) } };
}

function countAt(stream: Readonly<Stream>, isAfter: boolean, given: Json | undefined): number {
  if (typeof given !== 'string') throw invalid('SequenceNumber is required for this ShardIteratorType');
  const count = Number(given.slice(1));
  if (!/^1\d{23}$/.test(given) || count < 1 || count > Math.max(1, stream.written)) {
    throw invalid(`Invalid SequenceNumber: ${given} is not in the range of the shard ${stream.shardId}.`);
  }
  return isAfter ? count + 1 : count;
}

function trimmed({ shardId }: Readonly<Stream>): Refusal {
  return new Refusal(
    'TrimmedDataAccessException',
    `The operation attempted to read past the oldest stream record in a shard: ${shardId}. Records are kept for 24 hours.`,
  );
}

export function getRecords(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const iterator = readIterator(String(call.input.ShardIterator));
  const stream = streamOf(state, call.resource, port);
  if (iterator.madeAt + ITERATOR_LIFE_MS < port.now) throw new Refusal('ExpiredIteratorException', 'Shard iterator has expired.');
  const oldest = oldestOf(stream, port);
  if (iterator.next < oldest) throw trimmed(stream);
  const max = typeof call.input.Limit === 'number' ? Math.min(RECORDS_MAX, call.input.Limit) : RECORDS_MAX;
  const from = stream.records.length - (stream.written - iterator.next + 1);
  const Records: JsonObject[] = [];
  let bytes = 0;
  for (let i = from; i < stream.records.length && Records.length < max; i++) {
    const found = stream.records[i];
    if (!found || (Records.length > 0 && bytes + found.bytes > ANSWER_BYTES_MAX)) break;
    Records.push(found.record);
    bytes += found.bytes;
  }
  const next = iterator.next + Records.length;
  // A closed shard that is read to its end has no further place.
  const isOver = stream.disabledAt !== null && next > stream.written;
  const following = writeIterator(stream.arn, { shardId: stream.shardId, next, madeAt: port.now });
  return { ok: { Records, ...(isOver ? {} : { NextShardIterator: following }) } };
}

export function listStreams(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { TableName, Limit, ExclusiveStartStreamArn: start } = call.input;
  const wanted = typeof TableName === 'string' ? tableArn(TableName, port) : null;
  const prefix = `arn:aws:dynamodb:${port.region}:${port.account}:`;
  const streams = Object.values(state.streams)
    .filter(({ arn, disabledAt }) => arn.startsWith(prefix) && (disabledAt === null || disabledAt + STREAM_RETENTION_MS > port.now))
    .filter((stream) => wanted === null || stream.tableArn === wanted)
    .sort((a, b) => (a.arn < b.arn ? -1 : 1))
    .filter(({ arn }) => typeof start !== 'string' || arn > start);
  const page = streams.slice(0, typeof Limit === 'number' ? Math.min(Limit, STREAMS_MAX) : STREAMS_MAX);
  const last = page[page.length - 1];
  return {
    ok: {
      Streams: page.map(({ arn, label, tableName }) => ({ StreamArn: arn, TableName: tableName, StreamLabel: label })),
      ...(page.length < streams.length && last ? { LastEvaluatedStreamArn: last.arn } : {}),
    },
  };
}
