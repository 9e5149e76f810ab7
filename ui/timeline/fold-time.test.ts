import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTime, ticksOf } from './fold-time';

describe('folded time', () => {
  it('makes a minute of waiting about as wide as a second of work', () => {
    const scale = foldTime([
      { from: 0, to: 1000 },
      { from: 61_000, to: 62_000 },
    ]);
    const [work, wait] = scale.stretches.map((stretch) => stretch.right - stretch.left);
    expect(wait).toBeLessThan((work ?? 0) * 1.2);
  });

  it('does not fold a stretch in which anything runs', () => {
    const scale = foldTime([
      { from: 0, to: 100_000 },
      { from: 40_000, to: 40_010 },
    ]);
    expect(scale.stretches.some((stretch) => stretch.folded)).toBe(false);
  });

  it('places moments outside the axis at its ends', () => {
    const scale = foldTime([{ from: 10, to: 20 }]);
    expect([scale.place(0), scale.place(99)]).toEqual([0, 1]);
  });

  it('has a place for everything when nothing took any time', () => {
    expect(foldTime([{ from: 5, to: 5 }]).place(5)).toBe(0);
  });

  const interval = fc.tuple(fc.nat(1e7), fc.nat(1e5)).map(([from, length]) => ({ from, to: from + length }));
  it('keeps the order of moments and finds them again', () => {
    fc.assert(
      fc.property(fc.array(interval, { minLength: 1, maxLength: 20 }), fc.nat(1e7), fc.nat(1e7), (busy, one, other) => {
        const scale = foldTime(busy, [0, 1.2e7]);
        const [early, late] = one < other ? [one, other] : [other, one];
        expect(scale.place(early)).toBeLessThanOrEqual(scale.place(late));
        expect(scale.moment(scale.place(early))).toBeCloseTo(early, 0);
      }),
    );
  });
});

describe('ticks', () => {
  it('keep their distance and prefer the ends of folds', () => {
    const scale = foldTime([
      { from: 0, to: 200 },
      { from: 60_000, to: 60_004 },
      { from: 180_000, to: 180_004 },
    ]);
    const ticks = ticksOf(scale, 0.15);
    expect(ticks.map((tick) => tick.at)).toEqual([0, 200, 60_000, 180_000]);
    for (const [position, tick] of ticks.entries())
      if (position > 0) expect(tick.place - (ticks[position - 1]?.place ?? 0)).toBeGreaterThanOrEqual(0.15);
  });
});
