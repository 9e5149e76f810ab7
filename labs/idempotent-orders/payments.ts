// The payment provider of this lab: books a charge when the request arrives and honours Idempotency-Key.
// Header and replay follow https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
import type { JsonObject } from '../../sim/kernel/json';
import type { HostScript, HttpAnswer, HttpRequest } from '../../sim/services/internet/host';
import { declineReasonOf, parseObject } from './orders';

export const PAYMENTS_ADDRESS = 'https://payments.example';

/** What the provider remembers of one charge, and the effect of the request that booked it. */
export type Booking = {
  kind: 'charged';
  chargeId: string;
  orderId: string;
  amountCents: number;
  key: string | null;
  /** The request's fields in a fixed order: a key belongs to one of them. */
  fingerprint: string;
  answer: string;
};

type PaymentsState = { bookings: Booking[]; refused: number };

export interface PaymentsWeather {
  /** The first so many charges are booked at once and answered only after `slowMs`. */
  slowFirst?: number;
  slowMs?: number;
  /** The first so many requests are answered with 503 and book nothing. */
  downFirst?: number;
}

const KEY_LENGTH_MAX = 255;

interface ChargeRequest {
  orderId: string;
  amountCents: number;
  currency: string;
  card: string;
}

/** The request, or the sentence that says what is wrong with it. */
function parseCharge(body: string): ChargeRequest | string {
  const value = parseObject(body);
  if (!value) return 'The body must be a JSON object.';
  const { orderId, amountCents, currency, card } = value;
  if (typeof orderId !== 'string' || orderId === '') return 'orderId must be a text.';
  if (typeof amountCents !== 'number' || !Number.isInteger(amountCents) || amountCents <= 0)
    return 'amountCents must be a whole number above 0.';
  if (currency !== 'EUR') return 'currency must be EUR.';
  if (typeof card !== 'string' || !card.startsWith('tok_')) return 'card must be a card token.';
  return { orderId, amountCents, currency, card };
}

function answerWith(status: number, body: JsonObject, afterMs: number, effect?: JsonObject): HttpAnswer {
  return { status, body: JSON.stringify(body), afterMs, ...(effect ? { effect } : {}) };
}

export function createPayments(weather: PaymentsWeather = {}): HostScript<PaymentsState> {
  const { slowFirst = 0, slowMs = 5000, downFirst = 0 } = weather;
  return {
    initial: () => ({ bookings: [], refused: 0 }),
    respond: (state, request, random) => {
      const latencyMs = 80 + Math.floor(random() * 160);
      const refuse = (status: number, code: string, message: string): HttpAnswer =>
        answerWith(status, { error: { code, message } }, latencyMs);
      const path = request.url.slice(PAYMENTS_ADDRESS.length).split('?')[0];
      if (path !== '/charges') return refuse(404, 'not_found', `There is no ${path || '/'}; use /charges.`);
      if (request.method !== 'POST') return refuse(405, 'method_not_allowed', 'Use POST.');
      const key = keyOf(request);
      if (key !== null && (key === '' || key.length > KEY_LENGTH_MAX)) {
        return refuse(400, 'invalid_request', `Idempotency-Key must hold 1 to ${KEY_LENGTH_MAX} characters.`);
      }
      const charge = parseCharge(request.body);
      if (typeof charge === 'string') return refuse(400, 'invalid_request', charge);

      const fingerprint = JSON.stringify([charge.orderId, charge.amountCents, charge.currency, charge.card]);
      const earlier = key === null ? undefined : state.bookings.find((booking) => booking.key === key);
      if (earlier && earlier.fingerprint === fingerprint) {
        return {
          status: 201,
          headers: { 'content-type': 'application/json', 'idempotent-replayed': 'true' },
          body: earlier.answer,
          afterMs: latencyMs,
        };
      }
      if (earlier) {
        return refuse(422, 'idempotency_key_reused', `This key was used for another charge, of order ${earlier.orderId}.`);
      }
      if (state.refused < downFirst) {
        return answerWith(503, { error: { code: 'unavailable', message: 'Try again later.' } }, latencyMs, { kind: 'refused' });
      }
      const reason = declineReasonOf(charge.card);
      if (reason) return answerWith(402, { error: { code: 'card_declined', reason } }, latencyMs);

      const chargeId = `ch_${String(state.bookings.length + 1).padStart(4, '0')}`;
      const answer = { id: chargeId, orderId: charge.orderId, amountCents: charge.amountCents };
      const booking: Booking = {
        kind: 'charged',
        chargeId,
        orderId: charge.orderId,
        amountCents: charge.amountCents,
        key,
        fingerprint,
        answer: JSON.stringify(answer),
      };
      return answerWith(201, answer, state.bookings.length < slowFirst ? slowMs : latencyMs, booking);
    },
    apply: (state, effect) =>
      effect.kind === 'charged'
        ? { ...state, bookings: [...state.bookings, effect as unknown as Booking] }
        : { ...state, refused: state.refused + 1 },
  };
}

function keyOf(request: HttpRequest): string | null {
  return request.headers['idempotency-key'] ?? null;
}
