// Splitting and merging shards: the old ones close, the new ones take over their hash keys.
// https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-resharding.html
// Simplified: resharding is done before the next call; in AWS it takes from seconds to minutes.
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { emitKinesis, type NewShard } from './facts';
import { invalid, limitExceeded, notActive, shardNotFound } from './faults';
import { evenRanges, sequenceNumber } from './sequence';
import { beginChange } from './settle';
import { isOpen, openShards, type Shard, type Stream, shardIdOf, shardOf } from './stream';

/** UpdateShardCount: at most ten times in a day, and between half and double. */
const RESIZES_PER_DAY = 10;
const DAY_MS: Ms = 86_400_000;

type Range = Pick<Shard, 'startingHashKey' | 'endingHashKey'> & { parents: readonly string[] };

/** Shards from now on, in their stream's own numbers. */
export function newShards(ranges: readonly Range[], firstIndex: number, place: number, port: Port): NewShard[] {
  return ranges.map(({ startingHashKey, endingHashKey, parents }, i) => {
    const index = firstIndex + i;
    return {
      shardId: shardIdOf(index),
      parentShardId: parents[0] ?? null,
      adjacentParentShardId: parents[1] ?? null,
      startingHashKey,
      endingHashKey,
      startingSequenceNumber: sequenceNumber({ openedEpochMs: port.epochMs, index }, place, port.epochMs),
      index,
    };
  });
}

function replace(stream: Readonly<Stream>, closed: readonly Shard[], ranges: readonly Range[], resizes: boolean, port: Port): void {
  // Children's numbers follow those of their parents, which end behind the last record.
  const end = (shard: Shard) =>
    sequenceNumber({ openedEpochMs: port.epochMs - port.now + shard.openedAt, index: shard.index }, stream.count + 1, port.epochMs);
  const data = {
    closed: closed.map((shard) => ({ shardId: shard.shardId, endingSequenceNumber: end(shard) })),
    opened: newShards(ranges, stream.shards.length, stream.count + 1, port),
    resizes,
  };
  beginChange(stream, port);
  emitKinesis(port, 'kinesis:ShardsReplaced', stream.arn, data);
}

export function splitShard(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  if (stream.status !== 'ACTIVE') return notActive(stream);
  const shardId = String(call.input.ShardToSplit ?? '');
  const shard = shardOf(stream, shardId);
  if (!shard) return shardNotFound(stream, shardId);
  if (stream.mode === 'ON_DEMAND') return onDemand('SplitShard');
  if (!isOpen(shard)) {
    const text = `Shard ${shardId} in stream ${stream.name} under account ${stream.account} has already been merged or split, and thus is not eligible for merging or splitting.`;
    return invalid(text);
  }
  const at = BigInt(String(call.input.NewStartingHashKey ?? '0'));
  const [start, end] = [BigInt(shard.startingHashKey), BigInt(shard.endingHashKey)];
  if (at <= start + 1n || at >= end) {
    const text = `NewStartingHashKey ${at} used in SplitShard() on shard ${shardId} in stream ${stream.name} under account ${stream.account} is not both greater than one plus the shard's StartingHashKey ${start} and less than the shard's EndingHashKey ${end}.`;
    return invalid(text);
  }
  const parents = [shardId];
  const ranges = [
    { startingHashKey: String(start), endingHashKey: String(at - 1n), parents },
    { startingHashKey: String(at), endingHashKey: String(end), parents },
  ];
  replace(stream, [shard], ranges, false, port);
  return { ok: {} };
}

export function mergeShards(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  if (stream.status !== 'ACTIVE') return notActive(stream);
  const [oneId, otherId] = [String(call.input.ShardToMerge ?? ''), String(call.input.AdjacentShardToMerge ?? '')];
  const [one, other] = [shardOf(stream, oneId), shardOf(stream, otherId)];
  if (!one || !other) return shardNotFound(stream, one ? otherId : oneId);
  if (stream.mode === 'ON_DEMAND') return onDemand('MergeShards');
  const [low, high] = BigInt(one.startingHashKey) < BigInt(other.startingHashKey) ? [one, other] : [other, one];
  if (!isOpen(one) || !isOpen(other) || BigInt(low.endingHashKey) + 1n !== BigInt(high.startingHashKey)) {
    const text = `Shards ${oneId} and ${otherId} in stream ${stream.name} under account ${stream.account} are not an adjacent pair of shards eligible for merging`;
    return invalid(text);
  }
  const range = { startingHashKey: low.startingHashKey, endingHashKey: high.endingHashKey, parents: [oneId, otherId] };
  replace(stream, [one, other], [range], false, port);
  return { ok: {} };
}

/**
 * Every open shard is replaced by shards of equal size, each the child of those that it takes hash keys from.
 * Simplified: one step, and a child may have more parents than the two that it names; AWS goes through splits and merges one by one.
 */
export function updateShardCount(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  if (stream.status !== 'ACTIVE') return notActive(stream);
  const target = Number(call.input.TargetShardCount);
  const open = openShards(stream);
  const current = open.length;
  if (stream.mode === 'ON_DEMAND') return onDemand('UpdateShardCount');
  if (target === current) return invalid(`The shard count of stream ${stream.name} is ${current} already.`);
  if (target > current * 2 || target < current / 2) {
    const bound =
      target > current ? `more than double the current shard count, ${current}` : `less than half the current shard count, ${current}`;
    return limitExceeded(`UpdateShardCount cannot set the shard count to ${target}: it is ${bound}.`);
  }
  if (stream.resizedAt.filter((at) => port.now - at < DAY_MS).length >= RESIZES_PER_DAY) {
    return limitExceeded(`UpdateShardCount has been called ${RESIZES_PER_DAY} times for stream ${stream.name} within 24 hours.`);
  }
  const ranges = evenRanges(target).map((range) => ({ ...range, parents: overlapping(open, range).slice(0, 2) }));
  replace(stream, open, ranges, true, port);
  return { ok: { StreamName: stream.name, StreamARN: stream.arn, CurrentShardCount: current, TargetShardCount: target } };
}

function overlapping(open: readonly Shard[], range: Pick<Range, 'startingHashKey' | 'endingHashKey'>): string[] {
  const [start, end] = [BigInt(range.startingHashKey), BigInt(range.endingHashKey)];
  return open.filter((shard) => BigInt(shard.startingHashKey) <= end && BigInt(shard.endingHashKey) >= start).map(({ shardId }) => shardId);
}

function onDemand(operation: string) {
  return invalid(`${operation} is not available for a stream in on-demand mode: its shards are managed by the service.`);
}
