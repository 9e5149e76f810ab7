// Amazon CloudWatch Logs: groups, streams, events, filters, queries. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/
import { type Arn, formatArn } from '../../kernel/arn';
import type { PassedRole, Service } from '../../kernel/service';
import { applyLogs } from './apply';
import { groupArnIn, groupArnOf, type Place, streamArn } from './arns';
import { deleteDestination, describeDestinations, putDestination, putDestinationPolicy } from './destinations';
import { filterLogEvents } from './filter-log-events';
import { getLogEvents } from './get-log-events';
import {
  createLogGroup,
  deleteLogGroup,
  deleteRetentionPolicy,
  describeLogGroups,
  listLogGroups,
  putRetentionPolicy,
  setKmsKey,
  tagGroup,
  untagGroup,
} from './groups';
import { withGroup, withStream } from './lookup';
import { deleteMetricFilter, describeMetricFilters, putMetricFilter, testMetricFilter } from './metric-filters';
import { putLogEvents } from './put-log-events';
import { describeQueries, endQuery, getLogGroupFields, getQueryResults, startQuery, stopQuery } from './queries';
import { deleteQueryDefinition, describeQueryDefinitions, putQueryDefinition } from './query-definitions';
import { deleteResourcePolicy, describeResourcePolicies, putResourcePolicy, resourcePolicyOf } from './resource-policies';
import { initialState, type LogsState } from './state';
import { createLogStream, deleteLogStream, describeLogStreams } from './streams';
import {
  deleteSubscriptionFilter,
  deliverToSubscriber,
  describeSubscriptionFilters,
  endDelivery,
  finishSubscriptionFilter,
  putSubscriptionFilter,
} from './subscribers';

/** Actions that every client may call. */
const CLIENT_ACTIONS: Service<LogsState>['actions'] = {
  CreateLogGroup: createLogGroup,
  DeleteLogGroup: withGroup(deleteLogGroup),
  DescribeLogGroups: describeLogGroups,
  ListLogGroups: listLogGroups,
  PutRetentionPolicy: withGroup(putRetentionPolicy),
  DeleteRetentionPolicy: withGroup(deleteRetentionPolicy),
  AssociateKmsKey: withGroup(setKmsKey),
  DisassociateKmsKey: withGroup(setKmsKey),
  CreateLogStream: withGroup(createLogStream),
  DeleteLogStream: withStream(deleteLogStream),
  DescribeLogStreams: withGroup(describeLogStreams),
  PutLogEvents: withStream(putLogEvents),
  GetLogEvents: withStream(getLogEvents),
  FilterLogEvents: withGroup(filterLogEvents),
  PutMetricFilter: withGroup(putMetricFilter),
  DeleteMetricFilter: withGroup(deleteMetricFilter),
  DescribeMetricFilters: describeMetricFilters,
  TestMetricFilter: (_state, call) => testMetricFilter(call),
  PutSubscriptionFilter: withGroup(putSubscriptionFilter),
  DeleteSubscriptionFilter: withGroup(deleteSubscriptionFilter),
  DescribeSubscriptionFilters: withGroup(describeSubscriptionFilters),
  PutDestination: putDestination,
  PutDestinationPolicy: putDestinationPolicy,
  DeleteDestination: deleteDestination,
  DescribeDestinations: describeDestinations,
  PutResourcePolicy: putResourcePolicy,
  DeleteResourcePolicy: deleteResourcePolicy,
  DescribeResourcePolicies: describeResourcePolicies,
  StartQuery: startQuery,
  StopQuery: stopQuery,
  GetQueryResults: getQueryResults,
  DescribeQueries: describeQueries,
  GetLogGroupFields: withGroup(getLogGroupFields),
  PutQueryDefinition: putQueryDefinition,
  DeleteQueryDefinition: deleteQueryDefinition,
  DescribeQueryDefinitions: describeQueryDefinitions,
  TagResource: withGroup(tagGroup),
  TagLogGroup: withGroup(tagGroup),
  UntagResource: withGroup(untagGroup),
  UntagLogGroup: withGroup(untagGroup),
  ListTagsForResource: withGroup(({ tags }) => ({ ok: { tags } })),
  ListTagsLogGroup: withGroup(({ tags }) => ({ ok: { tags } })),
};

/** The world's own steps. */
const INTERNAL_ACTIONS: Service<LogsState>['actions'] = {
  FinishSubscriptionFilter: finishSubscriptionFilter,
  DeliverToSubscriber: withGroup(deliverToSubscriber),
  EndDelivery: endDelivery,
  EndQuery: endQuery,
};

const ABOUT_STREAMS: ReadonlySet<string> = new Set(['CreateLogStream', 'DeleteLogStream', 'PutLogEvents', 'GetLogEvents']);
const ABOUT_DESTINATIONS: ReadonlySet<string> = new Set(['PutDestination', 'PutDestinationPolicy', 'DeleteDestination']);
const ABOUT_EVERYTHING: ReadonlySet<string> = new Set([
  'DescribeDestinations',
  'PutResourcePolicy',
  'DeleteResourcePolicy',
  'DescribeResourcePolicies',
  'TestMetricFilter',
  'StopQuery',
  'GetQueryResults',
  'DescribeQueries',
  'PutQueryDefinition',
  'DeleteQueryDefinition',
  'DescribeQueryDefinitions',
]);

export function createLogs(): Service<LogsState> {
  return {
    prefix: 'logs',
    initial: initialState,
    actions: { ...CLIENT_ACTIONS, ...INTERNAL_ACTIONS },
    internal: new Set(Object.keys(INTERNAL_ACTIONS)),
    apply: applyLogs,
    route: (operation, input, place) =>
      Object.hasOwn(CLIENT_ACTIONS, operation) ? { action: `logs:${operation}`, resource: resourceOf(operation, input, place) } : null,
    resourcePolicy: resourcePolicyOf,
    passedRoles: (_state, { action, input }): PassedRole[] => {
      const isPassing = action === 'logs:PutSubscriptionFilter' || action === 'logs:PutDestination';
      return isPassing && typeof input.roleArn === 'string' ? [{ role: input.roleArn, service: 'logs.amazonaws.com' }] : [];
    },
  };
}

/** IAM sees groups by their streams: a policy for `log-group:<name>:*` covers what is done to the group. */
function resourceOf(operation: string, input: Parameters<typeof groupArnIn>[0], place: Place): Arn {
  const { region, account } = place;
  if (ABOUT_EVERYTHING.has(operation)) return formatArn({ service: 'logs', region, account, resource: '*' });
  if (ABOUT_DESTINATIONS.has(operation)) {
    return formatArn({ service: 'logs', region, account, resource: `destination:${input.destinationName ?? ''}` });
  }
  const tagged = input.resourceArn ?? input.resourceIdentifier;
  if (typeof tagged === 'string') return groupArnOf(tagged);
  const [listed] = [input.logGroupNames, input.logGroupIdentifiers].flatMap((names) => (Array.isArray(names) ? [String(names[0])] : []));
  const group = groupArnIn(listed === undefined ? input : { logGroupName: listed }, place);
  return streamArn(group, ABOUT_STREAMS.has(operation) ? String(input.logStreamName ?? '') : '');
}
