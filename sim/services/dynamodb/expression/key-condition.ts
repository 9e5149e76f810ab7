// Key conditions: equality on the partition key, and at most one condition on the sort key.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
import { type AttributeValue, fromBase64, type Item, orderOf, typeOf } from '../attribute-value';
import { invalid, invalidParameter } from '../refusal';
import type { KeySchema, KeyType } from '../state';
import { type Condition, holds } from './condition';

type Test = Extract<Condition, { kind: 'compare' | 'between' | 'begins' }>;

export interface KeyCondition {
  partition: AttributeValue;
  range: Test | null;
}

const KIND = 'KeyConditionExpression';
const OPERATORS: Partial<Record<Condition['kind'], string>> = {
  or: 'OR',
  not: 'NOT',
  in: 'IN',
  exists: 'attribute_exists',
  absent: 'attribute_not_exists',
  type: 'attribute_type',
  contains: 'contains',
};

export function readKeyCondition(condition: Condition, key: KeySchema, types: Readonly<Record<string, KeyType>>): KeyCondition {
  const byName = new Map<string, Test>();
  for (const part of partsOf(condition)) {
    const [name, test] = testOf(part);
    if (byName.has(name)) throw invalid(`${KIND}s must only contain one condition per key`);
    byName.set(name, test);
  }
  if (byName.size > 2) throw invalid('Conditions can be of length 1 or 2 only');
  const partition = byName.get(key.hash);
  if (!partition) throw invalid(`Query condition missed key schema element: ${key.hash}`);
  const others = [...byName.keys()].filter((name) => name !== key.hash);
  if (others.length > 0 && others[0] !== key.range) {
    throw invalid(key.range === null ? 'Query key condition not supported' : `Query condition missed key schema element: ${key.range}`);
  }
  const value = partition.kind === 'compare' && partition.comparator === '=' && 'value' in partition.right ? partition.right.value : null;
  if (value === null) throw invalid('Query key condition not supported');
  for (const [name, test] of byName) {
    for (const operand of valuesOf(test)) {
      if (typeOf(operand) !== types[name]) throw invalidParameter('Condition parameter type does not match schema type');
      if (operand.S === '' || operand.B === '') {
        const problem = 'The AttributeValue for a key attribute cannot contain an empty';
        throw invalid(
          `One or more parameter values are not valid. ${problem} ${operand.S === '' ? 'string' : 'binary'} value. Key: ${name}`,
        );
      }
    }
  }
  return { partition: value, range: key.range === null ? null : (byName.get(key.range) ?? null) };
}

function partsOf(condition: Condition): Condition[] {
  return condition.kind === 'and' ? condition.of.flatMap(partsOf) : [condition];
}

/** The attribute, and the condition turned so that the attribute stands on its left. */
function testOf(condition: Condition): [string, Test] {
  const operator = OPERATORS[condition.kind];
  if (operator) throw invalid(`Invalid operator used in ${KIND}: ${operator}`);
  const test = turned(condition as Test);
  if (test.kind === 'compare' && test.comparator === '<>') throw invalid(`Invalid operator used in ${KIND}: <>`);
  const subject = test.kind === 'compare' ? test.left : test.operand;
  if ('size' in subject) throw invalid(`${KIND}s cannot contain nested operations`);
  if (!('path' in subject)) throw invalid(`Invalid condition in ${KIND}: No key attribute specified`);
  if (subject.path.length > 1) throw invalid(`${KIND}s cannot have conditions on nested attributes`);
  const others = test.kind === 'compare' ? [test.right] : test.kind === 'between' ? [test.low, test.high] : [test.part];
  if (others.some((other) => 'size' in other)) throw invalid(`${KIND}s cannot contain nested operations`);
  if (others.some((other) => !('value' in other)))
    throw invalid(`Invalid condition in ${KIND}: Multiple attribute names used in one condition`);
  return [subject.path[0], test];
}

const MIRRORED = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function turned(test: Test): Test {
  if (test.kind !== 'compare' || !('value' in test.left) || !('path' in test.right)) return test;
  return { ...test, comparator: MIRRORED[test.comparator], left: test.right, right: test.left };
}

function valuesOf(test: Test): AttributeValue[] {
  const operands = test.kind === 'compare' ? [test.right] : test.kind === 'between' ? [test.low, test.high] : [test.part];
  return operands.flatMap((operand) => ('value' in operand ? [operand.value] : []));
}

/** Sort keys that can meet the condition lie between these, as text that sorts; null: no bound. */
export function boundsOf(test: Test | null): { from: string | null; to: string | null } {
  if (!test) return { from: null, to: null };
  const [first, last = first] = valuesOf(test).map((value) => orderOf(value));
  if (test.kind === 'between') return { from: first ?? null, to: last ?? null };
  if (test.kind === 'begins') return { from: first ?? null, to: null };
  const { comparator } = test;
  return {
    from: comparator === '=' || comparator === '>' || comparator === '>=' ? (first ?? null) : null,
    to: comparator === '=' || comparator === '<' || comparator === '<=' ? (first ?? null) : null,
  };
}

export function meets(item: Item, test: Test | null): boolean {
  return test === null || holds(test, item);
}

/** True when no later sort key can begin so. */
export function isPast(test: Test | null, range: string): boolean {
  if (test?.kind !== 'begins' || !('value' in test.part)) return false;
  const prefix = test.part.value.B === undefined ? (orderOf(test.part.value) ?? '') : fromBase64(test.part.value.B);
  return !range.startsWith(prefix) && range > prefix;
}
