// The carrier's web hook: it confirms at its address, books each parcel once, and is sometimes away.
import type { JsonObject } from '../../sim/kernel/json';
import type { HostScript, HttpAnswer } from '../../sim/services/internet/host';
import type { Stage } from '../lab';
import { parseObject } from '../wording';

export const CARRIER_ADDRESS = 'https://carrier.example';

/** What the carrier remembers of a request. */
export type CarrierEntry = { kind: 'confirmed' } | { kind: 'booked' | 'away'; parcelId: string; messageId: string };

/** From when to when, in milliseconds since the run began, it answers what. */
export interface Away {
  fromMs: number;
  untilMs: number;
  status: 503 | 404;
}

type CarrierState = { booked: string[] };

export function createCarrier(stage: Stage, away: Away | null = null): HostScript<CarrierState> {
  const answer = (status: number, effect?: CarrierEntry): HttpAnswer => ({
    status,
    body: '',
    afterMs: 120,
    ...(effect ? { effect: { ...effect } } : {}),
  });
  return {
    initial: () => ({ booked: [] }),
    respond: ({ booked }, request) => {
      if (request.url !== `${CARRIER_ADDRESS}/parcels`) return answer(404);
      const sent = parseObject(request.body);
      if (sent?.Type === 'SubscriptionConfirmation') {
        const input: JsonObject = { TopicArn: sent.TopicArn ?? '', Token: sent.Token ?? '' };
        return { ...answer(200, { kind: 'confirmed' }), calls: [{ service: 'sns', operation: 'ConfirmSubscription', input }] };
      }
      const parcelId = parseObject(String(sent?.Message ?? ''))?.parcelId;
      if (sent?.Type !== 'Notification' || typeof sent.MessageId !== 'string' || typeof parcelId !== 'string') return answer(400);
      const entry = { parcelId, messageId: sent.MessageId };
      const isAway = away !== null && stage.now >= away.fromMs && stage.now < away.untilMs;
      if (isAway) return answer(away.status, { kind: 'away', ...entry });
      return booked.includes(sent.MessageId) ? answer(200) : answer(200, { kind: 'booked', ...entry });
    },
    apply: (state, effect) => (effect.kind === 'booked' ? { booked: [...state.booked, String(effect.messageId)] } : state),
  };
}
