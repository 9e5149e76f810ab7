// Does a record pass a filter, and if not, which key stood in the way with which value.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
import type { Json } from '../../../kernel/json';
import type { FilterNode, Rule } from './filter-pattern';

/** The first key that failed: its path, and what was there. `seen` is left out when nothing was. */
export interface Miss {
  path: string;
  seen?: Json;
}

/** Null when the value passes. Elements of an array are tried one by one: one of them must pass as a whole. */
export function missOf(node: FilterNode, value: Json | undefined, path = ''): Miss | null {
  if (Array.isArray(value)) {
    let first: Miss | null = null;
    for (const element of value) {
      const miss = missOf(node, element, path);
      if (!miss) return null;
      first ??= miss;
    }
    if (first) return first;
  }
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  for (const [name, wanted] of node.fields) {
    const at = path === '' ? name : `${path}.${name}`;
    const seen = Object.hasOwn(members, name) ? members[name] : undefined;
    if (Array.isArray(wanted)) {
      if (!passes(wanted, seen)) return seen === undefined ? { path: at } : { path: at, seen };
    } else {
      const miss = missOf(wanted, seen, at);
      if (miss) return miss;
    }
  }
  for (const choices of node.anyOf) {
    const misses = choices.map((choice) => missOf(choice, value, path));
    if (misses.every((miss) => miss !== null)) return misses[0] ?? null;
  }
  return null;
}

function passes(rules: readonly Rule[], seen: Json | undefined): boolean {
  return rules.some((rule) => {
    if (rule.rule === 'exists') return rule.isThere === isLeaf(seen);
    if (seen === undefined) return false;
    return Array.isArray(seen) ? seen.some((element) => holds(rule, element)) : holds(rule, seen);
  });
}

/** `exists` is about leaves: a value, or an array of values. */
function isLeaf(value: Json | undefined): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value));
}

function holds(rule: Rule, value: Json): boolean {
  switch (rule.rule) {
    case 'equals':
      return rule.value === value;
    case 'anything-but':
      return (typeof value !== 'object' || value === null) && !rule.not.some((not) => holds(not, value));
    case 'numeric':
      return typeof value === 'number' && rule.bounds.every(({ operator, than }) => compares(value, operator, than));
    case 'exists':
      return rule.isThere;
    default:
      return typeof value === 'string' && holdsForText(rule, value);
  }
}

function holdsForText(rule: Extract<Rule, { rule: 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard' }>, value: string): boolean {
  if (rule.rule === 'wildcard') return rule.matcher.test(value);
  if (rule.rule === 'equals-ignore-case') return value.toLowerCase() === rule.text;
  const text = rule.ignoresCase ? value.toLowerCase() : value;
  return rule.rule === 'prefix' ? text.startsWith(rule.text) : text.endsWith(rule.text);
}

function compares(value: number, operator: string, than: number): boolean {
  switch (operator) {
    case '=':
      return value === than;
    case '<':
      return value < than;
    case '<=':
      return value <= than;
    case '>':
      return value > than;
    default:
      return value >= than;
  }
}
