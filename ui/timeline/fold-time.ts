// A time axis on which microseconds of work and hours of waiting can both be read: long stretches are compressed,
// stretches in which nothing runs are folded further. Order is kept, lengths are not to scale.
import type { Ms } from '@/sim/kernel/time';

export interface Interval {
  from: Ms;
  to: Ms;
}

export interface Stretch extends Interval {
  /** Where it is drawn, as a share of the axis from 0 to 1. */
  left: number;
  right: number;
  /** Nothing runs here, and it is drawn shorter than work of this length would be. */
  folded: boolean;
}

export interface TimeScale {
  stretches: Stretch[];
  /** How much room the axis wants: about one unit for each readable step. */
  weight: number;
  /** A moment's place from 0 to 1; moments outside the axis go to its ends. */
  place(at: Ms): number;
  /** The moment at a place from 0 to 1. */
  moment(place: number): Ms;
}

/** Room for work of this length: grows with each doubling, so that 2 ms beside 3 s can still be seen. */
function workWeight(ms: Ms): number {
  return 2 + Math.log2(1 + ms);
}

/** Room for waiting of this length: a second takes 4 units, each doubling one half more. */
function gapWeight(ms: Ms): number {
  return Math.min(workWeight(ms), 3.5 + Math.log2(1 + ms / 1000) / 2 + Math.min(1, ms / 2000));
}

/** Waiting shorter than this is drawn like work: a fold would need more room than it saves. In milliseconds. */
const FOLD_FROM_MS = 50;

/**
 * @param busy stretches in which something runs
 * @param moments further moments that must keep a place of their own, such as the end of a wait
 */
export function foldTime(busy: readonly Interval[], moments: readonly Ms[] = []): TimeScale {
  const edges = [...new Set([...busy.flatMap((interval) => [interval.from, interval.to]), ...moments])].sort((a, b) => a - b);
  const starts = busy.map((interval) => interval.from).sort((a, b) => a - b);
  const ends = busy.map((interval) => interval.to).sort((a, b) => a - b);
  const raw: { from: Ms; to: Ms; weight: number; folded: boolean }[] = [];
  let weight = 0;
  let begun = 0;
  let ended = 0;
  for (let index = 0; index + 1 < edges.length; index++) {
    const from = edges[index] ?? 0;
    const to = edges[index + 1] ?? 0;
    while (begun < starts.length && (starts[begun] ?? 0) <= from) begun++;
    while (ended < ends.length && (ends[ended] ?? 0) <= from) ended++;
    const folded = begun === ended && to - from >= FOLD_FROM_MS;
    const share = folded ? gapWeight(to - from) : workWeight(to - from);
    raw.push({ from, to, weight: share, folded });
    weight += share;
  }
  let left = 0;
  const stretches = raw.map((stretch, index) => {
    const right = index === raw.length - 1 ? 1 : left + stretch.weight / weight;
    const placed = { from: stretch.from, to: stretch.to, folded: stretch.folded, left, right };
    left = right;
    return placed;
  });
  return { stretches, weight, place: (at) => placeOf(stretches, at), moment: (place) => momentAt(stretches, place) };
}

/** The last stretch that begins at or before a value, by bisection. */
function lastBefore(stretches: readonly Stretch[], value: number, key: 'from' | 'left'): Stretch | undefined {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle]?.[key] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return stretches[low];
}

function placeOf(stretches: readonly Stretch[], at: Ms): number {
  const stretch = lastBefore(stretches, at, 'from');
  if (!stretch) return 0;
  const share = Math.min(1, Math.max(0, (at - stretch.from) / (stretch.to - stretch.from)));
  return stretch.left + share * (stretch.right - stretch.left);
}

function momentAt(stretches: readonly Stretch[], place: number): Ms {
  const stretch = lastBefore(stretches, place, 'left');
  if (!stretch) return 0;
  const share = Math.min(1, Math.max(0, (place - stretch.left) / (stretch.right - stretch.left)));
  return stretch.from + share * (stretch.to - stretch.from);
}

export interface Tick {
  at: Ms;
  place: number;
}

/** Moments worth a label: where something begins after a fold first, then other edges, never closer than `apart` (share of the axis). */
export function ticksOf(scale: TimeScale, apart: number): Tick[] {
  const { stretches } = scale;
  const first = stretches[0];
  if (!first) return [];
  const wanted: { at: Ms; place: number; rank: number }[] = [{ at: first.from, place: 0, rank: 0 }];
  stretches.forEach((stretch, index) => {
    const next = stretches[index + 1];
    const afterFold = stretch.folded && next !== undefined && !next.folded;
    wanted.push({ at: stretch.to, place: stretch.right, rank: afterFold ? 1 : index === stretches.length - 1 ? 2 : 3 });
  });
  const chosen: Tick[] = [];
  for (const tick of wanted.sort((a, b) => a.rank - b.rank || a.place - b.place)) {
    if (chosen.every((other) => Math.abs(other.place - tick.place) >= apart)) chosen.push({ at: tick.at, place: tick.place });
  }
  return chosen.sort((a, b) => a.place - b.place);
}
