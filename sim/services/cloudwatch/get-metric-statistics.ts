// GetMetricStatistics. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { invalidCombination, invalidValue, missing } from './faults';
import { dimensionsIn, findSeries, readPeriods } from './read';
import type { CloudWatchState } from './state';
import { isSimple, parseStatistic } from './statistics';

const DATAPOINTS_MAX = 1440;
const HIGH_RESOLUTION: readonly number[] = [1, 5, 10, 20, 30];

export const isPeriod = (seconds: number): boolean => HIGH_RESOLUTION.includes(seconds) || (seconds > 0 && seconds % 60 === 0);

export function getMetricStatistics(state: Readonly<CloudWatchState>, { input }: ApiCall, port: Port): Reply {
  for (const name of ['Namespace', 'MetricName', 'StartTime', 'EndTime', 'Period']) {
    if (input[name] === undefined || input[name] === null || input[name] === '') return missing(name);
  }
  const { StartTime, EndTime, Period, Unit } = input as { StartTime: number; EndTime: number; Period: number; Unit?: string };
  const simple = (input.Statistics ?? []) as string[];
  const extended = (input.ExtendedStatistics ?? []) as string[];
  if (simple.length + extended.length === 0) return invalidCombination('Must specify either Statistics or ExtendedStatistics');
  for (const name of extended) {
    if (isSimple(name) || !parseStatistic(name))
      return invalidValue(`The value ${name} for parameter ExtendedStatistics is not supported.`);
  }
  if (StartTime >= EndTime) return invalidValue('The parameter StartTime must be less than the parameter EndTime.');
  if (!isPeriod(Period)) return invalidValue('The parameter Period must be 1, 5, 10, 20, 30, or any multiple of 60.');
  const requested = Math.ceil((EndTime - StartTime) / Period);
  if (requested > DATAPOINTS_MAX) {
    return invalidCombination(
      `You have requested up to ${requested.toLocaleString('en-US')} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  const metric = { Namespace: String(input.Namespace), MetricName: String(input.MetricName), Dimensions: dimensionsIn(input.Dimensions) };
  const series = findSeries(state, metric, Unit ?? null, port);
  // The start is rounded down to the minute; for periods below a minute to the period.
  const step = Math.min(Period, 60);
  const range = { from: Math.floor(StartTime / step) * step, to: Math.ceil(EndTime / step) * step, periodSeconds: Period };
  const Datapoints: JsonObject[] = [];
  for (const [second, bucket] of readPeriods(state, series, range, port.epochMs)) {
    const point: JsonObject = { Timestamp: second };
    for (const name of simple) point[name] = parseStatistic(name)?.(bucket) ?? null;
    const values: JsonObject = {};
    for (const name of extended) {
      const value = parseStatistic(name)?.(bucket) ?? null;
      if (value !== null) values[name] = value;
    }
    // Data put as statistic sets have no percentiles: the point is not there then.
    if (simple.length === 0 && Object.keys(values).length === 0) continue;
    if (extended.length > 0) point.ExtendedStatistics = values;
    Datapoints.push({ ...point, Unit: Unit ?? series[0]?.unit ?? 'None' });
  }
  return { ok: { Label: metric.MetricName, Datapoints } };
}
