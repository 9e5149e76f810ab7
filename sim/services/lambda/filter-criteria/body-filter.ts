// Filter criteria of an SQS mapping: they see the body alone, and a pattern for JSON never passes plain text, nor the reverse.
// LAM-INV-X29. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
import type { Json } from '../../../kernel/json';
import { type FilterNode, parseFilterPattern } from './filter-pattern';
import { type Miss, missOf } from './match-filter';

/** Why one filter let a message go: the key that failed, or that text and pattern are of different kinds. */
export interface FilterMiss extends Partial<Miss> {
  pattern: string;
  reason: 'no-match' | 'body-is-not-json' | 'body-is-json';
}

/** Patterns are few and used for every message: each is compiled once. */
const compiled = new Map<string, FilterNode>();
const COMPILED_MAX = 256;

function filterOf(pattern: string): FilterNode | null {
  const known = compiled.get(pattern);
  if (known) return known;
  const parsed = parseFilterPattern(pattern);
  if ('refused' in parsed) return null;
  if (compiled.size >= COMPILED_MAX) compiled.clear();
  compiled.set(pattern, parsed.filter);
  return parsed.filter;
}

/** Null when one of the patterns passes the body, or when there is no pattern. */
export function missesOfBody(patterns: readonly string[], body: string): FilterMiss[] | null {
  const misses: FilterMiss[] = [];
  const parsed = patterns.length > 0 ? parseBody(body) : null;
  for (const pattern of patterns) {
    const filter = filterOf(pattern);
    const miss = filter ? missOfBody(filter, body, parsed) : { reason: 'no-match' as const };
    if (!miss) return null;
    misses.push({ pattern, ...miss });
  }
  return misses.length > 0 ? misses : null;
}

function missOfBody(filter: FilterNode, body: string, parsed: Json | null): Omit<FilterMiss, 'pattern'> | null {
  const onBody = filter.fields.get('body');
  if (onBody && Array.isArray(onBody) && parsed !== null) return { reason: 'body-is-json', path: 'body' };
  if (onBody && !Array.isArray(onBody) && parsed === null) return { reason: 'body-is-not-json', path: 'body' };
  const miss = missOf(filter, { body: parsed ?? body });
  return miss ? { reason: 'no-match', ...miss } : null;
}

/** JSON in Lambda's sense: an object or an array. A number or a quoted text is plain text. */
function parseBody(body: string): Json | null {
  if (!/^\s*[{[]/.test(body)) return null;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return null;
  }
}
