// Condition keys for fine-grained access: which partition keys and attributes a call is about.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
// Simplified: `dynamodb:Attributes` has the attributes of items, keys and projections; DynamoDB counts those of conditions too.
import type { ApiCall, ConditionContext } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { attributeOf, type Item } from './attribute-value';
import { readKeyCondition } from './expression/key-condition';
import { parseCondition } from './expression/parse-condition';
import { parseProjection } from './expression/projection';
import { Scope } from './expression/scope';
import { Refusal } from './refusal';
import type { Table } from './state';

export function itemConditionKeys(table: Readonly<Table>, { action, input }: ApiCall): ConditionContext {
  const keys: ConditionContext = {};
  const leading = leadingKeys(table, action, input);
  if (leading.length > 0) keys['dynamodb:LeadingKeys'] = leading;
  const attributes = attributesOf(input);
  if (attributes.length > 0) keys['dynamodb:Attributes'] = attributes;
  for (const member of ['Select', 'ReturnValues', 'ReturnConsumedCapacity']) {
    if (typeof input[member] === 'string') keys[`dynamodb:${member}`] = input[member];
  }
  return keys;
}

function itemsIn(input: JsonObject): Item[] {
  return [input.Key, input.Item].filter((item) => typeof item === 'object' && item !== null) as unknown as Item[];
}

function leadingKeys(table: Readonly<Table>, action: string, input: JsonObject): string[] {
  const values =
    action === 'dynamodb:Query' ? [partitionAsked(table, input)] : itemsIn(input).map((item) => attributeOf(item, table.key.hash));
  return values.flatMap((value) => value?.S ?? value?.N ?? value?.B ?? []);
}

/** What cannot be read is refused later, in its own words. */
function partitionAsked(table: Readonly<Table>, input: JsonObject) {
  const index = typeof input.IndexName === 'string' ? table.indexes[input.IndexName] : undefined;
  return readable(() => {
    const scope = Scope.of(input, ['KeyConditionExpression']);
    const condition = parseCondition('KeyConditionExpression', String(input.KeyConditionExpression ?? ''), scope);
    return readKeyCondition(condition, index?.key ?? table.key, table.attributes).partition;
  });
}

function attributesOf(input: JsonObject): string[] {
  const names = itemsIn(input).flatMap(Object.keys);
  const { ProjectionExpression: source } = input;
  if (typeof source === 'string') {
    names.push(...(readable(() => parseProjection(source, Scope.of(input, ['ProjectionExpression'])).map(([name]) => name)) ?? []));
  }
  return [...new Set(names)];
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
