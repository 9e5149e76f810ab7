// Lists in pages. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
import type { Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { invalid } from './faults';

/** DescribeLogGroups and its like: 50 a page, at most and by default. */
const LIMIT_DEFAULT = 50;

/** One page of `items` under `member`. A token names the item that comes next. */
export function pageOf(
  input: JsonObject,
  member: string,
  items: JsonObject[],
  nameOf: (item: JsonObject) => string,
  limit = input.limit,
): Reply {
  const size = typeof limit === 'number' ? limit : LIMIT_DEFAULT;
  let start = 0;
  if (typeof input.nextToken === 'string') {
    const name = decodeToken(input.nextToken);
    start = items.findIndex((item) => nameOf(item) === name);
    if (start === -1) return invalid('The specified nextToken is invalid.');
  }
  const next = items[start + size];
  return { ok: { [member]: items.slice(start, start + size), ...(next ? { nextToken: encodeToken(nameOf(next)) } : {}) } };
}

export function encodeToken(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function decodeToken(token: string): string | null {
  if (!/^(?:[0-9a-f]{2})+$/.test(token)) return null;
  const bytes = Uint8Array.from(token.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(bytes);
}
