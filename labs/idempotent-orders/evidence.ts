// Reads a run: which orders came in, what was charged, what reached shipping, and what led to a charge.
import type { Fact } from '../../sim/kernel/fact';
import { type LambdaFactType, lambdaData } from '../../sim/services/lambda/facts';
import type { RunView } from '../lab';
import { type Order, parseObject, parseOrder } from './orders';
import type { Booking } from './payments';

export interface PlacedOrder extends Order {
  /** One fact an event: an order that the shop sends twice has two. */
  queued: [Fact, ...Fact[]];
}

export interface Charge extends Booking {
  fact: Fact;
}

export interface Shipment {
  /** Null when the message is not JSON with an orderId. */
  orderId: string | null;
  body: string;
  fact: Fact;
}

/** The orders that the shop placed, in order of their first event. */
export function ordersOf(run: RunView): PlacedOrder[] {
  const orders = new Map<string, PlacedOrder>();
  for (const fact of run.ofType('lambda:EventQueued')) {
    const order = parseOrder(lambdaData(fact, 'lambda:EventQueued').payload);
    if (!order) continue;
    const known = orders.get(order.orderId);
    if (known) known.queued.push(fact);
    else orders.set(order.orderId, { ...order, queued: [fact] });
  }
  return [...orders.values()];
}

/** What the provider booked, in order. */
export function chargesOf(run: RunView): Charge[] {
  return run
    .ofType('internet:RequestReceived')
    .filter((fact) => (fact.data.effect as Partial<Booking> | null)?.kind === 'charged')
    .map((fact) => ({ ...(fact.data.effect as unknown as Booking), fact }));
}

/** Messages that were put on the shipping queue, in order. */
export function shipmentsOf(run: RunView): Shipment[] {
  const queue = run.arnOf('ShippingQueue');
  return run
    .ofType('sqs:MessageSent')
    .filter((fact) => fact.resource === queue)
    .map((fact) => {
      const body = fact.data.body as string;
      const orderId = parseObject(body)?.orderId;
      return { orderId: typeof orderId === 'string' ? orderId : null, body, fact };
    });
}

/** Facts of one type that belong to events of this order. */
export function factsOfOrder<T extends LambdaFactType>(run: RunView, order: PlacedOrder, type: T): Fact[] {
  const requestIds = order.queued.map((fact) => lambdaData(fact, 'lambda:EventQueued').requestId);
  return run.ofType(type).filter((fact) => requestIds.includes(fact.data.requestId as string));
}

/** What the latest attempt at the order before `at` ended in: `attempt 1 timed out after 3 s`. Null when it went well or none ended. */
export function failureBefore(run: RunView, order: PlacedOrder, at: number): { text: string; fact: Fact } | null {
  const fact = factsOfOrder(run, order, 'lambda:InvocationEnded').findLast((ended) => ended.at <= at);
  if (!fact) return null;
  const { status, attempt, error, durationMs } = lambdaData(fact, 'lambda:InvocationEnded');
  if (status === 'success') return null;
  if (status === 'timeout') return { text: `attempt ${attempt} timed out after ${Math.round(durationMs / 1000)} s`, fact };
  return { text: `attempt ${attempt} failed with “${shorten(textOf(error) ?? status)}”`, fact };
}

/** `ServiceUnavailable: …`; a plain Error needs no name. */
function textOf(error: { errorType: string; errorMessage: string } | null): string | null {
  if (!error) return null;
  return error.errorType === 'Error' ? error.errorMessage : `${error.errorType}: ${error.errorMessage}`;
}

/** `0:01:03`: virtual time since the run began. */
export function clock(atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `49.00 EUR` */
export function euros(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')} EUR`;
}

/** A learner's own text in a sentence: one line, and not longer than the sentence around it. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
