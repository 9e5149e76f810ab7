// The MD5 digests by which SQS lets a client check what it received.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { MessageAttribute } from './queue';

export function md5OfBody(body: string): string {
  return bytesToHex(md5(utf8ToBytes(body)));
}

function lengthPrefixed(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(4 + bytes.length);
  new DataView(out.buffer).setUint32(0, bytes.length, false);
  out.set(bytes, 4);
  return out;
}

/** Null when there are no attributes: SQS then leaves the digest out. Attributes are sorted by name; 1 marks a string value. */
export function md5OfAttributes(attributes: Record<string, MessageAttribute>): string | null {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return null;
  const parts: Uint8Array[] = [];
  for (const name of names) {
    const { DataType, StringValue } = attributes[name] as MessageAttribute;
    parts.push(
      lengthPrefixed(utf8ToBytes(name)),
      lengthPrefixed(utf8ToBytes(DataType)),
      Uint8Array.of(1),
      lengthPrefixed(utf8ToBytes(StringValue)),
    );
  }
  return bytesToHex(md5(concatBytes(...parts)));
}
