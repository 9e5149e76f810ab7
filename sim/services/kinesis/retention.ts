// How long a stream keeps its records, and what happens to those that are older: they go, read or not.
// https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { toMicroseconds } from '../../kernel/time';
import { emitKinesis } from './facts';
import { invalid } from './faults';
import { HOUR_MS, RETENTION_HOURS_MAX, RETENTION_HOURS_MIN, type Shard, type Stream, shardOf } from './stream';

/** Plans the end of the oldest record of a shard, which takes all with it that are as old. */
export function planTrim({ arn, retentionHours }: Readonly<Stream>, { shardId, records }: Readonly<Shard>, port: Port): void {
  const key = `kinesis:trim ${arn} ${shardId}`;
  const [oldest] = records;
  if (!oldest) {
    port.cancel(key);
    return;
  }
  const dueAt = oldest.arrivedAt + retentionHours * HOUR_MS;
  port.call({ action: 'kinesis:TrimShard', resource: arn, input: { shardId }, background: true, key, trace: null }, dueAt - port.now);
}

export function trimShard(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const shard = shardOf(stream, String(call.input.shardId));
  if (!shard) return { ok: {} };
  const kept = shard.records.findIndex(({ arrivedAt }) => toMicroseconds(arrivedAt + stream.retentionHours * HOUR_MS) > port.now);
  const count = kept === -1 ? shard.records.length : kept;
  const [first, last] = [shard.records[0], shard.records[count - 1]];
  if (first && last) {
    const [firstSequenceNumber, lastSequenceNumber] = [first.sequenceNumber, last.sequenceNumber];
    const data = { shardId: shard.shardId, count, firstSequenceNumber, lastSequenceNumber };
    emitKinesis(port, 'kinesis:RecordsExpired', stream.arn, data);
  }
  planTrim(stream, shard, port);
  return { ok: {} };
}

export function increaseRetention(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const hours = Number(call.input.RetentionPeriodHours);
  const refusal = refuseHours(hours);
  if (refusal) return refusal;
  if (hours < stream.retentionHours) return invalid(compared(stream, hours, 'shorter', 'Decrease'));
  return setRetention(stream, hours, port);
}

export function decreaseRetention(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const hours = Number(call.input.RetentionPeriodHours);
  const refusal = refuseHours(hours);
  if (refusal) return refusal;
  if (hours > stream.retentionHours) return invalid(compared(stream, hours, 'longer', 'Increase'));
  return setRetention(stream, hours, port);
}

function refuseHours(hours: number): { fault: Fault } | null {
  if (hours < RETENTION_HOURS_MIN) {
    return invalid(
      `Minimum allowed retention period is ${RETENTION_HOURS_MIN} hours. Requested retention period (${hours} hours) is too short.`,
    );
  }
  if (hours <= RETENTION_HOURS_MAX) return null;
  return invalid(
    `Maximum allowed retention period is ${RETENTION_HOURS_MAX} hours. Requested retention period (${hours} hours) is too long.`,
  );
}

function compared({ name, retentionHours }: Readonly<Stream>, hours: number, word: string, other: string): string {
  return `Requested retention period (${hours} hours) for stream ${name} can not be ${word} than existing retention period (${retentionHours} hours). Use ${other}RetentionPeriod API.`;
}

function setRetention(stream: Readonly<Stream>, retentionHours: number, port: Port): Reply {
  if (retentionHours === stream.retentionHours) return { ok: {} };
  emitKinesis(port, 'kinesis:RetentionSet', stream.arn, { retentionHours });
  for (const shard of stream.shards) planTrim(stream, shard, port);
  return { ok: {} };
}
