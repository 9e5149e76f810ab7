// What CreateTable and UpdateTable ask for, checked: keys, indexes, capacity.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
import type { JsonObject } from '../../kernel/json';
import { invalid, invalidParameter } from './refusal';
import type { Index, KeySchema, KeyType, Projection, Table, Throughput } from './state';
import { keyNames } from './table-keys';

type KeyElements = { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];

export interface IndexInput {
  IndexName: string;
  KeySchema: KeyElements;
  Projection?: { ProjectionType?: Projection['type']; NonKeyAttributes?: string[] };
  ProvisionedThroughput?: Throughput;
}

const GLOBAL_MAX = 20;
const LOCAL_MAX = 5;

export function readAttributes(input: JsonObject): Record<string, KeyType> {
  const definitions = (input.AttributeDefinitions ?? []) as { AttributeName: string; AttributeType: KeyType }[];
  return Object.fromEntries(definitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
}

export function readKeySchema(elements: KeyElements, attributes: Record<string, KeyType>): KeySchema {
  const [hash, range, ...more] = elements;
  if (hash?.KeyType !== 'HASH') throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (range && range.KeyType !== 'RANGE') throw invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  if (more.length > 0) throw invalidParameter('Number of attributes in KeySchema exceeds the maximum of 2');
  if (range?.AttributeName === hash.AttributeName) {
    throw invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  const names = elements.map(({ AttributeName }) => AttributeName);
  const defined = Object.keys(attributes);
  if (names.some((name) => !defined.includes(name))) {
    throw invalidParameter(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  }
  return { hash: hash.AttributeName, range: range?.AttributeName ?? null };
}

export function readBilling(input: JsonObject): Pick<Table, 'billing' | 'throughput'> {
  const billing = (input.BillingMode ?? 'PROVISIONED') as Table['billing'];
  const throughput = (input.ProvisionedThroughput ?? null) as Throughput | null;
  if (billing === 'PAY_PER_REQUEST') {
    if (throughput) {
      throw invalidParameter('Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST');
    }
    return { billing, throughput: null };
  }
  if (!throughput)
    throw invalidParameter('ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED');
  return { billing, throughput };
}

export function readIndex(input: IndexInput, kind: Index['kind'], table: Pick<Table, 'key' | 'attributes' | 'billing'>): Index {
  const key = readKeySchema(input.KeySchema, table.attributes);
  const { IndexName: name, ProvisionedThroughput: throughput = null } = input;
  if (kind === 'local' && key.hash !== table.key.hash) {
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${name}. index hash key: ${key.hash}, table hash key: ${table.key.hash}`,
    );
  }
  if (kind === 'local' && key.range === null) throw invalidParameter(`Index KeySchema does not have a range key for index: ${name}`);
  if (kind === 'global' && table.billing === 'PROVISIONED' && !throughput) {
    throw invalidParameter(`ProvisionedThroughput must be specified for index: ${name}`);
  }
  if (kind === 'global' && table.billing === 'PAY_PER_REQUEST' && throughput) {
    throw invalidParameter(`ProvisionedThroughput should not be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`);
  }
  return { name, kind, key, projection: readProjection(input), throughput: kind === 'global' ? throughput : null, entries: [] };
}

function readProjection({ Projection: given }: IndexInput): Projection {
  const type = given?.ProjectionType;
  const attributes = given?.NonKeyAttributes;
  if (!type) throw invalidParameter(given ? 'Unknown ProjectionType: null' : 'Projection must be specified');
  if (type === 'INCLUDE' && !attributes) throw invalidParameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  if (type !== 'INCLUDE' && attributes) throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  return { type, attributes: attributes ?? [] };
}

/** All indexes of a new table. */
export function readIndexes(input: JsonObject, table: Pick<Table, 'key' | 'attributes' | 'billing'>): Record<string, Index> {
  const local = (input.LocalSecondaryIndexes ?? null) as unknown as IndexInput[] | null;
  const global = (input.GlobalSecondaryIndexes ?? null) as unknown as IndexInput[] | null;
  if (local?.length === 0) throw invalidParameter('List of LocalSecondaryIndexes is empty');
  if (global?.length === 0) throw invalidParameter('List of GlobalSecondaryIndexes is empty');
  if (local && table.key.range === null) {
    throw invalidParameter('Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex');
  }
  if ((local?.length ?? 0) > LOCAL_MAX) throw invalidParameter(`Number of LocalSecondaryIndexes exceeds per-table limit of ${LOCAL_MAX}`);
  if ((global?.length ?? 0) > GLOBAL_MAX) throw invalidParameter(`GlobalSecondaryIndex count exceeds the per-table limit of ${GLOBAL_MAX}`);
  const indexes: Record<string, Index> = {};
  for (const [kind, inputs] of [
    ['local', local ?? []],
    ['global', global ?? []],
  ] as const) {
    for (const index of inputs) {
      if (Object.hasOwn(indexes, index.IndexName)) throw invalidParameter(`Duplicate index name: ${index.IndexName}`);
      indexes[index.IndexName] = readIndex(index, kind, table);
    }
  }
  return indexes;
}

export function refuseUnusedAttributes(attributes: Record<string, KeyType>, key: KeySchema, indexes: readonly Index[]): void {
  const used = new Set([...keyNames(key), ...indexes.flatMap((index) => keyNames(index.key))]);
  const defined = Object.keys(attributes);
  if (defined.every((name) => used.has(name))) return;
  if (indexes.length === 0) {
    throw invalidParameter('Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions');
  }
  throw invalidParameter(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${[...used].join(', ')}]`,
  );
}
