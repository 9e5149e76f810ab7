// Amazon EventBridge: buses with rules and targets, today's "Custom Event Bus - Classic" and the default bus. EB-05.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/
import { type Arn, formatArn } from '../../kernel/arn';
import type { ConditionContext } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { PassedRole, Service } from '../../kernel/service';
import {
  createApiDestination,
  deleteApiDestination,
  describeApiDestination,
  listApiDestinations,
  updateApiDestination,
} from './api-destinations';
import { applyEvents } from './apply';
import { createArchive, deleteArchive, describeArchive, listArchives, updateArchive } from './archives';
import { archiveArn, busArn, connectionArn, destinationArn, type Place, replayArn, ruleArn } from './arns';
import { createEventBus, deleteEventBus, describeEventBus, listEventBuses, putPermission, removePermission, updateEventBus } from './buses';
import { createConnection, deleteConnection, describeConnection, listConnections, updateConnection } from './connections';
import { findBus } from './lookup';
import { parseEventObject } from './matcher/event-value';
import { testEventPattern } from './patterns';
import { busesOf, type ForwardedEvent, putEvents, takeForwarded } from './put-events';
import { cancelReplay, continueReplay, describeReplay, listReplays, startReplay } from './replays';
import { deleteRule, describeRule, disableRule, enableRule, listRuleNamesByTarget, listRules, putRule } from './rules';
import { fireSchedule } from './scheduled-events';
import { type EventsState, initialState } from './state';
import { listTagsForResource, tagResource, untagResource } from './tags';
import { requestToken, sendRequest, settleRequest } from './target/http';
import { invokeApiDestination, invokeTarget, settlePermission, settleTarget, takeRole, timeOutTarget } from './target/invoke';
import { settleDeadLetter } from './target/settle';
import { listTargetsByRule, putTargets, removeTargets } from './targets';

/** What each operation is about; IAM evaluates the call for this resource. */
const RESOURCES: Record<string, (input: JsonObject, place: Place) => Arn> = {};

function about(resource: (input: JsonObject, place: Place) => Arn, operations: string): void {
  for (const operation of operations.split(' ')) RESOURCES[operation] = resource;
}

about((input, place) => busArn(place, input.Name), 'CreateEventBus DeleteEventBus DescribeEventBus UpdateEventBus');
about((input, place) => busArn(place, input.EventBusName), 'PutPermission RemovePermission ListRules ListRuleNamesByTarget');
about(
  (input, place) => ruleArn(busArn(place, input.EventBusName), String(input.Name)),
  'PutRule DeleteRule DescribeRule EnableRule DisableRule',
);
about((input, place) => ruleArn(busArn(place, input.EventBusName), String(input.Rule)), 'PutTargets RemoveTargets ListTargetsByRule');
about((input, place) => busArn(place, ((input.Entries as JsonObject[] | undefined) ?? [])[0]?.EventBusName), 'PutEvents');
about((input, place) => archiveArn(place, String(input.ArchiveName)), 'CreateArchive DeleteArchive DescribeArchive UpdateArchive');
about((input, place) => replayArn(place, String(input.ReplayName)), 'StartReplay CancelReplay DescribeReplay');
about((input, place) => connectionArn(place, String(input.Name)), 'CreateConnection DeleteConnection DescribeConnection UpdateConnection');
about(
  (input, place) => destinationArn(place, String(input.Name)),
  'CreateApiDestination DeleteApiDestination DescribeApiDestination UpdateApiDestination',
);
about((input) => String(input.ResourceARN), 'TagResource UntagResource ListTagsForResource');
about(
  (_, { account, region }) => formatArn({ service: 'events', region, account, resource: '*' }),
  'TestEventPattern ListEventBuses ListArchives ListReplays ListConnections ListApiDestinations',
);

