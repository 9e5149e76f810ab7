// Query and Scan: a page of a table or index, in order, up to 1 MB of what is looked at.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { attributeOf, type Item, sizeOf } from './attribute-value';
import { consumedCapacity } from './capacity';
import { comparePositions, findEntry, type Position, positionOf, tieOf } from './entries';
import { type Condition, holds } from './expression/condition';
import type { DocumentPath } from './expression/document-path';
import { parseCondition } from './expression/parse-condition';
import { parseProjection, projected } from './expression/projection';
import type { Scope } from './expression/scope';
import { attributesIn } from './index-entries';
import { bytesInIndex, tellRead } from './read-facts';
import { invalid, invalidParameter } from './refusal';
import type { Entry, Index, Table } from './state';
import { keyNames, keyOf } from './table-keys';

const PAGE_BYTES_MAX = 1024 * 1024;

/** What Query and Scan have in common. */
export interface PageRequest {
  index: Index | null;
  filter: Condition | null;
  paths: DocumentPath[] | null;
  isCount: boolean;
  isConsistent: boolean;
  limit: number;
}

export function indexOf(table: Readonly<Table>, input: JsonObject): Index | null {
  if (typeof input.IndexName !== 'string') return null;
  const index = Object.hasOwn(table.indexes, input.IndexName) ? table.indexes[input.IndexName] : undefined;
  if (!index) throw invalid(`The table does not have the specified index: ${input.IndexName}`);
  return index;
}

export function readPageRequest(index: Index | null, input: JsonObject, scope: Scope): PageRequest {
  const { FilterExpression, ProjectionExpression, Select, Limit } = input;
  const isConsistent = input.ConsistentRead === true;
  if (isConsistent && index?.kind === 'global') throw invalid('Consistent reads are not supported on global secondary indexes');
  const filter = typeof FilterExpression === 'string' ? parseCondition('FilterExpression', FilterExpression, scope) : null;
  const paths = typeof ProjectionExpression === 'string' ? parseProjection(ProjectionExpression, scope) : null;
  if (paths && Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES') {
    throw invalid(`Cannot specify the ProjectionExpression when choosing to get ${Select === 'COUNT' ? 'only the Count' : Select}`);
  }
  if (!paths && Select === 'SPECIFIC_ATTRIBUTES') {
    throw invalidParameter('Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES');
  }
  if (!index && Select === 'ALL_PROJECTED_ATTRIBUTES') {
    throw invalidParameter('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  const isAll = index?.projection.type === 'ALL';
  if (index?.kind === 'global' && Select === 'ALL_ATTRIBUTES' && !isAll) {
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  return {
    index,
    filter,
    paths,
    isCount: Select === 'COUNT',
    isConsistent,
    limit: typeof Limit === 'number' ? Limit : Number.POSITIVE_INFINITY,
  };
}

/** Where to go on: the key of the item that was looked at last, in the table and in the index. */
export function startOf(table: Readonly<Table>, index: Index | null, input: JsonObject): Position | null {
  const start = input.ExclusiveStartKey as unknown as Item | undefined;
  if (!start) return null;
  const names = new Set([...keyNames(table.key), ...(index ? keyNames(index.key) : [])]);
  const fits = Object.keys(start).length === names.size && [...names].every((name) => sizeOf(attributeOf(start, name) ?? { S: '' }) > 0);
  const main = fits ? positionOf(start, table.key) : null;
  const position = main && index ? positionOf(start, index.key, tieOf(main)) : main;
  if (!position) throw invalid('The provided starting key is invalid');
  return position;
}

/** The rest of `entries` after a position; they may run backwards. */
export function* after(entries: Iterable<Entry>, start: Position | null, isForward: boolean): Generator<Entry> {
  for (const entry of entries) {
    if (start) {
      const order = comparePositions(entry, start);
      if (isForward ? order <= 0 : order >= 0) continue;
    }
    yield entry;
  }
}

/** `entries`: what is left to look at, in order. */
export function answerPage(table: Readonly<Table>, entries: Iterable<Entry>, request: PageRequest, call: ApiCall, port: Port): Reply {
  const { index, filter, isCount, isConsistent, limit } = request;
  const seen: Entry[] = [];
  const items: Item[] = [];
  let bytes = 0;
  let isCut = false;
  for (const entry of entries) {
    if (seen.length >= limit || bytes >= PAGE_BYTES_MAX) {
      isCut = true;
      break;
    }
    seen.push(entry);
    bytes += index ? bytesInIndex(table, index, entry) : entry.bytes;
    const item = visible(table, request, entry);
    if (!filter || holds(filter, item)) items.push(request.paths ? projected(item, request.paths) : item);
  }
  // A page that ends at its limit says where, whether or not anything comes after it.
  const last = isCut || seen.length === limit ? seen[seen.length - 1] : undefined;
  const read = { operation: call.action.slice('dynamodb:'.length), entries: seen, count: items.length, isConsistent };
  const units = tellRead(table, index, read, call.principal.id, port);
  const capacity = consumedCapacity(table, call.input.ReturnConsumedCapacity, units);
  const ok: JsonObject = { Count: items.length, ScannedCount: seen.length };
  if (!isCount) ok.Items = items as unknown as Json;
  if (last) ok.LastEvaluatedKey = { ...keyOf(last.item, table.key), ...(index ? keyOf(last.item, index.key) : {}) } as unknown as Json;
  if (capacity) ok.ConsumedCapacity = capacity;
  return { ok };
}

/** A local index fetches from the table what it lacks; a global one does not. */
function visible(table: Readonly<Table>, { index, paths }: PageRequest, entry: Entry): Item {
  const names = index && attributesIn(table, index);
  if (!names) return entry.item;
  if (index.kind === 'local' && paths) return findEntry(table.entries, positionOf(entry.item, table.key) ?? entry)?.item ?? entry.item;
  return Object.fromEntries(Object.entries(entry.item).filter(([name]) => names.has(name)));
}
