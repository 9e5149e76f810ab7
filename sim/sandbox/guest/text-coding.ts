// TextEncoder and TextDecoder. https://encoding.spec.whatwg.org/#api
import { fromBytes } from './buffer';
import { decodeUtf8, encodeUtf8 } from './utf8';

export class GuestTextEncoder {
  readonly encoding = 'utf-8';
  encode(text = ''): Uint8Array {
    return encodeUtf8(String(text));
  }
  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    let [read, written] = [0, 0];
    for (const character of text) {
      const bytes = encodeUtf8(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}

export class GuestTextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  constructor(label = 'utf-8', options: { fatal?: boolean } = {}) {
    const known = /^(utf-?8)$/i.test(label)
      ? 'utf-8'
      : /^(latin1|iso-8859-1|ascii|us-ascii|windows-1252)$/i.test(label)
        ? 'windows-1252'
        : null;
    if (!known) throw new RangeError(`The "${label}" encoding is not supported`);
    this.encoding = known;
    this.fatal = Boolean(options.fatal);
  }
  decode(source?: ArrayBuffer | ArrayBufferView): string {
    if (!source) return '';
    const bytes =
      source instanceof ArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    if (this.encoding !== 'utf-8') return fromBytes(bytes, 'latin1');
    const text = decodeUtf8(bytes, this.fatal);
    if (text === null)
      throw Object.assign(new TypeError('The encoded data was not valid for encoding utf-8'), {
        code: 'ERR_ENCODING_INVALID_ENCODED_DATA',
      });
    return text.replace(/^\uFEFF/, '');
  }
}
