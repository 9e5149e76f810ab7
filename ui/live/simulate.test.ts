import { beforeAll, describe, expect, it } from 'vitest';
import { createAws } from '@/sim/aws';
import type { SandboxFactory } from '../../sim/sandbox/sandbox';
import { testSandboxes } from '../../test/sandboxes';
import { answersOf } from '../timeline/answers';
import { lanesOf } from '../timeline/lanes';
import type { RuntimeJob } from './runtime-setup';
import { simulate } from './simulate';

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

const FAILS_TWICE = `let attempts = 0;
export const handler = async (order) => {
  attempts += 1;
  if (attempts < 3) throw new Error('card network down');
  return { charged: order.amountCents };
};`;

const CHARGES = `export const handler = async (order) => {
  const answer = await fetch('https://payments.example/charges', { method: 'POST', body: JSON.stringify(order) });
  return (await answer.json()).id;
};`;

function job(change: Partial<RuntimeJob>): RuntimeJob {
  return {
    files: { 'charge.mjs': FAILS_TWICE },
    handler: 'charge.handler',
    events: [{ orderId: 'A-1042', amountCents: 4900 }],
    memoryMB: 128,
    timeoutSeconds: 3,
    retries: 2,
    deadLetterQueue: false,
    reclaimAfterAttempt: null,
    invocationType: 'Event',
    calls: 1,
    everySeconds: 0,
    reservedConcurrency: null,
    hosts: [],
    variables: {},
    seed: 7,
    ...change,
  };
}

function outcomes(change: Partial<RuntimeJob>): string[] {
  return simulate(job(change), sandboxes, createAws)
    .filter((fact) => /Invocation(Ended)|EventProcessed|EventDiscarded|DeadLetterSent|RequestReceived|EnvironmentCreated/.test(fact.type))
    .map((fact) => `${fact.type.split(':')[1]}${fact.data.status === undefined ? '' : ` ${fact.data.status}`}`);
}

describe('a run of a live runtime', () => {
  it('retries in the warm environment until the handler works', () => {
    expect(outcomes({})).toEqual([
      'EnvironmentCreated',
      'InvocationEnded error',
      'InvocationEnded error',
      'InvocationEnded success',
      'EventProcessed',
    ]);
  });

  it('starts over in a new environment when the old one was reclaimed after an attempt', () => {
    expect(outcomes({ reclaimAfterAttempt: 2 })).toEqual([
      'EnvironmentCreated',
      'InvocationEnded error',
      'InvocationEnded error',
      'EnvironmentCreated',
      'InvocationEnded error',
      'EventDiscarded',
    ]);
  });

  it('sends the event to the dead-letter queue when the retries are used up', () => {
    const facts = simulate(job({ retries: 0, deadLetterQueue: true }), sandboxes, createAws);
    const message = facts.find((fact) => fact.type === 'sqs:MessageSent');
    expect(message?.data.body).toBe('{"orderId":"A-1042","amountCents":4900}');
    expect(Object.keys(message?.data.attributes ?? {}).sort()).toEqual(['ErrorCode', 'ErrorMessage', 'RequestID']);
  });

  it('charges twice when the provider is slower than the function is patient', () => {
    const slow = { files: { 'charge.mjs': CHARGES }, hosts: [{ name: 'payments', slowFirst: 1, delayMs: 5000 }] };
    expect(outcomes(slow)).toEqual([
      'EnvironmentCreated',
      'RequestReceived 201',
      'InvocationEnded timeout',
      'RequestReceived 201',
      'InvocationEnded success',
      'EventProcessed',
    ]);
  });

  it.each([
    ['one environment for calls that follow each other', { calls: 3, everySeconds: 2 }, 1],
    ['one for each of the calls that come at once', { calls: 3, everySeconds: 0 }, 3],
    ['a new one after hours without a call', { calls: 2, everySeconds: 6 * 3600 }, 2],
  ])('makes %s', (_name, change, environments) => {
    const files = { 'charge.mjs': 'export const handler = async (order) => order;' };
    const facts = simulate(job({ files, invocationType: 'RequestResponse', ...change }), sandboxes, createAws);
    expect(facts.filter((fact) => fact.type === 'lambda:EnvironmentCreated')).toHaveLength(environments);
  });

  it('gives each call its event in turn and refuses what the reservation has no room for', () => {
    const files = { 'charge.mjs': 'export const handler = async (order) => order * 2;' };
    const change = { files, events: [1, 2, 3], calls: 5, reservedConcurrency: 3, invocationType: 'RequestResponse' as const };
    const facts = simulate(job(change), sandboxes, createAws);
    const answers = answersOf(facts);
    expect(answers.map(({ statusCode, error, payload }) => (error ? `${statusCode} ${error}` : payload)).sort()).toEqual([
      '2',
      '4',
      '429 TooManyRequestsException',
      '429 TooManyRequestsException',
      '6',
    ]);
    const [callers] = lanesOf(facts);
    expect([callers?.label, callers?.rows, callers?.segments.map(({ label }) => label), callers?.marks.length]).toEqual([
      'Caller',
      3,
      ['200', '200', '200'],
      2,
    ]);
  });

  it('refuses a host that nobody scripted, by name', () => {
    expect(() => simulate(job({ hosts: ['weather'] }), sandboxes, createAws)).toThrow('There is no host named weather.');
  });
});
