// A filter pattern of any of the three kinds, compiled once.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
import { compileDelimited } from './delimited';
import { compileJson } from './json-condition';
import { type FilterPattern, PatternError } from './pattern';
import { compileTerms } from './terms';

const REGEXES_MAX = 2;
/** Patterns are few; a program that makes them up without end must not fill the memory. */
const KEPT_MAX = 1000;

const EVERYTHING: FilterPattern = { matches: () => true, extract: () => ({}), valueOf: () => null, regexes: 0 };

const compiled = new Map<string, FilterPattern | { refused: string }>();

/** The pattern, or AWS's words against it. */
export function compilePattern(text: string): FilterPattern | { refused: string } {
  const known = compiled.get(text);
  if (known) return known;
  if (compiled.size >= KEPT_MAX) compiled.clear();
  const pattern = compile(text);
  compiled.set(text, pattern);
  return pattern;
}

function compile(text: string): FilterPattern | { refused: string } {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '" "') return EVERYTHING;
  try {
    const pattern = trimmed.startsWith('{')
      ? compileJson(trimmed)
      : trimmed.startsWith('[')
        ? compileDelimited(trimmed)
        : compileTerms(trimmed);
    if (pattern.regexes > REGEXES_MAX) return { refused: `Invalid filter pattern: a pattern may hold ${REGEXES_MAX} regular expressions.` };
    return pattern;
  } catch (error) {
    if (error instanceof PatternError) return { refused: error.message };
    throw error;
  }
}
