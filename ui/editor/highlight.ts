// A small tokenizer for code on the page: JavaScript, TypeScript, JSON and YAML. It colours, it does not judge.

export type TokenKind = 'plain' | 'comment' | 'keyword' | 'string' | 'number' | 'name';

export interface Token {
  kind: TokenKind;
  text: string;
}

export interface Line {
  /** From 1. */
  number: number;
  tokens: Token[];
}

export type CodeLanguage = 'javascript' | 'json' | 'yaml' | 'text';

export function languageOf(path: string): CodeLanguage {
  if (/\.([cm]?[jt]s|jsx|tsx)$/.test(path)) return 'javascript';
  if (/\.json$/.test(path)) return 'json';
  return /\.ya?ml$/.test(path) ? 'yaml' : 'text';
}

const KEYWORDS = new Set(
  (
    'async await break case catch class const continue debugger default delete do else enum export extends false finally for from ' +
    'function if implements import in instanceof interface let new null of private public return static super switch this throw true ' +
    'try type typeof undefined var void while yield as'
  ).split(' '),
);

/** Sticky patterns, tried in order at each place. */
const GRAMMARS: Record<CodeLanguage, [TokenKind, RegExp][]> = {
  javascript: [
    ['comment', /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
    ['string', /`(?:\\[\s\S]|[^`\\])*`?|'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?/y],
    ['number', /\b(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)n?\b/y],
    ['name', /[A-Za-z_$][\w$]*/y],
  ],
  json: [
    ['name', /"(?:\\.|[^"\\\n])*"(?=\s*:)/y],
    ['string', /"(?:\\.|[^"\\\n])*"?/y],
    ['number', /-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/y],
    ['keyword', /\b(?:true|false|null)\b/y],
  ],
  yaml: [
    ['comment', /#[^\n]*/y],
    ['name', /[\w.$/-]+(?=\s*:(?:\s|$))/y],
    ['keyword', /!\w+|\b(?:true|false|null)\b/y],
    ['string', /'(?:''|[^'\n])*'|"(?:\\.|[^"\\\n])*"/y],
    ['number', /\b\d+(?:\.\d+)?\b/y],
  ],
  text: [],
};

/** The texts of a line's tokens joined are the line. */
export function highlight(code: string, language: CodeLanguage): Line[] {
  const lines: Line[] = [{ number: 1, tokens: [] }];
  for (const token of tokens(code, language)) {
    token.text.split('\n').forEach((text, position) => {
      if (position > 0) lines.push({ number: lines.length + 1, tokens: [] });
      if (text !== '') lines[lines.length - 1]?.tokens.push({ kind: token.kind, text });
    });
  }
  return lines;
}

function tokens(code: string, language: CodeLanguage): Token[] {
  const grammar = GRAMMARS[language];
  const found: Token[] = [];
  let plain = '';
  let place = 0;
  const add = (kind: TokenKind, text: string) => {
    if (plain !== '') found.push({ kind: 'plain', text: plain });
    plain = '';
    found.push({ kind, text });
  };
  scan: while (place < code.length) {
    for (const [kind, pattern] of grammar) {
      pattern.lastIndex = place;
      const match = pattern.exec(code)?.[0];
      if (!match) continue;
      place += match.length;
      if (language === 'javascript' && kind === 'name') {
        if (KEYWORDS.has(match)) add('keyword', match);
        else plain += match;
      } else {
        add(kind, match);
      }
      continue scan;
    }
    plain += code[place];
    place++;
  }
  if (plain !== '') found.push({ kind: 'plain', text: plain });
  return found;
}
