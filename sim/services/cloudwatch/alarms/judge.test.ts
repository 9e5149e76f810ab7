import { describe, expect, it } from 'vitest';
import type { StateValue, TreatMissingData } from './alarm';
import { judge, reasonOf } from './judge';

/** Points as AWS's tables write them: the oldest first, 0 within the threshold, X beyond it, - missing. */
function pointsOf(text: string): (number | null)[] {
  return text
    .split(' ')
    .reverse()
    .map((mark) => (mark === '-' ? null : mark === 'X' ? 9 : 0));
}

const TREATMENTS: TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const same = (value: StateValue): (StateValue | null)[] => [value, value, value, value];

describe('an alarm judges', () => {
  // The tables of "Configuring how CloudWatch alarms treat missing data", read in November 2026.
  it.each([
    ['0 - X - X', 3, same('OK')],
    ['0 - - - -', 3, same('OK')],
    ['- - - - -', 3, ['INSUFFICIENT_DATA', null, 'ALARM', 'OK']],
    ['0 X X - X', 3, same('ALARM')],
    ['- - X - -', 3, ['ALARM', null, 'ALARM', 'OK']],
    ['0 - X - X', 2, same('ALARM')],
    ['0 0 X 0 X', 2, same('ALARM')],
    ['0 - X - -', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', 2, ['ALARM', null, 'ALARM', 'OK']],
    // Too young to be sure of: the alarm stays as it is.
    ['- - - - X', 3, [null, null, 'ALARM', 'OK']],
    ['- - - - X', 1, same('ALARM')],
  ] as [string, number, (StateValue | null)[]][])('%s, %i of 3', (text, datapointsToAlarm, expected) => {
    const outcomes = TREATMENTS.map(
      (treatMissingData) =>
        judge(pointsOf(text), {
          evaluationPeriods: 3,
          datapointsToAlarm,
          threshold: 5,
          comparison: 'GreaterThanThreshold',
          treatMissingData,
        }).value,
    );
    expect(outcomes).toEqual(expected);
  });

  it.each([
    ['X', null, 'Threshold Crossed: 1 datapoint [9.0 (02/11/26 10:00:00)] was greater than the threshold (5.0).'],
    ['0', null, 'Threshold Crossed: 1 datapoint [0.0 (02/11/26 10:00:00)] was not greater than the threshold (5.0).'],
    [
      'X',
      1,
      'Threshold Crossed: 1 out of the last 1 datapoints [9.0 (02/11/26 10:00:00)] was greater than the threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).',
    ],
    [
      '0',
      1,
      'Threshold Crossed: 1 out of the last 1 datapoints [0.0 (02/11/26 10:00:00)] was not greater than the threshold (5.0) (minimum 1 datapoint for ALARM -> OK transition).',
    ],
    [
      'X X',
      null,
      'Threshold Crossed: 2 datapoints [9.0 (02/11/26 10:00:00), 9.0 (02/11/26 09:59:00)] were greater than the threshold (5.0).',
    ],
    [
      'X 0 X',
      2,
      'Threshold Crossed: 2 out of the last 3 datapoints [9.0 (02/11/26 10:00:00), 9.0 (02/11/26 09:58:00)] were greater than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).',
    ],
    ['-', null, 'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].'],
    ['- -', null, 'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].'],
  ])('%s, and says why', (text, datapointsToAlarm, expected) => {
    const points = pointsOf(text);
    const rule = {
      evaluationPeriods: points.length,
      datapointsToAlarm,
      threshold: 5,
      comparison: 'GreaterThanThreshold',
      treatMissingData: 'breaching',
    } as const;
    expect(reasonOf(points, rule, judge(points, rule), (i) => Date.UTC(2026, 10, 2, 10, -i))).toBe(expected);
  });
});
