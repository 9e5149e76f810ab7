// Days on which parcels are announced. Their ids come from the seed.
import type { Scenario, Stage } from '../lab';
import { type Away, CARRIER_ADDRESS, createCarrier } from './carrier';

const MINUTE_MS = 60_000;
/** The subscription has been confirmed by then. */
const OPENS_AT_MS = 10_000;

/** Announces parcels a minute apart; `awayMs` counts from the first of them. */
export function playDay(stage: Stage, parcels: number, awayMs = 0, status: Away['status'] = 503): void {
  const away = awayMs > 0 ? { fromMs: OPENS_AT_MS, untilMs: OPENS_AT_MS + awayMs, status } : null;
  stage.host(CARRIER_ADDRESS, createCarrier(stage, away));
  const TopicArn = stage.arnOf('ParcelsTopic');
  const first = 2000 + Math.floor(stage.random() * 7000);
  for (let i = 0; i < parcels; i++) {
    const Message = JSON.stringify({ parcelId: `P-${first + i * 3}`, kilos: 1 + Math.floor(stage.random() * 20) });
    stage.call('sns', 'Publish', { TopicArn, Message }, { atMs: OPENS_AT_MS + 100 + i * MINUTE_MS });
  }
  stage.runUntilIdle();
}

export const scenarios: Scenario[] = [
  { id: 'a-quiet-day', title: 'Three parcels, and a carrier that is there', play: (stage) => playDay(stage, 3) },
  {
    id: 'a-new-version',
    title: 'The hook answers 503 for five minutes',
    play: (stage) => playDay(stage, 3, 5 * MINUTE_MS),
  },
];
