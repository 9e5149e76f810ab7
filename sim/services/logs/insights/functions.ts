// The functions of Insights. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html
import type { Value } from './row';

export type InsightsFunction = (args: Value[]) => Value;

export function numberOf(value: Value | undefined): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

export function textOf(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}

/** `2026-11-02 10:15:07.114` */
export function dateText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('T', ' ').replace('Z', '');
}

const numeric =
  (compute: (...numbers: number[]) => number): InsightsFunction =>
  (args) => {
    const numbers: number[] = [];
    for (const arg of args) {
      const number = numberOf(arg);
      if (number === null) return null;
      numbers.push(number);
    }
    const result = compute(...numbers);
    return Number.isFinite(result) ? result : null;
  };

const onText =
  (compute: (text: string, ...rest: Value[]) => Value): InsightsFunction =>
  ([first, ...rest]) =>
    first === null || first === undefined ? null : compute(textOf(first), ...rest);

const isPresent = (value: Value | undefined) => value !== null && value !== undefined;

function isIpv4(text: string): boolean {
  return /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split('.').every((part) => Number(part) < 256);
}

const isIpv6 = (text: string) => /^[0-9a-fA-F:]+(?:\.\d+)*$/.test(text) && text.includes(':') && text.split(':').length <= 8;

function inSubnet(address: string, subnet: string): boolean {
  const [base = '', bits = '32'] = subnet.split('/');
  if (!isIpv4(address) || !isIpv4(base)) return false;
  const value = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(value(address) / size) === Math.floor(value(base) / size);
}

const trimmed = (side: 'start' | 'end' | 'both') =>
  onText((text, characters) => {
    if (!isPresent(characters)) return side === 'start' ? text.trimStart() : side === 'end' ? text.trimEnd() : text.trim();
    const set = new Set(textOf(characters));
    let from = 0;
    let to = text.length;
    if (side !== 'end') while (from < to && set.has(text[from] as string)) from++;
    if (side !== 'start') while (to > from && set.has(text[to - 1] as string)) to--;
    return text.slice(from, to);
  });

export const FUNCTIONS: Record<string, InsightsFunction> = {
  abs: numeric(Math.abs),
  ceil: numeric(Math.ceil),
  floor: numeric(Math.floor),
  greatest: numeric(Math.max),
  least: numeric(Math.min),
  log: numeric(Math.log),
  mod: numeric((a, b) => a % b),
  sqrt: numeric(Math.sqrt),
  strlen: onText((text) => text.length),
  toupper: onText((text) => text.toUpperCase()),
  tolower: onText((text) => text.toLowerCase()),
  trim: trimmed('both'),
  ltrim: trimmed('start'),
  rtrim: trimmed('end'),
  concat: (args) => args.map(textOf).join(''),
  substr: onText((text, from, length) => {
    const start = numberOf(from ?? 0) ?? 0;
    return isPresent(length) ? text.slice(start, start + (numberOf(length ?? null) ?? 0)) : text.slice(start);
  }),
  replace: onText((text, search, by) => text.replaceAll(textOf(search ?? ''), textOf(by ?? ''))),
  strcontains: onText((text, part) => (text.includes(textOf(part ?? '')) ? 1 : 0)),
  ispresent: ([value]) => isPresent(value),
  isempty: ([value]) => !isPresent(value) || value === '',
  isblank: ([value]) => !isPresent(value) || textOf(value).trim() === '',
  coalesce: (args) => args.find(isPresent) ?? null,
  frommillis: numeric((ms) => ms),
  tomillis: numeric((ms) => ms),
  isvalidip: onText((text) => isIpv4(text) || isIpv6(text)),
  isvalidipv4: onText(isIpv4),
  isvalidipv6: onText(isIpv6),
  isipinsubnet: onText((text, subnet) => inSubnet(text, textOf(subnet ?? ''))),
  isipv4insubnet: onText((text, subnet) => inSubnet(text, textOf(subnet ?? ''))),
  tonumber: onText((text) => numberOf(text)),
};

/** The beginning of the interval that a moment lies in; months and years are those of the calendar, UTC. */
export function floorTo(epochMs: number, { ms, months }: { ms: number; months: number }): number {
  if (months === 0) return ms > 0 ? Math.floor(epochMs / ms) * ms : epochMs;
  const date = new Date(epochMs);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  return utcMonth(Math.floor(month / months) * months);
}

export function ceilTo(epochMs: number, interval: { ms: number; months: number }): number {
  const floor = floorTo(epochMs, interval);
  if (floor === epochMs) return floor;
  if (interval.months === 0) return floor + interval.ms;
  const date = new Date(floor);
  return utcMonth(date.getUTCFullYear() * 12 + date.getUTCMonth() + interval.months);
}

function utcMonth(month: number): number {
  return new Date(Date.UTC(Math.floor(month / 12), month % 12, 1)).getTime();
}
