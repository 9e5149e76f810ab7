import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  RemovePermissionCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { arnOf, refusalOf, sqsClient, sqsWorld, urlOf } from '../../../test/sqs-world';

const QueueUrl = urlOf('q');

async function createClient() {
  const world = sqsWorld();
  const client = sqsClient(world);
  await client.send(new CreateQueueCommand({ QueueName: 'q' }));
  const add = (more: Partial<AddPermissionCommandInput> = {}) =>
    client.send(new AddPermissionCommand({ QueueUrl, Label: 'share', AWSAccountIds: ['444455556666'], Actions: ['SendMessage'], ...more }));
  const policy = async () => {
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
    return Attributes?.Policy === undefined ? null : JSON.parse(Attributes.Policy);
  };
  return { world, client, add, policy };
}

describe('permissions of a queue', () => {
  it('are statements of its policy', async () => {
    const { client, add, policy } = await createClient();
    await add();
    await add({ Label: 'more', AWSAccountIds: ['444455556666', '777788889999'], Actions: ['ReceiveMessage', 'DeleteMessage'] });
    expect(await policy()).toEqual({
      Version: '2008-10-17',
      Id: `${arnOf('q')}/SQSDefaultPolicy`,
      Statement: [
        {
          Sid: 'share',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::444455556666:root' },
          Action: 'SQS:SendMessage',
          Resource: arnOf('q'),
        },
        {
          Sid: 'more',
          Effect: 'Allow',
          Principal: { AWS: ['arn:aws:iam::444455556666:root', 'arn:aws:iam::777788889999:root'] },
          Action: ['SQS:ReceiveMessage', 'SQS:DeleteMessage'],
          Resource: arnOf('q'),
        },
      ],
    });
    await client.send(new RemovePermissionCommand({ QueueUrl, Label: 'share' }));
    expect((await policy()).Statement).toHaveLength(1);
    await client.send(new RemovePermissionCommand({ QueueUrl, Label: 'more' }));
    expect(await policy()).toBeNull();
  });

  it('open the queue to the other account, and close it again', async () => {
    const { world, client, add } = await createClient();
    const other = sqsClient(world, { type: 'root', id: 'arn:aws:iam::444455556666:root', account: '444455556666' });
    const send = () => refusalOf(other.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' })));
    expect(await send()).toMatchObject({ name: expect.stringMatching(/AccessDenied/) });
    await add();
    expect(await send()).toBeNull();
    await client.send(new RemovePermissionCommand({ QueueUrl, Label: 'share' }));
    expect(await send()).not.toBeNull();
  });

  it.each<[string, Partial<AddPermissionCommandInput>, string, string]>([
    [
      'a label that is there',
      { Label: 'taken' },
      'InvalidParameterValue',
      'Value taken for parameter Label is invalid. Reason: Already exists.',
    ],
    [
      'what only the owner may do',
      { Actions: ['DeleteQueue'] },
      'InvalidParameterValue',
      'Value SQS:DeleteQueue for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.',
    ],
    [
      'an unknown action',
      { Actions: ['SendMessageBatch'] },
      'InvalidParameterValue',
      'Value SQS:SendMessageBatch for parameter ActionName is invalid. Reason: Please refer to the appropriate WSDL for a list of valid actions.',
    ],
    ['eight actions', { Actions: Array(8).fill('SendMessage') }, 'OverLimit', '8 Actions were found, maximum allowed is 7.'],
    [
      'an account that is none',
      { AWSAccountIds: ['ana'] },
      'InvalidParameterValue',
      'Value [ana] for parameter PrincipalId is invalid. Reason: Unable to verify.',
    ],
    ['no actions', { Actions: [] }, 'MissingParameter', 'The request must contain the parameter Actions.'],
    ['an empty label', { Label: '' }, 'MissingParameter', 'The request must contain the parameter Label.'],
  ])('refuse %s', async (_name, more, name, message) => {
    const { add } = await createClient();
    await add({ Label: 'taken' });
    expect(await refusalOf(add(more))).toMatchObject({ name, message });
  });

  it('refuse the twenty-first statement', async () => {
    const { add } = await createClient();
    for (let i = 0; i < 20; i++) await add({ Label: `l${i}` });
    expect(await refusalOf(add())).toMatchObject({ name: 'OverLimit', message: '21 Statements were found, maximum allowed is 20.' });
  });

  it('refuse to remove what is not there', async () => {
    const { client } = await createClient();
    expect(await refusalOf(client.send(new RemovePermissionCommand({ QueueUrl, Label: 'share' })))).toMatchObject({
      message: "Value share for parameter Label is invalid. Reason: can't find label on existing policy.",
    });
  });
});
