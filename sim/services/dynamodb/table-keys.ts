// Primary keys of items, and the keys that secondary indexes take from them.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html#HowItWorks.CoreComponents.PrimaryKey
import { type AttributeValue, attributeOf, type Item, sizeOf, typeOf } from './attribute-value';
import { type Position, positionOf } from './entries';
import { invalid, invalidParameter } from './refusal';
import type { KeySchema, Table } from './state';

const HASH_BYTES_MAX = 2048;
const RANGE_BYTES_MAX = 1024;

export function keyNames({ hash, range }: KeySchema): string[] {
  return range === null ? [hash] : [hash, range];
}

export function keyOf(item: Item, key: KeySchema): Item {
  return Object.fromEntries(keyNames(key).flatMap((name) => (attributeOf(item, name) ? [[name, item[name] as AttributeValue]] : [])));
}

/** Where an item goes in its table. Throws when its key, or what it has for the key of an index, is not as the schema says. */
export function positionToWrite(table: Readonly<Table>, item: Item): Position {
  for (const name of keyNames(table.key)) {
    const value = attributeOf(item, name);
    if (!value) throw invalidParameter(`Missing the key ${name} in the item`);
    const [expected, actual] = [table.attributes[name], typeOf(value)];
    if (expected !== actual) throw invalidParameter(`Type mismatch for key ${name} expected: ${expected} actual: ${actual}`);
    refuseEmpty(value, `The AttributeValue for a key attribute cannot contain an empty`, ` value. Key: ${name}`);
  }
  for (const index of Object.values(table.indexes)) {
    for (const name of keyNames(index.key)) {
      const value = attributeOf(item, name);
      if (!value) continue;
      const [expected, actual] = [table.attributes[name], typeOf(value)];
      if (expected !== actual) {
        throw invalidParameter(`Type mismatch for Index Key ${name} Expected: ${expected} Actual: ${actual} IndexName: ${index.name}`);
      }
      refuseEmpty(
        value,
        'A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty',
        ` value. IndexName: ${index.name}, IndexKey: ${name}`,
      );
    }
  }
  return positionOfKey(table, item);
}

/** Where the item of a request's `Key` is. Throws when that is not exactly the table's key. */
export function positionToFind(table: Readonly<Table>, key: Item): Position {
  const names = keyNames(table.key);
  if (Object.keys(key).length !== names.length) {
    throw invalid(
      Object.keys(key).length > names.length
        ? 'The number of conditions on the keys is invalid'
        : 'The provided key element does not match the schema',
    );
  }
  for (const name of names) {
    const value = attributeOf(key, name);
    if (!value || typeOf(value) !== table.attributes[name]) throw invalid('The provided key element does not match the schema');
    refuseEmpty(value, 'The AttributeValue for a key attribute cannot contain an empty', ` value. Key: ${name}`);
  }
  return positionOfKey(table, key);
}

function positionOfKey(table: Readonly<Table>, item: Item): Position {
  const { hash, range } = table.key;
  const sizes = keyNames(table.key).map((name) => sizeOf(attributeOf(item, name) ?? {}));
  if ((sizes[0] ?? 0) > HASH_BYTES_MAX) {
    throw invalidParameter(`Size of hashkey has exceeded the maximum size limit of${HASH_BYTES_MAX} bytes`);
  }
  if ((sizes[1] ?? 0) > RANGE_BYTES_MAX) {
    throw invalidParameter(`Aggregated size of all range keys has exceeded the size limit of ${RANGE_BYTES_MAX} bytes`);
  }
  const position = positionOf(item, { hash, range });
  if (!position) throw invalid('The provided key element does not match the schema');
  return position;
}

function refuseEmpty(value: AttributeValue, before: string, after: string): void {
  const kind = value.S === '' ? 'string' : value.B === '' ? 'binary' : null;
  if (kind) throw invalid(`One or more parameter values are not valid. ${before} ${kind}${after}`);
}
