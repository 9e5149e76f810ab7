import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { InlineMarkdown } from './inline-markdown';
import { typographic } from './typographic.mjs';

describe('one line of markdown', () => {
  it.each([
    ['plain', 'plain'],
    ['a `b` **c** *d*', 'a <code>b</code> <strong>c</strong> <em>d</em>'],
    ['see [the guide](https://docs.aws.amazon.com/x)', 'see <a href="https://docs.aws.amazon.com/x">the guide</a>'],
    ['no [script](javascript:alert(1))', 'no [script](javascript:alert(1))'],
    ['a <b>tag</b>', 'a &lt;b&gt;tag&lt;/b&gt;'],
    ['2 * 3 * 4', '2 <em> 3 </em> 4'],
    ['`"code"` and "text"', '<code>&quot;code&quot;</code> and “text”'],
  ])('renders %s', (text, html) => {
    expect(renderToStaticMarkup(<InlineMarkdown text={text} />)).toBe(html);
  });
});

describe('quotes', () => {
  it.each([
    ['"a" and "b"', '', '“a” and “b”'],
    ["it's the shop's", '', 'it’s the shop’s'],
    [`("'x'")`, '', '(“‘x’”)'],
    ['" after code', 'x', '” after code'],
  ])('turns %s after "%s" into %s', (text, before, expected) => {
    expect(typographic(text, before)).toBe(expected);
  });
});
