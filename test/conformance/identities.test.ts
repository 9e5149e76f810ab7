// Who may do what, asked as an outsider would: sessions with policies, organisations, texts to phones, several Regions and accounts.
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateTopicCommand, ListTopicsCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ListQueuesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { createRequestHandler } from '../../sim/protocol/request-handler';
import { FULL_ACCESS } from '../../sim/services/iam/organization';
import { createOutside, queueArn, thrownBy } from './outside';

type Outside = Awaited<ReturnType<typeof createOutside>>;

const ANA = 'arn:aws:iam::111122223333:user/ana';
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });

async function createAna(aws: Outside, ...statements: object[]) {
  await aws.iam.send(new CreateUserCommand({ UserName: 'ana' }));
  if (statements.length > 0) {
    await aws.iam.send(new PutUserPolicyCommand({ UserName: 'ana', PolicyName: 'own', PolicyDocument: document(...statements) }));
  }
  return aws.as(ANA);
}

/** A role that the account may assume, with everything on SQS. */
async function createReader(aws: Outside) {
  const trust = document({ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' });
  const { Role } = await aws.iam.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument: trust }));
  await aws.iam.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'own', PolicyDocument: document(allow('sqs:*')) }));
  return Role?.Arn ?? '';
}

/** SQS as the holder of temporary credentials. */
async function assume(aws: Outside, ana: ReturnType<Outside['as']>, RoleArn: string, more: object = {}) {
  const { Credentials, ...rest } = await ana.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'night', ...more }));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const sqs = new SQSClient({ region: 'eu-west-1', credentials, maxAttempts: 1, requestHandler: createRequestHandler(aws.world) });
  return { sqs, Credentials, ...rest };
}

