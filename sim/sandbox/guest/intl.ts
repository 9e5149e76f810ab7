// Numbers and dates as text. Simplified: en-US only, time zone UTC only; other locales and zones are shown in these.
// https://tc39.es/ecma402/
import { defineGlobal } from './host';

interface NumberOptions {
  style?: 'decimal' | 'currency' | 'percent';
  currency?: string;
  minimumFractionDigits?: number;
  maximumFractionDigits?: number;
  useGrouping?: boolean;
}

interface DateOptions {
  weekday?: string;
  year?: string;
  month?: string;
  day?: string;
  hour?: string;
  minute?: string;
  second?: string;
  hour12?: boolean;
  timeZone?: string;
  timeZoneName?: string;
  dateStyle?: string;
  timeStyle?: string;
}

const SYMBOLS: Record<string, string> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', AUD: 'A$', CAD: 'CA$', CNY: 'CN¥' };
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

export function formatNumber(value: number | bigint, options: NumberOptions = {}): string {
  const { style = 'decimal', currency = 'USD', useGrouping = true } = options;
  const fractionDefault = style === 'currency' ? (currency === 'JPY' ? 0 : 2) : 0;
  const minimum = options.minimumFractionDigits ?? fractionDefault;
  const maximum = Math.max(minimum, options.maximumFractionDigits ?? (style === 'decimal' ? 3 : fractionDefault));
  const number = Number(value) * (style === 'percent' ? 100 : 1);
  if (Number.isNaN(number)) return 'NaN';
  const magnitude = Math.abs(number);
  let digits = magnitude === Number.POSITIVE_INFINITY ? '∞' : magnitude >= 1e21 ? String(BigInt(magnitude)) : magnitude.toFixed(maximum);
  if (digits.includes('.')) {
    const [whole = '', fraction = ''] = digits.split('.');
    const kept = fraction.slice(0, minimum) + fraction.slice(minimum).replace(/0+$/, '');
    digits = kept ? `${whole}.${kept}` : whole;
  }
  const grouped = useGrouping ? digits.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',') : digits;
  const sign = number < 0 && Number(digits) !== 0 ? '-' : '';
  if (style === 'currency') return `${sign}${SYMBOLS[currency] ?? `${currency} `}${grouped}`;
  return style === 'percent' ? `${sign}${grouped}%` : sign + grouped;
}

function partsFor(options: DateOptions, defaults: 'date' | 'time' | 'all'): DateOptions {
  const chosen = { ...options };
  const styles: Record<string, DateOptions> = {
    full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
    long: { year: 'numeric', month: 'long', day: 'numeric' },
    medium: { year: 'numeric', month: 'short', day: 'numeric' },
    short: { year: '2-digit', month: 'numeric', day: 'numeric' },
  };
  if (options.dateStyle) Object.assign(chosen, styles[options.dateStyle]);
  if (options.timeStyle)
    Object.assign(chosen, { hour: 'numeric', minute: '2-digit', ...(options.timeStyle === 'short' ? {} : { second: '2-digit' }) });
  const hasAny = ['weekday', 'year', 'month', 'day', 'hour', 'minute', 'second'].some((key) => key in chosen);
  if (hasAny) return chosen;
  if (defaults !== 'time') Object.assign(chosen, { year: 'numeric', month: 'numeric', day: 'numeric' });
  if (defaults !== 'date') Object.assign(chosen, { hour: 'numeric', minute: '2-digit', second: '2-digit' });
  return chosen;
}

const padded = (value: number, style: string | undefined) => (style === '2-digit' ? String(value).padStart(2, '0') : String(value));

export function formatDate(date: Date, options: DateOptions = {}, defaults: 'date' | 'time' | 'all' = 'date'): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  const { weekday, year, month, day, hour, minute, second, hour12 = true, timeZoneName } = partsFor(options, defaults);
  const yearText = year === '2-digit' ? String(date.getUTCFullYear() % 100).padStart(2, '0') : String(date.getUTCFullYear());
  const monthName = MONTHS[date.getUTCMonth()] ?? '';
  const weekdayName = WEEKDAYS[date.getUTCDay()] ?? '';
  const weekdayText = weekday === 'long' ? weekdayName : weekdayName.slice(0, 3);
  let text = '';
  if (month === 'long' || month === 'short') {
    const monthAndDay = [month === 'long' ? monthName : monthName.slice(0, 3), day && padded(date.getUTCDate(), day)]
      .filter(Boolean)
      .join(' ');
    text = [weekday && weekdayText, monthAndDay, year && yearText].filter(Boolean).join(day ? ', ' : ' ');
  } else {
    const numbers = [month && padded(date.getUTCMonth() + 1, month), day && padded(date.getUTCDate(), day), year && yearText];
    text = [weekday && weekdayText, numbers.filter(Boolean).join('/')].filter(Boolean).join(', ');
  }
  const hours = date.getUTCHours();
  const shownHour = hour && padded(hour12 ? hours % 12 || 12 : hours, hour12 ? hour : '2-digit');
  const clock = [
    shownHour,
    minute && String(date.getUTCMinutes()).padStart(2, '0'),
    second && String(date.getUTCSeconds()).padStart(2, '0'),
  ];
  let time = clock.filter(Boolean).join(':');
  if (hour && hour12) time += hours < 12 ? ' AM' : ' PM';
  if (timeZoneName) time += ' UTC';
  return [text, time].filter(Boolean).join(', ');
}

class NumberFormat {
  constructor(
    _locale?: unknown,
    private readonly options: NumberOptions = {},
  ) {}
  format = (value: number | bigint) => formatNumber(value, this.options);
  resolvedOptions = () => ({ locale: 'en-US', numberingSystem: 'latn', ...this.options });
}

class DateTimeFormat {
  constructor(
    _locale?: unknown,
    private readonly options: DateOptions = {},
  ) {}
  format = (date: Date | number = Date.now()) => formatDate(new Date(date), this.options, 'date');
  resolvedOptions = () => ({ locale: 'en-US', calendar: 'gregory', numberingSystem: 'latn', ...this.options, timeZone: 'UTC' });
}

export function installIntl(): void {
  defineGlobal('Intl', { NumberFormat, DateTimeFormat });
  const define = (target: object, name: string, value: unknown) =>
    Object.defineProperty(target, name, { value, writable: true, configurable: true });
  define(Number.prototype, 'toLocaleString', function (this: number, _locale?: unknown, options?: NumberOptions) {
    return formatNumber(Number(this), options);
  });
  define(BigInt.prototype, 'toLocaleString', function (this: bigint, _locale?: unknown, options?: NumberOptions) {
    return formatNumber(this, options);
  });
  const dateMethods = { toLocaleString: 'all', toLocaleDateString: 'date', toLocaleTimeString: 'time' } as const;
  for (const [name, defaults] of Object.entries(dateMethods)) {
    define(Date.prototype, name, function (this: Date, _locale?: unknown, options?: DateOptions) {
      return formatDate(this, options, defaults);
    });
  }
}
