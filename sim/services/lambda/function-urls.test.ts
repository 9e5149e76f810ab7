import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  CreateAliasCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  type CreateFunctionUrlConfigCommandInput,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  ListFunctionUrlConfigsCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { createClientWorld, ROLE, zipOf } from '../../../test/lambda-client';
import { ACCOUNT, createFunction, FUNCTION_ARN, factsOf, must } from '../../../test/lambda-world';
import { testSandboxes } from '../../../test/sandboxes';
import { createAws } from '../../aws';
import type { Principal } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { World } from '../../kernel/world';
import { type Behaviour, createBehaviourSandboxes } from './behaviour-sandbox';
import type { UrlResponse } from './url-response';

const FunctionName = 'charge';
const refusal = (answer: Promise<unknown>) => answer.then(() => null).catch((error: Error) => `${error.name}: ${error.message}`);

interface Setup {
  result?: unknown;
  config?: Partial<CreateFunctionUrlConfigCommandInput>;
  isPublic?: boolean;
}

/** `charge` with a URL; its handler answers `result`, or fails without one. */
async function create({ result = 'hello', config = {}, isPublic = true }: Setup = {}) {
  const outcome: Behaviour['outcome'] =
    result instanceof Error ? { error: { errorType: 'Error', errorMessage: 'no', trace: [] } } : { payload: JSON.stringify(result) };
  const { world, client } = createClientWorld(() => ({ durationMs: 5, outcome }));
  const code = { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE, Code: { ZipFile: zipOf('1') } } as const;
  await client.send(new CreateFunctionCommand({ FunctionName, ...code }));
  const made = await client.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE', ...config }));
  if (isPublic) for (const each of PERMISSIONS) await client.send(new AddPermissionCommand({ FunctionName, ...each }));
  return { world, client, made, url: made.FunctionUrl ?? '' };
}

