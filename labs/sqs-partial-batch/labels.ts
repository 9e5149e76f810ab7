// The label printer: a host outside AWS that prints whatever it is sent, as often as it is sent.
import type { JsonObject } from '../../sim/kernel/json';
import type { HostScript, HttpAnswer } from '../../sim/services/internet/host';
import { parseObject } from '../wording';
import { GRAMS_MAX } from './parcels';

export const LABELS_ADDRESS = 'https://labels.example';

/** What the printer remembers of a request. */
export type PrinterEntry = { kind: 'printed' | 'refused' | 'roll'; parcelId: string };

export interface PrinterWeather {
  /** How long a label takes. */
  labelMs?: number;
  /** Which requests, counted from 1, are answered with 503. */
  rollAt?: readonly number[];
}

type PrinterState = { requests: number };

export function createPrinter({ labelMs = 150, rollAt = [] }: PrinterWeather = {}): HostScript<PrinterState> {
  return {
    initial: () => ({ requests: 0 }),
    respond: (state, request, random) => {
      const answer = (status: number, body: JsonObject, effect?: PrinterEntry): HttpAnswer => ({
        status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        afterMs: effect?.kind === 'printed' ? labelMs + Math.floor(random() * 50) : 80,
        ...(effect ? { effect: { ...effect } } : {}),
      });
      if (request.url !== `${LABELS_ADDRESS}/labels`) return answer(404, { error: 'use /labels' });
      if (request.method !== 'POST') return answer(405, { error: 'use POST' });
      const { parcelId, weightGrams } = parseObject(request.body) ?? {};
      if (typeof parcelId !== 'string' || typeof weightGrams !== 'number')
        return answer(400, { error: 'parcelId or weightGrams is missing' });
      if (rollAt.includes(state.requests + 1)) return answer(503, { error: 'changing the roll' }, { kind: 'roll', parcelId });
      if (weightGrams > GRAMS_MAX) return answer(422, { error: 'too_heavy' }, { kind: 'refused', parcelId });
      return answer(201, { labelId: `L-${Math.floor(random() * 1e6)}` }, { kind: 'printed', parcelId });
    },
    apply: (state) => ({ requests: state.requests + 1 }),
  };
}
