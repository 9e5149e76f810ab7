// `util.inspect`: what console.log shows of a value. A port of the rules that matter for logs.
// https://github.com/nodejs/node/blob/v22.x/lib/internal/util/inspect.js
import { inspectContent } from './inspect-content';
import { groupArrayElements, joinEntries } from './inspect-layout';
import { formatPrimitive, type InspectState } from './inspect-state';

export interface InspectOptions {
  depth?: number | null;
  breakLength?: number;
  compact?: number | boolean;
  showHidden?: boolean;
  sorted?: boolean;
  maxArrayLength?: number | null;
  maxStringLength?: number | null;
}

export const customInspect = Symbol.for('nodejs.util.inspect.custom');

export function inspect(value: unknown, options: InspectOptions = {}): string {
  const { depth = 2, breakLength = 80, compact = 3, maxArrayLength = 100, maxStringLength = 10_000, sorted = false } = options ?? {};
  const state: InspectState = {
    show: (member, recursed) => formatValue(state, member, recursed),
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
  };
  return formatValue(state, value, 0);
}

function formatValue(state: InspectState, value: unknown, recursed: number): string {
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
  if (state.sorted && !content.isArrayLike) entries.sort();
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
