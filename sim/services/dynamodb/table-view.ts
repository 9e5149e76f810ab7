// A table as DescribeTable shows it. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
// Simplified: counts of items and bytes are exact; DynamoDB brings them up to date about every six hours.
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { DynamoDbState, Index, KeySchema, Table, Throughput } from './state';

export function viewKey({ hash, range }: KeySchema): JsonObject[] {
  const elements: JsonObject[] = [{ AttributeName: hash, KeyType: 'HASH' }];
  if (range !== null) elements.push({ AttributeName: range, KeyType: 'RANGE' });
  return elements;
}

function viewThroughput(throughput: Throughput | null): JsonObject {
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = throughput ?? {};
  return { NumberOfDecreasesToday: 0, ReadCapacityUnits, WriteCapacityUnits };
}

function viewIndex(table: Readonly<Table>, { name, kind, key, projection, throughput, entries }: Index): JsonObject {
  const view: JsonObject = {
    IndexName: name,
    KeySchema: viewKey(key),
    Projection: {
      ProjectionType: projection.type,
      ...(projection.type === 'INCLUDE' ? { NonKeyAttributes: projection.attributes } : {}),
    },
    IndexSizeBytes: entries.reduce((bytes, entry) => bytes + entry.bytes, 0),
    ItemCount: entries.length,
    IndexArn: `${table.arn}/index/${name}`,
  };
  if (kind === 'local') return view;
  return { ...view, IndexStatus: table.status === 'CREATING' ? 'CREATING' : 'ACTIVE', ProvisionedThroughput: viewThroughput(throughput) };
}

export function viewTable(state: Readonly<DynamoDbState>, table: Readonly<Table>, port: Port): JsonObject {
  const seconds = (at: number) => (port.epochMs - port.now + at) / 1000;
  const indexes = (kind: Index['kind']): Json[] =>
    Object.values(table.indexes)
      .filter((index) => index.kind === kind)
      .map((index) => viewIndex(table, index));
  const [local, global] = [indexes('local'), indexes('global')];
  const stream = table.latestStreamArn === null ? undefined : state.streams[table.latestStreamArn];
  return {
    AttributeDefinitions: Object.entries(table.attributes).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    TableName: table.name,
    KeySchema: viewKey(table.key),
    TableStatus: table.status,
    CreationDateTime: seconds(table.createdAt),
    ProvisionedThroughput: viewThroughput(table.throughput),
    TableSizeBytes: table.bytes,
    ItemCount: table.entries.length,
    TableArn: table.arn,
    TableId: table.id,
    ...(table.billing === 'PAY_PER_REQUEST' ? { BillingModeSummary: { BillingMode: table.billing } } : {}),
    ...(local.length > 0 ? { LocalSecondaryIndexes: local } : {}),
    ...(global.length > 0 ? { GlobalSecondaryIndexes: global } : {}),
    ...(table.streamArn !== null && stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType } } : {}),
    ...(stream ? { LatestStreamLabel: stream.label, LatestStreamArn: stream.arn } : {}),
    ...(table.sse ? { SSEDescription: table.sse } : {}),
    ...(table.tableClass === 'STANDARD' ? {} : { TableClassSummary: { TableClass: table.tableClass } }),
    DeletionProtectionEnabled: table.isProtected,
  };
}
