import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../kernel/trace';
import { World } from '../../kernel/world';
import { createRequestHandler } from '../../protocol/request-handler';
import { createDynamoDb } from './service';
import type { DynamoDbState } from './state';

const ACCOUNT = '111122223333';

async function createShop() {
  const world = new World({
    services: [createDynamoDb()],
    account: ACCOUNT,
    region: 'eu-west-1',
    seed: 3,
    startAtEpochMs: 1_793_613_600_000,
  });
  const config = {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, { type: 'root', id: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT }),
  };
  const client = new DynamoDBClient(config);
  const streams = new DynamoDBStreamsClient(config);
  const made = await client.send(
    new CreateTableCommand({
      TableName: 'orders',
      AttributeDefinitions: [
        { AttributeName: 'customer', AttributeType: 'S' },
        { AttributeName: 'number', AttributeType: 'N' },
        { AttributeName: 'state', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'customer', KeyType: 'HASH' },
        { AttributeName: 'number', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        { IndexName: 'by-state', KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  const put = (number: number, more: PutItemCommandInput['Item'] = {}, input: Partial<PutItemCommandInput> = {}) =>
    client.send(new PutItemCommand({ TableName: 'orders', Item: { ...order(number), ...more }, ...input }));
  const records = async () => {
    const StreamArn = made.TableDescription?.LatestStreamArn;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const { ShardIterator } = await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }));
    return (await streams.send(new GetRecordsCommand({ ShardIterator }))).Records ?? [];
  };
  return { world, client, put, records };
}

const order = (number: number) => ({ customer: { S: 'ana' }, number: { N: String(number) } });

describe('a table through the SDK', () => {
  it('is active after its creation, and keeps items with exact numbers and binary data', async () => {
    const { client, put } = await createShop();
    expect((await client.send(new DescribeTableCommand({ TableName: 'orders' }))).Table?.TableStatus).toBe('ACTIVE');
    await put(1, { total: { N: '12345678901234567890123456789012345678' }, small: { N: '1.50E-3' }, raw: { B: Uint8Array.of(1, 255) } });
    const { Item } = await client.send(new GetItemCommand({ TableName: 'orders', Key: order(1) }));
    expect(Item).toEqual({
      ...order(1),
      total: { N: '12345678901234567890123456789012345678' },
      small: { N: '0.0015' },
      raw: { B: Uint8Array.of(1, 255) },
    });
  });

  it('gives the items of a partition in order of number, by pages', async () => {
    const { client, put } = await createShop();
    for (const number of [10, -3, 2, 0.5]) await put(number);
    const ask = {
      TableName: 'orders',
      KeyConditionExpression: 'customer = :c AND #n > :from',
      ExpressionAttributeNames: { '#n': 'number' },
      ExpressionAttributeValues: { ':c': { S: 'ana' }, ':from': { N: '-3' } },
      Limit: 2,
    };
    const first = await client.send(new QueryCommand(ask));
    expect(first.Items?.map((item) => item.number?.N)).toEqual(['0.5', '2']);
    const second = await client.send(new QueryCommand({ ...ask, ExclusiveStartKey: first.LastEvaluatedKey }));
    expect([second.Items?.map((item) => item.number?.N), second.LastEvaluatedKey]).toEqual([['10'], undefined]);
  });

  it('carries changes over to its index', async () => {
    const { client, put } = await createShop();
    await put(1, { state: { S: 'open' }, note: { S: 'x' } });
    const open = { TableName: 'orders', IndexName: 'by-state' };
    expect((await client.send(new ScanCommand(open))).Items).toEqual([{ ...order(1), state: { S: 'open' } }]);
    await client.send(
      new UpdateItemCommand({
        TableName: 'orders',
        Key: order(1),
        UpdateExpression: 'REMOVE #s',
        ExpressionAttributeNames: { '#s': 'state' },
      }),
    );
    expect((await client.send(new ScanCommand(open))).Count).toBe(0);
  });
});

describe('a condition', () => {
  const NEW = { ConditionExpression: 'attribute_not_exists(customer)' };

  it('lets the first write through and refuses the second with the item that is there', async () => {
    const { put, world, records } = await createShop();
    await put(1, {}, NEW);
    const refused = put(1, {}, { ...NEW, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
    await expect(refused).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: order(1),
    });
    expect(world.trace.filter(({ type }) => type === 'dynamodb:ConditionFailed')).toHaveLength(1);
    expect(await records()).toHaveLength(1);
  });

  it('cancels a whole transaction, with a reason for each part', async () => {
    const { client, put, records } = await createShop();
    await put(1);
    const TransactItems = [2, 1].map((number) => ({ Put: { TableName: 'orders', Item: order(number), ...NEW } }));
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems }))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message: 'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }],
    });
    expect(await records()).toHaveLength(1);
  });

  it.each<[expression: string, message: string]>([
    ['state = :x', 'Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: state'],
    ['a = ', 'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "="'],
    ['a = :y', 'Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :y'],
    ['((a = :x))', 'Invalid ConditionExpression: The expression has redundant parentheses;'],
    ['attribute_exists(a)', 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:x}'],
    ['nope(a, :x)', 'Invalid ConditionExpression: Invalid function name; function: nope'],
  ])('that is wrong is refused in words: %s', async (ConditionExpression, message) => {
    const { put } = await createShop();
    const refused = put(1, {}, { ConditionExpression, ExpressionAttributeValues: { ':x': { S: 'x' } } });
    await expect(refused).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});

describe('a stream', () => {
  it('has one record for each change, with the images that its view asks for', async () => {
    const { client, put, records } = await createShop();
    await put(1, { amount: { N: '1' } });
    await put(1, { amount: { N: '1.0' } });
    const values = { ':one': { N: '1' }, ':tags': { SS: ['gift'] } };
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: 'orders',
        Key: order(1),
        UpdateExpression: 'SET amount = amount + :one, seen = if_not_exists(seen, :one) ADD tags :tags',
        ExpressionAttributeValues: values,
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    expect(Attributes).toEqual({ amount: { N: '2' }, seen: { N: '1' }, tags: { SS: ['gift'] } });
    await client.send(new BatchWriteItemCommand({ RequestItems: { orders: [{ DeleteRequest: { Key: order(1) } }] } }));
    const told = await records();
    expect(told.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(told[1]?.dynamodb).toMatchObject({ Keys: order(1), OldImage: { amount: { N: '1' } }, NewImage: { amount: { N: '2' } } });
  });

  it('says that an expired item was deleted by the service', async () => {
    const { client, put, records, world } = await createShop();
    const TimeToLiveSpecification = { AttributeName: 'until', Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName: 'orders', TimeToLiveSpecification }));
    await put(1, { until: { N: String(1_793_613_600 + 60) } });
    world.runUntil(20 * 60_000);
    expect((await records())[1]).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' },
    });
    const folded = world.stateAt<DynamoDbState>('dynamodb', world.trace.length - 1);
    expect(canonicalJson(folded as never)).toBe(canonicalJson(world.state('dynamodb') as never));
  });
});
