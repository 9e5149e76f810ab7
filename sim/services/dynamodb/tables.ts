// Tables: created, described, listed, changed and deleted.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { invalid, invalidParameter, noTable, Refusal } from './refusal';
import type { DynamoDbState, Index, Table } from './state';
import { disableStream, enableStream, readStreamView } from './stream-settings';
import { type IndexInput, readAttributes, readBilling, readIndex, readIndexes, readKeySchema, refuseUnusedAttributes } from './table-input';
import { tableArnIn, tableNameIn, tableOf } from './table-names';
import { viewTable } from './table-view';
import { readTags } from './tags';

function inUse(message: string): Refusal {
  return new Refusal('ResourceInUseException', message);
}

export function createTable(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { input, resource } = call;
  if (!input.KeySchema || !input.AttributeDefinitions) {
    const missing = input.KeySchema ? 'AttributeDefinitions' : 'KeySchema';
    throw invalidParameter(`${missing} must be specified`);
  }
  const attributes = readAttributes(input);
  const key = readKeySchema(input.KeySchema as never, attributes);
  const billing = readBilling(input);
  const indexes = readIndexes(input, { key, attributes, billing: billing.billing });
  refuseUnusedAttributes(attributes, key, Object.values(indexes));
  const viewType = readStreamView(input.StreamSpecification);
  const name = tableNameIn(resource);
  if (state.tables[resource]) throw inUse(`Table already exists: ${name}`);
  const made: Omit<Table, 'entries' | 'bytes'> = {
    arn: resource,
    name,
    id: port.uuid(),
    status: 'CREATING',
    createdAt: port.now,
    key,
    attributes,
    ...billing,
    indexes: withoutEntries(indexes) as never,
    streamArn: null,
    latestStreamArn: null,
    timeToLive: null,
    isProtected: input.DeletionProtectionEnabled === true,
    tableClass: String(input.TableClass ?? 'STANDARD'),
    sse: readEncryption(input.SSESpecification as JsonObject | undefined, port),
    tags: readTags(input.Tags),
    policy: typeof input.ResourcePolicy === 'string' ? (JSON.parse(input.ResourcePolicy) as JsonObject) : null,
    policyRevision: typeof input.ResourcePolicy === 'string' ? String(port.epochMs) : null,
    reads: { units: 0, at: port.now },
    writes: { units: 0, at: port.now },
  };
  port.emit('dynamodb:TableCreated', resource, made as unknown as JsonObject);
  if (viewType) enableStream(resource, viewType, port);
  const description = viewTable(state, tableOf(state, call, 'named'), port);
  port.call({ action: 'dynamodb:ActivateTable', resource, input: {} }, state.controlPlaneMs);
  return { ok: { TableDescription: description } };
}

function withoutEntries(indexes: Record<string, Index>): Record<string, Omit<Index, 'entries'>> {
  return Object.fromEntries(Object.entries(indexes).map(([name, { entries: _entries, ...index }]) => [name, index]));
}

