// The words of an expression, each with its place, so that a syntax error can be shown where it is.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html
import { invalid } from '../refusal';

export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

export interface Token {
  /** `name`: an identifier or `#placeholder`; `value`: `:placeholder`. */
  kind: 'name' | 'value' | 'number' | 'symbol' | 'end' | 'unknown';
  text: string;
  from: number;
  to: number;
}

const TOKEN = /\s*(?:(?<name>[A-Za-z_#][\w]*)|(?<value>:\w+)|(?<number>\d+)|(?<symbol><>|<=|>=|[=<>+\-,()[\].])|(?<unknown>\S))/y;

/** An expression may have 4 KB. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const BYTES_MAX = 4096;

export class Tokens {
  private readonly tokens: Token[] = [];
  private at = 0;

  constructor(
    readonly kind: ExpressionKind,
    private readonly source: string,
  ) {
    if (source.trim() === '') throw this.refusal('The expression can not be empty;');
    if (source.length > BYTES_MAX) {
      throw this.refusal(`Expression size has exceeded the maximum allowed size; expression size: ${source.length}`);
    }
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(source); match; match = TOKEN.exec(source)) {
      const [kindOfToken, text] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? ['unknown', ''];
      this.tokens.push({
        kind: kindOfToken as Token['kind'],
        text: text as string,
        from: TOKEN.lastIndex - (text as string).length,
        to: TOKEN.lastIndex,
      });
    }
    this.tokens.push({ kind: 'end', text: '<EOF>', from: source.length, to: source.length });
    const unknown = this.tokens.findIndex((token) => token.kind === 'unknown');
    if (unknown >= 0) {
      this.at = unknown;
      throw this.syntaxError();
    }
  }

  get next(): Token {
    return this.tokens[this.at] as Token;
  }

  /** The token after the next. */
  get second(): Token {
    return this.tokens[Math.min(this.at + 1, this.tokens.length - 1)] as Token;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.at++;
    return token;
  }

  /** Takes the next token if it is this symbol or keyword; keywords in any case. */
  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  is(text: string): boolean {
    const { kind, text: found } = this.next;
    return kind === 'symbol' ? found === text : kind === 'name' && found.toUpperCase() === text;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.syntaxError();
  }

  syntaxError(): Error {
    const { text } = this.next;
    const from = (this.tokens[this.at - 1] ?? this.next).from;
    const to = (this.tokens[this.at + 1] ?? this.next).to;
    return this.refusal(`Syntax error; token: "${text}", near: "${this.source.slice(from, to).trim()}"`);
  }

  /** `Invalid ConditionExpression: …` */
  refusal(problem: string): Error {
    return invalid(`Invalid ${this.kind}: ${problem}`);
  }
}
