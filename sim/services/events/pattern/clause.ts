// One alternative of a pattern's field, and whether a value of an event satisfies it.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
import { addressBits } from './address';
import { toMillionths } from './decimal';
import { endsIgnoringCase, equalsIgnoringCase, startsIgnoringCase } from './letter-case';
import { matchesWildcard } from './wildcard';

export type Clause =
  | { is: 'string'; text: string }
  /** true, false or null. */
  | { is: 'literal'; text: string }
  /** Compared by value where it can be, else as it is written. */
  | { is: 'number'; text: string; millionths: number | null }
  /** A string that is an IP address equals every way to write this address. */
  | { is: 'address'; text: string; bits: string }
  | { is: 'cidr'; text: string; bits: string }
  | { is: 'prefix' | 'suffix' | 'equals-ignore-case' | 'prefix-ignore-case' | 'suffix-ignore-case'; text: string }
  /** Pieces between the stars, unescaped. */
  | { is: 'wildcard'; text: string; pieces: string[] }
  /** Bounds in millionths, both included. */
  | { is: 'numeric'; text: string; low: number; high: number }
  | { is: 'exists' }
  | { is: 'absent' }
  /** Present, and none of these. */
  | { is: 'anything-but'; clauses: Clause[] };

/** A value of an event: a leaf. */
export interface Value {
  kind: 'string' | 'number' | 'literal';
  /** The string itself; a number or literal as it is written. */
  text: string;
  /** Of a number; undefined until asked for. */
  millionths?: number | null;
  /** Of a string; undefined until asked for. */
  address?: string | null;
}

export function millionthsOf(value: Value): number | null {
  if (value.millionths === undefined) value.millionths = toMillionths(value.text);
  return value.millionths;
}

export function addressOf(value: Value): string | null {
  if (value.address === undefined) value.address = addressBits(value.text);
  return value.address;
}

/** `absent` is never satisfied by a value. */
export function satisfies(clause: Clause, value: Value): boolean {
  const { kind, text } = value;
  switch (clause.is) {
    case 'exists':
      return true;
    case 'absent':
      return false;
    case 'anything-but':
      return !clause.clauses.some((excluded) => satisfies(excluded, value));
    case 'literal':
      return kind === 'literal' && text === clause.text;
    case 'number':
      if (kind !== 'number') return false;
      return text === clause.text || (clause.millionths !== null && millionthsOf(value) === clause.millionths);
    case 'numeric': {
      const millionths = kind === 'number' ? millionthsOf(value) : null;
      return millionths !== null && millionths >= clause.low && millionths <= clause.high;
    }
  }
  if (kind !== 'string') return false;
  switch (clause.is) {
    case 'string':
      return text === clause.text;
    case 'address':
      return addressOf(value) === clause.bits;
    case 'cidr':
      return addressOf(value)?.startsWith(clause.bits) ?? false;
    case 'prefix':
      return text.startsWith(clause.text);
    case 'suffix':
      return text.endsWith(clause.text);
    case 'equals-ignore-case':
      return equalsIgnoringCase(clause.text, text);
    case 'prefix-ignore-case':
      return startsIgnoringCase(clause.text, text);
    case 'suffix-ignore-case':
      return endsIgnoringCase(clause.text, text);
    case 'wildcard':
      return matchesWildcard(clause.pieces, text);
  }
}

/** As the pattern's author would write it: `{"prefix":"eu-"}`. */
export function formatClause(clause: Clause): string {
  switch (clause.is) {
    case 'string':
    case 'address':
      return JSON.stringify(clause.text);
    case 'literal':
    case 'number':
      return clause.text;
    case 'exists':
    case 'absent':
      return `{"exists":${clause.is === 'exists'}}`;
    case 'prefix-ignore-case':
    case 'suffix-ignore-case':
      return `{"${clause.is.slice(0, 6)}":{"equals-ignore-case":${JSON.stringify(clause.text)}}}`;
    case 'numeric':
      return `{"numeric":${clause.text}}`;
    case 'anything-but': {
      const list = clause.clauses.map(formatClause);
      return `{"anything-but":${list.length === 1 ? list[0] : `[${list.join(',')}]`}}`;
    }
    default:
      return `{"${clause.is}":${JSON.stringify(clause.text)}}`;
  }
}
