// What a secondary index holds of an item. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/SecondaryIndexes.html
// Simplified: an index has every write at once; DynamoDB carries it over a moment later.
import type { Item } from './attribute-value';
import { type Position, positionOf, tieOf } from './entries';
import type { Index, Table } from './state';
import { keyNames } from './table-keys';

/** Names of the attributes that an index has; null: all. */
export function attributesIn(table: Readonly<Table>, { key, projection }: Index): Set<string> | null {
  if (projection.type === 'ALL') return null;
  const included = projection.type === 'INCLUDE' ? projection.attributes : [];
  return new Set([...keyNames(table.key), ...keyNames(key), ...included]);
}

/** Null when the item lacks one of the index's keys: then it is not in it. */
export function inIndex(table: Readonly<Table>, index: Index, item: Item): { position: Position; item: Item } | null {
  const main = positionOf(item, table.key);
  const position = main && positionOf(item, index.key, tieOf(main));
  if (!position) return null;
  const names = attributesIn(table, index);
  return { position, item: names ? Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name))) : item };
}
