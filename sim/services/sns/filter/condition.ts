// One match expression of a filter policy, and whether a value satisfies it. SNS-X26.
// https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
import { type Address, type Block, isInBlock, parseAddress } from './address';
import { hundredThousandths } from './decimal';

/** A value of a message, as filters see it: its JSON type and text. */
export interface Value {
  kind: 'string' | 'number' | 'boolean' | 'null';
  text: string;
}

export type NumericOperator = '=' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { type: 'exact'; value: Value }
  | { type: 'exists'; wanted: boolean }
  | { type: 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard'; text: string }
  | { type: 'cidr'; block: Block }
  /** Limits in hundred-thousandths; all must hold. */
  | { type: 'numeric'; limits: { operator: NumericOperator; value: number }[] }
  | { type: 'anything-but'; conditions: Condition[] };

function isSameValue(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind !== 'number') return a.text === b.text;
  return hundredThousandths(a.text) === hundredThousandths(b.text);
}

const HOLDS: Record<NumericOperator, (value: number, limit: number) => boolean> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** Whether a value that is there satisfies the condition. */
export function isSatisfied(condition: Condition, value: Value): boolean {
  switch (condition.type) {
    case 'exact':
      return isSameValue(condition.value, value);
    case 'exists':
      // Present means more than there: neither null nor empty. https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
      return condition.wanted && value.kind !== 'null' && value.text !== '';
    case 'anything-but':
      return !condition.conditions.some((inner) => isSatisfied(inner, value));
    case 'numeric': {
      const number = value.kind === 'number' ? hundredThousandths(value.text) : null;
      return number !== null && condition.limits.every(({ operator, value: limit }) => HOLDS[operator](number, limit));
    }
  }
  if (value.kind !== 'string') return false;
  switch (condition.type) {
    case 'prefix':
      return value.text.startsWith(condition.text);
    case 'suffix':
      return value.text.endsWith(condition.text);
    case 'equals-ignore-case':
      return value.text.toLowerCase() === condition.text.toLowerCase();
    case 'wildcard':
      return matchesWildcard(condition.text, value.text);
    case 'cidr': {
      const address: Address | null = parseAddress(value.text);
      return address !== null && isInBlock(address, condition.block);
    }
  }
}

/** `*` stands for any characters; a backslash before `*` or itself takes its meaning away. */
export function wildcardParts(pattern: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern.charAt(i);
    if (character === '*') {
      parts.push(part);
      part = '';
    } else if (character === '\\') {
      part += pattern.charAt(++i);
    } else {
      part += character;
    }
  }
  parts.push(part);
  return parts;
}

function matchesWildcard(pattern: string, text: string): boolean {
  const parts = wildcardParts(pattern);
  const first = parts[0] ?? '';
  if (parts.length === 1) return text === first;
  const last = parts[parts.length - 1] ?? '';
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= text.length - last.length;
}
