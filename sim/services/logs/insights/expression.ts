// Expressions of an Insights query: comparison, arithmetic, functions.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html
import { QueryError, type Token } from './tokens';

export type Expression =
  | { kind: 'field'; name: string }
  | { kind: 'value'; value: string | number }
  | { kind: 'duration'; ms: number; months: number }
  | { kind: 'regex'; regex: RegExp }
  | { kind: 'call'; name: string; args: Expression[] }
  | { kind: 'unary'; operator: 'not' | '-'; inner: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  | { kind: 'in'; left: Expression; items: Expression[] };

const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const UNIT_MONTHS: Record<string, number> = { mo: 1, q: 3, y: 12 };

export function readDuration(text: string): { ms: number; months: number } {
  const [, count = '0', unit = 's'] = /^(\d+)([a-z]+)$/.exec(text) ?? [];
  return { ms: Number(count) * (UNIT_MS[unit] ?? 0), months: Number(count) * (UNIT_MONTHS[unit] ?? 0) };
}

export class ExpressionReader {
  at = 0;

  constructor(
    readonly query: string,
    readonly tokens: readonly Token[],
  ) {}

  get next(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token;
  }

  isAtEnd(): boolean {
    return this.next.kind === 'end';
  }

  take(): Token {
    const token = this.next;
    this.at++;
    return token;
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.kind === 'name' && token.value.toLowerCase() === word;
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.at++;
    return true;
  }

  takeSymbol(symbol: string): boolean {
    if (this.next.kind !== 'symbol' || this.next.value !== symbol) return false;
    this.at++;
    return true;
  }

  fail(token = this.next): never {
    const line = this.query.slice(0, token.start).split('\n').length;
    const position = token.start - (this.query.lastIndexOf('\n', token.start - 1) + 1);
    const what = token.kind === 'end' ? 'the end of the query' : `symbol found ${this.query.slice(token.start, token.end)}`;
    throw new QueryError(`unexpected ${what} at line ${line} and position ${position}`, token.start, token.end);
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) this.fail();
  }

  /** An expression with its text as written: the name of its column. */
  readNamed(): { expression: Expression; text: string } {
    const start = this.next.start;
    const expression = this.read();
    const end = (this.tokens[this.at - 1] as Token).end;
    return { expression, text: this.query.slice(start, end).replace(/^`([^`]*)`$/, '$1') };
  }

  read(): Expression {
    let left = this.readAnd();
    while (this.takeWord('or') || this.takeSymbol('||')) left = { kind: 'binary', operator: 'or', left, right: this.readAnd() };
    return left;
  }

  private readAnd(): Expression {
    let left = this.readNot();
    while (this.takeWord('and')) left = { kind: 'binary', operator: 'and', left, right: this.readNot() };
    return left;
  }

  private readNot(): Expression {
    return this.takeWord('not') ? { kind: 'unary', operator: 'not', inner: this.readNot() } : this.readComparison();
  }

  private readComparison(): Expression {
    const left = this.readSum();
    const token = this.next;
    if (token.kind === 'symbol' && ['=', '!=', '<', '<=', '>', '>=', '=~'].includes(token.value)) {
      this.at++;
      return { kind: 'binary', operator: token.value === '=~' ? 'like' : token.value, left, right: this.readSum() };
    }
    const isNegated = this.isWord('not') && (this.isWord('like', 1) || this.isWord('in', 1));
    if (isNegated) this.at++;
    let test: Expression | null = null;
    if (this.takeWord('like')) test = { kind: 'binary', operator: 'like', left, right: this.readSum() };
    else if (this.takeWord('in')) test = { kind: 'in', left, items: this.readList() };
    if (!test) return left;
    return isNegated ? { kind: 'unary', operator: 'not', inner: test } : test;
  }

  private readList(): Expression[] {
    this.expectSymbol('[');
    const items = [this.readSum()];
    while (this.takeSymbol(',')) items.push(this.readSum());
    this.expectSymbol(']');
    return items;
  }

  private readSum(): Expression {
    let left = this.readProduct();
    for (;;) {
      const operator = this.takeSymbol('+') ? '+' : this.takeSymbol('-') ? '-' : null;
      if (operator === null) return left;
      left = { kind: 'binary', operator, left, right: this.readProduct() };
    }
  }

  private readProduct(): Expression {
    let left = this.readPower();
    for (;;) {
      const operator = this.takeSymbol('*') ? '*' : this.takeSymbol('/') ? '/' : this.takeSymbol('%') ? '%' : null;
      if (operator === null) return left;
      left = { kind: 'binary', operator, left, right: this.readPower() };
    }
  }

  private readPower(): Expression {
    const left = this.readUnary();
    return this.takeSymbol('^') ? { kind: 'binary', operator: '^', left, right: this.readPower() } : left;
  }

  private readUnary(): Expression {
    return this.takeSymbol('-') ? { kind: 'unary', operator: '-', inner: this.readUnary() } : this.readPrimary();
  }

  private readPrimary(): Expression {
    const token = this.take();
    switch (token.kind) {
      case 'text':
        return { kind: 'value', value: token.value };
      case 'number':
        return { kind: 'value', value: Number(token.value) };
      case 'duration':
        return { kind: 'duration', ...readDuration(token.value) };
      case 'regex':
        return { kind: 'regex', regex: readRegex(token) };
      case 'name':
        if (this.next.value === '(' && this.next.kind === 'symbol') return this.readCall(token);
        return { kind: 'field', name: token.value };
      default:
        if (token.kind === 'symbol' && token.value === '(') {
          const inner = this.read();
          this.expectSymbol(')');
          return inner;
        }
        this.at--;
        return this.fail(token);
    }
  }

  private readCall(token: Token): Expression {
    this.expectSymbol('(');
    const args: Expression[] = [];
    if (!this.takeSymbol(')')) {
      do {
        if (this.next.value === '*' && this.next.kind === 'symbol' && args.length === 0) {
          this.at++;
          args.push({ kind: 'field', name: '*' });
        } else args.push(this.read());
      } while (this.takeSymbol(','));
      this.expectSymbol(')');
    }
    return { kind: 'call', name: token.value, args };
  }
}

/** `/…/i`; `(?i)` at the front says the same. Named groups may be written `(?P<name>…)`. */
export function readRegex(token: Token): RegExp {
  const end = token.value.lastIndexOf('/');
  let source = token.value.slice(1, end).replaceAll('(?P<', '(?<');
  let flags = token.value.slice(end + 1);
  if (source.startsWith('(?i)')) {
    source = source.slice(4);
    flags = flags.includes('i') ? flags : `${flags}i`;
  }
  try {
    return new RegExp(source, flags);
  } catch {
    throw new QueryError(`invalid regular expression ${token.value}`, token.start, token.end);
  }
}
