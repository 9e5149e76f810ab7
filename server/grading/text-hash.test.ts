import { describe, expect, it } from 'vitest';
import { createTextHash } from '../../grading/text-hash';
import { createNativeTextHash } from './text-hash';

describe('the hash of Node.js', () => {
  it.each([
    ['nothing', []],
    ['several pieces', ['0 0.000 - sqs:QueueCreated', ' {}\n', 'é€😀'.repeat(5000)]],
    ['half of a surrogate pair', ['a\ud83d', '\ude00b']],
  ])('comes to the same as the portable one for %s', (_name, pieces) => {
    const [native, portable] = [createNativeTextHash(), createTextHash()];
    for (const piece of pieces) for (const hash of [native, portable]) hash.update(piece);
    expect(native.hex()).toBe(portable.hex());
  });
});
