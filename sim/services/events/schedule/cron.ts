// Cron expressions with six fields, and the moments that they name, in UTC.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html

interface Field {
  name: 'minutes' | 'hours' | 'days' | 'months' | 'weekdays' | 'years';
  min: number;
  max: number;
  names?: readonly string[];
}

const MINUTES: Field = { name: 'minutes', min: 0, max: 59 };
const HOURS: Field = { name: 'hours', min: 0, max: 23 };
const DAYS: Field = { name: 'days', min: 1, max: 31 };
const MONTHS: Field = {
  name: 'months',
  min: 1,
  max: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const WEEKDAYS: Field = { name: 'weekdays', min: 1, max: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };
const YEARS: Field = { name: 'years', min: 1970, max: 2199 };

/** Days of a month as a rule that the month's shape decides. */
type DayRule =
  | { on: 'days'; days: Set<number> }
  | { on: 'last' }
  | { on: 'last-weekday' }
  | { on: 'nearest-weekday'; day: number }
  | { on: 'weekdays'; weekdays: Set<number> }
  | { on: 'last-of'; weekday: number }
  | { on: 'nth-of'; weekday: number; nth: number };

export interface Cron {
  minutes: number[];
  hours: number[];
  days: DayRule[];
  months: Set<number>;
  years: Set<number>;
}

function parseNumber(text: string, { min, max, names }: Field): number | null {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return named + min;
  if (!/^\d{1,4}$/.test(text)) return null;
  const number = Number(text);
  return number >= min && number <= max ? number : null;
}

// `*`, `5`, `5-9`, `0/15`, `5-30/5`, and lists of them.
function parseSet(text: string, field: Field): Set<number> | null {
  const set = new Set<number>();
  for (const part of text.split(',')) {
    const [span = '', step, ...rest] = part.split('/');
    if (rest.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return null;
    let first = field.min;
    let last = field.max;
    if (span !== '*') {
      const [from = '', to, ...more] = span.split('-');
      const start = parseNumber(from, field);
      const end = to === undefined ? (step === undefined ? start : field.max) : parseNumber(to, field);
      if (start === null || end === null || more.length > 0) return null;
      first = start;
      last = end;
    }
    // A range may run over the end: FRI-MON.
    const size = field.max - field.min + 1;
    const length = last >= first ? last - first : field.name === 'years' ? -1 : last - first + size;
    if (length < 0) return null;
    for (let i = 0; i <= length; i += Number(step ?? 1)) set.add(((first - field.min + i) % size) + field.min);
  }
  return set;
}

function parseDays(text: string): DayRule[] | null {
  const rules: DayRule[] = [];
  const plain: string[] = [];
  for (const part of text.toUpperCase().split(',')) {
    const nearest = /^(\d{1,2})W$/.exec(part);
    if (part === 'L') rules.push({ on: 'last' });
    else if (part === 'LW') rules.push({ on: 'last-weekday' });
    else if (nearest) {
      const day = parseNumber(nearest[1] ?? '', DAYS);
      if (day === null) return null;
      rules.push({ on: 'nearest-weekday', day });
    } else plain.push(part);
  }
  if (plain.length === 0) return rules;
  const days = parseSet(plain.join(','), DAYS);
  return days && [...rules, { on: 'days', days }];
}

function parseWeekdays(text: string): DayRule[] | null {
  const rules: DayRule[] = [];
  const plain: string[] = [];
  for (const part of text.toUpperCase().split(',')) {
    const nth = /^(\w+)#([1-5])$/.exec(part);
    const last = /^(\w+)L$/.exec(part);
    const weekday = parseNumber(nth?.[1] ?? last?.[1] ?? '', WEEKDAYS);
    if (part === 'L') rules.push({ on: 'weekdays', weekdays: new Set([7]) });
    else if (nth && weekday !== null) rules.push({ on: 'nth-of', weekday, nth: Number(nth[2]) });
    else if (last && weekday !== null) rules.push({ on: 'last-of', weekday });
    else plain.push(part);
  }
  if (plain.length === 0) return rules;
  const weekdays = parseSet(plain.join(','), WEEKDAYS);
  return weekdays && [...rules, { on: 'weekdays', weekdays }];
}

/** The fields between the brackets of `cron(…)`. Null when AWS refuses them. */
export function parseCron(text: string): Cron | null {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) return null;
  const [minutesText = '', hoursText = '', daysText = '', monthsText = '', weekdaysText = '', yearsText = ''] = fields;
  // One of the two day fields stays open.
  if ((daysText === '?') === (weekdaysText === '?')) return null;
  const minutes = parseSet(minutesText, MINUTES);
  const hours = parseSet(hoursText, HOURS);
  const months = parseSet(monthsText, MONTHS);
  const years = parseSet(yearsText, YEARS);
  const days = daysText === '?' ? parseWeekdays(weekdaysText) : parseDays(daysText);
  if (!minutes || !hours || !months || !years || !days) return null;
  const sorted = (set: Set<number>) => [...set].sort((a, b) => a - b);
  return { minutes: sorted(minutes), hours: sorted(hours), days, months, years };
}

const DAY_MS = 86_400_000;

function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

function isOnRule(rule: DayRule, year: number, month: number, day: number, length: number): boolean {
  switch (rule.on) {
    case 'days':
      return rule.days.has(day);
    case 'last':
      return day === length;
    case 'weekdays':
      return rule.weekdays.has(weekdayOf(year, month, day));
    case 'last-of':
      return weekdayOf(year, month, day) === rule.weekday && day + 7 > length;
    case 'nth-of':
      return weekdayOf(year, month, day) === rule.weekday && Math.ceil(day / 7) === rule.nth;
    case 'last-weekday':
      return day === nearestWeekday(year, month, length, length);
    case 'nearest-weekday':
      return rule.day <= length && day === nearestWeekday(year, month, rule.day, length);
  }
}

/** Monday to Friday, within the month. */
function nearestWeekday(year: number, month: number, day: number, length: number): number {
  const weekday = weekdayOf(year, month, day);
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === length ? day - 2 : day + 1;
  return day;
}

/** The first moment after `after`, both in Unix milliseconds; null when there is none left. */
export function nextCron(cron: Cron, after: number): number | null {
  let at = Math.floor(after / 60_000) * 60_000 + 60_000;
  for (;;) {
    const date = new Date(at);
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth() + 1;
    if (year > YEARS.max) return null;
    if (!cron.years.has(year)) {
      at = Date.UTC(year + 1, 0, 1);
      continue;
    }
    if (!cron.months.has(month)) {
      at = Date.UTC(year, month, 1);
      continue;
    }
    const day = date.getUTCDate();
    const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const time = cron.days.some((rule) => isOnRule(rule, year, month, day, length)) ? timeFrom(cron, date) : null;
    if (time !== null) return Date.UTC(year, month - 1, day) + time;
    at = Math.floor(at / DAY_MS) * DAY_MS + DAY_MS;
  }
}

/** Milliseconds into the day of the first time from `date` on. */
function timeFrom(cron: Cron, date: Date): number | null {
  const hour = date.getUTCHours();
  for (const candidate of cron.hours) {
    if (candidate < hour) continue;
    const minute = cron.minutes.find((each) => candidate > hour || each >= date.getUTCMinutes());
    if (minute !== undefined) return (candidate * 60 + minute) * 60_000;
  }
  return null;
}
