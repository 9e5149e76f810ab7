// How `util.inspect` lays out entries: on one line when short, numbers and short texts of an array in columns, else a line each.
// https://github.com/nodejs/node/blob/v22.x/lib/internal/util/inspect.js (reduceToSingleString, groupArrayElements)
import type { InspectState } from './inspect-state';

interface Layout {
  entries: string[];
  /** How many entries there were before grouping. */
  count: number;
  base: string;
  open: string;
  close: string;
  recursed: number;
}

export function joinEntries(state: InspectState, { entries, count, base, open, close, recursed }: Layout): string {
  const before = base ? `${base} ` : '';
  const isGrouped = entries.length !== count;
  if (state.compact > 0 && state.currentDepth - recursed < state.compact && !isGrouped) {
    const start = entries.length + state.indentation + open.length + base.length + 10;
    const total = entries.reduce((sum, entry) => sum + entry.length, entries.length + start);
    if (total <= state.breakLength && !base.includes('\n')) {
      const joined = entries.join(', ');
      if (!joined.includes('\n')) return `${before}${open} ${joined} ${close}`;
    }
  }
  const indentation = `\n${' '.repeat(state.indentation)}`;
  return `${before}${open}${indentation}  ${entries.join(`,${indentation}  `)}${indentation}${close}`;
}

const CHARACTER_HEIGHT = 2.5;
const COLUMNS_MAX = 15;
/** More columns for short entries. */
const BIAS = 3;
/** A comma and a space. */
const SEPARATOR = 2;

export function groupArrayElements(state: InspectState, entries: string[], value: unknown[] | undefined): string[] {
  const hasMoreLine = state.maxArrayLength < entries.length;
  const items = hasMoreLine ? entries.slice(0, -1) : entries;
  const lengths = items.map((item) => item.length);
  const total = lengths.reduce((sum, length) => sum + length + SEPARATOR, 0);
  const longest = Math.max(...lengths);
  const actual = longest + SEPARATOR;
  if (actual * 3 + state.indentation >= state.breakLength || (total / actual <= 5 && longest > 6)) return entries;
  const biased = Math.max(actual - BIAS - Math.sqrt(actual - total / entries.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(CHARACTER_HEIGHT * biased * items.length) / biased),
    Math.floor((state.breakLength - state.indentation) / actual),
    state.compact * 4,
    COLUMNS_MAX,
  );
  if (columns <= 1) return entries;
  const widths = Array.from(
    { length: columns },
    (_, column) => Math.max(...lengths.filter((_length, at) => at % columns === column)) + SEPARATOR,
  );
  const padsLeft = value?.slice(0, entries.length).every((entry) => typeof entry === 'number' || typeof entry === 'bigint') ?? true;
  const rows: string[] = [];
  for (let at = 0; at < items.length; at += columns) {
    const cells = items.slice(at, at + columns).map((item, column, row) => {
      const width = widths[column] ?? 0;
      if (column < row.length - 1) return padsLeft ? `${item}, `.padStart(width) : `${item}, `.padEnd(width);
      return padsLeft ? item.padStart(width - SEPARATOR) : item;
    });
    rows.push(cells.join(''));
  }
  return hasMoreLine ? [...rows, entries.at(-1) ?? ''] : rows;
}
