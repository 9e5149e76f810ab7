// SHA-256 of a text that comes in pieces, as UTF-8. https://csrc.nist.gov/pubs/fips/180-4/upd1/final
// This one runs everywhere; a platform that has a faster one gives it to the grader, and both must come to the same.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export interface TextHash {
  update(text: string): void;
  /** The digest in small hexadecimal digits. Ends the hash. */
  hex(): string;
}

export function createTextHash(): TextHash {
  const hash = sha256.create();
  return {
    update: (text) => void hash.update(utf8ToBytes(text)),
    hex: () => bytesToHex(hash.digest()),
  };
}
