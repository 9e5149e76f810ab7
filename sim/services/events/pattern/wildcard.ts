// Wildcards: a star stands for any characters, none included; a backslash before a star or a backslash makes it a plain one.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching

/** Pieces between the stars, or why the text is no wildcard pattern. Positions count bytes of the quoted text. */
export function parseWildcard(text: string): { pieces: string[] } | { refused: string } {
  const pieces: string[] = [];
  let piece = '';
  let position = 1;
  const chars = [...text];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] as string;
    const next = chars[i + 1];
    if (char === '*') {
      if (next === '*') return { refused: `Consecutive wildcard characters at pos ${position}` };
      pieces.push(piece);
      piece = '';
    } else if (char === '\\') {
      if (next !== '*' && next !== '\\') return { refused: `Invalid escape character at pos ${position}` };
      piece += next;
      position++;
      i++;
    } else piece += char;
    position += utf8Bytes(char);
  }
  pieces.push(piece);
  return { pieces };
}

function utf8Bytes(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

export function matchesWildcard(pieces: readonly string[], text: string): boolean {
  const first = pieces[0] ?? '';
  const last = pieces[pieces.length - 1] ?? '';
  if (pieces.length === 1) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (let i = 1; i < pieces.length - 1; i++) {
    const piece = pieces[i] as string;
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/**
 * How many unfinished readings of a field's wildcards one text can have at a time.
 * Simplified: EventBridge refuses patterns by such a measure and does not publish it; ten separates the examples of its guide.
 */
export const COMPLEXITY_MAX = 10;

/** Sets of readings that are looked at before a pattern counts as too complex. */
const READINGS_MAX = 5000;

/** A place in a wildcard: the characters before it are read. */
interface Place {
  /** Leads to the next place; null at the end. */
  char: string | null;
  /** A star stands here: any character stays. */
  isStar: boolean;
}

/** Capped at COMPLEXITY_MAX. The quotes around the value count as characters. */
export function wildcardComplexity(wildcards: readonly (readonly string[])[]): number {
  const places: Place[] = [];
  const starts: number[] = [];
  for (const pieces of wildcards) {
    starts.push(2 * places.length);
    const last = pieces.length - 1;
    pieces.forEach((piece, index) => {
      const chars = [...(index === 0 ? '"' : ''), ...piece, ...(index === last ? '"' : '')];
      chars.forEach((char, i) => {
        places.push({ char, isStar: index > 0 && i === 0 });
      });
    });
    places.push({ char: null, isStar: false });
  }
  return mostReadingsAtOnce(places, starts);
}

/** Breadth first over the sets of readings that some text can have. Reading 2i is fresh at place i, 2i + 1 waits at its star. */
function mostReadingsAtOnce(places: readonly Place[], starts: readonly number[]): number {
  const alphabet = new Set(places.flatMap(({ char }) => (char === null ? [] : [char])));
  const seen = new Set<string>();
  const queue: number[][] = [[...starts]];
  let most = 0;
  for (let head = 0; head < queue.length; head++) {
    if (head >= READINGS_MAX) return COMPLEXITY_MAX;
    // The empty character stands for every one that no piece holds.
    for (const char of [...alphabet, '']) {
      const to = new Set<number>();
      for (const reading of queue[head] as number[]) {
        const place = places[reading >> 1] as Place;
        if (place.isStar) to.add(reading | 1);
        if (place.char === char) to.add(2 * (reading >> 1) + 2);
      }
      const waiting = [...to].filter((reading) => places[reading >> 1]?.isStar && !to.has(reading | 1));
      most = Math.max(most, to.size + waiting.length);
      if (most >= COMPLEXITY_MAX) return COMPLEXITY_MAX;
      const key = [...to].sort((a, b) => a - b).join();
      if (to.size === 0 || seen.has(key)) continue;
      seen.add(key);
      queue.push([...to]);
    }
  }
  return most;
}
