// Metric filters: log events that match become data of a metric. CloudWatch reads the facts.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { invalid, limitExceeded, notFound } from './faults';
import { numberIn } from './filter-pattern/comparison';
import { compilePattern } from './filter-pattern/compile';
import type { FilterPattern } from './filter-pattern/pattern';
import { groupsIn } from './groups';
import { epochOf } from './lookup';
import { pageOf } from './paging';
import type { LogGroup, LogsState, MetricFilter } from './state';

const FILTERS_MAX = 100;
/** Of regular expressions, five filters a group. */
const REGEX_FILTERS_MAX = 5;
const DIMENSIONS_MAX = 3;

export interface PlacedEvent {
  timestamp: number;
  message: string;
  ordinal: number;
}

export function putMetricFilter(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  const filterName = String(input.filterName);
  const filterPattern = String(input.filterPattern ?? '');
  const pattern = compilePattern(filterPattern);
  if ('refused' in pattern) return invalid(pattern.refused);
  const [transformation] = input.metricTransformations as JsonObject[];
  if (!transformation) return invalid('One metric transformation is required.');
  const refusal = checkTransformation(transformation, filterPattern);
  if (refusal) return refusal;
  if (!group.metricFilters[filterName] && Object.keys(group.metricFilters).length >= FILTERS_MAX) return limitExceeded();
  if (pattern.regexes > 0 && countRegexFilters(group, filterName) >= REGEX_FILTERS_MAX) return limitExceeded();
  const applyOnTransformedLogs = input.applyOnTransformedLogs === true;
  port.emit('logs:MetricFilterPut', group.arn, { filterName, filterPattern, transformation, applyOnTransformedLogs });
  return { ok: {} };
}

/** Filters with regular expressions, besides the one that is being put. */
export function countRegexFilters(group: LogGroup, besides: string): number {
  const filters = [...Object.values(group.metricFilters), ...Object.values(group.subscriptionFilters)];
  return filters.filter((filter) => {
    const pattern = compilePattern(filter.filterPattern);
    return filter.filterName !== besides && 'regexes' in pattern && pattern.regexes > 0;
  }).length;
}

function checkTransformation({ metricValue, dimensions, defaultValue }: JsonObject, filterPattern: string): Reply | null {
  const value = String(metricValue ?? '');
  const isReference = value.startsWith('$');
  if (!isReference && numberIn(value) === null) return invalid(`Invalid metric transformation: invalid metric value '${value}'.`);
  const named = Object.entries((dimensions ?? {}) as Record<string, Json>);
  if (named.length > DIMENSIONS_MAX) return invalid(`A metric transformation can have at most ${DIMENSIONS_MAX} dimensions.`);
  if (named.length > 0 && defaultValue !== undefined) {
    return invalid('Invalid metric transformation: dimensions and default value are mutually exclusive properties.');
  }
  const isStructured = /^\s*[[{]/.test(filterPattern);
  if ((isReference || named.length > 0) && !isStructured) {
    return invalid('Invalid metric transformation: fields can only be named with a JSON or space-delimited filter pattern.');
  }
  return null;
}

export function deleteMetricFilter(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  const filterName = String(input.filterName);
  if (!group.metricFilters[filterName]) return notFound('metric filter');
  port.emit('logs:MetricFilterDeleted', group.arn, { filterName });
  return { ok: {} };
}

export function describeMetricFilters(state: Readonly<LogsState>, { input }: ApiCall, port: Port): Reply {
  const { logGroupName, filterNamePrefix, metricName, metricNamespace } = input;
  const groups = groupsIn(state, port);
  if (logGroupName !== undefined && !groups.some(({ name }) => name === logGroupName)) return notFound('log group');
  const filters = groups
    .filter(({ name }) => logGroupName === undefined || name === logGroupName)
    .flatMap((group) => Object.values(group.metricFilters).map((filter) => describe(group, filter, port)))
    .filter((filter) => String(filter.filterName).startsWith(String(filterNamePrefix ?? '')))
    .filter(({ metricTransformations: [transformation] }) => {
      const { metricName: name, metricNamespace: namespace } = transformation as JsonObject;
      return (metricName === undefined || name === metricName) && (metricNamespace === undefined || namespace === metricNamespace);
    })
    .sort((a, b) => (String(a.filterName) < String(b.filterName) ? -1 : 1));
  return pageOf(input, 'metricFilters', filters, ({ logGroupName: group, filterName }) => `${group} ${filterName}`);
}

function describe(group: LogGroup, filter: MetricFilter, port: Port) {
  return {
    filterName: filter.filterName,
    filterPattern: filter.filterPattern,
    metricTransformations: [filter.transformation],
    creationTime: epochOf(filter.createdAt, port),
    logGroupName: group.name,
    applyOnTransformedLogs: filter.applyOnTransformedLogs,
  };
}

export function testMetricFilter({ input }: ApiCall): Reply {
  const pattern = compilePattern(String(input.filterPattern ?? ''));
  if ('refused' in pattern) return invalid(pattern.refused);
  const matches = (input.logEventMessages as string[]).flatMap((eventMessage, i): JsonObject[] =>
    pattern.matches(eventMessage) ? [{ eventNumber: i + 1, eventMessage, extractedValues: pattern.extract(eventMessage) }] : [],
  );
  return { ok: { matches } };
}

/** One fact for each filter of the group, with the data points that these events make; the default value when none matches. */
export function countMatches(group: LogGroup, events: PlacedEvent[], port: Port): void {
  for (const filter of Object.values(group.metricFilters)) {
    const pattern = compilePattern(filter.filterPattern);
    if ('refused' in pattern) continue;
    const { metricName, metricNamespace, defaultValue, unit } = filter.transformation;
    const points = events.flatMap((event) => pointOf(filter, pattern, event) ?? []);
    if (points.length === 0 && typeof defaultValue === 'number') {
      points.push({ timestamp: (events[events.length - 1] as PlacedEvent).timestamp, value: defaultValue });
    }
    if (points.length === 0) continue;
    port.emit('logs:MetricFilterMatched', group.arn, {
      filterName: filter.filterName,
      metricName: metricName as string,
      metricNamespace: metricNamespace as string,
      unit: unit ?? null,
      points,
    });
  }
}

/** Null when the event does not match, or the field that holds the value is no number. */
function pointOf(filter: MetricFilter, pattern: FilterPattern, event: PlacedEvent): JsonObject | null {
  if (!pattern.matches(event.message)) return null;
  const { metricValue, dimensions } = filter.transformation;
  const reference = String(metricValue);
  const value = numberIn((reference.startsWith('$') ? pattern.valueOf(event.message, reference) : reference) ?? '');
  if (value === null) return null;
  const named: Record<string, string> = {};
  for (const [name, field] of Object.entries((dimensions ?? {}) as Record<string, string>)) {
    const text = pattern.valueOf(event.message, field);
    // Without one of its dimensions a data point has none at all.
    if (text === null) return { timestamp: event.timestamp, value };
    named[name] = text;
  }
  return { timestamp: event.timestamp, value, ...(Object.keys(named).length > 0 ? { dimensions: named } : {}) };
}
