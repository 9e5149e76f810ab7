// The fold: what Kinesis's facts do to streams.
import type { Fact } from '../../kernel/fact';
import type { KinesisFacts, NewShard } from './facts';
import { indexAfter, type KinesisState, type Shard, type Stream, shardOf } from './stream';
import { countRead, countWrite, UNUSED } from './throughput';

type Fold<T extends keyof KinesisFacts> = (stream: Stream, data: KinesisFacts[T], fact: Fact, state: KinesisState) => void;

function opened(shard: NewShard, { at }: Fact): Shard {
  return {
    ...shard,
    endingSequenceNumber: null,
    openedAt: at,
    closedAt: null,
    records: [],
    lastSequenceNumber: null,
    writes: { ...UNUSED },
    reads: { ...UNUSED },
  };
}

const FOLDS: { [T in keyof KinesisFacts]?: Fold<T> } = {
  'kinesis:StreamSettled': (stream, { status }) => {
    stream.status = status;
  },
  'kinesis:StreamUpdating': (stream, { status }) => {
    stream.status = status;
  },
  'kinesis:StreamDeleted': ({ arn }, _data, _fact, { streams }) => {
    delete streams[arn];
  },
  'kinesis:StreamModeSet': (stream, { mode }) => {
    stream.mode = mode;
  },
  'kinesis:RetentionSet': (stream, { retentionHours }) => {
    stream.retentionHours = retentionHours;
  },
  'kinesis:MaxRecordSizeSet': (stream, { maxRecordKiB }) => {
    stream.maxRecordKiB = maxRecordKiB;
  },
  'kinesis:TagsSet': (stream, { tags }) => {
    stream.tags = tags;
  },
  'kinesis:EncryptionSet': (stream, { keyId }) => {
    stream.keyId = keyId;
  },
  'kinesis:PolicySet': (stream, { policy }) => {
    stream.policy = policy;
  },
  'kinesis:MonitoringSet': (stream, { shardMetrics }) => {
    stream.shardMetrics = shardMetrics;
  },
  'kinesis:ShardsReplaced': (stream, { closed, opened: shards, resizes }, fact) => {
    for (const { shardId, endingSequenceNumber } of closed) {
      const shard = shardOf(stream, shardId);
      if (shard) Object.assign(shard, { endingSequenceNumber, closedAt: fact.at });
    }
    stream.shards.push(...shards.map((shard) => opened(shard, fact)));
    if (resizes) stream.resizedAt.push(fact.at);
  },
  'kinesis:RecordPut': (stream, { shardId, sequenceNumber, partitionKey, data, bytes }, { at }) => {
    stream.count++;
    const shard = shardOf(stream, shardId);
    if (!shard) return;
    shard.records.push({ sequenceNumber, partitionKey, data, arrivedAt: at });
    shard.lastSequenceNumber = sequenceNumber;
    countWrite(shard, bytes, at);
  },
  'kinesis:RecordsRead': (stream, { shardId, bytes }, { at }) => {
    const shard = shardOf(stream, shardId);
    if (shard) countRead(shard, bytes, at);
  },
  'kinesis:RecordsExpired': (stream, { shardId, lastSequenceNumber }) => {
    const shard = shardOf(stream, shardId);
    if (shard) shard.records.splice(0, indexAfter(shard, lastSequenceNumber));
  },
};

export function applyKinesis(state: KinesisState, fact: Fact): void {
  if (fact.type === 'kinesis:StreamCreated') {
    const { shards, ...rest } = fact.data as unknown as KinesisFacts['kinesis:StreamCreated'];
    state.streams[fact.resource] = {
      ...rest,
      arn: fact.resource,
      status: 'CREATING',
      createdAt: fact.at,
      shards: shards.map((shard) => opened(shard, fact)),
      count: 0,
      keyId: null,
      policy: null,
      shardMetrics: [],
      resizedAt: [],
    };
    return;
  }
  const fold = FOLDS[fact.type as keyof KinesisFacts] as Fold<keyof KinesisFacts> | undefined;
  const stream = state.streams[fact.resource];
  if (fold && stream) fold(stream, fact.data as never, fact, state);
}
