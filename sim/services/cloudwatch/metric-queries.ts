// The queries of GetMetricData and of alarms on expressions: metrics with a statistic, and math over them.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
import type { Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { missing, validationError } from './faults';
import { isPeriod } from './get-metric-statistics';
import { evaluateMath } from './math/evaluate';
import { idsIn, type MathNode, parseMath } from './math/parse';
import { MathError } from './math/tokens';
import type { MathValue, TimeSeries } from './math/value';
import { dimensionsIn, findSeries, type MetricName, readPeriods } from './read';
import type { CloudWatchState } from './state';
import { parseStatistic } from './statistics';

export interface MetricQuery {
  Id: string;
  Label?: string | null;
  ReturnData?: boolean | null;
  Period?: number | null;
  Expression?: string | null;
  MetricStat?: { Metric: MetricName; Period: number; Stat: string; Unit?: string | null } | null;
}

const QUERIES_MAX = 500;

/** AWS's fault for queries that cannot be asked; null when they can. */
export function checkQueries(queries: readonly MetricQuery[], path = 'MetricDataQueries'): Extract<Reply, { fault: unknown }> | null {
  if (queries.length > QUERIES_MAX) return validationError(`The collection ${path} must not have a size greater than ${QUERIES_MAX}.`);
  const ids = new Set<string>();
  for (const [i, { Id, MetricStat, Expression }] of queries.entries()) {
    const at = `${path}.member.${i + 1}`;
    if (!Id) return missing(`${at}.Id`);
    if (!/^[a-z][a-zA-Z0-9_]*$/.test(Id)) {
      return validationError(`The value ${Id} for parameter ${at}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`);
    }
    if (ids.has(Id)) return validationError(`The values for parameter id in ${path} are not unique.`);
    ids.add(Id);
    if ((MetricStat ? 1 : 0) + (Expression ? 1 : 0) !== 1) {
      return validationError(`Either MetricStat or Expression must be specified for the query ${Id}, and not both.`);
    }
    if (!MetricStat) continue;
    if (!MetricStat.Metric?.MetricName) return missing(`${at}.MetricStat.Metric.MetricName`);
    if (!MetricStat.Metric.Namespace) return missing(`${at}.MetricStat.Metric.Namespace`);
    if (!isPeriod(MetricStat.Period)) return validationError(`Period must be 1, 5, 10, 20, 30 or a multiple of 60 in the query ${Id}.`);
    if (!parseStatistic(MetricStat.Stat))
      return validationError(`The value ${MetricStat.Stat} for parameter ${at}.MetricStat.Stat is not supported.`);
  }
  const nodes = new Map<string, MathNode>();
  for (const { Id, Expression } of queries) {
    if (!Expression) continue;
    try {
      const node = parseMath(Expression);
      const unknown = idsIn(node).find((id) => /^[a-z]/.test(id) && !ids.has(id));
      if (unknown !== undefined) throw new MathError(`Unknown identifier '${unknown}'`);
      nodes.set(Id, node);
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      return expressionFault(Id, error);
    }
  }
  const circle = [...nodes.keys()].find((id) => leadsTo(id, id, nodes, new Set()));
  return circle === undefined ? null : expressionFault(circle, new MathError('Circular reference'));
}

function leadsTo(from: string, target: string, nodes: Map<string, MathNode>, seen: Set<string>): boolean {
  const node = nodes.get(from);
  if (!node) return false;
  return idsIn(node).some((id) => {
    if (id === target) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    return leadsTo(id, target, nodes, seen);
  });
}

export function expressionFault(id: string, error: MathError): Extract<Reply, { fault: unknown }> {
  return validationError(`Error in expression '${id}': ${error.message}`);
}

interface Span {
  from: number;
  to: number;
  /** Periods begin at the range's own beginning, as alarms look back; otherwise at multiples of the period. */
  isSliding?: boolean;
}

/** Values of every query by its id. Throws ExpressionError when an expression has no value. */
export class ExpressionError extends Error {
  constructor(
    readonly id: string,
    readonly reason: MathError,
  ) {
    super(reason.message);
  }
}

export function runQueries(
  state: Readonly<CloudWatchState>,
  queries: readonly MetricQuery[],
  span: Span,
  port: Pick<Port, 'account' | 'region' | 'epochMs'>,
): Map<string, MathValue> {
  const values = new Map<string, MathValue>();
  const metrics: TimeSeries[] = [];
  for (const query of queries) {
    if (!query.MetricStat) continue;
    const series = readStat(state, query, span, port);
    metrics.push(series);
    values.set(query.Id, { type: 'series', series });
  }
  const scope = { metrics, from: span.from, to: span.to };
  const byId = new Map(queries.map((query) => [query.Id, query]));
  const lookUp = (id: string): MathValue | null => {
    const known = values.get(id);
    const query = byId.get(id);
    if (known || !query?.Expression) return known ?? null;
    let value: MathValue;
    try {
      value = evaluateMath(parseMath(query.Expression), lookUp, scope);
    } catch (error) {
      throw error instanceof MathError ? new ExpressionError(id, error) : error;
    }
    values.set(id, value);
    return value;
  };
  for (const { Id } of queries) lookUp(Id);
  return values;
}

function readStat(
  state: Readonly<CloudWatchState>,
  { Id, Label, MetricStat }: MetricQuery,
  { from, to, isSliding = false }: Span,
  port: Pick<Port, 'account' | 'region' | 'epochMs'>,
): TimeSeries {
  const { Metric, Period, Stat, Unit } = MetricStat as NonNullable<MetricQuery['MetricStat']>;
  const metric = { ...Metric, Dimensions: dimensionsIn(Metric.Dimensions) };
  const series = findSeries(state, metric, Unit ?? null, port);
  const start = isSliding ? from : Math.floor(from / Period) * Period;
  const statistic = parseStatistic(Stat);
  const points: [number, number][] = [];
  for (const [second, bucket] of readPeriods(state, series, { from: start, to, periodSeconds: Period }, port.epochMs)) {
    const value = statistic?.(bucket) ?? null;
    if (value !== null && second >= start) points.push([second, value]);
  }
  return { points: new Map(points), periodSeconds: Period, label: Label ?? metric.MetricName, id: Id };
}

export function queriesIn(value: unknown): MetricQuery[] {
  return Array.isArray(value) ? (value as JsonObject[] as unknown as MetricQuery[]) : [];
}
