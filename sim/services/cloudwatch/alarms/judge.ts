// What an alarm makes of its data points, missing ones included: M out of N, and what a gap counts as.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
import { COMPARISONS, type ComparisonOperator, decimal, type StateValue, type TreatMissingData } from './alarm';

/** The newest first; null where there is none. */
export type Points = readonly (number | null)[];

export interface Rule {
  evaluationPeriods: number;
  /** Null when not given: as many as the periods. */
  datapointsToAlarm: number | null;
  threshold: number;
  comparison: ComparisonOperator;
  treatMissingData: TreatMissingData;
}

/** Besides the periods that decide, CloudWatch looks at some older ones for data to put in the place of what is missing.
 * Simplified: it looks two periods further back; AWS does not say how many it takes. */
export const OLDER_PERIODS = 2;

export interface Judgement {
  /** Null: as it was. */
  value: StateValue | null;
  /** Places in the list of the points that decided. */
  used: number[];
  breaching: number;
  /** Missing points that were counted in the place of real ones. */
  filled: number;
}

export function judge(points: Points, rule: Rule): Judgement {
  const { evaluationPeriods: periods, threshold, comparison, treatMissingData } = rule;
  const needed = rule.datapointsToAlarm ?? periods;
  const real = points.flatMap((value, i) => (value === null ? [] : [i]));
  // Fewer real points than periods: all of them count. Otherwise the newest, and gaps do not matter.
  const used = real.slice(0, periods);
  const holds = (i: number) => COMPARISONS[comparison].holds(points[i] as number, threshold);
  const breaching = used.filter(holds).length;
  const filled = periods - used.length;
  const outcome = (value: StateValue | null): Judgement => ({ value, used, breaching, filled });
  if (filled === 0) return outcome(breaching >= needed ? 'ALARM' : 'OK');
  switch (treatMissingData) {
    case 'breaching':
      return outcome(breaching + filled >= needed ? 'ALARM' : 'OK');
    case 'notBreaching':
      return outcome(breaching >= needed ? 'ALARM' : 'OK');
    default:
      break;
  }
  if (used.length === 0) return outcome(treatMissingData === 'ignore' ? null : 'INSUFFICIENT_DATA');
  if (breaching >= needed) return outcome('ALARM');
  if (breaching < used.length) return outcome('OK');
  if (treatMissingData === 'ignore') return outcome(null);
  // All that is known breaches, but there is little of it: only an alarm if the oldest of it is old enough.
  const oldest = used[used.length - 1] as number;
  return outcome(oldest + 1 >= needed ? 'ALARM' : null);
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** `99.5 (02/10/19 16:59:00)` */
function shown(value: number, epochMs: number): string {
  const [date = '', time = ''] = new Date(epochMs).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${decimal(value)} (${day}/${month}/${year.slice(2)} ${time.slice(0, 8)})`;
}

/** The reason in CloudWatch's words. `timeOf`: Unix milliseconds of a place in the list. */
export function reasonOf(points: Points, rule: Rule, judgement: Judgement, timeOf: (i: number) => number): string {
  const { value, used, breaching, filled } = judgement;
  if (value === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${plural(rule.evaluationPeriods, 'datapoint')} ${rule.evaluationPeriods === 1 ? 'was' : 'were'} unknown.`;
  }
  if (used.length === 0) {
    const treatment = rule.treatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
    const were = filled === 1 ? 'was' : 'were';
    return `Threshold Crossed: no datapoints were received for ${plural(rule.evaluationPeriods, 'period')} and ${plural(filled, 'missing datapoint')} ${were} treated as [${treatment}].`;
  }
  const isAlarm = value === 'ALARM';
  const listed = isAlarm
    ? used.filter((i) => COMPARISONS[rule.comparison].holds(points[i] as number, rule.threshold))
    : used.filter((i) => !COMPARISONS[rule.comparison].holds(points[i] as number, rule.threshold));
  const chosen = listed.length > 0 ? listed : used;
  const list = chosen.map((i) => shown(points[i] as number, timeOf(i))).join(', ');
  const comparison = `${isAlarm ? '' : 'not '}${COMPARISONS[rule.comparison].words} the threshold (${decimal(rule.threshold)})`;
  const were = chosen.length === 1 ? 'was' : 'were';
  if (rule.datapointsToAlarm === null) {
    return `Threshold Crossed: ${plural(chosen.length, 'datapoint')} [${list}] ${were} ${comparison}.`;
  }
  const least = isAlarm ? rule.datapointsToAlarm : rule.evaluationPeriods - rule.datapointsToAlarm + 1;
  const count = isAlarm ? breaching : used.length - breaching;
  const change = isAlarm ? 'OK -> ALARM' : 'ALARM -> OK';
  return `Threshold Crossed: ${count} out of the last ${used.length} datapoints [${list}] ${were} ${comparison} (minimum ${plural(least, 'datapoint')} for ${change} transition).`;
}
