// Patterns over JSON: `{ ($.latency > 500) && ($.user.name = "a*") }`.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#matching-terms-json-log-events
import type { Json } from '../../../kernel/json';
import { compareText, type Operand, type Operator, order } from './comparison';
import type { FilterPattern } from './pattern';
import { Scanner } from './scanner';

type Step = string | number | '*';
type Condition = (root: Json) => boolean;

/** What an unquoted value may be made of: up to a space, a bracket, `&` or `|`. */
const BARE = /[^\s(){}&|"%=<>!]+/;

export function compileJson(text: string): FilterPattern {
  const scanner = new Scanner(text);
  const selectors = new Map<string, Step[]>();
  scanner.expect('{');
  const condition = either(scanner, selectors);
  scanner.expect('}');
  scanner.skipSpace();
  if (!scanner.isAtEnd) scanner.fail();
  return {
    matches: (message) => {
      const root = parse(message);
      return root !== null && condition(root);
    },
    extract: (message) => {
      const root = parse(message);
      const values: Record<string, string> = {};
      for (const [selector, steps] of selectors) {
        const value = root === null ? undefined : select(root, steps)[0];
        if (value !== undefined && value !== null) values[selector] = textOf(value);
      }
      return values;
    },
    valueOf: (message, reference) => {
      const root = parse(message);
      if (root === null) return null;
      const value = select(root, readSelector(new Scanner(reference)))[0];
      return value === undefined || value === null ? null : textOf(value);
    },
    regexes: scanner.regexes,
  };
}

function parse(message: string): Json | null {
  const start = message.trimStart();
  if (!start.startsWith('{') && !start.startsWith('[')) return null;
  try {
    return JSON.parse(message) as Json;
  } catch {
    return null;
  }
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function either(scanner: Scanner, selectors: Map<string, Step[]>): Condition {
  const choices = [both(scanner, selectors)];
  while (scanner.take('||')) choices.push(both(scanner, selectors));
  return choices.length === 1 ? (choices[0] as Condition) : (root) => choices.some((holds) => holds(root));
}

function both(scanner: Scanner, selectors: Map<string, Step[]>): Condition {
  const parts = [single(scanner, selectors)];
  while (scanner.take('&&')) parts.push(single(scanner, selectors));
  return parts.length === 1 ? (parts[0] as Condition) : (root) => parts.every((holds) => holds(root));
}

function single(scanner: Scanner, selectors: Map<string, Step[]>): Condition {
  if (scanner.take('(')) {
    const inner = either(scanner, selectors);
    scanner.expect(')');
    return inner;
  }
  scanner.skipSpace();
  const start = scanner.at;
  const steps = readSelector(scanner);
  selectors.set(scanner.text.slice(start, scanner.at), steps);
  scanner.skipSpace();
  const word = scanner.match(/(?:NOT\s+EXISTS|IS\s+(?:TRUE|FALSE|NULL)|EXISTS)(?![A-Za-z0-9_])/);
  if (word) {
    const kind = word.replace(/\s+/g, ' ');
    if (kind === 'NOT EXISTS') return (root) => select(root, steps).length === 0;
    if (kind === 'EXISTS') return scanner.fail();
    const wanted = kind === 'IS TRUE' ? true : kind === 'IS FALSE' ? false : null;
    return (root) => select(root, steps).some((value) => value === wanted);
  }
  const operator = scanner.operator();
  const operand = scanner.operand(BARE);
  // Text has no order.
  if (operand.kind !== 'number' && operator !== '=' && operator !== '!=') scanner.fail();
  return (root) => select(root, steps).some((value) => compare(value, operator, operand));
}

function compare(value: Json, operator: Operator, operand: Operand): boolean {
  if (typeof value === 'number') {
    if (operand.kind === 'number') return order(operator, value - operand.number);
    return compareText(String(value), operator, operand);
  }
  if (typeof value === 'string') {
    // An unquoted number also names the text of the same spelling.
    if (operand.kind === 'number') {
      if (operator === '=') return value === operand.text;
      return operator === '!=' ? value !== operand.text : compareText(value, operator, operand);
    }
    return compareText(value, operator, operand);
  }
  if (typeof value === 'boolean' && operand.kind === 'text') return compareText(String(value), operator, operand);
  return false;
}

/** `$.a.b[0]["c d"]` */
function readSelector(scanner: Scanner): Step[] {
  scanner.expect('$');
  const steps: Step[] = [];
  for (;;) {
    if (scanner.text[scanner.at] === '.') {
      scanner.at++;
      if (scanner.text[scanner.at] === '[') continue;
      const name = scanner.match(/[^\s.[\](){}=<>!&|,"']+/);
      if (!name) scanner.fail();
      steps.push(name);
    } else if (scanner.text[scanner.at] === '[') {
      const found = scanner.match(/\[(?:\d+|\*|"[^"]*"|'[^']*')\]/);
      if (!found) scanner.fail();
      const inner = found.slice(1, -1);
      steps.push(/^\d+$/.test(inner) ? Number(inner) : inner === '*' ? '*' : inner.slice(1, -1));
    } else return steps.length > 0 ? steps : scanner.fail();
  }
}

/** Every value that the steps lead to: none when the field does not exist. */
function select(root: Json, steps: readonly Step[]): Json[] {
  let values: Json[] = [root];
  for (const step of steps) {
    values = values.flatMap((value) => {
      if (Array.isArray(value)) return step === '*' ? value : typeof step === 'number' && step < value.length ? [value[step] as Json] : [];
      if (typeof value !== 'object' || value === null || typeof step === 'number') return [];
      return Object.hasOwn(value, step) ? [value[step] as Json] : [];
    });
  }
  return values;
}
