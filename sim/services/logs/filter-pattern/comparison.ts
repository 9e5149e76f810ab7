// The right side of a condition: a number, text with wildcards, or a regular expression between percent signs.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#regex-expressions
import { PatternError } from './pattern';

export type Operand =
  | { kind: 'regex'; regex: RegExp }
  | { kind: 'number'; number: number; text: string }
  | { kind: 'text'; test: (text: string) => boolean };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Letters, digits, a few symbols and operators; no groups. */
const REGEX_CHARACTERS = /^[A-Za-z0-9:_#=@/;,\- ^$?[\]{}|\\*+.<>"'~&]*$/;

export function compileRegex(source: string): RegExp {
  if (!REGEX_CHARACTERS.test(source) || source === '') throw new PatternError(`Invalid filter pattern: %${source}%`);
  try {
    return new RegExp(source);
  } catch {
    throw new PatternError(`Invalid filter pattern: %${source}%`);
  }
}

/** Text with `*` for anything. */
export function textTest(text: string): (candidate: string) => boolean {
  if (!text.includes('*')) return (candidate) => candidate === text;
  const parts = text.split('*');
  const first = parts.shift() ?? '';
  const last = parts.pop() ?? '';
  return (candidate) => {
    if (!candidate.startsWith(first)) return false;
    let at = first.length;
    for (const part of parts) {
      const found = candidate.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return candidate.length - last.length >= at && candidate.endsWith(last);
  };
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

export function numberIn(text: string): number | null {
  return NUMBER.test(text) ? Number(text) : null;
}

export function bareOperand(text: string): Operand {
  const number = numberIn(text);
  return number === null ? { kind: 'text', test: textTest(text) } : { kind: 'number', number, text };
}

export function order(operator: Operator, difference: number): boolean {
  switch (operator) {
    case '=':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    default:
      return difference >= 0;
  }
}

/** A field's text against the condition. `<` and its like are for numbers. */
export function compareText(text: string, operator: Operator, operand: Operand): boolean {
  if (operand.kind === 'number') {
    const number = numberIn(text);
    if (number === null) return operator === '!=';
    return order(operator, number - operand.number);
  }
  const holds = operand.kind === 'regex' ? operand.regex.test(text) : operand.test(text);
  return operator === '=' ? holds : operator === '!=' ? !holds : false;
}
