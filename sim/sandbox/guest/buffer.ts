// Buffer on Uint8Array: the part that handlers use. https://nodejs.org/api/buffer.html
import { decodeBase64, decodeHex, encodeBase64, encodeHex } from './base64';
import { nodeError, received } from './errors';
import { decodeUtf8, encodeUtf8 } from './utf8';

export function toBytes(text: string, encoding = 'utf8'): Uint8Array {
  switch (encoding.toLowerCase()) {
    case 'utf8':
    case 'utf-8':
      return encodeUtf8(text);
    case 'base64':
    case 'base64url':
      return decodeBase64(text);
    case 'hex':
      return decodeHex(text);
    case 'latin1':
    case 'binary':
    case 'ascii':
      return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
    case 'utf16le':
    case 'ucs2':
      return new Uint8Array(Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).buffer);
    default:
      throw nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  }
}

export function fromBytes(bytes: Uint8Array, encoding = 'utf8'): string {
  switch (encoding.toLowerCase()) {
    case 'utf8':
    case 'utf-8':
      return decodeUtf8(bytes) ?? '';
    case 'base64':
      return encodeBase64(bytes);
    case 'base64url':
      return encodeBase64(bytes, true);
    case 'hex':
      return encodeHex(bytes);
    case 'latin1':
    case 'binary':
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    case 'ascii':
      return Array.from(bytes, (byte) => String.fromCharCode(byte & 0x7f)).join('');
    case 'utf16le':
    case 'ucs2':
      return String.fromCharCode(...new Uint16Array(bytes.slice(0, bytes.length & ~1).buffer));
    default:
      throw nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  }
}

type Source = string | ArrayBuffer | ArrayLike<number> | { type: 'Buffer'; data: number[] };

