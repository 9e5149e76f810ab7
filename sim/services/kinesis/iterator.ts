// Shard iterators: a place in a shard, good for five minutes. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html
import type { Arn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { invalid, shardNotFound } from './faults';
import { readToken, writeToken } from './locate';
import { indexAfter, type Shard, type Stream, shardOf } from './stream';

const LIFE_MS: Ms = 300_000;

/** `after`: reading goes on behind this sequence number; null: with the oldest record. */
export interface Place {
  arn: Arn;
  shardId: string;
  after: string | null;
  issuedEpochMs: number;
}

export function writeIterator({ arn, shardId, after, issuedEpochMs }: Place): string {
  return writeToken({ arn, shardId, after, issuedEpochMs });
}

export function readIterator(text: Json | undefined): Place | null {
  const token = readToken(text);
  if (!token || typeof token.arn !== 'string' || typeof token.shardId !== 'string' || typeof token.issuedEpochMs !== 'number') return null;
  return token as unknown as Place;
}

export function expiredIterator({ issuedEpochMs }: Place, epochMs: number): { fault: Fault } | null {
  if (epochMs - issuedEpochMs <= LIFE_MS) return null;
  const text = `Iterator expired. The iterator was created at time ${printed(issuedEpochMs)} while right now it is ${printed(epochMs)} which is further in the future than the tolerated delay of ${LIFE_MS} milliseconds.`;
  return clientFault('ExpiredIteratorException', text);
}

/** `Mon Nov 02 10:00:00 UTC 2026` */
function printed(epochMs: number): string {
  const [day = '', date = '', month = '', year = '', time = ''] = new Date(epochMs).toUTCString().split(' ');
  return `${day.slice(0, 3)} ${month} ${date} ${time} UTC ${year}`;
}

export function getShardIterator(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const shardId = String(call.input.ShardId ?? '');
  const shard = shardOf(stream, shardId);
  if (!shard) return shardNotFound(stream, shardId);
  const after = startOf(stream, shard, call.input, port);
  if (typeof after === 'object' && after !== null) return after;
  return { ok: { ShardIterator: writeIterator({ arn: stream.arn, shardId, after, issuedEpochMs: port.epochMs }) } };
}

function startOf(stream: Readonly<Stream>, shard: Shard, input: JsonObject, port: Port): string | null | { fault: Fault } {
  const { ShardIteratorType: type, StartingSequenceNumber: number, Timestamp: timestamp } = input;
  switch (type) {
    case 'TRIM_HORIZON':
      return null;
    case 'LATEST':
      return shard.lastSequenceNumber;
    case 'AT_TIMESTAMP':
      return typeof timestamp === 'number'
        ? atTimestamp(shard, timestamp * 1000, port)
        : invalid('Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current value is null.');
    default:
      if (typeof number !== 'string') {
        return invalid(
          `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${String(type)} and no StartingSequenceNumber.`,
        );
      }
      return atSequenceNumber(stream, shard, number, type === 'AFTER_SEQUENCE_NUMBER');
  }
}

function atTimestamp({ records, lastSequenceNumber }: Shard, epochMs: number, port: Port): string | null | { fault: Fault } {
  if (epochMs > port.epochMs) {
    const text = `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${epochMs}, currentTimestampInMillis: ${Math.floor(port.epochMs)}`;
    return invalid(text);
  }
  const first = records.findIndex(({ arrivedAt }) => port.epochMs - port.now + arrivedAt >= epochMs);
  if (first === -1) return lastSequenceNumber;
  return records[first - 1]?.sequenceNumber ?? null;
}

/** A number that the shard may have given: its own start, or anything from there to its end. */
function atSequenceNumber(stream: Readonly<Stream>, shard: Shard, number: string, isAfter: boolean): string | null | { fault: Fault } {
  const wanted = BigInt(number);
  const end = shard.endingSequenceNumber;
  if (number !== '0' && (wanted < BigInt(shard.startingSequenceNumber) || (end !== null && wanted > BigInt(end)))) {
    const operation = isAfter ? 'AFTER_SEQUENCE_NUMBER' : 'AT_SEQUENCE_NUMBER';
    const text = `StartingSequenceNumber ${number} used in GetShardIterator with ${operation} on shard ${shard.shardId} in stream ${stream.name} under account ${stream.account} is invalid because it did not come from this shard.`;
    return invalid(text);
  }
  // Texts of one length compare as numbers do; a shorter one lies before them all.
  if (number.length < shard.startingSequenceNumber.length) return null;
  if (isAfter) return number;
  const at =
    shard.records[indexAfter(shard, number) - 1]?.sequenceNumber === number ? indexAfter(shard, number) - 1 : indexAfter(shard, number);
  return shard.records[at - 1]?.sequenceNumber ?? (shard.records[at] ? null : number);
}
