// Values of commands and answers on their way to the host, which is JSON: dates, binary data, and payloads that the SDK wraps.
// Simplified: dates become Unix seconds as in AWS's JSON protocols, and stay so in answers.
import { type BufferClass, bufferFrom } from './buffer';

/** Where binary data is text that the service reads: it crosses as text and not as base64. */
const TEXT_PAYLOADS: Record<string, string> = { 'lambda:Invoke': 'Payload', 's3:PutObject': 'Body', 's3:GetObject': 'Body' };

export function toWire(input: object, service: string, operation: string): unknown {
  const payload = TEXT_PAYLOADS[`${service}:${operation}`];
  return convert(input, (value) => (payload !== undefined && value === (input as Record<string, unknown>)[payload] ? 'utf8' : 'base64'));
}

/** Copies plain data; `__proto__` is no member of any AWS type and is left out. */
function convert(value: unknown, encodingOf: (bytes: unknown) => string): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return bufferFrom(value).toString(encodingOf(value));
  if (value instanceof ArrayBuffer) return bufferFrom(new Uint8Array(value)).toString(encodingOf(value));
  if (value instanceof Set) return [...value].map((entry) => convert(entry, encodingOf));
  if (Array.isArray(value)) return value.map((entry) => convert(entry, encodingOf));
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) if (key !== '__proto__') copy[key] = convert((value as Record<string, unknown>)[key], encodingOf);
  return copy;
}

export function fromWire(output: unknown, service: string, operation: string): unknown {
  if (typeof output !== 'object' || output === null) return {};
  const members = output as Record<string, unknown>;
  const payload = TEXT_PAYLOADS[`${service}:${operation}`];
  const text = payload === undefined ? undefined : members[payload];
  if (payload === undefined || typeof text !== 'string') return members;
  const bytes = bufferFrom(text, 'utf8');
  return { ...members, [payload]: service === 's3' ? asStream(bytes) : asBlob(bytes) };
}

function asBlob(bytes: BufferClass): Uint8Array {
  const blob = new Uint8Array(bytes);
  return Object.defineProperty(blob, 'transformToString', { value: (encoding?: string) => bytes.toString(encoding ?? 'utf8') });
}

/** The body of an S3 object, with the methods that the SDK adds to its stream. */
function asStream(bytes: BufferClass): object {
  return {
    transformToString: async (encoding?: string) => bytes.toString(encoding ?? 'utf8'),
    transformToByteArray: async () => new Uint8Array(bytes),
    async *[Symbol.asyncIterator]() {
      yield bytes;
    },
  };
}
