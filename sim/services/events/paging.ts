// Lists in pages. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
import type { Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { invalid } from './faults';

const LIMIT_MAX = 100;

/** One page under `member`. A token is the number of items already given. */
export function pageOf(input: JsonObject, member: string, items: (JsonObject | string)[]): Reply {
  const limit = input.Limit ?? LIMIT_MAX;
  if (typeof limit !== 'number' || limit < 1 || limit > LIMIT_MAX) {
    const breach = typeof limit === 'number' && limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${LIMIT_MAX}`;
    return invalid(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${breach}`,
    );
  }
  const start = input.NextToken === undefined || input.NextToken === null ? 0 : Number(input.NextToken);
  if (!Number.isInteger(start) || start < 0) return invalid('Parameter NextToken is not valid.');
  const end = start + limit;
  return { ok: { [member]: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) } };
}
