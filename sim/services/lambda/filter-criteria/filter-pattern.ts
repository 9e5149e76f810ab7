// Filter patterns of event source mappings: a small compiler from the JSON text to rules by field.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
import type { Json, JsonObject } from '../../../kernel/json';

/** What one alternative of a field asks for. */
export type Rule =
  | { rule: 'equals'; value: string | number | boolean | null }
  | { rule: 'exists'; isThere: boolean }
  | { rule: 'numeric'; bounds: { operator: string; than: number }[] }
  | { rule: 'prefix' | 'suffix'; text: string; ignoresCase: boolean }
  | { rule: 'equals-ignore-case'; text: string }
  | { rule: 'wildcard'; matcher: RegExp; text: string }
  /** None of these may hold. */
  | { rule: 'anything-but'; not: Rule[] };

/** Every field must match; with `anyOf`, one of the groups too. */
export interface FilterNode {
  fields: Map<string, FilterNode | Rule[]>;
  anyOf: FilterNode[][];
}

export type ParsedFilter = { filter: FilterNode } | { refused: string };

class FilterError extends Error {}

function refuse(text: string): never {
  throw new FilterError(text);
}

export function parseFilterPattern(text: string): ParsedFilter {
  try {
    return { filter: readNode(asObject(JSON.parse(text) as Json, 'The pattern')) };
  } catch (error) {
    if (error instanceof FilterError || error instanceof SyntaxError) return { refused: error.message };
    throw error;
  }
}

function asObject(value: Json | undefined, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(`${what} must be a JSON object.`);
  if (Object.keys(value).length === 0) refuse(`${what} is empty.`);
  return value;
}

function readNode(pattern: JsonObject): FilterNode {
  const node: FilterNode = { fields: new Map(), anyOf: [] };
  for (const [name, wanted] of Object.entries(pattern)) {
    if (name === '$or') {
      if (!Array.isArray(wanted) || wanted.length < 2) refuse('$or must be an array of at least two objects.');
      node.anyOf.push(wanted.map((choice) => readNode(asObject(choice, 'A choice of $or'))));
    } else if (Array.isArray(wanted)) {
      if (wanted.length === 0) refuse(`The array of ${name} is empty.`);
      node.fields.set(name, wanted.map(readRule));
    } else node.fields.set(name, readNode(asObject(wanted, `The value of ${name}`)));
  }
  return node;
}

function readRule(value: Json): Rule {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return { rule: 'equals', value };
  }
  const given = asObject(value, 'A rule');
  const [operator, ...more] = Object.keys(given);
  if (operator === undefined || more.length > 0) refuse('A rule has exactly one operator.');
  const operand = given[operator];
  switch (operator) {
    case 'exists':
      return typeof operand === 'boolean' ? { rule: 'exists', isThere: operand } : refuse('exists takes true or false.');
    case 'prefix':
    case 'suffix':
      return readAffix(operator, operand);
    case 'equals-ignore-case':
      return { rule: 'equals-ignore-case', text: asText(operand, operator).toLowerCase() };
    case 'wildcard':
      return readWildcard(asText(operand, operator));
    case 'numeric':
      return { rule: 'numeric', bounds: readBounds(operand) };
    case 'anything-but':
      return { rule: 'anything-but', not: readExclusion(operand) };
    default:
      return refuse(`There is no operator ${operator}.`);
  }
}

function asText(value: Json | undefined, operator: string): string {
  return typeof value === 'string' && value !== '' ? value : refuse(`${operator} takes a text.`);
}

function readAffix(rule: 'prefix' | 'suffix', operand: Json | undefined): Rule {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const text = asText(operand['equals-ignore-case'], rule);
    return { rule, text: text.toLowerCase(), ignoresCase: true };
  }
  return { rule, text: asText(operand, rule), ignoresCase: false };
}

/** `*` stands for any characters; a backslash makes the next `*` or backslash a plain one. */
function readWildcard(text: string): Rule {
  if (text.includes('**')) refuse('wildcard takes no two asterisks in a row.');
  const source = text.replace(/\\([*\\])|([*])|([.+?^${}()|[\]\\])/g, (_all, plain?: string, any?: string, special?: string) =>
    plain !== undefined ? `\\${plain}` : any !== undefined ? '[\\s\\S]*' : `\\${special}`,
  );
  return { rule: 'wildcard', matcher: new RegExp(`^${source}$`), text };
}

const COMPARISONS = new Set(['=', '<', '<=', '>', '>=']);

function readBounds(operand: Json | undefined): { operator: string; than: number }[] {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4))
    refuse('numeric takes one comparison, or two for a range.');
  const bounds: { operator: string; than: number }[] = [];
  for (let i = 0; i < operand.length; i += 2) {
    const [operator, than] = [operand[i], operand[i + 1]];
    if (typeof operator !== 'string' || !COMPARISONS.has(operator)) refuse(`numeric knows no comparison ${String(operator)}.`);
    if (typeof than !== 'number') refuse('numeric compares with a number.');
    bounds.push({ operator, than });
  }
  return bounds;
}

function readExclusion(operand: Json | undefined): Rule[] {
  const list = Array.isArray(operand) ? operand : [operand ?? null];
  if (list.length === 0) refuse('anything-but takes at least one value.');
  return list.flatMap((value): Rule[] => {
    if (typeof value !== 'object' || value === null) return [readRule(value)];
    const [operator, text] = Object.entries(value)[0] ?? [];
    if (operator === 'prefix' || operator === 'suffix' || operator === 'wildcard' || operator === 'equals-ignore-case') {
      const texts = Array.isArray(text) ? text : [text ?? null];
      return texts.map((one) => readRule({ [operator]: one }));
    }
    return refuse(`anything-but takes no ${operator ?? 'empty object'}.`);
  });
}
