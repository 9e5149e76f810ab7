// Outcomes in words and signs: a colour never says it alone.
import { formatDuration } from '@/ui/timeline/clock';
import type { Outcome, OutcomeStatus, SubscriptionOutcome } from './topic-outcome';
import type { Prediction } from './use-topic';

export type Tone = 'warm' | 'ash' | 'fault' | 'retry' | 'cold';

export interface Badge {
  sign: string;
  label: string;
  tone: Tone;
}

const BADGES: Record<OutcomeStatus, Badge> = {
  'not-asked': { sign: '·', label: 'not yet', tone: 'ash' },
  'on-its-way': { sign: '→', label: 'on its way', tone: 'warm' },
  delivered: { sign: '✓', label: 'delivered', tone: 'warm' },
  filtered: { sign: '○', label: 'filtered out', tone: 'ash' },
  retrying: { sign: '↻', label: 'retrying', tone: 'retry' },
  'dead-lettered': { sign: '↓', label: 'dead-lettered', tone: 'fault' },
  lost: { sign: '✕', label: 'lost', tone: 'fault' },
  pending: { sign: '?', label: 'not confirmed', tone: 'cold' },
  'not-subscribed': { sign: '·', label: 'not subscribed yet', tone: 'ash' },
  'no-subscription': { sign: '✕', label: 'no subscription', tone: 'fault' },
};

const NOT_YET: Badge = BADGES['not-asked'];

export function badgeOf(outcome: Outcome | undefined): Badge {
  return outcome ? BADGES[outcome.status] : NOT_YET;
}

function tries(attempts: number): string {
  return attempts === 1 ? '1 attempt' : `${attempts.toLocaleString('en')} attempts`;
}

/** One sentence or two about what became of a message at a subscription, and why. */
export function sentenceOf(row: SubscriptionOutcome, outcome: Outcome): string {
  const { error, retry, attempts } = outcome;
  const why = error ? `${error.message} (${error.code}, ${error.status})` : '';
  switch (outcome.status) {
    case 'not-asked':
      return 'SNS has not come to this subscription yet.';
    case 'on-its-way':
      return 'The message is on its way.';
    case 'delivered':
      return `The endpoint took it after ${tries(attempts)}.`;
    case 'filtered':
      return filterSentence(row, outcome);
    case 'retrying': {
      const next = retry ? ` Attempt ${retry.attempt} of ${retry.attemptsMax.toLocaleString('en')} comes ${waitOf(outcome)}.` : '';
      return `${why}${next}`;
    }
    case 'dead-lettered':
      return `${why} SNS gave up after ${tries(attempts)} and put the message into the dead-letter queue.`;
    case 'lost':
      return `${why} SNS gave up after ${tries(attempts)}. This subscription has no dead-letter queue that took it: the message is gone.`;
    case 'pending':
      return 'Nobody has confirmed this subscription. SNS sends it nothing, and keeps nothing for it.';
    case 'not-subscribed':
      return 'This subscription was made later. SNS keeps nothing for those who come later.';
    case 'no-subscription':
      return `SNS refused the subscription: ${row.refusal ?? 'it was not made'}.`;
  }
}

function waitOf({ retry, at }: Outcome): string {
  if (!retry) return 'next';
  const wait = retry.dueAt - at;
  return `${wait <= 0 ? 'at once' : `${formatDuration(wait)} later`}, in the ${retry.phase} phase`;
}

function filterSentence({ subscription }: SubscriptionOutcome, { filter }: Outcome): string {
  const place = subscription.filterScope === 'MessageBody' ? 'body' : 'attributes';
  if (!filter?.key) return `The filter policy looks at the ${place} and found nothing there that it could read.`;
  if (filter.seen === null || filter.seen === '[]')
    return `The filter policy asks for ${filter.key}, which the message's ${place} does not have.`.replace(
      'attributes does',
      'attributes do',
    );
  return `The filter policy does not want ${filter.key} to be ${filter.seen}.`;
}

/** Whether the endpoint has the message now. */
export function hasArrived(row: SubscriptionOutcome): boolean {
  return row.outcomes.some(({ status }) => status === 'delivered');
}

export function verdictOn(prediction: Prediction | undefined, row: SubscriptionOutcome): { isRight: boolean; text: string } | null {
  if (!prediction) return null;
  const isRight = (prediction === 'arrives') === hasArrived(row);
  const said = prediction === 'arrives' ? 'it gets the message' : 'it does not get the message';
  return { isRight, text: `You said ${said}: ${isRight ? 'right' : 'not so'}.` };
}
