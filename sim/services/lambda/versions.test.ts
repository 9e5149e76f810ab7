import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  GetResourcePolicyCommand,
  InvokeCommand,
  type LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionEventInvokeConfigCommand,
  PutResourcePolicyCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { createClientWorld, ROLE, zipOf } from '../../../test/lambda-client';
import { createFunction, FUNCTION_ARN, factsOf, messagesIn, must, queueArn } from '../../../test/lambda-world';
import { createAws } from '../../aws';
import type { Principal } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Route } from '../../kernel/service';
import type { World } from '../../kernel/world';
import { createBehaviourSandboxes } from './behaviour-sandbox';

const FunctionName = 'charge';
let packages = 0;

async function create(): Promise<{ world: World; client: LambdaClient }> {
  const made = createClientWorld();
  const code = { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE, Code: { ZipFile: zipOf('0') } } as const;
  await made.client.send(new CreateFunctionCommand({ FunctionName, ...code }));
  return made;
}

/** Other code, then a version of it. */
async function publish(client: LambdaClient): Promise<string> {
  await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf(`${++packages}`) }));
  return (await client.send(new PublishVersionCommand({ FunctionName }))).Version ?? '';
}

const refusal = (answer: Promise<unknown>) => answer.then(() => null).catch((error: Error) => `${error.name}: ${error.message}`);

