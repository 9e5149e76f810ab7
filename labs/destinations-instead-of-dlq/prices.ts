// Prices as the suppliers send them. Ids and amounts come from the run's seed.
import { CENTS_MAX, CENTS_MIN } from './catalogue';

export type Price = { priceId: string; sku: string; cents: number };

const KETTLES = ['kettle-red', 'kettle-copper', 'kettle-camping', 'kettle-gooseneck'];

export function createPriceList(random: () => number): { next(): Price; nextMistyped(): Price } {
  let number = 3000 + Math.floor(random() * 6000);
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const priceWith = (cents: number): Price => {
    number += whole(1, 9);
    return { priceId: `p-${number}`, sku: KETTLES[whole(0, KETTLES.length - 1)] ?? '', cents };
  };
  return {
    next: () => priceWith(whole(CENTS_MIN / 100, CENTS_MAX / 100) * 100),
    nextMistyped: () => priceWith(random() < 0.5 ? whole(100, CENTS_MIN - 1) : whole(CENTS_MAX + 1, 490_000)),
  };
}
