// The value of an expression for a row. What is not there is null, and a comparison with it does not hold.
import type { Expression } from './expression';
import { ceilTo, FUNCTIONS, floorTo, numberOf, textOf } from './functions';
import type { Row, Value } from './row';

export function evaluate(expression: Expression, row: Row): Value {
  switch (expression.kind) {
    case 'field':
      return row.get(expression.name);
    case 'value':
      return expression.value;
    case 'duration':
      return expression.ms;
    case 'regex':
      return expression.regex.source;
    case 'unary': {
      const inner = evaluate(expression.inner, row);
      if (expression.operator === 'not') return !isTrue(inner);
      const number = numberOf(inner);
      return number === null ? null : -number;
    }
    case 'in': {
      const left = evaluate(expression.left, row);
      return left !== null && expression.items.some((item) => compare(left, evaluate(item, row)) === 0);
    }
    case 'call':
      return call(expression.name, expression.args, row);
    case 'binary':
      return binary(expression.operator, expression.left, expression.right, row);
  }
}

export function isTrue(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== '' && value !== '0';
}

/** Numbers in the order of numbers, everything else as text. NaN when one is missing. */
export function compare(a: Value, b: Value): number {
  if (a === null || b === null) return Number.NaN;
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== null && y !== null) return x - y;
  const [s, t] = [textOf(a), textOf(b)];
  return s < t ? -1 : s > t ? 1 : 0;
}

function binary(operator: string, left: Expression, right: Expression, row: Row): Value {
  if (operator === 'and') return isTrue(evaluate(left, row)) && isTrue(evaluate(right, row));
  if (operator === 'or') return isTrue(evaluate(left, row)) || isTrue(evaluate(right, row));
  const a = evaluate(left, row);
  if (operator === 'like') {
    if (a === null) return false;
    if (right.kind === 'regex') return right.regex.test(textOf(a));
    return textOf(a).includes(textOf(evaluate(right, row)));
  }
  const b = evaluate(right, row);
  switch (operator) {
    case '=':
      return compare(a, b) === 0;
    case '!=':
      return a === null && b === null ? false : compare(a, b) !== 0;
    case '<':
      return compare(a, b) < 0;
    case '<=':
      return compare(a, b) <= 0;
    case '>':
      return compare(a, b) > 0;
    case '>=':
      return compare(a, b) >= 0;
    default:
      return arithmetic(operator, numberOf(a), numberOf(b));
  }
}

function arithmetic(operator: string, a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null;
  const results: Record<string, number> = { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '%': a % b, '^': a ** b };
  const result = results[operator] ?? Number.NaN;
  return Number.isFinite(result) ? result : null;
}

function call(name: string, args: Expression[], row: Row): Value {
  const lower = name.toLowerCase();
  const [first, second] = args;
  if (lower === 'bin' && first?.kind === 'duration') return floorTo(Number(row.get('@timestamp') ?? 0), first);
  if ((lower === 'datefloor' || lower === 'dateceil') && first && second?.kind === 'duration') {
    const at = numberOf(evaluate(first, row));
    return at === null ? null : lower === 'datefloor' ? floorTo(at, second) : ceilTo(at, second);
  }
  return FUNCTIONS[lower]?.(args.map((arg) => evaluate(arg, row))) ?? null;
}
