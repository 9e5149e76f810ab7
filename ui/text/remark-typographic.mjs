// A remark plugin: typographic quotes in the text of each paragraph, across its inline marks, leaving code alone.
import { typographic } from './typographic.mjs';

const paragraphs = new Set(['paragraph', 'heading', 'tableCell', 'mdxJsxTextElement']);

export default function remarkTypographic() {
  const inParagraph = (node, before) => {
    for (const child of node.children ?? []) {
      if (child.type === 'text') {
        child.value = typographic(child.value, before);
        before = child.value;
      } else if (child.type === 'inlineCode' || child.type === 'mdxTextExpression') {
        before = 'x';
      } else if (child.type === 'break') {
        before = ' ';
      } else {
        before = inParagraph(child, before);
      }
    }
    return before;
  };
  const visit = (node) => {
    if (paragraphs.has(node.type)) inParagraph(node, '');
    else for (const child of node.children ?? []) visit(child);
  };
  return visit;
}