describe('a version', () => {
  it('is $LATEST as it was, under its own ARN', async () => {
    const { client } = await create();
    const latest = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const first = await client.send(new PublishVersionCommand({ FunctionName, Description: 'the first' }));
    expect(first).toMatchObject({
      Version: '1',
      FunctionArn: `${FUNCTION_ARN}:1`,
      Description: 'the first',
      CodeSha256: latest.CodeSha256,
      State: 'Active',
    });
    expect(first.RevisionId).not.toBe(latest.RevisionId);
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 60, MemorySize: 512 }));
    const [one, now] = await Promise.all([
      client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '1' })),
      client.send(new GetFunctionConfigurationCommand({ FunctionName: `${FUNCTION_ARN}:$LATEST` })),
    ]);
    expect(one).toMatchObject({ Timeout: 3, MemorySize: 128, Version: '1', FunctionArn: `${FUNCTION_ARN}:1` });
    expect(now).toMatchObject({ Timeout: 60, MemorySize: 512, Version: '$LATEST', FunctionArn: `${FUNCTION_ARN}:$LATEST` });
  });

  it('is published once for one state of the code and configuration', async () => {
    const { client } = await create();
    const again = async () => (await client.send(new PublishVersionCommand({ FunctionName, Description: `${++packages}` }))).Version;
    expect([await again(), await again()]).toEqual(['1', '1']);
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 4 }));
    expect(await again()).toBe('2');
    await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('0') }));
    expect(await again()).toBe('2');
    const published = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('x'), Publish: true }));
    expect(published).toMatchObject({ Version: '3', FunctionArn: `${FUNCTION_ARN}:3` });
  });

  it('does not use the number of a deleted one again', async () => {
    const { client } = await create();
    expect([await publish(client), await publish(client)]).toEqual(['1', '2']);
    await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '2' }));
    expect(await publish(client)).toBe('3');
    const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '3']);
  });

  it('is refused when the code or the revision is another than the caller thinks', async () => {
    const { client } = await create();
    const { CodeSha256 } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect(await refusal(client.send(new PublishVersionCommand({ FunctionName, CodeSha256: 'other' })))).toBe(
      `InvalidParameterValueException: CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
    expect(await refusal(client.send(new PublishVersionCommand({ FunctionName, RevisionId: 'other' })))).toBe(
      'PreconditionFailedException: The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    );
  });

  it('runs in environments of its own, and says so everywhere', async () => {
    const { client, world } = await create();
    await publish(client);
    const invoke = async (name: string, Qualifier?: string) =>
      (await client.send(new InvokeCommand({ FunctionName: name, ...(Qualifier ? { Qualifier } : {}) }))).ExecutedVersion;
    const names = [
      FunctionName,
      `${FunctionName}:1`,
      `111122223333:function:${FunctionName}:1`,
      `${FUNCTION_ARN}:1`,
      `${FUNCTION_ARN}:$LATEST`,
    ];
    const versions: (string | undefined)[] = [];
    for (const name of names) versions.push(await invoke(name));
    versions.push(await invoke(FunctionName, '1'));
    expect(versions).toEqual(['$LATEST', '1', '1', '1', '$LATEST', '1']);
    world.runUntil(world.now + 1000);
    const streams = factsOf(world, 'lambda:EnvironmentCreated').map(({ data }) => String(data.logStream).replace(/[0-9a-f]{32}$/, ''));
    expect(streams).toEqual(['2026/11/02/[$LATEST]', '2026/11/02/[1]']);
    expect(factsOf(world, 'lambda:InvocationEnded').map(({ data }) => [data.qualifier, data.executedVersion])).toEqual([
      ...[null, '1', '1', '1', '$LATEST', '1'].map((qualifier) => [qualifier, qualifier ?? '$LATEST']),
    ]);
    const lines = factsOf(world, 'logs:LogEventsPut').flatMap(({ data }) =>
      (data.logEvents as { message: string }[]).map(({ message }) => message),
    );
    expect(lines.filter((line) => line.startsWith('START')).map((line) => line.trim().split('Version: ')[1])).toEqual(versions);
  });

  it.each<[string, string | undefined, string]>([
    ['charge:9', undefined, `ResourceNotFoundException: Function not found: ${FUNCTION_ARN}:9`],
    ['charge', 'nobody', `ResourceNotFoundException: Function not found: ${FUNCTION_ARN}:nobody`],
    ['charge', 'constructor', `ResourceNotFoundException: Function not found: ${FUNCTION_ARN}:constructor`],
    ['charge', '$LATEST.PUBLISHED', `ResourceNotFoundException: Function not found: ${FUNCTION_ARN}:$LATEST.PUBLISHED`],
    [
      'charge:1',
      '2',
      'InvalidParameterValueException: The derived qualifier from the function name does not match the specified qualifier.',
    ],
  ])('%s with qualifier %s is refused', async (name, Qualifier, message) => {
    const { client } = await create();
    expect(await refusal(client.send(new InvokeCommand({ FunctionName: name, ...(Qualifier ? { Qualifier } : {}) })))).toBe(message);
  });
});

describe('an alias', () => {
  it('is made, read, moved, listed and deleted', async () => {
    const { client } = await create();
    await publish(client);
    await publish(client);
    const made = await client.send(new CreateAliasCommand({ FunctionName, Name: 'PROD', FunctionVersion: '1' }));
    expect(made).toMatchObject({ AliasArn: `${FUNCTION_ARN}:PROD`, Name: 'PROD', FunctionVersion: '1', Description: '' });
    const RoutingConfig = { AdditionalVersionWeights: { '2': 0.1 } };
    const moved = await client.send(new UpdateAliasCommand({ FunctionName, Name: 'PROD', RoutingConfig, Description: 'canary' }));
    expect(moved).toMatchObject({ FunctionVersion: '1', Description: 'canary', RoutingConfig });
    expect(moved.RevisionId).not.toBe(made.RevisionId);
    const ended = await client.send(
      new UpdateAliasCommand({ FunctionName, Name: 'PROD', FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: {} } }),
    );
    expect(ended).toMatchObject({ FunctionVersion: '2', Description: 'canary' });
    expect(ended.RoutingConfig).toBeUndefined();
    const { Aliases } = await client.send(new ListAliasesCommand({ FunctionName, FunctionVersion: '2' }));
    expect(Aliases?.map(({ Name }) => Name)).toEqual(['PROD']);
    expect(await client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'PROD' }))).toMatchObject({
      FunctionArn: `${FUNCTION_ARN}:PROD`,
      Version: '2',
      RevisionId: ended.RevisionId,
    });
    expect(await refusal(client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '2' })))).toContain(
      'aliases reference it: [PROD]',
    );
    await client.send(new DeleteAliasCommand({ FunctionName, Name: 'PROD' }));
    await client.send(new DeleteAliasCommand({ FunctionName, Name: 'PROD' }));
    expect(await refusal(client.send(new GetAliasCommand({ FunctionName, Name: 'PROD' })))).toBe(
      `ResourceNotFoundException: Cannot find alias arn: ${FUNCTION_ARN}:PROD`,
    );
  });

  it.each<[string, object, string]>([
    ['a number for a name', { Name: '12' }, "ValidationException: 1 validation error detected: Value '12' at 'name'"],
    ['a version that is not there', { FunctionVersion: '9' }, `ResourceNotFoundException: Function not found: ${FUNCTION_ARN}:9`],
    ['a name that is taken', { Name: 'TEST' }, `ResourceConflictException: Alias already exists: ${FUNCTION_ARN}:TEST`],
    [
      'two more versions',
      { RoutingConfig: { AdditionalVersionWeights: { '2': 0.1, '1': 0.1 } } },
      'InvalidParameterValueException: Number of items in AdditionalVersionWeights cannot be greater than 1',
    ],
    [
      'the same version twice',
      { RoutingConfig: { AdditionalVersionWeights: { '1': 0.1 } } },
      'InvalidParameterValueException: Invalid function version 1. Function version 1 is already included in routing configuration.',
    ],
    [
      '$LATEST beside another',
      { FunctionVersion: '$LATEST', RoutingConfig: { AdditionalVersionWeights: { '1': 0.1 } } },
      'InvalidParameterValueException: $LATEST is not supported for an alias pointing to more than 1 version',
    ],
    [
      'a weight over 1',
      { RoutingConfig: { AdditionalVersionWeights: { '2': 1.5 } } },
      "ValidationException: 1 validation error detected: Value '{2=1.5}' at 'routingConfig.additionalVersionWeights'",
    ],
  ])('is refused with %s', async (_name, more, message) => {
    const { client } = await create();
    await publish(client);
    await publish(client);
    await client.send(new CreateAliasCommand({ FunctionName, Name: 'TEST', FunctionVersion: '1' }));
    const answer = client.send(new CreateAliasCommand({ FunctionName, Name: 'PROD', FunctionVersion: '1', ...more }));
    expect(await refusal(answer)).toContain(message);
  });

  it('may have the name of something that every object has', async () => {
    const { client, world } = await create();
    await publish(client);
    await client.send(new CreateAliasCommand({ FunctionName, Name: 'constructor', FunctionVersion: '1' }));
    const config = { FunctionName, Qualifier: 'constructor', MaximumRetryAttempts: 1 };
    expect((await client.send(new PutFunctionEventInvokeConfigCommand(config))).MaximumEventAgeInSeconds).toBeUndefined();
    expect((await client.send(new InvokeCommand({ FunctionName, Qualifier: 'constructor' }))).ExecutedVersion).toBe('1');
    expect(world.stateAt('lambda', world.trace.length - 1)).toEqual(world.state('lambda'));
  });

  it('with weights sends about its share to the second version', async () => {
    const { client, world } = await create();
    await publish(client);
    await publish(client);
    const RoutingConfig = { AdditionalVersionWeights: { '2': 0.2 } };
    await client.send(new CreateAliasCommand({ FunctionName, Name: 'PROD', FunctionVersion: '1', RoutingConfig }));
    for (let i = 0; i < 1000; i++) {
      world.schedule({ action: 'lambda:InvokeFunction', resource: `${FUNCTION_ARN}:PROD`, input: {} }, 1000 + i * 100);
    }
    world.runUntilIdle();
    const ended = factsOf(world, 'lambda:InvocationEnded').map(({ data }) => `${data.qualifier} ${data.executedVersion}`);
    const second = ended.filter((text) => text === 'PROD 2').length;
    expect(ended.filter((text) => text === 'PROD 1')).toHaveLength(1000 - second);
    // Three standard deviations around 200.
    expect(Math.abs(second - 200)).toBeLessThan(38);
    expect(world.stateAt('lambda', world.trace.length - 1)).toEqual(world.state('lambda'));
  });

  it('has its own settings for asynchronous events, and is followed at each attempt', async () => {
    const { client, world } = createClientWorld((event) =>
      event === '"bad"'
        ? { durationMs: 1, outcome: { error: { errorType: 'E', errorMessage: 'no', trace: [] } } }
        : { durationMs: 1, outcome: { payload: '1' } },
    );
    await client.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: ROLE,
        Code: { ZipFile: zipOf('0') },
      }),
    );
    await publish(client);
    await publish(client);
    must(world, 'sqs', 'CreateQueue', { QueueName: 'failures' });
    await client.send(new CreateAliasCommand({ FunctionName, Name: 'PROD', FunctionVersion: '1' }));
    const DestinationConfig = { OnFailure: { Destination: queueArn('failures') } };
    const config = { FunctionName, Qualifier: 'PROD', MaximumRetryAttempts: 1, DestinationConfig };
    expect(await client.send(new PutFunctionEventInvokeConfigCommand(config))).toMatchObject({ FunctionArn: `${FUNCTION_ARN}:PROD` });
    expect(await refusal(client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName })))).toBe(
      `ResourceNotFoundException: The function ${FUNCTION_ARN}:$LATEST doesn't have an EventInvokeConfig`,
    );
    await client.send(new InvokeCommand({ FunctionName, Qualifier: 'PROD', InvocationType: 'Event', Payload: '"bad"' }));
    world.runUntil(10_000);
    await client.send(new UpdateAliasCommand({ FunctionName, Name: 'PROD', FunctionVersion: '2' }));
    world.runUntilIdle();
    expect(factsOf(world, 'lambda:InvocationEnded').map(({ data }) => data.executedVersion)).toEqual(['1', '2']);
    const [message] = messagesIn(world, 'failures');
    expect(JSON.parse(String(message?.Body))).toMatchObject({
      requestContext: { functionArn: `${FUNCTION_ARN}:PROD`, condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      responseContext: { executedVersion: '2', functionError: 'Unhandled' },
    });
  });
});

