// The claims of the brief: each queue has what it wants, and nothing else.
import type { Fact } from '../../sim/kernel/fact';
import type { Check, CheckResult, RunView } from '../lab';
import { countOf, fail, pass, shorten } from '../wording';
import { arrivedIn, type Said, saidIn } from './messages';

export const WANTED: Record<string, (said: Said) => boolean> = {
  BillingQueue: () => true,
  WarehouseQueue: ({ kind }) => kind === 'order',
  AccountingQueue: ({ kind, amount }) => kind === 'refund' && amount !== null && amount >= 100,
  DublinQueue: ({ city }) => city === 'Dublin',
};

/** Whether a queue got exactly what it wants. */
export function judgeQueue(run: RunView, queue: string): CheckResult {
  const wants = WANTED[queue] ?? (() => false);
  const arrived = arrivedIn(run, queue);
  const said = saidIn(run);
  for (const one of said) {
    const copies = arrived.filter(({ orderId }) => orderId === one.orderId);
    if (wants(one) && copies.length === 0) return fail(`${queue} did not get ${one.name}${reasonOf(run, queue, one)}.`, [one.fact]);
    const [first, second] = copies;
    if (!wants(one) && first) return fail(`${queue} got ${one.name}, which it does not want.`, [one.fact, first.fact]);
    if (second) return fail(`${queue} got ${one.name} ${copies.length} times: it is subscribed more than once.`, [one.fact, second.fact]);
  }
  const wanted = said.filter(wants);
  return pass(
    `${queue} got ${wanted.length} of ${countOf(said.length, 'message')}, and those are the ones that it wants.`,
    arrived.map(({ fact }) => fact),
  );
}

/** What the run knows of why a message did not arrive. */
function reasonOf(run: RunView, queue: string, { fact }: Said): string {
  const arn = run.arnOf(queue);
  const about = (type: string): Fact | undefined =>
    run.ofType(type).find(({ data }) => data.messageId === fact.data.messageId && String(data.endpoint ?? arn) === arn);
  const failed = about('sns:DeliveryFailed');
  if (failed) return `: ${shorten((failed.data.error as { message: string }).message)}`;
  const isSubscribed = run.ofType('sns:SubscriptionRequested').some(({ data }) => data.endpoint === arn);
  return isSubscribed ? ': its filter policy kept the message away' : ': it is not subscribed to the topic';
}

export function billingReadsEveryMessage(run: RunView): CheckResult {
  const judged = judgeQueue(run, 'BillingQueue');
  const wrapped = arrivedIn(run, 'BillingQueue').find(({ isWrapped }) => isWrapped);
  if (!judged.passed || !wrapped) return judged;
  return fail(
    'BillingQueue got each message in an envelope of SNS. Its program looks for orderId at the top of the body and finds none there.',
    [wrapped.fact],
  );
}

export const checks: Check[] = [
  { id: 'billing-reads-every-message', points: 15, scenarios: ['a-morning'], judge: billingReadsEveryMessage },
  { id: 'warehouse-gets-orders', points: 15, scenarios: ['a-morning'], judge: (run) => judgeQueue(run, 'WarehouseQueue') },
  { id: 'accounting-gets-large-refunds', points: 15, scenarios: ['a-morning'], judge: (run) => judgeQueue(run, 'AccountingQueue') },
  { id: 'dublin-gets-its-own', points: 15, scenarios: ['a-morning'], judge: (run) => judgeQueue(run, 'DublinQueue') },
];
