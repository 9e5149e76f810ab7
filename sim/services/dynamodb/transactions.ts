// Transactions: up to 100 items of any tables, all or nothing.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
// Simplified: calls happen one after the other, so no transaction ever conflicts with another; in DynamoDB they do.
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { canonicalJson } from '../../kernel/trace';
import { checkedItem, type Item } from './attribute-value';
import { addUnits, consumedCapacity, noUnits, type Units, unitsInAll, unitsOfWrite } from './capacity';
import { CONDITION_FAILED, conditionOf, isMet, tellFailure } from './check-condition';
import { findEntry, tieOf } from './entries';
import { parseProjection, projected } from './expression/projection';
import { Scope } from './expression/scope';
import { tellRead } from './read-facts';
import { readDelete, readPut, readUpdate, type WriteRequest } from './read-write-request';
import { invalid, Refusal } from './refusal';
import type { DynamoDbState, Entry, Table } from './state';
import { positionToFind } from './table-keys';
import { tableArn, tableOf } from './table-names';
import { writeItem } from './write-item';

const TOKEN_LIFE_MS: Ms = 600_000;
const BYTES_MAX = 4 * 1024 * 1024;
const TWICE = 'Transaction request cannot include multiple operations on one item';

type Kind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';
const READERS: Record<Kind, (table: Readonly<Table>, input: JsonObject) => WriteRequest> = {
  Put: readPut,
  Update: readUpdate,
  Delete: readDelete,
  ConditionCheck: readCheck,
};

interface Part {
  kind: Kind;
  input: JsonObject;
  table: Readonly<Table>;
  request: WriteRequest;
  before: Entry | null;
}

function readCheck(table: Readonly<Table>, input: JsonObject): WriteRequest {
  const scope = Scope.of(input, ['ConditionExpression']);
  const keys = checkedItem(input.Key as unknown as Item);
  const condition = conditionOf(input, scope);
  scope.refuseUnused();
  const unitsFor = (before: Item | null) => unitsOfWrite(table, before, before);
  return {
    kind: 'updated',
    position: positionToFind(table, keys),
    keys,
    condition,
    after: (before) => before,
    unitsFor,
    returned: () => null,
  };
}

export function transactWriteItems(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { input, principal } = call;
  const token = keptToken(state, call, port);
  if (token === 'done') return { ok: {} };
  const parts = (input.TransactItems as unknown as Partial<Record<Kind, JsonObject>>[]).map((item) => readPart(state, item, port));
  if (new Set(parts.map(({ table, request }) => `${table.arn} ${tieOf(request.position)}`)).size < parts.length) throw invalid(TWICE);
  const reasons = parts.map(reasonAgainst);
  if (reasons.some(({ Code }) => Code !== 'None')) throw cancel(parts, reasons, principal.id, port);
  const results = parts.map(({ request, before }) => request.after(before?.item ?? null));
  if (results.reduce((bytes, item) => bytes + (item ? JSON.stringify(item).length : 0), 0) > BYTES_MAX) {
    throw invalid('Transaction request size has exceeded the maximum allowed size');
  }
  if (token) port.emit('dynamodb:TransactionTokenKept', parts[0]?.table.arn ?? call.resource, token);
  const units = new Map<Readonly<Table>, Units>();
  for (const [index, { kind, table, request, before }] of parts.entries()) {
    const after = results[index] ?? null;
    const used = doubled(request.unitsFor(before?.item ?? null, after));
    if (kind !== 'ConditionCheck') {
      writeItem(
        state,
        { table, operation: 'TransactWriteItems', position: request.position, before, after, units: used },
        request.kind,
        principal.id,
        port,
      );
    }
    const sum = units.get(table) ?? noUnits();
    addUnits(sum, used);
    units.set(table, sum);
  }
  return { ok: capacitiesOf(units, input, 'Write') };
}

