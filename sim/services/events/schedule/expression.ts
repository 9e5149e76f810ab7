// Schedule expressions of rules: `rate(5 minutes)` and `cron(0 12 * * ? *)`.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
import { type Cron, nextCron, parseCron } from './cron';

export type Schedule = { rateMs: number } | { cron: Cron };

const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Null for what AWS refuses: an unknown form, a unit that does not agree with its number, a field out of range. EB-X26, EB-X27. */
export function parseSchedule(text: string): Schedule | null {
  const rate = /^rate\((\d+) +(minute|hour|day)(s?)\)$/.exec(text);
  if (rate) {
    const value = Number(rate[1]);
    const isPlural = rate[3] === 's';
    if (value < 1 || !Number.isSafeInteger(value) || isPlural !== value > 1) return null;
    return { rateMs: value * (UNIT_MS[rate[2] ?? ''] ?? 0) };
  }
  const fields = /^cron\((.*)\)$/.exec(text)?.[1];
  const cron = fields === undefined ? null : parseCron(fields);
  return cron && { cron };
}

/** The first moment after `after`, in Unix milliseconds; null when there is none. A rate counts from `after`. */
export function nextFire(schedule: Schedule, after: number): number | null {
  return 'rateMs' in schedule ? after + schedule.rateMs : nextCron(schedule.cron, after);
}
