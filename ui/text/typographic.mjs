// Straight quotes as authors type them, to the quotes that a book has. Code is never touched.

/**
 * @param {string} text
 * @param {string} before the text right before it, '' at the start of a paragraph
 * @returns {string}
 */
export function typographic(text, before = '') {
  let written = '';
  for (const character of text) {
    if (character !== '"' && character !== "'") {
      written += character;
      continue;
    }
    const opens = /(?:^|[\s([{\u2013\u2014\u201c\u2018/])$/.test(before + written);
    if (character === '"') written += opens ? '\u201c' : '\u201d';
    else written += opens ? '\u2018' : '\u2019';
  }
  return written;
}

const paragraphs = new Set(['paragraph', 'heading', 'tableCell', 'mdxJsxTextElement']);

/** A remark plugin: the text of each paragraph, across its inline marks. */
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
