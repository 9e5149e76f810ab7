// What reaches a person or a log: an alarm through a topic nobody set a policy on, an event in a log group, and failures with their records.
import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateLogGroupCommand, PutResourcePolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { expect, it } from 'vitest';
import { arn, createOutside, queueArn } from './outside';

const allowing = (service: string, action: string | string[], resource: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: action, Resource: resource }],
  });

const BILL = `export const handler = async (order) => {
  if (order.bad) throw new TypeError('no such order');
  return { billed: order.id };
};`;

it('an alarm reaches a topic of its account that has the policy every topic starts with', async () => {
  const aws = await createOutside();
  const { TopicArn = '' } = await aws.sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  const inbox = await aws.queue('inbox', { Policy: allowing('sns.amazonaws.com', 'sqs:SendMessage', queueArn('inbox')) });
  const Attributes = { RawMessageDelivery: 'true' };
  await aws.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn('inbox'), Attributes }));
  await aws.deploy('bill', BILL, await aws.role('bill', 'lambda.amazonaws.com'));
  await aws.cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'errors',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: 'bill' }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [TopicArn],
    }),
  );
  aws.pass(120);
  await aws.lambda.send(new InvokeCommand({ FunctionName: 'bill', Payload: '{"bad":true}' }));
  aws.pass(600);
  const [message, ...more] = await aws.receive(inbox);
  expect(more).toEqual([]);
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({ AlarmName: 'errors', OldStateValue: 'OK', NewStateValue: 'ALARM' });
});

it('an event reaches a log group whose policy names it as the console writes it, with a star for its streams', async () => {
  const aws = await createOutside();
  const group = arn('logs', 'log-group:/aws/events/orders');
  const policyDocument = allowing('events.amazonaws.com', ['logs:CreateLogStream', 'logs:PutLogEvents'], `${group}:*`);
  await aws.logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/events/orders' }));
  await aws.logs.send(new PutResourcePolicyCommand({ policyName: 'events', policyDocument }));
  await aws.events.send(new PutRuleCommand({ Name: 'orders', EventPattern: '{"source":["shop"]}' }));
  await aws.events.send(new PutTargetsCommand({ Rule: 'orders', Targets: [{ Id: 'log', Arn: group }] }));
  await aws.events.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Placed', Detail: '{"id":17}' }] }));
  aws.pass(10);
  expect((await aws.lines('/aws/events/orders')).map((line) => JSON.parse(line).detail)).toEqual([{ id: 17 }]);
});

it('an event that fails three times goes to the dead-letter queue as it was, and to the destination with its story', async () => {
  const aws = await createOutside();
  const dead = await aws.queue('dead');
  const failed = await aws.queue('failed');
  const DeadLetterConfig = { TargetArn: queueArn('dead') };
  await aws.deploy('bill', BILL, await aws.role('bill', 'lambda.amazonaws.com', ['sqs:SendMessage']), { DeadLetterConfig });
  const DestinationConfig = { OnFailure: { Destination: queueArn('failed') } };
  await aws.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'bill', DestinationConfig }));
  await aws.lambda.send(new InvokeCommand({ FunctionName: 'bill', InvocationType: 'Event', Payload: '{"bad":true}' }));
  aws.pass(170);
  expect(await aws.receive(failed)).toEqual([]);
  aws.pass(30);
  const [letter] = await aws.receive(dead);
  expect(letter?.Body).toBe('{"bad":true}');
  expect(letter?.MessageAttributes).toMatchObject({ ErrorCode: { StringValue: '200' }, ErrorMessage: { StringValue: 'no such order' } });
  const [record] = await aws.receive(failed);
  expect(JSON.parse(record?.Body ?? '')).toMatchObject({
    version: '1.0',
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: { bad: true },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'TypeError', errorMessage: 'no such order' },
  });
});
