// The fold: what each fact of CloudWatch Logs does to the groups.
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import { groupNameIn } from './arns';
import { compareEvents, lowerBound } from './event-order';
import type { LogEvent, LogGroup, LogStream, LogsState, MetricFilter, Query, SubscriptionFilter } from './state';

type Fold = (group: LogGroup, data: JsonObject, fact: Fact) => void;

const GROUP_FOLDS: Record<string, Fold> = {
  'logs:LogStreamCreated': (group, data, { at }) => {
    const name = data.logStreamName as string;
    group.streams[name] = { name, createdAt: at, events: [] };
  },
  'logs:LogStreamDeleted': (group, data) => {
    delete group.streams[data.logStreamName as string];
  },
  'logs:LogEventsPut': (group, data, { at }) => {
    const stream = group.streams[data.logStreamName as string];
    if (stream) for (const event of data.logEvents as JsonObject[]) addEvent(group, stream, event, at);
  },
  'logs:RetentionPolicySet': (group, data) => {
    group.retentionInDays = (data.retentionInDays ?? null) as number | null;
  },
  'logs:TagsSet': (group, data) => {
    group.tags = data.tags as Record<string, string>;
  },
  'logs:KmsKeySet': (group, data) => {
    group.kmsKeyId = (data.kmsKeyId ?? null) as string | null;
  },
  'logs:MetricFilterPut': (group, data, { at }) => {
    const filter = data as unknown as Omit<MetricFilter, 'createdAt'>;
    group.metricFilters[filter.filterName] = { ...filter, createdAt: at };
  },
  'logs:MetricFilterDeleted': (group, data) => {
    delete group.metricFilters[data.filterName as string];
  },
  'logs:SubscriptionFilterPut': (group, data, { at }) => {
    const filter = data as unknown as Omit<SubscriptionFilter, 'createdAt'>;
    const createdAt = group.subscriptionFilters[filter.filterName]?.createdAt ?? at;
    group.subscriptionFilters[filter.filterName] = { ...filter, createdAt };
  },
  'logs:SubscriptionFilterDeleted': (group, data) => {
    delete group.subscriptionFilters[data.filterName as string];
  },
};

const FOLDS: Record<string, (state: LogsState, fact: Fact) => void> = {
  'logs:LogGroupCreated': (state, { resource, at, data }) => {
    state.groups[resource] = {
      arn: resource,
      name: (data.logGroupName as string | undefined) ?? groupNameIn(resource),
      createdAt: at,
      retentionInDays: null,
      logGroupClass: (data.logGroupClass ?? 'STANDARD') as LogGroup['logGroupClass'],
      kmsKeyId: (data.kmsKeyId ?? null) as string | null,
      isProtected: data.deletionProtectionEnabled === true,
      tags: { ...(data.tags as Record<string, string> | undefined) },
      streams: {},
      metricFilters: {},
      subscriptionFilters: {},
      nextOrdinal: 1,
    };
  },
  'logs:LogGroupDeleted': (state, { resource }) => {
    delete state.groups[resource];
  },
  'logs:QueryStarted': (state, { data, at }) => {
    const { queryId, place, queryString, groups } = data as unknown as Query;
    state.queries[queryId] = {
      queryId,
      place,
      queryString,
      groups,
      startedAt: at,
      status: 'Running',
      endedAt: null,
      results: [],
      statistics: {},
    };
  },
  'logs:QueryEnded': (state, { data, at }) => {
    const query = state.queries[data.queryId as string];
    if (query) Object.assign(query, data, { endedAt: at });
  },
  'logs:DestinationPut': (state, { resource, data }) => {
    state.destinations[resource] = { place: data.place as string, value: data.destination as JsonObject };
  },
  'logs:DestinationDeleted': (state, { resource }) => {
    delete state.destinations[resource];
  },
  'logs:ResourcePolicyPut': (state, { data }) => {
    state.policies[`${data.place} ${data.policyName}`] = { place: data.place as string, value: data.policy as JsonObject };
  },
  'logs:ResourcePolicyDeleted': (state, { data }) => {
    delete state.policies[`${data.place} ${data.policyName}`];
  },
  'logs:QueryDefinitionPut': (state, { data }) => {
    state.queryDefinitions[data.queryDefinitionId as string] = { place: data.place as string, value: data.definition as JsonObject };
  },
  'logs:QueryDefinitionDeleted': (state, { data }) => {
    delete state.queryDefinitions[data.queryDefinitionId as string];
  },
};

export function applyLogs(state: LogsState, fact: Fact): void {
  const fold = GROUP_FOLDS[fact.type];
  const group = fold && state.groups[fact.resource];
  if (group) fold(group, fact.data, fact);
  else FOLDS[fact.type]?.(state, fact);
}

/** Most events come in order: then this is a push. */
function addEvent(group: LogGroup, stream: LogStream, { timestamp, message }: JsonObject, at: number): void {
  const event: LogEvent = { timestamp: timestamp as number, message: message as string, ingestedAt: at, ordinal: group.nextOrdinal++ };
  const last = stream.events[stream.events.length - 1];
  if (!last || compareEvents(last, event) < 0) stream.events.push(event);
  else stream.events.splice(lowerBound(stream.events, event), 0, event);
}
