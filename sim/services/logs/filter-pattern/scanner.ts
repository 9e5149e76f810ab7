// Reading a filter pattern character by character: words, quoted text, regular expressions.
import { bareOperand, compileRegex, type Operand, type Operator, textTest } from './comparison';
import { PatternError } from './pattern';

export class Scanner {
  at = 0;
  regexes = 0;

  constructor(readonly text: string) {}

  get rest(): string {
    return this.text.slice(this.at);
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  fail(): never {
    throw new PatternError('Invalid filter pattern');
  }

  skipSpace(): void {
    while (this.at < this.text.length && /\s/.test(this.text[this.at] as string)) this.at++;
  }

  /** True, and past it, when `token` comes next. */
  take(token: string): boolean {
    this.skipSpace();
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) this.fail();
  }

  match(regex: RegExp): string | null {
    const found = new RegExp(regex.source, 'y');
    found.lastIndex = this.at;
    const text = found.exec(this.text)?.[0] ?? null;
    if (text !== null) this.at += text.length;
    return text;
  }

  operator(): Operator {
    this.skipSpace();
    const found = this.match(/!=|<=|>=|=|<|>/);
    if (found === null) this.fail();
    return found as Operator;
  }

  /** Between double quotes; a backslash keeps the next character. */
  quoted(): string {
    this.at++;
    let text = '';
    for (;;) {
      const character = this.text[this.at++];
      if (character === undefined) this.fail();
      if (character === '"') return text;
      if (character === '\\' && this.at < this.text.length) {
        const next = this.text[this.at++] as string;
        text += next === '"' || next === '\\' ? next : `\\${next}`;
      } else text += character;
    }
  }

  /** Between percent signs. */
  regex(): RegExp {
    const end = this.text.indexOf('%', this.at + 1);
    if (end === -1) this.fail();
    const source = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    this.regexes++;
    return compileRegex(source);
  }

  /** `bare`: what an unquoted value may be made of. */
  operand(bare: RegExp): Operand {
    this.skipSpace();
    const next = this.text[this.at];
    if (next === '"') return { kind: 'text', test: textTest(this.quoted()) };
    if (next === '%') return { kind: 'regex', regex: this.regex() };
    const word = this.match(bare);
    if (!word) this.fail();
    return bareOperand(word.trim());
  }
}
