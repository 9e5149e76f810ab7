// The digests by which SQS lets a client check what it received, and by which a FIFO queue knows a body again.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { MessageAttribute } from './queue';

export function md5OfBody(body: string): string {
  return bytesToHex(md5(utf8ToBytes(body)));
}

/** Content-based deduplication: of the body, not of the attributes. */
export function sha256OfBody(body: string): string {
  return bytesToHex(sha256(utf8ToBytes(body)));
}

function lengthPrefixed(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(4 + bytes.length);
  new DataView(out.buffer).setUint32(0, bytes.length, false);
  out.set(bytes, 4);
  return out;
}

export function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Null when there are no attributes: SQS then leaves the digest out. Sorted by name; 1 marks text, 2 marks bytes. */
export function md5OfAttributes(attributes: Record<string, MessageAttribute>): string | null {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return null;
  const parts: Uint8Array[] = [];
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name] as MessageAttribute;
    const isBinary = BinaryValue !== undefined;
    parts.push(
      lengthPrefixed(utf8ToBytes(name)),
      lengthPrefixed(utf8ToBytes(DataType)),
      Uint8Array.of(isBinary ? 2 : 1),
      lengthPrefixed(isBinary ? bytesOfBase64(BinaryValue) : utf8ToBytes(StringValue ?? '')),
    );
  }
  return bytesToHex(md5(concatBytes(...parts)));
}
