// Base64 and hexadecimal. https://nodejs.org/api/buffer.html#buffers-and-character-encodings
const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value++) {
  VALUES[STANDARD.charCodeAt(value)] = value;
  VALUES[URL_SAFE.charCodeAt(value)] = value;
}

export function encodeBase64(bytes: Uint8Array, isUrlSafe = false): string {
  const alphabet = isUrlSafe ? URL_SAFE : STANDARD;
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const characters = [18, 12, 6, 0].slice(0, Math.min(4, left + 1)).map((shift) => alphabet[(group >> shift) & 63]);
    parts.push(characters.join(''), left < 3 && !isUrlSafe ? '='.repeat(3 - left) : '');
  }
  return parts.join('');
}

/** Lenient as Node.js: unknown characters are passed over, decoding ends at the padding. */
export function decodeBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4) + 3);
  let [length, bits, held] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '=') break;
    const value = VALUES[text.charCodeAt(at)] ?? -1;
    if (value < 0) continue;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (held >> bits) & 0xff;
  }
  return bytes.slice(0, length);
}

export function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Ends at the first character that is not hexadecimal. */
export function decodeHex(text: string): Uint8Array {
  const valid = /^(?:[0-9a-f]{2})*/i.exec(text)?.[0] ?? '';
  return Uint8Array.from({ length: valid.length / 2 }, (_, index) => Number.parseInt(valid.slice(index * 2, index * 2 + 2), 16));
}
