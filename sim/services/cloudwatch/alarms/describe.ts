// Alarms and their history as the API shows them. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
import type { ApiCall, Reply } from '../../../kernel/call';
import type { JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import { missing, validationError } from '../faults';
import { dimensionsIn } from '../read';
import { dimensionsKey } from '../series';
import type { CloudWatchState } from '../state';
import type { Alarm } from './alarm';
import { judgeComposite } from './composite-rule';

const PAGE = 50;

function view({ arn, configuration, configuredAt, state }: Alarm): JsonObject {
  const { kind, ...rest } = configuration;
  const members = Object.entries(rest).filter(
    ([name, value]) => value !== null && !(name === 'Dimensions' && configuration.kind === 'metric' && configuration.Metrics),
  );
  return {
    ...(Object.fromEntries(members) as JsonObject),
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: configuredAt / 1000,
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData === null ? {} : { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: state.updatedAt / 1000,
    StateTransitionedTimestamp: state.transitionedAt / 1000,
  };
}

export function alarmsIn(state: Readonly<CloudWatchState>, port: Pick<Port, 'account' | 'region'>): Alarm[] {
  const place = `:cloudwatch:${port.region}:${port.account}:`;
  return Object.values(state.alarms)
    .filter(({ arn }) => arn.includes(place))
    .sort((a, b) => (a.configuration.AlarmName < b.configuration.AlarmName ? -1 : 1));
}

export function describeAlarms(state: Readonly<CloudWatchState>, { input }: ApiCall, port: Port): Reply {
  const {
    AlarmNames,
    AlarmNamePrefix,
    AlarmTypes,
    StateValue,
    ActionPrefix,
    ChildrenOfAlarmName,
    ParentsOfAlarmName,
    MaxRecords,
    NextToken,
  } = input;
  if (Array.isArray(AlarmNames) && AlarmNames.length > 0 && AlarmNamePrefix) {
    return validationError('AlarmNamePrefix and AlarmNames are mutually exclusive.');
  }
  // Without types, only metric alarms are listed.
  const types = Array.isArray(AlarmTypes) && AlarmTypes.length > 0 ? AlarmTypes : ['MetricAlarm'];
  const all = alarmsIn(state, port);
  const childrenOf = (name: unknown): string[] => {
    const parent = all.find(({ configuration }) => configuration.AlarmName === name)?.configuration;
    if (parent?.kind !== 'composite') return [];
    const found = judgeComposite(parent.AlarmRule, () => null);
    return 'names' in found ? found.names.map((child) => child.slice(child.lastIndexOf(':') + 1)) : [];
  };
  const isFamily = ChildrenOfAlarmName !== undefined || ParentsOfAlarmName !== undefined;
  const alarms = all.filter(({ configuration, state: { value } }) => {
    const { kind, AlarmName } = configuration;
    if (!isFamily && !types.includes(kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm')) return false;
    if (Array.isArray(AlarmNames) && AlarmNames.length > 0 && !AlarmNames.includes(AlarmName)) return false;
    if (typeof AlarmNamePrefix === 'string' && !AlarmName.startsWith(AlarmNamePrefix)) return false;
    if (StateValue !== undefined && value !== StateValue) return false;
    if (ChildrenOfAlarmName !== undefined && !childrenOf(ChildrenOfAlarmName).includes(AlarmName)) return false;
    if (ParentsOfAlarmName !== undefined && !childrenOf(AlarmName).includes(String(ParentsOfAlarmName))) return false;
    const actions = [...configuration.AlarmActions, ...configuration.OKActions, ...configuration.InsufficientDataActions];
    return typeof ActionPrefix !== 'string' || actions.some((action) => action.startsWith(ActionPrefix));
  });
  const start = typeof NextToken === 'string' ? alarms.findIndex(({ configuration }) => configuration.AlarmName === NextToken) : 0;
  if (start === -1)
    return { fault: { code: 'InvalidNextToken', message: 'The value for parameter NextToken is invalid.', status: 400, side: 'client' } };
  const size = typeof MaxRecords === 'number' ? MaxRecords : PAGE;
  const page = alarms.slice(start, start + size);
  const next = alarms[start + size];
  return {
    ok: {
      MetricAlarms: page.filter(({ configuration }) => configuration.kind === 'metric').map(view),
      CompositeAlarms: page.filter(({ configuration }) => configuration.kind === 'composite').map(view),
      ...(next ? { NextToken: next.configuration.AlarmName } : {}),
    },
  };
}

export function describeAlarmsForMetric(state: Readonly<CloudWatchState>, { input }: ApiCall, port: Port): Reply {
  for (const name of ['MetricName', 'Namespace']) if (!input[name]) return missing(name);
  const dimensions = dimensionsKey(dimensionsIn(input.Dimensions));
  const alarms = alarmsIn(state, port).filter(({ configuration }) => {
    if (configuration.kind !== 'metric') return false;
    return (
      configuration.MetricName === input.MetricName &&
      configuration.Namespace === input.Namespace &&
      dimensionsKey(configuration.Dimensions) === dimensions &&
      (['Statistic', 'ExtendedStatistic', 'Period', 'Unit'] as const).every(
        (name) => input[name] === undefined || input[name] === configuration[name],
      )
    );
  });
  return { ok: { MetricAlarms: alarms.map(view) } };
}

export function describeAlarmHistory(state: Readonly<CloudWatchState>, { input }: ApiCall, port: Port): Reply {
  const { AlarmName, AlarmTypes, HistoryItemType, StartDate, EndDate, MaxRecords, NextToken, ScanBy } = input;
  const place = `${port.account}:${port.region}`;
  const types = Array.isArray(AlarmTypes) && AlarmTypes.length > 0 ? AlarmTypes : ['MetricAlarm'];
  const items = state.history
    .filter((item) => item.place === place)
    .filter((item) => (AlarmName === undefined ? types.includes(item.alarmType) : item.alarmName === AlarmName))
    .filter((item) => HistoryItemType === undefined || item.type === HistoryItemType)
    .filter(({ at }) => (typeof StartDate !== 'number' || at >= StartDate * 1000) && (typeof EndDate !== 'number' || at <= EndDate * 1000))
    .map(
      (item): JsonObject => ({
        AlarmName: item.alarmName,
        AlarmType: item.alarmType,
        Timestamp: item.at / 1000,
        HistoryItemType: item.type,
        HistorySummary: item.summary,
        HistoryData: item.data,
      }),
    );
  if (ScanBy !== 'TimestampAscending') items.reverse();
  const start = typeof NextToken === 'string' ? Number(NextToken) : 0;
  if (!Number.isInteger(start) || start < 0)
    return { fault: { code: 'InvalidNextToken', message: 'The value for parameter NextToken is invalid.', status: 400, side: 'client' } };
  const size = typeof MaxRecords === 'number' ? MaxRecords : 100;
  const end = start + size;
  return { ok: { AlarmHistoryItems: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) } };
}
