// Patterns over fields that spaces part: `[ip, user, ..., status_code = 4*, bytes > 1000]`. Quotes and brackets hold a field together.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#matching-terms-space-delimited
import { compareText } from './comparison';
import type { FilterPattern } from './pattern';
import { Scanner } from './scanner';

interface Field {
  name: string | null;
  isEllipsis: boolean;
  holds: ((text: string) => boolean) | null;
}

const BARE = /[^\s,\]&|"%]+/;
const WORD = /"([^"]*)"|\[([^\]]*)\]|(\S+)/g;

export function compileDelimited(text: string): FilterPattern {
  const scanner = new Scanner(text);
  const fields = readFields(scanner);
  const ellipsis = fields.findIndex(({ isEllipsis }) => isEllipsis);
  /** The words of a message by field; null when it has not the fields that the pattern asks for. */
  const assign = (message: string): { values: Record<string, string>; matches: boolean } | null => {
    const words = wordsOf(message);
    if (fields.length === 0) return { values: numbered(words), matches: true };
    const named = fields.length - (ellipsis === -1 ? 0 : 1);
    if (words.length < named || (ellipsis === -1 && words.length === 0)) return null;
    const values = numbered(words);
    let matches = true;
    fields.forEach((field, i) => {
      if (field.isEllipsis) return;
      const position = ellipsis === -1 || i < ellipsis ? i : words.length - (fields.length - i);
      // The last field takes what is left of the line.
      const isRest = ellipsis === -1 && i === fields.length - 1 && words.length > fields.length;
      const word = isRest ? message.slice((words[position] as Word).from).trim() : (words[position] as Word).text;
      if (field.name !== null) {
        values[`$${field.name}`] = word;
        delete values[`$${position + 1}`];
      }
      if (field.holds && !field.holds(word)) matches = false;
    });
    return { values, matches };
  };
  return {
    matches: (message) => assign(message)?.matches ?? false,
    extract: (message) => assign(message)?.values ?? {},
    valueOf: (message, reference) => assign(message)?.values[reference] ?? null,
    regexes: scanner.regexes,
  };
}

interface Word {
  text: string;
  from: number;
}

function wordsOf(message: string): Word[] {
  return [...message.trimEnd().matchAll(WORD)].map((found) => ({ text: found[1] ?? found[2] ?? found[3] ?? '', from: found.index }));
}

function numbered(words: Word[]): Record<string, string> {
  return Object.fromEntries(words.map(({ text }, i) => [`$${i + 1}`, text]));
}

function readFields(scanner: Scanner): Field[] {
  scanner.expect('[');
  const fields: Field[] = [];
  if (scanner.take(']')) return finish(scanner, fields);
  do {
    fields.push(readField(scanner));
  } while (scanner.take(','));
  scanner.expect(']');
  if (fields.filter(({ isEllipsis }) => isEllipsis).length > 1) scanner.fail();
  return finish(scanner, fields);
}

function finish(scanner: Scanner, fields: Field[]): Field[] {
  scanner.skipSpace();
  return scanner.isAtEnd ? fields : scanner.fail();
}

function readField(scanner: Scanner): Field {
  if (scanner.take('...')) return { name: null, isEllipsis: true, holds: null };
  scanner.skipSpace();
  const next = scanner.text[scanner.at];
  if (next === ',' || next === ']') return { name: null, isEllipsis: false, holds: null };
  const start = scanner.at;
  const name = scanner.match(/[A-Za-z_][A-Za-z0-9_-]*/);
  if (!name) scanner.fail();
  scanner.skipSpace();
  const after = scanner.text[scanner.at];
  if (after === ',' || after === ']') return { name, isEllipsis: false, holds: null };
  scanner.at = start;
  return { name, isEllipsis: false, holds: either(scanner, name) };
}

function either(scanner: Scanner, name: string): (text: string) => boolean {
  const choices = [both(scanner, name)];
  while (scanner.take('||')) choices.push(both(scanner, name));
  return (text) => choices.some((holds) => holds(text));
}

function both(scanner: Scanner, name: string): (text: string) => boolean {
  const parts = [condition(scanner, name)];
  while (scanner.take('&&')) parts.push(condition(scanner, name));
  return (text) => parts.every((holds) => holds(text));
}

/** `status_code = 404`: conditions of one field name that field, in whatever case. */
function condition(scanner: Scanner, name: string): (text: string) => boolean {
  scanner.skipSpace();
  const named = scanner.match(/[A-Za-z_][A-Za-z0-9_-]*/);
  if (named?.toLowerCase() !== name.toLowerCase()) scanner.fail();
  const operator = scanner.operator();
  const operand = scanner.operand(BARE);
  return (text) => compareText(text, operator, operand);
}
