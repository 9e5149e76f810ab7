// Where each statement stands in a policy's text, as the policy simulator reports it: lines and columns from 1.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Position.html

export interface Position {
  Line: number;
  Column: number;
}

export interface Span {
  start: Position;
  end: Position;
}

/**
 * Spans of the statements of a valid document. A span starts after the token before the statement's content
 * (`[`, the preceding statement, or the statement's own `{` when it stands alone) and ends after its closing brace.
 */
export function statementSpans(text: string): Span[] {
  const spans: Span[] = [];
  let depth = 0;
  let isStatementNext = false;
  /** The depth of the list of statements, or of the statement that stands alone. */
  let listDepth = -1;
  let isList = false;
  let start = -1;
  for (let i = 0; i < text.length; i++) {
    const at = text[i] as string;
    if (at === '"') {
      const end = endOfString(text, i);
      if (depth === 1 && /^"Statement"\s*:/.test(text.slice(i, i + 200)) && text.slice(i, end) === '"Statement"') isStatementNext = true;
      i = end - 1;
    } else if (at === '{' || at === '[') {
      depth++;
      if (isStatementNext && depth === 2) {
        isStatementNext = false;
        isList = at === '[';
        listDepth = 2;
        start = i + 1;
      }
    } else if (at === '}' || at === ']') {
      if (listDepth === 2 && at === '}' && depth === (isList ? 3 : 2)) {
        spans.push({ start: positionAt(text, start), end: positionAt(text, i + 1) });
        start = i + 1;
      }
      depth--;
      if (depth < 2) listDepth = -1;
    }
  }
  return spans;
}

function endOfString(text: string, from: number): number {
  let i = from + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { Line: before.split('\n').length, Column: offset - lineStart + 1 };
}
