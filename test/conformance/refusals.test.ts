// What AWS says no to, in its words: queues, topics and functions that cannot be as they are asked for.
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { arn, createOutside, queueArn, thrownBy } from './outside';

const NOT_ALLOWED = "Amazon SQS can't create the redrive allow policy";
const redrive = (policy: object) => ({ RedrivePolicy: JSON.stringify(policy) });
const redriveAllow = (policy: object) => ({ RedriveAllowPolicy: JSON.stringify(policy) });

it.each<[what: string, attributes: Record<string, string>, message: string]>([
  [
    'a redrive policy without a count',
    redrive({ deadLetterTargetArn: queueArn('dead') }),
    'Redrive policy does not contain mandatory attribute: maxReceiveCount.',
  ],
  [
    'a redrive policy without a queue',
    redrive({ maxReceiveCount: 3 }),
    'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.',
  ],
  [
    'too high a count',
    redrive({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 1001 }),
    'Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.',
  ],
  [
    'a topic for dead letters',
    redrive({ deadLetterTargetArn: arn('sns', 'dead'), maxReceiveCount: 3 }),
    'Only SQS queues are valid resources for deadLetterTargetArn',
  ],
  [
    'dead letters in another Region',
    redrive({ deadLetterTargetArn: queueArn('dead').replace('eu-west-1', 'us-east-1'), maxReceiveCount: 3 }),
    'Dead-letter target must be in same region as the source.',
  ],
  ['an unknown redrive permission', redriveAllow({ redrivePermission: 'some' }), `${NOT_ALLOWED}, as it's in an unsupported format.`],
  [
    'byQueue without queues',
    redriveAllow({ redrivePermission: 'byQueue' }),
    `${NOT_ALLOWED}. When you specify the byQueue permission type, you must also specify between 1 and 10 source queue ARNs.`,
  ],
  [
    'queues without byQueue',
    redriveAllow({ redrivePermission: 'denyAll', sourceQueueArns: [queueArn('a')] }),
    `${NOT_ALLOWED}. You can specify source queue ARNs only when the permission type is byQueue.`,
  ],
  [
    'source queues of another Region',
    redriveAllow({ redrivePermission: 'byQueue', sourceQueueArns: [queueArn('a').replace('eu-west-1', 'us-east-1')] }),
    'All source queue ARNs must be in the same region as the current SQS queue.',
  ],
  ['a FIFO attribute', { FifoThroughputLimit: 'perQueue' }, 'You can specify the FifoThroughputLimit only when FifoQueue is set to true.'],
])('a standard queue with %s', async (_what, Attributes, message) => {
  const aws = await createOutside();
  await aws.queue('dead');
  const error = await thrownBy(aws.sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes })));
  expect(error.message.endsWith(message) ? message : error.message).toBe(message);
});

it.each<[what: string, attributes: Record<string, string>, message: string]>([
  ['an unknown scope', { DeduplicationScope: 'all' }, 'Invalid value for the parameter DeduplicationScope. Reason: not a supported value.'],
  [
    'high throughput by halves',
    { FifoThroughputLimit: 'perMessageGroupId' },
    'Invalid value for the parameter FifoThroughputLimit. Reason: To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be messageGroup.',
  ],
])('a FIFO queue with %s', async (_what, more, message) => {
  const aws = await createOutside();
  const create = new CreateQueueCommand({ QueueName: 'jobs.fifo', Attributes: { FifoQueue: 'true', ...more } });
  expect(await thrownBy(aws.sqs.send(create))).toMatchObject({ message });
});

it.each<[what: string, attributes: Record<string, string>, message: string]>([
  ['too long a name to show', { DisplayName: 'x'.repeat(101) }, 'Invalid parameter: Attributes Reason: DisplayName'],
  [
    'an unknown signature',
    { SignatureVersion: '3' },
    'Invalid parameter: Attributes Reason: SignatureVersion: Invalid value. Must be 1 or 2.',
  ],
  ['unknown tracing', { TracingConfig: 'On' }, 'Invalid parameter: Attributes Reason: Invalid tracing config value: On'],
])('a topic with %s', async (_what, Attributes, message) => {
  const aws = await createOutside();
  expect(await thrownBy(aws.sns.send(new CreateTopicCommand({ Name: 'news', Attributes })))).toMatchObject({ message });
});

it.each([
  ['email', 'ana@example.com'],
  ['lambda', arn('lambda', 'function:bill')],
])('a FIFO topic has no subscriber by %s', async (Protocol, Endpoint) => {
  const aws = await createOutside();
  const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'news.fifo', Attributes: { FifoTopic: 'true' } }));
  expect(await thrownBy(aws.sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint })))).toMatchObject({
    message: `Invalid parameter: Invalid protocol type: ${Protocol}`,
  });
});

it.each([
  [
    'a function',
    arn('lambda', 'function:other'),
    'Invalid dead letter queue ARN: The service specified by the TargetArn is not supported for dead letter configuration.',
  ],
  [
    'a queue of another Region',
    queueArn('dead').replace('eu-west-1', 'us-east-1'),
    "Invalid dead letter queue ARN: The resource specified by the TargetArn must be in the same region as the Lambda function it's associated with.",
  ],
])('a function whose dead letters go to %s', async (_what, TargetArn, message) => {
  const aws = await createOutside();
  await aws.deploy('bill', 'export const handler = async () => 1;', await aws.role('bill', 'lambda.amazonaws.com'));
  const update = new UpdateFunctionConfigurationCommand({ FunctionName: 'bill', DeadLetterConfig: { TargetArn } });
  expect(await thrownBy(aws.lambda.send(update))).toMatchObject({ name: 'InvalidParameterValueException', message });
});
