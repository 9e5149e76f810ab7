// What only the grader tries: amounts at the limit, attributes that are missing or mistyped, and other people's topics.
import { parseArn } from '../../sim/kernel/arn';
import type { JsonObject } from '../../sim/kernel/json';
import type { Check, CheckResult, RunView, Scenario, Stage } from '../lab';
import { fail, nameOf, pass } from '../wording';
import { judgeQueue } from './checks';
import { attributesOf, type Draft, publishAll } from './messages';
import { morning } from './scenario';

const STRANGER = '444455556666';
const QUEUES = ['BillingQueue', 'WarehouseQueue', 'AccountingQueue', 'DublinQueue'];

const refund = (total: number): Draft => ({ attributes: attributesOf('refund', total), total, city: 'Cork' });

function makeTopic(stage: Stage, Name: string, as?: string): string {
  const answer = stage.ask('sns', 'CreateTopic', { Name }, as ? { as } : {});
  return answer && 'ok' in answer ? String((answer.ok as JsonObject).TopicArn) : '';
}

export const hiddenScenarios: Scenario[] = [
  {
    id: 'around-the-limit',
    title: 'Refunds of 99.99, 100, 100.01 and 1,000 euros',
    play: (stage) => publishAll(stage, [99.99, 100, 100.01, 9, 1000].map(refund)),
  },
  {
    id: 'odd-messages',
    title: 'No attributes, a kind in capitals, an amount that is a String',
    play: (stage) => {
      const { kind, amount } = attributesOf('refund', 250);
      publishAll(stage, [
        { attributes: {}, total: 250, city: 'Cork' },
        { attributes: { kind } as Draft['attributes'], total: 250, city: 'Galway' },
        { attributes: { amount } as Draft['attributes'], total: 250, city: 'Cork' },
        { attributes: { kind, amount: { DataType: 'String', StringValue: '250' } } as Draft['attributes'], total: 250, city: 'Cork' },
        { attributes: attributesOf('Order', 250), total: 250, city: 'Galway' },
        ...morning(stage),
      ]);
    },
  },
  {
    id: 'other-topics',
    title: 'A topic of a stranger and one of your own account try to use the queues',
    play: (stage) => {
      publishAll(stage, morning(stage));
      const endpoints = QUEUES.map((queue) => stage.arnOf(queue));
      const abroad = makeTopic(stage, 'orders', STRANGER);
      const neighbour = makeTopic(stage, 'newsletter');
      for (const Endpoint of endpoints) {
        stage.ask('sns', 'Subscribe', { TopicArn: abroad, Protocol: 'sqs', Endpoint }, { as: STRANGER });
        stage.ask('sns', 'Subscribe', { TopicArn: neighbour, Protocol: 'sqs', Endpoint });
      }
      stage.ask('sns', 'Publish', { TopicArn: neighbour, Message: '{"orderId":"A-0","total":0}' });
      stage.runUntilIdle();
    },
  },
];

function otherTopicsStayOut(run: RunView): CheckResult {
  const own = run.arnOf('OrdersTopic');
  const queues = new Set<string>(QUEUES.map((queue) => run.arnOf(queue)));
  const sent = run.ofType('sqs:MessageSent').filter((fact) => queues.has(fact.resource));
  const strange = run.ofType('sns:MessageDelivered').find((fact) => fact.resource !== own && queues.has(String(fact.data.endpoint)));
  if (strange) {
    const { account = '' } = parseArn(strange.resource) ?? {};
    return fail(
      `${nameOf(String(strange.data.endpoint))} took a message from the topic ${nameOf(strange.resource)} of account ${account}. Its policy must let SNS in for OrdersTopic only.`,
      [strange],
    );
  }
  const judged = QUEUES.map((queue) => judgeQueue(run, queue)).find(({ passed }) => !passed);
  return sent.length === 0 && judged ? judged : pass('No queue took anything from a topic that is not its own.', sent);
}

export const hiddenChecks: Check[] = [
  { id: 'limit-is-100-sharp', points: 15, scenarios: ['around-the-limit'], judge: (run) => judgeQueue(run, 'AccountingQueue') },
  {
    id: 'odd-messages-go-where-they-belong',
    points: 10,
    scenarios: ['odd-messages'],
    judge: (run) => {
      const judged = ['WarehouseQueue', 'AccountingQueue', 'BillingQueue'].map((queue) => judgeQueue(run, queue));
      return judged.find(({ passed }) => !passed) ?? (judged[0] as CheckResult);
    },
  },
  { id: 'other-topics-stay-out', points: 15, scenarios: ['other-topics'], judge: otherTopicsStayOut },
];