describe('a session', () => {
  it('may do what both its role and its own policy allow', async () => {
    const aws = await createOutside();
    const QueueUrl = await aws.queue('jobs');
    const RoleArn = await createReader(aws);
    const ana = await createAna(aws, allow('sts:AssumeRole', RoleArn));
    const Policy = document(allow('sqs:SendMessage', queueArn('jobs')));
    const { sqs, AssumedRoleUser, PackedPolicySize } = await assume(aws, ana, RoleArn, { Policy });
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::111122223333:assumed-role/reader/night');
    expect(PackedPolicySize).toBeGreaterThan(0);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    expect(await thrownBy(sqs.send(new ReceiveMessageCommand({ QueueUrl })))).toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::111122223333:assumed-role/reader/night is not authorized to perform: sqs:receivemessage on resource: ${queueArn('jobs')} because no session policy allows the sqs:receivemessage action`,
    });
  });

  it('of a managed policy may do what the policy says', async () => {
    const aws = await createOutside();
    const QueueUrl = await aws.queue('jobs');
    const RoleArn = await createReader(aws);
    const ana = await createAna(aws, allow('sts:*'));
    const { sqs } = await assume(aws, ana, RoleArn, { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess' }] });
    await sqs.send(new ListQueuesCommand({}));
    expect(await thrownBy(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' })))).toMatchObject({ name: 'AccessDenied' });
  });

  it('ends at its time', async () => {
    const aws = await createOutside();
    const RoleArn = await createReader(aws);
    const ana = await createAna(aws, allow('sts:*'));
    const { sqs } = await assume(aws, ana, RoleArn, { DurationSeconds: 900 });
    await sqs.send(new ListQueuesCommand({}));
    aws.pass(901);
    expect(await thrownBy(sqs.send(new ListQueuesCommand({})))).toMatchObject({ name: expect.stringMatching(/^ExpiredToken/) });
  });

  it('is not to be had without the trust of the role or the permission of the user', async () => {
    const aws = await createOutside();
    const RoleArn = await createReader(aws);
    const ana = await createAna(aws);
    expect(await thrownBy(ana.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'night' })))).toMatchObject({
      name: 'AccessDenied',
      message: `User: ${ANA} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn} because no identity-based policy allows the sts:AssumeRole action`,
    });
  });

  it('is a person who can be asked who they are', async () => {
    const aws = await createOutside();
    const ana = await createAna(aws);
    expect(await ana.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: ANA, Account: '111122223333' });
    const { AccessKey } = await aws.iam.send(new CreateAccessKeyCommand({ UserName: 'ana' }));
    expect(AccessKey?.AccessKeyId).toMatch(/^AKIA/);
  });
});

describe('an organisation', () => {
  const organization = (scp: object, rcp: object) => ({
    id: 'o-exampleorg1',
    managementAccount: '999900001111',
    root: {
      id: 'r-ab12',
      scps: [{ name: 'limits', document: document(scp) }, FULL_ACCESS],
      rcps: [{ name: 'limits', document: document(rcp) }],
      children: [{ id: '111122223333' }],
    },
  });

  it('denies by service and by resource control policy what accounts allow', async () => {
    const scp = { Effect: 'Deny', Action: 'sqs:DeleteQueue', Resource: '*' };
    const rcp = { Effect: 'Deny', Principal: '*', Action: 'sqs:PurgeQueue', Resource: '*' };
    const aws = await createOutside({ organization: organization(scp, rcp) });
    const QueueUrl = await aws.queue('jobs');
    const ana = await createAna(aws, allow('sqs:*'));
    const { DeleteQueueCommand, PurgeQueueCommand } = await import('@aws-sdk/client-sqs');
    expect(await thrownBy(ana.sqs.send(new DeleteQueueCommand({ QueueUrl })))).toMatchObject({
      message: expect.stringContaining('with an explicit deny in a service control policy'),
    });
    expect(await thrownBy(ana.sqs.send(new PurgeQueueCommand({ QueueUrl })))).toMatchObject({
      message: expect.stringContaining('with an explicit deny in a resource control policy'),
    });
    expect(await thrownBy(aws.sqs.send(new DeleteQueueCommand({ QueueUrl })))).toMatchObject({ name: 'AccessDenied' });
  });
});

describe('a text to a phone', () => {
  const text = new PublishCommand({ PhoneNumber: '+15555550123', Message: 'hello' });

  it.each<[string, object, boolean]>([
    ['a policy for everything', allow('sns:Publish'), true],
    ['a policy for topics', allow('sns:Publish', 'arn:aws:sns:*:*:*'), false],
    ['no policy', allow('sns:ListTopics'), false],
  ])('with %s', async (_what, statement, isSent) => {
    const aws = await createOutside();
    const ana = await createAna(aws, statement);
    if (isSent) {
      expect((await ana.sns.send(text)).MessageId).toMatch(/-/);
      return;
    }
    expect(await thrownBy(ana.sns.send(text))).toMatchObject({
      name: 'AuthorizationErrorException',
      message: `User: ${ANA} is not authorized to perform: SNS:Publish on resource: +15555550123 because no identity-based policy allows the SNS:Publish action`,
    });
  });

  it('is refused where all but topics is denied', async () => {
    const aws = await createOutside();
    const ana = await createAna(aws, allow('sns:*'), { Effect: 'Deny', Action: 'sns:Publish', NotResource: 'arn:aws:sns:*:*:*' });
    expect(await thrownBy(ana.sns.send(text))).toMatchObject({ message: expect.stringContaining('explicit deny') });
    const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'news' }));
    await ana.sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
  });
});

describe('several Regions and accounts', () => {
  it('keep their own queues and topics', async () => {
    const aws = await createOutside();
    const [home, far, other] = [aws, aws.as('arn:aws:iam::111122223333:root', 'us-east-1'), aws.as('arn:aws:iam::444455556666:root')];
    const create = new CreateQueueCommand({ QueueName: 'jobs' });
    const urls = [];
    for (const { sqs } of [home, far, other]) urls.push((await sqs.send(create)).QueueUrl);
    expect(urls).toEqual([
      'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs',
      'https://sqs.us-east-1.amazonaws.com/111122223333/jobs',
      'https://sqs.eu-west-1.amazonaws.com/444455556666/jobs',
    ]);
    for (const { sqs } of [home, far, other]) expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(1);
    await far.sns.send(new CreateTopicCommand({ Name: 'news' }));
    expect((await home.sns.send(new ListTopicsCommand({}))).Topics).toEqual([]);
    await far.sqs.send(new SendMessageCommand({ QueueUrl: urls[1], MessageBody: 'far' }));
    expect((await home.sqs.send(new ReceiveMessageCommand({ QueueUrl: urls[0] }))).Messages).toBeUndefined();
    expect((await far.sqs.send(new ReceiveMessageCommand({ QueueUrl: urls[1] }))).Messages).toHaveLength(1);
  });

  it('a topic reaches a queue of another Region', async () => {
    const aws = await createOutside();
    const far = aws.as('arn:aws:iam::111122223333:root', 'us-east-1');
    const endpoint = queueArn('jobs').replace('eu-west-1', 'us-east-1');
    const Policy = document({ ...allow('sqs:SendMessage', endpoint), Principal: { Service: 'sns.amazonaws.com' } });
    const { QueueUrl } = await far.sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes: { Policy } }));
    const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'news' }));
    await aws.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: endpoint }));
    await aws.sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
    aws.pass(1);
    const { Messages = [] } = await far.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map(({ Body }) => JSON.parse(Body ?? '').TopicArn)).toEqual([TopicArn]);
  });
});
