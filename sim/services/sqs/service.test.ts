import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../kernel/json';
import { World } from '../../kernel/world';
import type { SqsState } from './queue';
import { createSqs, type SqsOptions } from './service';

const ARN = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const DLQ = 'arn:aws:sqs:eu-west-1:111122223333:orders-dlq';

function createWorld(attributes: JsonObject = {}, options: SqsOptions = {}): World {
  const world = new World({
    services: [createSqs(options)],
    account: '111122223333',
    region: 'eu-west-1',
    seed: 1,
    startAtEpochMs: 1_793_613_600_000,
  });
  world.call({ action: 'sqs:CreateQueue', resource: DLQ, input: { QueueName: 'orders-dlq' } });
  world.call({ action: 'sqs:CreateQueue', resource: ARN, input: { QueueName: 'orders', Attributes: attributes } });
  return world;
}

function ask(world: World, action: string, input: JsonObject = {}, resource = ARN): JsonObject {
  const answer = world.call({ action: `sqs:${action}`, resource, input });
  if (!answer) throw new Error(`${action} was not answered.`);
  return 'ok' in answer ? (answer.ok as JsonObject) : (answer.fault as unknown as JsonObject);
}

function receive(world: World, input: JsonObject = {}): JsonObject[] {
  return (
    (ask(world, 'ReceiveMessage', { AttributeNames: ['All'], MessageAttributeNames: ['All'], ...input }).Messages as
      | JsonObject[]
      | undefined) ?? []
  );
}

