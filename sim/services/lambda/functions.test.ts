import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { createClientWorld, ROLE, zipOf } from '../../../test/lambda-client';
import { ACCOUNT, FUNCTION_ARN, factsOf, REGION } from '../../../test/lambda-world';
import { World } from '../../kernel/world';
import { createBehaviourSandboxes } from './behaviour-sandbox';
import { createLambda } from './service';

const NODE = { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE } as const;

async function create(more: object = {}) {
  const made = createClientWorld();
  const created = await made.client.send(
    new CreateFunctionCommand({ FunctionName: 'charge', ...NODE, Code: { ZipFile: zipOf('1') }, ...more }),
  );
  return { ...made, created };
}

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe('a function', () => {
  it('is Pending in the answer to its creation, with everything that it was not given', async () => {
    const { created } = await create({ Environment: { Variables: { STAGE: 'test' } }, Tags: { team: 'a' } });
    const { $metadata, ...configuration } = created;
    expect($metadata.httpStatusCode).toBe(201);
    expect(configuration).toEqual({
      FunctionName: 'charge',
      FunctionArn: FUNCTION_ARN,
      ...NODE,
      CodeSize: zipOf('1').length,
      CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      LastModified: '2026-11-02T10:00:00.000+0000',
      Version: '$LATEST',
      Environment: { Variables: { STAGE: 'test' } },
      TracingConfig: { Mode: 'PassThrough' },
      RevisionId: uuid,
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      RuntimeVersionConfig: { RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/) },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/charge' },
    });
  });

  it('is Active afterwards, with a link to its code, its tags and its reservation', async () => {
    const { client } = await create({ Tags: { team: 'a' } });
    const { Configuration, Code, Tags } = await client.send(new GetFunctionCommand({ FunctionName: FUNCTION_ARN }));
    expect(Configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful', FunctionArn: FUNCTION_ARN });
    expect(Code).toMatchObject({ RepositoryType: 'S3', Location: expect.stringContaining('/snapshots/111122223333/charge-') });
    expect(Tags).toEqual({ team: 'a' });
  });

  it('stays Pending for as long as a world says, and can neither run nor change', async () => {
    const world = new World({
      services: [
        createLambda({ sandboxes: createBehaviourSandboxes(() => ({ durationMs: 1, outcome: { payload: '1' } })), creationMs: 2000 }),
      ],
      account: ACCOUNT,
      region: REGION,
      seed: 1,
      startAtEpochMs: 0,
    });
    const call = (action: `${string}:${string}`, input = {}) => world.call({ action, resource: FUNCTION_ARN, input });
    call('lambda:CreateFunction', { FunctionName: 'charge', ...NODE, Code: { Files: { 'index.mjs': '1' } } });
    const message = 'The operation cannot be performed at this time. The function is currently in the following state: Pending';
    for (const action of ['lambda:InvokeFunction', 'lambda:UpdateFunctionConfiguration', 'lambda:PublishVersion'] as const) {
      expect(call(action)).toMatchObject({ fault: { code: 'ResourceConflictException', status: 409, message } });
    }
    world.runUntil(2000);
    expect(call('lambda:UpdateFunctionConfiguration', { Timeout: 9 })).toMatchObject({ ok: { LastUpdateStatus: 'InProgress' } });
    expect(call('lambda:UpdateFunctionConfiguration', { Timeout: 8 })).toMatchObject({
      fault: { message: `The operation cannot be performed at this time. An update is in progress for resource: ${FUNCTION_ARN}` },
    });
    expect(call('lambda:InvokeFunction')).toMatchObject({ ok: { StatusCode: 200 } });
  });

  it.each<[string, object, string, string]>([
    [
      'a reserved variable',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      'Reserved keys used in this request: AWS_REGION',
    ],
    [
      'variables over 4 KB',
      { Environment: { Variables: { AB: 'x'.repeat(4090) } } },
      'InvalidParameterValueException',
      'exceeded the 4KB limit',
    ],
    [
      'a layer',
      { Layers: [`arn:aws:lambda:${REGION}:${ACCOUNT}:layer:l:1`] },
      'InvalidParameterValueException',
      'layer:l:1 does not exist.',
    ],
    ['another runtime', { Runtime: 'go1.x' }, 'InvalidParameterValueException', "Value go1.x at 'runtime' failed to satisfy constraint"],
    [
      'levels without JSON',
      { LoggingConfig: { LogFormat: 'Text', SystemLogLevel: 'WARN' } },
      'InvalidParameterValueException',
      'LogLevel is not supported when LogFormat is set to "Text"',
    ],
    ['a name that is a sentence', { FunctionName: 'a b' }, 'ValidationException', "Value 'a b' at 'functionName'"],
    ['what is no zip', { Code: { ZipFile: new Uint8Array([1, 2]) } }, 'InvalidParameterValueException', 'Could not unzip uploaded file.'],
  ])('is refused with %s', async (_name, more, name, message) => {
    await expect(create(more)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  it('exists once', async () => {
    const { client } = await create();
    const again = new CreateFunctionCommand({ FunctionName: 'charge', ...NODE, Code: { ZipFile: zipOf('1') } });
    await expect(client.send(again)).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: 'Function already exist: charge',
      $metadata: { httpStatusCode: 409 },
    });
  });
});

describe('a function in a VPC', () => {
  it('waits for its network interfaces, and again after 14 idle days, which the first invocation pays for', async () => {
    const { client, world } = await create({ VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } });
    const state = async () => (await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'charge' }))).State;
    const invoke = () =>
      client.send(new InvokeCommand({ FunctionName: 'charge' })).then(
        ({ StatusCode }) => StatusCode,
        (error: Error) => error.message,
      );
    const refused = (name: string) =>
      `The operation cannot be performed at this time. The function is currently in the following state: ${name}`;
    expect([await state(), await invoke()]).toEqual(['Pending', refused('Pending')]);
    world.runUntil(60_000);
    expect([await state(), await invoke()]).toEqual(['Active', 200]);
    world.runUntil(world.now + 15 * 24 * 3_600_000);
    expect([await state(), await invoke(), await state()]).toEqual(['Inactive', refused('Inactive'), 'Pending']);
    world.runUntil(world.now + 60_000);
    expect([await state(), await invoke()]).toEqual(['Active', 200]);
  });
});

