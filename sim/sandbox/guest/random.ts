// Seeded randomness: the same environment draws the same numbers on every machine. xoshiro128**, seeded by SplitMix32.
// https://prng.di.unimi.it/xoshiro128starstar.c

import { lookAtItself } from './personal';

let [a, b, c, d] = [1, 2, 3, 4];

export function seedRandom(seed: number): void {
  let state = seed | 0;
  const mix = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) | 0;
  };
  a = mix();
  b = mix();
  c = mix();
  d = mix() || 1;
}

/** 0 to 2³² − 1. */
export function randomUint32(): number {
  lookAtItself();
  const product = Math.imul(b, 5);
  const result = Math.imul((product << 7) | (product >>> 25), 9);
  const shifted = b << 9;
  c ^= a;
  d ^= b;
  b ^= c;
  a ^= d;
  c ^= shifted;
  d = (d << 11) | (d >>> 21);
  return result >>> 0;
}

/** Uniform in [0, 1) with 53 bits. */
export function random(): number {
  return ((randomUint32() >>> 5) * 67_108_864 + (randomUint32() >>> 6)) / 9_007_199_254_740_992;
}

export function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at++) bytes[at] = randomUint32() >>> 24;
  return bytes;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A version 4 UUID. */
export function randomUUID(): string {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let hex = '';
  for (const byte of bytes) hex += HEX[byte];
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
