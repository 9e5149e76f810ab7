import { describe, expect, it } from 'vitest';
import { ask, brokenSqs, createWorld, factsOf, QUEUE, subscribe, TOPIC, topic } from '../../../test/sns-world';
import type { Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';

describe('FIFO topics', () => {
  it('number messages, drop repeats for five minutes, and keep a group in order', () => {
    const failing = brokenSqs(4);
    const sent: unknown[] = [];
    const inner = failing.actions.SendMessage;
    if (inner) {
      failing.actions.SendMessage = (state, call, port) => {
        const reply = inner(state, call, port);
        if ('ok' in reply) sent.push(JSON.parse(String(call.input.MessageBody)).Message, call.input.MessageGroupId);
        return reply;
      };
    }
    const world = createWorld({ sqs: failing as Service });
    const arn = topic(world, 'orders.fifo', { FifoTopic: 'true', ContentBasedDeduplication: 'true' });
    subscribe(world, 'sqs', `${QUEUE}.fifo`, {}, arn);
    const one = ask(world, 'Publish', { TopicArn: arn, Message: '1', MessageGroupId: 'g' });
    expect(one.SequenceNumber).toBe('10000000000000000001');
    expect(ask(world, 'Publish', { TopicArn: arn, Message: '1', MessageGroupId: 'g' })).toEqual(one);
    ask(world, 'Publish', { TopicArn: arn, Message: '2', MessageGroupId: 'g' });
    world.runUntilIdle();
    expect(sent).toEqual(['1', 'g', '2', 'g']);
    world.runUntil(300_000);
    expect(ask(world, 'Publish', { TopicArn: arn, Message: '1', MessageGroupId: 'g' }).SequenceNumber).toBe('10000000000000000003');
    expect(ask(world, 'Publish', { TopicArn: arn, Message: '1' }).message).toBe(
      'Invalid parameter: The MessageGroupId parameter is required for FIFO topics',
    );
  });

  it('replay their archive to one subscription', () => {
    const world = createWorld({ sqs: brokenSqs(0) as Service });
    const arn = topic(world, 'orders.fifo', {
      FifoTopic: 'true',
      ContentBasedDeduplication: 'true',
      ArchivePolicy: '{"MessageRetentionPeriod":"7"}',
    });
    for (const Message of ['1', '2']) ask(world, 'Publish', { TopicArn: arn, Message, MessageGroupId: 'g' });
    const ReplayPolicy = JSON.stringify({ PointType: 'Timestamp', StartingPoint: '2026-11-02T10:00:00.000Z' });
    const subscription = subscribe(world, 'sqs', `${QUEUE}.fifo`, { ReplayPolicy }, arn);
    world.runUntilIdle();
    expect(factsOf(world, 'sns:MessageDelivered')).toHaveLength(2);
    expect(ask(world, 'GetSubscriptionAttributes', { SubscriptionArn: subscription }).Attributes).toMatchObject({
      ReplayStatus: 'Completed',
    });
  });
});

describe('encrypted topics', () => {
  it('ask the key first, and answer as KMS does when it cannot be used', () => {
    const world = createWorld();
    topic(world, 'orders', { KmsMasterKeyId: 'alias/aws/sns' });
    expect(ask(world, 'Publish', { TopicArn: TOPIC, Message: 'x' }).MessageId).toBeDefined();
    expect(factsOf(world, 'kms:KeyUsed').map(({ data }) => data.operation)).toEqual(['GenerateDataKey', 'Decrypt']);
    const metadata = ask(world, 'CreateKey', {}, 'kms').KeyMetadata as JsonObject;
    ask(world, 'SetTopicAttributes', { TopicArn: TOPIC, AttributeName: 'KmsMasterKeyId', AttributeValue: String(metadata.KeyId) });
    ask(world, 'DisableKey', { KeyId: String(metadata.KeyId) }, 'kms');
    const refused = ask(world, 'Publish', { TopicArn: TOPIC, Message: 'x' }) as unknown as Fault;
    expect(refused.code).toBe('KMSDisabled');
    expect(refused.message).toContain(`${metadata.Arn} is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException;`);
  });
});
