import {
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
  type StartMessageMoveTaskCommandInput,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { arnOf, FIFO, refusalOf, sqsClient, sqsWorld, urlOf, userWith } from '../../../test/sqs-world';
import type { SqsState } from './queue';

const SourceArn = arnOf('dlq');

/** `dead`: messages that `q` gave up on. `direct`: messages sent to the dead-letter queue itself. */
async function createClient({ dead = 0, direct = 0, fifo = false } = {}) {
  const world = sqsWorld();
  const client = sqsClient(world);
  const name = (base: string) => (fifo ? `${base}.fifo` : base);
  const attributes = fifo ? FIFO : {};
  for (const base of ['dlq', 'other']) await client.send(new CreateQueueCommand({ QueueName: name(base), Attributes: attributes }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(name('dlq')), maxReceiveCount: 1 });
  await client.send(new CreateQueueCommand({ QueueName: name('q'), Attributes: { ...attributes, RedrivePolicy, VisibilityTimeout: '0' } }));
  const send = (queue: string, MessageBody: string) =>
    client.send(new SendMessageCommand({ QueueUrl: urlOf(name(queue)), MessageBody, ...(fifo ? { MessageGroupId: 'g' } : {}) }));
  const receive = async (queue: string) =>
    (
      await client.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf(name(queue)),
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
      )
    ).Messages ?? [];
  for (let i = 0; i < dead; i++) await send('q', `dead ${i}`);
  if (dead > 0) {
    await receive('q');
    await receive('q');
  }
  for (let i = 0; i < direct; i++) await send('dlq', `direct ${i}`);
  const start = (more: Partial<StartMessageMoveTaskCommandInput> = {}) =>
    client.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf(name('dlq')), ...more }));
  const tasks = async (MaxResults?: number) =>
    (
      await client.send(
        new ListMessageMoveTasksCommand({ SourceArn: arnOf(name('dlq')), ...(MaxResults === undefined ? {} : { MaxResults }) }),
      )
    ).Results ?? [];
  const waiting = (queue: string) => world.state<SqsState>('sqs').queues[arnOf(name(queue))]?.messages.map(({ body }) => body) ?? [];
  return { world, client, start, tasks, waiting, receive, send };
}

