// Match expressions: `{"prefix": "a"}`, `{"numeric": [">", 0, "<=", 5]}`, and AWS's words for malformed ones. SNS-X26.
// https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html
import { parseAddress } from './address';
import { type Condition, type NumericOperator, wildcardParts } from './condition';
import { hundredThousandths } from './decimal';
import type { ArrayNode, JsonNode, ScalarNode } from './json-text';
import { PolicyError } from './policy-error';

const NUMERIC_MAX = 1e9;
/** SNS-X27. */
const WILDCARDS_MAX = 3;
const TEXT_OPERATORS = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'] as const;
type TextOperator = (typeof TEXT_OPERATORS)[number];

function isTextOperator(name: string): name is TextOperator {
  return (TEXT_OPERATORS as readonly string[]).includes(name);
}

export function parseCondition(node: JsonNode): Condition {
  if (node.kind === 'array') throw new PolicyError('Match value must be String, number, true, false, or null', node.at);
  if (node.kind !== 'object') return exact(node);
  const [member, second] = node.members;
  if (!member) throw new PolicyError('Empty objects are not allowed', node.at + 1);
  const { name, value } = member;
  const condition = operator(name, value);
  if (second) throw new PolicyError('Only one key allowed in match expression', second.value.at);
  return condition;
}

function operator(name: string, value: JsonNode): Condition {
  if (isTextOperator(name)) return textCondition(name, value);
  switch (name) {
    case 'exists':
      if (value.kind !== 'boolean') throw new PolicyError('exists match pattern must be either true or false.', value.at);
      return { type: 'exists', wanted: value.text === 'true' };
    case 'numeric':
      if (value.kind !== 'array') throw new PolicyError('Value of numeric must be an array.', value.at);
      return numeric(value);
    case 'cidr':
      return cidr(value);
    case 'anything-but':
      return anythingBut(value);
  }
  throw new PolicyError(`Unrecognized match type ${name}`, value.at);
}

function exact(node: ScalarNode): Condition {
  if (node.kind === 'number') numberOf(node);
  return { type: 'exact', value: { kind: node.kind, text: node.text } };
}

function numberOf(node: ScalarNode): number {
  if (Math.abs(Number(node.text)) > NUMERIC_MAX) {
    throw new PolicyError(`Numeric match value must be smaller than 1E9, got ${node.text}`, node.at);
  }
  return hundredThousandths(node.text) ?? 0;
}

function textCondition(type: TextOperator, value: JsonNode): Condition {
  if (value.kind !== 'string') throw new PolicyError(`${type} match pattern must be a string`, value.at);
  if (type === 'wildcard') checkWildcard(value);
  return { type, text: value.text };
}

function checkWildcard(node: ScalarNode): void {
  const parts = wildcardParts(node.text);
  if (/(^|[^\\])(\\\\)*\*\*/.test(node.text)) {
    throw new PolicyError(`Consecutive wildcard characters at pos ${node.text.indexOf('**')}`, node.at);
  }
  if (/(^|[^\\])(\\\\)*\\([^*\\]|$)/.test(node.text))
    throw new PolicyError(`Invalid escape character at pos ${node.text.indexOf('\\')}`, node.at);
  if (parts.length - 1 > WILDCARDS_MAX) throw new PolicyError('Filter policy is too complex', null);
}

function anythingBut(value: JsonNode): Condition {
  if (value.kind === 'object') {
    const [member, second] = value.members;
    if (!member) throw new PolicyError('Empty objects are not allowed', value.at + 1);
    if (!isTextOperator(member.name)) throw new PolicyError(`Unsupported anything-but pattern: ${member.name}`, member.value.at);
    if (second) throw new PolicyError('Only one key allowed in match expression', second.value.at);
    const inner = member.value;
    const name = member.name;
    if (inner.kind === 'array') {
      if (inner.items.length === 0) throw new PolicyError('Empty arrays are not allowed', inner.end);
      return { type: 'anything-but', conditions: inner.items.map((item) => textCondition(name, item)) };
    }
    return { type: 'anything-but', conditions: [textCondition(name, inner)] };
  }
  const items = value.kind === 'array' ? value.items : [value];
  if (value.kind === 'array' && items.length === 0) throw new PolicyError('Empty arrays are not allowed', value.end);
  const conditions = items.map((item) => {
    if (item.kind === 'object' || item.kind === 'array') {
      throw new PolicyError('Inside anything-but list, start|null|boolean is not supported.', item.at);
    }
    return exact(item);
  });
  return { type: 'anything-but', conditions };
}

function isNumericOperator(text: string): text is NumericOperator {
  return ['=', '<', '<=', '>', '>='].includes(text);
}

/** What the parser would print for a value that stands where another is expected. */
function shown(node: JsonNode | undefined): string {
  if (!node) return ']';
  return node.kind === 'object' ? '{' : node.kind === 'array' ? '[' : node.text;
}

function numeric(list: ArrayNode): Condition {
  const [first, bound, second, otherBound, ...rest] = list.items;
  const placeOf = (node: JsonNode | undefined): number => node?.at ?? list.end;
  if (first?.kind !== 'string') throw new PolicyError(`Invalid member in numeric match: ${shown(first)}`, placeOf(first));
  if (!isNumericOperator(first.text)) throw new PolicyError(`Unrecognized numeric range operator: ${first.text}`, first.at);
  if (bound?.kind !== 'number') {
    throw new PolicyError(`Value of ${first.text === '=' ? 'equals' : first.text} must be numeric`, placeOf(bound));
  }
  const limits = [{ operator: first.text, value: numberOf(bound) }];
  if (!second) return { type: 'numeric', limits };
  if (!first.text.startsWith('>')) throw new PolicyError('Too many elements in numeric expression', second.at);
  if (second.kind !== 'string') throw new PolicyError(`Bad value in numeric range: ${shown(second)}`, second.at);
  if (second.text !== '<' && second.text !== '<=') throw new PolicyError(`Bad numeric range operator: ${second.text}`, second.at);
  if (otherBound?.kind !== 'number') throw new PolicyError(`Value of ${second.text} must be numeric`, placeOf(otherBound));
  if (rest[0]) throw new PolicyError('Too many terms in numeric range expression', rest[0].at);
  const top = numberOf(otherBound);
  if (top <= numberOf(bound)) throw new PolicyError('Bottom must be less than top', list.end);
  limits.push({ operator: second.text, value: top });
  return { type: 'numeric', limits };
}

function cidr(node: JsonNode): Condition {
  if (node.kind !== 'string') throw new PolicyError('prefix match pattern must be a string', node.at);
  const parts = node.text.split('/');
  if (parts.length !== 2) throw new PolicyError("Malformed CIDR, one '/' required", node.at);
  const [base = '', mask = ''] = parts;
  if (!/^-?\d+$/.test(mask)) throw new PolicyError('Malformed CIDR, mask bits must be an integer', node.at);
  const address = parseAddress(base);
  if (!address) throw new PolicyError(`Nonstandard IP address: ${base}`, node.at);
  const prefixLength = Number(mask);
  if (prefixLength < 0 || prefixLength > address.bits)
    throw new PolicyError('Malformed CIDR, mask bits must not be negative or too large', node.at);
  return { type: 'cidr', block: { address, prefixLength } };
}