const PERMISSIONS: Omit<AddPermissionCommandInput, 'FunctionName'>[] = [
  { StatementId: 'url', Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' },
  { StatementId: 'invoke', Action: 'lambda:InvokeFunction', Principal: '*', InvokedViaFunctionUrl: true },
];

function request(world: World, url: string, more: JsonObject = {}): UrlResponse {
  const input = { url, method: 'GET', headers: {}, body: '', ...more };
  const answer = world.call({ action: 'lambda:RequestFunctionUrl', resource: url.replace(/\/[^/]*$/, ''), input });
  if (!answer || 'fault' in answer) throw new Error(JSON.stringify(answer));
  return answer.ok as unknown as UrlResponse;
}

describe('the configuration of a URL', () => {
  it('is made, read, changed, listed and deleted', async () => {
    const { client, made, world } = await create();
    expect(made).toMatchObject({
      AuthType: 'NONE',
      FunctionArn: FUNCTION_ARN,
      InvokeMode: 'BUFFERED',
      CreationTime: '2026-11-02T10:00:00.000+0000',
    });
    expect(made.FunctionUrl).toMatch(/^https:\/\/[a-z2-7]{32}\.lambda-url\.eu-west-1\.on\.aws\/$/);
    const Cors = { AllowOrigins: ['*'], MaxAge: 60 };
    world.runUntil(1000);
    expect(await client.send(new UpdateFunctionUrlConfigCommand({ FunctionName, Cors }))).toMatchObject({
      Cors,
      AuthType: 'NONE',
      LastModifiedTime: '2026-11-02T10:00:01.000+0000',
    });
    await client.send(new CreateAliasCommand({ FunctionName, Name: 'PROD', FunctionVersion: '$LATEST' }));
    const alias = await client.send(new CreateFunctionUrlConfigCommand({ FunctionName, Qualifier: 'PROD', AuthType: 'AWS_IAM' }));
    expect(alias.FunctionArn).toBe(`${FUNCTION_ARN}:PROD`);
    const { FunctionUrlConfigs } = await client.send(new ListFunctionUrlConfigsCommand({ FunctionName }));
    expect(FunctionUrlConfigs?.map(({ FunctionUrl }) => FunctionUrl)).toEqual([made.FunctionUrl, alias.FunctionUrl]);
    await client.send(new DeleteFunctionUrlConfigCommand({ FunctionName }));
    expect(await refusal(client.send(new GetFunctionUrlConfigCommand({ FunctionName })))).toBe(
      'ResourceNotFoundException: The resource you requested does not exist.',
    );
    expect(request(world, made.FunctionUrl ?? '')).toMatchObject({ status: 404 });
  });

  it.each<[string, object, string]>([
    ['a second time', {}, `ResourceConflictException: Failed to create function url config for [functionArn = ${FUNCTION_ARN}].`],
    ['for a version', { Qualifier: '1' }, "ValidationException: 1 validation error detected: Value '1' at 'qualifier'"],
    ['for an alias that is not there', { Qualifier: 'NONE' }, 'ResourceNotFoundException: Function does not exist'],
    ['for a function that is not there', { FunctionName: 'other' }, 'ResourceNotFoundException: Function does not exist'],
  ])('is refused %s', async (_name, more, message) => {
    const { client } = await create();
    expect(await refusal(client.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE', ...more })))).toContain(message);
  });
});

describe('a request to a URL', () => {
  it('is an event of the payload format 2.0', async () => {
    const { world, url } = await create();
    const headers = { 'User-Agent': 'curl/8', Cookie: 'a=1; b=2', 'Content-Type': 'application/x-www-form-urlencoded' };
    request(world, `${url}orders/17?x=1&x=2&y=a%20b`, { method: 'post', headers, body: 'n=1', sourceIp: '198.51.100.7' });
    const [started] = factsOf(world, 'lambda:InvocationStarted');
    const urlId = url.slice(8, 40);
    const domainName = `${urlId}.lambda-url.eu-west-1.on.aws`;
    expect(JSON.parse(String(started?.data.payload))).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/orders/17',
      rawQueryString: 'x=1&x=2&y=a%20b',
      cookies: ['a=1', 'b=2'],
      headers: {
        'user-agent': 'curl/8',
        cookie: 'a=1; b=2',
        'content-type': 'application/x-www-form-urlencoded',
        host: domainName,
        'x-forwarded-for': '198.51.100.7',
        'x-forwarded-port': '443',
        'x-forwarded-proto': 'https',
      },
      queryStringParameters: { x: '1,2', y: 'a b' },
      requestContext: {
        accountId: 'anonymous',
        apiId: urlId,
        domainName,
        domainPrefix: urlId,
        http: { method: 'POST', path: '/orders/17', protocol: 'HTTP/1.1', sourceIp: '198.51.100.7', userAgent: 'curl/8' },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        routeKey: '$default',
        stage: '$default',
        time: '02/Nov/2026:10:00:00 +0000',
        timeEpoch: 1_793_613_600_000,
      },
      body: 'bj0x',
      isBase64Encoded: true,
    });
  });

  it.each<[string, unknown, Partial<UrlResponse>]>([
    ['text', 'hello', { status: 200, body: 'hello', headers: { 'content-type': 'application/json' } }],
    ['an object', { message: 'hi' }, { status: 200, body: '{"message":"hi"}' }],
    ['nothing', null, { status: 200, body: 'null' }],
    [
      'a whole response',
      { statusCode: 201, headers: { 'Content-Type': 'text/plain', 'X-A': 1 }, body: 'made', cookies: ['a=1', 'b=2'] },
      { status: 201, headers: { 'content-type': 'text/plain', 'x-a': '1' }, body: 'made', cookies: ['a=1', 'b=2'] },
    ],
    ['bytes', { statusCode: 200, body: 'AAEC', isBase64Encoded: true }, { body: 'AAEC', isBase64Encoded: true }],
    ['a status that is none', { statusCode: 'fine' }, { status: 502, body: 'Internal Server Error' }],
    ['an error', new Error('no'), { status: 502, body: 'Internal Server Error' }],
  ])('answers what the handler made of %s', async (_name, result, response) => {
    const { world, url } = await create({ result });
    expect(request(world, url)).toMatchObject(response);
  });

  it.each<[string, Omit<AddPermissionCommandInput, 'FunctionName'>[], string[]]>([
    ['no permission', [], ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']],
    ['the permission for the URL alone', [PERMISSIONS[0] as never], ['lambda:InvokeFunction']],
    ['the permission to invoke alone', [PERMISSIONS[1] as never], ['lambda:InvokeFunctionUrl']],
    [
      'a permission for the other kind of URL',
      [{ ...(PERMISSIONS[0] as AddPermissionCommandInput), FunctionUrlAuthType: 'AWS_IAM' }, PERMISSIONS[1] as never],
      ['lambda:InvokeFunctionUrl'],
    ],
  ])('with %s is 403, and the fact says what lacks', async (_name, permissions, missing) => {
    const { world, client, url } = await create({ isPublic: false });
    for (const each of permissions) await client.send(new AddPermissionCommand({ FunctionName, ...each }));
    const { status, body } = request(world, url);
    expect([status, JSON.parse(body).Message]).toEqual([403, expect.stringMatching(/^Forbidden/)]);
    expect(factsOf(world, 'lambda:FunctionUrlAnswered')[0]?.data).toMatchObject({ status: 403, why: { reason: 'forbidden', missing } });
    expect(factsOf(world, 'lambda:InvocationStarted')).toEqual([]);
  });

  it('is 429 when the function is throttled', async () => {
    const { world, client, url } = await create();
    await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    expect(request(world, url)).toMatchObject({ status: 429 });
  });

  it('to a URL with AWS_IAM needs a signature, and the event names who signed', async () => {
    const { world, url } = await create({ config: { AuthType: 'AWS_IAM' } });
    const input = { url, method: 'GET', headers: {}, body: '' };
    const ask = (principal: object) =>
      world.call({ action: 'lambda:RequestFunctionUrl', resource: url, input, principal: principal as never });
    expect(ask({ type: 'anonymous', id: 'anonymous', account: '' })).toMatchObject({ ok: { status: 403 } });
    const ada = { type: 'user', id: `arn:aws:iam::${ACCOUNT}:user/ada`, account: ACCOUNT };
    expect(ask(ada)).toMatchObject({ ok: { status: 200 } });
    expect(JSON.parse(String(factsOf(world, 'lambda:InvocationStarted')[0]?.data.payload)).requestContext).toMatchObject({
      accountId: ACCOUNT,
      authorizer: { iam: { accountId: ACCOUNT, userArn: ada.id } },
    });
  });

  it('asks IAM twice, and both answers must be yes', () => {
    const world = createAws({
      sandboxes: createBehaviourSandboxes(() => ({ durationMs: 1, outcome: { payload: '"hi"' } })),
      services: ['lambda', 'iam'],
    });
    createFunction(world, FunctionName);
    const { FunctionUrl } = must(world, 'lambda', 'CreateFunctionUrlConfig', { FunctionName, AuthType: 'AWS_IAM' });
    must(world, 'iam', 'CreateUser', { UserName: 'ada' });
    const ada: Principal = { type: 'user', id: `arn:aws:iam::${ACCOUNT}:user/ada`, account: ACCOUNT };
    const status = (...Action: string[]) => {
      const Condition = { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } };
      const Statement = { Effect: 'Allow', Action, Resource: '*', Condition };
      must(world, 'iam', 'PutUserPolicy', {
        UserName: 'ada',
        PolicyName: 'p',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
      });
      const input = { url: FunctionUrl as string, method: 'GET', headers: {}, body: '' };
      const answer = world.call({ action: 'lambda:RequestFunctionUrl', resource: FunctionUrl as string, input, principal: ada });
      return (answer as unknown as { ok: UrlResponse }).ok.status;
    };
    expect(status('lambda:InvokeFunctionUrl')).toBe(403);
    expect(status('lambda:InvokeFunction')).toBe(403);
    expect(status('lambda:InvokeFunctionUrl', 'lambda:InvokeFunction')).toBe(200);
    expect(factsOf(world, 'iam:AccessDenied').map(({ data }) => data.action)).toEqual([
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ]);
    expect(factsOf(world, 'lambda:FunctionUrlAnswered').map(({ data }) => data.status)).toEqual([403, 403, 200]);
  });

  it('without authentication passes IAM when both statements are there', () => {
    const world = createAws({
      sandboxes: createBehaviourSandboxes(() => ({ durationMs: 1, outcome: { payload: '"hi"' } })),
      services: ['lambda', 'iam'],
    });
    createFunction(world, FunctionName);
    const { FunctionUrl } = must(world, 'lambda', 'CreateFunctionUrlConfig', { FunctionName, AuthType: 'NONE' });
    for (const each of PERMISSIONS) must(world, 'lambda', 'AddPermission', { FunctionName, ...(each as JsonObject) });
    expect(request(world, FunctionUrl as string)).toMatchObject({ status: 200, body: 'hi' });
    expect(factsOf(world, 'iam:AccessDenied').filter(({ data }) => !String(data.action).startsWith('logs:'))).toEqual([]);
  });

  it('comes from another function by fetch, unsigned', async () => {
    const world = createAws({ sandboxes: await testSandboxes(), services: ['lambda', 'logs'] });
    const code = 'export const handler = async (e) => ({ statusCode: 201, body: e.requestContext.http.method + e.body });';
    createFunction(world, FunctionName, { Code: { Files: { 'index.mjs': code } } });
    const { FunctionUrl } = must(world, 'lambda', 'CreateFunctionUrlConfig', { FunctionName, AuthType: 'NONE' });
    const ask = `const r = await fetch('${FunctionUrl}', { method: 'POST', body: '7' }); return [r.status, await r.text()];`;
    createFunction(world, 'caller', { Code: { Files: { 'index.mjs': `export const handler = async () => { ${ask} };` } } });
    const answer = () => JSON.parse(must(world, 'lambda', 'Invoke', { FunctionName: 'caller' }).Payload as string);
    expect(answer()[0]).toBe(403);
    for (const each of PERMISSIONS) must(world, 'lambda', 'AddPermission', { FunctionName, ...(each as JsonObject) });
    expect(answer()).toEqual([201, 'POST7']);
  });

  it('of a browser gets CORS headers, and a preflight without running the function', async () => {
    const Cors = {
      AllowOrigins: ['https://shop.example'],
      AllowMethods: ['POST'],
      AllowHeaders: ['x-a'],
      MaxAge: 60,
      AllowCredentials: true,
    };
    const { world, url } = await create({ config: { Cors } });
    const headers = { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'POST' };
    expect(request(world, url, { method: 'OPTIONS', headers }).headers).toEqual({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'x-a',
      'access-control-max-age': '60',
      vary: 'Origin',
    });
    expect(factsOf(world, 'lambda:InvocationStarted')).toEqual([]);
    expect(request(world, url, { headers: { origin: 'https://shop.example' } }).headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
    });
    expect(request(world, url, { headers: { origin: 'https://other.example' } }).headers).toEqual({ 'content-type': 'application/json' });
    expect(world.stateAt('lambda', world.trace.length - 1)).toEqual(world.state('lambda'));
  });
});
