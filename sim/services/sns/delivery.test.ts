import { describe, expect, it } from 'vitest';
import {
  ask,
  brokenSqs,
  createWorld,
  DLQ,
  FN,
  factsOf,
  HOST,
  host,
  QUEUE,
  queue,
  received,
  subscribe,
  TOPIC,
  topic,
} from '../../../test/sns-world';
import type { JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';

describe('delivery', () => {
  it('puts the message into queues as JSON that AWS would write, or raw with its attributes', () => {
    const world = createWorld();
    topic(world);
    queue(world, 'orders');
    queue(world, 'raw');
    subscribe(world, 'sqs', QUEUE);
    subscribe(world, 'sqs', QUEUE.replace('orders', 'raw'), { RawMessageDelivery: 'true' });
    const { MessageId } = ask(world, 'Publish', {
      TopicArn: TOPIC,
      Subject: 'new',
      Message: '{"orderId":17}',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'new' } },
    });
    world.runUntilIdle();
    const [message] = received(world);
    const body = String(message?.Body);
    expect(body).toMatch(/^\{\n {2}"Type" : "Notification",\n {2}"MessageId" : "/);
    expect(body).toContain('  "MessageAttributes" : {\n    "kind" : {"Type":"String","Value":"new"}\n  }\n}');
    expect(JSON.parse(body)).toMatchObject({
      MessageId,
      TopicArn: TOPIC,
      Subject: 'new',
      Message: '{"orderId":17}',
      Timestamp: '2026-11-02T10:00:00.000Z',
      SignatureVersion: '1',
    });
    expect(JSON.parse(body).Signature).toHaveLength(344);
    expect(received(world, 'raw')).toMatchObject([
      { Body: '{"orderId":17}', MessageAttributes: { kind: { DataType: 'String', StringValue: 'new' } } },
    ]);
  });

  it('gives functions one record, people an e-mail and a text, each its own text', () => {
    const world = createWorld();
    topic(world, 'orders', { DisplayName: 'Shop' });
    subscribe(world, 'lambda', FN);
    subscribe(world, 'sms', '+353871234567');
    subscribe(world, 'email', 'ada@example.com');
    world.runUntilIdle();
    const [asked] = factsOf(world, 'sns:EmailDelivered');
    const url = /https:\S+Token=\w+/.exec(String(asked?.data.body))?.[0] ?? '';
    expect(world.call({ action: 'sns:OpenLink', resource: TOPIC, input: { url } })).toMatchObject({ ok: {} });
    ask(world, 'Publish', { TopicArn: TOPIC, MessageStructure: 'json', Message: '{"default":"d","sms":"short","lambda":"for code"}' });
    world.runUntilIdle();
    const event = JSON.parse(String(factsOf(world, 'lambda:EventQueued')[0]?.data.payload));
    expect(event.Records[0]).toMatchObject({
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      Sns: { Message: 'for code', Subject: null, MessageAttributes: {} },
    });
    expect(event.Records[0].Sns.SigningCertUrl).toMatch(
      /^https:\/\/sns\.eu-west-1\.amazonaws\.com\/SimpleNotificationService-[0-9a-f]{32}\.pem$/,
    );
    expect(factsOf(world, 'sns:SmsDelivered')[0]?.data).toMatchObject({ to: '+353871234567', text: 'Shop> short', parts: 1 });
    expect(factsOf(world, 'sns:EmailDelivered')[1]?.data).toMatchObject({ to: 'ada@example.com', subject: 'AWS Notification Message' });
  });

  it('asks an HTTPS endpoint first, and retries it by its policy', () => {
    const world = createWorld({ hosts: { [HOST]: host([200, 500, 429, 200]) } });
    topic(world);
    const arn = subscribe(world, 'https', `${HOST}/sns`);
    world.runUntilIdle();
    const [first] = factsOf(world, 'internet:RequestReceived');
    expect(first?.data.headers).toMatchObject({ 'x-amz-sns-message-type': 'SubscriptionConfirmation', 'x-amz-sns-topic-arn': TOPIC });
    const { Token } = JSON.parse(String(first?.data.body));
    expect(ask(world, 'Publish', { TopicArn: TOPIC, Message: 'lost' }).MessageId).toBeDefined();
    expect(ask(world, 'ConfirmSubscription', { TopicArn: TOPIC, Token: 'x' }).message).toBe('Invalid parameter: Token');
    expect(ask(world, 'ConfirmSubscription', { TopicArn: TOPIC, Token }).SubscriptionArn).toBe(arn);
    const start = world.now;
    ask(world, 'Publish', { TopicArn: TOPIC, Message: 'hello' });
    world.runUntilIdle();
    const requests = factsOf(world, 'internet:RequestReceived').slice(1);
    expect(requests.map(({ at }) => Math.round((at - start) / 1000))).toEqual([0, 20, 40]);
    expect(factsOf(world, 'sns:MessageDelivered').at(-1)?.data).toMatchObject({ attempts: 3, statusCode: 200 });
  });

  it('gives up on a slow endpoint after its retries, and on a 404 at once', () => {
    const world = createWorld({ hosts: { [HOST]: host([200], 20_000), 'https://gone.example': host([200, 404]) } });
    topic(world);
    for (const address of [HOST, 'https://gone.example']) {
      subscribe(world, 'https', `${address}/`);
    }
    world.runUntilIdle();
    for (const { data } of factsOf(world, 'internet:RequestReceived')) {
      const { Token } = JSON.parse(String(data.body));
      ask(world, 'ConfirmSubscription', { TopicArn: TOPIC, Token });
    }
    ask(world, 'Publish', { TopicArn: TOPIC, Message: 'x' });
    world.runUntilIdle();
    const failures = factsOf(world, 'sns:DeliveryFailed').filter(({ data }) => data.type === 'Notification');
    expect(failures.map(({ data }) => [data.reason, data.attempts, (data.error as JsonObject).status])).toEqual([
      ['ClientError', 1, 404],
      ['RetriesExhausted', 4, 504],
    ]);
  });

  it('retries a queue 100,015 times over 23 days, in less than a second, then writes to the dead-letter queue', () => {
    const world = createWorld({ sqs: brokenSqs(100_015) as Service });
    topic(world);
    subscribe(world, 'sqs', QUEUE, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DLQ }) });
    ask(world, 'Publish', { TopicArn: TOPIC, Message: 'x' });
    world.runUntilIdle();
    expect(factsOf(world, 'sns:DeliveryFailed')[0]?.data).toMatchObject({
      attempts: 100_015,
      reason: 'RetriesExhausted',
      deadLetterArn: DLQ,
    });
    expect(Math.floor(world.now / 86_400_000)).toBe(23);
    expect(factsOf(world, 'sns:MessageDeadLettered')).toHaveLength(1);
    expect(world.trace.length).toBeLessThan(2500);
  });

  it('does not retry a queue that is gone, and keeps the message in the dead-letter queue', () => {
    const world = createWorld();
    topic(world, 'orders', { SQSFailureFeedbackRoleArn: 'arn:aws:iam::111122223333:role/sns' });
    queue(world, 'dlq');
    subscribe(world, 'sqs', QUEUE, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DLQ }), RawMessageDelivery: 'true' });
    ask(world, 'Publish', { TopicArn: TOPIC, Message: 'x', MessageAttributes: { a: { DataType: 'Number', StringValue: '1' } } });
    world.runUntilIdle();
    expect(factsOf(world, 'sns:DeliveryAttempted')[0]?.data).toMatchObject({ attempt: 1, isRetryable: false });
    expect(received(world, 'dlq')).toMatchObject([{ Body: 'x', MessageAttributes: { a: { DataType: 'Number', StringValue: '1' } } }]);
    const [put] = factsOf(world, 'logs:LogEventsPut');
    expect(put?.resource).toContain('log-group:sns/eu-west-1/111122223333/orders/Failure');
    const [event] = (put?.data.logEvents ?? []) as unknown as { message: string }[];
    expect(JSON.parse(event?.message ?? '{}')).toMatchObject({
      status: 'FAILURE',
      delivery: { destination: QUEUE, attempts: 1, statusCode: 400 },
    });
  });

  it('drops what is on its way when the subscription ends', () => {
    const world = createWorld({ sqs: brokenSqs(1e9) as Service });
    topic(world);
    const arn = subscribe(world, 'sqs', QUEUE);
    ask(world, 'Publish', { TopicArn: TOPIC, Message: 'x' });
    world.runUntil(60_000);
    expect(ask(world, 'Unsubscribe', { SubscriptionArn: arn })).toEqual({});
    world.runUntilIdle();
    expect(world.now).toBeLessThan(61_000);
    expect(factsOf(world, 'sns:MessageDropped').map(({ data }) => data.reason)).toEqual(['SubscriptionDeleted']);
    expect(ask(world, 'GetSubscriptionAttributes', { SubscriptionArn: arn }).code).toBe('NotFound');
  });

  it('batches: each entry succeeds or fails by itself', () => {
    const world = createWorld();
    topic(world);
    const entries: JsonObject[] = [
      { Id: 'a', Message: 'x' },
      { Id: 'b', Message: 'x', MessageAttributes: { 'a..b': { DataType: 'String', StringValue: 'x' } } },
    ];
    expect(ask(world, 'PublishBatch', { TopicArn: TOPIC, PublishBatchRequestEntries: entries })).toMatchObject({
      Successful: [{ Id: 'a' }],
      Failed: [{ Id: 'b', Code: 'ParameterValueInvalid', SenderFault: true }],
    });
    const same = [
      { Id: 'a', Message: 'x' },
      { Id: 'a', Message: 'y' },
    ];
    expect(ask(world, 'PublishBatch', { TopicArn: TOPIC, PublishBatchRequestEntries: same }).code).toBe('BatchEntryIdsNotDistinct');
  });
});
