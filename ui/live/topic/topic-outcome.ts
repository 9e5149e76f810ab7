// What became of a message at each subscription, up to a fact of the trace: the same reading for the end of a run and for any moment in it.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
import type { Fact } from '@/sim/kernel/fact';
import type { JsonObject } from '@/sim/kernel/json';
import type { Ms } from '@/sim/kernel/time';
import type { TopicResult, TopicSubscription } from './topic-setup';

export type OutcomeStatus =
  | 'not-asked'
  | 'on-its-way'
  | 'delivered'
  | 'filtered'
  | 'retrying'
  | 'dead-lettered'
  | 'lost'
  | 'pending'
  | 'not-subscribed'
  | 'no-subscription';

/** Of one message at one subscription. */
export interface Outcome {
  messageId: string;
  status: OutcomeStatus;
  /** Attempts that have ended. */
  attempts: number;
  /** When the status began. */
  at: Ms;
  /** What tells most about it. */
  fact: number;
  retry?: { phase: string; attempt: number; attemptsMax: number; dueAt: Ms };
  error?: { code: string; message: string; status: number };
  filter?: { reason: string; key: string | null; seen: string | null };
}

/** What reached an endpoint. */
export interface Receipt {
  at: Ms;
  fact: number;
  kind: 'message' | 'confirmation' | 'dead-letter';
  where: string;
  body: string;
  /** Message attributes of a queue's message, headers of a request. */
  beside: JsonObject;
}

export interface SubscriptionOutcome {
  subscription: TopicSubscription;
  /** Null when SNS would not make it. */
  arn: string | null;
  refusal: string | null;
  /** The call to Subscribe has been made. */
  isMade: boolean;
  isConfirmed: boolean;
  confirmedBy: number | null;
  outcomes: Outcome[];
  receipts: Receipt[];
}

const RECEIVED = new Set([
  'sqs:MessageSent',
  'lambda:EventQueued',
  'internet:RequestReceived',
  'sns:EmailDelivered',
  'sns:SmsDelivered',
  'sns:PushDelivered',
  'sns:RecordDelivered',
]);

/** Facts that end or change a delivery. */
const STATUS_OF: Record<string, OutcomeStatus> = {
  'sns:DeliveryStarted': 'on-its-way',
  'sns:DeliveryRetryScheduled': 'retrying',
  'sns:MessageDelivered': 'delivered',
  'sns:MessageDeadLettered': 'dead-lettered',
  'sns:MessageDropped': 'lost',
  'sns:MessageFiltered': 'filtered',
};

export function outcomesAt(
  facts: readonly Fact[],
  cursor: number,
  subscriptions: readonly TopicSubscription[],
  result: TopicResult,
): SubscriptionOutcome[] {
  const rows = subscriptions.map(
    (subscription): SubscriptionOutcome => ({
      subscription,
      arn: result.arns[subscription.name] ?? null,
      refusal: result.refused[subscription.name] ?? null,
      isMade: false,
      isConfirmed: false,
      confirmedBy: null,
      outcomes: [],
      receipts: [],
    }),
  );
  const byArn = new Map(rows.filter((row) => row.arn !== null).map((row) => [row.arn, row]));
  const confirmations = new Set<string>();
  for (const fact of facts) {
    if (fact.seq > cursor) break;
    if (fact.type === 'sns:SubscriptionConfirmed') {
      const row = byArn.get(fact.resource);
      if (row) Object.assign(row, { isConfirmed: true, confirmedBy: fact.seq });
    } else if (fact.type === 'sns:SubscriptionRequested') {
      const row = byArn.get(fact.resource);
      if (row) row.isMade = true;
    } else if (fact.type === 'sns:ConfirmationRequested') confirmations.add(String(fact.data.messageId));
    else if (fact.type === 'sns:MessagePublished') noteSilent(rows, fact);
    else if (RECEIVED.has(fact.type)) noteReceipt(facts, byArn, fact, confirmations);
    else noteStep(byArn, fact, confirmations);
  }
  return rows;
}

/** Whoever has not confirmed is not even asked. */
function noteSilent(rows: readonly SubscriptionOutcome[], fact: Fact): void {
  const messageId = String(fact.data.messageId);
  for (const row of rows) {
    if (row.isConfirmed) continue;
    const status = row.arn === null ? 'no-subscription' : row.isMade ? 'pending' : 'not-subscribed';
    row.outcomes.push({ messageId, status, attempts: 0, at: fact.at, fact: fact.seq });
  }
}

