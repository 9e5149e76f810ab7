// The aggregates of `stats`. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html
import { compare, evaluate } from './evaluate';
import type { Expression } from './expression';
import { numberOf, textOf } from './functions';
import type { Row, Value } from './row';

type Aggregate = (values: Value[], rows: Row[], args: Expression[]) => Value;

const numbersIn = (values: Value[]) => values.map(numberOf).filter((number): number is number => number !== null);
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

function percentile(numbers: number[], p: number): number | null {
  if (numbers.length === 0) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? null;
}

function deviation(numbers: number[]): number | null {
  if (numbers.length === 0) return null;
  const mean = sum(numbers) / numbers.length;
  return Math.sqrt(sum(numbers.map((number) => (number - mean) ** 2)) / numbers.length);
}

const byTime = (rows: Row[], values: Value[], side: 1 | -1): Value => {
  let best = -1;
  rows.forEach((row, i) => {
    if (values[i] === null) return;
    const isBetter = best === -1 || side * (Number(row.get('@timestamp')) - Number((rows[best] as Row).get('@timestamp'))) > 0;
    if (isBetter) best = i;
  });
  return best === -1 ? null : (values[best] ?? null);
};

const bySort = (values: Value[], side: 1 | -1): Value =>
  values.filter((value) => value !== null).sort((a, b) => side * compare(a, b))[0] ?? null;

export const AGGREGATES: Record<string, Aggregate> = {
  count: (values, rows, args) =>
    args.length === 0 || (args[0]?.kind === 'field' && args[0].name === '*')
      ? rows.length
      : values.filter((value) => value !== null).length,
  count_distinct: (values) => new Set(values.filter((value) => value !== null).map(textOf)).size,
  sum: (values) => sum(numbersIn(values)),
  avg: (values) => {
    const numbers = numbersIn(values);
    return numbers.length === 0 ? null : sum(numbers) / numbers.length;
  },
  min: (values) => bySort(values, 1),
  max: (values) => bySort(values, -1),
  median: (values) => percentile(numbersIn(values), 50),
  pct: (values, rows, [, p]) => percentile(numbersIn(values), p && rows[0] ? (numberOf(evaluate(p, rows[0])) ?? 50) : 50),
  percentile: (values, rows, args) => AGGREGATES.pct?.(values, rows, args) ?? null,
  stddev: (values) => deviation(numbersIn(values)),
  earliest: (values, rows) => byTime(rows, values, -1),
  latest: (values, rows) => byTime(rows, values, 1),
  sortsfirst: (values) => bySort(values, 1),
  sortslast: (values) => bySort(values, -1),
};

/** True when the expression holds an aggregate. */
export function isAggregate(expression: Expression): boolean {
  switch (expression.kind) {
    case 'call':
      return expression.name.toLowerCase() in AGGREGATES || expression.args.some(isAggregate);
    case 'binary':
      return isAggregate(expression.left) || isAggregate(expression.right);
    case 'unary':
      return isAggregate(expression.inner);
    default:
      return false;
  }
}

/** An expression over a group of rows: each aggregate in it becomes its value. */
export function aggregate(expression: Expression, rows: Row[]): Value {
  if (expression.kind === 'call') {
    const compute = AGGREGATES[expression.name.toLowerCase()];
    if (compute) {
      const [first] = expression.args;
      const values = first ? rows.map((row) => evaluate(first, row)) : [];
      return compute(values, rows, expression.args);
    }
  }
  const settled = settle(expression, rows);
  return rows[0] ? evaluate(settled, rows[0]) : null;
}

function settle(expression: Expression, rows: Row[]): Expression {
  if (!isAggregate(expression)) return expression;
  if (expression.kind === 'binary') {
    return { ...expression, left: settle(expression.left, rows), right: settle(expression.right, rows) };
  }
  if (expression.kind === 'unary') return { ...expression, inner: settle(expression.inner, rows) };
  if (expression.kind === 'call' && !(expression.name.toLowerCase() in AGGREGATES)) {
    return { ...expression, args: expression.args.map((arg) => settle(arg, rows)) };
  }
  const value = aggregate(expression, rows);
  return value === null ? { kind: 'field', name: '' } : { kind: 'value', value: typeof value === 'boolean' ? Number(value) : value };
}
