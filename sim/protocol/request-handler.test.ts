import { CloudWatchLogsClient, CreateLogGroupCommand, ResourceAlreadyExistsException } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetCodeSigningConfigCommand, InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { type ApiCall, clientFault, type Principal, type Reply } from '../kernel/call';
import type { JsonObject } from '../kernel/json';
import type { Port, Service } from '../kernel/service';
import { World } from '../kernel/world';
import { createIam } from '../services/iam/service';
import { createLogs } from '../services/logs/service';
import { createSqs } from '../services/sqs/service';
import { createSts } from '../services/sts/service';
import { type Caller, principalNamed } from './caller';
import { createRequestHandler, type RequestHandlerOptions } from './request-handler';

const ACCOUNT = '111122223333';
const OTHER_ACCOUNT = '444455556666';
const START = 1_793_613_600_000;
const ROOT: Principal = { type: 'root', id: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT };
const OTHER: Principal = { type: 'root', id: `arn:aws:iam::${OTHER_ACCOUNT}:root`, account: OTHER_ACCOUNT };

type Action = (call: ApiCall, port: Port) => Reply;

/** A service with the actions of a test, and a resource for each account and Region. */
function service(prefix: string, actions: Record<string, Action>, steps: Record<string, Action> = {}): Service<null> {
  const all = { ...actions, ...steps };
  return {
    prefix,
    initial: () => null,
    actions: Object.fromEntries(Object.entries(all).map(([name, action]) => [name, (_state, call, port) => action(call, port)])),
    apply: () => {},
    route: (operation, _input, { account, region }) =>
      operation in actions ? { action: `${prefix}:${operation}`, resource: `arn:aws:${prefix}:${region}:${account}:thing` } : null,
  };
}

function createWorld(...services: Service[]): World {
  return new World({
    services: services.length > 0 ? services : [createSqs(), createLogs()],
    account: ACCOUNT,
    region: 'eu-west-1',
    seed: 7,
    startAtEpochMs: START,
  });
}

function config(world: World, caller: Caller = ROOT, options: RequestHandlerOptions & { region?: string } = {}) {
  const { region = 'eu-west-1', ...rest } = options;
  return {
    region,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, caller, rest),
  };
}

const thrownBy = async (answer: Promise<unknown>) => answer.then(() => null).catch((error: unknown) => error as Error);

