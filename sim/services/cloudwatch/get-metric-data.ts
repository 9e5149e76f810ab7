// GetMetricData. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { missing, validationError } from './faults';
import type { MathValue, TimeSeries } from './math/value';
import { checkQueries, ExpressionError, expressionFault, type MetricQuery, queriesIn, runQueries } from './metric-queries';
import type { CloudWatchState } from './state';

const DATAPOINTS_MAX = 100_800;

export function getMetricData(state: Readonly<CloudWatchState>, { input }: ApiCall, port: Port): Reply {
  for (const name of ['MetricDataQueries', 'StartTime', 'EndTime'])
    if (input[name] === undefined || input[name] === null) return missing(name);
  const { StartTime, EndTime, ScanBy, MaxDatapoints, NextToken } = input as { StartTime: number; EndTime: number } & JsonObject;
  const queries = queriesIn(input.MetricDataQueries);
  const refusal = checkQueries(queries);
  if (refusal) return refusal;
  if (StartTime >= EndTime) return validationError('The parameter StartTime must be less than the parameter EndTime.');
  const max = typeof MaxDatapoints === 'number' ? MaxDatapoints : DATAPOINTS_MAX;
  if (max < 1 || max > DATAPOINTS_MAX) return validationError(`The parameter MaxDatapoints must be between 1 and ${DATAPOINTS_MAX}.`);
  const start = typeof NextToken === 'string' ? Number(NextToken) : 0;
  if (!Number.isInteger(start) || start < 0)
    return { fault: { code: 'InvalidNextToken', message: 'The value for parameter NextToken is invalid.', status: 400, side: 'client' } };
  let values: Map<string, MathValue>;
  try {
    values = runQueries(state, queries, { from: StartTime, to: EndTime }, port);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return expressionFault(error.id, error.reason);
  }
  const results: { query: MetricQuery; series: TimeSeries; label: string }[] = [];
  for (const query of queries) {
    if (query.ReturnData === false) continue;
    const value = values.get(query.Id);
    if (!value || value.type === 'text' || value.type === 'scalar') {
      return validationError(`Error in expression '${query.Id}': it must give a time series, or an array of them.`);
    }
    const many = value.type === 'list' ? value.items : [value.series];
    for (const series of many) {
      const own = query.MetricStat ? series.label : query.Id;
      results.push({ query, series, label: query.Label ?? (value.type === 'list' ? series.label : own) });
    }
  }
  return { ok: pageOf(results, ScanBy !== 'TimestampAscending', start, max) };
}

/** Points are counted over all results; what does not fit comes with the next token. */
function pageOf(
  results: { query: MetricQuery; series: TimeSeries; label: string }[],
  isDescending: boolean,
  start: number,
  max: number,
): JsonObject {
  let seen = 0;
  let isCut = false;
  const MetricDataResults = results.map(({ query, series, label }): JsonObject => {
    const points = [...series.points].sort((a, b) => (isDescending ? b[0] - a[0] : a[0] - b[0]));
    const from = Math.max(0, start - seen);
    const to = Math.max(0, start + max - seen);
    const page = points.slice(from, to);
    const isWhole = to >= points.length;
    if (!isWhole) isCut = true;
    seen += points.length;
    return {
      Id: query.Id,
      Label: label,
      Timestamps: page.map(([second]) => second),
      Values: page.map(([, value]) => value),
      StatusCode: isWhole ? 'Complete' : 'PartialData',
    };
  });
  return { MetricDataResults, Messages: [], ...(isCut ? { NextToken: String(start + max) } : {}) };
}
