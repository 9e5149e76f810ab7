// Events on their way to targets that refuse them, are gone, or may not be reached; and who a queue says sent a message.
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateEventBusCommand, PutEventsCommand, PutRuleCommand, PutTargetsCommand, type Target } from '@aws-sdk/client-eventbridge';
import { CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { DeleteFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { arn, createOutside, queueArn, thrownBy } from './outside';

type Outside = Awaited<ReturnType<typeof createOutside>>;

const policy = (Principal: unknown, Action: string, Resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action, Resource }] });
const OPEN_DEAD = { Policy: policy({ Service: 'events.amazonaws.com' }, 'sqs:SendMessage', queueArn('dead')) };
const Entries = [{ Source: 'shop', DetailType: 'Placed', Detail: '{"id":17}' }];
const NO_OP = 'export const handler = async () => 1;';

async function aim(aws: Outside, target: Omit<Target, 'Id'>) {
  await aws.events.send(new PutRuleCommand({ Name: 'orders', EventPattern: '{"source":["shop"]}' }));
  return aws.events.send(new PutTargetsCommand({ Rule: 'orders', Targets: [{ Id: 't', ...target }] }));
}

/** The attributes of the only message in the dead-letter queue. */
async function letterOf(aws: Outside, url: string): Promise<Record<string, string | undefined>> {
  const messages = await aws.receive(url);
  expect(messages).toHaveLength(1);
  return Object.fromEntries(Object.entries(messages[0]?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]));
}

it.each<[gone: string, target: string, message: string]>([
  ['function', arn('lambda', 'function:gone'), `Function not found: ${arn('lambda', 'function:gone')}`],
  ['queue', queueArn('gone'), 'The specified queue does not exist.'],
  ['topic', arn('sns', 'gone'), 'Topic does not exist'],
])('a %s that is gone ends the delivery with NO_RESOURCE, without a retry', async (_gone, Arn, message) => {
  const aws = await createOutside();
  const dead = await aws.queue('dead', OPEN_DEAD);
  await aim(aws, { Arn, DeadLetterConfig: { Arn: queueArn('dead') } });
  await aws.events.send(new PutEventsCommand({ Entries }));
  aws.pass(1);
  expect(await letterOf(aws, dead)).toMatchObject({
    RULE_ARN: arn('events', 'rule/orders'),
    TARGET_ARN: Arn,
    ERROR_CODE: 'NO_RESOURCE',
    ERROR_MESSAGE: message,
  });
});

it('a function without a policy for the rule ends it with NO_PERMISSIONS', async () => {
  const aws = await createOutside();
  const dead = await aws.queue('dead', OPEN_DEAD);
  const Arn = await aws.deploy('bill', NO_OP, await aws.role('bill', 'lambda.amazonaws.com'));
  await aim(aws, { Arn, DeadLetterConfig: { Arn: queueArn('dead') } });
  await aws.events.send(new PutEventsCommand({ Entries }));
  aws.pass(1);
  expect(await letterOf(aws, dead)).toMatchObject({ ERROR_CODE: 'NO_PERMISSIONS' });
});

it.each([
  ['trusts another service', 'lambda.amazonaws.com', 'forwarder'],
  ['does not exist', 'events.amazonaws.com', 'nobody'],
])('a role that %s ends it with FAILED_TO_ASSUME_ROLE', async (_what, trusted, name) => {
  const aws = await createOutside();
  const dead = await aws.queue('dead', OPEN_DEAD);
  await aws.role('forwarder', trusted, ['events:PutEvents']);
  await aws.events.send(new CreateEventBusCommand({ Name: 'copies' }));
  const RoleArn = `arn:aws:iam::111122223333:role/${name}`;
  await aim(aws, { Arn: arn('events', 'event-bus/copies'), RoleArn, DeadLetterConfig: { Arn: queueArn('dead') } });
  await aws.events.send(new PutEventsCommand({ Entries }));
  aws.pass(1);
  expect(await letterOf(aws, dead)).toMatchObject({ ERROR_CODE: 'FAILED_TO_ASSUME_ROLE' });
  const failed = aws.world.trace.findLast(({ type }) => type === 'events:TargetFailed');
  expect(aws.world.explain(failed?.seq ?? -1).title).toContain('role');
});

it('a role that trusts EventBridge and may put events forwards them', async () => {
  const aws = await createOutside();
  const RoleArn = await aws.role('forwarder', 'events.amazonaws.com', ['events:PutEvents']);
  await aws.events.send(new CreateEventBusCommand({ Name: 'copies' }));
  await aim(aws, { Arn: arn('events', 'event-bus/copies'), RoleArn });
  await aws.events.send(new PutEventsCommand({ Entries }));
  aws.pass(1);
  expect(aws.world.trace.filter(({ type }) => type === 'events:TargetDelivered')).toHaveLength(1);
});

it.each([
  ['a FIFO queue', queueArn('dead.fifo'), 'SQS FIFO is not supported by Dead Letter Queues.'],
  ['a topic', arn('sns', 'dead'), 'sns is not supported as a dead letter resource.'],
  [
    'a queue of another Region',
    queueArn('dead').replace('eu-west-1', 'us-east-1'),
    'Dead-letter queue must be in the same Region as the rule.',
  ],
])('%s cannot be the dead-letter queue of a target', async (_what, Arn, reason) => {
  const aws = await createOutside();
  expect(await thrownBy(aim(aws, { Arn: queueArn('orders'), DeadLetterConfig: { Arn } }))).toMatchObject({
    name: 'ValidationException',
    message: reason,
  });
});

