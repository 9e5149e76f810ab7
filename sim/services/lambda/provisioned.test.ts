import {
  LambdaClient as Client,
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetAccountSettingsCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  type LambdaClient,
  ListProvisionedConcurrencyConfigsCommand,
  ProvisionedConcurrencyConfigNotFoundException,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { clientConfig, createClientWorld, ROLE, zipOf } from '../../../test/lambda-client';
import { FUNCTION_ARN, factsOf } from '../../../test/lambda-world';
import { testSandboxes } from '../../../test/sandboxes';
import { createAws } from '../../aws';
import type { World } from '../../kernel/world';

const FunctionName = 'charge';
const MINUTE = 60_000;

/** `charge` with versions 1 and 2, and the alias PROD on version 1. */
async function create(durationMs = 1000): Promise<{ world: World; client: LambdaClient }> {
  const made = createClientWorld(() => ({ durationMs, outcome: { payload: '1' } }));
  const { client } = made;
  const code = { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE, Timeout: 60 } as const;
  await client.send(new CreateFunctionCommand({ FunctionName, ...code, Code: { ZipFile: zipOf('1') }, Publish: true }));
  await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('2') }));
  await client.send(new PublishVersionCommand({ FunctionName }));
  await client.send(new CreateAliasCommand({ FunctionName, Name: 'PROD', FunctionVersion: '1' }));
  return made;
}

const put = (client: LambdaClient, Qualifier: string, ProvisionedConcurrentExecutions: number) =>
  client.send(new PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }));
const get = (client: LambdaClient, Qualifier: string) =>
  client.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }));
const refusal = (answer: Promise<unknown>) => answer.then(() => null).catch((error: Error) => `${error.name}: ${error.message}`);

function invoke(world: World, count: number, qualifier = ':PROD'): void {
  for (let i = 0; i < count; i++) world.schedule({ action: 'lambda:InvokeFunction', resource: `${FUNCTION_ARN}${qualifier}`, input: {} });
}

const kinds = (world: World) =>
  factsOf(world, 'lambda:InvocationStarted').map(({ data }) => `${data.executedVersion} ${data.concurrencyKind}`);

