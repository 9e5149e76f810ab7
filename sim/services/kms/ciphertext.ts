// Ciphertext: which key, which context, which plaintext. https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
// Simplified: ciphertext hides nothing; it is a JSON text in base64 that only KMS is meant to read.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Arn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import { canonicalJson } from '../../kernel/trace';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63);
    text += b === undefined ? '=' : ALPHABET.charAt((bits >> 6) & 63);
    text += c === undefined ? '=' : ALPHABET.charAt(bits & 63);
  }
  return text;
}

/** Text of base64 that holds characters up to U+00FF; KMS's own ciphertext is ASCII. */
function fromBase64(text: string): string {
  let bits = 0;
  let held = 0;
  let out = '';
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += String.fromCharCode((bits >> held) & 255);
    }
  }
  return out;
}

interface Sealed {
  key: Arn;
  /** Digest of the encryption context: decrypting takes the same. */
  context: string;
  /** Base64. */
  plaintext: string;
}

function digestOf(context: JsonObject): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(context))));
}

export function seal(key: Arn, plaintext: string, context: JsonObject): string {
  const sealed: Sealed = { key, context: digestOf(context), plaintext };
  return base64(utf8ToBytes(JSON.stringify(sealed)));
}

/** Null when the text is no ciphertext of KMS. */
export function readSealed(ciphertext: string): Sealed | null {
  try {
    const sealed = JSON.parse(fromBase64(ciphertext)) as Partial<Sealed>;
    const { key, context, plaintext } = sealed;
    if (typeof key !== 'string' || typeof context !== 'string' || typeof plaintext !== 'string') return null;
    return { key, context, plaintext };
  } catch {
    return null;
  }
}

export function isSameContext(sealed: Sealed, context: JsonObject): boolean {
  return sealed.context === digestOf(context);
}
