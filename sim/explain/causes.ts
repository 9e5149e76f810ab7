// Finding facts by what they are about, and the chain of causes of one fact.
import type { Fact } from '../kernel/fact';

type Is = (fact: Fact) => boolean;

export function lastBefore(trace: readonly Fact[], seq: number, is: Is): Fact | null {
  for (let i = Math.min(seq, trace.length) - 1; i >= 0; i--) {
    const fact = trace[i];
    if (fact && is(fact)) return fact;
  }
  return null;
}

export function firstAfter(trace: readonly Fact[], seq: number, is: Is): Fact | null {
  for (let i = seq + 1; i < trace.length; i++) {
    const fact = trace[i];
    if (fact && is(fact)) return fact;
  }
  return null;
}

/** Facts of these types about one thing, before `seq`, in order. */
export function allBefore(trace: readonly Fact[], seq: number, is: Is): Fact[] {
  return trace.slice(0, seq).filter(is);
}

/**
 * What one action emits has the fact before it as its cause. These pairs stand beside each other and not behind: each was caused
 * by what came before all of them. By the later fact's type.
 */
const BESIDE: Record<string, RegExp> = {
  'events:EventPut': /^events:/,
  'events:EventRefused': /^events:/,
  'events:EventReplayed': /^events:EventReplayed$/,
  'events:EventArchived': /^events:EventArchived$/,
  'events:EventUnmatched': /^events:EventArchived$/,
  'events:RulesPassedOver': /^events:EventArchived$/,
  'events:RuleMatched': /^events:(RuleMatched|InvocationCreated|RulesPassedOver|EventArchived)$/,
  'events:InvocationCreated': /^events:InvocationCreated$/,
  'sns:MessagePublished': /^sns:(MessagePublished|MessageFiltered|DeliveryStarted|MessageDeduplicated)$/,
  'sns:MessageFiltered': /^sns:(MessageFiltered|DeliveryStarted)$/,
  'sns:DeliveryStarted': /^sns:(MessageFiltered|DeliveryStarted)$/,
  'sqs:MessageSent': /^sqs:(MessageSent|MessageDeduplicated)$/,
  'sqs:MessageReceived': /^sqs:(MessageReceived|MessageDeadLettered|MessageSent)$/,
  'sqs:MessageDeadLettered': /^sqs:(MessageReceived|MessageDeadLettered|MessageSent)$/,
  'sqs:MessageDeleted': /^sqs:MessageDeleted$/,
};

function isBeside(earlier: Fact, later: Fact): boolean {
  if (earlier.type.startsWith('logs:')) return true;
  // A dead-lettered message is sent on by the very fact before it.
  if (later.type === 'sqs:MessageSent' && earlier.data.messageId === later.data.messageId) return false;
  return earlier.at === later.at && (BESIDE[later.type]?.test(earlier.type) ?? false);
}

/** Links of a chain that are shown; what lies between the first and the last of them is left out. */
const LINKS_MAX = 40;

/** From the first cause to the fact itself. Facts that merely stand beside the chain are left out. */
export function chainOf(trace: readonly Fact[], fact: Fact): Fact[] {
  const chain = [fact];
  let last = fact;
  for (let seq = fact.cause; seq !== null; ) {
    const cause = trace[seq];
    // A cause comes first: anything else is no trace, and must not loop.
    if (!cause || cause.seq >= last.seq) break;
    if (!isBeside(cause, last)) {
      chain.push(cause);
      last = cause;
    }
    seq = cause.cause;
  }
  chain.reverse();
  return chain.length <= LINKS_MAX ? chain : [...chain.slice(0, LINKS_MAX / 2), ...chain.slice(-LINKS_MAX / 2)];
}

/** The nearest cause of this kind. */
export function causedBy(trace: readonly Fact[], fact: Fact, is: Is): Fact | null {
  let from = fact.seq;
  for (let seq = fact.cause; seq !== null && seq < from; ) {
    const cause = trace[seq];
    if (!cause) return null;
    if (is(cause)) return cause;
    from = seq;
    seq = cause.cause;
  }
  return null;
}
