// BatchGetItem and BatchWriteItem: many items of many tables, each for itself. What a table cannot take now comes back unprocessed.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Item } from './attribute-value';
import { addUnits, consumedCapacity, noUnits, type Units } from './capacity';
import { findEntry, tieOf } from './entries';
import { parseProjection, projected } from './expression/projection';
import { Scope } from './expression/scope';
import { tellRead } from './read-facts';
import { readDelete, readPut, type WriteRequest } from './read-write-request';
import { invalid } from './refusal';
import type { DynamoDbState, Entry, Table } from './state';
import { positionToFind } from './table-keys';
import { tableArn, tableOf } from './table-names';
import { isExhausted, tellThrottle } from './throttle';
import { writeItem } from './write-item';

const ANSWER_BYTES_MAX = 16 * 1024 * 1024;
const READS_MAX = 100;
const WRITES_MAX = 25;
const DUPLICATES = 'Provided list of item keys contains duplicates';

type Asked<T> = { name: string; table: Readonly<Table>; of: T };

function tablesIn<T>(state: Readonly<DynamoDbState>, input: JsonObject, port: Port): Asked<T>[] {
  const requests = (input.RequestItems ?? {}) as unknown as Record<string, T>;
  return Object.entries(requests).map(([name, of]) => ({ name, table: tableOf(state, { resource: tableArn(name, port) }), of }));
}

type KeysAndAttributes = { Keys: Item[]; ConsistentRead?: boolean } & JsonObject;

export function batchGetItem(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { input, principal } = call;
  const asked = tablesIn<KeysAndAttributes>(state, input, port);
  if (asked.reduce((count, { of }) => count + of.Keys.length, 0) > READS_MAX) {
    throw invalid('Too many items requested for the BatchGetItem call');
  }
  const reads = asked.map(({ name, table, of }) => {
    const scope = Scope.of(of, ['ProjectionExpression']);
    const paths = typeof of.ProjectionExpression === 'string' ? parseProjection(of.ProjectionExpression, scope) : null;
    scope.refuseUnused();
    const positions = of.Keys.map((key) => positionToFind(table, key));
    if (new Set(positions.map(tieOf)).size < positions.length) throw invalid(DUPLICATES);
    return { name, table, of, paths, positions };
  });
  const Responses: JsonObject = {};
  const UnprocessedKeys: JsonObject = {};
  const capacities: JsonObject[] = [];
  let bytes = 0;
  for (const { name, table, of, paths, positions } of reads) {
    const found: Entry[] = [];
    const left: Item[] = [];
    const isThrottled = isExhausted(table, 'reads', port.now);
    if (isThrottled) tellThrottle(table, 'reads', call, port);
    for (const [index, position] of positions.entries()) {
      const entry = findEntry(table.entries, position);
      if (isThrottled || bytes + (entry?.bytes ?? 0) > ANSWER_BYTES_MAX) left.push(of.Keys[index] as Item);
      else if (entry) {
        found.push(entry);
        bytes += entry.bytes;
      }
    }
    if (left.length > 0) UnprocessedKeys[name] = { ...of, Keys: left } as unknown as Json;
    if (isThrottled) continue;
    Responses[name] = found.map(({ item }) => (paths ? projected(item, paths) : item)) as unknown as Json;
    const units = unitsOfReads(table, found, positions.length - left.length, of.ConsistentRead === true, principal.id, port);
    const capacity = consumedCapacity(table, input.ReturnConsumedCapacity, units);
    if (capacity) capacities.push(capacity);
  }
  return { ok: { Responses, UnprocessedKeys, ...(capacities.length > 0 ? { ConsumedCapacity: capacities } : {}) } };
}

/** Each item is a read of its own, whether it is there or not. */
function unitsOfReads(
  table: Readonly<Table>,
  found: readonly Entry[],
  count: number,
  isConsistent: boolean,
  principal: string,
  port: Port,
): Units {
  const units = noUnits();
  for (let i = 0; i < count; i++) {
    const entry = found[i];
    const read = { operation: 'BatchGetItem', entries: entry ? [entry] : [], count: entry ? 1 : 0, isConsistent };
    addUnits(units, tellRead(table, null, read, principal, port));
  }
  return units;
}

type WriteOf = { PutRequest?: JsonObject; DeleteRequest?: JsonObject };

export function batchWriteItem(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { input, principal } = call;
  const asked = tablesIn<WriteOf[]>(state, input, port);
  if (asked.reduce((count, { of }) => count + of.length, 0) > WRITES_MAX)
    throw invalid('Too many items requested for the BatchWriteItem call');
  const writes = asked.map(({ name, table, of }) => {
    const requests = of.map((one) => readOne(table, one));
    if (new Set(requests.map(({ position }) => tieOf(position))).size < requests.length) throw invalid(DUPLICATES);
    return { name, table, of, requests };
  });
  const UnprocessedItems: JsonObject = {};
  const capacities: JsonObject[] = [];
  for (const { name, table, of, requests } of writes) {
    const units = noUnits();
    const left: WriteOf[] = [];
    for (const [index, request] of requests.entries()) {
      if (isExhausted(table, 'writes', port.now)) {
        left.push(of[index] as WriteOf);
        continue;
      }
      const before = findEntry(table.entries, request.position);
      const after = request.after(before?.item ?? null);
      const used = request.unitsFor(before?.item ?? null, after);
      writeItem(
        state,
        { table, operation: 'BatchWriteItem', position: request.position, before, after, units: used },
        request.kind,
        principal.id,
        port,
      );
      addUnits(units, used);
    }
    if (left.length > 0) {
      tellThrottle(table, 'writes', call, port);
      UnprocessedItems[name] = left as unknown as Json;
    }
    const capacity = consumedCapacity(table, input.ReturnConsumedCapacity, units);
    if (capacity) capacities.push(capacity);
  }
  return { ok: { UnprocessedItems, ...(capacities.length > 0 ? { ConsumedCapacity: capacities } : {}) } };
}

function readOne(table: Readonly<Table>, { PutRequest, DeleteRequest }: WriteOf): WriteRequest {
  if (PutRequest && DeleteRequest)
    throw invalid('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  if (PutRequest) return readPut(table, PutRequest);
  if (DeleteRequest) return readDelete(table, DeleteRequest);
  throw invalid('A write request holds a PutRequest or a DeleteRequest.');
}
