// The `crypto` global: seeded random values and digests. https://w3c.github.io/webcrypto/

import { GuestDOMException } from './abort';
import { newHash } from './hashes';
import { randomBytes, randomUUID } from './random';

const RANDOM_BYTES_MAX = 65_536;

export const webCrypto = {
  randomUUID,
  getRandomValues<T extends ArrayBufferView>(target: T): T {
    if (target.byteLength > RANDOM_BYTES_MAX)
      throw new GuestDOMException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
    new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(randomBytes(target.byteLength));
    return target;
  },
  subtle: {
    async digest(algorithm: string | { name: string }, data: ArrayBuffer | ArrayBufferView): Promise<ArrayBuffer> {
      const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
      const hash = newHash(name);
      if (!hash) throw new GuestDOMException('Unrecognized algorithm name', 'NotSupportedError');
      hash.update(data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return new Uint8Array(hash.digest()).buffer as ArrayBuffer;
    },
  },
};
