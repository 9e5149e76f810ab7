// The claims of the brief, each judged from the facts of a run.
import type { Fact } from '../../sim/kernel/fact';
import { lambdaData } from '../../sim/services/lambda/facts';
import type { Check, CheckResult, RunView } from '../lab';
import { judgeDeclinedOrder } from './declined-order';
import {
  type Charge,
  chargesOf,
  clock,
  euros,
  factsOfOrder,
  failureBefore,
  ordersOf,
  type PlacedOrder,
  shipmentsOf,
  shorten,
} from './evidence';
import { declineReasonOf } from './orders';

function pass(message: string, evidence: Fact[]): CheckResult {
  return { passed: true, message, evidence };
}

function fail(message: string, evidence: Fact[]): CheckResult {
  return { passed: false, message, evidence };
}

export function everyOrderIsChargedExactlyOnce(run: RunView): CheckResult {
  const charges = chargesOf(run);
  const payable = ordersOf(run).filter((order) => declineReasonOf(order.card) === null);
  for (const order of payable) {
    const own = charges.filter((charge) => charge.orderId === order.orderId);
    const [first, second] = own;
    if (!first) return neverCharged(run, order);
    if (second) return chargedAgain(run, order, own, first, second);
    if (first.amountCents !== order.amountCents) {
      const message = `Order ${order.orderId} costs ${euros(order.amountCents)}, but ${euros(first.amountCents)} was charged at ${clock(first.fact.at)}.`;
      return fail(message, [order.queued[0], first.fact]);
    }
  }
  const stray = charges.find((charge) => payable.every((order) => order.orderId !== charge.orderId));
  if (stray) {
    return fail(`${euros(stray.amountCents)} was charged for order ${shorten(stray.orderId)}, which nobody placed.`, [stray.fact]);
  }
  const orders = payable.length === 1 ? `Order ${payable[0]?.orderId} was` : `Each of ${payable.length} orders was`;
  return pass(
    `${orders} charged once, for its own amount.`,
    charges.map((charge) => charge.fact),
  );
}

function neverCharged(run: RunView, order: PlacedOrder): CheckResult {
  const start = `Order ${order.orderId} was never charged`;
  const discarded = factsOfOrder(run, order, 'lambda:EventDiscarded').at(-1);
  if (discarded) {
    const { attempts } = lambdaData(discarded, 'lambda:EventDiscarded');
    const failure = failureBefore(run, order, discarded.at);
    const because = failure ? `: ${failure.text}` : '';
    return fail(`${start}${because}, and after ${countOf(attempts, 'attempt')} Lambda gave up.`, [
      ...(failure ? [failure.fact] : []),
      discarded,
    ]);
  }
  const ended = factsOfOrder(run, order, 'lambda:InvocationEnded').at(-1);
  if (!ended) return fail(`${start}: the function did not finish an attempt at it.`, [order.queued[0]]);
  return fail(`${start}, yet the handler ended without an error at ${clock(ended.at)}, so nobody will try again.`, [ended]);
}

function chargedAgain(run: RunView, order: PlacedOrder, own: Charge[], first: Charge, second: Charge): CheckResult {
  const failure = failureBefore(run, order, second.fact.at);
  const sentTwice = order.queued.length > 1;
  const because = failure ? `, after ${failure.text}` : sentTwice ? ': the shop had sent the order as two events' : '';
  const message =
    `Order ${order.orderId} was charged ${own.length} times: at ${clock(first.fact.at)} and again at ${clock(second.fact.at)}${because}. ` +
    keysSentence(first, second);
  return fail(message, [first.fact, ...(failure ? [failure.fact] : []), second.fact]);
}

function keysSentence(first: Charge, second: Charge): string {
  if (first.key === null && second.key === null)
    return 'The provider could not know that it was the same charge: it saw no Idempotency-Key.';
  const [one, two] = [first, second].map(({ key }) => (key === null ? 'no Idempotency-Key' : `the key “${shorten(key)}”`));
  return `The provider saw ${one}, then ${two}.`;
}

export function everyChargedOrderReachesShipping(run: RunView): CheckResult {
  const charges = chargesOf(run);
  const shipments = shipmentsOf(run);
  for (const order of ordersOf(run)) {
    const charge = charges.find((candidate) => candidate.orderId === order.orderId);
    const shipment = shipments.find((candidate) => candidate.orderId === order.orderId);
    if (charge && !shipment) return paidAndNotShipped(run, order, charge);
    if (shipment && (!charge || charge.fact.seq > shipment.fact.seq)) {
      const message = `Order ${order.orderId} was sent to shipping at ${clock(shipment.fact.at)}, but nothing was charged for it by then.`;
      return fail(message, [shipment.fact]);
    }
  }
  const unreadable = shipments.find((shipment) => shipment.orderId === null);
  if (unreadable) {
    return fail(`Shipping got a message that is not JSON with an orderId: “${shorten(unreadable.body)}”.`, [unreadable.fact]);
  }
  if (charges.length === 0) return fail('Nothing was charged in this run, so nothing could be shipped.', []);
  const evidence = shipments.map((shipment) => shipment.fact);
  const shipped = new Set(shipments.map((shipment) => shipment.orderId)).size;
  return pass(`${countOf(shipped, 'charged order')} reached shipping, and nothing else did.`, evidence);
}

function paidAndNotShipped(run: RunView, order: PlacedOrder, charge: Charge): CheckResult {
  const start = `Order ${order.orderId} was charged at ${clock(charge.fact.at)} and never reached shipping`;
  const discarded = factsOfOrder(run, order, 'lambda:EventDiscarded').at(-1);
  if (discarded) {
    const { attempts } = lambdaData(discarded, 'lambda:EventDiscarded');
    const failure = failureBefore(run, order, discarded.at);
    const because = failure ? `: ${failure.text}` : '';
    const none = attempts === 1 ? ' Without a retry nobody tries again.' : '';
    return fail(`${start}${because}, and Lambda gave up after ${countOf(attempts, 'attempt')}.${none}`, [
      charge.fact,
      ...(failure ? [failure.fact] : []),
      discarded,
    ]);
  }
  const ended = factsOfOrder(run, order, 'lambda:InvocationEnded').at(-1);
  return fail(`${start}: the handler ended without an error, so Lambda counts the order as done.`, [
    charge.fact,
    ...(ended ? [ended] : []),
  ]);
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export const checks: Check[] = [
  {
    id: 'every-order-is-charged-exactly-once',
    points: 25,
    scenarios: ['three-orders', 'slow-payment', 'payments-down', 'shipping-refuses-once'],
    judge: everyOrderIsChargedExactlyOnce,
  },
  {
    id: 'every-charged-order-reaches-shipping',
    points: 15,
    scenarios: ['three-orders', 'slow-payment', 'payments-down', 'shipping-refuses-once', 'declined-card'],
    judge: everyChargedOrderReachesShipping,
  },
  { id: 'declined-order-is-kept', points: 20, scenarios: ['declined-card'], judge: judgeDeclinedOrder },
];
