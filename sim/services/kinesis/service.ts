// Amazon Kinesis Data Streams. https://docs.aws.amazon.com/kinesis/latest/APIReference/
// Simplified: readers share a shard's throughput; AWS also has consumers with a throughput of their own (enhanced fan-out).
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Service, ServiceAction } from '../../kernel/service';
import { applyKinesis } from './apply';
import {
  describeLimits,
  describeStream,
  describeStreamSummary,
  listShards,
  listStreams,
  listTagsForResource,
  listTagsForStream,
} from './describe';
import { notModelled } from './faults';
import { getRecords } from './get-records';
import { getShardIterator } from './iterator';
import { findStream, resourceOf } from './locate';
import { disableMonitoring, enableMonitoring } from './monitoring';
import { putRecord, putRecords } from './put';
import { mergeShards, splitShard, updateShardCount } from './resharding';
import { decreaseRetention, increaseRetention, trimShard } from './retention';
import { settleStream } from './settle';
import type { KinesisState, StreamAction } from './stream';
import {
  addTags,
  createStream,
  deletePolicy,
  deleteStream,
  getPolicy,
  putPolicy,
  removeTags,
  startEncryption,
  stopEncryption,
  updateMaxRecordSize,
  updateStreamMode,
} from './streams';

const CONSUMERS = ['RegisterStreamConsumer', 'DeregisterStreamConsumer', 'DescribeStreamConsumer', 'SubscribeToShard'];

const OPERATIONS: Record<string, ServiceAction<KinesisState>> = {
  AddTagsToStream: withStream(addTags),
  CreateStream: createStream,
  DecreaseStreamRetentionPeriod: withStream(decreaseRetention),
  DeleteResourcePolicy: withStream(deletePolicy),
  DeleteStream: withStream(deleteStream),
  DescribeLimits: describeLimits,
  DescribeStream: withStream(describeStream),
  DescribeStreamSummary: withStream(describeStreamSummary),
  DisableEnhancedMonitoring: withStream(disableMonitoring),
  EnableEnhancedMonitoring: withStream(enableMonitoring),
  GetRecords: withStream(getRecords),
  GetResourcePolicy: withStream(getPolicy),
  GetShardIterator: withStream(getShardIterator),
  IncreaseStreamRetentionPeriod: withStream(increaseRetention),
  ListShards: withStream(listShards),
  ListStreamConsumers: withStream(() => ({ ok: { Consumers: [] } })),
  ListStreams: listStreams,
  ListTagsForResource: withStream(listTagsForResource),
  ListTagsForStream: withStream(listTagsForStream),
  MergeShards: withStream(mergeShards),
  PutRecord: withStream(putRecord),
  PutRecords: withStream(putRecords),
  PutResourcePolicy: withStream(putPolicy),
  RemoveTagsFromStream: withStream(removeTags),
  SplitShard: withStream(splitShard),
  StartStreamEncryption: withStream(startEncryption),
  StopStreamEncryption: withStream(stopEncryption),
  TagResource: withStream(addTags),
  UntagResource: withStream(removeTags),
  UpdateMaxRecordSize: withStream(updateMaxRecordSize),
  UpdateShardCount: withStream(updateShardCount),
  UpdateStreamMode: withStream(updateStreamMode),
  ...Object.fromEntries(CONSUMERS.map((operation) => [operation, withStream(() => notModelled(operation))])),
};

/** The world's own steps. */
const STEPS: Record<string, ServiceAction<KinesisState>> = {
  SettleStream: gone(settleStream),
  TrimShard: gone(trimShard),
};

export function createKinesis(): Service<KinesisState> {
  return {
    prefix: 'kinesis',
    initial: () => ({ streams: {} }),
    actions: { ...OPERATIONS, ...STEPS },
    internal: new Set(Object.keys(STEPS)),
    apply: applyKinesis,
    route: (operation, input, where) =>
      Object.hasOwn(OPERATIONS, operation) ? { action: `kinesis:${operation}`, resource: resourceOf(input, where) } : null,
    // Simplified: the partition key is a digest of the body where the sender names none; EventBridge takes the event's id.
    accepts: (target, { body }) => ({
      action: 'kinesis:PutRecord',
      input: { StreamARN: target, Data: base64Of(body), PartitionKey: bytesToHex(md5(utf8ToBytes(body))) },
    }),
    conditionKeys: (state, { resource }) => {
      const tags = Object.entries(state.streams[resource]?.tags ?? {});
      return Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
    },
    resourcePolicy: (state, arn) => state.streams[arn]?.policy ?? null,
  };
}

function withStream(action: StreamAction): ServiceAction<KinesisState> {
  return (state, call, port) => {
    const stream = findStream(state, call.resource, port.account);
    return 'fault' in stream ? stream : action(stream, call, port, state);
  };
}

/** A step for a stream that was deleted meanwhile does nothing. */
function gone(action: StreamAction): ServiceAction<KinesisState> {
  return (state, call, port) => {
    const stream = state.streams[call.resource];
    return stream ? action(stream, call, port, state) : { ok: {} };
  };
}

function base64Of(text: string): string {
  let binary = '';
  for (const byte of utf8ToBytes(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
