// Authors' markdown, parsed by the build into a tree: rendered as elements, never as raw HTML.
import { createElement, type ReactNode } from 'react';

/** Text, or an element by its HTML name. */
export type RichNode = string | { tag: string; href?: string; children: RichNode[] };

export function RichText({ nodes }: { nodes: readonly RichNode[] }): ReactNode {
  return nodes.map((node, index) => {
    if (typeof node === 'string') return node;
    const { tag, href, children } = node;
    return createElement(
      tag,
      { key: index, ...(href === undefined ? {} : { href }) },
      ...(children.length > 0 ? [<RichText key="all" nodes={children} />] : []),
    );
  });
}
