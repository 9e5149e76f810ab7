// The live parts of the lesson show what the text around them says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts, logOf } from '../../../test/lesson-parts';
import { readSchedule } from '../../../ui/live/schedule/next-runs';
import { type ScheduleExample, START } from '../../../ui/live/schedule/schedule-setup';
import { wallOf } from '../../../ui/live/schedule/zone';

let parts: LessonParts;
beforeAll(async () => {
  parts = await lessonParts(new URL('lesson.mdx', import.meta.url));
});

function clockIn(timeZone: string, at: number): string {
  return new Date(wallOf(at, timeZone)).toISOString().slice(0, 16);
}

/** The first runs of each example as its people see them, or what is wrong with it. */
function shown(id: string, timeZone: string, change: Partial<ScheduleExample> = {}, runs = 3): Record<string, string[] | string> {
  const { examples, startAt = START } = parts.schedule(id);
  return Object.fromEntries(
    examples.map((example) => {
      const { expression, by = 'rule', timeZone: zone = 'UTC' } = { ...example, ...change };
      const reading = readSchedule(expression, by, zone, Date.parse(startAt));
      if ('refused' in reading) return [example.name, reading.refused.why];
      return [example.name, reading.runs.slice(0, runs).map((run) => ('at' in run ? clockIn(timeZone, run.at) : 'skipped'))];
    }),
  );
}

describe('schedules', () => {
  it('sends the list at nine until the clocks go back, and then at eight', () => {
    expect(shown('stock-list', 'Europe/Dublin', {}, 4)).toEqual({
      'the rule from July': ['2026-10-23T09:00', '2026-10-24T09:00', '2026-10-25T08:00', '2026-10-26T08:00'],
    });
    const repaired = { expression: 'cron(0 9 * * ? *)', by: 'scheduler', timeZone: 'Europe/Dublin' } as const;
    expect(shown('stock-list', 'Europe/Dublin', repaired, 4)).toEqual({
      'the rule from July': ['2026-10-23T09:00', '2026-10-24T09:00', '2026-10-25T09:00', '2026-10-26T09:00'],
    });
  });

  it('has examples to read, two of which are refused', () => {
    expect(shown('six-fields', 'UTC', {}, 2)).toEqual({
      one: ['2026-11-02T12:00', '2026-11-03T12:00'],
      two: expect.stringContaining('two day fields'),
      three: ['2026-11-27T10:15', '2026-12-25T10:15'],
      four: expect.stringContaining('This has 5'),
      five: ['2026-11-02T10:10', '2026-11-02T10:20'],
      six: ['2027-01-01T08:00', '2027-02-01T08:00'],
    });
  });

  it('takes a singular and refuses a plural too many and seconds', () => {
    expect(shown('rates', 'UTC', {}, 1)).toEqual({
      'a singular': ['2026-11-02T10:01'],
      'a plural too many': 'With 1 the unit is in the singular: rate(1 hour).',
      'too fast': 'The smallest unit is the minute.',
      'an odd one': ['2026-11-02T11:30'],
    });
  });

  it('calls the function three times in a quarter of an hour, with an empty detail', () => {
    const lines = logOf(parts.route('sweep').facts);
    expect(lines.filter((line) => line.includes('aws.events Scheduled Event'))).toHaveLength(3);
    expect(lines.some((line) => line.endsWith('{}'))).toBe(true);
  });

  it('skips the hour that is not there', () => {
    expect(shown('two-sundays', 'Europe/Dublin')).toEqual({ 'at half past one': ['2027-03-27T01:30', 'skipped', '2027-03-29T01:30'] });
  });

  it('is solved by the expression that the exercise reveals', () => {
    const expression = /`(cron\(0 18 LW[^`]*\))`/.exec(parts.text)?.[1] ?? '';
    expect(shown('accountant', 'America/New_York', { expression, timeZone: 'America/New_York' })).toEqual({
      'not yet': ['2026-11-30T18:00', '2026-12-31T18:00', '2027-01-29T18:00'],
    });
  });
});
