// Reads a run: which prices came in, what the catalogue did with them, and what the two queues were told.
import type { Arn } from '../../sim/kernel/arn';
import type { Fact } from '../../sim/kernel/fact';
import type { JsonObject } from '../../sim/kernel/json';
import { lambdaData } from '../../sim/services/lambda/facts';
import type { RunView } from '../lab';
import { parseObject } from '../wording';
import type { Entry } from './catalogue';
import type { Price } from './prices';

export interface SentPrice extends Price {
  queued: Fact;
  requestId: string;
}

/** A message in one of the queues. */
export interface Told {
  fact: Fact;
  queueArn: Arn;
  /** Of the record's requestPayload; null when the message is no record of an invocation. */
  priceId: string | null;
  record: JsonObject;
}

export function pricesOf(run: RunView): SentPrice[] {
  return run.ofType('lambda:EventQueued').flatMap((queued) => {
    const { payload, requestId } = lambdaData(queued, 'lambda:EventQueued');
    const price = parseObject(payload) as Price | null;
    return price ? [{ ...price, queued, requestId }] : [];
  });
}

export function entriesOf<K extends Entry['kind']>(run: RunView, kind: K): (Extract<Entry, { kind: K }> & { fact: Fact })[] {
  return run
    .ofType('internet:RequestReceived')
    .filter((fact) => (fact.data.effect as Partial<Entry> | null)?.kind === kind)
    .map((fact) => ({ ...(fact.data.effect as unknown as Extract<Entry, { kind: K }>), fact }));
}

export function toldTo(run: RunView, logicalId: 'WebsiteQueue' | 'ReviewQueue'): Told[] {
  const queueArn = run.arnOf(logicalId);
  return run
    .ofType('sqs:MessageSent')
    .filter((fact) => fact.resource === queueArn)
    .map((fact) => {
      const record = parseObject(String(fact.data.body)) ?? {};
      const priceId = record.requestContext ? (record.requestPayload as Partial<Price> | null)?.priceId : undefined;
      return { fact, queueArn, priceId: typeof priceId === 'string' ? priceId : null, record };
    });
}

/** How the last attempt at a price ended: `success`, `error`. Null when none ended. */
export function lastAttempt(run: RunView, price: SentPrice): Fact | null {
  return run.ofType('lambda:InvocationEnded').findLast((fact) => fact.data.requestId === price.requestId) ?? null;
}

/** Why the destination or dead-letter queue did not take what Lambda sent for this price. */
export function refusedRecord(run: RunView, price: SentPrice): Fact | null {
  return run.ofType('lambda:DestinationFailed').find((fact) => fact.data.requestId === price.requestId) ?? null;
}
