// Patterns of terms: all of them, `-` none of them, `?` any of them.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#matching-terms-unstructured-log-events
import { type FilterPattern, PatternError } from './pattern';
import { Scanner } from './scanner';

type Test = (message: string) => boolean;

export function compileTerms(text: string): FilterPattern {
  const required: Test[] = [];
  const excluded: Test[] = [];
  const optional: Test[] = [];
  const scanner = new Scanner(text);
  for (scanner.skipSpace(); !scanner.isAtEnd; scanner.skipSpace()) {
    const sign = scanner.match(/[-?]/);
    const test = readTerm(scanner);
    (sign === '-' ? excluded : sign === '?' ? optional : required).push(test);
  }
  // Beside other terms the question mark is ignored, and so is its term.
  const isChoice = optional.length > 0 && required.length === 0 && excluded.length === 0;
  return {
    matches: (message) =>
      isChoice
        ? optional.some((test) => test(message))
        : required.every((test) => test(message)) && !excluded.some((test) => test(message)),
    extract: () => ({}),
    valueOf: () => null,
    regexes: scanner.regexes,
  };
}

function readTerm(scanner: Scanner): Test {
  const next = scanner.text[scanner.at];
  if (next === '"') {
    const phrase = scanner.quoted();
    return (message) => message.includes(phrase);
  }
  if (next === '%') {
    const regex = scanner.regex();
    return (message) => regex.test(message);
  }
  const word = scanner.match(/\S+/);
  if (!word) scanner.fail();
  // What is not a letter, a digit or an underscore wants quotes.
  if (!/^[\p{L}\p{N}_]+$/u.test(word)) throw new PatternError(`Invalid character(s) in term '${word}'`);
  return (message) => message.includes(word);
}
