// Letters without regard to case, character by character: a pattern's character stands for its lower and its upper case.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-equals-ignore-case-matching

const ASCII = /^[\x20-\x7e]*$/;

export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** Equal for every two texts that could match each other; texts with equal folds need not match. */
export function foldCase(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let folded = '';
  for (const char of text) for (const lower of char.toLowerCase()) for (const upper of lower.toUpperCase()) folded += upper.toLowerCase();
  return folded;
}

/** Ends of all beginnings of `text` that match the pattern. Both cases of one letter may differ in length. */
function matchEnds(pattern: string, text: string, from: number): Set<number> {
  let ends = new Set([from]);
  for (const char of pattern) {
    const next = new Set<number>();
    for (const end of ends)
      for (const form of [char.toLowerCase(), char.toUpperCase()]) if (text.startsWith(form, end)) next.add(end + form.length);
    if (next.size === 0) return next;
    ends = next;
  }
  return ends;
}

export function equalsIgnoringCase(pattern: string, text: string): boolean {
  return matchEnds(pattern, text, 0).has(text.length);
}

export function startsIgnoringCase(pattern: string, text: string): boolean {
  return matchEnds(pattern, text, 0).size > 0;
}

export function endsIgnoringCase(pattern: string, text: string): boolean {
  // A letter's two forms take at most three characters, one character at least each.
  const longest = Math.min(text.length, pattern.length * 3);
  for (let length = 0; length <= longest; length++) {
    if (matchEnds(pattern, text, text.length - length).has(text.length)) return true;
  }
  return false;
}
