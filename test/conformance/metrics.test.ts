// What CloudWatch says of queues, topics, buses, functions and mappings: names, dimensions and sums, asked from outside.
import { type Dimension, GetMetricStatisticsCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionUrlConfigCommand,
  GetEventSourceMappingCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { PublishCommand } from '@aws-sdk/client-sns';
import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { arn, createOutside, queueArn } from './outside';

type Outside = Awaited<ReturnType<typeof createOutside>>;

const SQS_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
const WORKER = `export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter(({ body }) => JSON.parse(body).bad).map(({ messageId }) => ({ itemIdentifier: messageId })),
});`;

/** The sum, or another statistic, over the hours around now. */
async function metric(
  aws: Outside,
  Namespace: string,
  MetricName: string,
  dimensions: Record<string, string>,
  what: 'Sum' | 'Maximum' = 'Sum',
) {
  const Dimensions: Dimension[] = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const range = { StartTime: new Date(Date.UTC(2026, 10, 2, 9)), EndTime: new Date(Date.UTC(2026, 10, 2, 13)) };
  const input = { Namespace, MetricName, Dimensions, Period: 14_400, Statistics: [what], ...range };
  const { Datapoints = [] } = await aws.cloudwatch.send(new GetMetricStatisticsCommand(input));
  return Datapoints.length === 0 ? null : Datapoints.reduce((sum, point) => sum + (point[what] ?? 0), 0);
}

it('a mapping is measured when it asks for it', async () => {
  const aws = await createOutside();
  const QueueUrl = await aws.queue('jobs', { VisibilityTimeout: '60' });
  await aws.deploy('worker', WORKER, await aws.role('worker', 'lambda.amazonaws.com', SQS_ACTIONS));
  const create = (more: object) =>
    aws.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: queueArn('jobs'), ...more }));
  const { UUID = '' } = await create({
    MetricsConfig: { Metrics: ['EventCount'] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["parcel"]}}' }] },
  });
  aws.pass(60);
  for (const body of [{ kind: 'parcel' }, { kind: 'parcel', bad: true }, { kind: 'letter' }]) {
    await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  }
  aws.pass(30);
  const of = (name: string) => metric(aws, 'AWS/Lambda', name, { EventSourceMappingUUID: UUID });
  const counts = ['PolledEventCount', 'FilteredOutEventCount', 'InvokedEventCount', 'FailedInvokeEventCount', 'DeletedEventCount'];
  expect(await Promise.all(counts.map(of))).toEqual([3, 1, 2, 1, 1]);
  const { Metrics = [] } = await aws.cloudwatch.send(new ListMetricsCommand({ Dimensions: [{ Name: 'EventSourceMappingUUID' }] }));
  expect(Metrics.map(({ MetricName }) => MetricName).sort()).toEqual([...counts].sort());
});

it('a mapping that does not ask is not measured', async () => {
  const aws = await createOutside();
  const QueueUrl = await aws.queue('jobs');
  await aws.deploy('worker', WORKER, await aws.role('worker', 'lambda.amazonaws.com', SQS_ACTIONS));
  await aws.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: queueArn('jobs') }));
  aws.pass(60);
  await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
  aws.pass(60);
  const { Metrics } = await aws.cloudwatch.send(new ListMetricsCommand({ Dimensions: [{ Name: 'EventSourceMappingUUID' }] }));
  expect(Metrics).toEqual([]);
});

it('a request to a bus is counted once, its entries each, and a delivery by its ages', async () => {
  const aws = await createOutside();
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn('orders') },
    ],
  });
  await aws.queue('orders', { Policy });
  await aws.events.send(new PutRuleCommand({ Name: 'orders', EventPattern: '{"source":["shop"]}' }));
  const Targets = [
    { Id: 'q', Arn: queueArn('orders') },
    { Id: 'gone', Arn: arn('lambda', 'function:gone') },
  ];
  await aws.events.send(new PutTargetsCommand({ Rule: 'orders', Targets }));
  const entry = { Source: 'shop', DetailType: 'Placed', Detail: '{}' };
  await aws.events.send(new PutEventsCommand({ Entries: [entry, entry, { ...entry, Detail: 'no JSON' }] }));
  aws.pass(600);
  const put = (name: string) => metric(aws, 'AWS/Events', name, {});
  expect(await put('PutEventsApproximateCallCount')).toBe(1);
  expect(await put('PutEventsApproximateSuccessCount')).toBe(1);
  expect(await put('PutEventsEntriesCount')).toBe(3);
  expect(await put('PutEventsFailedEntriesCount')).toBe(1);
  expect(await put('PutEventsRequestSize')).toBe(10 + 2 + 10 + 2 + 10 + 7);
  const rule = (name: string, what: 'Sum' | 'Maximum' = 'Sum') => metric(aws, 'AWS/Events', name, { RuleName: 'orders' }, what);
  expect(await rule('MatchedEvents')).toBe(2);
  expect(await rule('Invocations')).toBe(4);
  expect(await rule('FailedInvocations')).toBe(2);
  expect(await rule('SuccessfulInvocationAttempts')).toBe(2);
  expect(await rule('IngestiontoInvocationStartLatency', 'Maximum')).toBe(100);
  expect(await rule('IngestionToInvocationSuccessLatency', 'Maximum')).toBeGreaterThanOrEqual(100);
});

