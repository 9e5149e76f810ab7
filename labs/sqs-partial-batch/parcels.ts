// Parcels as the packing desk sends them. Ids, weights and their order come from the run's seed.
import { parseObject } from '../wording';

/** The printer takes no more. */
export const GRAMS_MAX = 30_000;

export type Parcel = { parcelId: string; weightGrams: number; country: string };

const COUNTRIES = ['IE', 'FR', 'DE', 'NL', 'PT'];

export function createPackingDesk(random: () => number): { good(): Parcel; heavy(): Parcel; shuffled<T>(items: readonly T[]): T[] } {
  let number = 2000 + Math.floor(random() * 7000);
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const parcelOf = (weightGrams: number): Parcel => {
    number += whole(1, 9);
    return { parcelId: `P-${number}`, weightGrams, country: COUNTRIES[whole(0, COUNTRIES.length - 1)] ?? '' };
  };
  return {
    good: () => parcelOf(whole(600, 9000)),
    heavy: () => parcelOf(whole(GRAMS_MAX + 1, 90_000)),
    shuffled: (items) => {
      const rest = [...items];
      return items.map(() => rest.splice(whole(0, rest.length - 1), 1)[0] as (typeof rest)[number]);
    },
  };
}

/** The parcel in a message's body; null when it holds none. */
export function parseParcel(body: string): Parcel | null {
  const value = parseObject(body);
  return value && typeof value.parcelId === 'string' && typeof value.weightGrams === 'number' ? (value as unknown as Parcel) : null;
}
