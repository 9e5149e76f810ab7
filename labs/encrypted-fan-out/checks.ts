// The claims of the brief: an order passes three keys, and nobody has more keys than needed.
import type { Arn } from '../../sim/kernel/arn';
import type { Fact } from '../../sim/kernel/fact';
import { lambdaData } from '../../sim/services/lambda/facts';
import type { Check, CheckResult, RunView } from '../lab';
import { countOf, fail, nameOf, parseObject, pass, shorten } from '../wording';

interface Order {
  fact: Fact;
  orderId: string;
}

export function ordersIn(run: RunView): Order[] {
  const checkout = run.arnOf('CheckoutFunction');
  return run
    .ofType('lambda:EventQueued')
    .filter((fact) => fact.resource === checkout)
    .flatMap((fact) => {
      const orderId = parseObject(lambdaData(fact, 'lambda:EventQueued').payload)?.orderId;
      return typeof orderId === 'string' ? [{ fact, orderId }] : [];
    });
}

export function ordersArePublished(run: RunView): CheckResult {
  const topic = run.arnOf('OrdersTopic');
  const published = run.ofType('sns:MessagePublished').filter((fact) => fact.resource === topic);
  const orders = ordersIn(run);
  const missing = orders.find(({ orderId }) => !published.some(({ data }) => parseObject(String(data.message))?.orderId === orderId));
  if (!missing) return pass(`Each of ${countOf(orders.length, 'order')} was published.`, published);
  const refusal = run.ofType('iam:AccessDenied').find(({ data }) => roleNameOf(data) === roleNameOfFunction(run, 'CheckoutFunction'));
  const why = refusal ? `: its role was refused ${refusal.data.action} on ${whichKey(run, String(refusal.data.resource))}` : '';
  return fail(`Order ${missing.orderId} was not published by CheckoutFunction${why}.`, refusal ? [missing.fact, refusal] : [missing.fact]);
}

export function ordersReachTheQueue(run: RunView): CheckResult {
  const published = ordersArePublished(run);
  if (!published.passed) return published;
  const queue = run.arnOf('BillingQueue');
  const sent = run.ofType('sqs:MessageSent').filter((fact) => fact.resource === queue);
  const orders = ordersIn(run);
  const missing = orders.find(({ orderId }) => !sent.some(({ data }) => String(data.body).includes(orderId)));
  if (!missing) return pass(`Each of ${countOf(orders.length, 'order')} lies in BillingQueue.`, sent);
  const failed = run.ofType('sns:DeliveryFailed').find(({ data }) => data.endpoint === queue);
  const why = failed ? `: ${shorten((failed.data.error as { message: string }).message)}` : ': nothing was delivered to it';
  return fail(
    `Order ${missing.orderId} was published and did not reach BillingQueue${why}.`,
    failed ? [missing.fact, failed] : [missing.fact],
  );
}

export function ordersAreBooked(run: RunView): CheckResult {
  const reached = ordersReachTheQueue(run);
  if (!reached.passed) return reached;
  const queue = run.arnOf('BillingQueue');
  const deleted = run.ofType('sqs:MessageDeleted').filter((fact) => fact.resource === queue);
  const orders = ordersIn(run);
  if (deleted.length >= orders.length) return pass(`Each of ${countOf(orders.length, 'order')} was booked.`, deleted);
  const refusal = run.ofType('iam:AccessDenied').find(({ data }) => roleNameOf(data) === roleNameOfFunction(run, 'BillingFunction'));
  const why = refusal
    ? `: the role of BillingFunction was refused ${refusal.data.action} on ${whichKey(run, String(refusal.data.resource))}`
    : '';
  return fail(`${deleted.length} of ${countOf(orders.length, 'order')} were booked${why}.`, refusal ? [refusal] : []);
}

/** Both are encrypted, each with its own key; and it works. */
export function allStaysEncrypted(run: RunView): CheckResult {
  const made = (type: string, resource: Arn) => run.ofType(type).filter((fact) => fact.resource === resource);
  const topic = made('sns:TopicCreated', run.arnOf('OrdersTopic'));
  const queue = made('sqs:QueueCreated', run.arnOf('BillingQueue'));
  const usedBy = (facts: Fact[], key: string) => facts.some(({ data }) => JSON.stringify(data).includes(nameOf(run.arnOf(key))));
  if (!usedBy(topic, 'OrdersKey')) return fail('OrdersTopic is not encrypted with OrdersKey.', topic);
  if (!usedBy(queue, 'BillingKey')) return fail('BillingQueue is not encrypted with BillingKey.', queue);
  const reached = ordersReachTheQueue(run);
  return reached.passed ? pass('Topic and queue are encrypted, each with its own key.', [...topic, ...queue]) : reached;
}

/** `assumed-role/<role>/…` and `role/<role>` are the same role. */
export function roleNameOf(data: Fact['data']): string {
  const id = (data.principal as { id?: string } | null)?.id ?? '';
  return /:(?:assumed-role|role)\/([^/]+)/.exec(id)?.[1] ?? '';
}

export function roleNameOfFunction(run: RunView, logicalId: string): string {
  const made = run.ofType('lambda:FunctionCreated').find((fact) => fact.resource === run.arnOf(logicalId));
  return made ? nameOf(lambdaData(made, 'lambda:FunctionCreated').role) : '';
}

/** A key by its name in the template, where it has one. */
function whichKey(run: RunView, arn: string): string {
  return ['OrdersKey', 'BillingKey'].find((key) => run.has(key) && run.arnOf(key) === arn) ?? nameOf(arn);
}

export const checks: Check[] = [
  { id: 'order-is-published', points: 20, scenarios: ['three-orders'], judge: ordersArePublished },
  { id: 'order-reaches-the-queue', points: 20, scenarios: ['three-orders'], judge: ordersReachTheQueue },
  { id: 'order-is-booked', points: 15, scenarios: ['three-orders'], judge: ordersAreBooked },
  { id: 'all-stays-encrypted', points: 10, scenarios: ['three-orders'], judge: allStaysEncrypted },
];
