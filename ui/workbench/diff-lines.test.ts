import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './diff-lines';

const SIGNS = { both: ' ', first: '-', second: '+' };

function signed(first: string, second: string): string {
  return diffLines(first, second)
    .map((line) => `${SIGNS[line.side]}${line.text}`)
    .join('|');
}

describe('the difference of two texts', () => {
  it.each([
    ['a\nb\nc', 'a\nb\nc', ' a| b| c'],
    ['a\nb\nc', 'a\nx\nc', ' a|-b|+x| c'],
    ['', 'a', '-|+a'],
    ['a\nb', 'b\nc', '-a| b|+c'],
  ])('%j and %j', (first, second, shown) => {
    expect(signed(first, second)).toBe(shown);
  });

  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'));
  it('holds both texts whole', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const lines = diffLines(first, second);
        const side = (other: 'first' | 'second') =>
          lines
            .filter((line) => line.side !== other)
            .map((line) => line.text)
            .join('\n');
        expect([side('second'), side('first')]).toEqual([first, second]);
      }),
    );
  });
});
