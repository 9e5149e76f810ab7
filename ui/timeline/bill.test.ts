import { describe, expect, it } from 'vitest';
import { costOf, formatCost } from './bill';

describe('the bill', () => {
  // Checked 2026-11-23 against the price arithmetic of the fact sheet (section 2J).
  it.each([
    [128, 121, 0.015125, 0.000000252],
    [1024, 350, 0.35, 0.00000583],
    [1769, 250, 0.4319, 0.0000072],
  ])('takes %i MB for %i ms as %f GB-seconds', (memoryMB, billedMs, gbSeconds, durationCost) => {
    const bill = costOf(memoryMB, billedMs);
    expect(bill.gbSeconds).toBeCloseTo(gbSeconds, 4);
    expect(bill.cost - 0.0000002).toBeCloseTo(durationCost, 8);
  });

  it.each([
    [0, '$0'],
    [53.468, '$53.47'],
    [0.42, '$0.42'],
    [0.000000452, '$0.000000452'],
    [0.00123, '$0.00123'],
  ])('writes %f as %s', (dollars, text) => {
    expect(formatCost(dollars)).toBe(text);
  });
});
