// Conditions: read from an expression into a tree, and held against an item.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
import { type AttributeValue, byteLength, compare, fromBase64, type Item, isEqual, typeOf, utf8Length } from '../attribute-value';
import { type DocumentPath, valueAt } from './document-path';

export type Operand = { path: DocumentPath } | { value: AttributeValue } | { size: Operand };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { kind: 'or' | 'and'; of: Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'compare'; comparator: Comparator; left: Operand; right: Operand }
  | { kind: 'between'; operand: Operand; low: Operand; high: Operand }
  | { kind: 'in'; operand: Operand; among: Operand[] }
  | { kind: 'exists' | 'absent'; path: DocumentPath }
  | { kind: 'type'; path: DocumentPath; type: string }
  | { kind: 'begins'; operand: Operand; part: Operand }
  | { kind: 'contains'; operand: Operand; part: Operand };

/** What an operand is in an item; undefined when the item has nothing there, or something without a size. */
export function operandIn(item: Item, operand: Operand): AttributeValue | undefined {
  if ('value' in operand) return operand.value;
  if ('path' in operand) return valueAt(item, operand.path);
  const measured = operandIn(item, operand.size);
  const size = measured ? sizeOfValue(measured) : null;
  return size === null ? undefined : { N: String(size) };
}

function sizeOfValue(value: AttributeValue): number | null {
  const type = typeOf(value);
  switch (type) {
    case 'S':
      return utf8Length(value.S ?? '');
    case 'B':
      return byteLength(value.B ?? '');
    case 'SS':
    case 'NS':
    case 'BS':
    case 'L':
      return value[type]?.length ?? 0;
    case 'M':
      return Object.keys(value.M ?? {}).length;
    default:
      return null;
  }
}

export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'or':
      return condition.of.some((part) => holds(part, item));
    case 'and':
      return condition.of.every((part) => holds(part, item));
    case 'not':
      return !holds(condition.of, item);
    case 'compare':
      return isTrue(condition.comparator, operandIn(item, condition.left), operandIn(item, condition.right));
    case 'between': {
      const value = operandIn(item, condition.operand);
      return isTrue('>=', value, operandIn(item, condition.low)) && isTrue('<=', value, operandIn(item, condition.high));
    }
    case 'in': {
      const value = operandIn(item, condition.operand);
      return condition.among.some((other) => isTrue('=', value, operandIn(item, other)));
    }
    case 'exists':
      return valueAt(item, condition.path) !== undefined;
    case 'absent':
      return valueAt(item, condition.path) === undefined;
    case 'type': {
      const value = valueAt(item, condition.path);
      return value !== undefined && typeOf(value) === condition.type;
    }
    case 'begins':
    case 'contains': {
      const value = operandIn(item, condition.operand);
      const part = operandIn(item, condition.part);
      return value !== undefined && part !== undefined && (condition.kind === 'begins' ? begins(value, part) : contains(value, part));
    }
  }
}

function isTrue(comparator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  const isSame = left !== undefined && right !== undefined && isEqual(left, right);
  if (comparator === '=') return isSame;
  // What is not there is not equal to anything.
  if (comparator === '<>') return !isSame;
  const order = left && right ? compare(left, right) : null;
  if (order === null) return false;
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  return comparator === '>' ? order > 0 : order >= 0;
}

function begins(value: AttributeValue, part: AttributeValue): boolean {
  if (value.S !== undefined && part.S !== undefined) return value.S.startsWith(part.S);
  return value.B !== undefined && part.B !== undefined && fromBase64(value.B).startsWith(fromBase64(part.B));
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.L) return value.L.some((entry) => isEqual(entry, part));
  if (part.S !== undefined) return value.S?.includes(part.S) ?? value.SS?.includes(part.S) ?? false;
  if (part.N !== undefined) return value.NS?.includes(part.N) ?? false;
  if (part.B === undefined) return false;
  return value.B === undefined ? (value.BS?.includes(part.B) ?? false) : fromBase64(value.B).includes(fromBase64(part.B));
}
