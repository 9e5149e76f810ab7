// A payment provider at https://payments.example: books a charge when the request arrives, answers when it likes,
// and honours Idempotency-Key. https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
import type { JsonObject } from '@/sim/kernel/json';
import type { HostScript, HttpAnswer, HttpRequest } from '@/sim/services/internet/host';

export const PAYMENTS_ADDRESS = 'https://payments.example';

type Charge = { chargeId: string; orderId: string; amountCents: number; key: string | null; request: string };
type State = { charges: Charge[]; refused: number };

export interface PaymentsWeather {
  /** The first so many charges are booked at once and answered only after `delayMs`. */
  slowFirst?: number | undefined;
  delayMs?: number | undefined;
  /** The first so many requests are answered with 503 and book nothing. */
  downFirst?: number | undefined;
}

export function createPayments({ slowFirst = 0, delayMs = 5000, downFirst = 0 }: PaymentsWeather = {}): HostScript<State> {
  return {
    initial: () => ({ charges: [], refused: 0 }),
    respond: (state, request, random) => {
      const latencyMs = 80 + Math.floor(random() * 160);
      const refuse = (status: number, message: string, effect?: JsonObject): HttpAnswer => ({
        status,
        body: JSON.stringify({ error: { message } }),
        afterMs: latencyMs,
        ...(effect ? { effect } : {}),
      });
      if (request.method !== 'POST' || !/\/charges$/.test(request.url)) return refuse(404, 'Use POST /charges.');
      const order = orderIn(request);
      if (!order) return refuse(400, 'The body must be JSON with orderId and a whole amountCents above 0.');
      const key = request.headers['idempotency-key'] ?? null;
      const earlier = key === null ? undefined : state.charges.find((charge) => charge.key === key);
      if (earlier && earlier.request !== request.body)
        return refuse(422, `This key was used for another charge, of order ${earlier.orderId}.`);
      if (earlier) return booked(earlier, latencyMs);
      if (state.refused < downFirst) return refuse(503, 'Try again later.', { kind: 'refused' });
      const charge: Charge = { ...order, chargeId: `ch_${String(state.charges.length + 1).padStart(4, '0')}`, key, request: request.body };
      return { ...booked(charge, state.charges.length < slowFirst ? delayMs : latencyMs), effect: { kind: 'charged', ...charge } };
    },
    apply: (state, effect) =>
      effect.kind === 'charged'
        ? { ...state, charges: [...state.charges, effect as unknown as Charge] }
        : { ...state, refused: state.refused + 1 },
  };
}

function booked(charge: Charge, afterMs: number): HttpAnswer {
  return { status: 201, body: JSON.stringify({ id: charge.chargeId, orderId: charge.orderId, amountCents: charge.amountCents }), afterMs };
}

function orderIn(request: HttpRequest): { orderId: string; amountCents: number } | null {
  try {
    const { orderId, amountCents } = JSON.parse(request.body) as JsonObject;
    const isCharge = typeof orderId === 'string' && orderId !== '' && Number.isInteger(amountCents) && Number(amountCents) > 0;
    return isCharge ? { orderId, amountCents: Number(amountCents) } : null;
  } catch {
    return null;
  }
}
