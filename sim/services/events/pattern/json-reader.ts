// JSON read token by token with the positions and messages of the parser behind EventBridge, which its rejections quote.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html

export type Token =
  | 'object-start'
  | 'object-end'
  | 'array-start'
  | 'array-end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'true'
  | 'false'
  | 'null';

/** A text that is not JSON, or not a valid pattern. The message ends with the place. */
export class JsonError extends Error {}

/** Characters of the source that a message quotes. */
const SNIPPET_MAX = 500;

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '/': '/' };

interface Scope {
  kind: 'root' | 'Array' | 'Object';
  /** Where it starts in the source. */
  at: number;
  entries: number;
}

function isIdentifierStart(char: string): boolean {
  return /[\p{L}\p{Nl}\p{Sc}\p{Pc}]/u.test(char);
}

function isIdentifierPart(char: string): boolean {
  return /[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Mn}\p{Mc}\p{Nd}]/u.test(char);
}

function describeChar(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 32 || (code >= 127 && code < 160)) return `(CTRL-CHAR, code ${code})`;
  if (code > 255) return `'${char}' (code ${code} / 0x${code.toString(16)})`;
  return `'${char}' (code ${code})`;
}

export class JsonReader {
  /** Of the value that follows a name: it is looked at together with the name, so positions are after its first character. */
  private pending: Token | null = null;
  /** A string whose opening quote only is consumed. */
  private openString = false;
  private position = 0;
  private readonly scopes: Scope[] = [{ kind: 'root', at: 0, entries: 0 }];
  private current: Token | null = null;
  private name = '';
  private valueText = '';

  constructor(private readonly source: string) {}

  /** The next token; null after the end of the input. Throws a JsonError. */
  next(): Token | null {
    if (this.pending) {
      const token = this.pending;
      this.pending = null;
      return this.enter(token);
    }
    if (this.openString) this.text();
    const char = this.skipSpace();
    if (char === null) {
      const scope = this.scope;
      if (scope.kind !== 'root') {
        this.fail(`Unexpected end-of-input: expected close marker for ${scope.kind} (start marker at ${this.describePlace(scope.at)})`);
      }
      this.current = null;
      return null;
    }
    if (char === ']' || char === '}') return this.close(char);
    const first = this.scope.entries++ === 0 || this.scope.kind === 'root' ? char : this.skipComma(char);
    if (this.scope.kind !== 'Object') return this.enter(this.value(first));
    if (first !== '"') this.failAtChar(first, 'was expecting double-quote to start field name');
    this.name = this.readString('name');
    const valueStart = this.skipColon();
    this.pending = this.value(valueStart);
    this.current = 'name';
    return 'name';
  }

  /** The text of the current token: an unescaped string or name, a number as it is written, or the token itself. */
  text(): string {
    if (this.current === 'name') return this.name;
    if (this.openString) {
      this.openString = false;
      this.valueText = this.readString('value');
    }
    return this.valueText;
  }

  /** Throws a JsonError that quotes the source up to what has been read. */
  fail(message: string): never {
    throw new JsonError(`${message}\n at ${this.describePlace(this.position)}`);
  }

  private get scope(): Scope {
    return this.scopes[this.scopes.length - 1] as Scope;
  }

  private describePlace(position: number): string {
    const before = this.source.slice(0, position).split(/\r\n|\r|\n/);
    const column = (before[before.length - 1] ?? '').length + 1;
    const left = this.source.length - SNIPPET_MAX;
    const snippet = `"${this.source.slice(0, SNIPPET_MAX)}"${left > 0 ? `[truncated ${left} chars]` : ''}`;
    return `[Source: (String)${snippet}; line: ${before.length}, column: ${column}]`;
  }

  private failAtChar(char: string, comment: string): never {
    this.fail(`Unexpected character (${describeChar(char)}): ${comment}`);
  }

  /** Consumes white space and the character after it. */
  private skipSpace(): string | null {
    while (this.position < this.source.length) {
      const char = this.source.charAt(this.position++);
      if (char === ' ' || char === '\t' || char === '\n' || char === '\r') continue;
      if (char < ' ')
        this.fail(`Illegal character (${describeChar(char)}): only regular white space (\\r, \\n, \\t) is allowed between tokens`);
      return char;
    }
    return null;
  }

  private skipComma(char: string): string {
    const { kind } = this.scope;
    if (char !== ',') this.failAtChar(char, `was expecting comma to separate ${kind} entries`);
    return this.skipSpace() ?? this.fail(`Unexpected end-of-input within/between ${kind} entries`);
  }

  private skipColon(): string {
    const colon = this.skipSpace() ?? this.fail('Unexpected end-of-input within/between Object entries');
    if (colon !== ':') this.failAtChar(colon, 'was expecting a colon to separate field name and value');
    return this.skipSpace() ?? this.fail('Unexpected end-of-input within/between Object entries');
  }

