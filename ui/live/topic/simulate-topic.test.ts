import { beforeAll, describe, expect, it } from 'vitest';
import { createAws } from '@/sim/aws';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { testSandboxes } from '../../../test/sandboxes';
import { simulateTopic } from './simulate-topic';
import { outcomesAt, type SubscriptionOutcome } from './topic-outcome';
import { draftOf, filtersOf, jobOf, type TopicMessage, type TopicSimulatorProps, type TopicSubscription } from './topic-setup';

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

const ORDER: TopicMessage = {
  name: 'order.json',
  body: { orderId: 'A-1042' },
  attributes: [{ name: 'kind', type: 'String', value: 'order' }],
};

function run(subscriptions: TopicSubscription[], more: Partial<TopicSimulatorProps> = {}, times = 1) {
  const props: TopicSimulatorProps = { id: 'p', title: 'P', subscriptions, messages: [ORDER], ...more };
  const { facts, result } = simulateTopic(jobOf(props, draftOf(props.messages[0]), filtersOf(subscriptions), times), createAws, sandboxes);
  return { facts, result, rows: outcomesAt(facts, facts.length, subscriptions, result) };
}

const statuses = (rows: readonly SubscriptionOutcome[]) =>
  rows.map(({ subscription, outcomes }) => [subscription.name, ...outcomes.map(({ status, attempts }) => `${status} ${attempts}`)]);

describe('a run of a live topic', () => {
  it('brings one message to every protocol, each in its own form', () => {
    const { rows } = run([
      { name: 'store', protocol: 'sqs' },
      { name: 'plain', protocol: 'sqs', raw: true },
      { name: 'charge', protocol: 'lambda' },
      { name: 'hook', protocol: 'https' },
      { name: 'ada', protocol: 'email' },
      { name: 'log', protocol: 'email-json' },
      { name: 'phone', protocol: 'sms' },
      { name: 'app', protocol: 'application' },
      { name: 'stream', protocol: 'firehose' },
    ]);
    expect(statuses(rows).map(([, status]) => status)).toEqual(Array(9).fill('delivered 1'));
    const bodies = rows.map(({ receipts }) => receipts.filter(({ kind }) => kind === 'message').map(({ body }) => body));
    expect(bodies.map((list) => list.length)).toEqual(Array(9).fill(1));
    const text = draftOf(ORDER).body;
    expect(JSON.parse(bodies[0]?.[0] ?? '')).toMatchObject({ Type: 'Notification', Message: text });
    expect(bodies[1]).toEqual([text]);
    expect(rows[1]?.receipts[0]?.beside).toEqual({ kind: { DataType: 'String', StringValue: 'order' } });
    expect(JSON.parse(bodies[2]?.[0] ?? '').Records[0].Sns.Message).toBe(text);
    expect(bodies[4]?.[0]).toContain(text);
    expect(bodies[6]).toEqual([text]);
    expect(rows.map(({ receipts }) => receipts.some(({ kind }) => kind === 'confirmation'))).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('names the key and the value that a filter did not want', () => {
    const { rows } = run([
      { name: 'refunds', protocol: 'sqs', filterPolicy: { kind: ['refund'] } },
      { name: 'orders', protocol: 'sqs', filterPolicy: { kind: ['order'] } },
      { name: 'body', protocol: 'sqs', filterPolicy: { orderId: [{ prefix: 'A-' }] }, filterScope: 'MessageBody' },
      { name: 'wrong-scope', protocol: 'sqs', filterPolicy: { orderId: [{ prefix: 'A-' }] } },
    ]);
    expect(rows.map(({ outcomes }) => outcomes[0]?.status)).toEqual(['filtered', 'delivered', 'delivered', 'filtered']);
    expect(rows[0]?.outcomes[0]?.filter).toMatchObject({ key: 'kind', seen: expect.stringContaining('order') });
  });

  it('loses what a queue policy or key policy refuses at once, and keeps it where there is a dead-letter queue', () => {
    const { rows } = run([
      { name: 'closed', protocol: 'sqs', permission: false },
      { name: 'locked', protocol: 'sqs', key: 'forgets-sns', deadLetterQueue: true },
      { name: 'open', protocol: 'sqs', key: 'allows-sns' },
      { name: 'mute', protocol: 'lambda', permission: false },
    ]);
    expect(statuses(rows)).toEqual([
      ['closed', 'lost 1'],
      ['locked', 'dead-lettered 1'],
      ['open', 'delivered 1'],
      ['mute', 'lost 1'],
    ]);
    expect(rows[1]?.receipts.map(({ kind, where }) => [kind, where])).toEqual([['dead-letter', 'locked-dlq']]);
    expect(rows[1]?.outcomes[0]?.error?.code).toMatch(/KMS/i);
  });

  it('tries an endpoint that fails three more times, one that answers 404 never again', () => {
    const { rows, facts } = run([
      { name: 'down', protocol: 'https', answers: [503], deadLetterQueue: true },
      { name: 'slow', protocol: 'https', answers: [503, 503, 200] },
      { name: 'gone', protocol: 'https', answers: [404] },
      { name: 'shy', protocol: 'https', confirms: false },
    ]);
    expect(statuses(rows)).toEqual([
      ['down', 'dead-lettered 4'],
      ['slow', 'delivered 3'],
      ['gone', 'lost 1'],
      ['shy', 'pending 0'],
    ]);
    const waiting = facts.find((fact) => fact.type === 'sns:DeliveryRetryScheduled')?.seq ?? 0;
    const { result } = run([]);
    const arns = Object.fromEntries(rows.map((row) => [row.subscription.name, row.arn ?? '']));
    const [down] = outcomesAt(
      facts,
      waiting,
      rows.map((row) => row.subscription),
      { ...result, arns },
    );
    expect(down?.outcomes[0]).toMatchObject({ status: 'retrying', attempts: 1, retry: { phase: 'backoff', attempt: 2, attemptsMax: 4 } });
  });

  it('retries a service of AWS that is down in phases', () => {
    const { rows, facts } = run([{ name: 'store', protocol: 'sqs' }], { outage: { service: 'sqs', calls: 6 } });
    expect(statuses(rows)).toEqual([['store', 'delivered 7']]);
    expect(facts.filter((fact) => fact.type === 'sns:DeliveryRetryScheduled').map((fact) => fact.data.phase)).toEqual([
      'immediate',
      'immediate',
      'pre-backoff',
      'pre-backoff',
      'backoff',
      'backoff',
    ]);
  });

  it('takes a repeated message on a FIFO topic once, and no e-mail subscriber', () => {
    const message = { ...ORDER, groupId: 'A-1042' };
    const { rows, result } = run(
      [
        { name: 'store', protocol: 'sqs' },
        { name: 'ada', protocol: 'email' },
      ],
      { fifo: true, contentBasedDeduplication: true, messages: [message] },
      2,
    );
    expect(statuses(rows)).toEqual([
      ['store', 'delivered 1'],
      ['ada', 'no-subscription 0'],
    ]);
    expect(result.refused.ada).toMatch(/Invalid protocol type: email/);
  });

  it('says why a message was not taken, and is the same run every time', () => {
    const { result } = run([{ name: 'store', protocol: 'sqs' }], { messages: [{ name: 'empty', body: '' }] });
    expect(result.publishErrors[0]).toMatch(/Empty message/);
    const subscriptions: TopicSubscription[] = [{ name: 'store', protocol: 'sqs' }];
    expect(JSON.stringify(run(subscriptions).facts)).toBe(JSON.stringify(run(subscriptions).facts));
  });
});
