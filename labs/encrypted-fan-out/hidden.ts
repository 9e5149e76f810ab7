// What only the grader tries: the checkout's credentials on other keys, and a stranger's topic.
import type { Arn } from '../../sim/kernel/arn';
import type { JsonObject } from '../../sim/kernel/json';
import type { Check, CheckResult, RunView, Scenario, Stage } from '../lab';
import { fail, pass } from '../wording';
import { ordersReachTheQueue, roleNameOf, roleNameOfFunction } from './checks';
import { sellOrders } from './scenario';

const STRANGER = '444455556666';
const DECRYPTING = ['kms:GenerateDataKey', 'kms:Encrypt'];

function textOf(answer: ReturnType<Stage['ask']>, ...path: string[]): string {
  let value: unknown = answer && 'ok' in answer ? answer.ok : null;
  for (const name of path) value = (value as JsonObject | null)?.[name];
  return String(value ?? '');
}

/** The role's own attempts on keys that it has no business with. */
function tryKeys(stage: Stage): void {
  const role = textOf(stage.ask('lambda', 'GetFunctionConfiguration', { FunctionName: stage.arnOf('CheckoutFunction') }), 'Role');
  const payroll = textOf(stage.ask('kms', 'CreateKey', { Description: 'payroll' }), 'KeyMetadata', 'Arn');
  for (const KeyId of [payroll, stage.arnOf('BillingKey')]) {
    stage.ask('kms', 'GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, { as: role as Arn });
    stage.ask('kms', 'Encrypt', { KeyId, Plaintext: 'aGVsbG8=' }, { as: role as Arn });
  }
}

export const hiddenScenarios: Scenario[] = [
  {
    id: 'borrowed-credentials',
    title: "Somebody tries the checkout's credentials on payroll's key and on the key of the queue",
    needs: ['kms'],
    play: (stage) => {
      sellOrders(stage, 2);
      tryKeys(stage);
    },
  },
  {
    id: 'strange-topic',
    title: 'A stranger subscribes your queue to a topic of theirs',
    needs: ['kms'],
    play: (stage) => {
      sellOrders(stage, 1);
      const TopicArn = textOf(stage.ask('sns', 'CreateTopic', { Name: 'offers' }, { as: STRANGER }), 'TopicArn');
      stage.ask('sns', 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: stage.arnOf('BillingQueue') }, { as: STRANGER });
      stage.runUntilIdle();
    },
  },
];

function checkoutHasOneKey(run: RunView): CheckResult {
  const reached = ordersReachTheQueue(run);
  if (!reached.passed) return reached;
  const role = roleNameOfFunction(run, 'CheckoutFunction');
  const topicKey = run.arnOf('OrdersKey');
  const refused = run
    .ofType('iam:AccessDenied')
    .filter(({ data }) => roleNameOf(data) === role && data.resource !== topicKey && DECRYPTING.includes(String(data.action)));
  const queueUses = run
    .ofType('sqs:QueueCreated')
    .some(({ data }) => JSON.stringify(data).includes(topicKey.split('/').at(-1) ?? topicKey));
  if (queueUses) return fail('The checkout may use OrdersKey, and BillingQueue is encrypted with it: who may publish may read the queue.');
  if (refused.length >= 4) return pass(`${role} was refused the keys of payroll and of BillingQueue.`, refused);
  return fail(`${role} may use a key that is not OrdersKey. Name the key of the topic as the resource of its statement.`, refused);
}

function strangersStayOut(run: RunView): CheckResult {
  const reached = ordersReachTheQueue(run);
  if (!reached.passed) return reached;
  const queue = run.arnOf('BillingQueue');
  const own = run.arnOf('OrdersTopic');
  const strange = run.ofType('sns:MessageDelivered').find((fact) => fact.data.endpoint === queue && fact.resource !== own);
  return strange
    ? fail('BillingQueue took a message from a topic of account 444455556666. Its policy must let SNS in for OrdersTopic only.', [strange])
    : pass('BillingQueue took nothing from a topic that is not its own.');
}

export const hiddenChecks: Check[] = [
  { id: 'checkout-has-one-key', points: 20, scenarios: ['borrowed-credentials'], judge: checkoutHasOneKey },
  { id: 'strangers-stay-out', points: 15, scenarios: ['strange-topic'], judge: strangersStayOut },
];
