// Condition operators by family: how one value of a policy compares with one value of the request.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { isInBlock } from '../../../kernel/address';
import { arnMatches } from './arn-pattern';
import { globMatches } from './glob';

export interface Operator {
  /** As AWS writes it: `StringNotLike`. */
  name: string;
  /** `Not…`: true when no value of the policy matches, and when the key is absent. */
  isNegated: boolean;
  wildcards: boolean;
  /** Whether policy variables are replaced in its values. */
  variables: boolean;
  /** The comparison without the negation. */
  matches: (wanted: string, seen: string) => boolean;
}

function numeric(compare: (seen: number, wanted: number) => boolean): Operator['matches'] {
  return (wanted, seen) => {
    const [a, b] = [parseNumber(seen), parseNumber(wanted)];
    return a !== null && b !== null && compare(a, b);
  };
}

function date(compare: (seen: number, wanted: number) => boolean): Operator['matches'] {
  return (wanted, seen) => {
    const [a, b] = [parseDate(seen), parseDate(wanted)];
    return a !== null && b !== null && compare(a, b);
  };
}

export function parseNumber(text: string): number | null {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : null;
}

const ISO = /^(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Unix milliseconds of an ISO 8601 date or of seconds since 1970. Without a zone it is UTC. */
export function parseDate(text: string): number | null {
  const seconds = parseNumber(text);
  if (seconds !== null && !/^\d{4}$/.test(text)) return seconds * 1000;
  if (/^\d{4}$/.test(text)) return Date.UTC(Number(text), 0, 1);
  const match = ISO.exec(text.trim());
  if (!match) return null;
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = match;
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > 31 || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return null;
  const millis = Math.floor(Number(`0.${fraction}`) * 1000);
  const local = Date.UTC(Number(year), m - 1, d, Number(hour), Number(minute), Number(second), millis);
  if (zone === 'Z') return local;
  const offset = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return local - (zone.startsWith('-') ? -1 : 1) * offset * 60_000;
}

const equals = (wanted: string, seen: string): boolean => wanted === seen;
const equalsIgnoringCase = (wanted: string, seen: string): boolean => wanted.toLowerCase() === seen.toLowerCase();

type Shape = Partial<Pick<Operator, 'isNegated' | 'wildcards' | 'variables'>>;
const STRING: Shape = { variables: true };
const PATTERN: Shape = { variables: true, wildcards: true };
const NOT: Shape = { isNegated: true };

const TABLE: [string, Operator['matches'], Shape?][] = [
  ['StringEquals', equals, STRING],
  ['StringNotEquals', equals, { ...STRING, ...NOT }],
  ['StringEqualsIgnoreCase', equalsIgnoringCase, STRING],
  ['StringNotEqualsIgnoreCase', equalsIgnoringCase, { ...STRING, ...NOT }],
  ['StringLike', globMatches, PATTERN],
  ['StringNotLike', globMatches, { ...PATTERN, ...NOT }],
  ['NumericEquals', numeric((seen, wanted) => seen === wanted)],
  ['NumericNotEquals', numeric((seen, wanted) => seen === wanted), NOT],
  ['NumericLessThan', numeric((seen, wanted) => seen < wanted)],
  ['NumericLessThanEquals', numeric((seen, wanted) => seen <= wanted)],
  ['NumericGreaterThan', numeric((seen, wanted) => seen > wanted)],
  ['NumericGreaterThanEquals', numeric((seen, wanted) => seen >= wanted)],
  ['DateEquals', date((seen, wanted) => seen === wanted)],
  ['DateNotEquals', date((seen, wanted) => seen === wanted), NOT],
  ['DateLessThan', date((seen, wanted) => seen < wanted)],
  ['DateLessThanEquals', date((seen, wanted) => seen <= wanted)],
  ['DateGreaterThan', date((seen, wanted) => seen > wanted)],
  ['DateGreaterThanEquals', date((seen, wanted) => seen >= wanted)],
  ['Bool', equalsIgnoringCase, STRING],
  ['BinaryEquals', equals],
  ['IpAddress', isInBlock],
  ['NotIpAddress', isInBlock, NOT],
  ['ArnEquals', arnMatches, PATTERN],
  ['ArnLike', arnMatches, PATTERN],
  ['ArnNotEquals', arnMatches, { ...PATTERN, ...NOT }],
  ['ArnNotLike', arnMatches, { ...PATTERN, ...NOT }],
];

const OPERATORS = new Map<string, Operator>(
  TABLE.map(([name, matches, shape]) => [
    name.toLowerCase(),
    { name, matches, isNegated: false, wildcards: false, variables: false, ...shape },
  ]),
);

/** By name in any case, without qualifiers. Undefined for an unknown operator, and for Null, which compares nothing. */
export function operatorNamed(name: string): Operator | undefined {
  return OPERATORS.get(name.toLowerCase());
}