it('a function tells what its account has claimed, and its URL what was asked', async () => {
  const aws = await createOutside();
  await aws.deploy('bill', 'export const handler = async () => 1;', await aws.role('bill', 'lambda.amazonaws.com'));
  await aws.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'bill', ReservedConcurrentExecutions: 40 }));
  await aws.lambda.send(new InvokeCommand({ FunctionName: 'bill' }));
  await aws.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'bill', AuthType: 'NONE' }));
  aws.pass(600);
  expect(await metric(aws, 'AWS/Lambda', 'ClaimedAccountConcurrency', {}, 'Maximum')).toBe(40);
});

it('a text straight to a phone is counted for all phones together', async () => {
  const aws = await createOutside();
  await aws.sns.send(new PublishCommand({ PhoneNumber: '+15555550123', Message: 'hello' }));
  aws.pass(600);
  expect(await metric(aws, 'AWS/SNS', 'NumberOfNotificationsDelivered', { PhoneNumber: 'PhoneNumberDirect' })).toBe(1);
});

it('a mapping whose role lost its permission says so, stays enabled and leaves the world idle', async () => {
  const aws = await createOutside();
  await aws.queue('jobs');
  const role = await aws.role('worker', 'lambda.amazonaws.com', SQS_ACTIONS);
  await aws.deploy('worker', WORKER, role);
  const { UUID } = await aws.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: queueArn('jobs') }));
  aws.pass(60);
  await aws.deny('worker', 'sqs:ReceiveMessage');
  await aws.sqs.send(new SendMessageCommand({ QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs', MessageBody: '{}' }));
  expect(aws.world.run()).toBe('idle');
  aws.pass(86_400);
  const mapping = await aws.lambda.send(new GetEventSourceMappingCommand({ UUID }));
  expect(mapping).toMatchObject({ State: 'Enabled', LastProcessingResult: expect.stringMatching(/^PROBLEM: .*sqs:receivemessage/) });
  expect(aws.world.trace.filter(({ type }) => type === 'lambda:EventSourcePollFailed')).toHaveLength(1);
  expect(aws.world.trace.length).toBeLessThan(600);
  await aws.sqs.send(new PurgeQueueCommand({ QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs' }));
});

it('a FIFO queue tells how many of its groups have messages in flight', async () => {
  const aws = await createOutside();
  const QueueUrl = await aws.queue('jobs.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true', VisibilityTimeout: '120' });
  await aws.queue('jobs');
  for (const MessageBody of ['a1', 'a2', 'b1', 'c1']) {
    await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: MessageBody[0] }));
  }
  await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 3 }));
  aws.pass(600);
  const groups = (QueueName: string) => metric(aws, 'AWS/SQS', 'ApproximateNumberOfGroupsWithInflightMessages', { QueueName }, 'Maximum');
  const inFlight = await aws.cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfGroupsWithInflightMessages',
      Dimensions: [{ Name: 'QueueName', Value: 'jobs.fifo' }],
      Period: 60,
      Statistics: ['Maximum'],
      StartTime: new Date(Date.UTC(2026, 10, 2, 10)),
      EndTime: new Date(Date.UTC(2026, 10, 2, 10, 5)),
    }),
  );
  const byMinute = (inFlight.Datapoints ?? []).sort((a, b) => Number(a.Timestamp) - Number(b.Timestamp)).map(({ Maximum }) => Maximum);
  expect(byMinute).toEqual([2, 2, 0, 0, 0]);
  expect(await groups('jobs.fifo')).toBe(2);
  expect(await groups('jobs')).toBeNull();
});
