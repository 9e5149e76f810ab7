// Hash functions by the names that Node.js and Web Crypto give them. Computed in the guest, so that hashing costs CPU time.
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

const HASHES = { md5, sha1, sha224, sha256, sha384, sha512 } as const;
export const HASH_NAMES = Object.keys(HASHES);

export interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
  clone?(): Hasher;
}

function hashOf(name: string) {
  return HASHES[name.toLowerCase().replace(/^sha-/, 'sha').replace(/^rsa-/, '') as keyof typeof HASHES];
}

export function newHash(name: string): Hasher | undefined {
  return hashOf(name)?.create();
}

export function newHmac(name: string, key: Uint8Array): Hasher | undefined {
  const hash = hashOf(name);
  return hash ? hmac.create(hash, key) : undefined;
}
