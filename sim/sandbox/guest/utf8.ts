// UTF-8 in both directions. https://encoding.spec.whatwg.org/#utf-8
const REPLACEMENT = 0xfffd;

/** Lone surrogates become U+FFFD. QuickJS has the method of ES2024. */
export function wellFormed(text: string): string {
  return (text as string & { toWellFormed(): string }).toWellFormed();
}

export function encodeUtf8(text: string): Uint8Array {
  const units = wellFormed(text);
  const bytes = new Uint8Array(units.length * 3);
  let at = 0;
  for (let index = 0; index < units.length; index++) {
    let code = units.charCodeAt(index);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    if (code >= 0xd800 && code < 0xdc00) code = 0x10000 + ((code - 0xd800) << 10) + (units.charCodeAt(++index) - 0xdc00);
    if (code >= 0x10000) bytes[at++] = 0xf0 | (code >> 18);
    if (code >= 0x10000) bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
    else if (code >= 0x800) bytes[at++] = 0xe0 | (code >> 12);
    if (code >= 0x800) bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    else bytes[at++] = 0xc0 | (code >> 6);
    bytes[at++] = 0x80 | (code & 0x3f);
  }
  return bytes.slice(0, at);
}

/** Null when `isFatal` and the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, isFatal = false): string | null {
  const parts: string[] = [];
  let units: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at++] ?? 0;
    let code = first;
    if (first >= 0x80) {
      const length = first >= 0xf0 && first <= 0xf4 ? 3 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xc2 && first < 0xe0 ? 1 : 0;
      code = length === 0 ? REPLACEMENT : first & (0x3f >> length);
      let left = length;
      for (; left > 0; left--) {
        const next = bytes[at] ?? 0;
        const [low, high] = left === length ? secondByteRange(first) : [0x80, 0xbf];
        if (next < low || next > high) break;
        code = (code << 6) | (next & 0x3f);
        at++;
      }
      if (left > 0) code = REPLACEMENT;
      if (isFatal && (length === 0 || left > 0)) return null;
    }
    if (code >= 0x10000) units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
    else units.push(code);
    if (units.length >= 4096) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
  }
  parts.push(String.fromCharCode(...units));
  return parts.join('');
}

/** Excludes overlong forms, surrogates and what lies beyond U+10FFFF. */
function secondByteRange(first: number): [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  if (first === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}
