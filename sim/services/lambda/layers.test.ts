import { CreateRoleCommand } from '@aws-sdk/client-iam';
import {
  AddLayerVersionPermissionCommand,
  CreateFunctionCommand,
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  InvokeCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  RemoveLayerVersionPermissionCommand,
  type Runtime,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { arn, createOutside, thrownBy } from '../../../test/conformance/outside';
import { zipOf } from '../../../test/lambda-client';

type Outside = Awaited<ReturnType<typeof createOutside>>;

/** Publishes a layer of one file. Returns the ARN of its version. */
async function publish(aws: Outside, LayerName: string, text: string, path = 'nodejs/node_modules/prices/index.js') {
  const input = { LayerName, Description: text.slice(0, 20), CompatibleRuntimes: ['nodejs22.x' as Runtime] };
  const { LayerVersionArn = '' } = await aws.lambda.send(
    new PublishLayerVersionCommand({ ...input, Content: { ZipFile: zipOf(text, path) } }),
  );
  return LayerVersionArn;
}

const answer = async (aws: Outside, FunctionName: string) => {
  const { Payload } = await aws.lambda.send(new InvokeCommand({ FunctionName }));
  return JSON.parse(new TextDecoder().decode(Payload)) as unknown;
};

it.each([
  ['import', "import { vat } from 'prices'; export const handler = async () => vat;", 'index.mjs'],
  ['require', "const { vat } = require('prices'); exports.handler = async () => vat;", 'index.cjs'],
])('gives functions its packages by %s', async (_how, code, path) => {
  const aws = await createOutside();
  const role = await aws.role('bill', 'lambda.amazonaws.com');
  const first = await publish(aws, 'prices', 'exports.vat = 23;', 'nodejs/node_modules/prices/index.cjs');
  const description = await publish(aws, 'described', '{"main":"index.cjs"}', 'nodejs/node_modules/prices/package.json');
  await aws.deploy('bill', '', role, { Code: { ZipFile: zipOf(code, path) }, Layers: [first, description] });
  expect(await answer(aws, 'bill')).toBe(23);
});

it('gives functions its files under /opt, those of the last layer above the others', async () => {
  const aws = await createOutside();
  const role = await aws.role('bill', 'lambda.amazonaws.com');
  const [low, high] = [await publish(aws, 'low', 'low', 'config/name.txt'), await publish(aws, 'high', 'high', 'config/name.txt')];
  const code = `import { readFileSync, readdirSync } from 'node:fs';
export const handler = async () => [readFileSync('/opt/config/name.txt', 'utf8'), readdirSync('/opt'), process.env.NODE_PATH?.split(':')[1]];`;
  await aws.deploy('bill', code, role, { Layers: [low, high] });
  expect(await answer(aws, 'bill')).toEqual(['high', ['config'], '/opt/nodejs/node_modules']);
  const update = new UpdateFunctionConfigurationCommand({ FunctionName: 'bill', Layers: [high, low] });
  expect((await aws.lambda.send(update)).Layers?.map(({ Arn }) => Arn)).toEqual([high, low]);
  aws.pass(5);
  expect(await answer(aws, 'bill')).toEqual(['low', ['config'], '/opt/nodejs/node_modules']);
  await aws.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'bill', Layers: [] }));
  expect((await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'bill' }))).Layers).toBeUndefined();
});

it('is published in numbered versions, listed and read', async () => {
  const aws = await createOutside();
  const one = await publish(aws, 'prices', 'exports.vat = 21;');
  const two = await publish(aws, 'prices', 'exports.vat = 23;');
  expect([one, two]).toEqual([arn('lambda', 'layer:prices:1'), arn('lambda', 'layer:prices:2')]);
  const { Layers } = await aws.lambda.send(new ListLayersCommand({}));
  expect(Layers).toMatchObject([{ LayerName: 'prices', LatestMatchingVersion: { Version: 2, LayerVersionArn: two } }]);
  const versions = await aws.lambda.send(new ListLayerVersionsCommand({ LayerName: 'prices' }));
  expect(versions.LayerVersions?.map(({ Version }) => Version)).toEqual([2, 1]);
  const byName = await aws.lambda.send(new GetLayerVersionCommand({ LayerName: 'prices', VersionNumber: 1 }));
  expect(byName).toMatchObject({ LayerArn: arn('lambda', 'layer:prices'), Version: 1, CompatibleRuntimes: ['nodejs22.x'] });
  expect(byName.Content?.CodeSize).toBeGreaterThan(0);
  expect((await aws.lambda.send(new GetLayerVersionByArnCommand({ Arn: one }))).Content).toEqual(byName.Content);
  expect((await aws.lambda.send(new ListLayersCommand({ CompatibleRuntime: 'python3.14' as Runtime }))).Layers).toEqual([]);
});