  private close(char: ']' | '}'): Token {
    const { kind, at } = this.scope;
    const expected = char === ']' ? 'Array' : 'Object';
    if (kind === 'root')
      this.fail(
        `Unexpected close marker '${char}': expected '${char === ']' ? '}' : ']'}' (for root starting at ${this.describePlace(0)})`,
      );
    if (kind !== expected) {
      this.fail(
        `Unexpected close marker '${char}': expected '${kind === 'Array' ? ']' : '}'}' (for ${kind} starting at ${this.describePlace(at)})`,
      );
    }
    this.scopes.pop();
    this.valueText = char;
    this.current = char === ']' ? 'array-end' : 'object-end';
    return this.current;
  }

  private enter(token: Token): Token {
    this.current = token;
    if (token === 'object-start' || token === 'array-start') {
      this.scopes.push({ kind: token === 'object-start' ? 'Object' : 'Array', at: this.position - 1, entries: 0 });
      this.valueText = token === 'object-start' ? '{' : '[';
    }
    return token;
  }

  private value(first: string): Token {
    switch (first) {
      case '"':
        this.openString = true;
        return 'string';
      case '{':
        return 'object-start';
      case '[':
        return 'array-start';
      case '}':
        return this.failAtChar(first, 'expected a value');
      case 't':
        return this.literal('true');
      case 'f':
        return this.literal('false');
      case 'n':
        return this.literal('null');
    }
    if (first === '-' || (first >= '0' && first <= '9')) return this.number(first);
    if (isIdentifierStart(first)) this.failAtToken(first);
    return this.failAtChar(first, `expected a valid value ${VALUES}`);
  }

  private literal(word: 'true' | 'false' | 'null'): Token {
    for (let i = 1; i < word.length; i++) {
      if (this.source.charAt(this.position) !== word.charAt(i)) this.failAtToken(word.slice(0, i));
      this.position++;
    }
    if (isIdentifierPart(this.source.charAt(this.position))) this.failAtToken(word);
    this.valueText = word;
    return word;
  }

  private failAtToken(read: string): never {
    let token = read;
    while (this.position < this.source.length && isIdentifierPart(this.source.charAt(this.position)) && token.length < 256) {
      token += this.source.charAt(this.position++);
    }
    this.fail(`Unrecognized token '${token}': was expecting ${VALUES}`);
  }

  private number(first: string): Token {
    const start = this.position - 1;
    let token: Token = 'integer';
    let digit = first;
    if (digit === '-') digit = this.digit('expected digit (0-9) to follow minus sign, for valid numeric value');
    if (digit === '0' && this.isDigit()) {
      this.position++;
      this.fail('Invalid numeric value: Leading zeroes not allowed');
    }
    while (this.isDigit()) this.position++;
    if (this.source.charAt(this.position) === '.') {
      token = 'float';
      this.position++;
      this.digit('Decimal point not followed by a digit');
      while (this.isDigit()) this.position++;
    }
    if (/[eE]/.test(this.source.charAt(this.position))) {
      token = 'float';
      this.position++;
      if (/[+-]/.test(this.source.charAt(this.position))) this.position++;
      this.digit('Exponent indicator not followed by a digit');
      while (this.isDigit()) this.position++;
    }
    const after = this.source.charAt(this.position);
    if (this.scope.kind === 'root' && after !== '' && !/\s/.test(after)) {
      this.position++;
      this.failAtChar(after, 'Expected space separating root-level values');
    }
    this.valueText = this.source.slice(start, this.position);
    return token;
  }

  private isDigit(): boolean {
    const char = this.source.charAt(this.position);
    return char >= '0' && char <= '9';
  }

  private digit(comment: string): string {
    const isDigit = this.isDigit();
    const char = this.source.charAt(this.position++);
    if (char === '') {
      this.position--;
      this.fail('Unexpected end-of-input in a numeric value');
    }
    if (!isDigit) this.fail(`Unexpected character (${describeChar(char)}) in numeric value: ${comment}`);
    return char;
  }

  /** The rest of a string, closing quote included. */
  private readString(where: 'name' | 'value'): string {
    let text = '';
    let from = this.position;
    for (;;) {
      const char = this.source.charAt(this.position++);
      if (char === '"') return text + this.source.slice(from, this.position - 1);
      if (char === '') {
        this.position--;
        this.fail(`Unexpected end-of-input${where === 'name' ? ' in field name' : ': was expecting closing quote for a string value'}`);
      }
      if (char < ' ') {
        const place = where === 'name' ? 'name' : 'string value';
        this.fail(`Illegal unquoted character (${describeChar(char)}): has to be escaped using backslash to be included in ${place}`);
      }
      if (char !== '\\') continue;
      text += this.source.slice(from, this.position - 1) + this.escape();
      from = this.position;
    }
  }

  private escape(): string {
    const char = this.source.charAt(this.position++);
    if (char !== 'u') return ESCAPES[char] ?? this.fail(`Unrecognized character escape ${describeChar(char)}`);
    let code = 0;
    for (let i = 0; i < 4; i++) {
      const hex = this.source.charAt(this.position++);
      if (!/^[0-9a-fA-F]$/.test(hex)) this.failAtChar(hex || ' ', 'expected a hex-digit for character escape sequence');
      code = code * 16 + Number.parseInt(hex, 16);
    }
    return String.fromCharCode(code);
  }
}
