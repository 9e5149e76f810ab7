import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, createLambdaWorld, FUNCTION_ARN, factsOf, must, REGION } from '../../../test/lambda-world';
import { testSandboxes } from '../../../test/sandboxes';
import type { JsonObject } from '../../kernel/json';
import type { World } from '../../kernel/world';
import { createRequestHandler } from '../../protocol/request-handler';
import type { SandboxFactory } from '../../sandbox/sandbox';

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^2026-11-02T10:0\d:\d\d\.\d{3}Z$/;

function world(code: string, LoggingConfig: JsonObject = {}, more: JsonObject = {}): World {
  return createLambdaWorld(sandboxes, { Code: { Files: { 'index.mjs': code } }, LoggingConfig, ...more });
}

function invoke(at: World, input: JsonObject = {}): JsonObject {
  const answer = must(at, 'lambda', 'Invoke', { FunctionName: 'charge', Payload: '{}', ...input });
  at.runUntilIdle();
  return answer;
}

const messages = (at: World): string[] =>
  factsOf(at, 'logs:LogEventsPut').flatMap(({ data }) => (data.logEvents as { message: string }[]).map(({ message }) => message));
const records = (at: World): JsonObject[] => messages(at).map((message) => JSON.parse(message) as JsonObject);

const SPEAKS = `
export const handler = async () => {
  console.debug('quiet');
  console.log('hello', { n: 1 });
  console.info({ order: 17, tags: ['a'] });
  console.warn('careful');
  console.error('bad', new TypeError('no card'));
};`;
const FAILS = `export const handler = async () => { throw new RangeError('too many'); };`;
const HANGS = `export const handler = () => new Promise((done) => setTimeout(done, 10_000));`;

describe('the JSON log format', () => {
  it('has a record for each of the steps that the level lets through', () => {
    const at = world('export const handler = async () => 1;', { LogFormat: 'JSON' });
    invoke(at);
    expect(records(at)).toEqual([
      {
        time: expect.stringMatching(TIME),
        type: 'platform.initStart',
        record: {
          initializationType: 'on-demand',
          phase: 'init',
          runtimeVersion: 'nodejs:22.v50',
          runtimeVersionArn: expect.stringMatching(/^arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/),
          functionName: 'charge',
          functionVersion: '$LATEST',
          instanceId: expect.stringMatching(/^2026\/11\/02\/charge\[\$LATEST\][0-9a-f]{32}$/),
          instanceMaxMemory: 134_217_728,
        },
      },
      {
        time: expect.stringMatching(TIME),
        type: 'platform.start',
        record: { requestId: expect.stringMatching(ID), functionArn: FUNCTION_ARN, version: '$LATEST' },
      },
      {
        time: expect.stringMatching(TIME),
        type: 'platform.report',
        record: {
          requestId: expect.stringMatching(ID),
          metrics: {
            durationMs: expect.any(Number),
            billedDurationMs: expect.any(Number),
            memorySizeMB: 128,
            maxMemoryUsedMB: expect.any(Number),
            initDurationMs: expect.any(Number),
          },
          status: 'success',
        },
      },
    ]);
  });

  it.each<[level: string, code: string, types: string[]]>([
    ['DEBUG', SPEAKS, ['initStart', 'initRuntimeDone', 'initReport', 'start', 'runtimeDone', 'report']],
    ['INFO', SPEAKS, ['initStart', 'start', 'report']],
    ['WARN', SPEAKS, []],
    ['WARN', FAILS, ['runtimeDone', 'report']],
    ['WARN', HANGS, ['runtimeDone', 'report']],
  ])('at the system level %s', (SystemLogLevel, code, types) => {
    const at = world(code, { LogFormat: 'JSON', SystemLogLevel });
    invoke(at);
    const written = records(at).flatMap(({ type }) => (typeof type === 'string' ? [type.replace('platform.', '')] : []));
    expect(written).toEqual(types);
  });

  it.each<[code: string, outcome: JsonObject]>([
    [FAILS, { status: 'error', errorType: 'RangeError' }],
    [HANGS, { status: 'timeout' }],
    ['export const handler = async () => process.exit(1);', { status: 'error', errorType: 'Runtime.ExitError' }],
  ])('reports the failure of %s', (code, outcome) => {
    const at = world(code, { LogFormat: 'JSON' });
    invoke(at);
    expect(records(at).at(-1)).toMatchObject({ type: 'platform.report', record: outcome });
  });

  it('makes objects of what the console is given', () => {
    const at = world(SPEAKS, { LogFormat: 'JSON' });
    invoke(at);
    const lines = records(at).filter(({ level }) => level !== undefined);
    const about = { timestamp: expect.stringMatching(TIME), requestId: expect.stringMatching(ID) };
    expect(lines).toEqual([
      { ...about, level: 'INFO', message: 'hello { n: 1 }' },
      { ...about, level: 'INFO', message: { order: 17, tags: ['a'] } },
      { ...about, level: 'WARN', message: 'careful' },
      {
        ...about,
        level: 'ERROR',
        message: expect.stringContaining('bad TypeError: no card'),
        errorType: 'TypeError',
        errorMessage: 'no card',
        stackTrace: expect.arrayContaining(['TypeError: no card']),
      },
    ]);
  });

  it.each([
    ['TRACE', ['DEBUG', 'INFO', 'INFO', 'WARN', 'ERROR']],
    ['WARN', ['WARN', 'ERROR']],
    ['FATAL', []],
  ])('at the application level %s', (ApplicationLogLevel, levels) => {
    const at = world(SPEAKS, { LogFormat: 'JSON', ApplicationLogLevel });
    invoke(at);
    expect(records(at).flatMap(({ level }) => (level === undefined ? [] : [level]))).toEqual(levels);
  });

  it('has the error that ends an invocation as an object', () => {
    const at = world(FAILS, { LogFormat: 'JSON' });
    invoke(at);
    expect(records(at).find(({ level }) => level === 'ERROR')).toMatchObject({
      message: { errorType: 'RangeError', errorMessage: 'too many', stackTrace: expect.arrayContaining(['RangeError: too many']) },
    });
  });
});

