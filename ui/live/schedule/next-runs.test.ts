import { describe, expect, it } from 'vitest';
import { readSchedule } from './next-runs';
import { START } from './schedule-setup';
import { momentOf, offsetOf, wallOf } from './zone';

const utc = (text: string) => Date.parse(`${text}:00Z`);
const shown = (at: number) => new Date(at).toISOString().slice(0, 16);

/** Runs as UTC, skipped times with a minus. */
function runs(expression: string, by: 'rule' | 'scheduler' = 'rule', timeZone = 'UTC', from = Date.parse(START)): string[] | string {
  const reading = readSchedule(expression, by, timeZone, from);
  if ('refused' in reading) return reading.refused.message;
  return reading.runs.map((run) => ('at' in run ? shown(run.at) : `-${shown(run.wall)}`)).slice(0, 3);
}

describe('the next runs of a schedule', () => {
  it.each<[string, string, 'rule' | 'scheduler', string, string, string[]]>([
    [
      'a rule keeps UTC',
      'cron(0 6 * * ? *)',
      'rule',
      'Europe/Dublin',
      '2027-03-27T00:00',
      ['2027-03-27T06:00', '2027-03-28T06:00', '2027-03-29T06:00'],
    ],
    [
      'Scheduler keeps the clock of the zone',
      'cron(0 6 * * ? *)',
      'scheduler',
      'Europe/Dublin',
      '2027-03-27T00:00',
      ['2027-03-27T06:00', '2027-03-28T05:00', '2027-03-29T05:00'],
    ],
    [
      'the hour that spring leaves out is skipped',
      'cron(30 1 * * ? *)',
      'scheduler',
      'Europe/Dublin',
      '2027-03-27T12:00',
      ['-2027-03-28T01:30', '2027-03-29T00:30', '2027-03-30T00:30'],
    ],
    [
      'the hour that autumn shows twice runs once',
      'cron(30 1 * * ? *)',
      'scheduler',
      'Europe/Dublin',
      '2026-10-24T12:00',
      ['2026-10-25T00:30', '2026-10-26T01:30', '2026-10-27T01:30'],
    ],
    [
      'a rate counts from its making',
      'rate(90 minutes)',
      'rule',
      'UTC',
      '2026-11-02T10:00',
      ['2026-11-02T11:30', '2026-11-02T13:00', '2026-11-02T14:30'],
    ],
    [
      'a day is 24 hours',
      'rate(1 day)',
      'scheduler',
      'Europe/Dublin',
      '2027-03-27T12:00',
      ['2027-03-28T12:00', '2027-03-29T12:00', '2027-03-30T12:00'],
    ],
    ['one time in a zone', 'at(2026-12-01T09:00:00)', 'scheduler', 'Australia/Sydney', '2026-11-02T10:00', ['2026-11-30T22:00']],
    ['one time that has passed', 'at(2026-10-01T09:00:00)', 'scheduler', 'UTC', '2026-11-02T10:00', []],
    [
      'half an hour off',
      'cron(0 9 ? * MON *)',
      'scheduler',
      'Asia/Kolkata',
      '2026-11-02T10:00',
      ['2026-11-09T03:30', '2026-11-16T03:30', '2026-11-23T03:30'],
    ],
    [
      'an agreeing unit is no matter to Scheduler',
      'rate(1 hours)',
      'scheduler',
      'UTC',
      '2026-11-02T10:00',
      ['2026-11-02T11:00', '2026-11-02T12:00', '2026-11-02T13:00'],
    ],
  ])('%s', (_name, expression, by, timeZone, from, expected) => {
    expect(runs(expression, by, timeZone, utc(from))).toEqual(expected);
  });

  it.each<[string, 'rule' | 'scheduler', string]>([
    [
      'cron(0 6 * * *)',
      'rule',
      'There are six fields: minutes, hours, day of month, month, day of week, year. This has 5. Unix has five; here the year comes last.',
    ],
    ['cron(0 6 * * * *)', 'rule', 'One of the two day fields has to be ?, since a day cannot be chosen by both.'],
    ['cron(0 6 ? * ? *)', 'rule', 'Only one of the two day fields may be ?. The other says which days.'],
    ['cron(0 24 * * ? *)', 'rule', 'The field hours cannot be read: 24. It takes 0 to 23.'],
    ['cron(0 6 ? * MO *)', 'scheduler', 'The field day of week cannot be read: MO. It takes 1 to 7 or SUN to SAT, where 1 is Sunday.'],
    ['cron(? 6 * * ? *)', 'rule', '? is for the two day fields. The field minutes takes 0 to 59, or *.'],
    ['rate(1 hours)', 'rule', 'With 1 the unit is in the singular: rate(1 hour).'],
    ['rate(5 minute)', 'rule', 'With 5 the unit is in the plural.'],
    ['rate(30 seconds)', 'rule', 'The smallest unit is the minute.'],
    ['rate(0 minutes)', 'rule', 'The value is a whole number from 1 on, not 0.'],
    ['at(2026-12-01T09:00:00)', 'rule', 'A rule knows cron and rate. One-time schedules are made with EventBridge Scheduler.'],
    [
      'at(2026-11-31T09:00:00)',
      'scheduler',
      'A one-time schedule is written at(2026-12-01T09:00:00): a real date, a T, a time, and no zone.',
    ],
    ['every day', 'scheduler', 'It begins with neither cron( nor rate( nor at(, in small letters and without a space.'],
  ])('says what is wrong with %s for a %s', (expression, by, why) => {
    const reading = readSchedule(expression, by, 'UTC', Date.parse(START));
    expect('refused' in reading ? reading.refused.why : 'taken').toBe(why);
  });

  it("refuses in AWS's words", () => {
    expect(runs('cron(0 6 * * *)')).toBe('Parameter ScheduleExpression is not valid.');
    expect(runs('cron(0 6 * * *)', 'scheduler')).toBe('Invalid Schedule Expression cron(0 6 * * *).');
  });
});

describe('the clocks of a zone', () => {
  it('show the same twice in autumn, of which the first counts, and leave an hour out in spring', () => {
    expect(momentOf(utc('2026-11-01T01:30'), 'America/New_York')).toBe(utc('2026-11-01T05:30'));
    expect(momentOf(utc('2027-03-14T02:30'), 'America/New_York')).toBeNull();
    expect(wallOf(utc('2026-07-01T00:00'), 'Asia/Kolkata')).toBe(utc('2026-07-01T05:30'));
    expect(offsetOf(utc('2026-07-01T00:00'), 'Europe/Dublin')).toBe(3_600_000);
  });
});
