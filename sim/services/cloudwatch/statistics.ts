// The statistics of a bucket: sums and extremes, percentiles, trimmed and winsorized means.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
import type { Bucket } from './series';

type Statistic = (bucket: Bucket) => number | null;

const SIMPLE: Record<string, Statistic> = {
  SampleCount: ({ count }) => count,
  Average: ({ sum, count }) => (count > 0 ? sum / count : null),
  Sum: ({ sum }) => sum,
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
};

const kept = new Map<string, Statistic | null>();

/** Null when there is no statistic of that name. */
export function parseStatistic(name: string): Statistic | null {
  let statistic = kept.get(name);
  if (statistic === undefined) {
    statistic = SIMPLE[name] ?? parseExtended(name);
    if (kept.size > 500) kept.clear();
    kept.set(name, statistic);
  }
  return statistic;
}

export const isSimple = (name: string): boolean => name in SIMPLE;

function parseExtended(name: string): Statistic | null {
  if (name === 'IQM') return trimmed('tm', percentRange(25, 75));
  const [, kind = '', number] = /^(p|tm|wm|tc|ts)(\d{1,3}(?:\.\d{1,10})?)$/i.exec(name) ?? [];
  if (number !== undefined) {
    const p = Number(number);
    if (p > 100) return null;
    const lower = kind.toLowerCase();
    return lower === 'p' ? (bucket) => percentile(bucket, p) : trimmed(lower, percentRange(0, p));
  }
  const found = /^(tm|wm|tc|ts|pr)\((-?[\d.]*)(%?):(-?[\d.]*)(%?)\)$/i.exec(name);
  if (!found) return null;
  const [, family = '', low = '', lowPercent, high = '', highPercent] = found;
  const isPercent = lowPercent === '%' || highPercent === '%';
  const lower = family.toLowerCase();
  if (lower === 'pr') {
    if (isPercent) return null;
    return (bucket) =>
      rank(bucket, low === '' ? Number.NEGATIVE_INFINITY : Number(low), high === '' ? Number.POSITIVE_INFINITY : Number(high));
  }
  if (isPercent) return trimmed(lower, percentRange(low === '' ? 0 : Number(low), high === '' ? 100 : Number(high)));
  const from = low === '' ? Number.NEGATIVE_INFINITY : Number(low);
  const to = high === '' ? Number.POSITIVE_INFINITY : Number(high);
  return trimmed(lower, () => [from, to]);
}

function sorted({ values }: Bucket): [value: number, count: number][] | null {
  return values && values.size > 0 ? [...values].sort((a, b) => a[0] - b[0]) : null;
}

/** The nearest rank: the smallest value that at least p percent of the samples do not exceed. */
function percentile(bucket: Bucket, p: number): number | null {
  const values = sorted(bucket);
  if (!values) return null;
  const rankWanted = Math.max(Number.MIN_VALUE, (p / 100) * bucket.count);
  let seen = 0;
  for (const [value, count] of values) {
    seen += count;
    if (seen >= rankWanted - 1e-9) return value;
  }
  return values[values.length - 1]?.[0] ?? null;
}

type Range = (bucket: Bucket) => [from: number, to: number];

/** From just above one percentile to another. */
function percentRange(low: number, high: number): Range {
  return (bucket) => [low <= 0 ? Number.NEGATIVE_INFINITY : (percentile(bucket, low) ?? 0), percentile(bucket, high) ?? 0];
}

function trimmed(kind: string, rangeOf: Range): Statistic {
  return (bucket) => {
    const values = sorted(bucket);
    if (!values) return null;
    const [from, to] = rangeOf(bucket);
    let count = 0;
    let sum = 0;
    for (const [value, times] of values) {
      if (kind === 'wm') {
        // Outliers count as the value at the edge.
        const edge = value < from ? from : value > to ? to : value;
        count += times;
        sum += edge * times;
      } else if (value >= from && value <= to) {
        count += times;
        sum += value * times;
      }
    }
    if (kind === 'tc') return count;
    if (kind === 'ts') return sum;
    return count > 0 ? sum / count : null;
  };
}

function rank(bucket: Bucket, from: number, to: number): number | null {
  const values = sorted(bucket);
  if (!values) return null;
  let inside = 0;
  for (const [value, count] of values) if (value >= from && value <= to) inside += count;
  return (inside / bucket.count) * 100;
}
