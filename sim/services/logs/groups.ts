// Log groups: made, described, kept for a time, tagged, deleted.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { groupArnOf, groupNameIn, type Place } from './arns';
import { eventBytes, eventsBetween } from './event-order';
import { alreadyExists, invalid } from './faults';
import { epochOf } from './lookup';
import { pageOf } from './paging';
import type { LogGroup, LogsState } from './state';

/** Days that a retention policy may name. */
const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const TAGS_MAX = 50;

export function createLogGroup(state: Readonly<LogsState>, call: ApiCall, port: Port): Reply {
  const arn = groupArnOf(call.resource);
  if (state.groups[arn]) return alreadyExists('log group');
  const { tags, kmsKeyId, logGroupClass, deletionProtectionEnabled } = call.input;
  port.emit('logs:LogGroupCreated', arn, {
    logGroupName: groupNameIn(arn),
    ...(tags ? { tags } : {}),
    ...(kmsKeyId ? { kmsKeyId } : {}),
    ...(logGroupClass ? { logGroupClass } : {}),
    ...(deletionProtectionEnabled ? { deletionProtectionEnabled } : {}),
  });
  return { ok: {} };
}

export function deleteLogGroup(group: LogGroup, _call: ApiCall, port: Port): Reply {
  if (group.isProtected) {
    return {
      fault: {
        code: 'ValidationException',
        message: 'Log group cannot be deleted while deletion protection is enabled.',
        status: 400,
        side: 'client',
      },
    };
  }
  port.emit('logs:LogGroupDeleted', group.arn, { logGroupName: group.name });
  return { ok: {} };
}

export function putRetentionPolicy(group: LogGroup, call: ApiCall, port: Port): Reply {
  const { retentionInDays } = call.input;
  if (typeof retentionInDays !== 'number' || !RETENTION_DAYS.includes(retentionInDays)) {
    return invalid(
      `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`,
    );
  }
  port.emit('logs:RetentionPolicySet', group.arn, { retentionInDays });
  return { ok: {} };
}

export function deleteRetentionPolicy(group: LogGroup, _call: ApiCall, port: Port): Reply {
  port.emit('logs:RetentionPolicySet', group.arn, { retentionInDays: null });
  return { ok: {} };
}

export function setKmsKey(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  port.emit('logs:KmsKeySet', group.arn, { kmsKeyId: input.kmsKeyId ?? null });
  return { ok: {} };
}

/** TagLogGroup and TagResource, UntagLogGroup and UntagResource. */
export function tagGroup(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  const tags = { ...group.tags, ...(input.tags as Record<string, string>) };
  if (Object.keys(tags).length > TAGS_MAX) {
    const message = `The resource ${group.arn} would have more than ${TAGS_MAX} tags.`;
    return { fault: { code: 'TooManyTagsException', message, status: 400, side: 'client', body: { resourceName: group.arn } } };
  }
  port.emit('logs:TagsSet', group.arn, { tags });
  return { ok: {} };
}

export function untagGroup(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  const gone = new Set((input.tagKeys ?? input.tags) as string[]);
  port.emit('logs:TagsSet', group.arn, { tags: Object.fromEntries(Object.entries(group.tags).filter(([key]) => !gone.has(key))) });
  return { ok: {} };
}

export function storedBytes(group: LogGroup, port: Port): number {
  let bytes = 0;
  for (const stream of Object.values(group.streams)) {
    for (const { message } of eventsBetween(group, stream, 0, Number.POSITIVE_INFINITY, port)) bytes += eventBytes(message);
  }
  return bytes;
}

export function groupsIn(state: Readonly<LogsState>, place: Place): LogGroup[] {
  const prefix = `:logs:${place.region}:${place.account}:`;
  return Object.values(state.groups)
    .filter(({ arn }) => arn.includes(prefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(group: LogGroup, port: Port): JsonObject {
  return {
    logGroupName: group.name,
    creationTime: epochOf(group.createdAt, port),
    ...(group.retentionInDays === null ? {} : { retentionInDays: group.retentionInDays }),
    metricFilterCount: Object.keys(group.metricFilters).length,
    arn: `${group.arn}:*`,
    storedBytes: storedBytes(group, port),
    ...(group.kmsKeyId === null ? {} : { kmsKeyId: group.kmsKeyId }),
    logGroupClass: group.logGroupClass,
    logGroupArn: group.arn,
    deletionProtectionEnabled: group.isProtected,
  };
}

export function describeLogGroups(state: Readonly<LogsState>, { input }: ApiCall, port: Port): Reply {
  const { logGroupNamePrefix, logGroupNamePattern, logGroupClass, logGroupIdentifiers } = input;
  if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
    return invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
  }
  const wanted = Array.isArray(logGroupIdentifiers) ? new Set(logGroupIdentifiers.map((one) => groupArnOf(String(one)))) : null;
  const pattern = typeof logGroupNamePattern === 'string' ? logGroupNamePattern.toLowerCase() : null;
  const groups = groupsIn(state, port)
    .filter(({ name }) => name.startsWith(String(logGroupNamePrefix ?? '')))
    .filter(({ name }) => pattern === null || name.toLowerCase().includes(pattern))
    .filter((group) => logGroupClass === undefined || group.logGroupClass === logGroupClass)
    .filter(({ arn, name }) => wanted === null || wanted.has(arn) || wanted.has(name));
  return pageOf(
    input,
    'logGroups',
    groups.map((group) => describe(group, port)),
    (group) => group.logGroupName as string,
  );
}

export function listLogGroups(state: Readonly<LogsState>, { input }: ApiCall, port: Port): Reply {
  const { logGroupNamePattern, logGroupClass } = input;
  const regex = typeof logGroupNamePattern === 'string' ? new RegExp(logGroupNamePattern) : null;
  const groups = groupsIn(state, port)
    .filter(({ name }) => regex === null || regex.test(name))
    .filter((group) => logGroupClass === undefined || group.logGroupClass === logGroupClass)
    .map((group): JsonObject => ({ logGroupName: group.name, logGroupArn: group.arn, logGroupClass: group.logGroupClass }));
  return pageOf(input, 'logGroups', groups, (group) => group.logGroupName as string);
}
