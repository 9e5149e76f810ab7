// Unique ids and keys in AWS's form: a prefix by kind, then base 32.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
import type { Port } from '../../kernel/service';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function draw(port: Port, alphabet: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet[Math.floor(port.random() * alphabet.length)];
  return text;
}

/** `AROA` and 17 characters. */
export function uniqueId(port: Port, prefix: string): string {
  return prefix + draw(port, BASE32, 17);
}

/** `AKIA` and 16 characters. */
export function accessKeyId(port: Port): string {
  return `AKIA${draw(port, BASE32, 16)}`;
}

export function secretAccessKey(port: Port): string {
  return draw(port, BASE64, 40);
}
