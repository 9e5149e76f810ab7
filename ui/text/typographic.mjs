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
