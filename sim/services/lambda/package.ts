// A deployment package: its files, its size and its digest. LAM-ENV-X01, LAM-VER-X07.
// https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html
import { sha256 } from '@noble/hashes/sha2.js';
import type { JsonObject } from '../../kernel/json';
import { type FunctionConfiguration, invalid, type Parsed } from './function';

export type Package = Pick<FunctionConfiguration, 'files' | 'codeSize' | 'codeSha256'>;

/** LAM-ENV-X01: 50 MB zipped, 250 MB unzipped. */
const ZIPPED_BYTES_MAX = 52_428_800;

/** Simplified: a package holds 2 million characters of text; Lambda takes 250 MB of anything. */
export const CHARACTERS_MAX = 2_000_000;

const encoder = new TextEncoder();

/** From CreateFunction's `Code` or UpdateFunctionCode's own members. `Files` stands beside `ZipFile`, or for it. */
export function parsePackage({ Files, ZipFile, S3Bucket, ImageUri }: JsonObject): Parsed<Package> {
  if (typeof ImageUri === 'string') return invalid("Please don't provide ImageUri when updating a function with packageType Zip.");
  if (typeof S3Bucket === 'string') return invalid('Code from S3 is not part of this simulator: send the package as ZipFile.');
  const files = (Files ?? {}) as Record<string, string>;
  const texts = Object.values(files);
  if (texts.length === 0 || texts.some((text) => typeof text !== 'string')) return invalid('Please provide a source for function code.');
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (characters > CHARACTERS_MAX) {
    return invalid(`The files of a function may hold ${CHARACTERS_MAX} characters together, these hold ${characters}.`);
  }
  const bytes = typeof ZipFile === 'string' ? bytesOf(ZipFile) : encoder.encode(listing(files));
  if (bytes.length > ZIPPED_BYTES_MAX) return invalid(`Zipped size must be smaller than ${ZIPPED_BYTES_MAX} bytes`);
  return { value: { files, codeSize: bytes.length, codeSha256: base64(sha256(bytes)) } };
}

/** Files without a zip, as one text: the same files have the same digest. */
function listing(files: Record<string, string>): string {
  return Object.keys(files)
    .sort()
    .map((path) => `${path}\0${files[path]}\0`)
    .join('');
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
