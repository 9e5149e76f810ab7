// Header lists. https://fetch.spec.whatwg.org/#headers-class

export type HeadersSource = GuestHeaders | Record<string, unknown> | Iterable<readonly [string, unknown]> | undefined;

const NAME = /^[!#$%&'*+\-.^_`|~\w]+$/;

/** The list as a plain object, in the order of `entries`. No method, so that learners do not see it. */
export let membersOf: (headers: GuestHeaders) => Record<string, string>;

export class GuestHeaders {
  #values = new Map<string, string>();

  constructor(source?: HeadersSource) {
    if (!source) return;
    const isList = typeof (source as Iterable<unknown>)[Symbol.iterator] === 'function';
    const pairs = isList ? (source as Iterable<readonly [string, unknown]>) : Object.entries(source as Record<string, unknown>);
    for (const [name, value] of pairs) this.append(name, value);
  }
  append(name: string, value: unknown): void {
    const key = checkedName(name);
    const known = this.#values.get(key);
    this.#values.set(key, known === undefined ? String(value).trim() : `${known}, ${String(value).trim()}`);
  }
  set(name: string, value: unknown): void {
    this.#values.set(checkedName(name), String(value).trim());
  }
  get(name: string): string | null {
    return this.#values.get(checkedName(name)) ?? null;
  }
  has(name: string): boolean {
    return this.#values.has(checkedName(name));
  }
  delete(name: string): void {
    this.#values.delete(checkedName(name));
  }
  forEach(callback: (value: string, name: string, headers: GuestHeaders) => void): void {
    for (const [name, value] of this) callback(value, name, this);
  }
  *entries(): IterableIterator<[string, string]> {
    for (const name of [...this.#values.keys()].sort()) yield [name, this.#values.get(name) ?? ''];
  }
  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }
  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
  static {
    membersOf = (headers) => {
      const values = headers.#values;
      const members: Record<string, string> = Object.create(null);
      for (const name of [...values.keys()].sort()) members[name] = values.get(name) ?? '';
      return members;
    };
  }
  getSetCookie(): string[] {
    const cookie = this.get('set-cookie');
    return cookie === null ? [] : [cookie];
  }
}

/** Names that were found valid, in small letters: requests use the same few again and again. */
const checked = new Map<string, string>();
const CHECKED_MAX = 100;

function checkedName(name: string): string {
  const text = String(name);
  const known = checked.get(text);
  if (known !== undefined) return known;
  if (!NAME.test(text)) throw new TypeError(`Headers: ${name} is an invalid header name.`);
  const key = text.toLowerCase();
  if (checked.size < CHECKED_MAX) checked.set(text, key);
  return key;
}