describe('permission', () => {
  it('to invoke an alias is none to invoke its version or the function', () => {
    const world = createAws({
      sandboxes: createBehaviourSandboxes(() => ({ durationMs: 1, outcome: { payload: '1' } })),
      services: ['lambda', 'iam'],
    });
    createFunction(world, FunctionName, { Publish: true });
    must(world, 'lambda', 'CreateAlias', { FunctionName, Name: 'PROD', FunctionVersion: '1' });
    must(world, 'iam', 'CreateUser', { UserName: 'ada' });
    const Statement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: `${FUNCTION_ARN}:PROD` };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    must(world, 'iam', 'PutUserPolicy', { UserName: 'ada', PolicyName: 'p', PolicyDocument });
    const principal: Principal = { type: 'user', id: 'arn:aws:iam::111122223333:user/ada', account: '111122223333' };
    const invoke = (input: JsonObject) => world.call({ ...(world.route('lambda', 'Invoke', input) as Route), input, principal });
    expect(invoke({ FunctionName, Qualifier: 'PROD' })).toMatchObject({ ok: { ExecutedVersion: '1' } });
    expect(invoke({ FunctionName: `${FunctionName}:PROD` })).toMatchObject({ ok: { ExecutedVersion: '1' } });
    const others: JsonObject[] = [{ FunctionName }, { FunctionName, Qualifier: '1' }];
    for (const input of others) expect(invoke(input)).toMatchObject({ fault: { status: 403 } });
  });
});