describe('an update', () => {
  it('changes what it names, its revision and its date, and nothing else', async () => {
    const { client, world, created } = await create({ Description: 'first', MemorySize: 256 });
    world.runUntil(5000);
    const logging = { LogFormat: 'JSON', SystemLogLevel: 'WARN' } as const;
    const updated = await client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'charge',
        Timeout: 9,
        LoggingConfig: logging,
        Environment: { Variables: { AB: 'c' } },
      }),
    );
    expect(updated).toMatchObject({
      Description: 'first',
      MemorySize: 256,
      Timeout: 9,
      Environment: { Variables: { AB: 'c' } },
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'WARN', LogGroup: '/aws/lambda/charge' },
      CodeSha256: created.CodeSha256,
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReasonCode: 'Creating',
      LastModified: '2026-11-02T10:00:05.000+0000',
    });
    expect(updated.RevisionId).not.toBe(created.RevisionId);
    const after = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'charge' }));
    expect(after).toMatchObject({ LastUpdateStatus: 'Successful', RevisionId: updated.RevisionId });
  });

  it('is refused to whoever read an older revision', async () => {
    const { client, created } = await create();
    const update = (RevisionId?: string) =>
      client.send(new UpdateFunctionCodeCommand({ FunctionName: 'charge', ZipFile: zipOf('2'), ...(RevisionId ? { RevisionId } : {}) }));
    const { CodeSha256 } = await update(created.RevisionId);
    expect(CodeSha256).not.toBe(created.CodeSha256);
    await expect(update(created.RevisionId)).rejects.toMatchObject({
      name: 'PreconditionFailedException',
      $metadata: { httpStatusCode: 412 },
    });
  });

  it('with DryRun shows what would be, and leaves what is', async () => {
    const { client, created } = await create();
    const dry = await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'charge', ZipFile: zipOf('2'), DryRun: true }));
    expect(dry.CodeSha256).not.toBe(created.CodeSha256);
    expect(await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'charge' }))).toMatchObject({
      CodeSha256: created.CodeSha256,
      RevisionId: created.RevisionId,
    });
  });

  it('ends idle environments at once and busy ones after their invocation', async () => {
    const { client, world } = createClientWorld(() => ({ durationMs: 1000, outcome: { payload: '1' } }));
    await client.send(new CreateFunctionCommand({ FunctionName: 'charge', ...NODE, Code: { ZipFile: zipOf('1') } }));
    const invoke = () => client.send(new InvokeCommand({ FunctionName: 'charge' }));
    await invoke();
    await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'charge', ZipFile: zipOf('2') }));
    expect(factsOf(world, 'lambda:EnvironmentReclaimed')).toHaveLength(1);
    world.schedule({ action: 'lambda:InvokeFunction', resource: FUNCTION_ARN, input: {} });
    world.runUntil(world.now + 500);
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'charge', Timeout: 9 }));
    expect(factsOf(world, 'lambda:EnvironmentReclaimed')).toHaveLength(1);
    await invoke();
    world.runUntil(world.now + 5000);
    expect(factsOf(world, 'lambda:EnvironmentReclaimed')).toHaveLength(2);
    expect(factsOf(world, 'lambda:EnvironmentCreated')).toHaveLength(3);
    expect(world.stateAt('lambda', world.trace.length - 1)).toEqual(world.state('lambda'));
  });
});

