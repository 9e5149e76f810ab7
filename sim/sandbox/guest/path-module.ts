// `node:path` for POSIX. https://nodejs.org/api/path.html

function normalizeParts(path: string, isAbsolute: boolean): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute) parts.push('..');
  }
  return parts.join('/');
}

function normalize(path: string): string {
  if (path === '') return '.';
  const isAbsolute = path.startsWith('/');
  const body = normalizeParts(path, isAbsolute);
  const tail = path.endsWith('/') && body !== '' ? '/' : '';
  return isAbsolute ? `/${body}${tail}` : (body || '.') + tail;
}

function resolve(...paths: string[]): string {
  let resolved = '';
  for (const path of [...paths].reverse()) {
    resolved = resolved ? `${path}/${resolved}` : path;
    if (path.startsWith('/')) return `/${normalizeParts(resolved, true)}`;
  }
  return `/${normalizeParts(`/var/task/${resolved}`, true)}`;
}

function basename(path: string, suffix = ''): string {
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return suffix && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name;
}

function dirname(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const at = trimmed.lastIndexOf('/');
  if (at === -1) return path.startsWith('/') ? '/' : '.';
  return trimmed.slice(0, at).replace(/\/+$/, '') || '/';
}

function extname(path: string): string {
  const name = basename(path);
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at);
}

function relative(from: string, to: string): string {
  const a = resolve(from).split('/').filter(Boolean);
  const b = resolve(to).split('/').filter(Boolean);
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return [...a.slice(shared).map(() => '..'), ...b.slice(shared)].join('/');
}

const posix = {
  sep: '/',
  delimiter: ':',
  normalize,
  resolve,
  basename,
  dirname,
  extname,
  relative,
  join: (...paths: string[]) => normalize(paths.filter((path) => path !== '').join('/')),
  isAbsolute: (path: string) => path.startsWith('/'),
  parse(path: string) {
    const base = basename(path);
    const ext = extname(path);
    const root = path.startsWith('/') ? '/' : '';
    const dir = dirname(path);
    return { root, dir: dir === '.' && !path.startsWith('.') ? '' : dir, base, ext, name: ext ? base.slice(0, -ext.length) : base };
  },
  format(parts: { dir?: string; root?: string; base?: string; name?: string; ext?: string }) {
    const base = parts.base ?? `${parts.name ?? ''}${parts.ext ?? ''}`;
    const dir = parts.dir ?? parts.root;
    return dir ? (dir === parts.root ? dir + base : `${dir}/${base}`) : base;
  },
};

export const pathModule = { ...posix, posix };
