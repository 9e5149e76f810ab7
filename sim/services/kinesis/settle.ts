// Changes of a stream: it is CREATING, UPDATING or DELETING until they are done.
// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html
// Simplified: done before the next call; in AWS it takes some ten seconds.
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { emitKinesis } from './facts';
import type { Stream } from './stream';

/** Of a stream that exists, which takes and gives records all the while. */
export function beginChange(stream: Readonly<Stream>, port: Port): void {
  emitKinesis(port, 'kinesis:StreamUpdating', stream.arn, { status: 'UPDATING' });
  planSettling(stream.arn, port);
}

export function planSettling(arn: string, port: Port): void {
  port.call({ action: 'kinesis:SettleStream', resource: arn, input: {}, trace: null });
}

export function settleStream(stream: Readonly<Stream>, _call: ApiCall, port: Port): Reply {
  if (stream.status === 'DELETING') {
    for (const { shardId } of stream.shards) port.cancel(`kinesis:trim ${stream.arn} ${shardId}`);
    emitKinesis(port, 'kinesis:StreamDeleted', stream.arn, { name: stream.name });
  } else emitKinesis(port, 'kinesis:StreamSettled', stream.arn, { status: 'ACTIVE' });
  return { ok: {} };
}
