// The fold of CloudWatch's own facts: data that were put, alarms, and what happened to them.
import { parseArn } from '../../kernel/arn';
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import type { Alarm, HistoryItemType, StateValue } from './alarms/alarm';
import { applyMetricData } from './put-metric-data';
import type { CloudWatchState } from './state';

export function applyCloudWatch(state: CloudWatchState, fact: Fact): void {
  const { type, resource, data } = fact;
  if (type === 'cloudwatch:MetricDataPut') {
    applyMetricData(state, fact);
    return;
  }
  if (type === 'cloudwatch:AlarmPut') {
    putAlarm(state, fact);
    return;
  }
  if (type === 'cloudwatch:TagsSet') {
    state.tags[resource] = data.tags as Record<string, string>;
    return;
  }
  const alarm = state.alarms[resource];
  if (!alarm) return;
  const at = data.epochMs as number;
  switch (type) {
    case 'cloudwatch:AlarmStateChanged':
      changeState(state, alarm, data, at);
      break;
    case 'cloudwatch:AlarmDeleted':
      addHistory(state, alarm, at, 'ConfigurationUpdate', `Alarm "${alarm.configuration.AlarmName}" deleted`, {
        version: '1.0',
        type: 'Delete',
      });
      delete state.alarms[resource];
      delete state.tags[resource];
      break;
    case 'cloudwatch:AlarmActionsSwitched':
      alarm.configuration = { ...alarm.configuration, ActionsEnabled: data.isEnabled === true };
      alarm.configuredAt = at;
      addHistory(state, alarm, at, 'ConfigurationUpdate', `Alarm "${alarm.configuration.AlarmName}" updated`, {
        version: '1.0',
        type: 'Update',
      });
      break;
    case 'cloudwatch:AlarmActionDone':
      addHistory(state, alarm, at, 'Action', `Successfully executed action ${data.target}`, actionData(alarm, data, null));
      break;
    case 'cloudwatch:AlarmActionFailed': {
      const error = `${data.errorMessage}`;
      addHistory(
        state,
        alarm,
        at,
        'Action',
        `Failed to execute action ${data.target}. Received error: "${error}"`,
        actionData(alarm, data, error),
      );
    }
  }
}

function putAlarm(state: CloudWatchState, { resource, data }: Fact): void {
  const configuration = data.configuration as unknown as Alarm['configuration'];
  const at = data.epochMs as number;
  const known = state.alarms[resource];
  const initial = {
    value: 'INSUFFICIENT_DATA',
    reason: 'Unchecked: Initial alarm creation',
    reasonData: null,
    updatedAt: at,
    transitionedAt: at,
  } as const;
  const alarm: Alarm = { arn: resource, configuration, configuredAt: at, state: known?.state ?? initial };
  state.alarms[resource] = alarm;
  if (data.tags) state.tags[resource] = data.tags as Record<string, string>;
  const summary = `Alarm "${configuration.AlarmName}" ${known ? 'updated' : 'created'}`;
  const record = {
    version: '1.0',
    type: known ? 'Update' : 'Create',
    [known ? 'updatedAlarm' : 'createdAlarm']: data.configuration ?? null,
  };
  addHistory(state, alarm, at, 'ConfigurationUpdate', summary, record);
}

function changeState(state: CloudWatchState, alarm: Alarm, data: JsonObject, at: number): void {
  const before = alarm.state;
  const value = data.to as StateValue;
  const reasonData = data.reasonData as string | null;
  const transitionedAt = before.value === value ? before.transitionedAt : at;
  alarm.state = { value, reason: data.reason as string, reasonData, updatedAt: at, transitionedAt };
  const shown = ({ value: stateValue, reason: stateReason, reasonData: text }: Alarm['state']) => ({
    stateValue,
    stateReason,
    ...(text === null ? {} : { stateReasonData: JSON.parse(text) as JsonObject }),
  });
  const record = { version: '1.0', oldState: shown(before), newState: shown(alarm.state) };
  addHistory(state, alarm, at, 'StateUpdate', `Alarm updated from ${before.value} to ${value}`, record);
}

function actionData(alarm: Alarm, { target, state }: JsonObject, error: string | null): JsonObject {
  return {
    actionState: error === null ? 'Succeeded' : 'Failed',
    stateUpdateTimestamp: alarm.state.updatedAt,
    notificationResource: target ?? '',
    stateValue: state ?? '',
    ...(error === null ? {} : { error }),
  };
}

function addHistory(state: CloudWatchState, alarm: Alarm, at: number, type: HistoryItemType, summary: string, data: JsonObject): void {
  const { account = '', region = '' } = parseArn(alarm.arn) ?? {};
  const { AlarmName, kind } = alarm.configuration;
  state.history.push({
    place: `${account}:${region}`,
    alarmName: AlarmName,
    alarmType: kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
    at,
    type,
    summary,
    data: JSON.stringify(data),
  });
}
