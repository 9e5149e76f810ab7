// The functions of metric math. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list
import { MathError } from './tokens';
import { combine, type MathValue, mapSeries, scalar, type TimeSeries, typeName, withPoints } from './value';

export interface MathScope {
  /** All metrics of the request that are no expressions. */
  metrics: TimeSeries[];
  from: number;
  to: number;
}

type MathFunction = (args: MathValue[], scope: MathScope, name: string) => MathValue;

const numbers = (series: TimeSeries) => [...series.points.values()];

function wrong(name: string, args: MathValue[]): never {
  throw new MathError(`Unsupported operand type(s) for ${name}: '[${args.map(typeName).join(', ')}]'`);
}

/** Of a series a number, of several series a series: the aggregate of their values at each moment. */
function aggregate(compute: (values: number[]) => number): MathFunction {
  return (args, _scope, name) => {
    const [first] = args;
    if (first?.type === 'scalar') return first;
    if (first?.type === 'series') {
      const values = numbers(first.series);
      return values.length === 0 ? scalar(Number.NaN) : scalar(compute(values));
    }
    if (first?.type !== 'list') return wrong(name, args);
    const moments = new Map<number, number[]>();
    for (const { points } of first.items) {
      for (const [second, value] of points) {
        const known = moments.get(second);
        if (known) known.push(value);
        else moments.set(second, [value]);
      }
    }
    const points = [...moments].sort((a, b) => a[0] - b[0]).map(([second, values]): [number, number] => [second, compute(values)]);
    return { type: 'series', series: { points: new Map(points), periodSeconds: first.items[0]?.periodSeconds ?? 60, label: name, id: '' } };
  };
}

/** Each series by itself. */
function onSeries(
  compute: (series: TimeSeries, args: MathValue[], scope: MathScope) => TimeSeries,
  onNumber?: (value: number) => number,
): MathFunction {
  return (args, scope, name) => {
    const [first] = args;
    if (first?.type === 'series') return { type: 'series', series: compute(first.series, args, scope) };
    if (first?.type === 'list') return { type: 'list', items: first.items.map((item) => compute(item, args, scope)) };
    if (first?.type === 'scalar' && onNumber) return scalar(onNumber(first.value));
    return wrong(name, args);
  };
}

const each = (compute: (value: number) => number) => onSeries((series) => mapSeries(series, compute), compute);

/** The change from the point before, of value and of time. */
function differences(series: TimeSeries, compute: (change: number, seconds: number) => number): TimeSeries {
  const points: [number, number][] = [];
  let previous: [number, number] | null = null;
  for (const [second, value] of series.points) {
    if (previous) points.push([second, compute(value - previous[1], second - previous[0])]);
    previous = [second, value];
  }
  return withPoints(series, points);
}