function readPart(state: Readonly<DynamoDbState>, item: Partial<Record<Kind, JsonObject>>, port: Port): Part {
  const kinds = (Object.keys(READERS) as Kind[]).filter((kind) => item[kind] !== undefined);
  const [kind] = kinds;
  const input = kind && item[kind];
  if (!kind || !input || kinds.length > 1) {
    throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const table = tableOf(state, { resource: tableArn(String(input.TableName), port) });
  const request = READERS[kind](table, input);
  return { kind, input, table, request, before: findEntry(table.entries, request.position) };
}

function reasonAgainst({ input, request, before }: Part): JsonObject {
  const old = before?.item ?? null;
  if (!isMet(request.condition, old)) {
    const isAsked = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && old !== null;
    return { Code: 'ConditionalCheckFailed', Message: CONDITION_FAILED, ...(isAsked ? { Item: old as unknown as Json } : {}) };
  }
  try {
    request.after(old);
    return { Code: 'None' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { Code: 'ValidationError', Message: error.message };
  }
}

function cancel(parts: readonly Part[], reasons: JsonObject[], principal: string, port: Port): Refusal {
  for (const [index, { kind, input, table, request, before }] of parts.entries()) {
    if (reasons[index]?.Code !== 'ConditionalCheckFailed') continue;
    const item = before?.item ?? null;
    const units = 2 * unitsInAll(request.unitsFor(item, item));
    tellFailure({ table, operation: `TransactWriteItems ${kind}`, keys: request.keys, input, item, units, principal }, port);
  }
  const codes = reasons.map(({ Code }) => String(Code));
  port.emit('dynamodb:TransactionCanceled', parts[0]?.table.arn ?? '', { reasons, principal });
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`;
  return new Refusal('TransactionCanceledException', message, { CancellationReasons: reasons });
}

/** A transaction happens once for each token, for ten minutes. */
function keptToken(
  state: Readonly<DynamoDbState>,
  { input, principal }: ApiCall,
  port: Port,
): { key: string; request: string } | 'done' | null {
  const { ClientRequestToken: given, ...request } = input;
  if (typeof given !== 'string') return null;
  const token = { key: `${principal.account} ${port.region} ${given}`, request: canonicalJson(request) };
  const kept = state.tokens[token.key];
  if (!kept || kept.at + TOKEN_LIFE_MS < port.now) return token;
  if (kept.request === token.request) return 'done';
  throw new Refusal(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request.',
  );
}

function doubled({ table, indexes }: Units): Units {
  return { table: 2 * table, indexes: Object.fromEntries(Object.entries(indexes).map(([name, units]) => [name, 2 * units])) };
}

function capacitiesOf(units: Map<Readonly<Table>, Units>, input: JsonObject, kind: 'Read' | 'Write'): JsonObject {
  const capacities = [...units].flatMap(([table, used]) => consumedCapacity(table, input.ReturnConsumedCapacity, used, kind) ?? []);
  return capacities.length > 0 ? { ConsumedCapacity: capacities } : {};
}

export function transactGetItems(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { input, principal } = call;
  const gets = (input.TransactItems as unknown as { Get: JsonObject }[]).map(({ Get }) => {
    const scope = Scope.of(Get, ['ProjectionExpression']);
    const paths = typeof Get.ProjectionExpression === 'string' ? parseProjection(Get.ProjectionExpression, scope) : null;
    scope.refuseUnused();
    const table = tableOf(state, { resource: tableArn(String(Get.TableName), port) });
    return { table, paths, position: positionToFind(table, Get.Key as unknown as Item) };
  });
  if (new Set(gets.map(({ table, position }) => `${table.arn} ${tieOf(position)}`)).size < gets.length) throw invalid(TWICE);
  const units = new Map<Readonly<Table>, Units>();
  const Responses = gets.map(({ table, paths, position }): JsonObject => {
    const entry = findEntry(table.entries, position);
    const read = {
      operation: 'TransactGetItems',
      entries: entry ? [entry] : [],
      count: entry ? 1 : 0,
      isConsistent: true,
      isTransaction: true,
    };
    const sum = units.get(table) ?? noUnits();
    addUnits(sum, tellRead(table, null, read, principal.id, port));
    units.set(table, sum);
    return entry ? { Item: (paths ? projected(entry.item, paths) : entry.item) as unknown as Json } : {};
  });
  return { ok: { Responses, ...capacitiesOf(units, input, 'Read') } };
}
