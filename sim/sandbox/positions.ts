// Positions in stack traces. QuickJS points to the bracket or dot of a call, V8 to the name or to `new`; the first line of a
// CommonJS file is shifted by its wrapper; and V8 says what it is that is not a function.

// Every part has a limit on its length: the text is a learner's, and must not make the search slow.
const POSITION = /(\/var\/task\/[^\s:()]{1,200}):(\d{1,9}):(\d{1,9})/g;
const NOT_A_FUNCTION = /\bnot a function(?=\n {1,40}at [^\n]{0,200}?(\/var\/task\/[^\s:()]{1,200}):(\d{1,9}):(\d{1,9}))/g;
/** The expression before a call's bracket: `new Basket`, `basket.items.push`. */
const CALLEE = /(?:\bnew\s+)?(?:[\w$]+(?:\?\.|\.))*[\w$]+\s*$/;
/** How much of a line is searched for it. */
const CALLEE_CHARS_MAX = 200;

/** Lines of a file as the engine saw them, and how far its first line is shifted. */
export interface PositionSource {
  linesOf(path: string): readonly string[];
  shiftOf(path: string): number;
}

export function correctPositions(text: string, source: PositionSource): string {
  if (!text.includes('/var/task/')) return text;
  const named = text.replace(NOT_A_FUNCTION, (whole, path: string, row: string, column: string) => {
    const callee = calleeAt(source, path, Number(row), unshifted(source, path, row, column));
    return callee ? `${callee.text.replace(/^new\s+/, '')} is not a ${callee.text.startsWith('new') ? 'constructor' : 'function'}` : whole;
  });
  return named.replace(POSITION, (_, path: string, row: string, column: string) => {
    const at = unshifted(source, path, row, column);
    return `${path}:${row}:${v8Column(source, path, Number(row), at)}`;
  });
}

function unshifted(source: PositionSource, path: string, row: string, column: string): number {
  const shift = row === '1' ? source.shiftOf(path) : 0;
  return Number(column) > shift ? Number(column) - shift : Number(column);
}

function v8Column(source: PositionSource, path: string, row: number, column: number): number {
  const line = source.linesOf(path)[row - 1] ?? '';
  if (line.startsWith('?.', column - 1)) return column + 2;
  if (line[column - 1] === '.') return column + 1;
  const callee = calleeAt(source, path, row, column);
  if (!callee) return column;
  const nameFrom = callee.text.startsWith('new') ? 0 : Math.max(callee.text.lastIndexOf('.') + 1, 0);
  return callee.column + nameFrom;
}

function calleeAt(source: PositionSource, path: string, row: number, column: number): { text: string; column: number } | null {
  const line = source.linesOf(path)[row - 1] ?? '';
  if (line[column - 1] !== '(') return null;
  const from = Math.max(0, column - 1 - CALLEE_CHARS_MAX);
  const match = CALLEE.exec(line.slice(from, column - 1));
  return match ? { text: match[0].trimEnd(), column: from + match.index + 1 } : null;
}
