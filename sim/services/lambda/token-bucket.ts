// A rate limit that refills continuously, as Lambda describes its scaling rate. State: it changes only by a fold.
// https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html
import type { Ms } from '../../kernel/time';

export interface TokenBucket {
  tokens: number;
  /** When `tokens` was counted. */
  at: Ms;
}

export interface BucketRate {
  capacity: number;
  perMs: number;
}

export function tokensAt({ tokens, at }: TokenBucket, { capacity, perMs }: BucketRate, now: Ms): number {
  return Math.min(capacity, tokens + (now - at) * perMs);
}

export function takeToken(bucket: TokenBucket, rate: BucketRate, now: Ms): void {
  bucket.tokens = tokensAt(bucket, rate, now) - 1;
  bucket.at = now;
}
