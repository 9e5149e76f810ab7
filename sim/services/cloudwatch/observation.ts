// How the facts of a service become measurements: a table of what each type of fact measures, one for each namespace.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
import { parseArn } from '../../kernel/arn';
import type { Fact } from '../../kernel/fact';
import { addValue, type Dimension, type Series } from './series';
import { type CloudWatchState, openSeries } from './state';

export interface Metric {
  name: string;
  unit: string;
}

/** `key`: of what the measurements are; the same key has the same dimension sets. */
export interface Subject {
  namespace: string;
  key: string;
  place: string;
  dimensionSets: () => Dimension[][];
}

export type Observer = (state: CloudWatchState, fact: Fact, epochMs: number) => void;

export const count = (name: string): Metric => ({ name, unit: 'Count' });

/** The series of some metrics of one subject: found at once after the first time. */
export function seriesOf(state: CloudWatchState, subject: Subject, group: string, metrics: readonly Metric[]): Series[] {
  const key = `${group} ${subject.key}`;
  let series = state.observed.get(key);
  if (!series) {
    const { namespace, place } = subject;
    const dimensionSets = subject.dimensionSets();
    series = metrics.map(({ name, unit }) => openSeries(state, { place, namespace, metricName: name, unit, dimensionSets }));
    state.observed.set(key, series);
  }
  return series;
}

/** One value for each of the metrics. */
export function measure(
  state: CloudWatchState,
  subject: Subject,
  group: string,
  metrics: readonly Metric[],
  values: readonly number[],
  epochMs: number,
): void {
  const series = seriesOf(state, subject, group, metrics);
  for (let i = 0; i < values.length; i++) addValue(series[i] as Series, values[i] as number, epochMs);
}

/** Facts are far more than resources: each ARN is taken apart once. */
const PLACES_MAX = 10_000;
const places = new Map<string, string>();

/** Account and Region of a resource as series name them. */
export function placeOfArn(arn: string): string {
  let place = places.get(arn);
  if (place === undefined) {
    const parts = parseArn(arn);
    place = `${parts?.account ?? ''}:${parts?.region ?? ''}`;
    if (places.size >= PLACES_MAX) places.clear();
    places.set(arn, place);
  }
  return place;
}

export const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
