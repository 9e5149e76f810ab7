import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextFire, parseSchedule } from './expression';

/** 2 November 2026, a Monday, 10:15:07 UTC. */
const NOW = Date.UTC(2026, 10, 2, 10, 15, 7);

function fires(expression: string, count: number): string[] {
  const schedule = parseSchedule(expression);
  const times: string[] = [];
  for (let at: number | null = NOW, i = 0; schedule && at !== null && i < count; i++) {
    at = nextFire(schedule, at);
    times.push(at === null ? 'never' : new Date(at).toISOString().slice(0, 16));
  }
  return times;
}

describe('schedule expressions', () => {
  it.each<[string, string[]]>([
    ['cron(0 12 * * ? *)', ['2026-11-02T12:00', '2026-11-03T12:00']],
    [
      'cron(0 18 ? * MON-FRI *)',
      ['2026-11-02T18:00', '2026-11-03T18:00', '2026-11-04T18:00', '2026-11-05T18:00', '2026-11-06T18:00', '2026-11-09T18:00'],
    ],
    ['cron(0/15 * * * ? *)', ['2026-11-02T10:30', '2026-11-02T10:45', '2026-11-02T11:00']],
    ['cron(15 10 ? * 6L 2027-2028)', ['2027-01-29T10:15', '2027-02-26T10:15']],
    ['cron(0 8 1 * ? *)', ['2026-12-01T08:00', '2027-01-01T08:00']],
    ['cron(0 0 L * ? *)', ['2026-11-30T00:00', '2026-12-31T00:00', '2027-01-31T00:00', '2027-02-28T00:00']],
    ['cron(0 0 LW * ? *)', ['2026-11-30T00:00', '2026-12-31T00:00', '2027-01-29T00:00']],
    ['cron(0 0 15W * ? *)', ['2026-11-16T00:00', '2026-12-15T00:00', '2027-01-15T00:00']],
    [
      'cron(0 0 1W * ? *)',
      ['2026-12-01T00:00', '2027-01-01T00:00', '2027-02-01T00:00', '2027-03-01T00:00', '2027-04-01T00:00', '2027-05-03T00:00'],
    ],
    ['cron(0 9 ? * 2#1 *)', ['2026-12-07T09:00', '2027-01-04T09:00']],
    ['cron(0 9 ? * TUE#5 *)', ['2026-12-29T09:00', '2027-03-30T09:00']],
    ['cron(5,35 14 ? FEB,AUG * 2027)', ['2027-02-01T14:05', '2027-02-01T14:35', '2027-02-02T14:05']],
    ['cron(0 0 29 2 ? *)', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['cron(0 12 ? * FRI-MON *)', ['2026-11-02T12:00', '2026-11-06T12:00', '2026-11-07T12:00', '2026-11-08T12:00']],
    ['cron(0 0 1 1 ? 2026)', ['never']],
    ['rate(1 hour)', ['2026-11-02T11:15', '2026-11-02T12:15']],
    ['rate(5 minutes)', ['2026-11-02T10:20']],
    ['rate(7 days)', ['2026-11-09T10:15']],
  ])('fires %s at %j', (expression, times) => {
    expect(fires(expression, times.length)).toEqual(times);
  });

  // EB-X27.
  it.each([
    'cron(0 12 * * * *)',
    'cron(0 12 * * ?)',
    'cron(0 12 ? * ? *)',
    'cron(60 12 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 12 32 * ? *)',
    'cron(0 12 * 13 ? *)',
    'cron(0 12 ? * 8 *)',
    'cron(0 12 ? * MON#6 *)',
    'cron(0 12 * * ? 1969)',
    'cron(0 12 * * ? 2200)',
    'cron(0/0 12 * * ? *)',
    'cron()',
    'rate(1 hours)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(30 seconds)',
    'rate(-1 minute)',
    'rate(1.5 hours)',
    'rate(5minutes)',
    'at(2026-12-01T09:00:00)',
    'every day',
  ])('refuses %s', (expression) => {
    expect(parseSchedule(expression)).toBeNull();
  });

  it('always moves forward, to a whole minute', () => {
    const part = (max: number) => fc.oneof(fc.constant('*'), fc.integer({ min: 1, max }).map(String));
    fc.assert(
      fc.property(part(59), part(23), part(28), part(12), fc.integer({ min: 0, max: 4e12 }), (minute, hour, day, month, at) => {
        const schedule = parseSchedule(`cron(${minute} ${hour} ${day} ${month} ? *)`);
        const next = schedule && nextFire(schedule, at);
        expect(next).toBeGreaterThan(at);
        expect((next ?? 1) % 60_000).toBe(0);
      }),
    );
  });
});