it("stays with the functions that use it when it is deleted, and is nobody else's any more", async () => {
  const aws = await createOutside();
  const role = await aws.role('bill', 'lambda.amazonaws.com');
  const layer = await publish(aws, 'prices', 'exports.vat = 23;');
  const code = "import prices from 'prices'; export const handler = async () => prices.vat;";
  await aws.deploy('bill', code, role, { Layers: [layer] });
  await aws.lambda.send(new DeleteLayerVersionCommand({ LayerName: 'prices', VersionNumber: 1 }));
  expect(await answer(aws, 'bill')).toBe(23);
  expect(await thrownBy(aws.lambda.send(new GetLayerVersionCommand({ LayerName: 'prices', VersionNumber: 1 })))).toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
  });
  expect(await thrownBy(aws.deploy('again', code, role, { Layers: [layer] }))).toMatchObject({
    message: `Layer version ${layer} does not exist.`,
  });
  expect(await publish(aws, 'prices', 'exports.vat = 19;')).toBe(arn('lambda', 'layer:prices:2'));
});

it('is refused as a sixth, twice in different versions, and from another account', async () => {
  const aws = await createOutside();
  const role = await aws.role('bill', 'lambda.amazonaws.com');
  const layers: string[] = [];
  for (let i = 0; i < 6; i++) layers.push(await publish(aws, `l${i}`, `exports.n = ${i};`));
  const again = await publish(aws, 'l0', 'exports.n = 10;');
  const foreign = arn('lambda', 'layer:l0:1').replace('111122223333', '444455556666');
  const create = (Layers: string[]) => {
    const input = { FunctionName: 'bill', Role: role, Runtime: 'nodejs22.x' as Runtime, Handler: 'index.handler', Layers };
    return thrownBy(aws.lambda.send(new CreateFunctionCommand({ ...input, Code: { ZipFile: zipOf('export const handler = () => 1;') } })));
  };
  expect(await create(layers)).toMatchObject({ message: 'Cannot reference more than 5 layers.' });
  expect((await create([layers[0] ?? '', again])).message).toContain('Two different versions of the same layer are not allowed');
  expect(await create([foreign])).toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`lambda:GetLayerVersion on resource: ${foreign}`),
  });
});

it('is shared with another account for as long as its policy says so', async () => {
  const aws = await createOutside();
  const mine = await publish(aws, 'prices', 'exports.vat = 23;');
  const other = aws.as('arn:aws:iam::444455556666:root');
  const get = () => other.lambda.send(new GetLayerVersionByArnCommand({ Arn: mine }));
  expect(await thrownBy(get())).toMatchObject({ name: 'AccessDeniedException' });
  const version = { LayerName: 'prices', VersionNumber: 1 };
  const add = { ...version, StatementId: 'other', Action: 'lambda:GetLayerVersion', Principal: '444455556666' };
  const { Statement = '', RevisionId } = await aws.lambda.send(new AddLayerVersionPermissionCommand(add));
  expect(JSON.parse(Statement)).toEqual({
    Sid: 'other',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:root' },
    Action: 'lambda:GetLayerVersion',
    Resource: mine,
  });
  expect(await thrownBy(aws.lambda.send(new AddLayerVersionPermissionCommand(add)))).toMatchObject({ name: 'ResourceConflictException' });
  const policy = await aws.lambda.send(new GetLayerVersionPolicyCommand(version));
  expect(policy.RevisionId).toBe(RevisionId);
  expect(JSON.parse(policy.Policy ?? '').Statement).toHaveLength(1);
  expect((await get()).LayerVersionArn).toBe(mine);
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await other.iam.send(new CreateRoleCommand({ RoleName: 'bill', AssumeRolePolicyDocument }));
  const code = "import prices from 'prices'; export const handler = async () => prices.vat;";
  await other.lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'bill',
      Role: Role?.Arn,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf(code) },
      Layers: [mine],
    }),
  );
  aws.pass(5);
  const { Payload } = await other.lambda.send(new InvokeCommand({ FunctionName: 'bill' }));
  expect(new TextDecoder().decode(Payload)).toBe('23');
  await aws.lambda.send(new RemoveLayerVersionPermissionCommand({ ...version, StatementId: 'other' }));
  expect(await thrownBy(aws.lambda.send(new GetLayerVersionPolicyCommand(version)))).toMatchObject({ name: 'ResourceNotFoundException' });
  expect(await thrownBy(get())).toMatchObject({ name: 'AccessDeniedException' });
});