describe('a log group of the function’s choice', () => {
  it('gets the lines', () => {
    const at = world('export const handler = async () => 1;', { LogGroup: '/shop/payments' });
    invoke(at);
    expect(factsOf(at, 'logs:LogGroupCreated').map(({ resource }) => resource)).toEqual([
      `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/shop/payments`,
    ]);
  });
});

describe('active tracing', () => {
  it('shows in REPORT, and only then', () => {
    const traced = world('export const handler = async () => 1;', {}, { TracingConfig: { Mode: 'Active' } });
    invoke(traced);
    expect(messages(traced).at(-1)).toMatch(/\nXRAY TraceId: 1-[0-9a-f]{8}-[0-9a-f]{24}\tSegmentId: [0-9a-f]{16}\tSampled: true\n$/);
    const plain = world('export const handler = async () => 1;');
    invoke(plain);
    expect(messages(plain).at(-1)).not.toContain('XRAY');
  });
});

describe('LogType Tail', () => {
  const tailOf = (answer: JsonObject): string => atob(String(answer.LogResult));

  it('answers with the lines of this invocation', () => {
    const at = world(SPEAKS);
    invoke(at);
    const answer = invoke(at, { LogType: 'Tail' });
    const lines = tailOf(answer).trimEnd().split('\n');
    const requestId = (answer.$metadata as JsonObject).requestId;
    expect(lines[0]).toBe(`START RequestId: ${requestId} Version: $LATEST`);
    expect(lines.at(-2)).toBe(`END RequestId: ${requestId}`);
    expect(lines.at(-1)).toMatch(new RegExp(`^REPORT RequestId: ${requestId}\t`));
    expect(invoke(at)).not.toHaveProperty('LogResult');
  });

  it('holds the last 4 KB', () => {
    const at = world(`export const handler = async () => { for (let i = 0; i < 200; i++) console.log('line ' + i); };`);
    const tail = tailOf(invoke(at, { LogType: 'Tail' }));
    expect(tail).toHaveLength(4096);
    expect(tail).toContain('line 199\n');
    expect(tail).not.toContain('line 1\n');
  });
});

describe('the id of a request', () => {
  it('is the same for the SDK, the code and the log', async () => {
    const at = world('export const handler = async (_event, { awsRequestId }) => awsRequestId;');
    const lambda = new LambdaClient({
      region: REGION,
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
      requestHandler: createRequestHandler(at, { type: 'root', id: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT }),
    });
    const { $metadata, Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'charge' }));
    expect(JSON.parse(new TextDecoder().decode(Payload))).toBe($metadata.requestId);
    expect(factsOf(at, 'lambda:InvocationStarted')[0]?.data.requestId).toBe($metadata.requestId);
    const queued = await lambda.send(new InvokeCommand({ FunctionName: 'charge', InvocationType: 'Event' }));
    expect(factsOf(at, 'lambda:EventQueued')[0]?.data.requestId).toBe(queued.$metadata.requestId);
  });
});
