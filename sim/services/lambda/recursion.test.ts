import { GetFunctionRecursionConfigCommand, InvokeCommand, PutFunctionRecursionConfigCommand } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SendMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, createFunction, factsOf, functionArn, messagesIn, must, queueArn } from '../../../test/lambda-world';
import { createMappingWorld, queueUrl } from '../../../test/mapping-world';
import { testSandboxes } from '../../../test/sandboxes';
import type { SandboxFactory } from '../../sandbox/sandbox';
import { lineageOf, timesInChain } from './recursion';

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

const SENDS_BACK = `
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
const sqs = new SQSClient({});
export const handler = async (event) => {
  for (const { body } of event.Records) await sqs.send(new SendMessageCommand({ QueueUrl: '${queueUrl('jobs')}', MessageBody: body }));
};`;

const PUBLISHES = `
import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
const sns = new SNSClient({});
export const handler = async () => { await sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:eu-west-1:111122223333:loop', Message: 'again' })); };`;

const INVOKES = `
import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';
const lambda = new LambdaClient({});
export const handler = async () => { await lambda.send(new InvokeCommand({ FunctionName: 'worker', InvocationType: 'Event' })); };`;

describe('a function that sends what it receives back to its queue', () => {
  it('is stopped after sixteen invocations, and the message goes the way of failed ones', async () => {
    const at = await createMappingWorld({ sandboxes, code: SENDS_BACK });
    await at.sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 2 });
    await at.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl('jobs'), Attributes: { RedrivePolicy } }));
    await at.map();
    await at.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('jobs'), MessageBody: 'ping' }));
    expect(at.world.runUntilIdle()).toBe('idle');
    expect(factsOf(at.world, 'lambda:InvocationEnded')).toHaveLength(16);
    expect(factsOf(at.world, 'lambda:RecursiveInvocationDropped')[0]?.data).toMatchObject({ times: 16, limit: 16 });
    expect(at.facts('lambda:BatchEnded').at(-1)?.data).toMatchObject({ outcome: 'recursion' });
    expect(messagesIn(at.world, 'dead').map(({ Body }) => Body)).toEqual(['ping']);
  });

  it('goes on when it is allowed to', async () => {
    const at = await createMappingWorld({ sandboxes, code: SENDS_BACK });
    const FunctionName = 'worker';
    expect(await at.lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }))).toMatchObject({ RecursiveLoop: 'Terminate' });
    const put = new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: 'Allow' });
    expect(await at.lambda.send(put)).toMatchObject({ RecursiveLoop: 'Allow' });
    expect(await at.lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }))).toMatchObject({ RecursiveLoop: 'Allow' });
    await at.map();
    await at.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('jobs'), MessageBody: 'ping' }));
    at.world.runUntil(at.world.now + 1500);
    expect(factsOf(at.world, 'lambda:InvocationEnded').length).toBeGreaterThan(20);
    expect(factsOf(at.world, 'lambda:RecursiveInvocationDropped')).toEqual([]);
  });
});

describe('a loop of asynchronous invocations', () => {
  it.each([
    ['through a topic', PUBLISHES],
    ['by itself', INVOKES],
  ])('%s ends in the dead-letter queue', async (_way, code) => {
    const at = await createMappingWorld({ sandboxes });
    await at.sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
    must(at.world, 'sns', 'CreateTopic', { Name: 'loop' });
    must(at.world, 'lambda', 'DeleteFunction', { FunctionName: 'worker' });
    createFunction(at.world, 'worker', { Code: { Files: { 'index.mjs': code } }, DeadLetterConfig: { TargetArn: queueArn('dead') } });
    at.world.runUntilIdle();
    const TopicArn = 'arn:aws:sns:eu-west-1:111122223333:loop';
    must(at.world, 'sns', 'Subscribe', { TopicArn, Protocol: 'lambda', Endpoint: functionArn('worker') });
    await at.lambda.send(new InvokeCommand({ FunctionName: 'worker', InvocationType: 'Event' }));
    expect(at.world.runUntilIdle()).toBe('idle');
    expect(factsOf(at.world, 'lambda:InvocationEnded').map(({ data }) => data.status)).toEqual(Array(16).fill('success'));
    expect(factsOf(at.world, 'lambda:RecursiveInvocationDropped')).toHaveLength(1);
    expect(messagesIn(at.world, 'dead')).toHaveLength(1);
  });

  it('throws at a caller who waits', async () => {
    const at = await createMappingWorld({ sandboxes });
    const { resource, action } = at.world.route('lambda', 'Invoke', { FunctionName: 'worker' }) ?? { resource: '', action: 'a:b' as const };
    expect(ask(at.world, 'lambda', 'Invoke', { FunctionName: 'worker' })).toHaveProperty('ok');
    expect([resource, action]).toEqual([functionArn('worker'), 'lambda:InvokeFunction']);
  });
});

describe('the chain in a trace header', () => {
  it.each<[trace: string | null, lineage: string | null]>([
    [null, null],
    ['Root=1-5e272390-8c398be037738dc042009320', null],
    ['Root=1-5e272390-8c398be037738dc042009320;Parent=94ae789b969f1cc5;Sampled=1;Lineage=3:0a1b2c3d:0', '3:0a1b2c3d:0'],
  ])('of %s is %s', (trace, lineage) => {
    expect(lineageOf(trace)).toBe(lineage);
  });

  it('counts a function only for itself', () => {
    expect(timesInChain(functionArn('worker'), '3:0a1b2c3d:0')).toBe(0);
  });
});
