// Reads a run: the messages that came in, what was printed, and what became of each message.
import type { Fact } from '../../sim/kernel/fact';
import type { RunView } from '../lab';
import type { PrinterEntry } from './labels';
import { type Parcel, parseParcel } from './parcels';

export interface SentMessage {
  fact: Fact;
  messageId: string;
  body: string;
  /** Null when the body is no parcel. */
  parcel: Parcel | null;
  receives: Fact[];
  deleted: Fact | null;
  expired: Fact | null;
  deadLettered: Fact | null;
}

export function messagesOf(run: RunView): SentMessage[] {
  const queue = run.arnOf('ParcelsQueue');
  const factsOf = (type: string, messageId: string) =>
    run.ofType(type).filter((fact) => fact.resource === queue && fact.data.messageId === messageId);
  return run
    .ofType('sqs:MessageSent')
    .filter((fact) => fact.resource === queue)
    .map((fact) => {
      const messageId = String(fact.data.messageId);
      const body = String(fact.data.body);
      return {
        fact,
        messageId,
        body,
        parcel: parseParcel(body),
        receives: factsOf('sqs:MessageReceived', messageId),
        deleted: factsOf('sqs:MessageDeleted', messageId)[0] ?? null,
        expired: factsOf('sqs:MessageExpired', messageId)[0] ?? null,
        deadLettered: factsOf('sqs:MessageDeadLettered', messageId)[0] ?? null,
      };
    });
}

export function entriesOf(run: RunView, kind: PrinterEntry['kind'], parcelId: string): Fact[] {
  return run.ofType('internet:RequestReceived').filter((fact) => {
    const entry = fact.data.effect as Partial<PrinterEntry> | null;
    return entry?.kind === kind && entry.parcelId === parcelId;
  });
}

/** How the batches ended that held this message. */
export function batchesOf(run: RunView, messageId: string): Fact[] {
  return run.ofType('lambda:BatchEnded').filter((fact) => (fact.data.messageIds as string[]).includes(messageId));
}
