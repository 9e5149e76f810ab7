// URL and URLSearchParams for the schemes that handlers meet. https://url.spec.whatwg.org/
// Simplified: host names are ASCII; percent-encoding follows the specification for path, query and fragment.
import { nodeError } from './errors';
import { decodeUtf8, encodeUtf8 } from './utf8';

const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': '' };

function percentEncode(text: string, keep: RegExp): string {
  if (UNRESERVED.test(text)) return text;
  let out = '';
  for (const byte of encodeUtf8(text)) {
    const character = String.fromCharCode(byte);
    out += byte < 0x80 && keep.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

export function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = /^%[0-9a-f]{2}/i.test(text.slice(at, at + 3)) ? Number.parseInt(text.slice(at + 1, at + 3), 16) : null;
    if (code === null) bytes.push(...encodeUtf8(text[at] ?? ''));
    else {
      bytes.push(code);
      at += 2;
    }
  }
  return decodeUtf8(Uint8Array.from(bytes)) ?? '';
}

/** Kept wherever it stands: the usual text, known by one look. */
const UNRESERVED = /^[\w.-]*$/;
const PATH_KEEP = /[!$-;=@A-Z[\\\]_a-z|~]/;
const QUERY_KEEP = /[!$-&(-;=?-~]/;
const FRAGMENT_KEEP = /[!#-;=?-_a-~]/;
const USER_KEEP = /[A-Za-z0-9\-._~!$&'()*+,%]/;
const FORM_KEEP = /[A-Za-z0-9*\-._]/;

type Pairs = Iterable<readonly [string, string]>;

export class GuestURLSearchParams {
  #pairs: [string, string][] = [];
  #onChange: (() => void) | undefined;

  constructor(source: string | Pairs | Record<string, unknown> = '') {
    if (typeof source === 'string') this.#pairs = parseForm(source.replace(/^\?/, ''));
    else if (typeof (source as Pairs)[Symbol.iterator] === 'function') {
      for (const [name, value] of source as Pairs) this.#pairs.push([String(name), String(value)]);
    } else for (const [name, value] of Object.entries(source)) this.#pairs.push([name, String(value)]);
  }
  /** Ties the list to a URL's query. */
  static of(query: string, onChange: () => void): GuestURLSearchParams {
    const made = new GuestURLSearchParams(query);
    made.#onChange = onChange;
    return made;
  }
  get size(): number {
    return this.#pairs.length;
  }
  append(name: string, value: unknown): void {
    this.#pairs.push([String(name), String(value)]);
    this.#onChange?.();
  }
  delete(name: string): void {
    this.#pairs = this.#pairs.filter(([known]) => known !== name);
    this.#onChange?.();
  }
  get(name: string): string | null {
    return this.#pairs.find(([known]) => known === name)?.[1] ?? null;
  }
  getAll(name: string): string[] {
    return this.#pairs.filter(([known]) => known === name).map(([, value]) => value);
  }
  has(name: string): boolean {
    return this.#pairs.some(([known]) => known === name);
  }
  set(name: string, value: unknown): void {
    const index = this.#pairs.findIndex(([known]) => known === name);
    if (index === -1) {
      this.append(name, value);
      return;
    }
    this.#pairs = this.#pairs.filter(([known], at) => known !== name || at <= index);
    this.#pairs[index] = [name, String(value)];
    this.#onChange?.();
  }
  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#onChange?.();
  }
  forEach(callback: (value: string, name: string, params: GuestURLSearchParams) => void): void {
    for (const [name, value] of this.#pairs) callback(value, name, this);
  }
  *entries(): IterableIterator<[string, string]> {
    yield* this.#pairs.map(([name, value]): [string, string] => [name, value]);
  }
  *keys(): IterableIterator<string> {
    for (const [name] of this.#pairs) yield name;
  }
  *values(): IterableIterator<string> {
    for (const [, value] of this.#pairs) yield value;
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
  toString(): string {
    return this.#pairs.map((pair) => pair.map((part) => percentEncode(part, FORM_KEEP).replaceAll('%20', '+')).join('=')).join('&');
  }
}

function parseForm(text: string): [string, string][] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      const [name, value] = at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
      return [percentDecode(name.replaceAll('+', ' ')), percentDecode(value.replaceAll('+', ' '))];
    });
}

interface Parts {
  protocol: string;
  username: string;
  password: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
}

/** An absolute address in which nothing has to be changed or resolved: no user, no dots that begin a part, no escapes. */
const PLAIN = /^(https?):\/\/([a-z\d][a-z\d.-]*)(\/[\w\-~/.]*)?$/;

/** What `new URL(text).href` gives, for the addresses that most requests go to; null for all others. */
export function plainHref(text: string): string | null {
  const match = PLAIN.exec(text);
  if (!match) return null;
  const [, , , path = ''] = match;
  if (path === '') return `${text}/`;
  return path.includes('/.') ? null : text;
}

function parseParts(text: string, base?: GuestURL): Parts | null {
  const input = text.trim().replace(/[\t\n\r]/g, '');
  const [, scheme, afterScheme = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(input) ?? [];
  if (scheme === undefined) return base ? resolveAgainst(input, base) : null;
  const protocol = `${scheme.toLowerCase()}:`;
  const isSpecial = protocol in DEFAULT_PORTS;
  const [, beforeHash = '', hash = ''] = /^([^#]*)(#.*)?$/s.exec(afterScheme) ?? [];
  const [, beforeQuery = '', search = ''] = /^([^?]*)(\?.*)?$/s.exec(beforeHash) ?? [];
  const rest = isSpecial ? beforeQuery.replaceAll('\\', '/') : beforeQuery;
  const tail = { search: encodeQuery(search), hash: hash.length > 1 ? `#${percentEncode(hash.slice(1), FRAGMENT_KEEP)}` : '' };
  const empty = { protocol, username: '', password: '', hostname: '', port: '', ...tail };
  if (!rest.startsWith('//') && !isSpecial) return { ...empty, pathname: rest };
  const [, authority = '', path = ''] = /^\/*([^/]*)(.*)$/s.exec(rest) ?? [];
  if (protocol === 'file:') return { ...empty, pathname: encodePath(rest.replace(/^\/\/[^/]*/, '') || '/') };
  const [, user, password, hostname = '', port = ''] = /^(?:([^:@]*)(?::([^@]*))?@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority) ?? [];
  const host = percentDecode(hostname).toLowerCase();
  if ((isSpecial && host === '') || /[\s#%/<>?@\\^|]/.test(host) || Number(port) > 65_535 || !authorityIsWhole(authority)) return null;
  return {
    ...empty,
    username: percentEncode(user ?? '', USER_KEEP),
    password: percentEncode(password ?? '', USER_KEEP),
    hostname: host,
    port: port === DEFAULT_PORTS[protocol] ? '' : port === '' ? '' : String(Number(port)),
    pathname: isSpecial ? encodePath(path || '/') : encodePath(path),
  };
}

function authorityIsWhole(authority: string): boolean {
  return /^(?:[^@]*@)?(?:\[[^\]]*\]|[^:]*)(?::\d*)?$/.test(authority);
}

function resolveAgainst(input: string, base: GuestURL): Parts | null {
  const origin = `${base.protocol}//${base.host}`;
  if (input.startsWith('//')) return parseParts(base.protocol + input);
  if (input.startsWith('/')) return parseParts(origin + input);
  if (input === '') return parseParts(`${origin}${base.pathname}${base.search}`);
  if (input.startsWith('?')) return parseParts(`${origin}${base.pathname}${input}`);
  if (input.startsWith('#')) return parseParts(`${origin}${base.pathname}${base.search}${input}`);
  return parseParts(`${origin}${base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1)}${input}`);
}

function encodeQuery(search: string): string {
  return search.length > 1 ? `?${percentEncode(search.slice(1), QUERY_KEEP)}` : '';
}

function encodePath(path: string): string {
  const parts: string[] = [];
  const given = path.split('/').slice(1);
  given.forEach((part, index) => {
    const isLast = index === given.length - 1;
    if (/^(\.|%2e)(\.|%2e)$/i.test(part)) {
      parts.pop();
      if (isLast) parts.push('');
    } else if (/^(\.|%2e)$/i.test(part)) {
      if (isLast) parts.push('');
    } else parts.push(percentEncode(part, PATH_KEEP));
  });
  return path === '' ? '' : `/${parts.join('/')}`;
}

export class GuestURL {
  #parts: Parts;
  readonly searchParams: GuestURLSearchParams;

  constructor(text: unknown, base?: unknown) {
    const parts = parseParts(String(text), base === undefined ? undefined : new GuestURL(String(base)));
    if (!parts) throw nodeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL', { input: String(text) });
    this.#parts = parts;
    this.searchParams = GuestURLSearchParams.of(parts.search, () => {
      const query = this.searchParams.toString();
      this.#parts.search = query ? `?${query}` : '';
    });
    Object.defineProperty(this, 'searchParams', { enumerable: false });
  }
  static canParse(text: unknown, base?: unknown): boolean {
    return GuestURL.parse(text, base) !== null;
  }
  static parse(text: unknown, base?: unknown): GuestURL | null {
    try {
      return new GuestURL(text, base);
    } catch {
      return null;
    }
  }
  get protocol(): string {
    return this.#parts.protocol;
  }
  set protocol(value: string) {
    this.#parts.protocol = `${String(value).replace(/:.*$/, '').toLowerCase()}:`;
  }
  get username(): string {
    return this.#parts.username;
  }
  get password(): string {
    return this.#parts.password;
  }
  get hostname(): string {
    return this.#parts.hostname;
  }
  set hostname(value: string) {
    this.#parts.hostname = String(value).toLowerCase();
  }
  get port(): string {
    return this.#parts.port;
  }
  set port(value: string | number) {
    this.#parts.port = String(value) === DEFAULT_PORTS[this.protocol] ? '' : String(value);
  }
  get host(): string {
    return this.port ? `${this.hostname}:${this.port}` : this.hostname;
  }
  get origin(): string {
    return this.protocol in DEFAULT_PORTS && this.protocol !== 'file:' ? `${this.protocol}//${this.host}` : 'null';
  }
  get pathname(): string {
    return this.#parts.pathname;
  }
  set pathname(value: string) {
    this.#parts.pathname = encodePath(String(value).startsWith('/') ? String(value) : `/${value}`);
  }
  get search(): string {
    return this.#parts.search;
  }
  set search(value: string) {
    for (const name of [...this.searchParams.keys()]) this.searchParams.delete(name);
    for (const [name, text] of new GuestURLSearchParams(String(value))) this.searchParams.append(name, text);
    this.#parts.search = encodeQuery(value === '' || String(value).startsWith('?') ? String(value) : `?${value}`);
  }
  get hash(): string {
    return this.#parts.hash;
  }
  set hash(value: string) {
    const text = String(value).replace(/^#/, '');
    this.#parts.hash = text ? `#${percentEncode(text, FRAGMENT_KEEP)}` : '';
  }
  get href(): string {
    const { protocol, username, password, pathname, search, hash } = this.#parts;
    const user = username || password ? `${username}${password ? `:${password}` : ''}@` : '';
    const authority = this.hostname || protocol === 'file:' ? `//${user}${this.host}` : '';
    return `${protocol}${authority}${pathname}${search}${hash}`;
  }
  toString(): string {
    return this.href;
  }
  toJSON(): string {
    return this.href;
  }
}

export function fileUrlToPath(url: string | GuestURL): string {
  const parsed = typeof url === 'string' ? new GuestURL(url) : url;
  if (parsed.protocol !== 'file:') throw nodeError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  return percentDecode(parsed.pathname);
}
