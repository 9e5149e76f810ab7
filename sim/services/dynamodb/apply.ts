// The fold: what each fact of DynamoDB does to tables, items, indexes and streams.
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import { type Item, itemBytes } from './attribute-value';
import { taken } from './capacity';
import { findEntry, type Position, positionOf, putEntry, removeEntry } from './entries';
import { inIndex } from './index-entries';
import { type DynamoDbState, type Index, STREAM_RETENTION_MS, type Stream, type StreamRecord, type Table } from './state';
import { tableArnIn } from './table-names';

type Fold = (state: DynamoDbState, table: Table, fact: Fact) => void;

const put: Fold = (_state, table, { data, at }) => {
  const item = data.item as unknown as Item;
  const position = positionOf(item, table.key);
  if (!position) return;
  takeOut(table, position);
  putIn(table, position, item);
  takeUnits(table, 'writes', data, at);
};

const remove: Fold = (_state, table, { data, at }) => {
  const position = positionOf(data.keys as unknown as Item, table.key);
  if (position) takeOut(table, position);
  takeUnits(table, 'writes', data, at);
};

const wrote: Fold = (_state, table, { data, at }) => takeUnits(table, 'writes', data, at);

const FOLDS: Record<string, Fold> = {
  'dynamodb:TableActivated': (_state, table) => {
    table.status = 'ACTIVE';
  },
  'dynamodb:TableUpdated': (_state, table, { data }) => {
    const { indexes, removedIndexes, ...changes } = data as unknown as { indexes: Index[]; removedIndexes: string[] };
    Object.assign(table, changes);
    for (const name of removedIndexes) delete table.indexes[name];
    for (const index of indexes) {
      const there = table.indexes[index.name];
      table.indexes[index.name] = { ...index, entries: there?.entries ?? [] };
      if (!there) fillIndex(table, table.indexes[index.name] as Index);
    }
  },
  'dynamodb:TableDeleting': (_state, table) => {
    table.status = 'DELETING';
  },
  'dynamodb:TableDeleted': (state, table) => {
    delete state.tables[table.arn];
  },
  'dynamodb:TimeToLiveUpdated': (_state, table, { data }) => {
    table.timeToLive = data.attribute as string | null;
  },
  'dynamodb:TagsSet': (_state, table, { data }) => {
    table.tags = data.tags as Record<string, string>;
  },
  'dynamodb:ResourcePolicySet': (_state, table, { data }) => {
    table.policy = data.policy as JsonObject | null;
    table.policyRevision = data.revision as string | null;
  },
  'dynamodb:ItemPut': put,
  'dynamodb:ItemUpdated': put,
  'dynamodb:ItemDeleted': remove,
  'dynamodb:ItemExpired': remove,
  'dynamodb:NothingDeleted': wrote,
  'dynamodb:ConditionFailed': wrote,
  'dynamodb:ItemsRead': (_state, table, { data, at }) => takeUnits(table, 'reads', data, at),
  'dynamodb:StreamEnabled': (state, table, { resource, data, at }) => {
    const { label, viewType, shardId } = data as unknown as Pick<Stream, 'label' | 'viewType' | 'shardId'>;
    const { arn: tableArn, name: tableName, key } = table;
    const made = { createdAt: at, disabledAt: null, written: 0, records: [] };
    state.streams[resource] = { arn: resource, label, tableArn, tableName, key, viewType, shardId, ...made };
    table.streamArn = resource;
    table.latestStreamArn = resource;
  },
};

export function applyDynamoDb(state: DynamoDbState, fact: Fact): void {
  const { type, resource, data } = fact;
  if (type === 'dynamodb:TableCreated') {
    const table = data as unknown as Omit<Table, 'entries' | 'bytes'>;
    const indexes = Object.fromEntries(Object.values(table.indexes).map((index) => [index.name, { ...index, entries: [] }]));
    state.tables[resource] = { ...table, indexes, entries: [], bytes: 0 };
    return;
  }
  if (type === 'dynamodb:TransactionTokenKept') {
    state.tokens[data.key as string] = { request: data.request as string, at: fact.at };
    return;
  }
  const stream = state.streams[resource];
  if (stream && type !== 'dynamodb:StreamEnabled') {
    applyStream(state, stream, fact);
    return;
  }
  const table = state.tables[tableArnIn(resource)];
  if (table) FOLDS[type]?.(state, table, fact);
}

function applyStream(state: DynamoDbState, stream: Stream, { type, data, at }: Fact): void {
  if (type === 'dynamodb:StreamDisabled') {
    stream.disabledAt = at;
    const table = state.tables[stream.tableArn];
    if (table?.streamArn === stream.arn) table.streamArn = null;
    return;
  }
  if (type !== 'dynamodb:StreamRecordWritten') return;
  const { sequenceNumber, bytes, record } = data as unknown as StreamRecord;
  stream.written++;
  stream.records.push({ sequenceNumber, at, bytes, record });
  const kept = stream.records.findIndex((other) => other.at > at - STREAM_RETENTION_MS);
  if (kept > 0) stream.records.splice(0, kept);
}

function takeOut(table: Table, position: Position): void {
  const entry = findEntry(table.entries, position);
  if (!entry) return;
  for (const index of Object.values(table.indexes)) {
    const there = inIndex(table, index, entry.item);
    if (there) removeEntry(index.entries, there.position);
  }
  removeEntry(table.entries, position);
  table.bytes -= entry.bytes;
}

function putIn(table: Table, position: Position, item: Item): void {
  const bytes = itemBytes(item);
  putEntry(table.entries, { ...position, item, bytes });
  for (const index of Object.values(table.indexes)) putIntoIndex(table, index, item, bytes);
  table.bytes += bytes;
}

function putIntoIndex(table: Table, index: Index, item: Item, bytes: number): void {
  const there = inIndex(table, index, item);
  if (there) putEntry(index.entries, { ...there.position, item, bytes });
}

function fillIndex(table: Table, index: Index): void {
  for (const { item, bytes } of table.entries) putIntoIndex(table, index, item, bytes);
}

function takeUnits(table: Table, which: 'reads' | 'writes', { units }: JsonObject, at: number): void {
  if (!table.throughput) return;
  const perSecond = which === 'reads' ? table.throughput.ReadCapacityUnits : table.throughput.WriteCapacityUnits;
  table[which] = taken(table[which], perSecond, Number(units), at);
}
