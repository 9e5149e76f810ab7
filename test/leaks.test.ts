import { describe, expect, it } from 'vitest';
import { publicQuestions } from '../generated/content/questions-public';
import { questionKeys } from '../generated/content/questions-server';
import { findLeaks, readSecrets } from './leaks';

const because = 'Because "Lambda" asks the <queue> — again & again.';
const secret = { from: 'question q', text: because };

describe('looking for leaks', () => {
  const carriers: [name: string, text: string][] = [
    ['plain text', because],
    ['JSON', JSON.stringify({ options: [{ because }] })],
    ['JSON in a script of JSON', JSON.stringify(JSON.stringify({ because }))],
    ['HTML', '<p>Because &quot;Lambda&quot; asks the &lt;queue&gt; &mdash; again &amp; again.</p>'],
    ['HTML with marks', '<p>Because "<code>Lambda</code>" asks the &lt;queue&gt; — again &amp; <em>again</em>.</p>'],
    ['JavaScript with escapes', String.raw`e.exports="Because \"Lambda\" asks the \u003cqueue\u003e \u2014 again \u0026\n again."`],
  ];
  it.each(carriers)('finds a sentence in %s', (_name, text) => {
    expect(findLeaks([secret], [{ where: 'chunk.js', text: `before ${text} after` }])).toEqual([{ where: 'chunk.js', secret }]);
  });

  it('finds nothing in other text', () => {
    expect(findLeaks([secret], [{ where: 'chunk.js', text: 'Because Lambda asks the queue once.' }])).toEqual([]);
  });

  it('knows secrets of every kind in this project', () => {
    const secrets = readSecrets(process.cwd(), Object.values(questionKeys), publicQuestions);
    const kinds = ['question ', '/hidden.ts', '/solution/', '/mistakes/'];
    expect(kinds.filter((kind) => !secrets.some(({ from }) => from.includes(kind)))).toEqual([]);
  });
});
