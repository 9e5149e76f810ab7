// What Kinesis tells about streams and shards. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { invalid, shardNotFound } from './faults';
import { readToken, writeToken } from './locate';
import { HOUR_MS, isOpen, type KinesisState, openShards, type Shard, type Stream, shardOf } from './stream';
import { ON_DEMAND_STREAMS_MAX, SHARDS_MAX, shardsInUse } from './streams';

const SHARDS_PER_DESCRIPTION = 100;
const SHARDS_PER_LIST = 1000;
const STREAMS_PER_LIST = 100;
const TAGS_PER_LIST = 50;
const TOKEN_LIFE_MS = 300_000;

function shardView(shard: Shard): JsonObject {
  return {
    ShardId: shard.shardId,
    ...(shard.parentShardId === null ? {} : { ParentShardId: shard.parentShardId }),
    ...(shard.adjacentParentShardId === null ? {} : { AdjacentParentShardId: shard.adjacentParentShardId }),
    HashKeyRange: { StartingHashKey: shard.startingHashKey, EndingHashKey: shard.endingHashKey },
    SequenceNumberRange: {
      StartingSequenceNumber: shard.startingSequenceNumber,
      ...(shard.endingSequenceNumber === null ? {} : { EndingSequenceNumber: shard.endingSequenceNumber }),
    },
  };
}

function summaryOf(stream: Readonly<Stream>, port: Port): JsonObject {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: stream.status,
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: createdSeconds(stream, port),
    EnhancedMonitoring: [{ ShardLevelMetrics: stream.shardMetrics }],
    EncryptionType: stream.keyId === null ? 'NONE' : 'KMS',
    ...(stream.keyId === null ? {} : { KeyId: stream.keyId }),
  };
}

function createdSeconds({ createdAt }: Readonly<Stream>, port: Port): number {
  return Math.floor((port.epochMs - port.now + createdAt) / 1000);
}

export function describeStreamSummary(stream: Readonly<Stream>, _call: ApiCall, port: Port): Reply {
  const { maxRecordKiB } = stream;
  const more = { OpenShardCount: openShards(stream).length, ConsumerCount: 0, MaxRecordSizeInKiB: maxRecordKiB };
  return { ok: { StreamDescriptionSummary: { ...summaryOf(stream, port), ...more } } };
}

export function describeStream(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const { ExclusiveStartShardId: after, Limit: limit } = call.input;
  const all = typeof after === 'string' ? stream.shards.filter(({ shardId }) => shardId > after) : stream.shards;
  const page = all.slice(0, Math.min(typeof limit === 'number' ? limit : SHARDS_PER_DESCRIPTION, 10_000));
  const Shards = stream.status === 'CREATING' ? [] : page.map(shardView);
  return { ok: { StreamDescription: { ...summaryOf(stream, port), Shards, HasMoreShards: page.length < all.length } } };
}

export function listShards(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const { NextToken: text, MaxResults: max, ExclusiveStartShardId: start, ShardFilter: filter } = call.input;
  const token = readToken(text);
  if (typeof text === 'string') {
    if (typeof token?.after !== 'string') return invalid('Invalid NextToken.');
    if (port.epochMs - Number(token.issuedEpochMs) > TOKEN_LIFE_MS)
      return clientFault('ExpiredNextTokenException', 'The NextToken is expired.');
  }
  const given = (token?.filter ?? filter ?? null) as JsonObject | null;
  const wanted = given ? filtered(stream, given, port) : stream.shards;
  if ('fault' in wanted) return wanted;
  const after = token ? String(token.after) : typeof start === 'string' ? start : '';
  const all = wanted.filter(({ shardId }) => shardId > after);
  const page = all.slice(0, typeof max === 'number' ? max : SHARDS_PER_LIST);
  const last = page.at(-1);
  const NextToken =
    last && page.length < all.length
      ? writeToken({ arn: stream.arn, after: last.shardId, filter: given, issuedEpochMs: port.epochMs })
      : undefined;
  return { ok: { Shards: page.map(shardView), ...(NextToken ? { NextToken } : {}) } };
}

