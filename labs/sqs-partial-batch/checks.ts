// The claims of the brief: one label for a good parcel, none for a bad one, and nothing lost.
import type { Check, CheckResult, RunView } from '../lab';
import { clock, countOf, fail, nameOf, pass, shorten } from '../wording';
import { batchesOf, entriesOf, messagesOf, type SentMessage } from './evidence';
import { GRAMS_MAX, type Parcel } from './parcels';

const TRIES_MIN = 3;

const isGood = (parcel: Parcel | null): parcel is Parcel => parcel !== null && parcel.weightGrams <= GRAMS_MAX;
const nameOfMessage = ({ parcel, body }: SentMessage): string =>
  parcel ? `parcel ${parcel.parcelId} of ${(parcel.weightGrams / 1000).toFixed(1)} kg` : `the message “${shorten(body)}”`;

export function everyGoodParcelGetsOneLabel(run: RunView): CheckResult {
  const good = messagesOf(run).filter(({ parcel }) => isGood(parcel));
  for (const message of good) {
    const parcelId = message.parcel?.parcelId ?? '';
    const labels = entriesOf(run, 'printed', parcelId);
    const [first, second] = labels;
    if (!first) return neverPrinted(run, message, parcelId);
    if (!second) continue;
    const before = batchesOf(run, message.messageId).find((fact) => fact.at <= second.at && fact.data.outcome !== 'success');
    const again = message.receives.find((fact) => fact.at > first.at && fact.at <= second.at) ?? message.receives[1];
    const because = before
      ? `because the batch that it shared ended with ${before.data.outcome} at ${clock(before.at)} and all of it came back`
      : `because its message became visible again at ${clock(again?.at ?? second.at)}, while the first batch was not done with it`;
    return fail(
      `Parcel ${parcelId} got ${labels.length} labels, at ${clock(first.at)} and again at ${clock(second.at)}, ${because}.`,
      [first, before ?? again, second].filter((fact) => fact !== undefined),
    );
  }
  return pass(
    `Each of ${countOf(good.length, 'good parcel')} got one label.`,
    good.map(({ fact }) => fact),
  );
}

function neverPrinted(run: RunView, message: SentMessage, parcelId: string): CheckResult {
  const { deadLettered, expired, deleted, fact } = message;
  const last = deadLettered ?? expired ?? deleted;
  const end = deadLettered
    ? `its message was given up after ${countOf(Number(deadLettered.data.receiveCount), 'receive')}`
    : expired
      ? 'its message lay in the queue until it expired'
      : deleted
        ? 'its message was deleted as if it had been'
        : 'its message is still in the queue';
  return fail(`Parcel ${parcelId} was never printed: ${end}.`, [
    fact,
    ...batchesOf(run, message.messageId).slice(-1),
    ...(last ? [last] : []),
  ]);
}

export function unprintableParcelIsKept(run: RunView): CheckResult {
  const bad = messagesOf(run).filter(({ parcel }) => !isGood(parcel));
  for (const message of bad) {
    const name = nameOfMessage(message);
    const { deadLettered, deleted, expired, fact, receives } = message;
    if (!deadLettered) {
      const last = deleted ?? expired;
      const how = deleted
        ? `deleted at ${clock(deleted.at)} as if it had been printed: Lambda deletes every message that the answer does not name as failed`
        : expired
          ? `dropped at ${clock(expired.at)}, after ${countOf(receives.length, 'receive')}: ParcelsQueue has nowhere else to put it`
          : 'not found in any dead-letter queue at the end';
      return fail(`${name[0]?.toUpperCase()}${name.slice(1)} was ${how}.`, [fact, ...(last ? [last] : [])]);
    }
    const target = String(deadLettered.data.deadLetterArn);
    if (!run.has('UnprintableQueue') || target !== run.arnOf('UnprintableQueue')) {
      return fail(`${name[0]?.toUpperCase()}${name.slice(1)} went to ${nameOf(target)}, and people look in UnprintableQueue.`, [
        deadLettered,
      ]);
    }
    if (receives.length < TRIES_MIN) {
      return fail(
        `${name[0]?.toUpperCase()}${name.slice(1)} was given up after ${countOf(receives.length, 'try', 'tries')}; a passing failure deserves ${TRIES_MIN}.`,
        [...receives, deadLettered],
      );
    }
  }
  if (bad.length === 0) return fail('Every message in this run could be printed.');
  const last = bad.at(-1) as SentMessage;
  return pass(
    `${countOf(bad.length, 'message')} that cannot be printed wait in UnprintableQueue, the last after ${last.receives.length} tries.`,
    bad.flatMap(({ deadLettered }) => (deadLettered ? [deadLettered] : [])),
  );
}

export const checks: Check[] = [
  { id: 'every-good-parcel-gets-one-label', points: 25, scenarios: ['heavy-parcel'], judge: everyGoodParcelGetsOneLabel },
  { id: 'unprintable-parcel-is-kept', points: 20, scenarios: ['heavy-parcel'], judge: unprintableParcelIsKept },
  { id: 'slow-printer-prints-nothing-twice', points: 20, scenarios: ['slow-printer'], judge: everyGoodParcelGetsOneLabel },
];
