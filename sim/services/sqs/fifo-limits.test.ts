import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { FIFO, refusalOf, sqsClient, sqsWorld, urlOf } from '../../../test/sqs-world';

const QueueUrl = urlOf('q.fifo');

async function createQueue(attributes: Record<string, string> = {}, hasRequestLimits = false) {
  const world = sqsWorld({ hasRequestLimits });
  const client = sqsClient(world);
  await client.send(new CreateQueueCommand({ QueueName: 'q.fifo', Attributes: { ...FIFO, ...attributes } }));
  const send = (MessageBody: string, MessageGroupId = 'g') =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId }));
  const receive = async (more: Partial<ReceiveMessageCommandInput> = {}) =>
    (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
  return { world, client, send, receive };
}

describe('ReceiveRequestAttemptId', () => {
  it('gives the same messages and handles again, hidden anew', async () => {
    const { world, send, receive } = await createQueue();
    for (const body of ['1', '2']) await send(body);
    const first = await receive({ ReceiveRequestAttemptId: 'a' });
    expect(first.map(({ Body }) => Body)).toEqual(['1', '2']);
    world.runUntil(20_000);
    expect(await receive({ ReceiveRequestAttemptId: 'b' })).toEqual([]);
    expect(await receive({ ReceiveRequestAttemptId: 'a' })).toEqual(first);
    world.runUntil(49_999);
    expect(await receive()).toEqual([]);
    world.runUntil(50_000);
    expect(await receive()).toHaveLength(2);
  });

  it('is over once a message was deleted or its visibility changed', async () => {
    const { client, send, receive } = await createQueue();
    for (const body of ['1', '2']) await send(body, body);
    const [one] = await receive({ ReceiveRequestAttemptId: 'a', MaxNumberOfMessages: 1 });
    const [two] = await receive({ ReceiveRequestAttemptId: 'b', MaxNumberOfMessages: 1 });
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: one?.ReceiptHandle }));
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: two?.ReceiptHandle, VisibilityTimeout: 60 }));
    for (const id of ['a', 'b']) {
      expect(await refusalOf(receive({ ReceiveRequestAttemptId: id }))).toMatchObject({
        name: 'InvalidParameterValue',
        message: `Value ${id} for parameter ReceiveRequestAttemptId is invalid. Reason: The receiveRequestAttemptId is not valid anymore since the receive call is not retryable.`,
      });
    }
  });

  it('is another receive once the messages were visible again', async () => {
    const { world, send, receive } = await createQueue();
    await send('1');
    const [first] = await receive({ ReceiveRequestAttemptId: 'a' });
    world.runUntil(30_000);
    const [again] = await receive({ ReceiveRequestAttemptId: 'a' });
    expect(again?.MessageId).toBe(first?.MessageId);
    expect(again?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
  });

  it('is refused by a standard queue, and where it is malformed', async () => {
    const { client, receive } = await createQueue();
    await client.send(new CreateQueueCommand({ QueueName: 'q' }));
    const message = expect.stringMatching(/parameter ReceiveRequestAttemptId is invalid/);
    expect(await refusalOf(receive({ QueueUrl: urlOf('q'), ReceiveRequestAttemptId: 'a' }))).toMatchObject({ message });
    expect(await refusalOf(receive({ ReceiveRequestAttemptId: 'a b' }))).toMatchObject({ message });
  });
});

describe('the requests a second of a FIFO queue', () => {
  it.each<[string, boolean, Record<string, string>, string | null, string | null]>([
    ['300 of one kind', true, {}, 'RequestThrottled', 'RequestThrottled'],
    [
      '300 in each message group in high throughput mode',
      true,
      { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
      'RequestThrottled',
      null,
    ],
    ['without a limit unless the world asks for it', false, {}, null, null],
  ])('are %s', async (_name, hasRequestLimits, attributes, sameGroup, otherGroup) => {
    const { world, send, receive } = await createQueue(attributes, hasRequestLimits);
    for (let i = 0; i < 300; i++) await send(`m${i}`);
    expect((await refusalOf(send('one more')))?.name ?? null).toBe(sameGroup);
    expect((await refusalOf(send('one more', 'other')))?.name ?? null).toBe(otherGroup);
    // Receives have a limit of their own.
    expect(await receive()).toHaveLength(10);
    world.runUntil(1000);
    expect(await refusalOf(send('later'))).toBeNull();
  });

  it('are named by the fact of the refusal', async () => {
    const { world, send } = await createQueue({}, true);
    for (let i = 0; i < 300; i++) await send(`m${i}`);
    await refusalOf(send('x'));
    expect(world.trace.at(-1)).toMatchObject({
      type: 'sqs:RequestThrottled',
      data: { action: 'sqs:SendMessage', limit: 'perQueue', perSecond: 300 },
    });
  });
});