function noteStep(byArn: ReadonlyMap<string | null, SubscriptionOutcome>, fact: Fact, confirmations: ReadonlySet<string>): void {
  const { data } = fact;
  const row = byArn.get(String(data.subscriptionArn));
  const messageId = String(data.messageId);
  if (!row || confirmations.has(messageId)) return;
  let outcome = row.outcomes.find((one) => one.messageId === messageId);
  if (!outcome) {
    outcome = { messageId, status: 'not-asked', attempts: 0, at: fact.at, fact: fact.seq };
    row.outcomes.push(outcome);
  }
  if (fact.type === 'sns:DeliveryAttempted') {
    outcome.attempts = Number(data.attempt);
    outcome.error = data.error as unknown as NonNullable<Outcome['error']>;
    const attemptsMax = Number(data.attemptsMax);
    outcome.retry = { phase: '', attempt: outcome.attempts, dueAt: fact.at, ...outcome.retry, attemptsMax };
  }
  const status = STATUS_OF[fact.type];
  if (status === undefined) return;
  Object.assign(outcome, { status, at: fact.at, fact: fact.seq });
  if (status === 'delivered') {
    outcome.attempts = Number(data.attempts);
    delete outcome.error;
  } else if (status === 'filtered') {
    outcome.filter = { reason: String(data.reason), key: textOf(data.key), seen: textOf(data.seen) };
  } else if (status === 'retrying') {
    const attemptsMax = outcome.retry?.attemptsMax ?? 0;
    outcome.retry = { phase: String(data.phase), attempt: Number(data.attempt), attemptsMax, dueAt: Number(data.dueAt) };
  }
}

function noteReceipt(
  facts: readonly Fact[],
  byArn: ReadonlyMap<string | null, SubscriptionOutcome>,
  fact: Fact,
  confirmations: ReadonlySet<string>,
): void {
  const from = deliveryBehind(facts, fact);
  const row = byArn.get(String(from?.data.subscriptionArn));
  if (!row || !from) return;
  const isConfirmation = confirmations.has(String(from.data.messageId));
  const isDeadLetter = from.type === 'sns:DeliveryFailed';
  row.receipts.push({
    at: fact.at,
    fact: fact.seq,
    kind: isDeadLetter ? 'dead-letter' : isConfirmation ? 'confirmation' : 'message',
    where: fact.type === 'internet:RequestReceived' ? String(fact.data.url ?? fact.resource) : nameOf(fact.resource, row, isDeadLetter),
    ...contentOf(fact),
  });
}

function nameOf(resource: string, row: SubscriptionOutcome, isDeadLetter: boolean): string {
  return isDeadLetter || resource.includes(':sqs:') ? (resource.split(':').at(-1) ?? resource) : row.subscription.name;
}

/** The fact of a delivery that led to this one. */
function deliveryBehind(facts: readonly Fact[], fact: Fact): Fact | null {
  let behind: Fact | undefined = fact;
  while (behind?.cause !== null && behind?.cause !== undefined) {
    behind = facts[behind.cause];
    if (behind?.type.startsWith('sns:') && typeof behind.data.deliveryId === 'string') return behind;
  }
  return null;
}

function contentOf({ type, data }: Fact): Pick<Receipt, 'body' | 'beside'> {
  switch (type) {
    case 'sqs:MessageSent':
      return { body: String(data.body), beside: (data.attributes ?? {}) as JsonObject };
    case 'lambda:EventQueued':
      return { body: String(data.payload), beside: {} };
    case 'internet:RequestReceived':
      return { body: String(data.body), beside: (data.headers ?? {}) as JsonObject };
    case 'sns:EmailDelivered':
      return { body: String(data.body), beside: { to: data.to ?? '', subject: data.subject ?? '' } };
    case 'sns:SmsDelivered':
      return { body: String(data.text), beside: { to: data.to ?? '', parts: data.parts ?? 1 } };
    case 'sns:PushDelivered':
      return { body: String(data.payload), beside: { platform: data.platform ?? '' } };
    default:
      return { body: String(data.data ?? ''), beside: {} };
  }
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
