import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { World } from '../../kernel/world';
import { createRequestHandler } from '../../protocol/request-handler';
import { createSqs } from './service';

const ACCOUNT = '111122223333';
const FIFO = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
const url = (name: string) => `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${name}`;
const arn = (name: string) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`;

function createClient() {
  const world = new World({
    services: [createSqs()],
    account: ACCOUNT,
    region: 'eu-west-1',
    seed: 3,
    startAtEpochMs: 1_793_613_600_000,
  });
  const root = { type: 'root', id: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT } as const;
  const client = new SQSClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, root),
  });
  const create = (QueueName: string, Attributes: Record<string, string> = {}) =>
    client.send(new CreateQueueCommand({ QueueName, Attributes }));
  const send = (name: string, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
    client.send(new SendMessageCommand({ QueueUrl: url(name), MessageBody, ...more }));
  const receive = async (name: string, more: Partial<ReceiveMessageCommandInput> = {}) =>
    (
      await client.send(
        new ReceiveMessageCommand({
          QueueUrl: url(name),
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
          ...more,
        }),
      )
    ).Messages ?? [];
  return { world, client, create, send, receive };
}

const bodies = (messages: { Body?: string | undefined }[]) => messages.map(({ Body }) => Body);
const thrownBy = async (answer: Promise<unknown>) => answer.then(() => null).catch((error: unknown) => error as Error);

describe('a FIFO queue', () => {
  it('keeps the order of each group, and holds a group back while one of its messages is in flight', async () => {
    const { world, client, create, send, receive } = createClient();
    await create('q.fifo', FIFO);
    for (const [group, body] of ['a1', 'b1', 'a2', 'a3', 'b2'].map((text) => [text.charAt(0), text] as const)) {
      await send('q.fifo', body, { MessageGroupId: group });
    }
    const [first] = await receive('q.fifo', { MaxNumberOfMessages: 1 });
    expect(first).toMatchObject({ Body: 'a1', Attributes: { MessageGroupId: 'a', SequenceNumber: expect.stringMatching(/^\d{20}$/) } });
    expect(bodies(await receive('q.fifo'))).toEqual(['b1', 'b2']);
    expect(await receive('q.fifo')).toEqual([]);
    await client.send(new DeleteMessageCommand({ QueueUrl: url('q.fifo'), ReceiptHandle: first?.ReceiptHandle }));
    expect(bodies(await receive('q.fifo'))).toEqual(['a2', 'a3']);
    world.runUntil(30_000);
    expect(bodies(await receive('q.fifo'))).toEqual(['b1', 'b2', 'a2', 'a3']);
  });

  it('takes a body once in five minutes, and again after', async () => {
    const { world, create, send, receive } = createClient();
    await create('q.fifo', FIFO);
    const first = await send('q.fifo', 'x', { MessageGroupId: 'a' });
    world.runUntil(299_999);
    const again = await send('q.fifo', 'x', { MessageGroupId: 'b' });
    expect([again.MessageId, again.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
    world.runUntil(300_000);
    const later = await send('q.fifo', 'x', { MessageGroupId: 'a' });
    expect(later.MessageId).not.toBe(first.MessageId);
    expect(BigInt(later.SequenceNumber ?? 0) > BigInt(first.SequenceNumber ?? 0)).toBe(true);
    expect(bodies(await receive('q.fifo'))).toEqual(['x', 'x']);
  });

  it('deduplicates within a message group where that is its scope', async () => {
    const { create, send, receive } = createClient();
    await create('q.fifo', { ...FIFO, DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
    for (const MessageGroupId of ['a', 'b', 'a']) await send('q.fifo', 'x', { MessageGroupId });
    expect(await receive('q.fifo')).toHaveLength(2);
  });

  it('refuses to delete with a handle that has expired', async () => {
    const { world, client, create, send, receive } = createClient();
    await create('q.fifo', FIFO);
    await send('q.fifo', 'x', { MessageGroupId: 'a' });
    const [message] = await receive('q.fifo');
    world.runUntil(30_000);
    const late = client.send(new DeleteMessageCommand({ QueueUrl: url('q.fifo'), ReceiptHandle: message?.ReceiptHandle }));
    expect((await thrownBy(late))?.message).toMatch(/Reason: The receipt handle has expired\.$/);
  });

  it.each<[string, Record<string, string>, Partial<SendMessageCommandInput>, string]>([
    ['a message without a group', FIFO, {}, 'The request must contain the parameter MessageGroupId.'],
    [
      'a message without a deduplication id',
      { FifoQueue: 'true' },
      { MessageGroupId: 'a' },
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    ],
    [
      'a delay of its own',
      FIFO,
      { MessageGroupId: 'a', DelaySeconds: 5 },
      'Value 5 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    ],
  ])('refuses %s', async (_name, attributes, more, message) => {
    const { create, send } = createClient();
    await create('q.fifo', attributes);
    expect((await thrownBy(send('q.fifo', 'x', more)))?.message).toBe(message);
  });
});

describe('batches', () => {
  it('answer for each entry', async () => {
    const { client, create, receive } = createClient();
    await create('q');
    const Entries = [
      { Id: 'a', MessageBody: 'one', MessageAttributes: { n: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) } } },
      { Id: 'b', MessageBody: 'two', DelaySeconds: 901 },
    ];
    const sent = await client.send(new SendMessageBatchCommand({ QueueUrl: url('q'), Entries }));
    expect(sent.Successful).toMatchObject([{ Id: 'a', MD5OfMessageAttributes: expect.any(String) }]);
    expect(sent.Failed).toMatchObject([{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' }]);
    const [message] = await receive('q');
    expect(message?.MessageAttributes?.n?.BinaryValue).toEqual(new Uint8Array([0, 255]));
    expect(message?.MD5OfMessageAttributes).toBe(sent.Successful?.[0]?.MD5OfMessageAttributes);
    const handles = [message?.ReceiptHandle, 'nonsense'].map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle }));
    expect(await client.send(new DeleteMessageBatchCommand({ QueueUrl: url('q'), Entries: handles }))).toMatchObject({
      Successful: [{ Id: '0' }],
      Failed: [{ Id: '1', Code: 'ReceiptHandleIsInvalid' }],
    });
  });

  it.each([
    [0, 1, 'EmptyBatchRequest', 'There should be at least one SendMessageBatchRequestEntry in the request.'],
    [11, 1, 'TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10. You have sent 11.'],
    [2, 600_000, 'BatchRequestTooLong', 'Batch requests cannot be longer than 1048576 bytes. You have sent 1200000 bytes.'],
  ])('of %i entries of %i bytes are refused whole', async (count, bytes, name, message) => {
    const { client, create } = createClient();
    await create('q');
    const Entries = Array.from({ length: count }, (_, i) => ({ Id: String(i), MessageBody: 'x'.repeat(bytes) }));
    const error = await thrownBy(client.send(new SendMessageBatchCommand({ QueueUrl: url('q'), Entries })));
    expect(error).toMatchObject({ name, message });
  });

  it('refuse an id that comes twice', async () => {
    const { client, create } = createClient();
    await create('q');
    const Entries = ['same', 'same'].map((Id) => ({ Id, MessageBody: 'x' }));
    const error = await thrownBy(client.send(new SendMessageBatchCommand({ QueueUrl: url('q'), Entries })));
    expect(error).toMatchObject({ name: 'BatchEntryIdsNotDistinct', message: 'Id same repeated.' });
  });
});

describe('queues', () => {
  it('are set, printed, tagged, listed, deleted, and named anew after a minute', async () => {
    const { world, client, create } = createClient();
    await create('dlq');
    await create('q', { VisibilityTimeout: '5' });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dlq'), maxReceiveCount: 2 });
    const QueueUrl = url('q');
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '7', RedrivePolicy } }));
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({ VisibilityTimeout: '5', DelaySeconds: '7', RedrivePolicy, SqsManagedSseEnabled: 'true' });
    await client.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'red', stage: 'test' } }));
    await client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['stage'] }));
    expect((await client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ team: 'red' });
    expect((await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url('dlq') }))).queueUrls).toEqual([QueueUrl]);
    const page = await client.send(new ListQueuesCommand({ MaxResults: 1 }));
    expect(page.QueueUrls).toEqual([url('dlq')]);
    expect((await client.send(new ListQueuesCommand({ MaxResults: 1, NextToken: page.NextToken }))).QueueUrls).toEqual([QueueUrl]);
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await thrownBy(client.send(new PurgeQueueCommand({ QueueUrl })))).toMatchObject({ name: 'PurgeQueueInProgress' });
    await client.send(new DeleteQueueCommand({ QueueUrl }));
    expect(await thrownBy(create('q'))).toMatchObject({ name: 'QueueDeletedRecently' });
    world.runUntil(60_000);
    expect(await create('q')).toMatchObject({ QueueUrl });
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['q', { Colour: 'red' }, 'InvalidAttributeName', 'Unknown Attribute Colour.'],
    ['q', { VisibilityTimeout: '43201' }, 'InvalidAttributeValue', 'Invalid value for the parameter VisibilityTimeout.'],
    ['q', { Policy: '{' }, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.'],
    ['q', { ContentBasedDeduplication: 'true' }, 'InvalidAttributeName', 'Unknown Attribute ContentBasedDeduplication.'],
    ['q.fifo', {}, 'InvalidParameterValue', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length'],
  ])('named %s with %j are refused', async (name, attributes, code, message) => {
    const { create } = createClient();
    expect(await thrownBy(create(name, attributes))).toMatchObject({ name: code, message });
  });

  it.each<[string, Record<string, string>, RegExp | null]>([
    ['dlq', {}, null],
    ['dlq', { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' }, /does not allow this queue as its source/],
    ['dlq', { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [arn('q')] }) }, null],
    ['dlq.fifo', FIFO, /Reason: Dead-letter queue must be same type of queue as the source\.$/],
  ])('take %s with %j as a dead-letter queue or not', async (name, attributes, refusal) => {
    const { create } = createClient();
    await create(name, attributes);
    const error = await thrownBy(create('q', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(name), maxReceiveCount: 1 }) }));
    if (refusal) expect(error?.message).toMatch(refusal);
    else expect(error).toBeNull();
  });

  it('show their policy to IAM', async () => {
    const { world, create } = createClient();
    const policy = { Version: '2012-10-17', Statement: [] };
    await create('q', { Policy: JSON.stringify(policy) });
    expect(world.resourcePolicy(arn('q'))).toEqual(policy);
  });
});

describe('a long poll', () => {
  it('is answered in the moment in which a message becomes visible, the longest wait first', async () => {
    const { world, create, send, receive } = createClient();
    await create('q');
    await send('q', 'delayed', { DelaySeconds: 3 });
    expect(bodies(await receive('q', { WaitTimeSeconds: 20, VisibilityTimeout: 4 }))).toEqual(['delayed']);
    expect(world.now).toBe(3000);
    const [first, second] = await Promise.all([1, 2].map(() => receive('q', { WaitTimeSeconds: 10, VisibilityTimeout: 2 })));
    expect([bodies(first ?? []), bodies(second ?? [])]).toEqual([['delayed'], ['delayed']]);
    expect(world.now).toBe(9000);
  });

  it('ends without a message', async () => {
    const { world, create, receive } = createClient();
    await create('q', { ReceiveMessageWaitTimeSeconds: '20' });
    expect(await receive('q')).toEqual([]);
    expect(world.now).toBe(20_000);
  });
});

describe('visibility', () => {
  it('extends to twelve hours from the receive, and no further', async () => {
    const { world, client, create, send, receive } = createClient();
    await create('q');
    await send('q', 'x');
    const [message] = await receive('q');
    const change = (VisibilityTimeout: number) =>
      client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url('q'), ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }));
    world.runUntil(10_000);
    expect((await thrownBy(change(43_191)))?.message).toMatch(/beyond the limit \[43200 seconds\]/);
    expect(await thrownBy(change(43_190))).toBeNull();
  });

  it('has a standard message keep its age in the dead-letter queue', async () => {
    const { world, create, send, receive } = createClient();
    await create('dlq', { MessageRetentionPeriod: '60' });
    await create('q', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dlq'), maxReceiveCount: 1 }) });
    await send('q', 'x', { MessageGroupId: 'tenant' });
    await receive('q');
    world.runUntil(30_000);
    expect(await receive('q')).toEqual([]);
    const Attributes = { DeadLetterQueueSourceArn: arn('q'), SentTimestamp: '1793613600000', MessageGroupId: 'tenant' };
    expect(await receive('dlq', { VisibilityTimeout: 0 })).toMatchObject([{ Body: 'x', Attributes }]);
    world.runUntil(60_000);
    expect(world.trace.at(-1)?.type).toBe('sqs:MessageExpired');
    expect(await receive('dlq')).toEqual([]);
  });
});
