import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  InvalidParameterException,
  KMSAccessDeniedException,
  NotFoundException,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../../kernel/call';
import type { Service } from '../../kernel/service';
import { World } from '../../kernel/world';
import { createRequestHandler } from '../../protocol/request-handler';
import { authorize } from '../iam/guard';
import { createIam } from '../iam/service';
import { createKms } from '../kms/service';
import { createSns } from './service';

const OWNER: Principal = { type: 'root', id: 'arn:aws:iam::111122223333:root', account: '111122223333' };
const STRANGER: Principal = { type: 'root', id: 'arn:aws:iam::444455556666:root', account: '444455556666' };
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:orders';

function createWorld(): World {
  return new World({
    services: [createSns(), createKms(), createIam()] as Service[],
    guards: [authorize],
    account: '111122223333',
    region: 'eu-west-1',
    seed: 3,
    startAtEpochMs: 1_793_613_600_000,
  });
}

function client(world: World, principal: Principal): SNSClient {
  return new SNSClient({
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
    requestHandler: createRequestHandler(world, principal),
  });
}

describe('sns through the AWS SDK', () => {
  it('publishes, batches and subscribes', async () => {
    const world = createWorld();
    const sns = client(world, OWNER);
    expect(await sns.send(new CreateTopicCommand({ Name: 'orders' }))).toMatchObject({ TopicArn: TOPIC });
    const FilterPolicy = '{"kind":["order"]}';
    const subscribed = await sns.send(
      new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'sms', Endpoint: '+353871234567', Attributes: { FilterPolicy } }),
    );
    const SubscriptionArn = subscribed.SubscriptionArn ?? '';
    const shown = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(shown.Attributes).toMatchObject({ FilterPolicy, FilterPolicyScope: 'MessageAttributes', PendingConfirmation: 'false' });
    const MessageAttributes = {
      kind: { DataType: 'String', StringValue: 'order' },
      raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
    };
    const published = await sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'hello', MessageAttributes }));
    expect(published.MessageId).toMatch(/^[0-9a-f-]{36}$/);
    const batch = await sns.send(new PublishBatchCommand({ TopicArn: TOPIC, PublishBatchRequestEntries: [{ Id: '1', Message: 'x' }] }));
    expect(batch.Successful).toMatchObject([{ Id: '1' }]);
    world.runUntilIdle();
    expect(world.trace.filter(({ type }) => type === 'sns:SmsDelivered').map(({ data }) => data.text)).toEqual(['hello']);
    expect(world.trace.find(({ type }) => type === 'sns:MessageFiltered')?.data).toMatchObject({
      reason: 'NoMessageAttributes',
      key: 'kind',
    });
  });

  it('answers with typed exceptions', async () => {
    const sns = client(createWorld(), OWNER);
    await sns.send(new CreateTopicCommand({ Name: 'orders' }));
    const missing = sns.send(new PublishCommand({ TopicArn: `${TOPIC}2`, Message: 'x' }));
    await expect(missing).rejects.toThrow(NotFoundException);
    const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'sms', Endpoint: '+353871234567' }));
    const bad = sns.send(
      new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{"a":[{"like":"x"}]}' }),
    );
    await expect(bad).rejects.toThrow(InvalidParameterException);
    await expect(bad).rejects.toThrow(/^Invalid parameter: FilterPolicy: Unrecognized match type like\n at \[Source: /);
  });

  it('lets another account publish when the topic policy says so', async () => {
    const world = createWorld();
    const owner = client(world, OWNER);
    await owner.send(new CreateTopicCommand({ Name: 'orders' }));
    const stranger = client(world, STRANGER);
    const publish = () => stranger.send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' }));
    await expect(publish()).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    const statement = { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'sns:Publish', Resource: TOPIC };
    const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await owner.send(new SetTopicAttributesCommand({ TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue }));
    expect((await publish()).MessageId).toBeDefined();
  });

  it('asks the publisher for the key of an encrypted topic', async () => {
    const world = createWorld();
    const owner = client(world, OWNER);
    await owner.send(new CreateTopicCommand({ Name: 'orders', Attributes: { KmsMasterKeyId: 'alias/aws/sns' } }));
    const statement = { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'sns:Publish', Resource: TOPIC };
    const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await owner.send(new SetTopicAttributesCommand({ TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue }));
    expect((await owner.send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' }))).MessageId).toBeDefined();
    const refused = client(world, STRANGER).send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' }));
    await expect(refused).rejects.toThrow(KMSAccessDeniedException);
  });
});
