// Moments as each protocol writes them. In calls and replies of the world a moment is Unix seconds, or ISO 8601 text in replies.
// https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
import type { Json } from '../kernel/json';
import type { TimestampFormat } from './model';
import { unwritable } from './wire-error';

/** The year 5138 in seconds, 1973 in milliseconds: a larger number was meant as milliseconds, and would silently become nonsense. */
const SECONDS_MAX = 1e11;

const ISO = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const NUMBER = /^-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** Unix seconds from any of the wire's spellings; null when it is none. */
export function readTimestamp(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  if (NUMBER.test(value)) return Number(value);
  const isHttpDate = /^[A-Z][a-z]{2}, .* GMT$/.test(value);
  if (!ISO.test(value) && !isHttpDate) return null;
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}

/** A number in JSON's own format, text in the others; `fallback` is the protocol's default format. */
export function writeTimestamp(value: Json, format: TimestampFormat, fallback: 'iso' | 'epoch' | 'http', path: string): number | string {
  const seconds = readTimestamp(value);
  if (seconds === null) throw unwritable(path, 'is no timestamp');
  if (Math.abs(seconds) > SECONDS_MAX) throw unwritable(path, 'is in milliseconds, where a timestamp is Unix seconds or ISO 8601 text');
  const chosen = format === 'default' ? fallback : format;
  if (chosen === 'epoch') return Math.round(seconds * 1000) / 1000;
  const date = new Date(Math.round(seconds * 1000));
  return chosen === 'http' ? date.toUTCString() : date.toISOString().replace('.000Z', 'Z');
}
