// Capacity units: what a request costs, and what a table with provisioned capacity has left.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
import type { JsonObject } from '../../kernel/json';
import { type Ms, toMicroseconds } from '../../kernel/time';
import { type Item, isSameItem, itemBytes } from './attribute-value';
import { inIndex } from './index-entries';
import type { Bucket, Index, Table } from './state';

const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

/** Of the table, and of each index by its name. */
export interface Units {
  table: number;
  indexes: Record<string, number>;
}

function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
}

/** The larger of the item before and after counts; a transaction does all work twice. */
export function unitsOfWrite(table: Readonly<Table>, before: Item | null, after: Item | null, isTransaction = false): Units {
  const times = isTransaction ? 2 : 1;
  const bytes = Math.max(before ? itemBytes(before) : 0, after ? itemBytes(after) : 0);
  const indexes: Record<string, number> = {};
  for (const index of Object.values(table.indexes)) {
    const units = indexUnits(table, index, before, after);
    if (units > 0) indexes[index.name] = units * times;
  }
  return { table: writeUnits(bytes) * times, indexes };
}

/** An index is written only where what it holds changes; an item that moves in it is deleted and put. */
function indexUnits(table: Readonly<Table>, index: Index, before: Item | null, after: Item | null): number {
  const [old, next] = [before, after].map((item) => item && inIndex(table, index, item));
  if (old && next) {
    if (isSameItem(old.item, next.item)) return 0;
    const stays = old.position.partition === next.position.partition && old.position.range === next.position.range;
    return stays
      ? writeUnits(Math.max(itemBytes(old.item), itemBytes(next.item)))
      : writeUnits(itemBytes(old.item)) + writeUnits(itemBytes(next.item));
  }
  const only = old ?? next;
  return only ? writeUnits(itemBytes(only.item)) : 0;
}

export function unitsOfRead(bytes: number, isConsistent: boolean): number {
  const units = Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES));
  return isConsistent ? units : units / 2;
}

export function unitsInAll({ table, indexes }: Units): number {
  return Object.values(indexes).reduce((sum, units) => sum + units, table);
}

export function noUnits(): Units {
  return { table: 0, indexes: {} };
}

export function addUnits(to: Units, more: Units): void {
  to.table += more.table;
  for (const [name, units] of Object.entries(more.indexes)) to.indexes[name] = (to.indexes[name] ?? 0) + units;
}

/** The member of an answer; nothing unless the request asks for it. `kind`: what a transaction tells besides. */
export function consumedCapacity(table: Readonly<Table>, wanted: unknown, units: Units, kind?: 'Read' | 'Write'): JsonObject | null {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return null;
  const told = (count: number): JsonObject => ({ CapacityUnits: count, ...(kind ? { [`${kind}CapacityUnits`]: count } : {}) });
  const capacity: JsonObject = { TableName: table.name, ...told(unitsInAll(units)) };
  if (wanted === 'TOTAL') return capacity;
  capacity.Table = told(units.table);
  for (const indexKind of ['global', 'local'] as const) {
    const named = Object.entries(units.indexes).filter(([name]) => table.indexes[name]?.kind === indexKind);
    if (named.length === 0) continue;
    capacity[indexKind === 'global' ? 'GlobalSecondaryIndexes' : 'LocalSecondaryIndexes'] = Object.fromEntries(
      named.map(([name, count]) => [name, told(count)]),
    );
  }
  return capacity;
}

/** Unused capacity of the last five minutes is kept for bursts. */
const BURST_SECONDS = 300;

export function available(bucket: Bucket, perSecond: number, now: Ms): number {
  return Math.min(perSecond * BURST_SECONDS, bucket.units + (perSecond * (now - bucket.at)) / 1000);
}

export function taken(bucket: Bucket, perSecond: number, units: number, at: Ms): Bucket {
  return { units: toMicroseconds(available(bucket, perSecond, at) - units), at };
}
