// The words of an Insights query. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html

export type TokenKind = 'name' | 'text' | 'number' | 'duration' | 'regex' | 'symbol' | 'end';

export interface Token {
  kind: TokenKind;
  /** A name without its backticks, text without its quotes. */
  value: string;
  start: number;
  end: number;
}

/** A query that cannot be read: what is wrong and where. */
export class QueryError extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}

const SYMBOLS = ['!=', '<=', '>=', '=~', '||', '|', ',', '(', ')', '[', ']', '=', '<', '>', '+', '-', '*', '/', '%', '^'];
const DURATION = /\d+(?:ms|s|m|h|d|w|mo|q|y)(?![A-Za-z0-9_])/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[@A-Za-z_][A-Za-z0-9_@]*(?:\.[A-Za-z0-9_@]+|\.`[^`]*`)*/y;
const REGEX = /\/((?:[^/\\\n]|\\.)+)\/([a-z]*)/y;

function found(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const add = (kind: TokenKind, value: string, end: number) => {
    tokens.push({ kind, value, start: at, end });
    at = end;
  };
  while (at < query.length) {
    const next = query[at] as string;
    if (/\s/.test(next)) at++;
    else if (next === '#') {
      const end = query.indexOf('\n', at);
      at = end === -1 ? query.length : end;
    } else if (next === '"' || next === "'") addQuoted(query, next, add, at);
    else if (next === '`') {
      const end = query.indexOf('`', at + 1);
      if (end === -1) throw new QueryError('unclosed backtick', at, query.length);
      add('name', query.slice(at + 1, end), end + 1);
    } else if (next === '/' && canBeRegex(tokens[tokens.length - 1]) && found(REGEX, query, at)) {
      const whole = found(REGEX, query, at) as string;
      add('regex', whole, at + whole.length);
    } else {
      const duration = found(DURATION, query, at);
      const number = duration ?? found(NUMBER, query, at);
      const name = number ?? found(NAME, query, at);
      const symbol = name ?? SYMBOLS.find((candidate) => query.startsWith(candidate, at)) ?? null;
      if (symbol === null) throw new QueryError(`unexpected symbol found ${next}`, at, at + 1);
      const kind = duration !== null ? 'duration' : number !== null ? 'number' : name !== null ? 'name' : 'symbol';
      add(kind, symbol, at + symbol.length);
    }
  }
  tokens.push({ kind: 'end', value: '', start: query.length, end: query.length });
  return tokens;
}

function addQuoted(query: string, quote: string, add: (kind: TokenKind, value: string, end: number) => void, start: number): void {
  let text = '';
  let at = start + 1;
  for (;;) {
    const character = query[at];
    if (character === undefined) throw new QueryError('unclosed quotation mark', start, query.length);
    if (character === quote) break;
    if (character === '\\' && (query[at + 1] === quote || query[at + 1] === '\\')) at++;
    text += query[at];
    at++;
  }
  add('text', text, at + 1);
}

/** After a value a slash divides; after a word such as `like` it opens a regular expression. */
function canBeRegex(previous: Token | undefined): boolean {
  if (!previous) return false;
  if (previous.kind === 'symbol') return previous.value !== ')' && previous.value !== ']';
  // `parse @message /…/` has its field before it.
  return previous.kind === 'name';
}
