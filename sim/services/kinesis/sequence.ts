// Hash keys and sequence numbers: where a record goes, and how it is named there.
// https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html#sequence-number
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export const HASH_KEY_MAX = 2n ** 128n - 1n;

/** MD5 of the partition key as a number of 128 bits. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${bytesToHex(md5(utf8ToBytes(partitionKey)))}`);
}

/** Equal parts of the hash key space: the bounds of `count` shards, as decimal texts. */
export function evenRanges(count: number): { startingHashKey: string; endingHashKey: string }[] {
  const size = (HASH_KEY_MAX + 1n) / BigInt(count);
  return Array.from({ length: count }, (_, i) => ({
    startingHashKey: String(size * BigInt(i)),
    endingHashKey: String(i === count - 1 ? HASH_KEY_MAX : size * BigInt(i + 1) - 1n),
  }));
}

/**
 * 56 digits, as AWS's: version, when the shard was opened, the record's place in the stream, when it came, the shard.
 * Simplified: AWS's places are not next to each other, and nobody outside may count with them.
 */
export function sequenceNumber(shard: { openedEpochMs: number; index: number }, place: number, epochMs: number): string {
  const hex = (value: number, digits: number) => Math.floor(value).toString(16).padStart(digits, '0').slice(-digits);
  const text = `2${hex(shard.openedEpochMs / 1000, 9)}${hex(place, 16)}${hex(epochMs / 1000, 9)}000${hex(shard.index, 8)}2`;
  return BigInt(`0x${text}`).toString();
}
