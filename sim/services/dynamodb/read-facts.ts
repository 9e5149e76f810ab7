// A read leaves a fact: what it read, and the capacity that it took.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
// Simplified: every read sees every write before it; DynamoDB promises that for strongly consistent reads only.
import type { Port } from '../../kernel/service';
import { itemBytes } from './attribute-value';
import { type Units, unitsOfRead } from './capacity';
import { inIndex } from './index-entries';
import type { Entry, Index, Table } from './state';

export interface ReadDone {
  operation: string;
  /** Everything that was looked at, given back or not. */
  entries: readonly Entry[];
  /** How many items the answer has. */
  count: number;
  isConsistent: boolean;
  isTransaction?: boolean;
}

export function tellRead(table: Readonly<Table>, index: Index | null, read: ReadDone, principal: string, port: Port): Units {
  const { operation, entries, count, isConsistent, isTransaction } = read;
  let bytes = 0;
  for (const entry of entries) bytes += index ? bytesInIndex(table, index, entry) : entry.bytes;
  const units = unitsOfRead(bytes, isConsistent) * (isTransaction ? 2 : 1);
  port.emit('dynamodb:ItemsRead', table.arn, {
    operation,
    index: index?.name ?? null,
    count,
    scannedCount: entries.length,
    isConsistent,
    units,
    principal,
  });
  return index ? { table: 0, indexes: { [index.name]: units } } : { table: units, indexes: {} };
}

export function bytesInIndex(table: Readonly<Table>, index: Index, entry: Entry): number {
  if (index.projection.type === 'ALL') return entry.bytes;
  const held = inIndex(table, index, entry.item);
  return held ? itemBytes(held.item) : 0;
}
