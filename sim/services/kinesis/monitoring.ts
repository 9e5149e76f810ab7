// Which metrics a stream has for each of its shards. https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
// Simplified: the setting is kept and measures nothing; AWS charges for each shard's metrics.
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { emitKinesis } from './facts';
import type { Stream } from './stream';

const METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'OutgoingBytes',
  'OutgoingRecords',
  'WriteProvisionedThroughputExceeded',
  'ReadProvisionedThroughputExceeded',
  'IteratorAgeMilliseconds',
];

export function enableMonitoring(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const asked = namesIn(call);
  return change(
    stream,
    METRICS.filter((name) => asked.has(name) || stream.shardMetrics.includes(name)),
    port,
  );
}

export function disableMonitoring(stream: Readonly<Stream>, call: ApiCall, port: Port): Reply {
  const asked = namesIn(call);
  return change(
    stream,
    stream.shardMetrics.filter((name) => !asked.has(name)),
    port,
  );
}

function namesIn({ input }: ApiCall): ReadonlySet<string> {
  const names = (input.ShardLevelMetrics ?? []) as string[];
  return new Set(names.includes('ALL') ? METRICS : names);
}

function change({ arn, name, shardMetrics }: Readonly<Stream>, wanted: string[], port: Port): Reply {
  const before = [...shardMetrics];
  emitKinesis(port, 'kinesis:MonitoringSet', arn, { shardMetrics: wanted });
  return { ok: { StreamName: name, StreamARN: arn, CurrentShardLevelMetrics: before, DesiredShardLevelMetrics: wanted } };
}
