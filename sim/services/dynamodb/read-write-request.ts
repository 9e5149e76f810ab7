// What a put, update or delete asks for, checked: alone, in a batch, or in a transaction.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
import type { JsonObject } from '../../kernel/json';
import { checkedItem, type Item } from './attribute-value';
import { type Units, unitsOfWrite } from './capacity';
import { conditionOf } from './check-condition';
import type { Position } from './entries';
import { updated } from './expression/apply-update';
import type { Condition } from './expression/condition';
import { parseUpdate } from './expression/parse-update';
import { projected } from './expression/projection';
import { Scope } from './expression/scope';
import type { UpdateAction } from './expression/update';
import { invalidParameter } from './refusal';
import type { Table } from './state';
import { keyNames, keyOf, positionToFind, positionToWrite } from './table-keys';
import { refuseTooLarge } from './write-item';

export interface WriteRequest {
  kind: 'put' | 'updated' | 'deleted';
  position: Position;
  keys: Item;
  condition: Condition | null;
  /** The item that takes the place of the one before; null for none. Throws what only the item can show to be wrong. */
  after(before: Item | null): Item | null;
  unitsFor(before: Item | null, after: Item | null): Units;
  /** What `ReturnValues` asks for. */
  returned(wanted: string, before: Item | null, after: Item | null): Item | null;
}

function oldOnly(wanted: string, before: Item | null): Item | null {
  return wanted === 'ALL_OLD' ? before : null;
}

export function readPut(table: Readonly<Table>, input: JsonObject): WriteRequest {
  const scope = Scope.of(input, ['ConditionExpression']);
  const item = checkedItem(input.Item as unknown as Item);
  const condition = conditionOf(input, scope);
  scope.refuseUnused();
  const position = positionToWrite(table, item);
  refuseTooLarge(item);
  return {
    kind: 'put',
    position,
    keys: keyOf(item, table.key),
    condition,
    after: () => item,
    unitsFor: (before, after) => unitsOfWrite(table, before, after),
    returned: oldOnly,
  };
}

export function readDelete(table: Readonly<Table>, input: JsonObject): WriteRequest {
  const scope = Scope.of(input, ['ConditionExpression']);
  const keys = checkedItem(input.Key as unknown as Item);
  const condition = conditionOf(input, scope);
  scope.refuseUnused();
  return {
    kind: 'deleted',
    position: positionToFind(table, keys),
    keys,
    condition,
    after: () => null,
    unitsFor: (before, after) => unitsOfWrite(table, before, after),
    returned: oldOnly,
  };
}

export function readUpdate(table: Readonly<Table>, input: JsonObject): WriteRequest {
  const scope = Scope.of(input, ['UpdateExpression', 'ConditionExpression']);
  const keys = checkedItem(input.Key as unknown as Item);
  const actions = typeof input.UpdateExpression === 'string' ? parseUpdate(input.UpdateExpression, scope) : [];
  const condition = conditionOf(input, scope);
  scope.refuseUnused();
  const position = positionToFind(table, keys);
  for (const name of keyNames(table.key)) {
    if (actions.some(({ path }) => path[0] === name)) {
      throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`);
    }
  }
  return {
    kind: 'updated',
    position,
    keys,
    condition,
    after: (before) => {
      const item = updated(before ?? keys, actions);
      positionToWrite(table, item);
      refuseTooLarge(item, true);
      return item;
    },
    unitsFor: (before, after) => unitsOfWrite(table, before, after),
    returned: (wanted, before, after) => returnedOf(wanted, actions, before, after),
  };
}

function returnedOf(wanted: string, actions: readonly UpdateAction[], before: Item | null, after: Item | null): Item | null {
  const paths = actions.map(({ path }) => path);
  switch (wanted) {
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_OLD':
      return before && someOf(projected(before, paths));
    case 'UPDATED_NEW':
      return after && someOf(projected(after, paths));
    default:
      return null;
  }
}

function someOf(item: Item): Item | null {
  return Object.keys(item).length > 0 ? item : null;
}