function fill(series: TimeSeries, by: MathValue | undefined, { from, to }: MathScope): TimeSeries {
  const mode = by?.type === 'text' ? by.value.toUpperCase() : by?.type === 'scalar' ? by.value : null;
  if (mode === null) throw new MathError('FILL takes a number, REPEAT or LINEAR');
  const points: [number, number][] = [];
  const known = [...series.points];
  const first = Math.floor(from / series.periodSeconds) * series.periodSeconds;
  let i = -1;
  for (let second = first < from ? first + series.periodSeconds : first; second < to; second += series.periodSeconds) {
    while ((known[i + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= second) i++;
    const value = series.points.get(second);
    if (value !== undefined) points.push([second, value]);
    else if (typeof mode === 'number') points.push([second, mode]);
    else {
      const before = known[i];
      const after = known[i + 1];
      if (mode === 'REPEAT' && before) points.push([second, before[1]]);
      if (mode === 'LINEAR' && before && after) {
        points.push([second, before[1] + ((after[1] - before[1]) * (second - before[0])) / (after[0] - before[0])]);
      }
    }
  }
  return withPoints(series, points);
}

function choose([condition, yes, no]: MathValue[], name: string): MathValue {
  if (!condition || !yes) throw new MathError(`${name} takes a condition, a value and another value`);
  if (condition.type === 'scalar') return condition.value !== 0 ? yes : (no ?? scalar(Number.NaN));
  if (condition.type !== 'series') return wrong(name, [condition]);
  const at = (value: MathValue | undefined, second: number) => {
    if (!value) return undefined;
    return value.type === 'scalar' ? value.value : value.type === 'series' ? value.series.points.get(second) : wrong(name, [value]);
  };
  const points: [number, number][] = [];
  for (const [second, truth] of condition.series.points) {
    const value = at(truth !== 0 ? yes : no, second);
    if (value !== undefined && Number.isFinite(value)) points.push([second, value]);
  }
  return { type: 'series', series: withPoints(condition.series, points) };
}

const calendar = (part: (date: Date) => number) =>
  onSeries((series) => mapSeries(series, (_value, second) => part(new Date(second * 1000))));

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function numberAt(args: MathValue[], index: number, fallback: number): number {
  const value = args[index];
  return value?.type === 'scalar' ? value.value : fallback;
}

export const FUNCTIONS: Record<string, MathFunction> = {
  SUM: aggregate((values) => values.reduce((sum, value) => sum + value, 0)),
  AVG: aggregate(mean),
  MIN: aggregate((values) => values.reduce((least, value) => Math.min(least, value))),
  MAX: aggregate((values) => values.reduce((most, value) => Math.max(most, value))),
  STDDEV: aggregate((values) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))),
  DATAPOINT_COUNT: (args, _scope, name) =>
    args[0]?.type === 'series' ? scalar(args[0].series.points.size) : aggregate((values) => values.length)(args, _scope, name),
  METRIC_COUNT: ([first], _scope, name) => (first?.type === 'list' ? scalar(first.items.length) : wrong(name, first ? [first] : [])),
  METRICS: ([filter], { metrics }) => ({
    type: 'list',
    items: filter?.type === 'text' ? metrics.filter(({ id }) => id.includes(filter.value)) : metrics,
  }),
  ABS: each(Math.abs),
  CEIL: each(Math.ceil),
  FLOOR: each(Math.floor),
  LOG: each(Math.log),
  LOG10: each(Math.log10),
  RATE: onSeries((series) => differences(series, (change, seconds) => change / seconds)),
  DIFF: onSeries((series) => differences(series, (change) => change)),
  DIFF_TIME: onSeries((series) => differences(series, (_change, seconds) => seconds)),
  RUNNING_SUM: onSeries((series) => {
    let sum = 0;
    return mapSeries(series, (value) => {
      sum += value;
      return sum;
    });
  }),
  PERIOD: ([first], _scope, name) => (first?.type === 'series' ? scalar(first.series.periodSeconds) : wrong(name, first ? [first] : [])),
  FILL: onSeries((series, args, scope) => fill(series, args[1], scope)),
  IF: (args, _scope, name) => choose(args, name),
  TIME_SERIES: (args, { from, to, metrics }) => {
    const value = numberAt(args, 0, Number.NaN);
    const periodSeconds = metrics[0]?.periodSeconds ?? 60;
    const points: [number, number][] = [];
    for (let second = Math.floor(from / periodSeconds) * periodSeconds; second < to; second += periodSeconds) points.push([second, value]);
    return { type: 'series', series: { points: new Map(points), periodSeconds, label: 'TIME_SERIES', id: '' } };
  },
  FIRST: ([first], _scope, name) => pick(first, 0, name),
  LAST: ([first], _scope, name) => pick(first, -1, name),
  SLICE: (args, _scope, name) => {
    if (args[0]?.type !== 'list') return wrong(name, args);
    const items = args[0].items.slice(numberAt(args, 1, 0), numberAt(args, 2, args[0].items.length));
    return { type: 'list', items };
  },
  SORT: (args, _scope, name) => {
    const [list, by, direction] = args;
    if (list?.type !== 'list' || by?.type !== 'text' || direction?.type !== 'text') return wrong(name, args);
    const key = FUNCTIONS[by.value.toUpperCase()];
    if (!key) throw new MathError(`SORT cannot sort by ${by.value}`);
    const rank = (series: TimeSeries) => {
      const value = key([{ type: 'series', series }], { metrics: [], from: 0, to: 0 }, by.value);
      return value.type === 'scalar' && Number.isFinite(value.value) ? value.value : 0;
    };
    const sign = direction.value.toUpperCase() === 'DESC' ? -1 : 1;
    const items = [...list.items].sort((a, b) => sign * (rank(a) - rank(b)));
    return { type: 'list', items: items.slice(0, numberAt(args, 3, items.length)) };
  },
  REMOVE_EMPTY: (args, _scope, name) =>
    args[0]?.type === 'list' ? { type: 'list', items: args[0].items.filter(({ points }) => points.size > 0) } : wrong(name, args),
  MINUTE: calendar((date) => date.getUTCMinutes()),
  HOUR: calendar((date) => date.getUTCHours()),
  // Monday is 1.
  DAY: calendar((date) => date.getUTCDay() || 7),
  DATE: calendar((date) => date.getUTCDate()),
  MONTH: calendar((date) => date.getUTCMonth() + 1),
  YEAR: calendar((date) => date.getUTCFullYear()),
  EPOCH: calendar((date) => date.getTime() / 1000),
};

function pick(value: MathValue | undefined, index: 0 | -1, name: string): MathValue {
  if (value?.type === 'list') {
    const series = value.items.at(index);
    if (!series) throw new MathError(`${name} of an empty array`);
    return { type: 'series', series };
  }
  if (value?.type === 'series') return scalar(numbers(value.series).at(index) ?? Number.NaN);
  return wrong(name, value ? [value] : []);
}

const truth = (holds: boolean) => (holds ? 1 : 0);

const OPERATORS: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '==': (a, b) => truth(a === b),
  '!=': (a, b) => truth(a !== b),
  '<': (a, b) => truth(a < b),
  '<=': (a, b) => truth(a <= b),
  '>': (a, b) => truth(a > b),
  '>=': (a, b) => truth(a >= b),
  AND: (a, b) => truth(a !== 0 && b !== 0),
  OR: (a, b) => truth(a !== 0 || b !== 0),
};

export function operate(operator: string, left: MathValue, right: MathValue): MathValue {
  const compute = OPERATORS[operator === '&&' ? 'AND' : operator === '||' ? 'OR' : operator];
  if (!compute) throw new MathError(`Unknown operator ${operator}`);
  return combine(operator, left, right, compute);
}
