// An alarm as CloudWatch keeps it. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
import type { Arn } from '../../../kernel/arn';
import type { JsonObject } from '../../../kernel/json';
import type { Dimension } from '../series';

export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type ComparisonOperator = keyof typeof COMPARISONS;
export type TreatMissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

export const COMPARISONS = {
  GreaterThanOrEqualToThreshold: { words: 'greater than or equal to', holds: (a: number, b: number) => a >= b },
  GreaterThanThreshold: { words: 'greater than', holds: (a: number, b: number) => a > b },
  LessThanThreshold: { words: 'less than', holds: (a: number, b: number) => a < b },
  LessThanOrEqualToThreshold: { words: 'less than or equal to', holds: (a: number, b: number) => a <= b },
} as const;

/** What PutMetricAlarm and PutCompositeAlarm set, in the API's names. */
export interface AlarmConfiguration {
  AlarmName: string;
  AlarmDescription: string | null;
  ActionsEnabled: boolean;
  OKActions: Arn[];
  AlarmActions: Arn[];
  InsufficientDataActions: Arn[];
}

export interface MetricAlarmConfiguration extends AlarmConfiguration {
  kind: 'metric';
  MetricName: string | null;
  Namespace: string | null;
  Statistic: string | null;
  ExtendedStatistic: string | null;
  Dimensions: Dimension[];
  Period: number | null;
  Unit: string | null;
  EvaluationPeriods: number;
  DatapointsToAlarm: number | null;
  Threshold: number;
  ComparisonOperator: ComparisonOperator;
  TreatMissingData: TreatMissingData | null;
  EvaluateLowSampleCountPercentile: 'evaluate' | 'ignore' | null;
  /** Of an alarm on an expression. */
  Metrics: JsonObject[] | null;
}

export interface CompositeAlarmConfiguration extends AlarmConfiguration {
  kind: 'composite';
  AlarmRule: string;
}

export interface AlarmState {
  value: StateValue;
  reason: string;
  /** JSON text. */
  reasonData: string | null;
  /** Unix milliseconds. */
  updatedAt: number;
  transitionedAt: number;
}

export interface Alarm {
  arn: Arn;
  configuration: MetricAlarmConfiguration | CompositeAlarmConfiguration;
  /** Unix milliseconds. */
  configuredAt: number;
  state: AlarmState;
}

export type HistoryItemType = 'ConfigurationUpdate' | 'StateUpdate' | 'Action';

export interface HistoryItem {
  place: string;
  alarmName: string;
  alarmType: 'MetricAlarm' | 'CompositeAlarm';
  /** Unix milliseconds. */
  at: number;
  type: HistoryItemType;
  summary: string;
  /** JSON text. */
  data: string;
}

/** The period that a metric alarm looks at: the longest of its metrics. */
export function periodOf({ Period, Metrics }: MetricAlarmConfiguration): number {
  if (Period !== null) return Period;
  const periods = (Metrics ?? []).flatMap((query) => [
    Number(query.Period ?? 0),
    Number((query.MetricStat as JsonObject | null)?.Period ?? 0),
  ]);
  return Math.max(...periods, 0) || 60;
}

/** `2019-10-02T17:04:40.989+0000` */
export function dateText(epochMs: number): string {
  return new Date(Math.floor(epochMs)).toISOString().replace('Z', '+0000');
}

/** A number as Java prints it: with a decimal point always. */
export function decimal(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7 ? `${value}.0` : String(value);
}

/** A number that is printed as Java prints it. */
export class Decimal {
  constructor(readonly value: number) {}
}

export type ReportValue = Decimal | string | number | boolean | null | ReportValue[] | { [name: string]: ReportValue };

/** JSON with decimals. */
export function jsonText(value: ReportValue): string {
  if (value instanceof Decimal) return decimal(value.value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${jsonText(member)}`)
    .join(',')}}`;
}
