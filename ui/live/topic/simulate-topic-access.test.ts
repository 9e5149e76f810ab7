import { beforeAll, describe, expect, it } from 'vitest';
import { createAws } from '@/sim/aws';
import type { JsonObject } from '@/sim/kernel/json';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { testSandboxes } from '../../../test/sandboxes';
import { attemptsOf } from './attempts';
import { logLinesOf } from './log-lines';
import { simulateTopic } from './simulate-topic';
import { outcomesAt } from './topic-outcome';
import { draftOf, filtersOf, jobOf, type TopicSimulatorProps, type TopicSubscription } from './topic-setup';

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:orders';
const PARTNER = '444455556666';
const allow = (Action: string | string[], Resource: string, more: JsonObject = {}): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...more, Action, Resource }],
});
const KEY_OWNER: JsonObject = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' };
const keyFor = (service: string): JsonObject => ({
  Version: '2012-10-17',
  Statement: [
    KEY_OWNER,
    { Effect: 'Allow', Principal: { Service: service }, Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Resource: '*' },
  ],
});
const KEY_FOR_NOBODY: JsonObject = { Version: '2012-10-17', Statement: [KEY_OWNER] };
const ALARM = { service: 'cloudwatch.amazonaws.com', sourceArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:queue-full' };
const ALARMS_MAY_PUBLISH = allow('sns:Publish', TOPIC, { Principal: { Service: 'cloudwatch.amazonaws.com' } });

function run(subscriptions: TopicSubscription[], more: Partial<TopicSimulatorProps> = {}) {
  const messages = [{ name: 'order', body: { orderId: 'A-1' } }];
  const props: TopicSimulatorProps = { id: 'p', title: 'P', subscriptions, messages, ...more };
  const { facts, result } = simulateTopic(
    jobOf(props, draftOf(props.messages[0]), filtersOf(subscriptions), props.times ?? 1),
    createAws,
    sandboxes,
  );
  const rows = outcomesAt(facts, facts.length, subscriptions, result);
  return { facts, result, rows, statuses: rows.map(({ outcomes }) => outcomes.map(({ status }) => status).join(' ')) };
}

describe('a live topic and who may use it', () => {
  it.each<[string, TopicSubscription[], Partial<TopicSimulatorProps>, string[], RegExp | null]>([
    [
      'a role without a permission',
      [{ name: 'q', protocol: 'sqs' }],
      { publisher: { role: 'checkout' }, documents: [{ at: 'publisher', text: allow('sns:ListTopics', '*') }] },
      [''],
      /not authorized to perform: SNS:Publish/i,
    ],
    [
      'a role with it',
      [{ name: 'q', protocol: 'sqs' }],
      { publisher: { role: 'checkout' }, documents: [{ at: 'publisher', text: allow('sns:Publish', TOPIC) }] },
      ['delivered'],
      null,
    ],
    [
      'a role that may publish and may not use the key of the topic',
      [{ name: 'q', protocol: 'sqs' }],
      {
        publisher: { role: 'checkout' },
        documents: [
          { at: 'publisher', text: allow('sns:Publish', TOPIC) },
          { at: 'topic-key', text: KEY_FOR_NOBODY },
        ],
      },
      [''],
      /KMS/,
    ],
    [
      'a role that may do both',
      [{ name: 'q', protocol: 'sqs' }],
      {
        publisher: { role: 'checkout' },
        documents: [
          { at: 'publisher', text: allow(['sns:Publish', 'kms:GenerateDataKey*', 'kms:Decrypt'], '*') },
          { at: 'topic-key', text: KEY_FOR_NOBODY },
        ],
      },
      ['delivered'],
      null,
    ],
    [
      'an alarm, and the key that AWS manages',
      [{ name: 'ada', protocol: 'email' }],
      { publisher: ALARM, awsManagedKey: true, documents: [{ at: 'topic', text: ALARMS_MAY_PUBLISH }] },
      [''],
      /KMS/,
    ],
    [
      'an alarm, and a key that names it',
      [{ name: 'ada', protocol: 'email' }],
      {
        publisher: ALARM,
        documents: [
          { at: 'topic', text: ALARMS_MAY_PUBLISH },
          { at: 'topic-key', text: keyFor('cloudwatch.amazonaws.com') },
        ],
      },
      ['delivered'],
      null,
    ],
    [
      'an encrypted queue, by whether its key names SNS',
      [
        { name: 'named', protocol: 'sqs' },
        { name: 'forgotten', protocol: 'sqs' },
      ],
      {
        documents: [
          { at: 'key named', text: keyFor('sns.amazonaws.com') },
          { at: 'key forgotten', text: KEY_FOR_NOBODY },
        ],
      },
      ['delivered', 'lost'],
      null,
    ],
    [
      'a queue of another account that subscribes itself, which the topic does not allow',
      [{ name: 'q', protocol: 'sqs', account: PARTNER, subscribedBy: 'endpoint-account' }],
      {},
      ['no-subscription'],
      null,
    ],
    [
      'the same when the topic allows it',
      [{ name: 'q', protocol: 'sqs', account: PARTNER, subscribedBy: 'endpoint-account' }],
      {
        documents: [
          { at: 'topic', text: allow(['sns:Subscribe', 'sns:Receive'], TOPIC, { Principal: { AWS: `arn:aws:iam::${PARTNER}:root` } }) },
        ],
      },
      ['delivered'],
      null,
    ],
    [
      "a queue of another account that the topic's account subscribes, confirmed and not",
      [
        { name: 'read', protocol: 'sqs', account: PARTNER },
        { name: 'unread', protocol: 'sqs', account: PARTNER, confirms: false },
        { name: 'function', protocol: 'lambda', account: PARTNER, subscribedBy: 'topic-account' },
      ],
      {},
      ['delivered', 'pending', 'pending'],
      null,
    ],
    [
      'a publisher of another account, by its own policy alone',
      [{ name: 'q', protocol: 'sqs' }],
      { publisher: { role: 'press', account: PARTNER }, documents: [{ at: 'publisher', text: allow('sns:Publish', TOPIC) }] },
      [''],
      /not authorized/,
    ],
  ])('%s', (_name, subscriptions, more, expected, error) => {
    const { statuses, result } = run(subscriptions, more);
    expect(statuses).toEqual(expected);
    if (error) expect(result.publishErrors[0]).toMatch(error);
    else expect(result.publishErrors).toEqual([]);
  });

  it('has nothing for those who come later', () => {
    const { statuses } = run(
      [
        { name: 'early', protocol: 'sqs' },
        { name: 'late', protocol: 'sqs', joinsAfter: 2 },
      ],
      { times: 3 },
    );
    expect(statuses).toEqual(['delivered delivered delivered', 'not-subscribed not-subscribed delivered']);
  });

  it('says to each protocol what was written for it', () => {
    const body = { default: 'all', sms: 'short' };
    const { rows } = run(
      [
        { name: 'phone', protocol: 'sms' },
        { name: 'ada', protocol: 'email', confirms: true },
      ],
      {
        messages: [{ name: 'm', body, structured: true }],
      },
    );
    const received = rows.map(({ receipts }) => receipts.find(({ kind }) => kind === 'message')?.body);
    expect(received[0]).toBe('short');
    expect(received[1]).toMatch(/^all/);
  });

  it('runs the code that the learner wrote', () => {
    const { facts } = run([{ name: 'charge', protocol: 'lambda' }], {
      documents: [{ at: 'code charge', text: `export const handler = async ({ Records }) => console.log('got', Records[0].Sns.Message);` }],
    });
    expect(
      logLinesOf(facts, facts.length)
        .map(({ message }) => message)
        .join(),
    ).toMatch(/got \{\s+"orderId": "A-1"/);
  });

  it('loses what comes while a host is down for longer than its four attempts, and says so in the log', () => {
    const { statuses, facts, result } = run([{ name: 'hook', protocol: 'https', downSeconds: 90 }], { deliveryStatus: true });
    expect(statuses).toEqual(['lost']);
    expect(attemptsOf(facts, result.publishedAt).map(({ attempt, phase, waitMs }) => [attempt, phase, waitMs])).toEqual([
      [1, 'first', 0],
      [2, 'backoff', 20_000],
      [3, 'backoff', 20_000],
      [4, 'backoff', 20_000],
    ]);
    const [line] = logLinesOf(facts, facts.length);
    expect(line?.group).toBe('sns/eu-west-1/111122223333/orders/Failure');
    expect(JSON.parse(line?.message ?? '')).toMatchObject({ status: 'FAILURE', delivery: { attempts: 4, statusCode: 503 } });
  });

  it('survives the same with another delivery policy, and does a slow one more than once', () => {
    const text = { healthyRetryPolicy: { numRetries: 10, minDelayTarget: 10, maxDelayTarget: 120, backoffFunction: 'exponential' } };
    const { statuses } = run([{ name: 'hook', protocol: 'https', downSeconds: 90 }], { documents: [{ at: 'delivery hook', text }] });
    expect(statuses).toEqual(['delivered']);
    const slow = run([{ name: 'slow', protocol: 'https', answerMs: 20_000 }]);
    expect(slow.statuses).toEqual(['lost']);
    expect(slow.rows[0]?.receipts.filter(({ kind }) => kind === 'message')).toHaveLength(4);
  });
});
