// The shop's catalogue: a host outside AWS that writes prices, refuses mistyped ones, and is restarted now and then.
import type { JsonObject } from '../../sim/kernel/json';
import type { HostScript, HttpAnswer } from '../../sim/services/internet/host';
import { parseObject } from '../wording';

export const CATALOGUE_ADDRESS = 'https://catalogue.example';
export const CENTS_MIN = 1000;
export const CENTS_MAX = 50_000;

/** What the catalogue remembers of a request. */
export type Entry =
  | { kind: 'written'; priceId: string; sku: string; cents: number }
  | { kind: 'refused'; priceId: string; ticket: string }
  | { kind: 'unavailable' };

type CatalogueState = { restarts: number };

/** Answers 503 to the first `downFirst` requests. */
export function createCatalogue(downFirst = 0): HostScript<CatalogueState> {
  return {
    initial: () => ({ restarts: 0 }),
    respond: (state, request, random) => {
      const afterMs = 60 + Math.floor(random() * 120);
      const answer = (status: number, body: JsonObject, effect?: Entry): HttpAnswer => ({
        status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        afterMs,
        ...(effect ? { effect: effect as unknown as JsonObject } : {}),
      });
      const sku = /^\/prices\/([^/?]+)$/.exec(request.url.slice(CATALOGUE_ADDRESS.length))?.[1];
      if (sku === undefined) return answer(404, { error: { code: 'not_found', message: 'Use /prices/<sku>.' } });
      if (request.method !== 'PUT') return answer(405, { error: { code: 'method_not_allowed', message: 'Use PUT.' } });
      const { priceId, cents } = parseObject(request.body) ?? {};
      if (typeof priceId !== 'string' || typeof cents !== 'number')
        return answer(400, { error: { code: 'invalid_request', message: 'The body is JSON with priceId and cents.' } });
      if (state.restarts < downFirst) return answer(503, { error: { code: 'unavailable' } }, { kind: 'unavailable' });
      if (cents < CENTS_MIN || cents > CENTS_MAX) {
        const ticket = `T-${1000 + Math.floor(random() * 9000)}`;
        const code = cents < CENTS_MIN ? 'below_purchase_price' : 'above_ceiling';
        return answer(422, { error: { code, ticket } }, { kind: 'refused', priceId, ticket });
      }
      return answer(200, { sku, cents }, { kind: 'written', priceId, sku, cents });
    },
    apply: (state, effect) => (effect.kind === 'unavailable' ? { restarts: state.restarts + 1 } : state),
  };
}
