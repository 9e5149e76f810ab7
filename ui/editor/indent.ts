// Indenting by two spaces in a text area: what to type over which range, and what is selected afterwards.

export interface Indentation {
  /** The range that is replaced. */
  from: number;
  to: number;
  text: string;
  selectionStart: number;
  selectionEnd: number;
}

const STEP = '  ';

/** With nothing selected, a step is typed; with a selection, each of its lines moves. `back` takes a step away. */
export function indent(value: string, start: number, end: number, back: boolean): Indentation {
  if (start === end && !back)
    return { from: start, to: end, text: STEP, selectionStart: start + STEP.length, selectionEnd: start + STEP.length };
  const from = value.lastIndexOf('\n', start - 1) + 1;
  // A selection that ends at the start of a line does not mean that line.
  const last = end > start && value[end - 1] === '\n' ? end - 1 : end;
  const lineEnd = value.indexOf('\n', last);
  const to = lineEnd < 0 ? value.length : lineEnd;
  const lines = value.slice(from, to).split('\n');
  const moved = lines.map((line) => (back ? line.replace(/^ {1,2}/, '') : line === '' ? line : STEP + line));
  const text = moved.join('\n');
  const firstMove = (moved[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  const selectionStart = Math.max(from, start + firstMove);
  return { from, to, text, selectionStart, selectionEnd: Math.max(selectionStart, end + text.length - (to - from)) };
}
