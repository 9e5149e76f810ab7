// Measurements of a metric in periods. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
import type { Port } from '../../kernel/service';
import { type LevelName, levelValues } from './levels';
import { type Bucket, type Dimension, emptyBucket, merge, metricKey, type Series } from './series';
import type { CloudWatchState } from './state';

export interface MetricName {
  Namespace: string;
  MetricName: string;
  Dimensions: Dimension[];
}

export interface Range {
  /** Unix seconds; the end is not part of it. */
  from: number;
  to: number;
  periodSeconds: number;
}

export function findSeries(
  state: Readonly<CloudWatchState>,
  metric: MetricName,
  unit: string | null,
  port: Pick<Port, 'account' | 'region'>,
): Series[] {
  const place = `${port.account}:${port.region}`;
  const found = state.byMetric.get(metricKey(place, metric.Namespace, metric.MetricName, metric.Dimensions)) ?? [];
  return unit === null ? found : found.filter((series) => series.unit === unit);
}

/** By the second at which the period begins; periods are counted from the beginning of the range. */
export function readPeriods(state: Readonly<CloudWatchState>, series: readonly Series[], range: Range, nowMs: number): Map<number, Bucket> {
  const { from, periodSeconds } = range;
  const periods = new Map<number, Bucket>();
  const add = (second: number, bucket: Bucket) => {
    const start = from + Math.floor((second - from) / periodSeconds) * periodSeconds;
    let period = periods.get(start);
    if (!period) {
      period = emptyBucket();
      periods.set(start, period);
    }
    merge(period, bucket);
  };
  for (const one of series) eachBucket(state, one, range, nowMs, add);
  return new Map([...periods].sort((a, b) => a[0] - b[0]));
}

function eachBucket(
  state: Readonly<CloudWatchState>,
  series: Series,
  { from, to }: Range,
  nowMs: number,
  visit: (second: number, bucket: Bucket) => void,
): void {
  if (series.level !== undefined) {
    const space = series.level.indexOf(' ');
    const level = state.levels.get(series.level.slice(space + 1));
    if (!level) return;
    for (const [second, value] of levelValues(level, series.level.slice(0, space) as LevelName, from, to, nowMs)) {
      if (second >= from) visit(second, { count: 1, sum: value, min: value, max: value, values: new Map([[value, 1]]) });
    }
    return;
  }
  // A short look back at a long series asks for its minutes one by one.
  const first = Math.ceil(from / 60) * 60;
  if (!series.hasSeconds && (to - first) / 60 < series.buckets.size) {
    for (let second = first; second < to; second += 60) {
      const bucket = series.buckets.get(second);
      if (bucket) visit(second, bucket);
    }
    return;
  }
  for (const [second, bucket] of series.buckets) if (second >= from && second < to) visit(second, bucket);
}

export function dimensionsIn(value: unknown): Dimension[] {
  return Array.isArray(value) ? (value as Dimension[]).map(({ Name, Value }) => ({ Name: String(Name), Value: String(Value) })) : [];
}
