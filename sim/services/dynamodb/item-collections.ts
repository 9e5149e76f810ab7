// Items of one partition key in a table with local secondary indexes: 10 GB at most.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections
import type { Json, JsonObject } from '../../kernel/json';
import { attributeOf, type Item } from './attribute-value';
import { firstWhere, hashOf, positionOf } from './entries';
import type { Table } from './state';

const GIGABYTE = 1024 ** 3;

/** Null unless the request asks for it and the table has such an index. */
export function collectionMetrics(table: Readonly<Table>, wanted: unknown, keys: Item): JsonObject | null {
  const { hash } = table.key;
  const position = positionOf(keys, { hash, range: null });
  if (wanted !== 'SIZE' || !position || !Object.values(table.indexes).some(({ kind }) => kind === 'local')) return null;
  const at = hashOf(position.partition);
  let bytes = 0;
  for (let i = firstWhere(table.entries, (entry) => entry.hash >= at); table.entries[i]?.hash === at; i++) {
    if (table.entries[i]?.partition === position.partition) bytes += table.entries[i]?.bytes ?? 0;
  }
  const low = bytes / GIGABYTE;
  return {
    ItemCollectionKey: { [hash]: attributeOf(keys, hash) as unknown as Json },
    SizeEstimateRangeGB: [Math.floor(low), Math.floor(low) + 1],
  };
}
