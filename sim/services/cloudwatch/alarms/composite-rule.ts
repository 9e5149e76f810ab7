// The rule of a composite alarm: `ALARM("cpu") AND NOT (OK(disk) OR INSUFFICIENT_DATA(net))`.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
import type { StateValue } from './alarm';

const TOKEN =
  /\s*(?:(AND|OR|NOT|TRUE|FALSE)(?![A-Za-z0-9_])|(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|'([^']+)'|([^()"'\s]+))\s*\)|([()]))/y;

interface Token {
  word: string | null;
  state: StateValue | null;
  name: string;
}

class RuleError extends Error {}

function tokenize(rule: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (rule.slice(TOKEN.lastIndex).trim() !== '') {
    const found = TOKEN.exec(rule);
    if (!found) throw new RuleError('AlarmRule expression is not valid.');
    const [, word, state, double, single, bare, bracket] = found;
    tokens.push({ word: word ?? bracket ?? null, state: (state ?? null) as StateValue | null, name: double ?? single ?? bare ?? '' });
  }
  return tokens;
}

type Term = (stateOf: (name: string) => StateValue | null) => boolean;

function parse(tokens: Token[]): { term: Term; names: string[] } {
  let at = 0;
  const names: string[] = [];
  const take = (word: string) => tokens[at]?.word === word && ++at > 0;
  const single = (): Term => {
    if (take('NOT')) {
      const inner = single();
      return (stateOf) => !inner(stateOf);
    }
    if (take('(')) {
      const inner = either();
      if (!take(')')) throw new RuleError('AlarmRule expression is not valid.');
      return inner;
    }
    if (take('TRUE')) return () => true;
    if (take('FALSE')) return () => false;
    const token = tokens[at++];
    if (!token?.state) throw new RuleError('AlarmRule expression is not valid.');
    names.push(token.name);
    return (stateOf) => stateOf(token.name) === token.state;
  };
  const both = (): Term => {
    const parts = [single()];
    while (take('AND')) parts.push(single());
    return (stateOf) => parts.every((part) => part(stateOf));
  };
  const either = (): Term => {
    const parts = [both()];
    while (take('OR')) parts.push(both());
    return (stateOf) => parts.some((part) => part(stateOf));
  };
  const term = either();
  if (at !== tokens.length) throw new RuleError('AlarmRule expression is not valid.');
  return { term, names };
}

/** The state that the rule gives, and the alarms that it names. */
export function judgeComposite(
  rule: string,
  stateOf: (name: string) => StateValue | null,
): { value: 'OK' | 'ALARM'; names: string[] } | { refused: string } {
  try {
    const { term, names } = parse(tokenize(rule));
    return { value: term(stateOf) ? 'ALARM' : 'OK', names };
  } catch (error) {
    if (error instanceof RuleError) return { refused: error.message };
    throw error;
  }
}
