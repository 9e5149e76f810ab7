// Amazon DynamoDB and its streams. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/
// Simplified: one Region at a time, without what DynamoDB calls PartiQL, backups and global tables.
import { formatArn } from '../../kernel/arn';
import type { ApiCall, ConditionContext } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Route, Service, ServiceAction } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { applyDynamoDb } from './apply';
import { batchGetItem, batchWriteItem } from './batches';
import { itemConditionKeys } from './condition-keys';
import { deleteItem, getItem, putItem, updateItem } from './items';
import { query } from './query';
import { Refusal } from './refusal';
import { scan } from './scan';
import type { DynamoDbState } from './state';
import { describeStream, getRecords, getShardIterator, listStreams, streamInIterator } from './stream-reads';
import { tableArn, tableArnIn } from './table-names';
import { activateTable, createTable, deleteTable, describeTable, finishDeletion, listTables, updateTable } from './tables';
import { deleteResourcePolicy, getResourcePolicy, listTagsOfResource, putResourcePolicy, tagResource, untagResource } from './tags';
import { describeTimeToLive, expireItem, updateTimeToLive } from './time-to-live';
import { transactGetItems, transactWriteItems } from './transactions';

export interface DynamoDbOptions {
  /** How long creating, changing and deleting a table takes. Simplified: no time at all; in AWS some seconds. */
  controlPlaneMs?: Ms;
}

const OPERATIONS: Record<string, ServiceAction<DynamoDbState>> = {
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  CreateTable: createTable,
  DeleteItem: deleteItem,
  DeleteResourcePolicy: deleteResourcePolicy,
  DeleteTable: deleteTable,
  DescribeStream: describeStream,
  DescribeTable: describeTable,
  DescribeTimeToLive: describeTimeToLive,
  GetItem: getItem,
  GetRecords: getRecords,
  GetResourcePolicy: getResourcePolicy,
  GetShardIterator: getShardIterator,
  ListStreams: listStreams,
  ListTables: listTables,
  ListTagsOfResource: listTagsOfResource,
  PutItem: putItem,
  PutResourcePolicy: putResourcePolicy,
  Query: query,
  Scan: scan,
  TagResource: tagResource,
  TransactGetItems: transactGetItems,
  TransactWriteItems: transactWriteItems,
  UntagResource: untagResource,
  UpdateItem: updateItem,
  UpdateTable: updateTable,
  UpdateTimeToLive: updateTimeToLive,
};

/** The world's own steps. */
const STEPS: Record<string, ServiceAction<DynamoDbState>> = {
  ActivateTable: activateTable,
  ExpireItem: expireItem,
  FinishDeletion: finishDeletion,
};

export function createDynamoDb({ controlPlaneMs = 0 }: DynamoDbOptions = {}): Service<DynamoDbState> {
  return {
    prefix: 'dynamodb',
    initial: () => ({ tables: {}, streams: {}, tokens: {}, controlPlaneMs }),
    actions: Object.fromEntries(Object.entries({ ...OPERATIONS, ...STEPS }).map(([name, action]) => [name, refusing(action)])),
    internal: new Set(Object.keys(STEPS)),
    apply: applyDynamoDb,
    route,
    resourcePolicy: (state, arn) => state.tables[tableArnIn(arn)]?.policy ?? null,
    conditionKeys,
  };
}

/** A refusal is thrown where its reason is found, before anything has changed. */
function refusing(action: ServiceAction<DynamoDbState>): ServiceAction<DynamoDbState> {
  return (state, call, port) => {
    try {
      return action(state, call, port);
    } catch (error) {
      if (error instanceof Refusal) return { fault: error.fault };
      throw error;
    }
  };
}

function route(operation: string, input: JsonObject, where: { account: string; region: string }): Route | null {
  if (!Object.hasOwn(OPERATIONS, operation)) return null;
  const action = `dynamodb:${operation}` as const;
  const any = formatArn({ service: 'dynamodb', ...where, resource: 'table/*' });
  if (operation === 'ListTables') return { action, resource: any };
  if (operation === 'ListStreams') return { action, resource: `${any}/stream/*` };
  const named = input.StreamArn ?? input.ResourceArn ?? streamInIterator(input.ShardIterator);
  if (typeof named === 'string') return { action, resource: named };
  const name = input.TableName ?? tablesNamed(input)[0];
  const table = typeof name === 'string' ? tableArn(name, where) : any;
  const isIndexed = typeof input.IndexName === 'string' && (operation === 'Query' || operation === 'Scan');
  return { action, resource: isIndexed ? `${table}/index/${input.IndexName}` : table };
}

/** The first table of a batch or transaction: the call takes place there. */
function tablesNamed({ RequestItems, TransactItems }: JsonObject): string[] {
  const parts = Array.isArray(TransactItems) ? (TransactItems as Record<string, JsonObject>[]) : [];
  const names = parts.flatMap((part) => Object.values(part).map(({ TableName }) => String(TableName)));
  return [...Object.keys((RequestItems ?? {}) as JsonObject), ...names];
}

function conditionKeys(state: Readonly<DynamoDbState>, call: ApiCall): ConditionContext {
  const table = state.tables[tableArnIn(call.resource)];
  if (!table) return {};
  const tags = Object.entries(table.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  return { ...Object.fromEntries(tags), ...itemConditionKeys(table, call) };
}
