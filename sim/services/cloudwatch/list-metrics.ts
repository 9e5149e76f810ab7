// ListMetrics: what has been measured in the last two weeks. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { invalidValue } from './faults';
import { type Dimension, metricKey } from './series';
import type { CloudWatchState } from './state';

const PAGE = 500;
const LISTED_FOR_MS = 14 * 24 * 3_600_000;
const RECENTLY_MS = 3 * 3_600_000;

export function listMetrics(state: Readonly<CloudWatchState>, { input }: ApiCall, port: Port): Reply {
  const { Namespace, MetricName, Dimensions, RecentlyActive, NextToken } = input;
  const wanted = (Array.isArray(Dimensions) ? Dimensions : []) as unknown as { Name: string; Value?: string | null }[];
  const oldest = port.epochMs - (RecentlyActive === 'PT3H' ? RECENTLY_MS : LISTED_FOR_MS);
  const place = `${port.account}:${port.region}`;
  const metrics = new Map<string, JsonObject>();
  for (const series of state.series) {
    if (series.place !== place) continue;
    if (Namespace !== undefined && series.namespace !== Namespace) continue;
    if (MetricName !== undefined && series.metricName !== MetricName) continue;
    const lastAt =
      series.level === undefined ? series.lastAt : (state.levels.get(series.level.slice(series.level.indexOf(' ') + 1))?.lastAt ?? 0);
    if (lastAt < oldest) continue;
    for (const dimensions of series.dimensionSets) {
      if (!hasAll(dimensions, wanted)) continue;
      const key = metricKey(place, series.namespace, series.metricName, dimensions);
      metrics.set(key, {
        Namespace: series.namespace,
        MetricName: series.metricName,
        Dimensions: dimensions.map(({ Name, Value }) => ({ Name, Value })),
      });
    }
  }
  const keys = [...metrics.keys()].sort();
  const start = typeof NextToken === 'string' ? keys.indexOf(NextToken) : 0;
  if (start === -1) return invalidValue('The value for parameter NextToken is invalid.');
  const next = keys[start + PAGE];
  const page = keys.slice(start, start + PAGE).map((key) => metrics.get(key) as JsonObject);
  return { ok: { Metrics: page, ...(next === undefined ? {} : { NextToken: next }) } };
}

/** A filter without a value asks for the name alone. */
function hasAll(dimensions: readonly Dimension[], wanted: readonly { Name: string; Value?: string | null }[]): boolean {
  return wanted.every((want) =>
    dimensions.some(({ Name, Value }) => Name === want.Name && (want.Value === undefined || want.Value === null || Value === want.Value)),
  );
}
