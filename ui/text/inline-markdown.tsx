// One line of authors' markdown: `code`, **strong**, *emphasis*, [link](https://…). Everything else is text.
import type { ReactNode } from 'react';
import { typographic } from './typographic.mjs';

const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(((?:https:\/|\/)[^)\s]*)\)/g;

export function InlineMarkdown({ text }: { text: string }): ReactNode {
  const parts: ReactNode[] = [];
  let end = 0;
  const addText = (to: number) => {
    if (to > end) parts.push(typographic(text.slice(end, to), text.slice(0, end)));
  };
  for (const match of text.matchAll(pattern)) {
    const [whole, code, strong, emphasis, label, href] = match;
    const at = match.index;
    addText(at);
    end = at + whole.length;
    if (code !== undefined) parts.push(<code key={at}>{code}</code>);
    else if (strong !== undefined) parts.push(<strong key={at}>{typographic(strong)}</strong>);
    else if (emphasis !== undefined) parts.push(<em key={at}>{typographic(emphasis)}</em>);
    else {
      parts.push(
        <a key={at} href={href}>
          {typographic(label ?? '')}
        </a>,
      );
    }
  }
  addText(text.length);
  return parts;
}
