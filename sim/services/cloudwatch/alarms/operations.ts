// Alarms deleted, set by hand, their actions switched. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
import type { ApiCall, Reply } from '../../../kernel/call';
import type { JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import { invalidValue, missing, notFound, validationError } from '../faults';
import type { CloudWatchState } from '../state';
import type { Alarm, StateValue } from './alarm';
import { changeState, sendEvent } from './change-state';
import { judgeComposite } from './composite-rule';
import { alarmsIn } from './describe';
import type { Schedule } from './schedule';

function named(state: Readonly<CloudWatchState>, input: JsonObject, port: Port): Alarm[] {
  const names = new Set(Array.isArray(input.AlarmNames) ? input.AlarmNames.map(String) : []);
  return alarmsIn(state, port).filter(({ configuration }) => names.has(configuration.AlarmName));
}

export function deleteAlarms(schedule: Schedule, state: Readonly<CloudWatchState>, { input }: ApiCall, port: Port): Reply {
  if (!Array.isArray(input.AlarmNames)) return missing('AlarmNames');
  const gone = named(state, input, port);
  const names = new Set(gone.map(({ configuration }) => configuration.AlarmName));
  for (const { configuration } of alarmsIn(state, port)) {
    if (configuration.kind !== 'composite' || names.has(configuration.AlarmName)) continue;
    const found = judgeComposite(configuration.AlarmRule, () => null);
    const child = 'names' in found ? found.names.find((name) => names.has(name.slice(name.lastIndexOf(':') + 1))) : undefined;
    if (child !== undefined)
      return validationError(`Cannot delete ${child} as there are composite alarm(s) depending on it: ${configuration.AlarmName}`);
  }
  for (const alarm of gone) {
    schedule.forget(alarm.arn, port);
    const { AlarmName } = alarm.configuration;
    sendEvent(alarm, 'CloudWatch Alarm Configuration Change', { alarmName: AlarmName, operation: 'delete' }, port);
    port.emit('cloudwatch:AlarmDeleted', alarm.arn, { alarmName: AlarmName, epochMs: port.epochMs });
  }
  return { ok: {} };
}

export function setAlarmState(schedule: Schedule, state: Readonly<CloudWatchState>, { input, resource }: ApiCall, port: Port): Reply {
  for (const name of ['AlarmName', 'StateValue', 'StateReason']) if (typeof input[name] !== 'string') return missing(name);
  const alarm = state.alarms[resource];
  if (!alarm) return notFound('Alarm does not exist');
  const data = (input.StateReasonData ?? null) as string | null;
  if (data !== null) {
    try {
      JSON.parse(data);
    } catch {
      return { fault: { code: 'InvalidFormat', message: 'StateReasonData is not valid JSON.', status: 400, side: 'client' } };
    }
  }
  changeState(state, alarm, input.StateValue as StateValue, input.StateReason as string, data, port, { byHand: true });
  // The next evaluation may set it back.
  schedule.plan(alarm, port);
  return { ok: {} };
}

export function switchActions(isEnabled: boolean, state: Readonly<CloudWatchState>, { input }: ApiCall, port: Port): Reply {
  if (!Array.isArray(input.AlarmNames)) return missing('AlarmNames');
  for (const { arn, configuration } of named(state, input, port)) {
    port.emit('cloudwatch:AlarmActionsSwitched', arn, { alarmName: configuration.AlarmName, isEnabled, epochMs: port.epochMs });
  }
  return { ok: {} };
}

export function tagAlarm(state: Readonly<CloudWatchState>, { input, resource }: ApiCall, port: Port): Reply {
  if (!state.alarms[resource]) return unknownResource(resource);
  const given = Object.fromEntries(((input.Tags ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
  const tags = { ...state.tags[resource], ...given };
  if (Object.keys(tags).length > 50) return invalidValue('A resource can have at most 50 tags.');
  port.emit('cloudwatch:TagsSet', resource, { tags });
  return { ok: {} };
}

export function untagAlarm(state: Readonly<CloudWatchState>, { input, resource }: ApiCall, port: Port): Reply {
  if (!state.alarms[resource]) return unknownResource(resource);
  const gone = new Set(input.TagKeys as string[]);
  const tags = Object.fromEntries(Object.entries(state.tags[resource] ?? {}).filter(([key]) => !gone.has(key)));
  port.emit('cloudwatch:TagsSet', resource, { tags });
  return { ok: {} };
}

export function listTags(state: Readonly<CloudWatchState>, { resource }: ApiCall): Reply {
  if (!state.alarms[resource]) return unknownResource(resource);
  return { ok: { Tags: Object.entries(state.tags[resource] ?? {}).map(([Key, Value]) => ({ Key, Value })) } };
}

function unknownResource(resource: string): Extract<Reply, { fault: unknown }> {
  const message = `Unknown resource: ${resource}`;
  const body = { ResourceType: 'Alarm', ResourceId: resource };
  return { fault: { code: 'ResourceNotFoundException', message, status: 404, side: 'client', body } };
}
