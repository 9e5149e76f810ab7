// A world with a stream in it, asked through the real SDK.
import {
  CreateStreamCommand,
  type CreateStreamCommandInput,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  type ShardIteratorType,
} from '@aws-sdk/client-kinesis';
import type { Aws, AwsOptions } from '../sim/assemble';
import { createAws } from '../sim/aws';
import { createRequestHandler } from '../sim/protocol/request-handler';
import { ACCOUNT, REGION } from './lambda-world';

export const STREAM = `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`;

export interface KinesisWorld {
  world: Aws;
  kinesis: KinesisClient;
  put: (text: string, key?: string) => Promise<{ ShardId?: string; SequenceNumber?: string }>;
  shards: () => Promise<string[]>;
  iterator: (type: ShardIteratorType, more?: { shard?: string; number?: string; at?: Date }) => Promise<string>;
  /** The texts that an iterator gives, and the iterator after them. */
  read: (iterator: string, limit?: number) => Promise<{ texts: string[]; next: string | undefined; behind: number | undefined }>;
}

export async function createKinesisWorld(stream: Partial<CreateStreamCommandInput> = {}, options: AwsOptions = {}): Promise<KinesisWorld> {
  const world = createAws({ services: ['kinesis'], ...options });
  const kinesis = new KinesisClient({
    region: REGION,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world) as never,
  });
  await kinesis.send(new CreateStreamCommand({ StreamName: 'orders', ShardCount: 1, ...stream }));
  return {
    world,
    kinesis,
    put: (text, key = 'k') =>
      kinesis.send(new PutRecordCommand({ StreamName: 'orders', Data: new TextEncoder().encode(text), PartitionKey: key })),
    shards: async () =>
      ((await kinesis.send(new ListShardsCommand({ StreamName: 'orders' }))).Shards ?? []).map(({ ShardId = '' }) => ShardId),
    iterator: async (type, { shard = 'shardId-000000000000', number, at } = {}) => {
      const input = { StreamName: 'orders', ShardId: shard, ShardIteratorType: type, StartingSequenceNumber: number, Timestamp: at };
      return (await kinesis.send(new GetShardIteratorCommand(input))).ShardIterator ?? '';
    },
    read: async (iterator, limit) => {
      const out = await kinesis.send(new GetRecordsCommand({ ShardIterator: iterator, ...(limit ? { Limit: limit } : {}) }));
      const texts = (out.Records ?? []).map(({ Data }) => new TextDecoder().decode(Data));
      return { texts, next: out.NextShardIterator, behind: out.MillisBehindLatest };
    },
  };
}
