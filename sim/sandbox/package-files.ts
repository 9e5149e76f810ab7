// A deployment package as Node.js on Lambda sees it: which file a specifier names, and whether it is a module, a script or data.
// https://nodejs.org/api/esm.html#resolution-algorithm-specification, https://nodejs.org/api/modules.html#all-together
import { GuestError } from './engine';
import { MISSING_NODE_MODULES, NODE_MODULES } from './guest/builtin-modules';
import { SDK_PACKAGES } from './guest/sdk-packages';

export const TASK_ROOT = '/var/task/';
/** Files of layers; their keys are their whole paths. */
const LAYERS_ROOT = '/opt/';
/** Where layers keep packages: what NODE_PATH names on Lambda, for `import` too. */
const LAYER_PACKAGES = ['/opt/nodejs/node22/node_modules', '/opt/nodejs/node_modules'];

export type FileKind = 'module' | 'script' | 'json';
/** How a specifier is loaded: `require` also finds files without extension and folders. */
export type ResolveBy = 'require' | 'import';

const BUILTINS = new Set<string>([...NODE_MODULES.map((name) => `node:${name}`), ...SDK_PACKAGES]);
const NODE_NAMES = new Set<string>(NODE_MODULES);
const ABSENT_NAMES = new Set<string>(MISSING_NODE_MODULES);
const MODULE_SYNTAX = /^[ \t]*(?:import\b(?!\s*[(.])|export\b(?!\s*[=.]))/m;

export class PackageFiles {
  private readonly kinds = new Map<string, FileKind>();
  private readonly descriptions = new Map<string, Record<string, unknown> | undefined>();

  constructor(private readonly files: Readonly<Record<string, string>>) {}

  /** Text of a file by its path under /var/task or /opt. */
  text(path: string): string | undefined {
    const name = path.startsWith(TASK_ROOT) ? path.slice(TASK_ROOT.length) : path.startsWith(LAYERS_ROOT) ? path : '';
    return Object.hasOwn(this.files, name) ? this.files[name] : undefined;
  }

  has(path: string): boolean {
    return this.text(path) !== undefined;
  }

  paths(): string[] {
    return Object.keys(this.files).map((name) => (name.startsWith(LAYERS_ROOT) ? name : TASK_ROOT + name));
  }

  /**
   * Simplified: a .js file with import or export statements is a module even without `"type": "module"`, as Node.js 22 does it
   * outside Lambda.
   */
  kindOf(path: string): FileKind {
    const kind = this.kinds.get(path) ?? this.findKind(path);
    if (this.has(path)) this.kinds.set(path, kind);
    return kind;
  }

  private findKind(path: string): FileKind {
    const extension = /\.(\w+)$/.exec(path)?.[1] ?? '';
    if (extension === 'json') return 'json';
    if (extension === 'mjs' || extension === 'mts') return 'module';
    if (extension === 'cjs' || extension === 'cts') return 'script';
    const type = this.packageField(path, 'type');
    if (type === 'module') return 'module';
    if (type === 'commonjs' && extension !== 'ts') return 'script';
    return MODULE_SYNTAX.test(this.text(path) ?? '') ? 'module' : 'script';
  }

  /** The full name of what a specifier means: `node:fs`, `@aws-sdk/client-sqs`, `/var/task/src/prices.mjs`. */
  resolve(specifier: string, from: string, by: ResolveBy): string {
    const builtin = builtinName(specifier);
    if (builtin) return builtin;
    const found = /^(\.{0,2}\/|\.{1,2}$|file:)/.test(specifier)
      ? this.resolvePath(specifier, from, by)
      : this.resolvePackage(specifier, from, by);
    if (found) return found;
    throw notFound(specifier, from, by);
  }

  private resolvePath(specifier: string, from: string, by: ResolveBy): string | undefined {
    const target = specifier.startsWith('file://') ? decoded(specifier.slice('file://'.length)) : specifier;
    const path = target.startsWith('/') ? normalizePath(target) : normalizePath(`${from.slice(0, from.lastIndexOf('/'))}/${target}`);
    // What a bundler does for TypeScript: `./prices.js` and `./prices` mean prices.ts.
    const loose = by === 'require' || /\.m?ts$/.test(from);
    return this.firstFile(path, loose);
  }

  private firstFile(path: string, loose: boolean): string | undefined {
    const typed = path.replace(/\.(m|c)?js$/, '.$1ts');
    const candidates = loose
      ? [path, ...['.js', '.json', '.ts', '.mjs', '.cjs', '/index.js', '/index.ts'].map((end) => path + end), typed]
      : [path, typed];
    return candidates.find((candidate) => this.has(candidate));
  }

  private resolvePackage(specifier: string, from: string, by: ResolveBy): string | undefined {
    const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(specifier) ?? [];
    const places: string[] = [];
    for (
      let folder = from.slice(0, from.lastIndexOf('/'));
      folder.startsWith('/var/task') || folder.startsWith(LAYERS_ROOT);
      folder = folder.slice(0, folder.lastIndexOf('/'))
    ) {
      places.push(`${folder}/node_modules`);
    }
    for (const place of [...places, ...LAYER_PACKAGES]) {
      const root = `${place}/${name}`;
      const description = this.readJson(`${root}/package.json`);
      const exported = description ? exportedPath(description.exports, subpath ? `./${subpath}` : '.', by) : undefined;
      const main = typeof description?.main === 'string' ? description.main : 'index.js';
      const found = this.firstFile(normalizePath(`${root}/${exported ?? (subpath || main)}`), exported === undefined);
      if (found) return found;
    }
    return undefined;
  }

  /** A field of the nearest package.json. */
  private packageField(path: string, field: string): unknown {
    for (let folder = path; folder.length > TASK_ROOT.length; ) {
      folder = folder.slice(0, folder.lastIndexOf('/'));
      const description = this.readJson(`${folder}/package.json`);
      if (description) return description[field];
    }
    return undefined;
  }

  private readJson(path: string): Record<string, unknown> | undefined {
    const text = this.text(path);
    if (text === undefined || this.descriptions.has(path)) return this.descriptions.get(path);
    const description = parseObject(text);
    this.descriptions.set(path, description);
    return description;
  }
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function builtinName(specifier: string): string | undefined {
  if (BUILTINS.has(specifier)) return specifier;
  return NODE_NAMES.has(specifier) ? `node:${specifier}` : undefined;
}

function exportedPath(exports: unknown, subpath: string, by: ResolveBy): string | undefined {
  if (typeof exports === 'string') return subpath === '.' ? exports : undefined;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const table = exports as Record<string, unknown>;
  if (Object.hasOwn(table, subpath)) return exportedPath(table[subpath], '.', by);
  for (const condition of [by, 'node', 'default']) {
    if (Object.hasOwn(table, condition)) return exportedPath(table[condition], subpath, by);
  }
  return undefined;
}

function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function notFound(specifier: string, from: string, by: ResolveBy): GuestError {
  const plain = specifier.replace(/^node:/, '');
  if (ABSENT_NAMES.has(plain)) {
    return new GuestError(
      `The module '${plain}' exists on AWS but not in this simulator, which offers: ${NODE_MODULES.join(', ')}`,
      'Error',
      'MODULE_NOT_FOUND',
    );
  }
  if (specifier.startsWith('node:')) return new GuestError(`No such built-in module: ${specifier}`, 'Error', 'ERR_UNKNOWN_BUILTIN_MODULE');
  if (by === 'require') return new GuestError(`Cannot find module '${specifier}'\nRequire stack:\n- ${from}`, 'Error', 'MODULE_NOT_FOUND');
  const isPath = /^[./]|^file:/.test(specifier);
  const shown = isPath
    ? normalizePath(specifier.startsWith('/') ? specifier : `${from.slice(0, from.lastIndexOf('/'))}/${specifier}`)
    : specifier;
  return new GuestError(`Cannot find ${isPath ? 'module' : 'package'} '${shown}' imported from ${from}`, 'Error', 'ERR_MODULE_NOT_FOUND');
}
