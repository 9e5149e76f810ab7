import { describe, expect, it } from 'vitest';
import { indent } from './indent';

/** `[` and `]` mark the selection, before and after. */
function press(marked: string, back = false): string {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const value = marked.replace(/[[\]]/g, '');
  const { from, to, text, selectionStart, selectionEnd } = indent(value, start, end, back);
  const changed = value.slice(0, from) + text + value.slice(to);
  return `${changed.slice(0, selectionStart)}[${changed.slice(selectionStart, selectionEnd)}]${changed.slice(selectionEnd)}`;
}

describe('Tab in a text area', () => {
  it.each<[string, string, boolean]>([
    ['a[]b', 'a  []b', false],
    ['a\n[b\nc]\nd', 'a\n  [b\n  c]\nd', false],
    ['[a\n]b', '  [a\n]b', false],
    ['x\n\n[a\n\nb]', 'x\n\n  [a\n\n  b]', false],
    ['  a[]', 'a[]', true],
    ['[  a\n b]', '[a\nb]', true],
    ['a[]', 'a[]', true],
  ])('turns %j into %j', (before, after, back) => {
    expect(press(before, back)).toBe(after);
  });
});
