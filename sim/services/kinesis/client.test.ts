import {
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListShardsCommand,
  ListStreamsCommand,
  MergeShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { createKinesisWorld, STREAM } from '../../../test/kinesis-world';
import { ACCOUNT, REGION } from '../../../test/lambda-world';

const HOUR = 3_600_000;
const bytes = (text: string) => new TextEncoder().encode(text);
const FIRST = 'shardId-000000000000';
const HALF = '170141183460469231731687303715884105728';

describe('a stream', () => {
  it('is described with its shards, listed and deleted', async () => {
    const at = await createKinesisWorld({ ShardCount: 2 });
    const { StreamDescription } = await at.kinesis.send(new DescribeStreamCommand({ StreamName: 'orders' }));
    expect(StreamDescription).toMatchObject({
      StreamName: 'orders',
      StreamARN: STREAM,
      StreamStatus: 'ACTIVE',
      RetentionPeriodHours: 24,
      HasMoreShards: false,
      EncryptionType: 'NONE',
      Shards: [
        { ShardId: FIRST, HashKeyRange: { StartingHashKey: '0', EndingHashKey: '170141183460469231731687303715884105727' } },
        {
          ShardId: 'shardId-000000000001',
          HashKeyRange: { StartingHashKey: HALF, EndingHashKey: '340282366920938463463374607431768211455' },
          SequenceNumberRange: { StartingSequenceNumber: expect.stringMatching(/^49\d{54}$/) },
        },
      ],
    });
    const { StreamDescriptionSummary } = await at.kinesis.send(new DescribeStreamSummaryCommand({ StreamARN: STREAM }));
    expect(StreamDescriptionSummary).toMatchObject({
      OpenShardCount: 2,
      ConsumerCount: 0,
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
    });
    expect((await at.kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual(['orders']);
    await at.kinesis.send(new DeleteStreamCommand({ StreamName: 'orders' }));
    expect((await at.kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
    await expect(at.put('late')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Stream orders under account ${ACCOUNT} not found.`,
    });
  });

  it('exists once, and needs to know how many shards it has', async () => {
    const at = await createKinesisWorld();
    await expect(at.kinesis.send(new CreateStreamCommand({ StreamName: 'orders', ShardCount: 1 }))).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: `Stream orders under account ${ACCOUNT} already exists.`,
    });
    await expect(at.kinesis.send(new CreateStreamCommand({ StreamName: 'bare' }))).rejects.toMatchObject({ name: 'ValidationException' });
    await at.kinesis.send(new CreateStreamCommand({ StreamName: 'free', StreamModeDetails: { StreamMode: 'ON_DEMAND' } }));
    const { Shards } = await at.kinesis.send(new ListShardsCommand({ StreamName: 'free' }));
    expect(Shards).toHaveLength(4);
  });

  it('says which consumers it does not have', async () => {
    const at = await createKinesisWorld();
    const command = new RegisterStreamConsumerCommand({ StreamARN: STREAM, ConsumerName: 'fast' });
    await expect(at.kinesis.send(command)).rejects.toThrow('RegisterStreamConsumer is not part of this simulator');
  });
});

describe('a record', () => {
  it.each([
    // MD5 of the key as a number: whoever has the digest knows the shard.
    ['a', '0cc175b9c0f1b6a831c399e269772661', 0],
    ['b', '92eb5ffee6ae2fec3ad71c777531578f', 1],
    ['c', '4a8a08f09d37b73795649038408b5f33', 0],
    ['d', '8277e0910d750195b448797616e091ad', 1],
  ])('with the key %s, whose digest is %s, goes to shard %i of two', async (key, _digest, shard) => {
    const at = await createKinesisWorld({ ShardCount: 2 });
    const { ShardId, SequenceNumber } = await at.put('x', key);
    expect(ShardId).toBe(`shardId-00000000000${shard}`);
    expect(SequenceNumber).toMatch(/^49\d{54}$/);
  });

  it('goes where an explicit hash key sends it', async () => {
    const at = await createKinesisWorld({ ShardCount: 2 });
    const put = (ExplicitHashKey: string) =>
      at.kinesis.send(new PutRecordCommand({ StreamName: 'orders', Data: bytes('x'), PartitionKey: 'a', ExplicitHashKey }));
    expect((await put('0')).ShardId).toBe(FIRST);
    expect((await put(HALF)).ShardId).toBe('shardId-000000000001');
    await expect(put('340282366920938463463374607431768211456')).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });

  it('is read in the order in which it came', async () => {
    const at = await createKinesisWorld();
    for (const text of ['one', 'two', 'three']) await at.put(text);
    const first = await at.read(await at.iterator('TRIM_HORIZON'), 2);
    expect(first.texts).toEqual(['one', 'two']);
    const second = await at.read(first.next ?? '');
    expect(second).toMatchObject({ texts: ['three'], behind: 0 });
    expect((await at.read(second.next ?? '')).texts).toEqual([]);
  });

  it('has a limit of size that the stream may raise', async () => {
    const put = (at: Awaited<ReturnType<typeof createKinesisWorld>>, size: number) =>
      at.kinesis.send(new PutRecordCommand({ StreamName: 'orders', Data: new Uint8Array(size), PartitionKey: 'a' }));
    const at = await createKinesisWorld();
    await put(at, 1_048_576 - 1);
    await expect(put(at, 1_048_577)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
    const large = await createKinesisWorld({ MaxRecordSizeInKiB: 10_240 });
    expect((await put(large, 5_000_000)).ShardId).toBe(FIRST);
  });
});

describe('an iterator', () => {
  it('starts at any place', async () => {
    const at = await createKinesisWorld();
    const numbers: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      numbers.push((await at.put(text)).SequenceNumber ?? '');
      at.world.run({ untilMs: at.world.now + 1000 });
    }
    const [, number = ''] = numbers;
    const texts = async (iterator: Promise<string>) => (await at.read(await iterator)).texts;
    expect(await texts(at.iterator('TRIM_HORIZON'))).toEqual(['one', 'two', 'three']);
    expect(await texts(at.iterator('AT_SEQUENCE_NUMBER', { number }))).toEqual(['two', 'three']);
    expect(await texts(at.iterator('AFTER_SEQUENCE_NUMBER', { number }))).toEqual(['three']);
    at.world.run({ untilMs: at.world.now + 1000 });
    const from = new Date(at.world.startAtEpochMs + 1500);
    expect(await texts(at.iterator('AT_TIMESTAMP', { at: from }))).toEqual(['three']);
    const latest = await at.iterator('LATEST');
    await at.put('four');
    expect((await at.read(latest)).texts).toEqual(['four']);
    const future = new Date(at.world.epochMs + 60_000);
    await expect(at.iterator('AT_TIMESTAMP', { at: future })).rejects.toMatchObject({ name: 'InvalidArgumentException' });
    await expect(at.iterator('AT_SEQUENCE_NUMBER', { number: '1' })).rejects.toMatchObject({ name: 'InvalidArgumentException' });
    await expect(at.iterator('LATEST', { shard: 'shardId-000000000009' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('lives for five minutes', async () => {
    const at = await createKinesisWorld();
    const iterator = await at.iterator('LATEST');
    at.world.run({ untilMs: at.world.now + 300_000 });
    await at.read(iterator);
    at.world.run({ untilMs: at.world.now + 1 });
    await expect(at.read(iterator)).rejects.toMatchObject({
      name: 'ExpiredIteratorException',
      message:
        'Iterator expired. The iterator was created at time Mon Nov 02 10:00:00 UTC 2026 while right now it is Mon Nov 02 10:05:00 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds.',
    });
    await expect(at.kinesis.send(new GetRecordsCommand({ ShardIterator: 'nonsense' }))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
    });
  });
});

describe('a shard', () => {
  it('takes a thousand records a second; the request that brings more fails in part', async () => {
    const at = await createKinesisWorld();
    const put = (count: number) =>
      at.kinesis.send(
        new PutRecordsCommand({
          StreamName: 'orders',
          Records: Array.from({ length: count }, (_, i) => ({ Data: bytes(String(i)), PartitionKey: `k${i}` })),
        }),
      );
    expect((await put(500)).FailedRecordCount).toBe(0);
    expect((await put(500)).FailedRecordCount).toBe(0);
    const third = await put(1);
    expect(third).toMatchObject({
      FailedRecordCount: 1,
      Records: [
        {
          ErrorCode: 'ProvisionedThroughputExceededException',
          ErrorMessage: `Rate exceeded for shard ${FIRST} in stream orders under account ${ACCOUNT}.`,
        },
      ],
    });
    await expect(at.put('x')).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    at.world.run({ untilMs: at.world.now + 1000 });
    expect((await put(500)).FailedRecordCount).toBe(0);
  });

  it('takes a megabyte a second, and the other shards go on', async () => {
    const at = await createKinesisWorld({ ShardCount: 2 });
    const megabyte = { Data: new Uint8Array(1_000_000), PartitionKey: 'a' };
    const Records = [megabyte, megabyte, { Data: bytes('small'), PartitionKey: 'b' }];
    const { FailedRecordCount, Records: results } = await at.kinesis.send(new PutRecordsCommand({ StreamName: 'orders', Records }));
    expect(FailedRecordCount).toBe(1);
    expect(results?.map(({ ErrorCode }) => ErrorCode ?? 'put')).toEqual(['put', 'ProvisionedThroughputExceededException', 'put']);
  });

  it('answers five reads a second', async () => {
    const at = await createKinesisWorld();
    const iterator = await at.iterator('LATEST');
    for (let i = 0; i < 5; i++) await at.read(iterator);
    await expect(at.read(iterator)).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    at.world.run({ untilMs: at.world.now + 1000 });
    await at.read(iterator);
  });

  it('is split: its records stay, new ones go to its children, and reading it ends with their names', async () => {
    const at = await createKinesisWorld();
    await at.put('old', 'a');
    await at.kinesis.send(new SplitShardCommand({ StreamName: 'orders', ShardToSplit: FIRST, NewStartingHashKey: HALF }));
    expect(await at.shards()).toEqual([FIRST, 'shardId-000000000001', 'shardId-000000000002']);
    expect((await at.put('new', 'a')).ShardId).toBe('shardId-000000000001');
    expect((await at.put('new', 'b')).ShardId).toBe('shardId-000000000002');
    const out = await at.kinesis.send(new GetRecordsCommand({ ShardIterator: await at.iterator('TRIM_HORIZON') }));
    expect(out.Records).toHaveLength(1);
    expect(out.NextShardIterator).toBeUndefined();
    expect(out.ChildShards?.map(({ ShardId, ParentShards }) => [ShardId, ParentShards])).toEqual([
      ['shardId-000000000001', [FIRST]],
      ['shardId-000000000002', [FIRST]],
    ]);
    const open = await at.kinesis.send(new ListShardsCommand({ StreamName: 'orders', ShardFilter: { Type: 'AT_LATEST' } }));
    expect(open.Shards?.map(({ ParentShardId }) => ParentShardId)).toEqual([FIRST, FIRST]);
    await expect(
      at.kinesis.send(new SplitShardCommand({ StreamName: 'orders', ShardToSplit: FIRST, NewStartingHashKey: HALF })),
    ).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });

  it('is merged with its neighbour, and the child has both as parents', async () => {
    const at = await createKinesisWorld({ ShardCount: 3 });
    const merge = (ShardToMerge: string, AdjacentShardToMerge: string) =>
      at.kinesis.send(new MergeShardsCommand({ StreamName: 'orders', ShardToMerge, AdjacentShardToMerge }));
    await expect(merge(FIRST, 'shardId-000000000002')).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: `Shards ${FIRST} and shardId-000000000002 in stream orders under account ${ACCOUNT} are not an adjacent pair of shards eligible for merging`,
    });
    await merge('shardId-000000000001', FIRST);
    const { Shards } = await at.kinesis.send(new ListShardsCommand({ StreamName: 'orders' }));
    expect(Shards?.at(-1)).toMatchObject({ ShardId: 'shardId-000000000003', HashKeyRange: { StartingHashKey: '0' } });
    expect([Shards?.at(-1)?.ParentShardId, Shards?.at(-1)?.AdjacentParentShardId].sort()).toEqual([FIRST, 'shardId-000000000001']);
  });

  it('is one of twice as many after UpdateShardCount, which knows limits', async () => {
    const at = await createKinesisWorld({ ShardCount: 2 });
    const update = (TargetShardCount: number) =>
      at.kinesis.send(new UpdateShardCountCommand({ StreamName: 'orders', TargetShardCount, ScalingType: 'UNIFORM_SCALING' }));
    expect(await update(4)).toMatchObject({ CurrentShardCount: 2, TargetShardCount: 4, StreamName: 'orders' });
    const { Shards } = await at.kinesis.send(new ListShardsCommand({ StreamName: 'orders', ShardFilter: { Type: 'AT_LATEST' } }));
    expect(Shards?.map(({ ParentShardId }) => ParentShardId)).toEqual([FIRST, FIRST, 'shardId-000000000001', 'shardId-000000000001']);
    await expect(update(9)).rejects.toMatchObject({ name: 'LimitExceededException' });
    await expect(update(1)).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('retention', () => {
  it('takes records after a day, read or not', async () => {
    const at = await createKinesisWorld();
    await at.put('old');
    at.world.run({ untilMs: at.world.now + 23 * HOUR });
    await at.put('young');
    expect((await at.read(await at.iterator('TRIM_HORIZON'))).texts).toEqual(['old', 'young']);
    at.world.run({ untilMs: at.world.now + HOUR });
    expect((await at.read(await at.iterator('TRIM_HORIZON'))).texts).toEqual(['young']);
    expect(at.world.trace.filter(({ type }) => type === 'kinesis:RecordsExpired')).toMatchObject([{ data: { count: 1 } }]);
    expect(at.world.stateAt('kinesis', at.world.trace.length - 1)).toEqual(at.world.state('kinesis'));
  });

  it('can be longer, up to a year', async () => {
    const at = await createKinesisWorld();
    const increase = (RetentionPeriodHours: number) =>
      at.kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName: 'orders', RetentionPeriodHours }));
    await at.put('kept');
    await increase(48);
    at.world.run({ untilMs: at.world.now + 47 * HOUR });
    expect((await at.read(await at.iterator('TRIM_HORIZON'))).texts).toEqual(['kept']);
    await expect(increase(8761)).rejects.toThrow('Maximum allowed retention period is 8760 hours.');
    await expect(increase(24)).rejects.toThrow('Use DecreaseRetentionPeriod API.');
    await at.kinesis.send(new DecreaseStreamRetentionPeriodCommand({ StreamName: 'orders', RetentionPeriodHours: 24 }));
    at.world.run({ untilMs: at.world.now + 1 });
    expect((await at.read(await at.iterator('TRIM_HORIZON'))).texts).toEqual([]);
  });
});

describe('who may', () => {
  it('is asked of IAM with the ARN of the stream', async () => {
    const at = await createKinesisWorld({}, { services: ['kinesis', 'iam'] });
    const answer = at.world.call({
      action: 'kinesis:PutRecord',
      resource: STREAM,
      input: { StreamName: 'orders', Data: 'eA==', PartitionKey: 'a' },
      principal: { type: 'user', id: `arn:aws:iam::${ACCOUNT}:user/eve`, account: ACCOUNT },
    });
    expect(answer).toMatchObject({
      fault: {
        code: 'AccessDeniedException',
        message: `User: arn:aws:iam::${ACCOUNT}:user/eve is not authorized to perform: kinesis:PutRecord on resource: arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders because no identity-based policy allows the kinesis:PutRecord action`,
      },
    });
  });
});
