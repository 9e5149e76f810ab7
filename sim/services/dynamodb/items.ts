// One item: GetItem, PutItem, UpdateItem, DeleteItem.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Item } from './attribute-value';
import { consumedCapacity, unitsInAll } from './capacity';
import { conditionRefusal, isMet, tellFailure } from './check-condition';
import { findEntry } from './entries';
import { parseProjection, projected } from './expression/projection';
import { Scope } from './expression/scope';
import { collectionMetrics } from './item-collections';
import { refuseLegacy } from './legacy';
import { tellRead } from './read-facts';
import { readDelete, readPut, readUpdate, type WriteRequest } from './read-write-request';
import { invalid } from './refusal';
import type { DynamoDbState, Table } from './state';
import { positionToFind } from './table-keys';
import { tableOf } from './table-names';
import { refuseReads, refuseWrites } from './throttle';
import { writeItem } from './write-item';

export function getItem(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  refuseLegacy(input);
  const scope = Scope.of(input, ['ProjectionExpression']);
  const paths = typeof input.ProjectionExpression === 'string' ? parseProjection(input.ProjectionExpression, scope) : null;
  scope.refuseUnused();
  const table = tableOf(state, call);
  const entry = findEntry(table.entries, positionToFind(table, input.Key as unknown as Item));
  refuseReads(table, call, port);
  const read = { operation: 'GetItem', entries: entry ? [entry] : [], count: entry ? 1 : 0, isConsistent: input.ConsistentRead === true };
  const units = tellRead(table, null, read, call.principal.id, port);
  const capacity = consumedCapacity(table, input.ReturnConsumedCapacity, units);
  const item = entry && paths ? projected(entry.item, paths) : entry?.item;
  return { ok: { ...(item ? { Item: item as unknown as Json } : {}), ...(capacity ? { ConsumedCapacity: capacity } : {}) } };
}

const RETURN_VALUES: Record<string, readonly string[]> = {
  PutItem: ['NONE', 'ALL_OLD'],
  DeleteItem: ['NONE', 'ALL_OLD'],
  UpdateItem: ['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'],
};

export function putItem(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  return write(state, call, port, 'PutItem', readPut);
}

export function deleteItem(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  return write(state, call, port, 'DeleteItem', readDelete);
}

export function updateItem(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  return write(state, call, port, 'UpdateItem', readUpdate);
}

type Read = (table: Readonly<Table>, input: JsonObject) => WriteRequest;

function write(state: Readonly<DynamoDbState>, call: ApiCall, port: Port, operation: string, read: Read): Reply {
  const { input, principal } = call;
  refuseLegacy(input);
  const wanted = String(input.ReturnValues ?? 'NONE');
  if (!RETURN_VALUES[operation]?.includes(wanted)) throw invalid(`ReturnValues can only be ALL_OLD or NONE`);
  const table = tableOf(state, call);
  const request = read(table, input);
  const before = findEntry(table.entries, request.position);
  const old = before?.item ?? null;
  refuseWrites(table, call, port);
  if (!isMet(request.condition, old)) {
    const units = unitsInAll(request.unitsFor(old, old));
    tellFailure({ table, operation, keys: request.keys, input, item: old, units, principal: principal.id }, port);
    throw conditionRefusal(input, old);
  }
  const after = request.after(old);
  const units = request.unitsFor(old, after);
  writeItem(state, { table, operation, position: request.position, before, after, units }, request.kind, principal.id, port);
  const attributes = request.returned(wanted, old, after);
  const capacity = consumedCapacity(table, input.ReturnConsumedCapacity, units);
  const metrics = collectionMetrics(table, input.ReturnItemCollectionMetrics, request.keys);
  return {
    ok: {
      ...(attributes ? { Attributes: attributes as unknown as Json } : {}),
      ...(capacity ? { ConsumedCapacity: capacity } : {}),
      ...(metrics ? { ItemCollectionMetrics: metrics } : {}),
    },
  };
}