it('PutEvents needs permission for the bus of every entry', async () => {
  const aws = await createOutside();
  await aws.events.send(new CreateEventBusCommand({ Name: 'private' }));
  await aws.iam.send(new CreateUserCommand({ UserName: 'ana' }));
  const Statement = [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: arn('events', 'event-bus/default') }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await aws.iam.send(new PutUserPolicyCommand({ UserName: 'ana', PolicyName: 'put', PolicyDocument }));
  const ana = aws.as('arn:aws:iam::111122223333:user/ana');
  expect(await ana.events.send(new PutEventsCommand({ Entries: [...Entries, ...Entries] }))).toMatchObject({ FailedEntryCount: 0 });
  const both = [...Entries, { ...Entries[0], EventBusName: 'private' }];
  expect(await thrownBy(ana.events.send(new PutEventsCommand({ Entries: both })))).toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('event-bus/private'),
  });
});

it('a message says who sent it: a user, a session of a role, the account, a topic', async () => {
  const aws = await createOutside();
  const QueueUrl = await aws.queue('jobs', { Policy: policy('*', 'sqs:SendMessage', queueArn('jobs')) });
  const { User } = await aws.iam.send(new CreateUserCommand({ UserName: 'ana' }));
  const send = (MessageBody: string) => new SendMessageCommand({ QueueUrl, MessageBody });
  await aws.as('arn:aws:iam::111122223333:user/ana').sqs.send(send('user'));
  await aws.sqs.send(send('root'));
  const role = await aws.role('bill', 'lambda.amazonaws.com');
  const code = `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
    export const handler = async () => new SQSClient({}).send(new SendMessageCommand({ QueueUrl: '${QueueUrl}', MessageBody: 'role' }));`;
  await aws.deploy('bill', code, role);
  await aws.lambda.send(new InvokeCommand({ FunctionName: 'bill' }));
  const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'news' }));
  await aws.sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn('jobs'), Attributes: { RawMessageDelivery: 'true' } }),
  );
  await aws.sns.send(new PublishCommand({ TopicArn, Message: 'topic' }));
  aws.pass(1);
  const senders = Object.fromEntries((await aws.receive(QueueUrl)).map(({ Body, Attributes }) => [Body, Attributes?.SenderId]));
  expect(senders).toEqual({
    user: User?.UserId,
    root: '111122223333',
    role: expect.stringMatching(/^AROA[A-Z2-7]{17}:bill$/),
    topic: expect.stringMatching(/^AIDA/),
  });
});

it('an event of a deleted function goes nowhere, and is counted', async () => {
  const aws = await createOutside();
  await aws.queue('dead');
  const role = await aws.role('bill', 'lambda.amazonaws.com', ['sqs:SendMessage']);
  await aws.deploy('bill', 'export const handler = async () => { throw new Error("no"); };', role, {
    DeadLetterConfig: { TargetArn: queueArn('dead') },
  });
  await aws.lambda.send(new InvokeCommand({ FunctionName: 'bill', InvocationType: 'Event', Payload: '{}' }));
  aws.pass(30);
  await aws.lambda.send(new DeleteFunctionCommand({ FunctionName: 'bill' }));
  expect(aws.world.run()).toBe('idle');
  const range = { StartTime: new Date(Date.UTC(2026, 10, 2, 9)), EndTime: new Date(Date.UTC(2026, 10, 2, 12)) };
  const { Datapoints } = await aws.cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: 'AsyncEventsDropped',
      Dimensions: [{ Name: 'FunctionName', Value: 'bill' }],
      Period: 3600,
      Statistics: ['Sum'],
      ...range,
    }),
  );
  expect(Datapoints?.reduce((sum, { Sum = 0 }) => sum + Sum, 0)).toBe(1);
});

it.each([
  ['an input that is no JSON', { Input: 'hello' }, 'JSON syntax error in input for target t.'],
  ['a path without its root', { InputPath: 'detail.id' }, 'InputPath for target t is invalid.'],
  ['a path with a quoted name', { InputPath: "$.detail['id']" }, 'InputPath for target t is invalid.'],
  [
    'such a path among those of a template',
    { InputTransformer: { InputPathsMap: { id: 'detail.id' }, InputTemplate: '<id>' } },
    'InputPath for target t is invalid.',
  ],
])('a target is refused with %s', async (_what, more, message) => {
  const aws = await createOutside();
  expect(await thrownBy(aim(aws, { Arn: queueArn('orders'), ...more }))).toMatchObject({ name: 'ValidationException', message });
});

it.each([
  ['as text', { Input: '"hello"' }, '"hello"'],
  ['of an element', { InputPath: '$.detail.tags[0]' }, '"a"'],
  ['of everything', { InputPath: '$' }, expect.stringContaining('"detail-type":"Placed"')],
  [
    'with a value that has quotes, put where JSON wants a value',
    { InputTransformer: { InputPathsMap: { says: '$.detail.says' }, InputTemplate: '{"says":<says>}' } },
    '{"says":"a \\"quote\\""}',
  ],
])('a target takes an input %s', async (_what, more, body) => {
  const aws = await createOutside();
  const url = await aws.queue('orders', { Policy: policy({ Service: 'events.amazonaws.com' }, 'sqs:SendMessage', queueArn('orders')) });
  await aim(aws, { Arn: queueArn('orders'), ...more });
  const Detail = JSON.stringify({ tags: ['a'], says: 'a "quote"' });
  await aws.events.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Placed', Detail }] }));
  aws.pass(1);
  expect((await aws.receive(url)).map(({ Body }) => Body)).toEqual([body]);
});
