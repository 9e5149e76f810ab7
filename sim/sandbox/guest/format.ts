// `util.format`: what console methods do with their arguments. https://nodejs.org/api/util.html#utilformatformat-args
import { stringify } from './host';
import { inspect } from './inspect';

export function format(...args: unknown[]): string {
  const [first, ...rest] = args;
  if (typeof first !== 'string') return args.map(shown).join(' ');
  if (rest.length === 0) return first;
  let used = 0;
  const text = first.replace(/%([sdifjoOc%])/g, (whole, kind: string) => {
    if (kind === '%') return '%';
    if (used >= rest.length) return whole;
    return substitute(kind, rest[used++]);
  });
  return [text, ...rest.slice(used).map(shown)].join(' ');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value);
}

function substitute(kind: string, value: unknown): string {
  switch (kind) {
    case 's':
      if (typeof value === 'string') return value;
      if (typeof value === 'bigint') return `${value}n`;
      if (Object.is(value, -0)) return '-0';
      if (typeof value === 'object' && value !== null && !hasOwnToString(value)) return inspect(value, { depth: 0, compact: 3 });
      return String(value);
    case 'd':
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'symbol' || (typeof value === 'object' && value !== null) ? 'NaN' : String(Number(value));
    case 'i':
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'symbol' || (typeof value === 'object' && value !== null)
        ? 'NaN'
        : String(Number.parseInt(String(value), 10));
    case 'f':
      return typeof value === 'symbol' ? 'NaN' : String(Number.parseFloat(String(value)));
    case 'j':
      return toJson(value);
    case 'o':
      return inspect(value, { showHidden: true, depth: 4 });
    case 'O':
      return inspect(value);
    default:
      return ''; // %c takes CSS and shows nothing
  }
}

function toJson(value: unknown): string {
  try {
    return String(stringify(value));
  } catch (error) {
    if (error instanceof TypeError && /circular/.test(error.message)) return '[Circular]';
    throw error;
  }
}

/** An error, or a class that describes itself, is shown as its own text. */
function hasOwnToString(value: object): boolean {
  if (value instanceof Error || value instanceof Date) return true;
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at)) {
    if (!Object.hasOwn(at, 'toString')) continue;
    const maker = Object.getOwnPropertyDescriptor(at, 'constructor')?.value as { name?: string } | undefined;
    return at !== Object.prototype && at !== Array.prototype && !/^(Map|Set|Promise|RegExp|Function)$/.test(maker?.name ?? '');
  }
  return false;
}
