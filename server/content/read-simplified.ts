// Where the simulator is simpler than AWS: every comment of sim/ that says so, collected for a page of the site.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generatedHead as head, json } from './generated-text';

export interface Simplification {
  /** The service's folder, which is its IAM prefix; for what is no service the folder under sim/. */
  part: string;
  /** From the project's root. */
  file: string;
  /** What the comment is about: the sentence before the mark, or empty. */
  about: string;
  text: string;
}

const MARK = 'Simplified:';

export function readSimplified(root: string): Simplification[] {
  const sim = path.join(root, 'sim');
  if (!existsSync(sim)) return [];
  const files = (readdirSync(sim, { recursive: true }) as string[])
    .map((file) => `sim/${file.split(path.sep).join('/')}`)
    .filter((file) => /\.(ts|mjs)$/.test(file) && !/\.test\.(ts|mjs)$/.test(file))
    .sort();
  return files.flatMap((file) => simplifiedIn(file, readFileSync(path.join(root, file), 'utf8')));
}

export function simplifiedIn(file: string, source: string): Simplification[] {
  if (!source.includes(MARK)) return [];
  const part = /^sim\/(?:services\/)?([^/]+)\//.exec(file)?.[1] ?? 'sim';
  return commentsOf(source).flatMap((comment) => {
    const [before = '', ...marked] = comment.split(MARK);
    return marked.map((after): Simplification => ({ part, file, about: aboutOf(before), text: sentence(after) }));
  });
}

/** Paragraphs of comments, each on one line: neighbouring line comments belong together, a line that is an address ends them. */
function commentsOf(source: string): string[] {
  const paragraphs: string[] = [];
  let paragraph: string[] = [];
  const end = () => {
    if (paragraph.length > 0) paragraphs.push(paragraph.join(' '));
    paragraph = [];
  };
  let isBlock = false;
  for (const line of source.split('\n')) {
    const opened = /(?:^|\s)\/\*\*?(?!\/)(.*)$/.exec(line);
    const single = /(?:^|\s)\/\/ ?(.*)$/.exec(line);
    let text: string | null = null;
    if (isBlock) text = line.replace(/^\s*\*(?!\/) ?/, '');
    else if (opened && (!single || single.index > opened.index)) {
      end();
      isBlock = true;
      text = opened[1] ?? '';
    } else if (single) {
      // A comment behind code stands for itself.
      if (line.slice(0, single.index).trim() !== '') end();
      text = single[1] ?? '';
    }
    const closes = isBlock && (text?.includes('*/') ?? false);
    const words = text?.replace(/\*\/.*$/, '').trim() ?? '';
    if (words === '' || /^https?:\/\/\S+$/.test(words)) end();
    else paragraph.push(words);
    if (closes) {
      isBlock = false;
      end();
    } else if (!isBlock && single && line.slice(0, single.index).trim() !== '') end();
  }
  end();
  return paragraphs;
}

/** Fact ids and addresses are for those who read the source. */
function withoutIds(text: string): string {
  return text
    .replace(/https?:\/\/\S+/g, '')
    .replace(
      /\b(Table \S+ of the facts,?\s*)?\b[A-Z]{2,4}(-[A-Z]{2,4})?-[A-Z]?\d{1,2}\b(( to|,| and) [A-Z]{2,4}(-[A-Z]{2,4})?-[A-Z]?\d{1,2}\b)*[.:,]?/g,
      '',
    )
    .replace(/\s+/g, ' ')
    .replace(/\(\s*\)/g, '')
    .replace(/\s+([.,;:])/g, '$1')
    .trim();
}

/** The last sentence before the mark says what the rest is about. */
function aboutOf(before: string): string {
  const text = withoutIds(before).replace(/^`|`$/g, '').trim();
  const sentences = text.match(/[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]+/g) ?? [];
  return (sentences.at(-1) ?? text).trim().replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

function sentence(after: string): string {
  const text = withoutIds(after).replace(/^[`\s]+/, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Text by path under generated/content. */
export function simplifiedFiles(simplified: readonly Simplification[]): Record<string, string> {
  return {
    'simplified.ts': `${head}import type { Simplification } from '../../server/content/read-simplified';

export const simplified: Simplification[] = ${json(simplified)};
`,
  };
}
