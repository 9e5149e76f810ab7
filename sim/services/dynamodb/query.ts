// Query: the items of one partition key, in the order of their sort keys.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { orderOf } from './attribute-value';
import { firstWhere, hashOf } from './entries';
import type { Condition } from './expression/condition';
import { boundsOf, isPast, type KeyCondition, meets, readKeyCondition } from './expression/key-condition';
import { parseCondition } from './expression/parse-condition';
import { Scope } from './expression/scope';
import { refuseLegacy } from './legacy';
import { after, answerPage, indexOf, readPageRequest, startOf } from './pages';
import { invalid } from './refusal';
import type { DynamoDbState, Entry, KeySchema } from './state';
import { keyNames } from './table-keys';
import { tableOf } from './table-names';
import { refuseReads } from './throttle';

export function query(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  refuseLegacy(input);
  if (typeof input.KeyConditionExpression !== 'string') {
    throw invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
  }
  const scope = Scope.of(input, ['KeyConditionExpression', 'FilterExpression', 'ProjectionExpression']);
  const table = tableOf(state, call);
  const index = indexOf(table, input);
  const request = readPageRequest(index, input, scope);
  const condition = parseCondition('KeyConditionExpression', input.KeyConditionExpression, scope);
  scope.refuseUnused();
  const key = index?.key ?? table.key;
  const wanted = readKeyCondition(condition, key, table.attributes);
  if (request.filter) refuseKeys(request.filter, key);
  const start = startOf(table, index, input);
  if (start && start.partition !== orderOf(wanted.partition)) {
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  }
  refuseReads(table, call, port);
  const isForward = input.ScanIndexForward !== false;
  const found = matching(index?.entries ?? table.entries, wanted);
  return answerPage(table, after(isForward ? found : [...found].reverse(), start, isForward), request, call, port);
}

function* matching(entries: readonly Entry[], { partition, range }: KeyCondition): Generator<Entry> {
  const wanted = orderOf(partition) ?? '';
  const hash = hashOf(wanted);
  const { from, to } = boundsOf(range);
  const isReached = (entry: Entry): boolean => {
    if (entry.hash !== hash) return entry.hash > hash;
    if (entry.partition !== wanted) return entry.partition > wanted;
    return from === null || entry.range >= from;
  };
  for (let at = firstWhere(entries, isReached); at < entries.length; at++) {
    const entry = entries[at] as Entry;
    if (entry.partition !== wanted || (to !== null && entry.range > to) || isPast(range, entry.range)) return;
    if (meets(entry.item, range)) yield entry;
  }
}

/** Attributes that the key condition decides on have no place in a filter. */
function refuseKeys(filter: Condition, key: KeySchema): void {
  const names = new Set(keyNames(key));
  for (const name of attributesOf(filter)) {
    if (names.has(name)) throw invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`);
  }
}

/** The top-level attributes that a condition or operand names. */
function attributesOf(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  if (Array.isArray(part)) return part.flatMap(attributesOf);
  const { path, value: _value, ...rest } = part as { path?: [string]; value?: unknown };
  return [...(path ? [path[0]] : []), ...Object.values(rest).flatMap(attributesOf)];
}
