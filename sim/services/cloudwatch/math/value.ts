// What metric math computes with: a number, a time series, or several series.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax
import { MathError } from './tokens';

/** Values by Unix second, in order of time. */
export interface TimeSeries {
  points: Map<number, number>;
  periodSeconds: number;
  label: string;
  /** The id of the query that it comes from. */
  id: string;
}

export type MathValue =
  | { type: 'scalar'; value: number }
  | { type: 'text'; value: string }
  | { type: 'series'; series: TimeSeries }
  | { type: 'list'; items: TimeSeries[] };

export const scalar = (value: number): MathValue => ({ type: 'scalar', value });

export function withPoints(series: TimeSeries, points: Iterable<[number, number]>): TimeSeries {
  return { ...series, points: new Map(points) };
}

export function mapSeries(series: TimeSeries, compute: (value: number, second: number) => number): TimeSeries {
  const points: [number, number][] = [];
  for (const [second, value] of series.points) {
    const result = compute(value, second);
    if (Number.isFinite(result)) points.push([second, result]);
  }
  return withPoints(series, points);
}

const TYPE_NAMES = { scalar: 'Scalar', text: 'String', series: 'TimeSeries', list: 'Array[TimeSeries]' } as const;

export const typeName = (value: MathValue): string => TYPE_NAMES[value.type];

/** An operator over numbers, applied where both sides have a value. Two lists go pairwise. */
export function combine(operator: string, left: MathValue, right: MathValue, compute: (a: number, b: number) => number): MathValue {
  if (left.type === 'scalar' && right.type === 'scalar') return scalar(compute(left.value, right.value));
  if (left.type === 'series' && right.type === 'scalar')
    return { type: 'series', series: mapSeries(left.series, (a) => compute(a, right.value)) };
  if (left.type === 'scalar' && right.type === 'series')
    return { type: 'series', series: mapSeries(right.series, (b) => compute(left.value, b)) };
  if (left.type === 'series' && right.type === 'series') return { type: 'series', series: pair(left.series, right.series, compute) };
  if (left.type === 'list' && right.type === 'list') {
    if (left.items.length !== right.items.length) throw new MathError(`The arrays of ${operator} must have the same length`);
    return { type: 'list', items: left.items.map((item, i) => pair(item, right.items[i] ?? item, compute)) };
  }
  if (left.type === 'list' && right.type !== 'text' && right.type !== 'list') {
    return { type: 'list', items: left.items.map((item) => only(combine(operator, { type: 'series', series: item }, right, compute))) };
  }
  if (right.type === 'list' && left.type !== 'text' && left.type !== 'list') {
    return { type: 'list', items: right.items.map((item) => only(combine(operator, left, { type: 'series', series: item }, compute))) };
  }
  throw new MathError(`Unsupported operand type(s) for ${operator}: '[${typeName(left)}, ${typeName(right)}]'`);
}

const only = (value: MathValue): TimeSeries => {
  if (value.type !== 'series') throw new MathError(`Unsupported operand type '${typeName(value)}'`);
  return value.series;
};

function pair(left: TimeSeries, right: TimeSeries, compute: (a: number, b: number) => number): TimeSeries {
  const points: [number, number][] = [];
  for (const [second, a] of left.points) {
    const b = right.points.get(second);
    if (b === undefined) continue;
    const result = compute(a, b);
    if (Number.isFinite(result)) points.push([second, result]);
  }
  return withPoints(left, points);
}
