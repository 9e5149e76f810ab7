// Lengths, ranges, patterns and enumerations of an API's model, checked before a request reaches its service, and the words in
// which AWS's front ends refuse: `1 validation error detected: Value '' at 'name' failed to satisfy constraint: …`.
// https://smithy.io/2.0/spec/constraint-traits.html
import type { Json } from '../kernel/json';

export interface Constraint {
  /** Of text in characters, of a list or map in entries. */
  length: { min: number | null; max: number | null } | null;
  range: { min: number | null; max: number | null } | null;
  pattern: string | null;
  enum: string[] | null;
  /** Not repeated in messages. */
  isSecret: boolean;
  /** Constraints of a list's items and of a map's keys and values, by name. */
  member: string | null;
  key: string | null;
  value: string | null;
}

export type Constraints = ReadonlyMap<string, Constraint>;

function parseBounds(text: string): { min: number | null; max: number | null } {
  const [min = '', max = ''] = text.split('..');
  return { min: min === '' ? null : Number(min), max: max === '' ? null : Number(max) };
}

/** One constraint a line, `Name length=1..64 pattern=[a-z]+`: a pattern takes the rest of its line. */
export function parseConstraints(text: string): Constraints {
  const constraints = new Map<string, Constraint>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, words = '', pattern] = /^(.*?)(?: pattern=(.*))?$/.exec(line) ?? [];
    const [name = '', ...rest] = words.split(' ');
    const constraint: Constraint = {
      length: null,
      range: null,
      pattern: pattern ?? null,
      enum: null,
      isSecret: false,
      member: null,
      key: null,
      value: null,
    };
    for (const word of rest) {
      const equals = word.indexOf('=');
      const value = word.slice(equals + 1);
      const key = word.slice(0, equals);
      if (key === 'length' || key === 'range') constraint[key] = parseBounds(value);
      else if (key === 'enum') constraint.enum = value.split('|');
      else if (key === 'secret') constraint.isSecret = true;
      else if (key === 'member' || key === 'key' || key === 'value') constraint[key] = value;
      else throw new Error(`Unknown constraint ${word} of ${name}.`);
    }
    constraints.set(name, constraint);
  }
  return constraints;
}

const patterns = new Map<string, RegExp>();

/** The whole text must match. POSIX classes are Java's spelling of Unicode properties. */
function matches(pattern: string, text: string): boolean {
  let regex = patterns.get(pattern);
  if (!regex) {
    const translated = pattern
      .replaceAll('\\p{Alpha}', 'a-zA-Z')
      .replaceAll('\\p{Alnum}', 'a-zA-Z0-9')
      .replaceAll('\\p{Graph}', '!-~')
      .replaceAll('[[:alnum:]]', '[a-zA-Z0-9]')
      .replaceAll('\\u10000-\\u10FFFF', '\\u{10000}-\\u{10FFFF}');
    regex = compile(translated);
    patterns.set(pattern, regex);
  }
  return regex.test(text);
}

/** A pattern that needs Unicode's rules gets them; others may hold escapes that those rules forbid. */
function compile(pattern: string): RegExp {
  const whole = `^(?:${pattern})$`;
  if (!/\\p\{|\\u\{/.test(pattern)) return new RegExp(whole, 's');
  // Outside Unicode's rules a hyphen may be escaped or stand between classes.
  return new RegExp(
    whole.replace(/\\([-=:@#%&,'"!<>~` _])/g, (_, character) => (character === '-' ? '\\-' : character)),
    'su',
  );
}

const bound = (kind: 'length' | 'value', word: 'greater' | 'less', limit: number | string) =>
  `Member must have ${kind} ${word} than or equal to ${limit}`;

/**
 * What a value breaks of its own constraint, not of its items'. `size`: of a value whose length is not that of its spelling here.
 * Length comes before pattern, but in the older front ends of IAM and STS (`isPatternFirst`).
 */
export function brokenRules(constraint: Constraint, value: Json, size = sizeOf(value), isPatternFirst = false): string[] {
  const bounds: string[] = [];
  const { length, range, pattern } = constraint;
  if (typeof value === 'number' && range) {
    if (range.max !== null && value > range.max) bounds.push(bound('value', 'less', range.max));
    if (range.min !== null && value < range.min) bounds.push(bound('value', 'greater', range.min));
  }
  if (size !== null && length) {
    if (length.max !== null && size > length.max) bounds.push(bound('length', 'less', length.max));
    if (length.min !== null && size < length.min) bounds.push(bound('length', 'greater', length.min));
  }
  const forms: string[] = [];
  if (typeof value === 'string') {
    if (pattern !== null && !matches(pattern, value)) forms.push(patternRule(pattern));
    if (constraint.enum && !constraint.enum.includes(value)) forms.push(enumRule(constraint.enum));
  }
  return isPatternFirst ? [...forms, ...bounds] : [...bounds, ...forms];
}

export const patternRule = (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`;

const enumRule = (values: string[]) => `Member must satisfy enum value set: [${values.join(', ')}]`;

/** Every rule of a constraint, as the messages list them for the items of a list. */
export function allRules({ length, range, pattern, enum: values }: Constraint): string[] {
  const rules: string[] = [];
  // A range that ends at 1 is one of fractions, which the front ends print with their point.
  const printed = (limit: number) => (range?.max === 1 ? limit.toFixed(1) : limit);
  if (range && range.max !== null) rules.push(bound('value', 'less', printed(range.max)));
  if (range && range.min !== null) rules.push(bound('value', 'greater', printed(range.min)));
  if (length && length.max !== null) rules.push(bound('length', 'less', length.max));
  if (length && length.min !== null) rules.push(bound('length', 'greater', length.min));
  if (pattern !== null) rules.push(patternRule(pattern));
  if (values) rules.push(enumRule(values));
  return rules;
}

function sizeOf(value: Json): number | null {
  // Code points, as the front ends count.
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : null;
}
