import { describe, expect, it } from 'vitest';
import { ask, createWorld, QUEUE, TOPIC, topic } from '../../../test/sns-world';
import type { JsonObject } from '../../kernel/json';

describe('topics', () => {
  it('are made once, and refuse to become something else', () => {
    const world = createWorld();
    expect(topic(world)).toBe(TOPIC);
    expect(topic(world)).toBe(TOPIC);
    expect(ask(world, 'CreateTopic', { Name: 'orders', Attributes: { DisplayName: 'Orders' } })).toEqual({
      code: 'InvalidParameter',
      message: 'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    });
    expect(ask(world, 'CreateTopic', { Name: 'orders', Tags: [{ Key: 'a', Value: 'b' }] }).message).toBe(
      'Invalid parameter: Tags Reason: Topic already exists with different tags',
    );
    expect(ask(world, 'GetTopicAttributes', { TopicArn: TOPIC }).Attributes).toMatchObject({
      TopicArn: TOPIC,
      Owner: '111122223333',
      SubscriptionsConfirmed: '0',
      DisplayName: '',
    });
  });

  it.each<[string, string, JsonObject, string, string]>([
    ['a bad name', 'CreateTopic', { Name: 'a b' }, 'InvalidParameter', 'Invalid parameter: Topic Name'],
    ['no such topic', 'GetTopicAttributes', { TopicArn: `${TOPIC}x` }, 'NotFound', 'Topic does not exist'],
    [
      'no ARN',
      'GetTopicAttributes',
      { TopicArn: 'orders' },
      'InvalidParameter',
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
    ],
    [
      'a strange attribute',
      'SetTopicAttributes',
      { TopicArn: TOPIC, AttributeName: 'X', AttributeValue: '1' },
      'InvalidParameter',
      'Invalid parameter: AttributeName',
    ],
    [
      'no target',
      'Publish',
      { Message: 'x' },
      'InvalidParameter',
      'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
    ],
    [
      'a reserved name',
      'Publish',
      { TopicArn: TOPIC, Message: 'x', MessageAttributes: { 'AWS.team': { DataType: 'String', StringValue: 'red' } } },
      'ParameterValueInvalid',
      'Message attribute name can not start with reserved prefix. Name: AWS.team',
    ],
    [
      'an emoji in an attribute',
      'Publish',
      { TopicArn: TOPIC, Message: 'x', MessageAttributes: { mood: { DataType: 'String', StringValue: '😀' } } },
      'ParameterValueInvalid',
      'Invalid attribute value was passed in for message attribute',
    ],
    [
      'a number that is none',
      'Publish',
      { TopicArn: TOPIC, Message: 'x', MessageAttributes: { n: { DataType: 'Number', StringValue: 'ten' } } },
      'ParameterValueInvalid',
      "Could not cast message attribute 'n' value to number.",
    ],
    ['no message', 'Publish', { TopicArn: TOPIC, Message: '' }, 'InvalidParameter', 'Invalid parameter: Empty message'],
    [
      'a long message',
      'Publish',
      { TopicArn: TOPIC, Message: 'x'.repeat(262_145) },
      'InvalidParameter',
      'Invalid parameter: Message too long',
    ],
    [
      'a subject with a line break',
      'Publish',
      { TopicArn: TOPIC, Message: 'x', Subject: 'a\nb' },
      'InvalidParameter',
      'Invalid parameter: Subject',
    ],
    [
      'structure without default',
      'Publish',
      { TopicArn: TOPIC, Message: '{"sqs":"x"}', MessageStructure: 'json' },
      'InvalidParameter',
      'Invalid parameter: Message Structure - No default entry in JSON message body',
    ],
    [
      'a phone without country',
      'Publish',
      { PhoneNumber: '12', Message: 'x' },
      'InvalidParameter',
      'Invalid parameter: PhoneNumber Reason: 12 is not valid to publish to',
    ],
    [
      'an unknown protocol',
      'Subscribe',
      { TopicArn: TOPIC, Protocol: 'fax', Endpoint: 'x' },
      'InvalidParameter',
      'Invalid parameter: Amazon SNS does not support this protocol string: fax',
    ],
    [
      'a FIFO queue',
      'Subscribe',
      { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: `${QUEUE}.fifo` },
      'InvalidParameter',
      'Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    ],
    [
      'a bad filter',
      'Subscribe',
      { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: QUEUE, Attributes: { FilterPolicy: '{"a":' } },
      'InvalidParameter',
      'Invalid parameter: Attributes Reason: FilterPolicy: failed to parse JSON.',
    ],
    [
      'an empty batch',
      'PublishBatch',
      { TopicArn: TOPIC, PublishBatchRequestEntries: [] },
      'EmptyBatchRequest',
      "The batch request doesn't contain any entries.",
    ],
  ])('refuse %s', (_name, operation, input, code, message) => {
    const world = createWorld();
    topic(world);
    expect(ask(world, operation, input)).toEqual({ code, message });
  });
});

describe('attributes of messages', () => {
  it.each(['AWS.SNS.MOBILE.FCM.TTL', 'AWS.SNS.SMS.SenderID', 'AWS.MM.SMS.OriginationNumber'])('may have the name %s', (name) => {
    const world = createWorld();
    topic(world);
    const MessageAttributes = { [name]: { DataType: 'String', StringValue: '60' } };
    expect(ask(world, 'Publish', { TopicArn: TOPIC, Message: 'x', MessageAttributes })).toHaveProperty('MessageId');
  });
});

describe('permissions', () => {
  it('are statements of the topic policy', () => {
    const world = createWorld();
    topic(world);
    ask(world, 'AddPermission', { TopicArn: TOPIC, Label: 'share', AWSAccountId: ['444455556666'], ActionName: ['Publish'] });
    const { Statement } = world.resourcePolicy(TOPIC) as { Statement: JsonObject[] };
    expect(Statement[1]).toEqual({
      Sid: 'share',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::444455556666:root' },
      Action: 'SNS:Publish',
      Resource: TOPIC,
    });
    ask(world, 'RemovePermission', { TopicArn: TOPIC, Label: 'share' });
    expect((world.resourcePolicy(TOPIC) as { Statement: JsonObject[] }).Statement).toHaveLength(1);
  });
});
