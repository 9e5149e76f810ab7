// Amazon CloudWatch: metrics from what the other services do, metrics of one's own, alarms.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/
// Simplified: dashboards, metric streams, Contributor Insights and anomaly detection are not part of this simulator; AWS has them.
import { type Arn, formatArn } from '../../kernel/arn';
import type { ConditionContext } from '../../kernel/call';
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import type { Service, Watch } from '../../kernel/service';
import { endAction } from './alarms/actions';
import { describeAlarmHistory, describeAlarms, describeAlarmsForMetric } from './alarms/describe';
import { evaluateAlarm, queriesOf } from './alarms/evaluate';
import { deleteAlarms, listTags, setAlarmState, switchActions, tagAlarm, untagAlarm } from './alarms/operations';
import { putCompositeAlarm, putMetricAlarm } from './alarms/put-alarm';
import { Schedule } from './alarms/schedule';
import { applyCloudWatch } from './apply';
import { getMetricData } from './get-metric-data';
import { getMetricStatistics } from './get-metric-statistics';
import { listMetrics } from './list-metrics';
import { OBSERVED, observe } from './observe';
import { putMetricData } from './put-metric-data';
import { type CloudWatchState, initialState } from './state';

/** Operations about one alarm; the others are about everything, as IAM sees them. */
const ABOUT_AN_ALARM: ReadonlySet<string> = new Set(['PutMetricAlarm', 'PutCompositeAlarm', 'SetAlarmState']);
const ABOUT_ALARMS: ReadonlySet<string> = new Set(['DeleteAlarms', 'EnableAlarmActions', 'DisableAlarmActions']);

/** Which namespace each observed service measures into. */
const NAMESPACE_OF: Record<string, string> = {
  lambda: 'AWS/Lambda',
  sqs: 'AWS/SQS',
  sns: 'AWS/SNS',
  events: 'AWS/Events',
  logs: 'AWS/Logs',
};

export function createCloudWatch(): Service<CloudWatchState> {
  const schedule = new Schedule();
  const clientActions: Service<CloudWatchState>['actions'] = {
    PutMetricData: (state, call, port) => {
      const reply = putMetricData(call, port);
      if ('ok' in reply) wake(schedule, state, String(call.input.Namespace), port);
      return reply;
    },
    ListMetrics: listMetrics,
    GetMetricStatistics: getMetricStatistics,
    GetMetricData: getMetricData,
    PutMetricAlarm: (state, call, port) => putMetricAlarm(schedule, state, call, port),
    PutCompositeAlarm: putCompositeAlarm,
    DescribeAlarms: describeAlarms,
    DescribeAlarmsForMetric: describeAlarmsForMetric,
    DescribeAlarmHistory: describeAlarmHistory,
    SetAlarmState: (state, call, port) => setAlarmState(schedule, state, call, port),
    DeleteAlarms: (state, call, port) => deleteAlarms(schedule, state, call, port),
    EnableAlarmActions: (state, call, port) => switchActions(true, state, call, port),
    DisableAlarmActions: (state, call, port) => switchActions(false, state, call, port),
    TagResource: tagAlarm,
    UntagResource: untagAlarm,
    ListTagsForResource: listTags,
  };
  return {
    prefix: 'cloudwatch',
    initial: initialState,
    actions: {
      ...clientActions,
      EvaluateAlarm: (state, call, port) => evaluateAlarm(schedule, state, call, port),
      EndAction: (_state, call, port) => endAction(call, port),
    },
    internal: new Set(['EvaluateAlarm', 'EndAction']),
    apply: applyCloudWatch,
    observes: OBSERVED,
    observe,
    react: (state, fact, watch) => {
      for (const namespace of namespacesOf(fact)) wake(schedule, state, namespace, watch);
    },
    route: (operation, input, where) =>
      Object.hasOwn(clientActions, operation) ? { action: `cloudwatch:${operation}`, resource: resourceOf(operation, input, where) } : null,
    conditionKeys: (_state, { action, input }): ConditionContext =>
      action === 'cloudwatch:PutMetricData' && typeof input.Namespace === 'string' ? { 'cloudwatch:namespace': input.Namespace } : {},
  };
}

function namespacesOf({ type, data }: Fact): string[] {
  if (type === 'logs:MetricFilterMatched') return [data.metricNamespace as string];
  if (type === 'logs:EmbeddedMetricsFound') return (data.data as { namespace: string }[]).map(({ namespace }) => namespace);
  const namespace = NAMESPACE_OF[type.slice(0, type.indexOf(':'))];
  return namespace === undefined ? [] : [namespace];
}

/** Alarms on a namespace in which something was measured are looked at again. */
function wake(schedule: Schedule, state: Readonly<CloudWatchState>, namespace: string, watch: Watch): void {
  for (const arn in state.alarms) {
    const alarm = state.alarms[arn];
    if (alarm?.configuration.kind !== 'metric') continue;
    const { configuration } = alarm;
    const isAbout = configuration.Metrics
      ? queriesOf(configuration).some(({ MetricStat }) => MetricStat?.Metric.Namespace === namespace)
      : configuration.Namespace === namespace;
    if (isAbout) schedule.plan(alarm, watch);
  }
}

function resourceOf(operation: string, input: JsonObject, { account, region }: { account: string; region: string }): Arn {
  const alarm = (name: unknown) => formatArn({ service: 'cloudwatch', region, account, resource: `alarm:${name ?? ''}` });
  if (ABOUT_AN_ALARM.has(operation)) return alarm(input.AlarmName);
  if (ABOUT_ALARMS.has(operation)) return alarm(Array.isArray(input.AlarmNames) ? input.AlarmNames[0] : '');
  if (typeof input.ResourceARN === 'string') return input.ResourceARN;
  return formatArn({ service: 'cloudwatch', region, account, resource: '*' });
}
