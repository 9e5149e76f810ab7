// Topics, queues, keys, devices and schedules as an outsider uses them.
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  CreatePlatformApplicationCommand,
  CreatePlatformEndpointCommand,
  CreateTopicCommand,
  PublishCommand,
  SetEndpointAttributesCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { ListMessageMoveTasksCommand, ReceiveMessageCommand, SendMessageCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { arn, createOutside, queueArn, thrownBy } from './outside';

const ROOT = 'arn:aws:iam::111122223333:root';
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const open = (service: string, Action: string | string[], Resource: string) => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action,
  Resource,
});
const OWNER = { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' };

describe('a topic that is encrypted', () => {
  it.each([
    ['reaches an encrypted queue whose key lets SNS in', true],
    ['does not where the key is silent, and keeps the message for the dead-letter queue', false],
  ])('%s', async (_what, isOpen) => {
    const aws = await createOutside();
    const statements = isOpen ? [OWNER, open('sns.amazonaws.com', ['kms:GenerateDataKey*', 'kms:Decrypt'], '*')] : [OWNER];
    const { KeyMetadata } = await aws.kms.send(new CreateKeyCommand({ Policy: document(...statements) }));
    const KmsMasterKeyId = KeyMetadata?.KeyId ?? '';
    const allowed = (name: string) => ({ Policy: document(open('sns.amazonaws.com', 'sqs:SendMessage', queueArn(name))) });
    const url = await aws.queue('secret', { ...allowed('secret'), KmsMasterKeyId });
    const dead = await aws.queue('dead', allowed('dead'));
    const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'news', Attributes: { KmsMasterKeyId } }));
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead') });
    await aws.sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: queueArn('secret'),
        Attributes: { RawMessageDelivery: 'true', RedrivePolicy },
      }),
    );
    await aws.sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
    aws.pass(1);
    expect((await aws.receive(url)).map(({ Body }) => Body)).toEqual(isOpen ? ['hello'] : []);
    expect(await aws.receive(dead)).toHaveLength(isOpen ? 0 : 1);
  });
});

it('a device gets its text, and one that is switched off an error', async () => {
  const aws = await createOutside();
  const { PlatformApplicationArn } = await aws.sns.send(
    new CreatePlatformApplicationCommand({ Name: 'shop', Platform: 'GCM', Attributes: { PlatformCredential: 'key' } }),
  );
  const { EndpointArn: TargetArn } = await aws.sns.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token: 'token-1' }));
  const Message = JSON.stringify({ default: 'plain', GCM: '{"notification":{"body":"hello"}}' });
  await aws.sns.send(new PublishCommand({ TargetArn, Message, MessageStructure: 'json' }));
  expect(aws.world.trace.findLast(({ type }) => type === 'sns:PushDelivered')?.data).toMatchObject({
    token: 'token-1',
    payload: '{"notification":{"body":"hello"}}',
  });
  await aws.sns.send(new SetEndpointAttributesCommand({ EndpointArn: TargetArn, Attributes: { Enabled: 'false' } }));
  expect(await thrownBy(aws.sns.send(new PublishCommand({ TargetArn, Message: 'hello' })))).toMatchObject({
    name: 'EndpointDisabledException',
  });
});

it('a Firehose subscription needs its role', async () => {
  const aws = await createOutside();
  const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'news' }));
  const Endpoint = arn('firehose', 'deliverystream/archive');
  const subscribe = (Attributes: Record<string, string>) =>
    aws.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'firehose', Endpoint, Attributes, ReturnSubscriptionArn: true }));
  expect(await thrownBy(subscribe({}))).toMatchObject({ name: 'InvalidParameterException' });
  const SubscriptionRoleArn = await aws.role('archive', 'sns.amazonaws.com', ['firehose:PutRecord']);
  expect((await subscribe({ SubscriptionRoleArn })).SubscriptionArn).toMatch(/^arn:aws:sns:/);
});

it('a move task takes letters back to where they came from', async () => {
  const aws = await createOutside();
  const dead = await aws.queue('dead');
  const url = await aws.queue('jobs', {
    VisibilityTimeout: '1',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 1 }),
  });
  for (const MessageBody of ['a', 'b']) await aws.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
  for (let i = 0; i < 3; i++) {
    await aws.receive(url);
    aws.pass(2);
  }
  const { TaskHandle } = await aws.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: queueArn('dead') }));
  expect(TaskHandle).toBeTruthy();
  aws.pass(10);
  const { Results = [] } = await aws.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: queueArn('dead') }));
  expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2, ApproximateNumberOfMessagesToMove: 2 }]);
  expect((await aws.receive(url)).map(({ Body }) => Body).sort()).toEqual(['a', 'b']);
  expect((await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl: dead }))).Messages).toBeUndefined();
  expect(await thrownBy(aws.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: queueArn('jobs') })))).toMatchObject({
    name: 'InvalidParameterValue',
    message: 'Source queue must be configured as a Dead Letter Queue.',
  });
});

it('a queue is not its own dead-letter queue', async () => {
  const aws = await createOutside();
  await aws.queue('jobs');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('jobs'), maxReceiveCount: 1 });
  const { SetQueueAttributesCommand } = await import('@aws-sdk/client-sqs');
  const set = new SetQueueAttributesCommand({
    QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs',
    Attributes: { RedrivePolicy },
  });
  expect(await thrownBy(aws.sqs.send(set))).toMatchObject({ message: expect.stringContaining('must not be the source queue itself') });
});

describe('a schedule', () => {
  // Monday 2 November 2026, 10:00 UTC.
  it.each<[expression: string, days: number, fired: string[]]>([
    ['cron(30 9 ? * MON-WED *)', 8, ['11-03T09:30', '11-04T09:30', '11-09T09:30', '11-10T09:30']],
    ['cron(0 0 L * ? *)', 60, ['11-30T00:00', '12-31T00:00']],
    ['cron(15 12 ? * FRI#2 *)', 45, ['11-13T12:15', '12-11T12:15']],
    ['rate(12 hours)', 2, ['11-02T22:00', '11-03T10:00', '11-03T22:00']],
    ['cron(0/20 23 2 NOV ? 2026)', 30, ['11-02T23:00', '11-02T23:20', '11-02T23:40']],
    ['cron(0 8 1W * ? *)', 61, ['12-01T08:00', '01-01T08:00']],
  ])('%s fires in %i days when it should', async (ScheduleExpression, days, fired) => {
    const aws = await createOutside({ limits: { virtualMsMax: 90 * 86_400_000 } });
    const url = await aws.queue('ticks', {
      Policy: document(open('events.amazonaws.com', 'sqs:SendMessage', queueArn('ticks'))),
      MessageRetentionPeriod: '1209600',
    });
    await aws.events.send(new PutRuleCommand({ Name: 'tick', ScheduleExpression }));
    await aws.events.send(new PutTargetsCommand({ Rule: 'tick', Targets: [{ Id: 'q', Arn: queueArn('ticks') }] }));
    const seen: string[] = [];
    for (let day = 0; day < days; day++) {
      aws.pass(86_400);
      for (const { Body = '' } of await aws.receive(url)) {
        const event = JSON.parse(Body) as { time: string; source: string; 'detail-type': string; resources: string[]; detail: object };
        expect(event).toMatchObject({
          source: 'aws.events',
          'detail-type': 'Scheduled Event',
          resources: [arn('events', 'rule/tick')],
          detail: {},
        });
        if (!seen.includes(event.time.slice(5, 16))) seen.push(event.time.slice(5, 16));
      }
    }
    expect(seen).toEqual(fired);
  });
});
