// Orders as the shop sends them. Ids, amounts and cards come from the run's seed, so that no answer can know them.
import type { JsonObject } from '../../sim/kernel/json';

export type Order = {
  orderId: string;
  customer: string;
  amountCents: number;
  card: string;
  items: { sku: string; quantity: number }[];
};

const KETTLES = ['kettle-red', 'kettle-copper', 'kettle-camping', 'kettle-gooseneck'];
const REASONS = ['insufficient_funds', 'expired_card', 'lost_card', 'spending_limit_reached'];

/** A card token says what the bank will answer, as payment providers' test cards do: `tok_declined_expired_card_9a07`. */
const DECLINED_CARD = /^tok_declined_([a-z_]+)_[0-9a-f]+$/;

/** Why the bank declines this card; null when it does not. */
export function declineReasonOf(card: string): string | null {
  return DECLINED_CARD.exec(card)?.[1] ?? null;
}

/** Draws orders one after the other; `random` is uniform in [0, 1). Fields of `fixed` are taken as they are. */
export function createOrderBook(random: () => number): { next(fixed?: Partial<Order>): Order; nextDeclined(): Order } {
  let number = 1000 + Math.floor(random() * 8000);
  const pick = (list: string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const hex = (): string =>
    Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0');
  const next = (fixed: Partial<Order> = {}): Order => {
    number += 1 + Math.floor(random() * 9);
    return {
      orderId: `A-${number}`,
      customer: `c-${Math.floor(random() * 900) + 100}`,
      amountCents: 1900 + Math.floor(random() * 200) * 100,
      card: `tok_ok_${hex()}`,
      items: [{ sku: pick(KETTLES), quantity: 1 + Math.floor(random() * 2) }],
      ...fixed,
    };
  };
  return { next, nextDeclined: () => next({ card: `tok_declined_${pick(REASONS)}_${hex()}` }) };
}

/** The order in an event's JSON text; null when it holds none. */
export function parseOrder(text: string): Order | null {
  const value = parseObject(text);
  return value && typeof value.orderId === 'string' ? (value as unknown as Order) : null;
}

export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
