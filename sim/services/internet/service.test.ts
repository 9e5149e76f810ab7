import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';
import { formatTrace } from '../../kernel/trace';
import { World } from '../../kernel/world';
import { createSns } from '../sns/service';
import type { SnsState } from '../sns/state';
import type { HostCall, HostScript, HttpAnswer } from './host';
import { createInternet } from './service';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:orders';
const HOST = 'https://hooks.example';

/** Takes every request, and confirms subscriptions as it is told to. */
function endpoint(confirm: (message: JsonObject) => HttpAnswer['calls']): HostScript {
  return {
    initial: () => 0,
    respond: (_seen, { headers, body }) => {
      const isHandshake = headers['x-amz-sns-message-type'] === 'SubscriptionConfirmation';
      const calls = isHandshake ? confirm(JSON.parse(body) as JsonObject) : undefined;
      return { status: 200, body: '', afterMs: 50, effect: {}, ...(calls ? { calls } : {}) };
    },
    apply: (seen) => Number(seen) + 1,
  };
}

function subscribe(script: HostScript): World {
  const world = new World({
    services: [createSns(), createInternet({ [HOST]: script })] as Service[],
    account: '111122223333',
    region: 'eu-west-1',
    seed: 5,
    startAtEpochMs: 1_793_613_600_000,
  });
  const call = (operation: string, input: JsonObject): void => {
    const route = world.route('sns', operation, input);
    if (route) world.call({ ...route, input });
  };
  call('CreateTopic', { Name: 'orders' });
  call('Subscribe', { TopicArn: TOPIC, Protocol: 'https', Endpoint: `${HOST}/in` });
  world.runUntilIdle();
  call('Publish', { TopicArn: TOPIC, Message: 'hello' });
  world.runUntilIdle();
  return world;
}

const isConfirmed = (world: World): boolean[] =>
  Object.values(world.state<SnsState>('sns').subscriptions).map((subscription) => subscription.isConfirmed);
const received = (world: World): string[] =>
  world.trace
    .filter(({ type }) => type === 'internet:RequestReceived')
    .map(({ data }) => (data.headers as JsonObject)['x-amz-sns-message-type'] as string);

describe('a host', () => {
  const confirm = ({ TopicArn = '', Token = '' }: JsonObject): HttpAnswer['calls'] => [
    { service: 'sns', operation: 'ConfirmSubscription', input: { TopicArn, Token } },
  ];

  it('confirms its own subscription, and gets what is published then', () => {
    const world = subscribe(endpoint(confirm));
    expect(isConfirmed(world)).toEqual([true]);
    expect(received(world)).toEqual(['SubscriptionConfirmation', 'Notification']);
    expect(world.trace.find(({ type }) => type === 'internet:CallMade')).toMatchObject({
      resource: HOST,
      at: 60,
      data: { service: 'sns', operation: 'ConfirmSubscription', target: TOPIC, principal: 'anonymous' },
    });
    expect(world.trace.find(({ type }) => type === 'internet:CallAnswered')?.data).toMatchObject({ fault: null });
  });

  it('that does nothing stays unconfirmed', () => {
    const world = subscribe(endpoint(() => []));
    expect(isConfirmed(world)).toEqual([false]);
    expect(received(world)).toEqual(['SubscriptionConfirmation']);
  });

  it('does things in their order, at their times, and what fails is a fact', () => {
    const calls: HostCall[] = [
      { service: 'sns', operation: 'ConfirmSubscription', input: { TopicArn: TOPIC, Token: 'wrong' } },
      { service: 's3', operation: 'GetObject', input: {}, afterMs: 2000 },
    ];
    const world = subscribe(endpoint(() => calls));
    const answers = world.trace.filter(({ type }) => type === 'internet:CallAnswered');
    expect(answers.map(({ at, data }) => [at, (data.fault as JsonObject).code])).toEqual([
      [60, 'InvalidParameter'],
      [2010, 'UnknownOperationException'],
    ]);
    expect(isConfirmed(world)).toEqual([false]);
  });

  it('does the same again from the same seed', () => {
    expect(formatTrace(subscribe(endpoint(confirm)).trace)).toBe(formatTrace(subscribe(endpoint(confirm)).trace));
  });
});