/** Which shards were open at some time, or from then on. */
function filtered(stream: Readonly<Stream>, filter: JsonObject, port: Port): Shard[] | ReturnType<typeof invalid> {
  const horizon = port.now - stream.retentionHours * HOUR_MS;
  const at = typeof filter.Timestamp === 'number' ? filter.Timestamp * 1000 - (port.epochMs - port.now) : null;
  const openAt = (time: number) => (shard: Shard) => shard.openedAt <= time && (shard.closedAt === null || shard.closedAt > time);
  const openSince = (time: number) => (shard: Shard) => shard.closedAt === null || shard.closedAt >= time;
  const first = Math.max(horizon, stream.createdAt);
  switch (filter.Type) {
    case 'AT_LATEST':
      return stream.shards.filter(isOpen);
    case 'AT_TRIM_HORIZON':
      return stream.shards.filter(openAt(first));
    case 'FROM_TRIM_HORIZON':
      return stream.shards.filter(openSince(first));
    case 'AFTER_SHARD_ID': {
      const shardId = String(filter.ShardId ?? '');
      return shardOf(stream, shardId) ? stream.shards.filter((shard) => shard.shardId > shardId) : shardNotFound(stream, shardId);
    }
    default:
      if (at === null) return invalid(`The shard filter ${String(filter.Type)} needs a Timestamp.`);
      return stream.shards.filter((filter.Type === 'AT_TIMESTAMP' ? openAt : openSince)(Math.max(at, first)));
  }
}

function streamsHere({ streams }: Readonly<KinesisState>, { account, region }: Port): Stream[] {
  return Object.values(streams)
    .filter(({ arn }) => arn.startsWith(`arn:aws:kinesis:${region}:${account}:`))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function listStreams(state: Readonly<KinesisState>, call: ApiCall, port: Port): Reply {
  const { ExclusiveStartStreamName: start, NextToken: token, Limit: limit } = call.input;
  const after = readToken(token)?.after ?? start;
  const all = streamsHere(state, port).filter(({ name }) => typeof after !== 'string' || name > after);
  const page = all.slice(0, typeof limit === 'number' ? limit : STREAMS_PER_LIST);
  const hasMore = page.length < all.length;
  return {
    ok: {
      StreamNames: page.map(({ name }) => name),
      HasMoreStreams: hasMore,
      ...(hasMore ? { NextToken: writeToken({ after: page.at(-1)?.name ?? '' }) } : {}),
      StreamSummaries: page.map((stream) => ({
        StreamName: stream.name,
        StreamARN: stream.arn,
        StreamStatus: stream.status,
        StreamModeDetails: { StreamMode: stream.mode },
        StreamCreationTimestamp: createdSeconds(stream, port),
      })),
    },
  };
}

export function describeLimits(state: Readonly<KinesisState>, _call: ApiCall, port: Port): Reply {
  const onDemand = streamsHere(state, port).filter(({ mode }) => mode === 'ON_DEMAND').length;
  return {
    ok: {
      ShardLimit: SHARDS_MAX,
      OpenShardCount: shardsInUse(state, port),
      OnDemandStreamCount: onDemand,
      OnDemandStreamCountLimit: ON_DEMAND_STREAMS_MAX,
    },
  };
}

export function listTagsForStream(stream: Readonly<Stream>, call: ApiCall): Reply {
  const { ExclusiveStartTagKey: after, Limit: limit } = call.input;
  const all = tagsOf(stream).filter(({ Key }) => typeof after !== 'string' || Key > after);
  const page = all.slice(0, typeof limit === 'number' ? limit : TAGS_PER_LIST);
  return { ok: { Tags: page, HasMoreTags: page.length < all.length } };
}

export function listTagsForResource(stream: Readonly<Stream>): Reply {
  return { ok: { Tags: tagsOf(stream) } };
}

function tagsOf({ tags }: Readonly<Stream>): { Key: string; Value: string }[] {
  return Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
}