export class BufferClass extends Uint8Array {
  static isBuffer(value: unknown): value is BufferClass {
    return value instanceof BufferClass;
  }
  static isEncoding(encoding: string): boolean {
    return /^(utf-?8|base64(url)?|hex|latin1|binary|ascii|utf16le|ucs2)$/i.test(encoding);
  }
  static alloc(size: number, fill?: string | number, encoding?: string): BufferClass {
    const made = new BufferClass(size);
    if (fill !== undefined) made.fill(fill as number, 0, size, encoding);
    return made;
  }
  static allocUnsafe(size: number): BufferClass {
    return new BufferClass(size);
  }
  static byteLength(value: string | ArrayBufferView | ArrayBuffer, encoding?: string): number {
    return typeof value === 'string' ? toBytes(value, encoding).length : value.byteLength;
  }
  static concat(list: readonly Uint8Array[], totalLength = list.reduce((sum, part) => sum + part.length, 0)): BufferClass {
    const whole = new BufferClass(totalLength);
    let at = 0;
    for (const part of list) {
      whole.set(part.subarray(0, Math.max(0, totalLength - at)), Math.min(at, totalLength));
      at += part.length;
    }
    return whole;
  }
  static compare(a: Uint8Array, b: Uint8Array): number {
    for (let at = 0; at < Math.min(a.length, b.length); at++) {
      if (a[at] !== b[at]) return (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
    }
    return Math.sign(a.length - b.length);
  }

  override toString(encoding?: string, start = 0, end = this.length): string {
    return fromBytes(this.subarray(start, end), encoding);
  }
  toJSON(): { type: 'Buffer'; data: number[] } {
    return { type: 'Buffer', data: Array.from(this) };
  }
  equals(other: Uint8Array): boolean {
    return BufferClass.compare(this, other) === 0;
  }
  compare(other: Uint8Array): number {
    return BufferClass.compare(this, other);
  }
  write(text: string, offset = 0, length = this.length - offset, encoding = 'utf8'): number {
    const bytes = toBytes(text, encoding).subarray(0, length);
    this.set(bytes, offset);
    return bytes.length;
  }
  copy(target: Uint8Array, targetStart = 0, start = 0, end = this.length): number {
    const part = this.subarray(start, Math.min(end, start + target.length - targetStart));
    target.set(part, targetStart);
    return part.length;
  }
  override fill(value: unknown, start = 0, end = this.length, encoding?: string): this {
    if (typeof value !== 'string') return super.fill(Number(value) & 0xff, start, end);
    const bytes = toBytes(value, encoding);
    for (let at = start; at < end; at++) this[at] = bytes.length ? (bytes[(at - start) % bytes.length] ?? 0) : 0;
    return this;
  }
  override subarray(start?: number, end?: number): BufferClass {
    const part = new Uint8Array(this.buffer, this.byteOffset, this.length).subarray(start, end);
    return new BufferClass(part.buffer, part.byteOffset, part.length);
  }
  override slice(start?: number, end?: number): BufferClass {
    return this.subarray(start, end);
  }
  override indexOf(value: unknown, from = 0): number {
    if (typeof value === 'number') return super.indexOf(value & 0xff, from);
    const wanted = typeof value === 'string' ? encodeUtf8(value) : (value as Uint8Array);
    for (let at = from; at + wanted.length <= this.length; at++) if (wanted.every((byte, index) => this[at + index] === byte)) return at;
    return -1;
  }
  override includes(value: unknown, from = 0): boolean {
    return this.indexOf(value, from) !== -1;
  }
  readUInt8(at = 0): number {
    return this.view(at, 1).getUint8(0);
  }
  readUInt16BE(at = 0): number {
    return this.view(at, 2).getUint16(0);
  }
  readUInt16LE(at = 0): number {
    return this.view(at, 2).getUint16(0, true);
  }
  readUInt32BE(at = 0): number {
    return this.view(at, 4).getUint32(0);
  }
  readUInt32LE(at = 0): number {
    return this.view(at, 4).getUint32(0, true);
  }
  readInt32BE(at = 0): number {
    return this.view(at, 4).getInt32(0);
  }
  readInt32LE(at = 0): number {
    return this.view(at, 4).getInt32(0, true);
  }
  readDoubleBE(at = 0): number {
    return this.view(at, 8).getFloat64(0);
  }
  writeUInt8(value: number, at = 0): number {
    this.view(at, 1).setUint8(0, value);
    return at + 1;
  }
  writeUInt16BE(value: number, at = 0): number {
    this.view(at, 2).setUint16(0, value);
    return at + 2;
  }
  writeUInt32BE(value: number, at = 0): number {
    this.view(at, 4).setUint32(0, value);
    return at + 4;
  }
  writeUInt32LE(value: number, at = 0): number {
    this.view(at, 4).setUint32(0, value, true);
    return at + 4;
  }
  writeInt32BE(value: number, at = 0): number {
    this.view(at, 4).setInt32(0, value);
    return at + 4;
  }
  private view(at: number, bytes: number): DataView {
    if (this.length < bytes) throw nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
    if (at < 0 || at + bytes > this.length) {
      throw nodeError(
        RangeError,
        'ERR_OUT_OF_RANGE',
        `The value of "offset" is out of range. It must be >= 0 and <= ${this.length - bytes}. Received ${at}`,
      );
    }
    return new DataView(this.buffer, this.byteOffset + at, bytes);
  }
}

/** `Buffer.from`, which is not the constructor's: text, bytes, an array buffer, or a Buffer that went through JSON. */
export function bufferFrom(source: Source, encodingOrOffset?: string | number, length?: number): BufferClass {
  if (typeof source === 'string') return adopt(toBytes(source, typeof encodingOrOffset === 'string' ? encodingOrOffset : 'utf8'));
  if (source instanceof ArrayBuffer) return new BufferClass(source, Number(encodingOrOffset ?? 0), length);
  if (typeof source === 'object' && source !== null) {
    if ('type' in source && source.type === 'Buffer' && Array.isArray(source.data)) return adopt(Uint8Array.from(source.data));
    if ('length' in source) return adopt(Uint8Array.from(source, (byte) => Number(byte) & 0xff));
  }
  throw nodeError(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. ${received(source)}`,
  );
}

function adopt(bytes: Uint8Array): BufferClass {
  return new BufferClass(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
}

Object.defineProperty(BufferClass, 'from', { value: bufferFrom, writable: true, configurable: true });
Object.defineProperty(BufferClass, 'name', { value: 'Buffer' });
// Methods of typed arrays that build a new one would call `new Buffer(length)`: that is what they get.
Object.defineProperty(BufferClass.prototype, 'constructor', { value: BufferClass, writable: true, configurable: true });
