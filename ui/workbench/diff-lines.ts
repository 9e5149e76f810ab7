// The lines of two texts side by side: shared ones, and those that only one of them has (longest common subsequence).

export interface DiffLine {
  side: 'both' | 'first' | 'second';
  text: string;
}

/** Beyond this many cells the middle is taken as wholly different: two files of 2,000 lines each. */
const CELLS_MAX = 4_000_000;

export function diffLines(first: string, second: string): DiffLine[] {
  const a = first.split('\n');
  const b = second.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const both = (lines: string[]): DiffLine[] => lines.map((text) => ({ side: 'both', text }));
  const middle = diffMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return [...both(a.slice(0, start)), ...middle, ...both(a.slice(a.length - end))];
}

function diffMiddle(a: string[], b: string[]): DiffLine[] {
  const only = (side: 'first' | 'second', lines: string[]): DiffLine[] => lines.map((text) => ({ side, text }));
  if (a.length * b.length > CELLS_MAX) return [...only('first', a), ...only('second', b)];
  // common[i][j]: how many lines the rests of a from i and of b from j share, in order.
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push({ side: 'both', text: a[i] ?? '' });
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) lines.push({ side: 'first', text: a[i++] ?? '' });
    else lines.push({ side: 'second', text: b[j++] ?? '' });
  }
  return [...lines, ...only('first', a.slice(i)), ...only('second', b.slice(j))];
}
