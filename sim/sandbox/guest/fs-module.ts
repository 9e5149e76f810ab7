// `node:fs` and `node:fs/promises` over the environment's files. https://nodejs.org/api/fs.html
import { bufferFrom, toBytes } from './buffer';
import { nodeError, wrongArgument } from './errors';
import {
  type Found,
  fsError,
  listFolder,
  lookUp,
  makeFolder,
  moveNode,
  normalize,
  readBytes,
  removeFile,
  removeFolder,
  writeBytes,
} from './fs-store';
import { randomUUID } from './random';
import { nextTick } from './timers';
import { fileUrlToPath, GuestURL } from './url';

type PathLike = string | GuestURL | Uint8Array;
type Encoding = string | { encoding?: string | null; flag?: string } | null | undefined;
type Data = string | Uint8Array;

function pathOf(path: PathLike): string {
  if (path instanceof GuestURL) return normalize(fileUrlToPath(path));
  if (path instanceof Uint8Array) return normalize(bufferFrom(path).toString());
  if (typeof path === 'string') return normalize(path);
  throw wrongArgument('path', 'of type string or an instance of Buffer or URL', path);
}

function bytesOf(data: Data, options: Encoding): Uint8Array {
  if (typeof data === 'string') return toBytes(data, encodingOf(options) ?? 'utf8');
  if (data instanceof Uint8Array) return data;
  throw wrongArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}

function encodingOf(options: Encoding): string | null {
  return (typeof options === 'string' ? options : options?.encoding) ?? null;
}

class Stats {
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
  constructor(private readonly found: NonNullable<Found>) {
    this.size = found.kind === 'file' ? found.bytes.length : 4096;
    this.mtimeMs = found.kind === 'file' ? found.changedMs : 0;
    this.mode = found.kind === 'file' ? 0o100644 : 0o40755;
    Object.defineProperty(this, 'found', { enumerable: false });
  }
  get mtime(): Date {
    return new Date(this.mtimeMs);
  }
  isFile(): boolean {
    return this.found.kind === 'file';
  }
  isDirectory(): boolean {
    return this.found.kind === 'folder';
  }
  isSymbolicLink(): boolean {
    return false;
  }
}

function stat(path: PathLike, options: { throwIfNoEntry?: boolean } = {}): Stats | undefined {
  const found = lookUp(pathOf(path));
  if (found) return new Stats(found);
  if (options.throwIfNoEntry === false) return undefined;
  throw fsError('ENOENT', 'stat', pathOf(path));
}

function remove(path: string, options: { recursive?: boolean; force?: boolean }): void {
  const found = lookUp(path);
  if (!found) {
    if (options.force) return;
    throw fsError('ENOENT', 'rm', path);
  }
  if (found.kind === 'file') {
    removeFile(path, 'rm');
    return;
  }
  if (!options.recursive) throw nodeError(Error, 'ERR_FS_EISDIR', `Path is a directory: rm returned EISDIR (is a directory) ${path}`);
  for (const name of listFolder(path)) remove(`${path}/${name}`, options);
  removeFolder(path);
}

/** The synchronous functions without their ending; the other two styles are made from them. */
const operations = {
  readFile(path: PathLike, options?: Encoding): Data {
    const bytes = bufferFrom(readBytes(pathOf(path)));
    const encoding = encodingOf(options);
    return encoding ? bytes.toString(encoding) : bytes;
  },
  writeFile(path: PathLike, data: Data, options?: Encoding): void {
    const flag = typeof options === 'object' ? options?.flag : undefined;
    writeBytes(pathOf(path), bytesOf(data, options), flag === 'a' ? 'append' : flag === 'wx' ? 'create' : 'replace');
  },
  appendFile: (path: PathLike, data: Data, options?: Encoding) => writeBytes(pathOf(path), bytesOf(data, options), 'append'),
  unlink: (path: PathLike) => removeFile(pathOf(path)),
  mkdir: (path: PathLike, options?: { recursive?: boolean }) => makeFolder(pathOf(path), Boolean(options?.recursive)),
  rmdir: (path: PathLike) => removeFolder(pathOf(path)),
  readdir: (path: PathLike) => listFolder(pathOf(path)),
  rename: (from: PathLike, to: PathLike) => moveNode(pathOf(from), pathOf(to)),
  copyFile: (from: PathLike, to: PathLike) => writeBytes(pathOf(to), readBytes(pathOf(from), 'copyfile'), 'replace'),
  rm: (path: PathLike, options: { recursive?: boolean; force?: boolean } = {}) => remove(pathOf(path), options),
  stat,
  lstat: stat,
  access(path: PathLike): void {
    if (!lookUp(pathOf(path))) throw fsError('ENOENT', 'access', pathOf(path));
  },
  truncate(path: PathLike, length = 0): void {
    const bytes = readBytes(pathOf(path));
    const cut = new Uint8Array(length);
    cut.set(bytes.subarray(0, length));
    writeBytes(pathOf(path), cut, 'replace');
  },
  mkdtemp(prefix: string): string {
    const path = prefix + randomUUID().replaceAll('-', '').slice(0, 6);
    makeFolder(pathOf(path), false);
    return path;
  },
};

type Operation = (...args: unknown[]) => unknown;

const sync: Record<string, Operation> = {};
const promised: Record<string, Operation> = {};
const withCallback: Record<string, Operation> = {};
for (const [name, operation] of Object.entries(operations) as [string, Operation][]) {
  sync[`${name}Sync`] = operation;
  promised[name] = async (...args) => operation(...args);
  withCallback[name] = (...args) => {
    const callback = args.pop();
    if (typeof callback !== 'function') throw wrongArgument('cb', 'of type function', callback);
    try {
      nextTick(callback, null, operation(...args));
    } catch (error) {
      nextTick(callback, error);
    }
  };
}

const constants = { F_OK: 0, X_OK: 1, W_OK: 2, R_OK: 4 };
export const fsPromisesModule = { ...promised, constants };
export const fsModule = {
  ...withCallback,
  ...sync,
  existsSync(path: PathLike): boolean {
    return typeof path === 'string' && lookUp(normalize(path)) !== null;
  },
  promises: fsPromisesModule,
  constants,
};