function readEncryption(given: JsonObject | undefined, { account, region }: Port): JsonObject | null {
  if (given?.Enabled !== true) return null;
  const key = String(given.KMSMasterKeyId ?? 'alias/aws/dynamodb');
  return { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:${key}` };
}

export function activateTable(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const status = state.tables[call.resource]?.status;
  if (status === 'CREATING' || status === 'UPDATING') port.emit('dynamodb:TableActivated', call.resource, {});
  return { ok: {} };
}

export function describeTable(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const table = state.tables[tableArnIn(call.resource)];
  if (!table) throw noTable(tableNameIn(call.resource));
  return { ok: { Table: viewTable(state, table, port) } };
}

const LIST_MAX = 100;

export function listTables(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { ExclusiveStartTableName: start, Limit } = call.input;
  const prefix = `arn:aws:dynamodb:${port.region}:${port.account}:table/`;
  const names = Object.values(state.tables)
    .filter(({ arn }) => arn.startsWith(prefix))
    .map(({ name }) => name)
    .sort();
  const after = typeof start === 'string' ? names.filter((name) => name > start) : names;
  const TableNames = after.slice(0, typeof Limit === 'number' ? Limit : LIST_MAX);
  const isCut = TableNames.length < after.length;
  return { ok: { TableNames, ...(isCut ? { LastEvaluatedTableName: TableNames[TableNames.length - 1] ?? null } : {}) } };
}

export function deleteTable(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const table = tableOf(state, call, 'named');
  if (table.status === 'CREATING') throw inUse(`Attempt to change a resource which is still in use: Table is being created: ${table.name}`);
  if (table.isProtected) {
    throw invalid('Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.');
  }
  port.emit('dynamodb:TableDeleting', table.arn, {});
  const view = viewTable(state, table, port);
  for (const member of ['KeySchema', 'AttributeDefinitions', 'CreationDateTime']) delete view[member];
  port.call({ action: 'dynamodb:FinishDeletion', resource: table.arn, input: {} }, state.controlPlaneMs);
  return { ok: { TableDescription: view } };
}

/** The stream stays readable for a day. */
export function finishDeletion(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const table = state.tables[call.resource];
  if (!table) return { ok: {} };
  if (table.streamArn !== null) disableStream(table.streamArn, port);
  port.emit('dynamodb:TableDeleted', table.arn, { items: table.entries.length });
  return { ok: {} };
}

type IndexUpdate = {
  Create?: IndexInput;
  Update?: Pick<IndexInput, 'IndexName' | 'ProvisionedThroughput'>;
  Delete?: { IndexName: string };
};

export function updateTable(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const table = tableOf(state, call, 'named');
  if (table.status !== 'ACTIVE')
    throw inUse(
      `Attempt to change a resource which is still in use: Table is being ${table.status.toLowerCase().replace('ing', 'ed')}: ${table.name}`,
    );
  const updates = (input.GlobalSecondaryIndexUpdates ?? []) as unknown as IndexUpdate[];
  const changes = changesIn(table, input);
  const stream = input.StreamSpecification as JsonObject | undefined;
  if (Object.keys(changes).length === 0 && updates.length === 0 && !stream && !input.SSESpecification) {
    throw invalid(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  const viewType = readStreamView(stream);
  if (viewType && table.streamArn !== null) throw inUse(`Table already has an enabled stream: TableName: ${table.name}`);
  if (stream && !viewType && table.streamArn === null) throw invalid(`Table is already disabled for streams: TableName: ${table.name}`);
  const attributes = { ...table.attributes, ...readAttributes(input) };
  const { indexes, removedIndexes } = indexChanges(table, updates, { ...table, ...changes, attributes });
  if (input.SSESpecification) changes.sse = readEncryption(input.SSESpecification as JsonObject, port);
  port.emit('dynamodb:TableUpdated', table.arn, {
    ...changes,
    attributes,
    status: 'UPDATING',
    indexes: indexes.map(({ entries: _entries, ...index }) => index) as unknown as Json,
    removedIndexes,
  });
  if (viewType) enableStream(table.arn, viewType, port);
  else if (stream && table.streamArn !== null) disableStream(table.streamArn, port);
  const description = viewTable(state, table, port);
  port.call({ action: 'dynamodb:ActivateTable', resource: table.arn, input: {} }, state.controlPlaneMs);
  return { ok: { TableDescription: description } };
}

function changesIn(table: Readonly<Table>, input: JsonObject): JsonObject {
  const { BillingMode, ProvisionedThroughput, DeletionProtectionEnabled, TableClass } = input;
  const changes: JsonObject = {};
  if (BillingMode !== undefined || ProvisionedThroughput !== undefined) {
    const { billing, throughput } = readBilling({
      BillingMode: BillingMode ?? table.billing,
      ...(ProvisionedThroughput ? { ProvisionedThroughput } : {}),
    });
    changes.billing = billing;
    changes.throughput = throughput as unknown as Json;
  }
  if (DeletionProtectionEnabled !== undefined) changes.isProtected = DeletionProtectionEnabled;
  if (TableClass !== undefined) changes.tableClass = TableClass;
  return changes;
}

function indexChanges(
  table: Readonly<Table>,
  updates: readonly IndexUpdate[],
  after: Table,
): { indexes: Index[]; removedIndexes: string[] } {
  const indexes: Index[] = [];
  const removedIndexes: string[] = [];
  for (const { Create, Update, Delete } of updates) {
    const name = Update?.IndexName ?? Delete?.IndexName;
    const there = name === undefined ? undefined : table.indexes[name];
    if (name !== undefined && there?.kind !== 'global') {
      throw new Refusal('ResourceNotFoundException', 'Requested resource not found');
    }
    if (Create) {
      if (table.indexes[Create.IndexName]) throw invalid(`Attempting to create an index which already exists`);
      indexes.push(readIndex(Create, 'global', after));
    } else if (Update && there) indexes.push({ ...there, throughput: Update.ProvisionedThroughput ?? there.throughput });
    else if (Delete) removedIndexes.push(Delete.IndexName);
  }
  return { indexes, removedIndexes };
}
