// AWS/Logs, and the metrics that metric filters make. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
import type { JsonObject } from '../../../kernel/json';
import { count, type Metric, measure, type Observer, placeOfArn } from '../observation';
import { addValue, type Dimension, metricKey } from '../series';
import { openSeries } from '../state';

const namespace = 'AWS/Logs';

const INCOMING: Metric[] = [
  { name: 'IncomingLogEvents', unit: 'None' },
  { name: 'IncomingBytes', unit: 'Bytes' },
];
const FORWARDED: Metric[] = [{ name: 'ForwardedLogEvents', unit: 'None' }];
const DELIVERY_ERRORS: Metric[] = [count('DeliveryErrors')];
const DELIVERY_THROTTLING: Metric[] = [count('DeliveryThrottling')];

interface EmbeddedMetric {
  namespace: string;
  metricName: string;
  unit: string;
  timestamp: number;
  seconds: number;
  values: number[];
  dimensionSets: Dimension[][];
}

export const observeLogs: Observer = (state, { type, resource, data }, epochMs) => {
  const place = placeOfArn(resource);
  if (type === 'logs:MetricFilterMatched') {
    const { metricName, metricNamespace, unit, points } = data as unknown as {
      metricName: string;
      metricNamespace: string;
      unit: string | null;
      points: { timestamp: number; value: number; dimensions?: Record<string, string> }[];
    };
    for (const { timestamp, value, dimensions = {} } of points) {
      const set: Dimension[] = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
      const head = { place, namespace: metricNamespace, metricName, unit: unit ?? 'None', dimensionSets: [set] };
      const known = state.byMetric.get(metricKey(place, metricNamespace, metricName, set));
      addValue(known?.find((series) => series.unit === head.unit) ?? openSeries(state, head), value, timestamp);
    }
    return;
  }
  if (type === 'logs:EmbeddedMetricsFound') {
    for (const { namespace: ns, metricName, unit, timestamp, seconds, values, dimensionSets } of data.data as unknown as EmbeddedMetric[]) {
      for (const set of dimensionSets) {
        const known = state.byMetric.get(metricKey(place, ns, metricName, set))?.find((series) => series.unit === unit);
        const series = known ?? openSeries(state, { place, namespace: ns, metricName, unit, dimensionSets: [set] });
        for (const value of values) addValue(series, value, timestamp, 1, seconds);
      }
    }
    return;
  }
  const name: Dimension = { Name: 'LogGroupName', Value: resource.slice(resource.indexOf(':log-group:') + 11) };
  const subject = { namespace, key: resource, place, dimensionSets: () => [[], [name]] };
  if (type === 'logs:LogEventsPut') {
    const events = data.logEvents as JsonObject[];
    let bytes = 0;
    for (const { message } of events) bytes += (message as string).length;
    const [counted, sized] = [events.length, bytes];
    measure(state, subject, 'incoming', INCOMING, [counted, sized], epochMs);
    return;
  }
  const isForwarding = type === 'logs:SubscriptionMatched';
  if (!isForwarding && type !== 'logs:SubscriptionDropped' && type !== 'logs:SubscriptionRetryScheduled') return;
  const filter: Dimension = { Name: 'FilterName', Value: String(data.filterName ?? '') };
  const ofFilter = { ...subject, key: `${resource} ${filter.Value}`, dimensionSets: () => [[name], [name, filter]] };
  const metrics = isForwarding ? FORWARDED : type === 'logs:SubscriptionDropped' ? DELIVERY_ERRORS : DELIVERY_THROTTLING;
  measure(state, ofFilter, type, metrics, [isForwarding ? (data.events as number) : 1], epochMs);
};
