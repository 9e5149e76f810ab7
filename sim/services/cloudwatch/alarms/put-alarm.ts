// PutMetricAlarm and PutCompositeAlarm. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
// Simplified: no anomaly detection, Metrics Insights, PromQL or log alarms, and composite alarms suppress no actions; AWS has them.
import type { ApiCall, Reply } from '../../../kernel/call';
import type { JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import { missing, validationError } from '../faults';
import { isPeriod } from '../get-metric-statistics';
import { checkQueries, queriesIn } from '../metric-queries';
import { dimensionsIn } from '../read';
import type { CloudWatchState } from '../state';
import { isSimple, parseStatistic } from '../statistics';
import { type Alarm, type AlarmConfiguration, COMPARISONS, type MetricAlarmConfiguration } from './alarm';
import { sendEvent, settleComposites } from './change-state';
import { judgeComposite } from './composite-rule';
import { configurationView } from './messages';
import type { Schedule } from './schedule';

type Refusal = Extract<Reply, { fault: unknown }>;

const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 604_800;
const TREATMENTS = ['breaching', 'notBreaching', 'ignore', 'missing'];

/** Members of the API that this simulator does not model: refused, so that nobody relies on them. */
const NOT_HERE = ['ThresholdMetricId', 'EvaluationCriteria', 'EvaluationWindow', 'WarmUpConfiguration', 'ActionsSuppressor'] as const;

export function putMetricAlarm(schedule: Schedule, state: Readonly<CloudWatchState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const refusal = checkCommon(input) ?? checkRule(input) ?? (input.Metrics ? checkMetrics(input) : checkMetric(input));
  if (refusal) return refusal;
  if (state.alarms[call.resource]?.configuration.kind === 'composite') {
    return validationError(`An alarm of another type with the name ${input.AlarmName} exists.`);
  }
  const configuration: MetricAlarmConfiguration = {
    kind: 'metric',
    ...commonOf(input),
    MetricName: textOrNull(input.MetricName),
    Namespace: textOrNull(input.Namespace),
    Statistic: textOrNull(input.Statistic),
    ExtendedStatistic: textOrNull(input.ExtendedStatistic),
    Dimensions: dimensionsIn(input.Dimensions),
    Period: (input.Period ?? null) as number | null,
    Unit: textOrNull(input.Unit),
    EvaluationPeriods: input.EvaluationPeriods as number,
    DatapointsToAlarm: (input.DatapointsToAlarm ?? null) as number | null,
    Threshold: input.Threshold as number,
    ComparisonOperator: input.ComparisonOperator as MetricAlarmConfiguration['ComparisonOperator'],
    TreatMissingData: (input.TreatMissingData ?? null) as MetricAlarmConfiguration['TreatMissingData'],
    EvaluateLowSampleCountPercentile: (input.EvaluateLowSampleCountPercentile ?? null) as 'evaluate' | 'ignore' | null,
    Metrics: (input.Metrics ?? null) as JsonObject[] | null,
  };
  const alarm = put(state, call, configuration as unknown as JsonObject, port);
  schedule.plan(alarm, port);
  return { ok: {} };
}

export function putCompositeAlarm(state: Readonly<CloudWatchState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const refusal = checkCommon(input);
  if (refusal) return refusal;
  const AlarmRule = String(input.AlarmRule ?? '');
  if (AlarmRule === '') return missing('AlarmRule');
  if (state.alarms[call.resource]?.configuration.kind === 'metric') {
    return validationError(`An alarm of another type with the name ${input.AlarmName} exists.`);
  }
  const found = judgeComposite(AlarmRule, () => null);
  if ('refused' in found) return validationError(found.refused);
  const prefix = call.resource.slice(0, call.resource.indexOf(':alarm:') + 7);
  const gone = found.names.find((name) => !state.alarms[name.startsWith('arn:') ? name : prefix + name]);
  if (gone !== undefined) return validationError(`Could not save the composite alarm as alarms [${gone}] in the alarm rule do not exist`);
  put(state, call, { kind: 'composite', ...commonOf(input), AlarmRule } as unknown as JsonObject, port);
  settleComposites(state, null, port);
  return { ok: {} };
}

/** A new alarm has no data yet; a changed one keeps its state until it is evaluated again. */
function put(state: Readonly<CloudWatchState>, call: ApiCall, configuration: JsonObject, port: Port): Alarm {
  const isNew = !state.alarms[call.resource];
  const tags = Object.fromEntries(((call.input.Tags ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
  port.emit('cloudwatch:AlarmPut', call.resource, {
    configuration,
    epochMs: port.epochMs,
    ...(isNew && Object.keys(tags).length > 0 ? { tags } : {}),
  });
  const alarm = state.alarms[call.resource] as Alarm;
  const operation = isNew ? 'create' : 'update';
  const detail = {
    alarmName: alarm.configuration.AlarmName,
    operation,
    state: { value: alarm.state.value, timestamp: new Date(alarm.state.updatedAt).toISOString() },
    configuration: { ...configurationView(alarm), actionsEnabled: alarm.configuration.ActionsEnabled },
  };
  sendEvent(alarm, 'CloudWatch Alarm Configuration Change', detail, port);
  return alarm;
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function commonOf(input: JsonObject): AlarmConfiguration {
  return {
    AlarmName: input.AlarmName as string,
    AlarmDescription: textOrNull(input.AlarmDescription),
    ActionsEnabled: input.ActionsEnabled !== false,
    OKActions: textsIn(input.OKActions),
    AlarmActions: textsIn(input.AlarmActions),
    InsufficientDataActions: textsIn(input.InsufficientDataActions),
  };
}

function checkCommon(input: JsonObject): Refusal | null {
  if (!textOrNull(input.AlarmName)) return missing('AlarmName');
  const unmodelled = NOT_HERE.find((name) => input[name] !== undefined && input[name] !== null);
  if (unmodelled) return validationError(`${unmodelled} is not part of this simulator.`);
  for (const action of [input.OKActions, input.AlarmActions, input.InsufficientDataActions].flatMap(textsIn)) {
    if (!action.startsWith('arn:')) return validationError(`Invalid arn syntax: ${action}`);
  }
  return null;
}

function checkRule(input: JsonObject): Refusal | null {
  const { EvaluationPeriods, DatapointsToAlarm, ComparisonOperator, Threshold, TreatMissingData, EvaluateLowSampleCountPercentile } = input;
  if (typeof EvaluationPeriods !== 'number') return missing('EvaluationPeriods');
  if (typeof ComparisonOperator !== 'string') return missing('ComparisonOperator');
  if (typeof Threshold !== 'number') return missing('Threshold');
  if (!(ComparisonOperator in COMPARISONS))
    return validationError(`${ComparisonOperator} is for anomaly detection, which is not part of this simulator.`);
  if (typeof DatapointsToAlarm === 'number' && DatapointsToAlarm > EvaluationPeriods) {
    return validationError('Datapoints to alarm must be less than or equal to the number of evaluation periods.');
  }
  if (typeof TreatMissingData === 'string' && !TREATMENTS.includes(TreatMissingData)) {
    return validationError(
      `The value ${TreatMissingData} is not supported for TreatMissingData parameter. Supported values are [${TREATMENTS.join(', ')}].`,
    );
  }
  if (typeof EvaluateLowSampleCountPercentile === 'string') {
    if (EvaluateLowSampleCountPercentile !== 'evaluate' && EvaluateLowSampleCountPercentile !== 'ignore') {
      return validationError(
        `Option ${EvaluateLowSampleCountPercentile} is not supported. Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.`,
      );
    }
  }
  return null;
}

function checkMetric(input: JsonObject): Refusal | null {
  for (const name of ['MetricName', 'Namespace', 'Period']) if (!input[name]) return missing(name);
  const { Statistic, ExtendedStatistic, Period, EvaluationPeriods } = input;
  if (Boolean(Statistic) === Boolean(ExtendedStatistic)) {
    return Statistic
      ? validationError('Statistic and ExtendedStatistic are mutually exclusive: specify one of them.')
      : missing('Statistic');
  }
  const extended = textOrNull(ExtendedStatistic);
  if (extended && (isSimple(extended) || !parseStatistic(extended))) {
    return validationError(`The value ${extended} for parameter ExtendedStatistic is not supported.`);
  }
  const period = Period as number;
  if (!isPeriod(period) || period === 1 || period === 5) {
    return validationError('Metric list must contain valid periods: period must be 10, 20, 30 or a multiple of 60');
  }
  const seconds = period * (EvaluationPeriods as number);
  if (seconds > (period < 3600 ? DAY_SECONDS : WEEK_SECONDS)) {
    return validationError(
      `Metrics cannot be checked across more than ${period < 3600 ? 'a day' : 'a week'} (EvaluationPeriods * Period must be <= ${period < 3600 ? DAY_SECONDS : WEEK_SECONDS}).`,
    );
  }
  return null;
}

function checkMetrics(input: JsonObject): Refusal | null {
  const beside = ['MetricName', 'Namespace', 'Period', 'Statistic', 'ExtendedStatistic', 'Dimensions', 'Unit'].find((name) => {
    const value = input[name];
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  });
  if (beside) return validationError(`Metrics list and the parameter ${beside} are mutually exclusive.`);
  const queries = queriesIn(input.Metrics);
  const refusal = checkQueries(queries, 'Metrics');
  if (refusal) return refusal;
  const returned = queries.filter(({ ReturnData }) => ReturnData !== false);
  return returned.length === 1 ? null : validationError('Exactly one element of the metrics list should return data.');
}
