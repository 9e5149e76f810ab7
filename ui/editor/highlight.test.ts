import { describe, expect, it } from 'vitest';
import { type CodeLanguage, highlight, languageOf } from './highlight';

function coloured(code: string, language: CodeLanguage): string[] {
  return highlight(code, language).flatMap((line) =>
    line.tokens.filter((token) => token.kind !== 'plain').map((token) => `${token.kind} ${token.text}`),
  );
}

describe('highlighting', () => {
  it.each<[CodeLanguage, string, string[]]>([
    ['javascript', "const a = 'x'; // c", ['keyword const', "string 'x'", 'comment // c']],
    ['javascript', 'let constant = 1_000n', ['keyword let', 'number 1_000n']],
    ['javascript', '`a ${b}\nc`', ['string `a ${b}', 'string c`']],
    ['javascript', "'open\nreturn", ["string 'open", 'keyword return']],
    ['json', '{"a": "b", "n": -1.5, "t": true}', ['name "a"', 'string "b"', 'name "n"', 'number -1.5', 'name "t"', 'keyword true']],
    ['yaml', 'Timeout: 3 # s\nQueue: !Ref Q', ['name Timeout', 'number 3', 'comment # s', 'name Queue', 'keyword !Ref']],
  ])('of %s: %s', (language, code, tokens) => {
    expect(coloured(code, language)).toEqual(tokens);
  });

  it.each<CodeLanguage>(['javascript', 'json', 'yaml', 'text'])('never loses a character of %s', (language) => {
    const code = 'a: "b\\" `${`\n\n// \u{1f600} /* \n\t\'x\n{ "k" : 1e5 } # !';
    const again = highlight(code, language).map((line) => line.tokens.map((token) => token.text).join(''));
    expect(again.join('\n')).toBe(code);
  });

  it('goes by the file name', () => {
    expect(['a.mjs', 'a.ts', 'template.yaml', 'e.json', 'LICENSE'].map(languageOf)).toEqual([
      'javascript',
      'javascript',
      'yaml',
      'json',
      'text',
    ]);
  });
});