describe('sqs', () => {
  it('gives a message back with the digests and attributes that AWS gives', () => {
    const world = createWorld();
    const sent = ask(world, 'SendMessage', {
      MessageBody: 'hello',
      MessageAttributes: { City: { DataType: 'String', StringValue: 'Any City' } },
    });
    // MD5 of "hello", and of one attribute in the encoding of the SQS guide.
    expect(sent.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592');
    const [message] = receive(world);
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'hello',
      MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1793613600000', ApproximateFirstReceiveTimestamp: '1793613600000' },
      MessageAttributes: { City: { DataType: 'String', StringValue: 'Any City' } },
    });
  });

  it('hides a received message for the visibility timeout, then shows it again with a higher count', () => {
    const world = createWorld({ VisibilityTimeout: '30' });
    ask(world, 'SendMessage', { MessageBody: 'a' });
    expect(receive(world)).toHaveLength(1);
    world.runUntil(29_999);
    expect(receive(world)).toHaveLength(0);
    world.runUntil(30_000);
    expect(receive(world)).toMatchObject([{ Attributes: { ApproximateReceiveCount: '2' } }]);
  });

  it('forgets a deleted message, and deleting it again succeeds', () => {
    const world = createWorld();
    ask(world, 'SendMessage', { MessageBody: 'a' });
    const handle = receive(world)[0]?.ReceiptHandle as string;
    expect(ask(world, 'DeleteMessage', { ReceiptHandle: handle })).toEqual({});
    expect(ask(world, 'DeleteMessage', { ReceiptHandle: handle })).toEqual({});
    world.runUntil(100_000);
    expect(receive(world)).toEqual([]);
  });

  it('moves a message to the dead-letter queue when its receive count would exceed maxReceiveCount', () => {
    const world = createWorld({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DLQ, maxReceiveCount: 2 }), VisibilityTimeout: '1' });
    const { MessageId } = ask(world, 'SendMessage', { MessageBody: 'poison' });
    for (const at of [1000, 2000, 3000]) {
      expect(receive(world)).toHaveLength(at === 3000 ? 0 : 1);
      world.runUntil(at);
    }
    const { queues } = world.state<SqsState>('sqs');
    expect(queues[ARN]?.messages).toEqual([]);
    expect(queues[DLQ]?.messages).toMatchObject([{ messageId: MessageId, body: 'poison' }]);
  });

  it('delays, and counts what is waiting, delayed and in flight', () => {
    const world = createWorld();
    ask(world, 'SendMessage', { MessageBody: 'now' });
    ask(world, 'SendMessage', { MessageBody: 'now too' });
    ask(world, 'SendMessage', { MessageBody: 'later', DelaySeconds: 10 });
    receive(world);
    expect(ask(world, 'GetQueueAttributes', { AttributeNames: ['All'] }).Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
  });

  it('waits in a long poll until a message comes, or the wait is over', () => {
    const world = createWorld();
    world.schedule({ action: 'sqs:SendMessage', resource: ARN, input: { MessageBody: 'late' } }, 4500);
    expect(receive(world, { WaitTimeSeconds: 20 })).toMatchObject([{ Body: 'late' }]);
    expect(world.now).toBe(4500);
    expect(receive(world, { WaitTimeSeconds: 3 })).toEqual([]);
    expect(world.now).toBe(7500);
  });

  it('expires a message after the retention period', () => {
    const world = createWorld({ MessageRetentionPeriod: '60' });
    ask(world, 'SendMessage', { MessageBody: 'old' });
    world.runUntil(59_999);
    expect(world.state<SqsState>('sqs').queues[ARN]?.messages).toHaveLength(1);
    world.runUntil(60_000);
    expect(world.state<SqsState>('sqs').queues[ARN]?.messages).toEqual([]);
    expect(world.trace.at(-1)?.type).toBe('sqs:MessageExpired');
  });

  it('changes the visibility of a message in flight only', () => {
    const world = createWorld();
    ask(world, 'SendMessage', { MessageBody: 'a' });
    const handle = receive(world)[0]?.ReceiptHandle as string;
    expect(ask(world, 'ChangeMessageVisibility', { ReceiptHandle: handle, VisibilityTimeout: 0 })).toEqual({});
    expect(ask(world, 'ChangeMessageVisibility', { ReceiptHandle: handle, VisibilityTimeout: 5 })).toMatchObject({
      code: 'MessageNotInflight',
    });
    expect(receive(world)).toHaveLength(1);
  });

  it.each<[string, string, JsonObject, string]>([
    ['a queue that is not there', 'SendMessage', { MessageBody: 'a' }, 'AWS.SimpleQueueService.NonExistentQueue'],
    ['a message without a body', 'SendMessage', {}, 'MissingParameter'],
    ['an empty body', 'SendMessage', { MessageBody: '' }, 'InvalidParameterValue'],
    ['a body over the limit', 'SendMessage', { MessageBody: 'é'.repeat(524_289) }, 'InvalidParameterValue'],
    ['a delay over 900 s', 'SendMessage', { MessageBody: 'a', DelaySeconds: 901 }, 'InvalidParameterValue'],
    ['eleven messages at once', 'ReceiveMessage', { MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    ['a wait over 20 s', 'ReceiveMessage', { WaitTimeSeconds: 21 }, 'InvalidParameterValue'],
    ['an unknown receipt handle', 'ChangeMessageVisibility', { ReceiptHandle: 'x', VisibilityTimeout: 1 }, 'ReceiptHandleIsInvalid'],
  ])('refuses %s', (name, action, input, code) => {
    const resource = name === 'a queue that is not there' ? `${ARN}-other` : ARN;
    expect(ask(createWorld(), action, input, resource)).toMatchObject({ code });
  });

  it('takes a body of exactly the limit, counted in bytes', () => {
    expect(ask(createWorld(), 'SendMessage', { MessageBody: 'é'.repeat(524_288) })).toHaveProperty('MessageId');
  });

  it('refuses a second queue of the same name with other attributes', () => {
    const world = createWorld();
    expect(ask(world, 'CreateQueue', { QueueName: 'orders' })).toHaveProperty('QueueUrl');
    expect(ask(world, 'CreateQueue', { QueueName: 'orders', Attributes: { DelaySeconds: '1' } })).toMatchObject({
      code: 'QueueAlreadyExists',
    });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['orders', {}, { code: 'OverLimit', status: 403 }],
    ['orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' }, {}],
  ])('lets so many messages of %s be in flight, and no more', (name, attributes, refusal) => {
    expect(createWorld().state<SqsState>('sqs').inFlightMax).toBe(120_000);
    const world = createWorld({}, { inFlightMax: 15 });
    const arn = ARN.replace('orders', name);
    if (name !== 'orders') ask(world, 'CreateQueue', { QueueName: name, Attributes: attributes }, arn);
    for (let i = 0; i < 21; i++) ask(world, 'SendMessage', { MessageBody: `${i}`, MessageGroupId: `${i}` }, arn);
    const take = () => ask(world, 'ReceiveMessage', { MaxNumberOfMessages: 10 }, arn);
    const messages = [take(), take()].flatMap(({ Messages }) => Messages as JsonObject[]);
    expect(messages).toHaveLength(15);
    expect(take()).toMatchObject(refusal);
    expect(ask(world, 'ReceiveMessage', { WaitTimeSeconds: 1 }, arn)).toEqual({});
    ask(world, 'DeleteMessage', { ReceiptHandle: messages[0]?.ReceiptHandle ?? '' }, arn);
    expect(take().Messages).toHaveLength(1);
  });
});
