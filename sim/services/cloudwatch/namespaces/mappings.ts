// AWS/Lambda, the metrics of event source mappings: only of those that ask for them. LAM-LOG-X11.
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics
import type { JsonObject } from '../../../kernel/json';
import { count, lastPart, measure, type Observer, placeOfArn } from '../observation';
import type { CloudWatchState } from '../state';

const POLLED = [count('PolledEventCount')];
const FILTERED = [count('PolledEventCount'), count('FilteredOutEventCount')];
const ENDED = [count('InvokedEventCount'), count('FailedInvokeEventCount')];
const DELETED = [count('DeletedEventCount')];

function askFor(state: CloudWatchState, mappingArn: string, configuration: JsonObject): void {
  const wanted = ((configuration.kept as JsonObject | undefined)?.MetricsConfig as { Metrics?: string[] } | undefined)?.Metrics;
  if (wanted?.includes('EventCount')) state.lambda.measuredMappings.add(mappingArn);
  else state.lambda.measuredMappings.delete(mappingArn);
}

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

export const observeMappings: Observer = (state, { type, resource, data }, epochMs) => {
  if (type === 'lambda:EventSourceMappingCreated') askFor(state, resource, data);
  if (type === 'lambda:EventSourceMappingSettled') askFor(state, resource, data.configuration as JsonObject);
  if (!state.lambda.measuredMappings.has(resource)) return;
  const add = (metrics: typeof POLLED, values: number[]) => {
    const dimensionSets = () => [[{ Name: 'EventSourceMappingUUID', Value: lastPart(resource) }]];
    measure(state, { namespace: 'AWS/Lambda', key: resource, place: placeOfArn(resource), dimensionSets }, type, metrics, values, epochMs);
  };
  switch (type) {
    case 'lambda:EventsFilteredOut':
      add(FILTERED, [lengthOf(data.messages), lengthOf(data.messages)]);
      return;
    case 'lambda:BatchStarted':
      add(POLLED, [lengthOf(data.messageIds)]);
      return;
    case 'lambda:BatchEnded':
      add(ENDED, [data.requestId === null ? 0 : lengthOf(data.messageIds), lengthOf(data.failedIds)]);
      return;
    case 'lambda:MessagesDeleted':
      if (data.filtered !== true) add(DELETED, [data.count as number]);
  }
};
