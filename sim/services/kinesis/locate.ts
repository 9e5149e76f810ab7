// Which stream a request is about: its name, its ARN, or what an iterator or a page token says.
// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html
import { type Arn, formatArn, parseArn } from '../../kernel/arn';
import { clientFault, type Fault } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import { streamNotFound } from './faults';
import type { KinesisState, Stream } from './stream';

export function streamArn(name: string, { account, region }: { account: string; region: string }): Arn {
  return formatArn({ service: 'kinesis', region, account, resource: `stream/${name}` });
}

export function nameIn(arn: Arn): string {
  return (parseArn(arn)?.resource ?? '').split('/')[1] ?? '';
}

/** Tokens are data that only Kinesis reads: JSON in Base64. */
export function writeToken(token: JsonObject): string {
  return btoa(JSON.stringify(token));
}

export function readToken(text: Json | undefined): JsonObject | null {
  if (typeof text !== 'string') return null;
  try {
    const token = JSON.parse(atob(text)) as Json;
    return typeof token === 'object' && token !== null && !Array.isArray(token) ? token : null;
  } catch {
    return null;
  }
}

/** The resource of a call; `*` within the account where the input names no stream. */
export function resourceOf(input: JsonObject, where: { account: string; region: string }): Arn {
  const { StreamARN: arn, ResourceARN: resource, StreamName: name, ConsumerARN: consumer } = input;
  for (const given of [arn, resource, consumer]) {
    if (typeof given !== 'string' || !parseArn(given)) continue;
    return given.split('/').slice(0, 2).join('/');
  }
  if (typeof name === 'string') return streamArn(name, where);
  const token = readToken(input.ShardIterator) ?? readToken(input.NextToken);
  return typeof token?.arn === 'string' ? token.arn : formatArn({ service: 'kinesis', ...where, resource: '*' });
}

export function findStream(state: Readonly<KinesisState>, arn: Arn, account: string): Stream | { fault: Fault } {
  const stream = state.streams[arn];
  if (stream) return stream;
  const parts = parseArn(arn);
  if (parts?.resource === '*') return clientFault('InvalidArgumentException', 'Missing StreamName');
  return streamNotFound(nameIn(arn), parts?.account ?? account);
}