export function createEvents(): Service<EventsState> {
  return {
    prefix: 'events',
    initial: initialState,
    actions: {
      CreateEventBus: createEventBus,
      UpdateEventBus: updateEventBus,
      DeleteEventBus: deleteEventBus,
      DescribeEventBus: describeEventBus,
      ListEventBuses: listEventBuses,
      PutPermission: putPermission,
      RemovePermission: removePermission,
      PutRule: putRule,
      EnableRule: enableRule,
      DisableRule: disableRule,
      DeleteRule: deleteRule,
      DescribeRule: describeRule,
      ListRules: listRules,
      ListRuleNamesByTarget: listRuleNamesByTarget,
      PutTargets: putTargets,
      RemoveTargets: removeTargets,
      ListTargetsByRule: listTargetsByRule,
      TestEventPattern: (_, call) => testEventPattern(call),
      PutEvents: (state, call, port) => {
        const forwarded = call.origin.from === 'aws' ? (call.input.Forwarded as ForwardedEvent | undefined) : undefined;
        return forwarded ? takeForwarded(state, call.resource, forwarded, port) : putEvents(state, call, port);
      },
      CreateArchive: createArchive,
      UpdateArchive: updateArchive,
      DeleteArchive: deleteArchive,
      DescribeArchive: describeArchive,
      ListArchives: listArchives,
      StartReplay: startReplay,
      CancelReplay: cancelReplay,
      DescribeReplay: describeReplay,
      ListReplays: listReplays,
      CreateConnection: createConnection,
      UpdateConnection: updateConnection,
      DeleteConnection: deleteConnection,
      DescribeConnection: describeConnection,
      ListConnections: listConnections,
      CreateApiDestination: createApiDestination,
      UpdateApiDestination: updateApiDestination,
      DeleteApiDestination: deleteApiDestination,
      DescribeApiDestination: describeApiDestination,
      ListApiDestinations: listApiDestinations,
      TagResource: tagResource,
      UntagResource: untagResource,
      ListTagsForResource: listTagsForResource,
      FireSchedule: fireSchedule,
      InvokeTarget: invokeTarget,
      InvokeApiDestination: invokeApiDestination,
      TakeRole: takeRole,
      SettlePermission: settlePermission,
      SettleTarget: settleTarget,
      SettleDeadLetter: settleDeadLetter,
      TimeOutTarget: timeOutTarget,
      RequestToken: requestToken,
      SendRequest: sendRequest,
      SettleRequest: settleRequest,
      ContinueReplay: continueReplay,
    },
    internal: new Set([
      'FireSchedule',
      'InvokeTarget',
      'TakeRole',
      'SettlePermission',
      'SettleTarget',
      'SettleDeadLetter',
      'TimeOutTarget',
      'RequestToken',
      'SendRequest',
      'SettleRequest',
      'ContinueReplay',
    ]),
    apply: applyEvents,
    route: (operation, input, where) => {
      const resource = RESOURCES[operation];
      return resource ? { action: `events:${operation}`, resource: resource(input, where) } : null;
    },
    // What others deliver is an entry of PutEvents as JSON: Source, DetailType, Detail.
    accepts: (target, { body }) => ({ action: 'events:PutEvents', input: { Entries: [{ ...entryIn(body), EventBusName: target }] } }),
    resourcePolicy: (state, arn) => findBus(state, arn)?.policy ?? null,
    permissionResources: busesOf,
    passedRoles: (_, { action, input }) => rolesIn(action, input).map((role): PassedRole => ({ role, service: 'events.amazonaws.com' })),
    conditionKeys: (_, { action, input }): ConditionContext => {
      if (action !== 'events:PutEvents') return {};
      const forwarded = parseEventObject(String((input.Forwarded as JsonObject | undefined)?.event ?? ''));
      if (forwarded) return { 'events:source': String(forwarded.source), 'events:detail-type': String(forwarded['detail-type']) };
      const entries = (input.Entries as JsonObject[] | undefined) ?? [];
      const all = (member: string) => entries.flatMap((entry) => (typeof entry[member] === 'string' ? [entry[member]] : []));
      return { 'events:source': all('Source'), 'events:detail-type': all('DetailType') };
    },
  };
}

function entryIn(body: string): JsonObject {
  try {
    const entry: unknown = JSON.parse(body);
    return typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? (entry as JsonObject) : {};
  } catch {
    return {};
  }
}

function rolesIn(action: string, input: JsonObject): Arn[] {
  if (action === 'events:PutRule') return typeof input.RoleArn === 'string' ? [input.RoleArn] : [];
  if (action !== 'events:PutTargets') return [];
  const targets = (input.Targets as JsonObject[] | undefined) ?? [];
  return targets.flatMap(({ RoleArn }) => (typeof RoleArn === 'string' ? [RoleArn] : []));
}
