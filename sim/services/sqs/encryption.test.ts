import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, arnOf, ask, OWNER, refusalOf, sqsClient, sqsWorld, urlOf, userWith } from '../../../test/sqs-world';
import type { JsonObject } from '../../kernel/json';
import type { World } from '../../kernel/world';

const QueueUrl = urlOf('q');

async function createQueue(attributes: Record<string, string> = {}, key?: string) {
  const world = sqsWorld();
  const { KeyMetadata } = ask(world, 'kms', 'CreateKey', {}) as { KeyMetadata: JsonObject };
  const keyArn = String(KeyMetadata.Arn);
  const client = sqsClient(world);
  await client.send(new CreateQueueCommand({ QueueName: 'q', Attributes: { KmsMasterKeyId: key ?? keyArn, ...attributes } }));
  return { world, client, keyArn };
}

const send = (world: World, principal = OWNER, MessageBody = 'secret') =>
  sqsClient(world, principal).send(new SendMessageCommand({ QueueUrl, MessageBody }));
const receive = (world: World, principal = OWNER, WaitTimeSeconds = 0) =>
  sqsClient(world, principal).send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds, VisibilityTimeout: 0 }));
const uses = (world: World) =>
  world.trace
    .filter(({ type }) => type === 'kms:KeyUsed')
    .map(({ data }) => `${data.operation} ${data.principal}`.replace(/arn.*[:/]/, ''));

