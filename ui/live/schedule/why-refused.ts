// What is wrong with a schedule expression. AWS's own message names the parameter and nothing more.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
import { parseCron } from '@/sim/services/events/schedule/cron';
import type { ClockKind } from './schedule-setup';

/** In order, with a place for one field and others that are right whatever it says. */
const FIELDS: [name: string, range: string, around: (field: string) => string][] = [
  ['minutes', '0 to 59', (field) => `${field} 0 * * ? *`],
  ['hours', '0 to 23', (field) => `0 ${field} * * ? *`],
  ['day of month', '1 to 31, L, or 15W', (field) => `0 0 ${field} * ? *`],
  ['month', '1 to 12 or JAN to DEC', (field) => `0 0 * ${field} ? *`],
  ['day of week', '1 to 7 or SUN to SAT, where 1 is Sunday', (field) => `0 0 ? * ${field} *`],
  ['year', '1970 to 2199', (field) => `0 0 * * ? ${field}`],
];

/** For an expression that is refused. */
export function whyRefused(text: string, by: ClockKind): string {
  if (/^at\(/.test(text)) {
    return by === 'rule'
      ? 'A rule knows cron and rate. One-time schedules are made with EventBridge Scheduler.'
      : 'A one-time schedule is written at(2026-12-01T09:00:00): a real date, a T, a time, and no zone.';
  }
  if (/^rate\(/.test(text)) return whyRate(text);
  if (/^cron\(/.test(text)) return whyCron(text);
  return `It begins with neither cron( nor rate(${by === 'scheduler' ? ' nor at(' : ''}, in small letters and without a space.`;
}

function whyRate(text: string): string {
  const [, value, unit = ''] = /^rate\((\S+) +(\S+)\)$/.exec(text) ?? [];
  if (value === undefined) return 'A rate is a number, a space and a unit: rate(5 minutes).';
  if (!/^[1-9]\d*$/.test(value)) return `The value is a whole number from 1 on, not ${value}.`;
  if (/^seconds?$/.test(unit)) return 'The smallest unit is the minute.';
  if (!/^(minute|hour|day)s?$/.test(unit)) return `The unit is minute, hour or day, or their plural, not ${unit}.`;
  return value === '1' ? `With 1 the unit is in the singular: rate(1 ${unit.slice(0, -1)}).` : `With ${value} the unit is in the plural.`;
}

function whyCron(text: string): string {
  const inside = /^cron\((.*)\)$/.exec(text)?.[1];
  if (inside === undefined) return 'The closing bracket is missing.';
  const fields = inside.trim().split(/\s+/);
  if (fields.length !== 6) {
    const five = fields.length === 5 ? ' Unix has five; here the year comes last.' : '';
    return `There are six fields: minutes, hours, day of month, month, day of week, year. This has ${fields.length}.${five}`;
  }
  const [, , days, , weekdays] = fields;
  if (days !== '?' && weekdays !== '?') return 'One of the two day fields has to be ?, since a day cannot be chosen by both.';
  if (days === '?' && weekdays === '?') return 'Only one of the two day fields may be ?. The other says which days.';
  for (const [position, [name, range, around]] of FIELDS.entries()) {
    const field = fields[position] ?? '';
    if (field !== '?' && !parseCron(around(field))) return `The field ${name} cannot be read: ${field}. It takes ${range}.`;
    if (field === '?' && position !== 2 && position !== 4) return `? is for the two day fields. The field ${name} takes ${range}, or *.`;
  }
  return 'It cannot be read.';
}