describe('a policy', () => {
  it('is of the function, a version or an alias, and changes its revision', async () => {
    const { client, world } = await create();
    await publish(client);
    const alias = await client.send(new CreateAliasCommand({ FunctionName, Name: 'PROD', FunctionVersion: '1' }));
    const statement = { StatementId: 'sns', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' };
    const added = await client.send(
      new AddPermissionCommand({ FunctionName, Qualifier: 'PROD', ...statement, RevisionId: alias.RevisionId as string }),
    );
    expect(JSON.parse(added.Statement ?? '')).toMatchObject({ Resource: `${FUNCTION_ARN}:PROD` });
    await client.send(new AddPermissionCommand({ FunctionName: `${FUNCTION_ARN}:1`, ...statement }));
    expect(await refusal(client.send(new GetPolicyCommand({ FunctionName })))).toContain('The resource you requested does not exist.');
    const { Policy, RevisionId } = await client.send(new GetPolicyCommand({ FunctionName, Qualifier: 'PROD' }));
    expect(JSON.parse(Policy ?? '').Statement).toHaveLength(1);
    expect(RevisionId).toBe((await client.send(new GetAliasCommand({ FunctionName, Name: 'PROD' }))).RevisionId);
    expect(RevisionId).not.toBe(alias.RevisionId);
    expect([FUNCTION_ARN, `${FUNCTION_ARN}:PROD`, `${FUNCTION_ARN}:1`].map((arn) => world.resourcePolicy(arn) !== null)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('as a whole document replaces the statements, and may not let everybody in', async () => {
    const { client } = await create();
    await client.send(
      new AddPermissionCommand({ FunctionName, StatementId: 'sns', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' }),
    );
    const put = (principal: unknown) => {
      const Statement = [{ Sid: 'a', Effect: 'Allow', Principal: principal, Action: 'lambda:InvokeFunction', Resource: FUNCTION_ARN }];
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
      return client.send(new PutResourcePolicyCommand({ ResourceArn: FUNCTION_ARN, Policy }));
    };
    expect(await refusal(put('*'))).toContain('PublicPolicyException');
    const { RevisionId } = await put({ AWS: 'arn:aws:iam::444455556666:root' });
    const read = await client.send(new GetResourcePolicyCommand({ ResourceArn: FUNCTION_ARN }));
    expect(JSON.parse(read.Policy ?? '').Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(['a']);
    expect(read.RevisionId).toBe(RevisionId);
  });
});
