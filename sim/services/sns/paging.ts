// Lists in pages of a hundred. https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html
import type { Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { invalid } from './faults';

const PAGE = 100;

/** One page under `member`. A token is the number of items already given. */
export function pageOf(input: JsonObject, member: string, items: JsonObject[]): Reply {
  const token = input.NextToken;
  const start = token === undefined || token === null || token === '' ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) return invalid('NextToken');
  const end = start + PAGE;
  return { ok: { [member]: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) } };
}
