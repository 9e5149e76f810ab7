// A condition on a write: what is asked, and the refusal when the item does not meet it.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Item } from './attribute-value';
import { type Condition, holds } from './expression/condition';
import { parseCondition } from './expression/parse-condition';
import type { Scope } from './expression/scope';
import { Refusal } from './refusal';
import type { Table } from './state';

export const CONDITION_FAILED = 'The conditional request failed';

export function conditionOf(input: JsonObject, scope: Scope): Condition | null {
  const { ConditionExpression: source } = input;
  return typeof source === 'string' ? parseCondition('ConditionExpression', source, scope) : null;
}

/** Of an item that is not there, nothing is: the condition is held against an empty one. */
export function isMet(condition: Condition | null, item: Item | null): boolean {
  return condition === null || holds(condition, item ?? {});
}

export interface FailedCondition {
  table: Readonly<Table>;
  operation: string;
  keys: Item;
  input: JsonObject;
  item: Item | null;
  units: number;
  principal: string;
}

export function tellFailure({ table, operation, keys, input, item, units, principal }: FailedCondition, port: Port): void {
  port.emit('dynamodb:ConditionFailed', table.arn, {
    operation,
    keys: keys as unknown as Json,
    condition: input.ConditionExpression ?? null,
    names: input.ExpressionAttributeNames ?? {},
    values: input.ExpressionAttributeValues ?? {},
    item: item as unknown as Json,
    units,
    principal,
  });
}

export function conditionRefusal(input: JsonObject, item: Item | null): Refusal {
  const isAsked = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && item !== null;
  return new Refusal('ConditionalCheckFailedException', CONDITION_FAILED, isAsked ? { Item: item as unknown as Json } : undefined);
}
