// Stock counts as the warehouse sends them. Ids and numbers come from the run's seed.
import type { JsonObject } from '../../sim/kernel/json';
import { parseObject } from '../wording';

export type StockCount = { countId: string; sku: string; left: number; reorderBelow: number; reorderQuantity: number };

const KETTLES = ['kettle-red', 'kettle-copper', 'kettle-camping', 'kettle-gooseneck'];

export function drawCount(random: () => number, isLow: boolean): StockCount {
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const reorderBelow = whole(8, 15);
  return {
    countId: `n-${whole(1000, 9999)}`,
    sku: KETTLES[whole(0, KETTLES.length - 1)] ?? '',
    left: isLow ? whole(0, reorderBelow - 1) : whole(reorderBelow, 90),
    reorderBelow,
    reorderQuantity: whole(2, 9) * 10,
  };
}

/** The count in an event's JSON text; null when it holds none. */
export function parseCount(text: string): StockCount | null {
  const value: JsonObject | null = parseObject(text);
  return value && typeof value.countId === 'string' ? (value as unknown as StockCount) : null;
}
