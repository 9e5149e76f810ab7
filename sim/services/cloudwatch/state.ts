// What CloudWatch keeps: series of measurements, alarms and their history. A fold of its own facts and of those of other services.
import type { Arn } from '../../kernel/arn';
import type { Alarm, HistoryItem } from './alarms/alarm';
import type { Level } from './levels';
import { createSeries, metricKey, type Series } from './series';

/** A function's invocation that waits in Lambda's queue, and environments at work: what Lambda's metrics count. */
export interface LambdaCounts {
  /** When events were queued, by request id: Unix milliseconds. */
  queuedAt: Map<string, number>;
  /** Environments at work by function, and by account and Region. */
  busy: Map<string, number>;
  /** Functions with reserved concurrency, and how much. */
  reserved: Map<Arn, number>;
  /** Mappings that ask for metrics. */
  measuredMappings: Set<Arn>;
  /** Provisioned environments by `function qualifier`: wanted and at work. */
  provisioned: Map<string, { wanted: number; busy: number }>;
}

export interface CloudWatchState {
  /** In the order of their first measurement. */
  series: Series[];
  /** Series by place, namespace, name and one of their dimension sets. */
  byMetric: Map<string, Series[]>;
  /** Series of observed facts by what they are of, so that a fact finds its series at once. */
  observed: Map<string, Series[]>;
  /** Queues by ARN. */
  levels: Map<Arn, Level>;
  lambda: LambdaCounts;
  /** When events were put that are on their way to a target, by invocation: Unix milliseconds. */
  ingestedAt: Map<string, number>;
  alarms: Record<Arn, Alarm>;
  history: HistoryItem[];
  tags: Record<Arn, Record<string, string>>;
}

export function initialState(): CloudWatchState {
  return {
    series: [],
    byMetric: new Map(),
    observed: new Map(),
    levels: new Map(),
    lambda: { queuedAt: new Map(), busy: new Map(), reserved: new Map(), measuredMappings: new Set(), provisioned: new Map() },
    ingestedAt: new Map(),
    alarms: {},
    history: [],
    tags: {},
  };
}

/** A new series, found from now on under each of its dimension sets. */
export function openSeries(state: CloudWatchState, head: Parameters<typeof createSeries>[0], level?: string): Series {
  const series: Series = { ...createSeries(head), ...(level === undefined ? {} : { level }) };
  state.series.push(series);
  for (const dimensions of head.dimensionSets) {
    const key = metricKey(head.place, head.namespace, head.metricName, dimensions);
    const known = state.byMetric.get(key);
    if (known) known.push(series);
    else state.byMetric.set(key, [series]);
  }
  return series;
}
