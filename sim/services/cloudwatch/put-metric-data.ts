// PutMetricData: measurements of the caller's own. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Fact } from '../../kernel/fact';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { invalidCombination, invalidValue, missing } from './faults';
import { dimensionsIn } from './read';
import { addSet, addValue, metricKey, type StatisticSet } from './series';
import { type CloudWatchState, openSeries } from './state';

const DATA_MAX = 1000;
const VALUES_MAX = 150;
const PAST_MS = 14 * 24 * 3_600_000;
const FUTURE_MS = 2 * 3_600_000;
/** Values from 2^-360 to 2^360. */
const VALUE_MAX = 2 ** 360;

export function putMetricData({ input, resource }: ApiCall, port: Port): Reply {
  const { Namespace: namespace, MetricData, EntityMetricData } = input;
  if (typeof namespace !== 'string' || namespace === '') return missing('Namespace');
  if (namespace.startsWith('AWS/')) return invalidValue('The value AWS/ for parameter Namespace is invalid.');
  const ofEntities = (Array.isArray(EntityMetricData) ? EntityMetricData : []).flatMap(
    (entry) => ((entry as JsonObject).MetricData ?? []) as Json[],
  );
  const given = [...(Array.isArray(MetricData) ? MetricData : []), ...ofEntities] as JsonObject[];
  if (given.length === 0) return missing('MetricData');
  if (given.length > DATA_MAX) {
    return invalidValue(`The collection MetricData must not have a size greater than ${DATA_MAX}.`);
  }
  const data: JsonObject[] = [];
  for (const [i, datum] of given.entries()) {
    const at = `MetricData.member.${i + 1}`;
    const refusal = checkDatum(datum, at, port);
    if (refusal) return refusal;
    data.push({ ...datum, Timestamp: typeof datum.Timestamp === 'number' ? datum.Timestamp : port.epochMs / 1000 });
  }
  port.emit('cloudwatch:MetricDataPut', resource, { place: `${port.account}:${port.region}`, namespace, data });
  return { ok: {} };
}

function checkDatum(datum: JsonObject, at: string, port: Port): Reply | null {
  const { MetricName, Value, Values, Counts, StatisticValues, Timestamp, StorageResolution, Dimensions } = datum;
  if (typeof MetricName !== 'string' || MetricName === '') return missing(`${at}.MetricName`);
  for (const [i, { Name, Value: value }] of ((Dimensions ?? []) as JsonObject[]).entries()) {
    if (!Name) return missing(`${at}.Dimensions.member.${i + 1}.Name`);
    if (!value) return missing(`${at}.Dimensions.member.${i + 1}.Value`);
  }
  const forms = (['Value', 'Values', 'StatisticValues'] as const).filter((name) => datum[name] !== undefined && datum[name] !== null);
  if (forms.length === 0) return missing(`${at}.Value`);
  if (forms.length > 1) {
    const [first, second] = forms.map((name) => `${at}.${name}`);
    return invalidCombination(`The parameters ${first} and ${second} are mutually exclusive and you have specified both.`);
  }
  const numbers = Array.isArray(Values) ? Values : Value !== undefined ? [Value] : Object.values((StatisticValues ?? {}) as JsonObject);
  for (const number of numbers) {
    const isNumber = typeof number === 'number' && Number.isFinite(number) && Math.abs(number) <= VALUE_MAX;
    if (!isNumber) return invalidValue(`The value ${number} for parameter ${at}.${forms[0]} is invalid.`);
  }
  if (Array.isArray(Values) && Values.length > VALUES_MAX) {
    return invalidValue(`The collection ${at}.Values must not have a size greater than ${VALUES_MAX}.`);
  }
  if (Counts !== undefined && Counts !== null) {
    if (!Array.isArray(Values) || !Array.isArray(Counts) || Counts.length !== Values.length) {
      return invalidValue(`The parameters ${at}.Values and ${at}.Counts must be of the same size.`);
    }
  }
  if (StatisticValues) {
    for (const name of ['SampleCount', 'Sum', 'Minimum', 'Maximum']) {
      if (typeof (StatisticValues as JsonObject)[name] !== 'number') return missing(`${at}.StatisticValues.${name}`);
    }
  }
  if (StorageResolution !== undefined && StorageResolution !== null && StorageResolution !== 1 && StorageResolution !== 60) {
    return invalidValue(`The value ${StorageResolution} for parameter ${at}.StorageResolution is invalid.`);
  }
  if (typeof Timestamp === 'number') {
    const ageMs = port.epochMs - Timestamp * 1000;
    if (ageMs > PAST_MS || -ageMs > FUTURE_MS) {
      return invalidValue(`The parameter ${at}.Timestamp must be at most two weeks old and at most two hours ahead.`);
    }
  }
  return null;
}

export function applyMetricData(state: CloudWatchState, { data }: Fact): void {
  const { place, namespace } = data as { place: string; namespace: string };
  for (const datum of data.data as JsonObject[]) {
    const metricName = datum.MetricName as string;
    const unit = (datum.Unit ?? 'None') as string;
    const dimensions = dimensionsIn(datum.Dimensions);
    const known = state.byMetric.get(metricKey(place, namespace, metricName, dimensions))?.find((one) => one.unit === unit);
    const series = known ?? openSeries(state, { place, namespace, metricName, unit, dimensionSets: [dimensions] });
    const epochMs = (datum.Timestamp as number) * 1000;
    const seconds = datum.StorageResolution === 1 ? 1 : 60;
    if (datum.StatisticValues) addSet(series, datum.StatisticValues as unknown as StatisticSet, epochMs, seconds);
    else if (Array.isArray(datum.Values)) {
      const counts = Array.isArray(datum.Counts) ? datum.Counts : [];
      datum.Values.forEach((value, i) => {
        addValue(series, value as number, epochMs, (counts[i] ?? 1) as number, seconds);
      });
    } else addValue(series, datum.Value as number, epochMs, 1, seconds);
  }
}
