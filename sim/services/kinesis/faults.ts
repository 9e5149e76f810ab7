// Refusals in Kinesis's words. https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html
import { clientFault, type Fault } from '../../kernel/call';
import type { Stream } from './stream';

type Refusal = { fault: Fault };

export function invalid(message: string): Refusal {
  return clientFault('InvalidArgumentException', message);
}

export function streamNotFound(name: string, account: string): Refusal {
  return clientFault('ResourceNotFoundException', `Stream ${name} under account ${account} not found.`);
}

export function shardNotFound({ name, account }: Readonly<Stream>, shardId: string): Refusal {
  const text = `Could not find shard ${shardId} in stream ${name} under account ${account}.`;
  return clientFault('ResourceNotFoundException', text);
}

export function notActive({ name, account, status }: Readonly<Stream>): Refusal {
  return clientFault('ResourceInUseException', `Stream ${name} under account ${account} not ACTIVE, instead in state ${status}`);
}

export function rateExceeded({ name, account }: Readonly<Stream>, shardId: string): Refusal {
  return clientFault('ProvisionedThroughputExceededException', rateText({ name, account }, shardId));
}

export function rateText({ name, account }: Pick<Stream, 'name' | 'account'>, shardId: string): string {
  return `Rate exceeded for shard ${shardId} in stream ${name} under account ${account}.`;
}

export function limitExceeded(message: string): Refusal {
  return clientFault('LimitExceededException', message);
}

export function notModelled(what: string): Refusal {
  return invalid(`${what} is not part of this simulator: read shards with GetRecords, or with an event source mapping of Lambda.`);
}