describe('a message move task', () => {
  it('brings messages back to the queue that gave up on them, at its rate', async () => {
    const { world, start, tasks, waiting } = await createClient({ dead: 3 });
    const begin = world.now;
    const { TaskHandle } = await start({ MaxNumberOfMessagesPerSecond: 2 });
    expect(await tasks()).toEqual([
      {
        TaskHandle,
        Status: 'RUNNING',
        SourceArn,
        MaxNumberOfMessagesPerSecond: 2,
        ApproximateNumberOfMessagesMoved: 0,
        ApproximateNumberOfMessagesToMove: 3,
        StartedTimestamp: 1_793_613_600_000 + begin,
      },
    ]);
    world.runUntil(begin + 1000);
    expect((await tasks())[0]).toMatchObject({ Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 2 });
    expect(waiting('q')).toEqual(['dead 0', 'dead 1']);
    world.runUntilIdle();
    expect(world.now).toBe(begin + 1500);
    const [task] = await tasks();
    expect(task).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 });
    expect(task?.TaskHandle).toBeUndefined();
    expect([waiting('dlq'), waiting('q')]).toEqual([[], ['dead 0', 'dead 1', 'dead 2']]);
  });

  it('makes new messages: another id, another time, no source', async () => {
    const { world, start, receive } = await createClient({ dead: 1 });
    world.runUntil(50_000);
    const [before] = await receive('dlq');
    world.runUntil(90_000);
    await start({ DestinationArn: arnOf('other') });
    world.runUntilIdle();
    const [after] = await receive('other');
    expect(after).toMatchObject({ Body: 'dead 0', Attributes: { SentTimestamp: String(1_793_613_600_000 + 90_002) } });
    expect(after?.MessageId).not.toBe(before?.MessageId);
    expect(after?.Attributes?.DeadLetterQueueSourceArn).toBeUndefined();
  });

  it('keeps the order of a FIFO queue, and loses nothing to deduplication', async () => {
    const { world, start, waiting, receive } = await createClient({ fifo: true, dead: 2 });
    expect(waiting('dlq')).toHaveLength(2);
    await start();
    world.runUntilIdle();
    expect([waiting('dlq'), waiting('q')]).toEqual([[], ['dead 0', 'dead 1']]);
    expect((await receive('q')).map(({ Body }) => Body)).toEqual(['dead 0', 'dead 1']);
  });

  it('stops when it is cancelled, and leaves the rest', async () => {
    const { world, client, start, tasks, waiting } = await createClient({ dead: 5 });
    const { TaskHandle } = await start({ MaxNumberOfMessagesPerSecond: 1 });
    world.runUntil(world.now + 2500);
    expect(await client.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).toMatchObject({ ApproximateNumberOfMessagesMoved: 2 });
    world.runUntilIdle();
    expect(await tasks()).toMatchObject([{ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 2 }]);
    expect([waiting('dlq').length, waiting('q').length]).toEqual([3, 2]);
    expect(await refusalOf(client.send(new CancelMessageMoveTaskCommand({ TaskHandle })))).toMatchObject({ name: 'UnsupportedOperation' });
  });

  it('fails where a message came from nowhere, or its queue is gone', async () => {
    const { world, client, start, tasks, waiting } = await createClient({ direct: 1 });
    await start();
    world.runUntilIdle();
    expect(await tasks()).toMatchObject([{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' }]);
    await start({ DestinationArn: arnOf('other'), MaxNumberOfMessagesPerSecond: 1 });
    await client.send(new DeleteQueueCommand({ QueueUrl: urlOf('other') }));
    world.runUntilIdle();
    expect(await tasks(10)).toMatchObject([
      { Status: 'FAILED', FailureReason: 'AWS.SimpleQueueService.NonExistentQueue', DestinationArn: arnOf('other') },
      { Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' },
    ]);
    expect(waiting('dlq')).toEqual(['direct 0']);
  });

  it('sends in the name of whoever started it', async () => {
    const { world, tasks, waiting } = await createClient({ dead: 1 });
    const ana = userWith(world, 'ana', [{ Effect: 'Allow', Action: 'sqs:*', Resource: SourceArn }]);
    await sqsClient(world, ana).send(new StartMessageMoveTaskCommand({ SourceArn }));
    world.runUntilIdle();
    expect(await tasks()).toMatchObject([{ Status: 'FAILED', FailureReason: expect.stringMatching(/AccessDenied/) }]);
    expect([waiting('dlq').length, waiting('q').length]).toEqual([1, 0]);
  });

  const missing = (member: string) => `The resource that you specified for the ${member} parameter doesn't exist.`;

  it.each<[string, Partial<StartMessageMoveTaskCommandInput>, string, string]>([
    ['a source that is not there', { SourceArn: arnOf('none') }, 'ResourceNotFoundException', missing('SourceArn')],
    [
      'a source that is nobody’s dead-letter queue',
      { SourceArn: arnOf('q') },
      'InvalidParameterValue',
      'Source queue must be configured as a Dead Letter Queue.',
    ],
    [
      'a source that is no ARN',
      { SourceArn: 'dlq' },
      'InvalidParameterValue',
      'You must use this format to specify the SourceArn: arn:<partition>:<service>:<region>:<account-id>:<resource-id>',
    ],
    ['a destination that is not there', { DestinationArn: arnOf('none') }, 'ResourceNotFoundException', missing('DestinationArn')],
    [
      'the source as destination',
      { DestinationArn: SourceArn },
      'InvalidParameterValue',
      'Source queue arn and destination queue arn cannot be the same.',
    ],
    [
      'a destination of the other type',
      { DestinationArn: arnOf('f.fifo') },
      'InvalidParameterValue',
      'The source queue and destination queue must be of the same queue type.',
    ],
    [
      'a rate over 500',
      { MaxNumberOfMessagesPerSecond: 501 },
      'InvalidParameterValue',
      "Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a number that's between 1 and 500.",
    ],
  ])('is refused for %s', async (_name, more, name, message) => {
    const { client, start } = await createClient();
    await client.send(new CreateQueueCommand({ QueueName: 'f.fifo', Attributes: FIFO }));
    expect(await refusalOf(start(more))).toMatchObject({ name, message });
  });

  it('is refused while another runs, and cancelled by a handle of its own only', async () => {
    const { client, start } = await createClient({ direct: 1 });
    await start({ MaxNumberOfMessagesPerSecond: 1 });
    expect(await refusalOf(start())).toMatchObject({
      message: 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    });
    const cancel = (TaskHandle: string) => refusalOf(client.send(new CancelMessageMoveTaskCommand({ TaskHandle })));
    expect(await cancel('nonsense')).toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Value for parameter TaskHandle is invalid.',
    });
    const unknown = btoa(JSON.stringify({ taskId: 'x', sourceArn: SourceArn }));
    expect(await cancel(unknown)).toMatchObject({ name: 'ResourceNotFoundException', message: 'Task does not exist.' });
  });
});