describe('provisioned concurrency', () => {
  it('is IN_PROGRESS, then READY, and its environments run their init before any traffic', async () => {
    const { client, world } = await create();
    expect(await put(client, 'PROD', 2)).toMatchObject({
      RequestedProvisionedConcurrentExecutions: 2,
      AllocatedProvisionedConcurrentExecutions: 0,
      AvailableProvisionedConcurrentExecutions: 0,
      Status: 'IN_PROGRESS',
      LastModified: '2026-11-02T10:00:00.000+0000',
      $metadata: { httpStatusCode: 202 },
    });
    world.runUntil(MINUTE - 1);
    expect(factsOf(world, 'lambda:EnvironmentProvisioned')).toEqual([]);
    world.runUntilIdle();
    expect(await get(client, 'PROD')).toMatchObject({
      AllocatedProvisionedConcurrentExecutions: 2,
      AvailableProvisionedConcurrentExecutions: 2,
      Status: 'READY',
    });
    const lines = factsOf(world, 'logs:LogEventsPut').flatMap(({ data }) =>
      (data.logEvents as { message: string }[]).map(({ message }) => message),
    );
    expect(lines.filter((line) => line.startsWith('INIT_REPORT Init Duration: '))).toHaveLength(2);
    const { ExecutedVersion } = await client.send(new InvokeCommand({ FunctionName, Qualifier: 'PROD' }));
    expect([ExecutedVersion, kinds(world)]).toEqual(['1', ['1 provisioned']]);
    expect(factsOf(world, 'lambda:EnvironmentCreated')).toEqual([]);
    // Its init is reported with its first invocation and billed apart.
    const [ended] = factsOf(world, 'lambda:InvocationEnded');
    expect(ended?.data.initDurationMs).toBeGreaterThan(0);
    expect(ended?.data.billedMs).toBe(1000);
  });

  it('spills over to environments on demand when all of it is in use', async () => {
    const { client, world } = await create();
    await put(client, 'PROD', 2);
    world.runUntilIdle();
    invoke(world, 3);
    world.run({ untilMs: world.now + 100 });
    expect(await get(client, 'PROD')).toMatchObject({
      AllocatedProvisionedConcurrentExecutions: 2,
      AvailableProvisionedConcurrentExecutions: 0,
    });
    world.runUntilIdle();
    invoke(world, 1, '');
    world.runUntilIdle();
    expect(kinds(world)).toEqual(['1 provisioned', '1 provisioned', '1 spillover', '$LATEST on-demand']);
  });

  it('comes at 6,000 environments a minute', async () => {
    const { client, world } = await create();
    await put(client, 'PROD', 250);
    world.runUntilIdle();
    const seconds = factsOf(world, 'lambda:EnvironmentProvisioned').map(({ at }) => at / 1000 - 60);
    expect([0, 1, 2].map((second) => seconds.filter((at) => at === second).length)).toEqual([100, 100, 50]);
    expect((await get(client, 'PROD')).Status).toBe('READY');
  });

  it('is not reclaimed while it is idle, and ends when it is taken back', async () => {
    const { client, world } = await create();
    await put(client, 'PROD', 3);
    world.runUntil(60 * MINUTE);
    expect(factsOf(world, 'lambda:EnvironmentReclaimed')).toEqual([]);
    await put(client, 'PROD', 1);
    world.runUntilIdle();
    expect(factsOf(world, 'lambda:EnvironmentReclaimed')).toHaveLength(2);
    expect(await get(client, 'PROD')).toMatchObject({ Status: 'READY', AllocatedProvisionedConcurrentExecutions: 1 });
    await client.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: 'PROD' }));
    world.runUntilIdle();
    expect(factsOf(world, 'lambda:EnvironmentReclaimed')).toHaveLength(3);
    await expect(get(client, 'PROD')).rejects.toBeInstanceOf(ProvisionedConcurrencyConfigNotFoundException);
    expect(world.stateAt('lambda', world.trace.length - 1)).toEqual(world.state('lambda'));
  });

  it('follows its alias to another version, and its weights', async () => {
    const { client, world } = await create();
    await put(client, 'PROD', 10);
    world.runUntilIdle();
    const count = (version: string) =>
      Object.values(world.state<{ environments: Record<string, { code: { version: string } }> }>('lambda').environments).filter(
        ({ code }) => code.version === version,
      ).length;
    const update = (more: object) => client.send(new UpdateAliasCommand({ FunctionName, Name: 'PROD', ...more }));
    await update({ RoutingConfig: { AdditionalVersionWeights: { '2': 0.3 } } });
    expect((await get(client, 'PROD')).Status).toBe('IN_PROGRESS');
    world.runUntilIdle();
    expect([count('1'), count('2'), (await get(client, 'PROD')).Status]).toEqual([7, 3, 'READY']);
    await update({ FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: {} } });
    world.runUntilIdle();
    expect([count('1'), count('2')]).toEqual([0, 10]);
    const { ProvisionedConcurrencyConfigs } = await client.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName }));
    expect(ProvisionedConcurrencyConfigs).toMatchObject([{ FunctionArn: `${FUNCTION_ARN}:PROD`, Status: 'READY' }]);
  });

  it('is taken from what the account has left, or from the reservation', async () => {
    const { client, world } = await create();
    await put(client, '1', 400);
    const unreserved = async () => (await client.send(new GetAccountSettingsCommand({}))).AccountLimit?.UnreservedConcurrentExecutions;
    expect(await unreserved()).toBe(600);
    expect(await refusal(put(client, '2', 501))).toContain('below its minimum value of [100].');
    expect(await refusal(put(client, '2', 1001))).toContain("greater than account's unreserved concurrency [1000].");
    const reserve = (ReservedConcurrentExecutions: number) =>
      client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
    expect(await refusal(reserve(399))).toContain("should not be lower than function's total provisioned concurrency [400].");
    await reserve(400);
    expect(await unreserved()).toBe(600);
    expect(await refusal(put(client, '2', 1))).toContain('should not be greater than the reservedConcurrentExecution for function');
    world.runUntilIdle();
    // All of the reservation is provisioned for version 1: nothing is left for $LATEST.
    await expect(client.send(new InvokeCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    expect((await client.send(new InvokeCommand({ FunctionName, Qualifier: '1' }))).StatusCode).toBe(200);
  });

  it.each<[string, string, string]>([
    [
      '$LATEST',
      '$LATEST',
      'InvalidParameterValueException: Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
    ],
    [
      'an alias of $LATEST',
      'DEV',
      'InvalidParameterValueException: Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
    ],
    ['an alias that is not there', 'NONE', `ResourceNotFoundException: Cannot find alias arn: ${FUNCTION_ARN}:NONE`],
    ['a version that is not there', '9', `ResourceNotFoundException: Function not found: ${FUNCTION_ARN}:9`],
    ['a version of a provisioned alias', '1', 'ResourceConflictException: Version is pointed by a Provisioned Concurrency alias'],
    [
      'a second alias of the version',
      'SAME',
      "ResourceConflictException: Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    ],
  ])('is refused to %s', async (_name, qualifier, message) => {
    const { client } = await create();
    await client.send(new CreateAliasCommand({ FunctionName, Name: 'DEV', FunctionVersion: '$LATEST' }));
    await client.send(new CreateAliasCommand({ FunctionName, Name: 'SAME', FunctionVersion: '1' }));
    await put(client, 'PROD', 1);
    expect(await refusal(put(client, qualifier, 1))).toBe(message);
  });

  it('FAILs when the static code fails; the code sees how it was started', async () => {
    const world = createAws({ sandboxes: await testSandboxes(), services: ['lambda', 'logs'] });
    const client = new Client(clientConfig(world));
    const source = `if (process.env.BROKEN) throw new Error('no'); export const handler = async () => process.env.AWS_LAMBDA_INITIALIZATION_TYPE + process.env.AWS_LAMBDA_FUNCTION_VERSION;`;
    const code = { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE, Code: { ZipFile: zipOf(source) }, Publish: true } as const;
    await client.send(new CreateFunctionCommand({ FunctionName, ...code, Environment: { Variables: { BROKEN: '1' } } }));
    await put(client, '1', 2);
    world.runUntilIdle();
    expect(await get(client, '1')).toMatchObject({
      Status: 'FAILED',
      StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
      AllocatedProvisionedConcurrentExecutions: 0,
    });
    await client.send(new CreateFunctionCommand({ ...code, FunctionName: 'works' }));
    const works = { FunctionName: 'works', Qualifier: '1' };
    await client.send(new PutProvisionedConcurrencyConfigCommand({ ...works, ProvisionedConcurrentExecutions: 1 }));
    world.runUntilIdle();
    const { Payload } = await client.send(new InvokeCommand(works));
    expect(Payload?.transformToString()).toBe('"provisioned-concurrency1"');
  });
});
