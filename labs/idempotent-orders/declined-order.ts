// The claim that a declined order is neither charged nor shipped nor lost: its event waits in a dead-letter queue with the reason.
import type { Fact } from '../../sim/kernel/fact';
import { lambdaData } from '../../sim/services/lambda/facts';
import type { CheckResult, RunView } from '../lab';
import { chargesOf, clock, factsOfOrder, ordersOf, type PlacedOrder, shipmentsOf, shorten } from './evidence';
import { declineReasonOf } from './orders';

export function judgeDeclinedOrder(run: RunView): CheckResult {
  for (const order of ordersOf(run)) {
    const reason = declineReasonOf(order.card);
    if (reason) return judgeOrder(run, order, reason);
  }
  return { passed: false, message: 'No declined order came in.', evidence: [] };
}

function judgeOrder(run: RunView, order: PlacedOrder, reason: string): CheckResult {
  const name = `Order ${order.orderId} was declined (${reason})`;
  const fail = (message: string, evidence: Fact[]): CheckResult => ({ passed: false, message, evidence });

  const charge = chargesOf(run).find((candidate) => candidate.orderId === order.orderId);
  if (charge)
    return fail(`Order ${order.orderId} should be declined, but the card was charged at ${clock(charge.fact.at)}.`, [charge.fact]);
  const shipment = shipmentsOf(run).find((candidate) => candidate.orderId === order.orderId);
  if (shipment) {
    const message = `${name}, yet it was sent to shipping at ${clock(shipment.fact.at)}. Ship only after an answer that says that the card was charged.`;
    return fail(message, [shipment.fact]);
  }

  const sent = factsOfOrder(run, order, 'lambda:DeadLetterSent').at(-1);
  if (!sent) return fail(...lostOrder(run, order, name));

  const { requestId, deadLetterArn } = lambdaData(sent, 'lambda:DeadLetterSent');
  const letter = run
    .ofType('sqs:MessageSent')
    .find((fact) => fact.resource === deadLetterArn && attributeOf(fact, 'RequestID') === requestId);
  const errorMessage = letter ? attributeOf(letter, 'ErrorMessage') : '';
  const evidence = letter ? [letter, sent] : [sent];
  if (!errorMessage.includes(reason)) {
    const message = `${name} and its event is in the dead-letter queue, but ErrorMessage says only “${shorten(errorMessage)}”. Put the provider's reason into the error that you throw.`;
    return fail(message, evidence);
  }
  return {
    passed: true,
    message: `${name}, not charged, and kept: its event is in the dead-letter queue with “${shorten(errorMessage)}”.`,
    evidence,
  };
}

function lostOrder(run: RunView, order: PlacedOrder, name: string): [string, Fact[]] {
  const failed = factsOfOrder(run, order, 'lambda:DeadLetterFailed').at(-1);
  if (failed) {
    const { errorCode, errorMessage } = lambdaData(failed, 'lambda:DeadLetterFailed');
    return [`${name} and then lost: Lambda could not write to the dead-letter queue (${errorCode}: ${shorten(errorMessage)}).`, [failed]];
  }
  const discarded = factsOfOrder(run, order, 'lambda:EventDiscarded').at(-1);
  if (discarded) {
    const { attempts } = lambdaData(discarded, 'lambda:EventDiscarded');
    const after = attempts === 1 ? 'after 1 attempt' : `after ${attempts} attempts`;
    return [`${name} and then lost: ${after} Lambda had no dead-letter queue to put its event in.`, [discarded]];
  }
  const ended = factsOfOrder(run, order, 'lambda:InvocationEnded').at(-1);
  if (!ended) return [`${name}, but the function did not finish an attempt at it.`, [order.queued[0]]];
  return [
    `${name}, but the handler ended without an error at ${clock(ended.at)}, so Lambda counts the order as done and keeps nothing.`,
    [ended],
  ];
}

function attributeOf(fact: Fact, name: string): string {
  const attributes = fact.data.attributes as Record<string, { StringValue?: string }> | undefined;
  return attributes?.[name]?.StringValue ?? '';
}
