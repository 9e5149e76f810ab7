// `util.inspect`: what console.log shows of a value. A port of the rules that matter for logs.
// https://github.com/nodejs/node/blob/v22.x/lib/internal/util/inspect.js
import { inspectContent } from './inspect-content';
import { groupArrayElements, joinEntries } from './inspect-layout';

export interface InspectOptions {
  depth?: number | null;
  breakLength?: number;
  compact?: number | boolean;
  showHidden?: boolean;
  sorted?: boolean;
  maxArrayLength?: number | null;
  maxStringLength?: number | null;
}

export interface InspectState {
  depth: number;
  breakLength: number;
  compact: number;
  sorted: boolean;
  maxArrayLength: number;
  maxStringLength: number;
  /** Objects being shown, outermost first. */
  seen: object[];
  /** Objects that refer to themselves, with their number. */
  circular: Map<object, number>;
  indentation: number;
  currentDepth: number;
}

export const customInspect = Symbol.for('nodejs.util.inspect.custom');

export function inspect(value: unknown, options: InspectOptions = {}): string {
  const { depth = 2, breakLength = 128, compact = 3, maxArrayLength = 100, maxStringLength = 10_000, sorted = false } = options ?? {};
  return formatValue(
    {
      depth: depth ?? Number.POSITIVE_INFINITY,
      breakLength,
      compact: compact === false ? 0 : compact === true ? 1 : compact,
      sorted,
      maxArrayLength: maxArrayLength ?? Number.POSITIVE_INFINITY,
      maxStringLength: maxStringLength ?? Number.POSITIVE_INFINITY,
      seen: [],
      circular: new Map(),
      indentation: 0,
      currentDepth: 0,
    },
    value,
    0,
  );
}

export function formatValue(state: InspectState, value: unknown, recursed: number): string {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return formatPrimitive(value, state);
  const custom = (value as Record<symbol, unknown>)[customInspect];
  if (typeof custom === 'function' && custom !== inspect) {
    const shown: unknown = custom.call(value, state.depth - recursed, { ...state }, inspect);
    if (shown !== value)
      return typeof shown === 'string' ? shown.replaceAll('\n', `\n${' '.repeat(state.indentation)}`) : formatValue(state, shown, recursed);
  }
  if (state.seen.includes(value)) {
    const known = state.circular.get(value) ?? state.circular.size + 1;
    state.circular.set(value, known);
    return `[Circular *${known}]`;
  }
  return formatObject(state, value, recursed);
}

function formatObject(state: InspectState, value: object, recursed: number): string {
  const content = inspectContent(state, value);
  if (typeof content === 'string') return content;
  if (recursed > state.depth) return content.hiddenAs;
  state.seen.push(value);
  state.currentDepth = recursed;
  const entries = content.entries(recursed + 1);
  state.seen.pop();
  let { base, open } = content;
  const reference = state.circular.get(value);
  if (reference !== undefined) {
    if (base) base = `<ref *${reference}> ${base}`;
    else open = `<ref *${reference}> ${open}`;
  }
  const isGrouped = content.isArrayLike && state.compact >= 1 && entries.length > 6;
  const shown = isGrouped ? groupArrayElements(state, entries, Array.isArray(value) ? value : undefined) : entries;
  return joinEntries(state, { entries: shown, count: entries.length, base, open, close: content.close, recursed });
}

export function formatPrimitive(value: unknown, state: InspectState): string {
  switch (typeof value) {
    case 'string': {
      const long = value.length > state.maxStringLength;
      const shown = long ? value.slice(0, state.maxStringLength) : value;
      const rest = value.length - state.maxStringLength;
      const trailer = long ? `... ${rest} more character${rest > 1 ? 's' : ''}` : '';
      // A long text with line breaks is shown as lines joined by +.
      if (state.compact !== 1 && shown.length > 16 && shown.length > state.breakLength - state.indentation - 4 && shown.includes('\n')) {
        return (
          shown
            .split(/(?<=\n)/)
            .map(quote)
            .join(` +\n${' '.repeat(state.indentation + 2)}`) + trailer
        );
      }
      return quote(shown) + trailer;
    }
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return value.toString();
    default:
      return String(value);
  }
}

const ESCAPES: Record<string, string> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

/** Single quotes, or others when the text has single quotes itself. */
export function quote(text: string): string {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') && !text.includes('${') ? '`' : "'";
  const escaped = [...text].map(escapeCharacter).join('');
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  const known = ESCAPES[character];
  if (known) return known;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  // Iterating a text by code points leaves lone surrogates on their own.
  return character.length === 1 && code >= 0xd800 && code <= 0xdfff ? `\\u${code.toString(16).toUpperCase()}` : character;
}
