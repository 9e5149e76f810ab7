// A series of measurements: what was measured, under which dimensions it counts, and its data by minute or by second.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html

export interface Dimension {
  Name: string;
  Value: string;
}

/** What came in within one minute, or one second of a high-resolution metric. */
export interface Bucket {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** How often each value came; null when a statistic set hides them. */
  values: Map<number, number> | null;
}

export interface Series {
  /** `account:region` */
  place: string;
  namespace: string;
  metricName: string;
  unit: string;
  /** One measurement may count for a function, for its alias, and for all functions of the account. */
  dimensionSets: Dimension[][];
  /** By Unix second at which the bucket begins. */
  buckets: Map<number, Bucket>;
  /** Some of its buckets are of one second. */
  hasSeconds: boolean;
  /** Unix milliseconds of the latest measurement. */
  lastAt: number;
  /** A quantity that stands until it changes, such as the length of a queue, is read from its changes: a key of `levels`. */
  level?: string;
}

export function createSeries(head: Pick<Series, 'place' | 'namespace' | 'metricName' | 'unit' | 'dimensionSets'>): Series {
  return { ...head, buckets: new Map(), hasSeconds: false, lastAt: 0 };
}

export function addValue(series: Series, value: number, epochMs: number, count = 1, seconds = 60): void {
  const bucket = bucketAt(series, epochMs, seconds);
  bucket.count += count;
  bucket.sum += value * count;
  if (value < bucket.min) bucket.min = value;
  if (value > bucket.max) bucket.max = value;
  bucket.values?.set(value, (bucket.values.get(value) ?? 0) + count);
}

export interface StatisticSet {
  SampleCount: number;
  Sum: number;
  Minimum: number;
  Maximum: number;
}

/** A set keeps its percentiles only when all its values are the same. */
export function addSet(series: Series, { SampleCount, Sum, Minimum, Maximum }: StatisticSet, epochMs: number, seconds = 60): void {
  if (Minimum === Maximum || SampleCount === 1) {
    addValue(series, SampleCount === 0 ? Minimum : Sum / SampleCount, epochMs, SampleCount, seconds);
    return;
  }
  const bucket = bucketAt(series, epochMs, seconds);
  merge(bucket, { count: SampleCount, sum: Sum, min: Minimum, max: Maximum, values: null });
}

function bucketAt(series: Series, epochMs: number, seconds: number): Bucket {
  if (epochMs > series.lastAt) series.lastAt = epochMs;
  if (seconds < 60) series.hasSeconds = true;
  const start = Math.floor(epochMs / (seconds * 1000)) * seconds;
  let bucket = series.buckets.get(start);
  if (!bucket) {
    bucket = emptyBucket();
    series.buckets.set(start, bucket);
  }
  return bucket;
}

export function emptyBucket(): Bucket {
  return { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, values: new Map() };
}

export function merge(into: Bucket, from: Bucket): void {
  into.count += from.count;
  into.sum += from.sum;
  into.min = Math.min(into.min, from.min);
  into.max = Math.max(into.max, from.max);
  if (!from.values) into.values = null;
  else if (into.values) for (const [value, count] of from.values) into.values.set(value, (into.values.get(value) ?? 0) + count);
}

/** Dimensions as a key: their order does not matter. */
export function dimensionsKey(dimensions: readonly Dimension[]): string {
  if (dimensions.length === 0) return '';
  return dimensions
    .map(({ Name, Value }) => `${Name}=${Value}`)
    .sort()
    .join('\u0000');
}

export function metricKey(place: string, namespace: string, metricName: string, dimensions: readonly Dimension[]): string {
  return `${place}|${namespace}|${metricName}|${dimensionsKey(dimensions)}`;
}
