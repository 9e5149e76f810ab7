// SHA-256 by Node.js: eight times as fast as in JavaScript, and the same digest.
import { createHash } from 'node:crypto';
import type { TextHash } from '../../grading/text-hash';

export function createNativeTextHash(): TextHash {
  const hash = createHash('sha256');
  return {
    update: (text) => void hash.update(text, 'utf8'),
    hex: () => hash.digest('hex'),
  };
}
