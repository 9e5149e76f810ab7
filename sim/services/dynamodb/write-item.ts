// One item is put, changed or deleted: the facts of it, its record in the stream, its expiry.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { type Item, itemBytes } from './attribute-value';
import { type Units, unitsInAll } from './capacity';
import type { Position } from './entries';
import { planExpiry } from './plan-expiry';
import { invalid } from './refusal';
import type { DynamoDbState, Entry, Table } from './state';
import { recordChange } from './stream-records';
import { keyOf } from './table-keys';

/** 400 KB, names and values together. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const ITEM_BYTES_MAX = 400 * 1024;

export interface ItemWrite {
  table: Readonly<Table>;
  operation: string;
  position: Position;
  before: Entry | null;
  /** Null: the item goes. */
  after: Item | null;
  units: Units;
}

const FACTS = {
  put: 'dynamodb:ItemPut',
  updated: 'dynamodb:ItemUpdated',
  deleted: 'dynamodb:ItemDeleted',
  expired: 'dynamodb:ItemExpired',
} as const;

export function refuseTooLarge(item: Item, isUpdate = false): void {
  if (itemBytes(item) <= ITEM_BYTES_MAX) return;
  throw invalid(isUpdate ? 'Item size to update has exceeded the maximum allowed size' : 'Item size has exceeded the maximum allowed size');
}

export function writeItem(state: Readonly<DynamoDbState>, write: ItemWrite, kind: keyof typeof FACTS, principal: string, port: Port): void {
  const { table, operation, before, after, units } = write;
  const old = before?.item ?? null;
  if (!old && !after) {
    // Deleting what is not there is no change, but a write all the same.
    port.emit('dynamodb:NothingDeleted', table.arn, { operation, units: unitsInAll(units), principal });
    return;
  }
  const keys = keyOf(after ?? old ?? {}, table.key) as unknown as JsonObject;
  port.emit(FACTS[kind], table.arn, {
    operation,
    keys,
    item: after as unknown as Json,
    wasThere: old !== null,
    bytes: after ? itemBytes(after) : 0,
    units: unitsInAll(units),
    principal,
  });
  recordChange(state, table, old, after, port, kind === 'expired');
  planExpiry(table, write.position, after, port);
}
