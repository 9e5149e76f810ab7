import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../sim/kernel/json';
import type { HttpAnswer } from '../../sim/services/internet/host';
import { createPayments, PAYMENTS_ADDRESS, type PaymentsWeather } from './payments';

const ORDER = { orderId: 'A-1042', amountCents: 4900, currency: 'EUR', card: 'tok_ok_5f21' };

/** A provider that keeps its state between requests, as the world's fold does. */
function open(weather: PaymentsWeather = {}) {
  const script = createPayments(weather);
  let state = script.initial();
  return {
    charge(body: unknown, key?: string, request: { method?: string; path?: string } = {}): HttpAnswer & { json: JsonObject } {
      const answer = script.respond(
        state,
        {
          url: `${PAYMENTS_ADDRESS}${request.path ?? '/charges'}`,
          method: request.method ?? 'POST',
          headers: key === undefined ? {} : { 'idempotency-key': key },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        },
        () => 0.5,
      );
      if (answer.effect) state = script.apply(state, answer.effect);
      return { ...answer, json: JSON.parse(answer.body) as JsonObject };
    },
    bookings: () => state.bookings.map(({ orderId, amountCents }) => ({ orderId, amountCents })),
  };
}

const booked = { orderId: ORDER.orderId, amountCents: ORDER.amountCents };

describe('the payment provider', () => {
  it('books every request that has no key', () => {
    const payments = open();
    expect(payments.charge(ORDER).json.id).toBe('ch_0001');
    expect(payments.charge(ORDER).json.id).toBe('ch_0002');
    expect(payments.bookings()).toEqual([booked, booked]);
  });

  it('gives the first answer again to the same key and the same charge, whatever the order of the fields', () => {
    const payments = open();
    const first = payments.charge(ORDER, 'k');
    const { card, ...rest } = ORDER;
    const second = payments.charge({ card, ...rest }, 'k');
    expect(second.body).toBe(first.body);
    expect(second.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(payments.bookings()).toEqual([booked]);
  });

  it('refuses a key that was used for another charge', () => {
    const payments = open();
    payments.charge(ORDER, 'k');
    const answer = payments.charge({ ...ORDER, orderId: 'A-1043' }, 'k');
    expect([answer.status, (answer.json.error as JsonObject).code]).toEqual([422, 'idempotency_key_reused']);
    expect(payments.bookings()).toEqual([booked]);
  });

  it('books a slow charge before it answers, and replays it at once', () => {
    const payments = open({ slowFirst: 1, slowMs: 5000 });
    expect(payments.charge(ORDER, 'k').afterMs).toBe(5000);
    expect(payments.bookings()).toEqual([booked]);
    expect(payments.charge(ORDER, 'k').afterMs).toBeLessThan(1000);
  });

  it('books nothing while it is down, and forgets the key', () => {
    const payments = open({ downFirst: 1 });
    expect(payments.charge(ORDER, 'k').status).toBe(503);
    expect(payments.bookings()).toEqual([]);
    expect(payments.charge(ORDER, 'k').status).toBe(201);
  });

  it('declines a card with its reason and books nothing', () => {
    const payments = open();
    const answer = payments.charge({ ...ORDER, card: 'tok_declined_expired_card_9a07' }, 'k');
    expect([answer.status, answer.json.error]).toEqual([402, { code: 'card_declined', reason: 'expired_card' }]);
    expect(payments.bookings()).toEqual([]);
  });

  const refused: [name: string, body: unknown, key: string | undefined, request: { method?: string; path?: string }, status: number][] = [
    ['a body that is not JSON', '{', undefined, {}, 400],
    ['a body that is a list', [], undefined, {}, 400],
    ['no order id', { ...ORDER, orderId: undefined }, undefined, {}, 400],
    ['an amount of half a cent', { ...ORDER, amountCents: 0.5 }, undefined, {}, 400],
    ['an amount of nothing', { ...ORDER, amountCents: 0 }, undefined, {}, 400],
    ['another currency', { ...ORDER, currency: 'USD' }, undefined, {}, 400],
    ['a card number instead of a token', { ...ORDER, card: '4242' }, undefined, {}, 400],
    ['an empty key', ORDER, '', {}, 400],
    ['a key of 256 characters', ORDER, 'k'.repeat(256), {}, 400],
    ['another path', ORDER, undefined, { path: '/refunds' }, 404],
    ['another method', ORDER, undefined, { method: 'GET' }, 405],
  ];
  it.each(refused)('refuses %s', (_name, body, key, request, status) => {
    const payments = open();
    expect(payments.charge(body, key, request).status).toBe(status);
    expect(payments.bookings()).toEqual([]);
  });
});
