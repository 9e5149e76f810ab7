// Streams themselves: creating, deleting, and their settings. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitKinesis } from './facts';
import { invalid, limitExceeded, notActive } from './faults';
import { nameIn } from './locate';
import { newShards } from './resharding';
import { evenRanges } from './sequence';
import { beginChange, planSettling } from './settle';
import { type KinesisState, openShards, RETENTION_HOURS_MIN, type Stream, type StreamMode } from './stream';

/** Of an account in Ireland, Virginia or Oregon; elsewhere fewer. */
export const SHARDS_MAX = 20_000;
export const ON_DEMAND_STREAMS_MAX = 50;
/** A new on-demand stream takes 4 MB a second: four shards. */
const ON_DEMAND_SHARDS = 4;
const RECORD_KIB_DEFAULT = 1024;
const TAGS_MAX = 50;

export function createStream(state: Readonly<KinesisState>, call: ApiCall, port: Port): Reply {
  const name = String(call.input.StreamName ?? '');
  const mode = (((call.input.StreamModeDetails ?? {}) as JsonObject).StreamMode ?? 'PROVISIONED') as StreamMode;
  const given = call.input.ShardCount;
  if (state.streams[call.resource]) {
    return clientFault('ResourceInUseException', `Stream ${name} under account ${port.account} already exists.`);
  }
  if (mode === 'ON_DEMAND' && given !== undefined) return invalid('ShardCount must not be specified for a stream in on-demand mode.');
  if (mode === 'PROVISIONED' && given === undefined)
    return clientFault('ValidationException', 'ShardCount must be specified for a stream in provisioned mode.');
  const count = mode === 'ON_DEMAND' ? ON_DEMAND_SHARDS : Number(given);
  const inUse = shardsInUse(state, port);
  if (mode === 'PROVISIONED' && inUse + count > SHARDS_MAX) {
    const text = `This request would exceed the shard limit for the account ${port.account} in ${port.region}. Current shard count for the account: ${inUse}. Limit: ${SHARDS_MAX}. Number of additional shards that would have resulted from this request: ${count}. Refer to the AWS Service Limits page (https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`;
    return limitExceeded(text);
  }
  emitKinesis(port, 'kinesis:StreamCreated', call.resource, {
    name,
    account: port.account,
    mode,
    retentionHours: RETENTION_HOURS_MIN,
    maxRecordKiB: Number(call.input.MaxRecordSizeInKiB ?? RECORD_KIB_DEFAULT),
    shards: newShards(
      evenRanges(count).map((range) => ({ ...range, parents: [] })),
      0,
      0,
      port,
    ),
    tags: (call.input.Tags ?? {}) as Record<string, string>,
  });
  planSettling(call.resource, port);
  return { ok: {} };
}

export function shardsInUse({ streams }: Readonly<KinesisState>, { account, region }: Pick<Port, 'account' | 'region'>): number {
  return Object.values(streams)
    .filter(({ arn, mode }) => mode === 'PROVISIONED' && arn.startsWith(`arn:aws:kinesis:${region}:${account}:`))
    .reduce((sum, stream) => sum + openShards(stream).length, 0);
}

export function deleteStream(stream: Readonly<Stream>, _call: ApiCall, port: Port): Reply {
  if (stream.status === 'DELETING') return notActive(stream);
  emitKinesis(port, 'kinesis:StreamUpdating', stream.arn, { status: 'DELETING' });
  planSettling(stream.arn, port);
  return { ok: {} };
}

/** Simplified: the shards stay as they are; AWS lets their number follow the traffic from then on. */
export function updateStreamMode(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  if (stream.status !== 'ACTIVE') return notActive(stream);
  const { StreamMode: mode } = (call.input.StreamModeDetails ?? {}) as JsonObject;
  if (mode === stream.mode) return invalid(`Stream ${stream.name} is in the mode ${stream.mode} already.`);
  beginChange(stream, port);
  emitKinesis(port, 'kinesis:StreamModeSet', stream.arn, { mode: mode as StreamMode });
  return { ok: {} };
}

export function updateMaxRecordSize(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  if (stream.status !== 'ACTIVE') return notActive(stream);
  emitKinesis(port, 'kinesis:MaxRecordSizeSet', stream.arn, { maxRecordKiB: Number(call.input.MaxRecordSizeInKiB) });
  return { ok: {} };
}

/** Simplified: the key is named in answers and used for nothing; AWS encrypts with it, and asks KMS as the producer and the consumer. */
export function startEncryption(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  if (stream.status !== 'ACTIVE') return notActive(stream);
  beginChange(stream, port);
  emitKinesis(port, 'kinesis:EncryptionSet', stream.arn, { keyId: String(call.input.KeyId ?? '') });
  return { ok: {} };
}

export function stopEncryption(stream: Readonly<Stream>, _call: ApiCall, port: Port): Reply {
  if (stream.status !== 'ACTIVE') return notActive(stream);
  beginChange(stream, port);
  emitKinesis(port, 'kinesis:EncryptionSet', stream.arn, { keyId: null });
  return { ok: {} };
}

export function addTags(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const tags = { ...stream.tags, ...((call.input.Tags ?? {}) as Record<string, string>) };
  if (Object.keys(tags).length > TAGS_MAX) {
    const { name, account } = stream;
    return invalid(
      `Failed to add tags to stream ${name} under account ${account} because a given stream cannot have more than ${TAGS_MAX} tags associated with it.`,
    );
  }
  emitKinesis(port, 'kinesis:TagsSet', stream.arn, { tags });
  return { ok: {} };
}

export function removeTags(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const gone = new Set((call.input.TagKeys ?? []) as string[]);
  const tags = Object.fromEntries(Object.entries(stream.tags).filter(([key]) => !gone.has(key)));
  emitKinesis(port, 'kinesis:TagsSet', stream.arn, { tags });
  return { ok: {} };
}

export function putPolicy(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  try {
    emitKinesis(port, 'kinesis:PolicySet', stream.arn, { policy: JSON.parse(String(call.input.Policy ?? '')) as JsonObject });
    return { ok: {} };
  } catch {
    return invalid(`The policy of stream ${nameIn(stream.arn)} is not valid JSON.`);
  }
}

export function getPolicy(stream: Readonly<Stream>): Reply {
  if (stream.policy) return { ok: { Policy: JSON.stringify(stream.policy) } };
  return clientFault('ResourceNotFoundException', `No resource policy found for resource ARN ${stream.arn}.`);
}

export function deletePolicy(stream: Readonly<Stream>, _call: ApiCall, port: Port): Reply {
  if (!stream.policy) return getPolicy(stream);
  emitKinesis(port, 'kinesis:PolicySet', stream.arn, { policy: null });
  return { ok: {} };
}
