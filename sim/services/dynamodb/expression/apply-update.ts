// Carries out the actions of an update on a copy of an item. Everything that is read is read from the item as it was.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
import { type AttributeValue, attributeOf, type Item, typeOf } from '../attribute-value';
import { add, decimalOf, formatDecimal, negated } from '../decimal';
import { invalid } from '../refusal';
import { type DocumentPath, valueAt } from './document-path';
import type { Assigned, Operand, UpdateAction } from './update';

const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';
const WRONG_PATH = 'The document path provided in the update expression is invalid for update';

export function updated(item: Item, actions: readonly UpdateAction[]): Item {
  const result = copyItem(item);
  const values = actions.map((action) => outcomeOf(action, item));
  for (const [index, action] of actions.entries()) {
    const value = values[index];
    if (value) assign(result, action.path, value);
  }
  // From the end of each list, so that positions stay what they were.
  const removed = actions.filter((_, index) => values[index] === null).map(({ path }) => path);
  for (const path of removed.sort(laterFirst)) remove(result, path);
  return result;
}

/** Null: the attribute goes. Undefined: nothing happens. */
function outcomeOf(action: UpdateAction, item: Item): AttributeValue | null | undefined {
  switch (action.kind) {
    case 'SET':
      return assignedIn(item, action.to);
    case 'REMOVE':
      return null;
    case 'ADD':
      return sumOf(valueAt(item, action.path), action.value);
    case 'DELETE':
      return rest(valueAt(item, action.path), action.value);
  }
}

function assignedIn(item: Item, assigned: Assigned): AttributeValue {
  if (!('operator' in assigned)) return operandIn(item, assigned);
  const [left, right] = [operandIn(item, assigned.left), operandIn(item, assigned.right)];
  if (left.N === undefined || right.N === undefined) throw invalid(WRONG_TYPE);
  return numberSum(left.N, right.N, assigned.operator === '-');
}

function numberSum(left: string, right: string, isDifference = false): AttributeValue {
  const second = decimalOf(right);
  const sum = add(decimalOf(left), isDifference ? negated(second) : second);
  if ('problem' in sum) throw invalid(sum.problem);
  return { N: formatDecimal(sum) };
}

function operandIn(item: Item, operand: Operand): AttributeValue {
  if ('value' in operand) return operand.value;
  if ('ifNotExists' in operand) return valueAt(item, operand.ifNotExists) ?? operandIn(item, operand.otherwise);
  if ('append' in operand) {
    const [left, right] = operand.append.map((part) => operandIn(item, part).L);
    if (!left || !right) throw invalid(WRONG_TYPE);
    return { L: [...left, ...right] };
  }
  const value = valueAt(item, operand.path);
  if (value === undefined) throw invalid('The provided expression refers to an attribute that does not exist in the item');
  return value;
}

function sumOf(there: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (there === undefined) return value;
  const type = typeOf(value);
  if (typeOf(there) !== type) throw invalid(WRONG_TYPE);
  if (type === 'SS' || type === 'NS' || type === 'BS') return { [type]: [...new Set([...(there[type] ?? []), ...(value[type] ?? [])])] };
  return numberSum(there.N ?? '0', value.N ?? '0');
}

function rest(there: AttributeValue | undefined, value: AttributeValue): AttributeValue | null | undefined {
  if (there === undefined) return undefined;
  const type = typeOf(value);
  if (typeOf(there) !== type) throw invalid(WRONG_TYPE);
  if (type !== 'SS' && type !== 'NS' && type !== 'BS') return there;
  const taken = new Set(value[type]);
  const left = (there[type] ?? []).filter((member) => !taken.has(member));
  // A set is never empty.
  return left.length === 0 ? null : { [type]: left };
}

export function copyItem(item: Item): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, copyValue(value)]));
}

function copyValue(value: AttributeValue): AttributeValue {
  if (value.M) return { M: copyItem(value.M) };
  return value.L ? { L: value.L.map(copyValue) } : value;
}

/** The map or list that holds the last segment. Null when the path leads nowhere. */
function holderOf(item: Item, path: DocumentPath): AttributeValue | null {
  const parent = path.slice(0, -1);
  return parent.length === 0 ? { M: item } : (valueAt(item, parent as unknown as DocumentPath) ?? null);
}

function assign(item: Item, path: DocumentPath, value: AttributeValue): void {
  const holder = holderOf(item, path);
  const last = path[path.length - 1] as string | number;
  // A copy: one value may be assigned in several places.
  if (typeof last === 'string' && holder?.M) holder.M[last] = copyValue(value);
  else if (typeof last === 'number' && holder?.L) holder.L[Math.min(last, holder.L.length)] = copyValue(value);
  else throw invalid(WRONG_PATH);
}

function remove(item: Item, path: DocumentPath): void {
  const holder = holderOf(item, path);
  const last = path[path.length - 1] as string | number;
  if (typeof last === 'string' && holder?.M) {
    if (attributeOf(holder.M, last)) delete holder.M[last];
  } else if (typeof last === 'number' && holder?.L) holder.L.splice(last, 1);
  else throw invalid(WRONG_PATH);
}

function laterFirst(a: DocumentPath, b: DocumentPath): number {
  const [left, right] = [a[a.length - 1], b[b.length - 1]];
  return typeof left === 'number' && typeof right === 'number' ? right - left : 0;
}
