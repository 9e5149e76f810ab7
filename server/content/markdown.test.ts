import { describe, expect, it } from 'vitest';
import remarkTypographic from '../../ui/text/remark-typographic.mjs';
import { parseMarkdown } from './markdown';

describe('markdown of authors', () => {
  it.each([
    [
      'text and code',
      'Set `a` to *b*.',
      [{ tag: 'p', children: ['Set ', { tag: 'code', children: ['a'] }, ' to ', { tag: 'em', children: ['b'] }, '.'] }],
    ],
    [
      'a list',
      '- one\n- two',
      [
        {
          tag: 'ul',
          children: [
            { tag: 'li', children: ['one'] },
            { tag: 'li', children: ['two'] },
          ],
        },
      ],
    ],
    ['a link', '[x](https://a.example)', [{ tag: 'p', children: [{ tag: 'a', href: 'https://a.example', children: ['x'] }] }]],
    ['a code block', '```\na\nb\n```', [{ tag: 'pre', children: [{ tag: 'code', children: ['a\nb\n'] }] }]],
    ['raw HTML, which stays out', 'a <b onclick="x()">c</b>', [{ tag: 'p', children: ['a ', 'c'] }]],
  ])('becomes a tree: %s', async (_name, markdown, expected) => {
    expect(await parseMarkdown(markdown)).toEqual(expected);
  });

  it('gets the quotes of a book around code, and none inside it', async () => {
    const [paragraph] = await parseMarkdown('He said "`it\'s`" and "don\'t".', [remarkTypographic]);
    expect(paragraph).toEqual({ tag: 'p', children: ['He said “', { tag: 'code', children: ["it's"] }, '” and “don’t”.'] });
  });
});
