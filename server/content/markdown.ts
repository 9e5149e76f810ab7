// Short markdown of authors (question stems, lab briefs) as a tree that pages render, at build time. No JSX, no raw HTML.
import type { EvaluateOptions } from '@mdx-js/mdx';
import { evaluate } from '@mdx-js/mdx';
import { Fragment, isValidElement, type ReactNode } from 'react';
import { jsx, jsxs } from 'react/jsx-runtime';
import remarkGfm from 'remark-gfm';

/** Text, or an element by its HTML name. */
export type RichNode = string | { tag: string; href?: string; children: RichNode[] };

export type ParseMarkdown = (markdown: string) => Promise<RichNode[]>;

/** Between their children a line break is not text. */
const blockParents = new Set(['blockquote', 'ol', 'table', 'tbody', 'thead', 'tr', 'ul']);

type Properties = { href?: string; children?: ReactNode };

function nodesOf(node: ReactNode): RichNode[] {
  if (node === null || node === undefined || typeof node === 'boolean') return [];
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint') return [String(node)];
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  if (!isValidElement<Properties>(node)) throw new Error('markdown gave something that is neither text nor an element');
  const { type, props } = node;
  if (typeof type === 'function') return nodesOf((type as (properties: Properties) => ReactNode)(props));
  const children = nodesOf(props.children).filter((child) => child !== '\n' || !blockParents.has(String(type)));
  if (typeof type !== 'string') return children;
  return [{ tag: type, ...(props.href === undefined ? {} : { href: props.href }), children }];
}

/** `remarkPlugins` run after GitHub's tables and links. */
export async function parseMarkdown(
  markdown: string,
  remarkPlugins: NonNullable<EvaluateOptions['remarkPlugins']> = [],
): Promise<RichNode[]> {
  const { default: Content } = await evaluate(markdown, {
    Fragment,
    jsx,
    jsxs,
    format: 'md',
    remarkPlugins: [remarkGfm, ...remarkPlugins],
  });
  return nodesOf(jsx(Content, {})).filter((node) => node !== '\n');
}
