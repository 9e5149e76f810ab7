// The file system of an environment: /var/task to read, /tmp to write, nothing else. /tmp stays while the environment is warm.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html (LAM-ENV-04)
import { bufferFrom } from './buffer';
import { host, parse } from './host';

export interface FileNode {
  bytes: Uint8Array;
  changedMs: number;
}

/** Files of /tmp by path; folders map to null. */
const nodes = new Map<string, FileNode | null>([['/tmp', null]]);
const limit = { bytesMax: 0, used: 0 };
const FILE_OVERHEAD_BYTES = 4096;

/** Size and time of each file; folders map to null. */
export type TmpFiles = Record<string, { size: number; changedMs: number } | null>;

/** After a reset /tmp holds what it held before (LAM-CLD-X04). The host gives the bytes when a file is first looked up. */
export function startTmp(bytesMax: number, files: TmpFiles): void {
  limit.bytesMax = bytesMax;
  for (const [path, file] of Object.entries(files)) {
    if (file) limit.used += file.size + FILE_OVERHEAD_BYTES;
    nodes.set(path, file && earlierFile(path, file.changedMs));
  }
  if (limit.used > 0) host.tmpUsed(limit.used);
}

function earlierFile(path: string, changedMs: number): FileNode {
  let bytes: Uint8Array | null = null;
  return {
    changedMs,
    get bytes() {
      bytes ??= new Uint8Array(host.tmpBytes(path));
      return bytes;
    },
  };
}

const ERRORS = {
  ENOENT: [-2, 'no such file or directory'],
  EEXIST: [-17, 'file already exists'],
  ENOTDIR: [-20, 'not a directory'],
  EISDIR: [-21, 'illegal operation on a directory'],
  ENOSPC: [-28, 'no space left on device'],
  EROFS: [-30, 'read-only file system'],
  ENOTEMPTY: [-39, 'directory not empty'],
} as const;

export function fsError(code: keyof typeof ERRORS, syscall: string, path: string): Error {
  const [errno, text] = ERRORS[code];
  const error = new Error(`${code}: ${text}, ${syscall}${code === 'ENOSPC' ? '' : ` '${path}'`}`);
  return Object.assign(error, { errno, code, syscall, ...(code === 'ENOSPC' ? {} : { path }) });
}

export function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `/var/task/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function packageFiles(): string[] {
  return parse(host.listFiles()) as string[];
}

const isFolderOf = (folder: string, paths: Iterable<string>) =>
  [...paths].some((path) => path.startsWith(folder === '/' ? '/' : `${folder}/`));

export type Found = { kind: 'file'; bytes: Uint8Array; changedMs: number } | { kind: 'folder' } | null;

export function lookUp(path: string): Found {
  const node = nodes.get(path);
  if (node) return { kind: 'file', ...node };
  if (node === null) return { kind: 'folder' };
  const text = host.readFile(path);
  if (text !== undefined) return { kind: 'file', bytes: bufferFrom(parse(text) as string, 'utf8'), changedMs: 0 };
  if (['/', '/var', '/var/task'].includes(path) || isFolderOf(path, packageFiles())) return { kind: 'folder' };
  return null;
}

export function readBytes(path: string, syscall = 'open'): Uint8Array {
  const found = lookUp(path);
  if (!found) throw fsError('ENOENT', syscall, path);
  if (found.kind === 'folder') throw fsError('EISDIR', 'read', path);
  return found.bytes;
}

function requireWritable(path: string, syscall: string): void {
  if (path !== '/tmp' && !path.startsWith('/tmp/')) throw fsError('EROFS', syscall, path);
  const parent = path.slice(0, path.lastIndexOf('/'));
  if (path !== '/tmp' && nodes.get(parent) === undefined) throw fsError('ENOENT', syscall, path);
  if (nodes.get(parent)) throw fsError('ENOTDIR', syscall, path);
}

function account(change: number): void {
  limit.used += change;
  host.tmpUsed(limit.used);
}

const MIRRORED_AT_ONCE = 1_048_576;

/** In pieces, since each is copied on its way to the host. */
function mirror(path: string, buffer: ArrayBufferLike, changedFrom: number): void {
  let from = changedFrom;
  do {
    host.tmpWritten(path, buffer.slice(from, from + MIRRORED_AT_ONCE), from);
    from += MIRRORED_AT_ONCE;
  } while (from < buffer.byteLength);
}

export function writeBytes(path: string, bytes: Uint8Array, mode: 'replace' | 'append' | 'create'): void {
  requireWritable(path, 'open');
  const existing = nodes.get(path);
  if (existing === null) throw fsError('EISDIR', 'open', path);
  if (existing && mode === 'create') throw fsError('EEXIST', 'open', path);
  const before = existing ? existing.bytes.length + FILE_OVERHEAD_BYTES : 0;
  const kept = mode === 'append' && existing ? existing.bytes.length : 0;
  const change = kept + bytes.length + FILE_OVERHEAD_BYTES - before;
  if (limit.used + change > limit.bytesMax) throw fsError('ENOSPC', 'write', path);
  const whole = new Uint8Array(kept + bytes.length);
  if (existing && kept > 0) whole.set(existing.bytes);
  whole.set(bytes, kept);
  nodes.set(path, { bytes: whole, changedMs: host.now() });
  mirror(path, whole.buffer, kept);
  account(change);
}

export function makeFolder(path: string, isRecursive: boolean): void {
  const found = lookUp(path);
  if (found?.kind === 'folder' && isRecursive) return;
  if (found) throw fsError('EEXIST', 'mkdir', path);
  const parent = path.slice(0, path.lastIndexOf('/'));
  if (isRecursive && parent.startsWith('/tmp') && nodes.get(parent) === undefined) makeFolder(parent, true);
  requireWritable(path, 'mkdir');
  nodes.set(path, null);
  host.tmpFolderMade(path);
}

export function listFolder(path: string): string[] {
  const found = lookUp(path);
  if (!found) throw fsError('ENOENT', 'scandir', path);
  if (found.kind === 'file') throw fsError('ENOTDIR', 'scandir', path);
  const prefix = path === '/' ? '/' : `${path}/`;
  const names = new Set<string>();
  for (const known of [...nodes.keys(), ...packageFiles()]) {
    if (known.startsWith(prefix) && known.length > prefix.length) names.add(known.slice(prefix.length).split('/')[0] ?? '');
  }
  return [...names].sort();
}

export function removeFile(path: string, syscall = 'unlink'): void {
  const found = lookUp(path);
  if (!found) throw fsError('ENOENT', syscall, path);
  requireWritable(path, syscall);
  if (found.kind === 'folder') throw fsError('EISDIR', syscall, path);
  nodes.delete(path);
  host.tmpRemoved(path);
  account(-(found.bytes.length + FILE_OVERHEAD_BYTES));
}

export function removeFolder(path: string): void {
  if (lookUp(path)?.kind !== 'folder') throw fsError(lookUp(path) ? 'ENOTDIR' : 'ENOENT', 'rmdir', path);
  requireWritable(path, 'rmdir');
  if (listFolder(path).length > 0) throw fsError('ENOTEMPTY', 'rmdir', path);
  if (path === '/tmp') return;
  nodes.delete(path);
  host.tmpRemoved(path);
}

export function moveNode(from: string, to: string): void {
  const bytes = readBytes(from, 'rename');
  requireWritable(from, 'rename');
  requireWritable(to, 'rename');
  if (from === to) return;
  if (lookUp(to)?.kind === 'file') removeFile(to, 'rename');
  removeFile(from, 'rename');
  writeBytes(to, bytes, 'replace');
}
