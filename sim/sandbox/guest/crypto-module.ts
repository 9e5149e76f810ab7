// `node:crypto`: hashes, HMAC and seeded randomness. https://nodejs.org/api/crypto.html
import { BufferClass, bufferFrom, toBytes } from './buffer';
import { nodeError, wrongArgument } from './errors';
import { HASH_NAMES, type Hasher, newHash, newHmac } from './hashes';
import { random, randomBytes, randomUUID } from './random';
import { nextTick } from './timers';
import { webCrypto } from './web-crypto';

type Data = string | Uint8Array;

const bytesOf = (data: Data, encoding?: string) => (typeof data === 'string' ? toBytes(data, encoding) : data);

class Digest {
  #hasher: Hasher;
  #isDone = false;
  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }
  update(data: Data, encoding?: string): this {
    if (this.#isDone) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    if (typeof data !== 'string' && !(data instanceof Uint8Array)) {
      throw wrongArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
    }
    this.#hasher.update(bytesOf(data, encoding));
    return this;
  }
  digest(encoding?: string): string | BufferClass {
    if (this.#isDone) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#isDone = true;
    const bytes = bufferFrom(this.#hasher.digest());
    return encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes;
  }
}

function createHash(name: string): Digest {
  const hasher = newHash(name);
  if (!hasher) throw nodeError(Error, 'ERR_OSSL_EVP_UNSUPPORTED', 'Digest method not supported');
  return new Digest(hasher);
}

function createHmac(name: string, key: Data): Digest {
  const hasher = newHmac(name, bytesOf(key));
  if (!hasher) throw nodeError(Error, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
  return new Digest(hasher);
}

function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.byteLength !== b.byteLength) {
    throw nodeError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  return BufferClass.compare(a, b) === 0;
}

function randomInt(low: number, high?: number): number {
  const [from, to] = high === undefined ? [0, low] : [low, high];
  return from + Math.floor(random() * (to - from));
}

function randomBytesOf(count: number, callback?: (error: null, bytes: BufferClass) => void): BufferClass | undefined {
  const bytes = bufferFrom(randomBytes(count));
  if (!callback) return bytes;
  nextTick(callback, null, bytes);
  return undefined;
}

export const cryptoModule = {
  createHash,
  createHmac,
  hash: (name: string, data: Data, encoding = 'hex') => createHash(name).update(data).digest(encoding),
  getHashes: () => [...HASH_NAMES],
  randomUUID,
  randomBytes: randomBytesOf,
  randomInt,
  randomFillSync: <T extends ArrayBufferView>(target: T) => webCrypto.getRandomValues(target),
  timingSafeEqual,
  getRandomValues: webCrypto.getRandomValues,
  subtle: webCrypto.subtle,
  webcrypto: webCrypto,
};
