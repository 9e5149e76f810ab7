// A filter policy from its text, or SNS's reason for refusing it. SNS-X24 to SNS-X29.
// https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
import { utf8Length } from '../text';
import type { Condition } from './condition';
import { parseCondition } from './expression';
import { describePlace, type JsonNode, JsonTextError, type ObjectNode, parseJsonText } from './json-text';
import { PolicyError } from './policy-error';
import { wildcardPoints } from './wildcard-points';

export type FilterScope = 'MessageAttributes' | 'MessageBody';

/** One key with the conditions of which one must hold. */
export interface KeyRule {
  /** Names from the top: one in attribute scope. */
  path: string[];
  conditions: Condition[];
}

/** Alternatives of which one must match whole: `$or` multiplied out. */
export interface FilterPolicy {
  scope: FilterScope;
  alternatives: KeyRule[][];
}

/** SNS-X27. */
const KEYS_MAX = 5;
const COMBINATIONS_MAX = 150;
const POLICY_BYTES_MAX = 262_144;
const WILDCARD_POINTS_MAX = 100;

/** `reason`: what AWS writes after `FilterPolicy: `. */
export function parseFilterPolicy(text: string, scope: FilterScope): { policy: FilterPolicy } | { reason: string } {
  try {
    if (utf8Length(text) > POLICY_BYTES_MAX) throw new PolicyError('Filter policy is too large');
    const root = parseJsonText(text);
    if (root.kind !== 'object') throw new PolicyError('Filter is not an object', root.at);
    return { policy: { scope, alternatives: compile(root, scope) } };
  } catch (error) {
    if (error instanceof JsonTextError) return { reason: 'failed to parse JSON.' };
    if (error instanceof PolicyError) return { reason: error.message + (error.at === null ? '' : describePlace(text, error.at)) };
    throw error;
  }
}

function compile(root: ObjectNode, scope: FilterScope): KeyRule[][] {
  checkShape(root, scope, true);
  if (countKeys(root) > KEYS_MAX) throw new PolicyError(`Filter policy can not have more than ${KEYS_MAX} keys`);
  if (countCombinations(root, scope === 'MessageBody', 1) > COMBINATIONS_MAX) throw new PolicyError('Filter policy is too complex');
  const alternatives = expand(root, []);
  // A rule stands in each alternative that `$or` made of it, and counts once.
  const fields = new Set(alternatives.flat().map(({ conditions }) => conditions));
  const points = [...fields].reduce((sum, conditions) => sum + wildcardPoints(conditions), 0);
  if (points > WILDCARD_POINTS_MAX) throw new PolicyError('Filter policy is too complex');
  return alternatives;
}

const OPERATORS: ReadonlySet<string> = new Set([
  'exists',
  'equals-ignore-case',
  'prefix',
  'suffix',
  'anything-but',
  'wildcard',
  'numeric',
  'cidr',
]);

/** The alternatives of `$or`, which is an operator when it holds at least two objects, none with an operator among its keys. */
function alternativesIn(name: string, value: JsonNode): ObjectNode[] | null {
  if (name !== '$or' || value.kind !== 'array' || value.items.length < 2) return null;
  const alternatives = value.items.filter((item): item is ObjectNode => item.kind === 'object' && item.members.length > 0);
  if (alternatives.length < value.items.length) return null;
  return alternatives.some(({ members }) => members.some((member) => OPERATORS.has(member.name))) ? null : alternatives;
}

function checkShape(node: ObjectNode, scope: FilterScope, isTop: boolean): void {
  if (!isTop && node.members.length === 0) throw new PolicyError('Empty objects are not allowed', node.at + 1);
  for (const { name, value } of node.members) {
    const alternatives = alternativesIn(name, value);
    if (alternatives) {
      for (const alternative of alternatives) checkShape(alternative, scope, false);
    } else if (value.kind === 'object') {
      if (scope === 'MessageAttributes') {
        throw new PolicyError('Filter policy scope MessageAttributes does not support nested filter policy');
      }
      checkShape(value, scope, false);
    } else if (value.kind !== 'array') {
      throw new PolicyError(`"${name}" must be an object or an array`, value.at);
    } else if (value.items.length === 0) {
      throw new PolicyError('Empty arrays are not allowed', value.end);
    }
  }
}

/** Only leaf keys count; of alternatives, the one with the most. */
function countKeys(node: ObjectNode): number {
  let keys = 0;
  for (const { name, value } of node.members) {
    const alternatives = alternativesIn(name, value);
    if (alternatives) keys += Math.max(...alternatives.map(countKeys));
    else keys += value.kind === 'object' ? countKeys(value) : 1;
  }
  return keys;
}

/** Values of each key multiplied, in body scope times the key's depth; alternatives are added. */
function countCombinations(node: ObjectNode, isBody: boolean, depth: number): number {
  let product = 1;
  for (const { name, value } of node.members) {
    const alternatives = alternativesIn(name, value);
    if (alternatives) {
      product *= alternatives.reduce((sum, alternative) => sum + countCombinations(alternative, isBody, depth), 0);
    } else if (value.kind === 'object') {
      product *= countCombinations(value, isBody, depth + 1);
    } else if (value.kind === 'array') {
      product *= value.items.length * (isBody ? depth : 1);
    }
  }
  return product;
}

/** The last of two members with one name counts, as in any JSON object. */
function expand(node: ObjectNode, path: string[]): KeyRule[][] {
  const members = new Map(node.members.map(({ name, value }) => [name, value]));
  let expanded: KeyRule[][] = [[]];
  for (const [name, value] of members) {
    const alternatives = alternativesIn(name, value);
    const here: KeyRule[][] = alternatives
      ? alternatives.flatMap((item) => expand(item, path))
      : value.kind === 'object'
        ? expand(value, [...path, name])
        : [[{ path: [...path, name], conditions: value.kind === 'array' ? value.items.map(parseCondition) : [] }]];
    expanded = expanded.flatMap((rules) => here.map((more) => [...rules, ...more]));
  }
  return expanded;
}
