// The claims of the brief: the carrier books every parcel, and SNS itself survives a restart of the hook.
import type { Fact } from '../../sim/kernel/fact';
import type { Check, CheckResult, RunView } from '../lab';
import { clock, countOf, fail, listed, parseObject, pass } from '../wording';
import type { CarrierEntry } from './carrier';

interface Announced {
  fact: Fact;
  parcelId: string;
  messageId: string;
}

function announcedIn(run: RunView): Announced[] {
  const topic = run.arnOf('ParcelsTopic');
  return run
    .ofType('sns:MessagePublished')
    .filter((fact) => fact.resource === topic)
    .map((fact) => ({
      fact,
      parcelId: String(parseObject(String(fact.data.message))?.parcelId),
      messageId: String(fact.data.messageId),
    }));
}

function entriesOf(run: RunView, kind: CarrierEntry['kind']): Fact[] {
  return run.ofType('internet:RequestReceived').filter((fact) => (fact.data.effect as Partial<CarrierEntry> | null)?.kind === kind);
}

const about = (fact: Fact, { parcelId }: Announced): boolean => (fact.data.effect as { parcelId?: string }).parcelId === parcelId;

/** Every parcel is booked, by whichever way. */
export function everyParcelIsBooked(run: RunView): CheckResult {
  const announced = announcedIn(run);
  const booked = entriesOf(run, 'booked');
  const missing = announced.filter((one) => !booked.some((fact) => about(fact, one)));
  const [first] = missing;
  if (!first) return pass(`The carrier booked ${countOf(announced.length, 'parcel')}.`, booked);
  const names = listed(missing.map(({ parcelId }) => parcelId));
  return fail(`The carrier never heard of ${names}: ${whereItEnded(run, first)}.`, [first.fact, ...lastOf(run, first)]);
}

function lastOf(run: RunView, { messageId }: Announced): Fact[] {
  const last = run.facts.findLast(({ data }) => data.messageId === messageId);
  return last ? [last] : [];
}

function whereItEnded(run: RunView, { messageId, parcelId }: Announced): string {
  const of = (type: string) => run.ofType(type).find(({ data }) => data.messageId === messageId);
  if (entriesOf(run, 'confirmed').length === 0) return 'it has not confirmed its subscription, so SNS sends it nothing';
  const failed = of('sns:DeadLetterFailed');
  if (failed) return `its dead-letter queue refused SNS at ${clock(failed.at)}`;
  const dropped = of('sns:MessageDropped');
  if (dropped) return `SNS gave up at ${clock(dropped.at)}, and the subscription has no dead-letter queue`;
  const kept = run.ofType('sqs:MessageSent').find(({ data }) => String(data.body).includes(parcelId));
  if (!kept) return 'it was never delivered';
  const deleted = run.ofType('sqs:MessageDeleted').find(({ data }) => data.messageId === kept.data.messageId);
  return deleted
    ? `the dead letter was deleted at ${clock(deleted.at)}, when RedeliverFunction ended without an error`
    : 'the dead letter still lies in its queue, and nobody brings it';
}

/** SNS delivers by itself, without the help of dead letters. */
export function snsKeepsTrying(run: RunView): CheckResult {
  const announced = announcedIn(run);
  for (const one of announced) {
    const delivered = run.ofType('sns:MessageDelivered').find(({ data }) => data.messageId === one.messageId);
    if (delivered) continue;
    const failed = run.ofType('sns:DeliveryFailed').find(({ data }) => data.messageId === one.messageId);
    if (!failed) return everyParcelIsBooked(run);
    const seconds = Math.round((failed.at - one.fact.at) / 1000);
    return fail(
      `SNS gave parcel ${one.parcelId} up after ${countOf(Number(failed.data.attempts), 'attempt')} in ${seconds} seconds. The hook was away for 300.`,
      [one.fact, failed],
    );
  }
  const booked = entriesOf(run, 'booked');
  return pass(`SNS delivered ${countOf(announced.length, 'parcel')}, the last at ${clock(booked.at(-1)?.at ?? 0)}.`, booked);
}

export const checks: Check[] = [
  { id: 'carrier-is-told', points: 20, scenarios: ['a-quiet-day'], judge: everyParcelIsBooked },
  { id: 'five-minutes-harm-nothing', points: 30, scenarios: ['a-new-version'], judge: snsKeepsTrying },
];