describe('a list', () => {
  it('comes in pages, without states', async () => {
    const { client } = await create();
    for (const FunctionName of ['a', 'b']) {
      await client.send(new CreateFunctionCommand({ FunctionName, ...NODE, Code: { ZipFile: zipOf('1') }, Publish: true }));
    }
    const first = await client.send(new ListFunctionsCommand({ MaxItems: 2 }));
    expect(first.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['charge', 'a']);
    expect(first.Functions?.[0]).not.toHaveProperty('State');
    const second = await client.send(new ListFunctionsCommand({ MaxItems: 2, Marker: first.NextMarker as string }));
    expect([second.Functions?.map(({ FunctionName }) => FunctionName), second.NextMarker]).toEqual([['b'], undefined]);
    const all = await client.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }));
    expect(all.Functions?.map(({ FunctionArn = '' }) => FunctionArn.split(':function:')[1])).toEqual([
      ...['charge:$LATEST', 'a:$LATEST', 'a:1', 'b:$LATEST', 'b:1'],
    ]);
  });
});

describe('tags', () => {
  it('are set and taken away on the function, not on its versions', async () => {
    const { client } = await create({ Tags: { team: 'a' } });
    await client.send(new TagResourceCommand({ Resource: FUNCTION_ARN, Tags: { stage: 'test' } }));
    await client.send(new UntagResourceCommand({ Resource: FUNCTION_ARN, TagKeys: ['team'] }));
    expect((await client.send(new ListTagsCommand({ Resource: FUNCTION_ARN }))).Tags).toEqual({ stage: 'test' });
    await expect(client.send(new TagResourceCommand({ Resource: `${FUNCTION_ARN}:1`, Tags: { a: 'b' } }))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    });
  });
});

describe('a deletion', () => {
  it('takes the function with its waiting events; a new one of the same name starts afresh', async () => {
    const { client, world } = await create();
    await client.send(new InvokeCommand({ FunctionName: 'charge', InvocationType: 'Event' }));
    expect((await client.send(new DeleteFunctionCommand({ FunctionName: 'charge' }))).StatusCode).toBe(204);
    await expect(client.send(new InvokeCommand({ FunctionName: 'charge' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${FUNCTION_ARN}`,
    });
    world.runUntilIdle();
    expect(factsOf(world, 'lambda:EventDiscarded').map(({ data }) => data.condition)).toEqual(['ResourceNotFound']);
    await client.send(new CreateFunctionCommand({ FunctionName: 'charge', ...NODE, Code: { ZipFile: zipOf('1') } }));
    expect((await client.send(new InvokeCommand({ FunctionName: 'charge' }))).StatusCode).toBe(200);
  });

  it('is not for $LATEST', async () => {
    const { client } = await create();
    await expect(client.send(new DeleteFunctionCommand({ FunctionName: 'charge', Qualifier: '$LATEST' }))).rejects.toMatchObject({
      message: '$LATEST version cannot be deleted without deleting the function.',
    });
  });
});
