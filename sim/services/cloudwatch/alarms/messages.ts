// What an alarm tells others: the notification to SNS, the event on the bus, the payload of a function.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
import { parseArn } from '../../../kernel/arn';
import type { JsonObject } from '../../../kernel/json';
import type { MetricQuery } from '../metric-queries';
import type { Dimension } from '../series';
import { type Alarm, type AlarmState, Decimal, dateText, jsonText, type MetricAlarmConfiguration, type ReportValue } from './alarm';

/** Regions as notifications call them. https://docs.aws.amazon.com/general/latest/gr/rande.html */
const REGION_NAMES: Record<string, string> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'ca-central-1': 'Canada (Central)',
  'eu-central-1': 'EU (Frankfurt)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'eu-west-3': 'EU (Paris)',
  'eu-north-1': 'EU (Stockholm)',
  'eu-south-1': 'EU (Milan)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-northeast-2': 'Asia Pacific (Seoul)',
  'ap-northeast-3': 'Asia Pacific (Osaka)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'sa-east-1': 'South America (Sao Paulo)',
};

const SUBJECT_MAX = 100;

const regionName = (region: string) => REGION_NAMES[region] ?? region;

export function subjectOf(alarm: Alarm): string {
  const { region = '' } = parseArn(alarm.arn) ?? {};
  const text = `${alarm.state.value}: "${alarm.configuration.AlarmName}" in ${regionName(region)}`;
  return text.length <= SUBJECT_MAX ? text : `${text.slice(0, SUBJECT_MAX - 3)}...`;
}

/** JSON text, its members in AWS's order. */
export function notificationOf(alarm: Alarm, before: AlarmState): string {
  const { configuration, state, arn } = alarm;
  const { account = '', region = '' } = parseArn(arn) ?? {};
  const head: Record<string, ReportValue> = {
    AlarmName: configuration.AlarmName,
    AlarmDescription: configuration.AlarmDescription,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: dateText(alarm.configuredAt),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: dateText(state.updatedAt),
    Region: regionName(region),
    AlarmArn: arn,
    OldStateValue: before.value,
    OKActions: configuration.OKActions,
    AlarmActions: configuration.AlarmActions,
    InsufficientDataActions: configuration.InsufficientDataActions,
  };
  if (configuration.kind === 'composite') {
    return jsonText({ ...head, AlarmRule: configuration.AlarmRule, ...(state.reasonData ? { NewStateReasonData: state.reasonData } : {}) });
  }
  return jsonText({ ...head, Trigger: triggerOf(configuration) });
}

const pairs = (dimensions: readonly Dimension[]): ReportValue => dimensions.map(({ Name, Value }) => ({ value: Value, name: Name }));

function triggerOf(configuration: MetricAlarmConfiguration): ReportValue {
  const rule = {
    Period: configuration.Period ?? 60,
    EvaluationPeriods: configuration.EvaluationPeriods,
    ...(configuration.DatapointsToAlarm === null ? {} : { DatapointsToAlarm: configuration.DatapointsToAlarm }),
    ComparisonOperator: configuration.ComparisonOperator,
    Threshold: new Decimal(configuration.Threshold),
    TreatMissingData: configuration.TreatMissingData ?? 'missing',
    EvaluateLowSampleCountPercentile: configuration.EvaluateLowSampleCountPercentile ?? '',
  };
  if (configuration.Metrics) return { ...rule, Metrics: (configuration.Metrics as unknown as MetricQuery[]).map(queryView) };
  const { Statistic, ExtendedStatistic } = configuration;
  return {
    MetricName: configuration.MetricName,
    Namespace: configuration.Namespace,
    StatisticType: Statistic ? 'Statistic' : 'ExtendedStatistic',
    ...(Statistic ? { Statistic: STATISTIC_NAMES[Statistic] ?? Statistic } : { ExtendedStatistic }),
    Unit: configuration.Unit,
    Dimensions: pairs(configuration.Dimensions),
    ...rule,
  };
}

/** Statistics as notifications spell them. */
const STATISTIC_NAMES: Record<string, string> = {
  Average: 'AVERAGE',
  Sum: 'SUM',
  Minimum: 'MINIMUM',
  Maximum: 'MAXIMUM',
  SampleCount: 'SAMPLE_COUNT',
};

function queryView({ Id, Expression, MetricStat, Label, ReturnData }: MetricQuery): ReportValue {
  return {
    ...(Expression ? { Expression } : {}),
    Id,
    ...(Label ? { Label } : {}),
    ...(MetricStat
      ? {
          MetricStat: {
            Metric: {
              Dimensions: pairs(MetricStat.Metric.Dimensions ?? []),
              MetricName: MetricStat.Metric.MetricName,
              Namespace: MetricStat.Metric.Namespace,
            },
            Period: MetricStat.Period,
            Stat: MetricStat.Stat,
          },
        }
      : {}),
    ReturnData: ReturnData ?? true,
  };
}

function stateView({ value, reason, reasonData, updatedAt }: AlarmState): JsonObject {
  return { value, reason, ...(reasonData === null ? {} : { reasonData }), timestamp: dateText(updatedAt) };
}

/** Metrics as events have them: dimensions as a map. */
export function configurationView({ configuration }: Alarm): JsonObject {
  const description: JsonObject = configuration.AlarmDescription === null ? {} : { description: configuration.AlarmDescription };
  if (configuration.kind === 'composite') return { ...description, alarmRule: configuration.AlarmRule };
  const metric = (namespace: string, name: string, dimensions: readonly Dimension[]) => ({
    namespace,
    name,
    dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])),
  });
  const { MetricName, Namespace, Dimensions, Period, Statistic, ExtendedStatistic, Metrics } = configuration;
  const metrics: JsonObject[] = Metrics
    ? (Metrics as unknown as MetricQuery[]).map(({ Id, Expression, Label, ReturnData, MetricStat }) => ({
        id: Id,
        ...(Expression ? { expression: Expression } : {}),
        ...(Label ? { label: Label } : {}),
        ...(MetricStat
          ? {
              metricStat: {
                metric: metric(MetricStat.Metric.Namespace, MetricStat.Metric.MetricName, MetricStat.Metric.Dimensions ?? []),
                period: MetricStat.Period,
                stat: MetricStat.Stat,
              },
            }
          : {}),
        returnData: ReturnData ?? true,
      }))
    : [
        {
          id: 'm1',
          metricStat: {
            metric: metric(Namespace ?? '', MetricName ?? '', Dimensions),
            period: Period ?? 60,
            stat: Statistic ?? ExtendedStatistic ?? '',
          },
          returnData: true,
        },
      ];
  return { ...description, metrics };
}

export function eventDetail(alarm: Alarm, before: AlarmState): JsonObject {
  return {
    alarmName: alarm.configuration.AlarmName,
    state: stateView(alarm.state),
    previousState: stateView(before),
    configuration: configurationView(alarm),
  };
}

export function functionPayload(alarm: Alarm, before: AlarmState): JsonObject {
  const { account = '', region = '' } = parseArn(alarm.arn) ?? {};
  const time = dateText(alarm.state.updatedAt);
  return { source: 'aws.cloudwatch', alarmArn: alarm.arn, accountId: account, time, region, alarmData: eventDetail(alarm, before) };
}
