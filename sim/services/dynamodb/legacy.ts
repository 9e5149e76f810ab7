// Parameters from before expressions. The API still has them; AWS advises against them.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
// Simplified: a request with one of them is refused, with the expression that takes its place; DynamoDB still takes them.
import type { JsonObject } from '../../kernel/json';
import { invalid } from './refusal';

const REPLACED_BY: Record<string, string> = {
  AttributesToGet: 'ProjectionExpression',
  AttributeUpdates: 'UpdateExpression',
  Expected: 'ConditionExpression',
  KeyConditions: 'KeyConditionExpression',
  QueryFilter: 'FilterExpression',
  ScanFilter: 'FilterExpression',
  ConditionalOperator: 'AND and OR of an expression',
};

export function refuseLegacy(input: JsonObject): void {
  const found = Object.keys(REPLACED_BY).filter((member) => input[member] !== undefined && input[member] !== null);
  const [first] = found;
  if (first === undefined) return;
  const expressions = Object.keys(input).filter((member) => member.endsWith('Expression') && input[member] !== undefined);
  if (expressions.length > 0) {
    const lists = `Non-expression parameters: {${found.join(', ')}} Expression parameters: {${expressions.join(', ')}}`;
    throw invalid(`Can not use both expression and non-expression parameters in the same request: ${lists}`);
  }
  throw invalid(`${first} is a legacy parameter that is not part of this simulator: use ${REPLACED_BY[first]}.`);
}
