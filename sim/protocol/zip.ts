// Deployment packages: the files of a zip archive, found through its central directory.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.12 and 4.3.16
// Simplified: a package's files are text; Lambda also keeps binaries, links and permissions. ZIP64 and encryption are not read.
import { fromUtf8 } from './bytes';

/** Unzipped size of a function with its layers. LAM-ENV-X01. */
const UNZIPPED_BYTES_MAX = 262_144_000;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;

const STORED = 0;
const DEFLATED = 8;

export type Unzipped = { files: Record<string, string> } | { broken: 'archive' | 'size' };

/** The text of each file by its path. */
export async function unzip(bytes: Uint8Array): Promise<Unzipped> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files: [string, string][] = [];
  let total = 0;
  try {
    const end = endOfDirectory(view);
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      if (view.getUint32(at, true) !== DIRECTORY_ENTRY) return { broken: 'archive' };
      const method = view.getUint16(at + 10, true);
      const packed = view.getUint32(at + 20, true);
      const size = view.getUint32(at + 24, true);
      const nameBytes = view.getUint16(at + 28, true);
      const path = fromUtf8(bytes.subarray(at + 46, at + 46 + nameBytes));
      const local = view.getUint32(at + 42, true);
      at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
      total += size;
      if (total > UNZIPPED_BYTES_MAX) return { broken: 'size' };
      if (path.endsWith('/')) continue;
      if (view.getUint32(local, true) !== LOCAL_HEADER) return { broken: 'archive' };
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const content = await unpack(method, bytes.subarray(start, start + packed), size);
      if (!content) return { broken: 'archive' };
      files.push([path, fromUtf8(content)]);
    }
  } catch {
    // A position outside of the archive, or bytes that no compressor wrote.
    return { broken: 'archive' };
  }
  return files.length === 0 ? { broken: 'archive' } : { files: Object.fromEntries(files) };
}

function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - END_BYTES; at >= Math.max(0, view.byteLength - END_BYTES - COMMENT_BYTES_MAX); at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw new RangeError('The archive has no directory.');
}

/** Null where the bytes are not what the directory says. */
async function unpack(method: number, packed: Uint8Array, size: number): Promise<Uint8Array | null> {
  if (method === STORED) return packed.length === size ? packed : null;
  if (method !== DEFLATED) return null;
  const content = await decompress(packed, 'deflate-raw', size);
  return content.length === size ? content : null;
}

/** Throws for bytes that are not in this format, and for more bytes than `max`: a small archive may hold very much. */
export async function decompress(bytes: Uint8Array, format: 'gzip' | 'deflate-raw', max: number): Promise<Uint8Array> {
  const reader = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    length += chunk.value.length;
    if (length > max) {
      await reader.cancel();
      throw new RangeError(`More than ${max} bytes.`);
    }
    chunks.push(chunk.value);
  }
  const content = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}