describe('an encrypted queue', () => {
  it('asks the key for the sender and the receiver, and keeps the answer for the reuse period', async () => {
    const { world } = await createQueue({ KmsDataKeyReusePeriodSeconds: '60' });
    await receive(world);
    expect(uses(world)).toEqual([]);
    await send(world);
    await send(world);
    expect(uses(world)).toEqual(['GenerateDataKey root', 'Decrypt root']);
    expect((await receive(world)).Messages).toMatchObject([{ Body: 'secret' }]);
    await receive(world);
    expect(uses(world)).toEqual(['GenerateDataKey root', 'Decrypt root', 'Decrypt root']);
    world.runUntil(60_000);
    await send(world);
    expect(uses(world)).toHaveLength(5);
  });

  it('keeps a data key for each principal', async () => {
    const { world } = await createQueue();
    const ana = userWith(world, 'ana', [{ Effect: 'Allow', Action: ['sqs:*', 'kms:*'], Resource: '*' }]);
    await send(world);
    await send(world, ana);
    expect(uses(world)).toEqual(['GenerateDataKey root', 'Decrypt root', 'GenerateDataKey ana', 'Decrypt ana']);
  });

  it.each<[string, string[], string]>([
    ['GenerateDataKey', ['kms:Decrypt'], 'kms:GenerateDataKey'],
    ['Decrypt', ['kms:GenerateDataKey'], 'kms:Decrypt'],
  ])('refuses a sender without %s, and says who was refused by which key', async (_name, actions, operation) => {
    const { world, keyArn } = await createQueue();
    const ana = userWith(world, 'ana', [{ Effect: 'Allow', Action: ['sqs:*', ...actions], Resource: '*' }]);
    const error = await refusalOf(send(world, ana));
    expect(error).toMatchObject({
      name: 'KmsAccessDenied',
      message: expect.stringMatching(/\(Service: AWSKMS; Status Code: 400; Error Code:/),
    });
    expect(world.trace.findLast(({ type }) => type === 'sqs:DataKeyRefused')).toMatchObject({
      resource: arnOf('q'),
      data: { operation, principal: ana.id, keyArn, action: 'sqs:SendMessage' },
    });
    expect(
      await refusalOf(sqsClient(world, ana).send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'x' }] }))),
    ).toMatchObject({
      name: 'KmsAccessDenied',
    });
    expect((await receive(world)).Messages).toBeUndefined();
  });

  it('refuses a receiver without Decrypt, in a long poll too, and the message stays', async () => {
    const { world } = await createQueue();
    const ana = userWith(world, 'ana', [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }]);
    await send(world);
    expect(await refusalOf(receive(world, ana))).toMatchObject({ name: 'KmsAccessDenied' });
    const [message] = (await receive(world)).Messages ?? [];
    expect(message?.Body).toBe('secret');
    ask(world, 'sqs', 'PurgeQueue', { QueueUrl });
    const waiting = refusalOf(receive(world, ana, 20));
    const sent = send(world);
    expect(await waiting).toMatchObject({ name: 'KmsAccessDenied' });
    await sent;
  });

  it('answers a long poll once the key is open to it', async () => {
    const { world } = await createQueue();
    await send(world);
    ask(world, 'sqs', 'PurgeQueue', { QueueUrl });
    const ana = userWith(world, 'ana', [{ Effect: 'Allow', Action: ['sqs:*', 'kms:Decrypt'], Resource: '*' }]);
    world.schedule(
      { action: 'sqs:SendMessage', resource: arnOf('q'), input: { MessageBody: 'late' }, principal: OWNER },
      world.now + 5000.25,
    );
    expect((await receive(world, ana, 20)).Messages).toMatchObject([{ Body: 'late' }]);
    expect(uses(world).at(-1)).toBe('Decrypt ana');
    expect(await refusalOf(receive(world, ana, 21))).toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('is bound to SQS by kms:ViaService', async () => {
    const { world, keyArn } = await createQueue();
    const via = (service: string): JsonObject => ({
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com`, 'kms:CallerAccount': ACCOUNT } },
    });
    const sqs: JsonObject = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };
    expect(await refusalOf(send(world, userWith(world, 'ana', [sqs, via('sqs')])))).toBeNull();
    expect(await refusalOf(send(world, userWith(world, 'eve', [sqs, via('sns')])))).toMatchObject({ name: 'KmsAccessDenied' });
    expect(() =>
      ask(
        world,
        'kms',
        'GenerateDataKey',
        { KeyId: keyArn, KeySpec: 'AES_256' },
        { ...OWNER, type: 'user', id: `arn:aws:iam::${ACCOUNT}:user/ana` },
      ),
    ).toThrow();
  });

  // SNS-X34: the key's own policy must let SNS in; that of the account's key for SQS cannot.
  it.each<[string, boolean, string | undefined, number]>([
    ['a key that lets SNS in', true, undefined, 1],
    ['a key that does not', false, undefined, 0],
    ['the account’s key for SQS', false, 'alias/aws/sqs', 0],
  ])('takes from a topic by %s', async (_name, letsIn, key, count) => {
    const { world, client, keyArn } = await createQueue({}, key);
    const sns = { Service: 'sns.amazonaws.com' };
    const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
    if (letsIn) {
      const Statement = [
        { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' },
        { Effect: 'Allow', Principal: sns, Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Resource: '*' },
      ];
      ask(world, 'kms', 'PutKeyPolicy', { KeyId: keyArn, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
    }
    const policy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: sns, Action: 'sqs:SendMessage', Resource: arnOf('q') }],
    };
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(policy) } }));
    const { TopicArn } = ask(world, 'sns', 'CreateTopic', { Name: 'news' });
    ask(world, 'sns', 'Subscribe', { TopicArn: TopicArn ?? '', Protocol: 'sqs', Endpoint: arnOf('q') });
    ask(world, 'sns', 'Publish', { TopicArn: TopicArn ?? '', Message: 'hello' });
    world.run({ untilMs: 60_000 });
    expect((await receive(world)).Messages ?? []).toHaveLength(count);
    expect(world.trace.filter(({ type }) => type === 'sqs:DataKeyRefused').map(({ data }) => data.principal)).toEqual(
      count === 0 ? ['sns.amazonaws.com'] : [],
    );
  });

  it('takes the key of the account for SQS', async () => {
    const { world } = await createQueue({}, 'alias/aws/sqs');
    expect(await refusalOf(send(world))).toBeNull();
  });

  it.each<[string, string, string]>([
    ['DisableKey', 'KmsDisabled', 'is disabled'],
    ['ScheduleKeyDeletion', 'KmsInvalidState', 'is pending deletion'],
  ])('after %s answers %s', async (operation, name, words) => {
    const { world, keyArn } = await createQueue();
    ask(world, 'kms', operation, { KeyId: keyArn });
    expect(await refusalOf(send(world))).toMatchObject({ name, message: expect.stringContaining(words) });
  });

  it('answers KmsNotFound for a key that is not there', async () => {
    const { world } = await createQueue({}, 'alias/none');
    expect(await refusalOf(send(world))).toMatchObject({ name: 'KmsNotFound' });
  });
});