describe('a client in front of a world', () => {
  it('does in the world what it is asked, and hands back what the service answered', async () => {
    const world = createWorld();
    const sqs = new SQSClient(config(world));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    expect(QueueUrl).toBe(`https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders`);
    const MessageAttributes = { team: { DataType: 'String', StringValue: '<é>' } };
    // The client checks the digest of the body itself.
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'é <&> 😀', MessageAttributes }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }));
    expect(Messages).toMatchObject([{ Body: 'é <&> 😀', MessageAttributes }]);
  });

  it('throws typed exceptions with status, code and request id', async () => {
    const world = createWorld();
    const error = await thrownBy(new SQSClient(config(world)).send(new GetQueueUrlCommand({ QueueName: 'none' })));
    expect(error).toBeInstanceOf(QueueDoesNotExist);
    expect(error).toMatchObject({
      message: 'The specified queue does not exist.',
      Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender' },
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    const logs = new CloudWatchLogsClient(config(world));
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'a' }));
    expect(await thrownBy(logs.send(new CreateLogGroupCommand({ logGroupName: 'a' })))).toBeInstanceOf(ResourceAlreadyExistsException);
  });

  it.each<[string, string | undefined, string]>([
    ['nobody', undefined, `arn:aws:iam::${ACCOUNT}:root`],
    ['a user’s ARN', 'arn:aws:iam::444455556666:user/ana', 'arn:aws:iam::444455556666:user/ana'],
    ['a session’s ARN', `arn:aws:sts::${ACCOUNT}:assumed-role/worker/s1`, `arn:aws:sts::${ACCOUNT}:assumed-role/worker/s1`],
  ])('is, when its handler names %s, that principal', async (_name, arn, id) => {
    const world = createWorld();
    const requestHandler = arn === undefined ? createRequestHandler(world) : createRequestHandler(world, arn);
    await new SQSClient({ ...config(world), requestHandler }).send(new CreateQueueCommand({ QueueName: 'q' }));
    expect(world.trace.some(({ resource }) => resource.includes(id.split(':')[4] ?? ''))).toBe(true);
    expect(principalNamed(id)).toMatchObject({ id, account: id.split(':')[4] });
  });

  it.each(['ana', 'arn:aws:iam::1:user/ana', 'arn:aws:iam::111122223333:group/all'])('is not named by %s', (arn) => {
    expect(() => createRequestHandler(createWorld(), arn)).toThrow(RangeError);
  });

  it('keeps accounts and Regions apart', async () => {
    const world = createWorld();
    const places: [Caller, string][] = [
      [ROOT, 'eu-west-1'],
      [ROOT, 'us-east-1'],
      [OTHER, 'eu-west-1'],
    ];
    const urls: (string | undefined)[] = [];
    for (const [caller, region] of places) {
      urls.push((await new SQSClient(config(world, caller, { region })).send(new CreateQueueCommand({ QueueName: 'q' }))).QueueUrl);
    }
    expect(urls).toEqual([
      `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/q`,
      `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/q`,
      `https://sqs.eu-west-1.amazonaws.com/${OTHER_ACCOUNT}/q`,
    ]);
    expect(world.trace.map(({ resource }) => resource)).toEqual([
      `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`,
      `arn:aws:sqs:us-east-1:${ACCOUNT}:q`,
      `arn:aws:sqs:eu-west-1:${OTHER_ACCOUNT}:q`,
    ]);
  });

  it("finds the service and Region at an address of one's own by the signature", async () => {
    const world = createWorld();
    const sqs = new SQSClient({ ...config(world, ROOT, { region: 'ap-south-2' }), endpoint: 'http://localhost:4566' });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
    expect(QueueUrl).toBe(`https://sqs.ap-south-2.amazonaws.com/${ACCOUNT}/q`);
  });

  it('asks whose access key signed the request', async () => {
    const seen: string[] = [];
    const world = createWorld(service('sts', { GetCallerIdentity: (call) => ({ ok: { Arn: call.principal.id } }) }));
    const sts = new STSClient(
      config(world, (accessKeyId) => {
        seen.push(accessKeyId);
        return { principal: OTHER };
      }),
    );
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: OTHER.id });
    expect(seen).toEqual(['AKIAEXAMPLE']);
    const refused = clientFault('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
    const unknown = await thrownBy(new STSClient(config(world, () => refused)).send(new GetCallerIdentityCommand({})));
    expect(unknown).toMatchObject({ name: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } });
  });

  it('takes a request signed with a key of this world for its holder, until the key expires', async () => {
    const world = createWorld(createIam(), createSts());
    const administrator = config(world);
    const iam = new IAMClient(administrator);
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: OTHER_ACCOUNT }, Action: 'sts:AssumeRole' }] };
    await iam.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument: JSON.stringify(trust) }));
    const RoleArn = `arn:aws:iam::${ACCOUNT}:role/reader`;
    const ana: Principal = { type: 'user', id: `arn:aws:iam::${OTHER_ACCOUNT}:user/ana`, account: OTHER_ACCOUNT };
    const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ana', DurationSeconds: 900 });
    const { Credentials } = await new STSClient(config(world, ana)).send(assume);
    expect(Credentials?.Expiration).toEqual(new Date(START + 900_000));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    const session = new STSClient({ ...administrator, credentials });
    expect(await session.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: ACCOUNT,
      Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/ana`,
    });
    world.runUntil(900_000);
    const error = await thrownBy(session.send(new GetCallerIdentityCommand({})));
    expect(error).toMatchObject({ name: 'ExpiredToken', $metadata: { httpStatusCode: 403 } });
  });

  it('gives a request the id that its service names', async () => {
    const world = createWorld(service('sts', { GetCallerIdentity: () => ({ ok: { $metadata: { requestId: 'named-1' } } }) }));
    const { $metadata } = await new STSClient(config(world)).send(new GetCallerIdentityCommand({}));
    expect($metadata.requestId).toBe('named-1');
  });

  it('leaves the same trace as a direct call', async () => {
    const byClient = createWorld();
    const sqs = new SQSClient(config(byClient));
    await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
    const direct = createWorld();
    direct.call({ action: 'sqs:CreateQueue', resource: `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`, input: { QueueName: 'q' } });
    expect(byClient.trace).toEqual(direct.trace);
  });
});

describe('time', () => {
  const slow = () =>
    service(
      'lambda',
      {
        Invoke: (call, port) => {
          port.emit('lambda:Started', call.resource, { payload: call.input.Payload ?? null });
          port.call({ action: 'lambda:End', resource: call.resource, input: { replyTo: call.replyTo as unknown as JsonObject } }, 1000);
          port.call({ action: 'lambda:Later', resource: call.resource, input: {} }, 5000);
          return { later: true };
        },
      },
      {
        End: (call, port) => {
          port.emit('lambda:Ended', call.resource, {});
          port.reply(call.input.replyTo as never, { ok: { StatusCode: 200, Payload: '{"é":1}', ExecutedVersion: '$LATEST' } });
          return { ok: {} };
        },
        Later: () => ({ ok: {} }),
      },
    );

  it('goes to the answer, and no further', async () => {
    const world = createWorld(slow());
    const answer = await new LambdaClient(config(world)).send(new InvokeCommand({ FunctionName: 'f', Payload: '{"n":"é"}' }));
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.Payload?.transformToString()).toBe('{"é":1}');
    expect(world.trace[0]?.data).toEqual({ payload: '{"n":"é"}' });
    expect(world.now).toBe(1000);
  });

  it('goes on until the world is idle where it is told to', async () => {
    const world = createWorld(slow());
    await new LambdaClient(config(world, ROOT, { advance: 'idle' })).send(new InvokeCommand({ FunctionName: 'f' }));
    expect(world.now).toBe(5000);
  });

  it('begins requests that are sent together at one time', async () => {
    const world = createWorld(slow());
    const client = new LambdaClient(config(world));
    await Promise.all([1, 2, 3].map((n) => client.send(new InvokeCommand({ FunctionName: 'f', Payload: String(n) }))));
    expect(world.trace.map(({ at, type, data }) => [at, type, data.payload])).toEqual([
      [0, 'lambda:Started', '1'],
      [0, 'lambda:Started', '2'],
      [0, 'lambda:Started', '3'],
      [1000, 'lambda:Ended', undefined],
      [1000, 'lambda:Ended', undefined],
      [1000, 'lambda:Ended', undefined],
    ]);
  });

  it('begins requests of several clients, each new, at one time', async () => {
    const world = createWorld(slow());
    await Promise.all([1, 2].map(() => new LambdaClient(config(world)).send(new InvokeCommand({ FunctionName: 'f' }))));
    expect(world.trace.slice(0, 2).map(({ at, type }) => [at, type])).toEqual([
      [0, 'lambda:Started'],
      [0, 'lambda:Started'],
    ]);
  });

  it('times out where the world loses a call', async () => {
    const world = createWorld(service('sts', { GetCallerIdentity: () => ({ later: true }) }));
    const error = await thrownBy(new STSClient(config(world)).send(new GetCallerIdentityCommand({})));
    expect(error).toMatchObject({ name: 'TimeoutError', message: 'GetCallerIdentity of sts was not answered.' });
  });

  it('waits no longer than it is told to', async () => {
    const world = createWorld(slow());
    const lambda = new LambdaClient(config(world, ROOT, { patienceMs: 400 }));
    expect(await thrownBy(lambda.send(new InvokeCommand({ FunctionName: 'f' })))).toMatchObject({ name: 'TimeoutError' });
    expect(world.now).toBe(400);
  });

  it('says which limit of the world was reached', async () => {
    const endless: Action = (call, port) => {
      port.call({ action: 'sts:GetCallerIdentity', resource: call.resource, input: {}, background: true }, 1);
      return { later: true };
    };
    const world = new World({
      services: [service('sts', { GetCallerIdentity: endless })],
      account: ACCOUNT,
      region: 'eu-west-1',
      seed: 1,
      startAtEpochMs: START,
      limits: { callsMax: 50 },
    });
    const error = await thrownBy(new STSClient(config(world)).send(new GetCallerIdentityCommand({})));
    expect(error?.message).toBe('The world stopped at its limit callsMax, 50.');
  });

  it('sends nothing for a request that was aborted', async () => {
    const world = createWorld();
    const abort = new AbortController();
    abort.abort();
    const sqs = new SQSClient(config(world));
    const error = await thrownBy(sqs.send(new CreateQueueCommand({ QueueName: 'q' }), { abortSignal: abort.signal }));
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(world.trace).toEqual([]);
  });
});

describe('what cannot be served', () => {
  it('names an operation that AWS has and the simulator has not', async () => {
    const CodeSigningConfigArn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:code-signing-config:csc-0123456789abcdef0`;
    const world = createWorld(service('lambda', {}));
    const error = await thrownBy(new LambdaClient(config(world)).send(new GetCodeSigningConfigCommand({ CodeSigningConfigArn })));
    expect(error).toMatchObject({
      name: 'UnknownOperationException',
      message: 'GetCodeSigningConfig of lambda is not part of this simulator.',
    });
  });

  it('names an operation that the service of this world has not', async () => {
    const error = await thrownBy(new LambdaClient(config(createWorld(service('lambda', {})))).send(new ListFunctionsCommand({})));
    expect(error).toMatchObject({ name: 'UnknownOperationException', message: 'ListFunctions of lambda is not part of this simulator.' });
  });

  it('names a service that is not in the world', async () => {
    const error = await thrownBy(new SNSClient(config(createWorld())).send(new ListTopicsCommand({})));
    expect(error).toMatchObject({ name: 'UnknownOperationException', message: 'This world has no service sns.' });
  });

  it('tells a service that answers in milliseconds that moments are seconds', async () => {
    const key = () => ({ ok: { KeyMetadata: { KeyId: 'k', CreationDate: START } } });
    const world = createWorld(service('kms', { DescribeKey: key }));
    const error = await thrownBy(new KMSClient(config(world)).send(new DescribeKeyCommand({ KeyId: 'k' })));
    expect(error).toMatchObject({ name: 'InternalFailure', message: expect.stringContaining('CreationDate that is in milliseconds') });
  });
});
