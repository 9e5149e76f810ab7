// An alarm looks at its data and changes its state, or not. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
import type { ApiCall, Reply } from '../../../kernel/call';
import type { Port } from '../../../kernel/service';
import type { MathValue } from '../math/value';
import { ExpressionError, type MetricQuery, runQueries } from '../metric-queries';
import { findSeries } from '../read';
import type { CloudWatchState } from '../state';
import { type Alarm, Decimal, dateText, jsonText, type MetricAlarmConfiguration, periodOf } from './alarm';
import { changeState } from './change-state';
import { judge, OLDER_PERIODS, type Points, type Rule, reasonOf } from './judge';
import { intervalMs, type Schedule } from './schedule';

/** A single metric as a query of its own. */
export function queriesOf(configuration: MetricAlarmConfiguration): MetricQuery[] {
  if (configuration.Metrics) return configuration.Metrics as unknown as MetricQuery[];
  const { MetricName, Namespace, Dimensions, Period, Statistic, ExtendedStatistic, Unit } = configuration;
  const Metric = { MetricName: MetricName ?? '', Namespace: Namespace ?? '', Dimensions };
  return [{ Id: 'm1', MetricStat: { Metric, Period: Period ?? 60, Stat: Statistic ?? ExtendedStatistic ?? 'Average', Unit } }];
}

export const ruleOf = (configuration: MetricAlarmConfiguration): Rule => ({
  evaluationPeriods: configuration.EvaluationPeriods,
  datapointsToAlarm: configuration.DatapointsToAlarm,
  threshold: configuration.Threshold,
  comparison: configuration.ComparisonOperator,
  treatMissingData: configuration.TreatMissingData ?? 'missing',
});

interface Look {
  points: Points;
  sampleCounts: Points;
  /** Unix milliseconds at which a point's period begins. */
  timeOf: (i: number) => number;
}

function look(state: Readonly<CloudWatchState>, alarm: Alarm, configuration: MetricAlarmConfiguration, port: Port): Look {
  const period = periodOf(configuration);
  const stepSeconds = intervalMs(alarm) / 1000;
  const to = Math.floor(port.epochMs / 1000 / stepSeconds) * stepSeconds;
  const count = configuration.EvaluationPeriods + OLDER_PERIODS;
  const span = { from: to - count * period, to, isSliding: true };
  const queries = queriesOf(configuration);
  const secondOf = (i: number) => to - (i + 1) * period;
  const read = (asked: MetricQuery[]): Points => {
    let value: MathValue | undefined;
    try {
      const values = runQueries(state, asked, span, port);
      const shown = asked.find(({ ReturnData }) => ReturnData !== false) ?? asked[0];
      value = shown ? values.get(shown.Id) : undefined;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
    }
    return Array.from({ length: count }, (_, i) => (value?.type === 'series' ? (value.series.points.get(secondOf(i)) ?? null) : null));
  };
  const samples = queries.map((query) =>
    query.MetricStat ? { ...query, MetricStat: { ...query.MetricStat, Stat: 'SampleCount' } } : query,
  );
  return {
    points: read(queries),
    sampleCounts: configuration.Metrics ? [] : read(samples),
    timeOf: (i) => secondOf(i) * 1000,
  };
}

/** A percentile of few samples says little: an alarm may be told to stay as it is then. The numbers are AWS's. */
function hasTooFewSamples(configuration: MetricAlarmConfiguration, used: readonly number[], sampleCounts: Points): boolean {
  const [, percent] = /^p([\d.]+)$/.exec(configuration.ExtendedStatistic ?? '') ?? [];
  if (configuration.EvaluateLowSampleCountPercentile !== 'ignore' || percent === undefined) return false;
  const share = Number(percent) / 100;
  const least = 10 / (share >= 0.5 ? 1 - share : share);
  return used.some((i) => (sampleCounts[i] ?? 0) < least);
}

/** Data that is still to come into view, such as measurements dated ahead, may change the outcome later. */
function hasDataAhead(state: Readonly<CloudWatchState>, configuration: MetricAlarmConfiguration, port: Port): boolean {
  return queriesOf(configuration).some(
    ({ MetricStat }) =>
      MetricStat && findSeries(state, MetricStat.Metric, MetricStat.Unit ?? null, port).some(({ lastAt }) => lastAt >= port.epochMs),
  );
}

export function evaluateAlarm(schedule: Schedule, state: Readonly<CloudWatchState>, call: ApiCall, port: Port): Reply {
  const alarm = state.alarms[call.resource];
  if (alarm?.configuration.kind !== 'metric') return { ok: {} };
  const { configuration } = alarm;
  const { points, sampleCounts, timeOf } = look(state, alarm, configuration, port);
  const rule = ruleOf(configuration);
  const judgement = judge(points, rule);
  const isUndecided = judgement.value === null || hasTooFewSamples(configuration, judgement.used, sampleCounts);
  if (!isUndecided && judgement.value !== null && judgement.value !== alarm.state.value) {
    const reason = reasonOf(points, rule, judgement, timeOf);
    const oldest = judgement.used[judgement.used.length - 1];
    const reasonData = jsonText({
      version: '1.0',
      queryDate: dateText(port.epochMs),
      ...(oldest === undefined ? {} : { startDate: dateText(timeOf(oldest)) }),
      ...(configuration.Unit ? { unit: configuration.Unit } : {}),
      ...(configuration.Statistic ? { statistic: configuration.Statistic } : {}),
      period: periodOf(configuration),
      recentDatapoints: [...judgement.used].reverse().map((i) => new Decimal(points[i] as number)),
      threshold: new Decimal(configuration.Threshold),
      evaluatedDatapoints: judgement.used.map((i) => ({
        timestamp: dateText(timeOf(i)),
        ...(typeof sampleCounts[i] === 'number' ? { sampleCount: new Decimal(sampleCounts[i]) } : {}),
        value: new Decimal(points[i] as number),
      })),
    });
    changeState(state, alarm, judgement.value, reason, reasonData, port, {
      points: [...points],
      used: judgement.used,
      breaching: judgement.breaching,
      needed: rule.datapointsToAlarm ?? rule.evaluationPeriods,
      missingTreatedAs: judgement.filled > 0 ? rule.treatMissingData : null,
    });
  }
  // With nothing in view the outcome stands until something is measured.
  if (points.some((value) => value !== null) || hasDataAhead(state, configuration, port)) schedule.plan(alarm, port);
  return { ok: {} };
}
