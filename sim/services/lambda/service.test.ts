import { beforeAll, describe, expect, it } from 'vitest';
import { testSandboxes } from '../../../test/sandboxes';
import { createAws } from '../../aws';
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import type { World } from '../../kernel/world';
import type { SandboxFactory } from '../../sandbox/sandbox';
import type { SqsState } from '../sqs/queue';
import type { LambdaState } from './state';

const ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:charge';
const DLQ = 'arn:aws:sqs:eu-west-1:111122223333:failed';
const MINUTE = 60_000;

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

interface Setup {
  code: string;
  configuration?: JsonObject;
  eventInvoke?: JsonObject;
  seed?: number;
}

function createWorld({ code, configuration = {}, eventInvoke, seed = 1 }: Setup): World {
  const world = createAws({ sandboxes, seed, services: ['lambda', 'sqs', 'logs'] });
  must(world, 'sqs:CreateQueue', DLQ, { QueueName: 'failed' });
  must(world, 'lambda:CreateFunction', ARN, {
    FunctionName: 'charge',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: 'arn:aws:iam::111122223333:role/charge',
    Code: { Files: { 'index.mjs': code } },
    ...configuration,
  });
  if (eventInvoke) must(world, 'lambda:PutFunctionEventInvokeConfig', ARN, eventInvoke);
  return world;
}

function must(world: World, action: `${string}:${string}`, resource: string, input: JsonObject): JsonObject {
  const answer = world.call({ action, resource, input });
  if (!answer || 'fault' in answer) throw new Error(`${action}: ${JSON.stringify(answer)}`);
  return answer.ok as JsonObject;
}

function invoke(world: World, payload: unknown = {}, invocationType = 'RequestResponse'): JsonObject {
  return must(world, 'lambda:InvokeFunction', ARN, { InvocationType: invocationType, Payload: JSON.stringify(payload) });
}

function ofType(world: World, type: string): Fact[] {
  return world.trace.filter((fact) => fact.type === type);
}

function logLines(world: World): string[] {
  return ofType(world, 'logs:LogEventsPut').flatMap((fact) =>
    (fact.data.logEvents as { message: string }[]).map((event) => event.message.trimEnd()),
  );
}

/** Ids and measured figures out, so that a line can be compared. */
function masked(line: string): string {
  return line
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>')
    .replace(/\d+\.\d\d ms/g, '<ms>')
    .replace(/Billed Duration: \d+ ms/, 'Billed Duration: <n> ms')
    .replace(/Max Memory Used: \d+ MB/, 'Max Memory Used: <n> MB')
    .replace(/runtime:[0-9a-f]{64}/, 'runtime:<hash>');
}

const FAILS = `export const handler = async () => { throw new Error('card network down'); };`;

describe('asynchronous invocation', () => {
  it('answers 202 with nothing in it, and runs the event later', () => {
    const world = createWorld({ code: 'export const handler = async (event) => event.n + 1;' });
    expect(invoke(world, { n: 1 }, 'Event')).toMatchObject({ StatusCode: 202, Payload: '' });
    expect(ofType(world, 'lambda:InvocationStarted')).toEqual([]);
    world.runUntilIdle();
    expect(ofType(world, 'lambda:InvocationEnded')[0]?.data).toMatchObject({ status: 'success', payload: '2' });
    expect(ofType(world, 'lambda:EventProcessed')[0]?.data).toMatchObject({ attempts: 1 });
  });

  it('tries a failed event again after 1 minute and after 2 more, with the same request id', () => {
    const world = createWorld({ code: FAILS });
    invoke(world, { order: 17 }, 'Event');
    world.runUntilIdle();
    const started = ofType(world, 'lambda:InvocationStarted');
    const ended = ofType(world, 'lambda:InvocationEnded');
    expect(started.map((fact) => fact.data.attempt)).toEqual([1, 2, 3]);
    expect(new Set(started.map((fact) => fact.data.requestId)).size).toBe(1);
    expect((started[1] as Fact).at - (ended[0] as Fact).at).toBeCloseTo(MINUTE, 3);
    expect((started[2] as Fact).at - (ended[1] as Fact).at).toBeCloseTo(2 * MINUTE, 3);
    expect(ofType(world, 'lambda:EventDiscarded')[0]?.data).toMatchObject({
      attempts: 3,
      condition: 'RetriesExhausted',
      deadLetterArn: null,
    });
  });

  it.each([
    [0, [1]],
    [1, [1, 2]],
    [2, [1, 2, 3]],
  ])('with %i retries makes the attempts %j', (MaximumRetryAttempts, attempts) => {
    const world = createWorld({ code: FAILS, eventInvoke: { MaximumRetryAttempts } });
    invoke(world, {}, 'Event');
    world.runUntilIdle();
    expect(ofType(world, 'lambda:InvocationStarted').map((fact) => fact.data.attempt)).toEqual(attempts);
  });

  it('gives up on an event whose next attempt would come after its maximum age', () => {
    const world = createWorld({ code: FAILS, eventInvoke: { MaximumEventAgeInSeconds: 60 } });
    invoke(world, {}, 'Event');
    world.runUntilIdle();
    expect(ofType(world, 'lambda:EventDiscarded')[0]?.data).toMatchObject({ attempts: 1, condition: 'EventAgeExceeded' });
  });

  it('sends the event unchanged to the dead-letter queue, with three attributes that say why', () => {
    const world = createWorld({ code: FAILS, configuration: { DeadLetterConfig: { TargetArn: DLQ } } });
    invoke(world, { order: 17 }, 'Event');
    world.runUntilIdle();
    const { requestId } = (ofType(world, 'lambda:EventQueued')[0] as Fact).data;
    expect(world.state<SqsState>('sqs').queues[DLQ]?.messages).toMatchObject([
      {
        body: '{"order":17}',
        attributes: {
          RequestID: { DataType: 'String', StringValue: requestId },
          ErrorCode: { DataType: 'Number', StringValue: '200' },
          ErrorMessage: { DataType: 'String', StringValue: 'card network down' },
        },
      },
    ]);
    expect(ofType(world, 'lambda:DeadLetterSent')).toHaveLength(1);
  });

  it('loses the event, and says so, when the dead-letter queue is not there', () => {
    const world = createWorld({ code: FAILS, configuration: { DeadLetterConfig: { TargetArn: `${DLQ}-gone` } } });
    invoke(world, {}, 'Event');
    world.runUntilIdle();
    expect(ofType(world, 'lambda:DeadLetterFailed')[0]?.data).toMatchObject({ errorCode: 'AWS.SimpleQueueService.NonExistentQueue' });
  });

  it('refuses a payload over 1 MB, and one over 6 MB synchronously', () => {
    const world = createWorld({ code: FAILS });
    const refused = (type: string, bytes: number) =>
      world.call({
        action: 'lambda:InvokeFunction',
        resource: ARN,
        input: { InvocationType: type, Payload: JSON.stringify('x'.repeat(bytes - 2)) },
      });
    expect(refused('Event', 1_048_577)).toMatchObject({ fault: { code: 'RequestTooLargeException', status: 413 } });
    expect(refused('Event', 1_048_576)).toMatchObject({ ok: { StatusCode: 202 } });
    expect(refused('RequestResponse', 6_291_457)).toMatchObject({ fault: { code: 'RequestTooLargeException', status: 413 } });
  });
});

describe('execution environments', () => {
  const COUNTS = 'let n = 0; export const handler = async () => ++n;';

  it('keeps module variables while the environment is warm, and starts anew in another', () => {
    const world = createWorld({ code: COUNTS });
    expect([invoke(world).Payload, invoke(world).Payload]).toEqual(['1', '2']);
    must(world, 'lambda:ReclaimEnvironments', ARN, {});
    expect(invoke(world).Payload).toBe('1');
    expect(ofType(world, 'lambda:InvocationStarted').map((fact) => fact.data.coldStart)).toEqual([true, false, true]);
  });

  it('reclaims an idle environment after a while, and a world is idle before that', () => {
    const world = createWorld({ code: COUNTS });
    invoke(world);
    world.runUntilIdle();
    expect(ofType(world, 'lambda:EnvironmentReclaimed')).toEqual([]);
    world.runUntil(world.now + 11 * MINUTE);
    expect(ofType(world, 'lambda:EnvironmentReclaimed')[0]?.data).toMatchObject({ reason: 'idle' });
    expect(world.state<LambdaState>('lambda').environments).toEqual({});
  });

  it('runs one invocation at a time in an environment: two at once need two', () => {
    const world = createWorld({ code: 'export const handler = async () => { await new Promise((done) => setTimeout(done, 500)); };' });
    for (let i = 0; i < 2; i++)
      world.schedule({ action: 'lambda:InvokeFunction', resource: ARN, input: { InvocationType: 'Event', Payload: '{}' } });
    world.runUntilIdle();
    expect(ofType(world, 'lambda:EnvironmentCreated')).toHaveLength(2);
  });

  it('times out at the deadline, loses its memory, and runs its static code again inside the next invocation', () => {
    const world = createWorld({
      code: 'let n = 0; export const handler = async (event) => { n++; if (event.hang) await new Promise((done) => setTimeout(done, 9000)); return n; };',
    });
    expect(JSON.parse(invoke(world, { hang: true }).Payload as string)).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(ofType(world, 'lambda:InvocationEnded')[0]?.data).toMatchObject({ status: 'timeout', durationMs: 3000 });
    expect(invoke(world, {}).Payload).toBe('1');
    expect(ofType(world, 'lambda:InvocationStarted')[1]?.data).toMatchObject({ coldStart: false, suppressedInit: true });
    expect(ofType(world, 'lambda:EnvironmentCreated')).toHaveLength(1);
    expect(ofType(world, 'lambda:InvocationEnded')[1]?.data.initDurationMs).toBeNull();
  });

  it.each([
    ['a timeout', 'await new Promise((done) => setTimeout(done, 9000))'],
    ['a busy loop', 'for (;;);'],
    ['an exit', 'process.exit(1)'],
  ])('keeps /tmp across the reset after %s, and not in another environment', (_name, end) => {
    const world = createWorld({
      code: `import fs from 'node:fs'; export const handler = async (event) => {
        if (event.read) return fs.readdirSync('/tmp').map((name) => [name, fs.statSync('/tmp/' + name).isFile() && fs.readFileSync('/tmp/' + name).toString('hex')]);
        fs.mkdirSync('/tmp/d'); fs.writeFileSync('/tmp/gone', 'x'); fs.rmSync('/tmp/gone');
        fs.writeFileSync('/tmp/a', Buffer.from([0, 255, 10])); fs.appendFileSync('/tmp/a', Buffer.from([1]));
        ${end}; };`,
    });
    invoke(world);
    const kept = [
      ['a', '00ff0a01'],
      ['d', false],
    ];
    expect(JSON.parse(invoke(world, { read: true }).Payload as string)).toEqual(kept);
    expect(JSON.parse(invoke(world, { read: true }).Payload as string)).toEqual(kept);
    must(world, 'lambda:ReclaimEnvironments', ARN, {});
    expect(JSON.parse(invoke(world, { read: true }).Payload as string)).toEqual([]);
  });

  it('times out a busy loop at the same deadline', () => {
    const world = createWorld({ code: 'export const handler = async () => { for (;;); };' });
    expect(invoke(world)).toMatchObject({ FunctionError: 'Unhandled' });
    expect(ofType(world, 'lambda:InvocationEnded')[0]?.data).toMatchObject({ status: 'timeout', durationMs: 3000 });
  });

  it('freezes what is pending when the handler answers, and thaws it with the next invocation', () => {
    const world = createWorld({
      code: `let fired = 0;
        export const handler = async () => { setTimeout(() => { fired++; }, 100); await new Promise((done) => setTimeout(done, 50)); return fired; };`,
    });
    expect(invoke(world).Payload).toBe('0');
    world.runUntil(world.now + 5000);
    expect(invoke(world).Payload).toBe('1');
  });

  it('reports an init that throws, tries it again inside the invocation, and fails that', () => {
    const world = createWorld({ code: "throw new Error('no config'); export const handler = async () => 1;" });
    expect(JSON.parse(invoke(world).Payload as string)).toMatchObject({ errorType: 'Error', errorMessage: 'no config' });
    world.runUntilIdle();
    const reports = logLines(world)
      .filter((line) => line.startsWith('INIT_REPORT'))
      .map(masked);
    expect(reports).toEqual([
      'INIT_REPORT Init Duration: <ms>\tPhase: init\tStatus: error\tError Type: Error',
      'INIT_REPORT Init Duration: <ms>\tPhase: invoke\tStatus: error\tError Type: Error',
    ]);
  });

  it('ends a process that exits as a Runtime.ExitError, and goes on in the same environment', () => {
    const world = createWorld({ code: 'export const handler = async (event) => { if (event.exit) process.exit(1); return "ok"; };' });
    expect(JSON.parse(invoke(world, { exit: true }).Payload as string)).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(invoke(world).Payload).toBe('"ok"');
  });
});

describe('log lines', () => {
  it('come in the order and the form that AWS prints, cold then warm', () => {
    const world = createWorld({
      code: "console.log('loading'); export const handler = async (event) => { console.error('got', event); return 1; };",
    });
    invoke(world, { n: 1 });
    invoke(world, { n: 2 });
    world.runUntilIdle();
    expect(logLines(world).map(masked)).toEqual([
      'INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:<hash>',
      '<time>\tundefined\tINFO\tloading',
      'START RequestId: <id> Version: $LATEST',
      '<time>\t<id>\tERROR\tgot { n: 1 }',
      'END RequestId: <id>',
      'REPORT RequestId: <id>\tDuration: <ms>\tBilled Duration: <n> ms\tMemory Size: 128 MB\tMax Memory Used: <n> MB\tInit Duration: <ms>',
      'START RequestId: <id> Version: $LATEST',
      '<time>\t<id>\tERROR\tgot { n: 2 }',
      'END RequestId: <id>',
      'REPORT RequestId: <id>\tDuration: <ms>\tBilled Duration: <n> ms\tMemory Size: 128 MB\tMax Memory Used: <n> MB',
    ]);
  });

  it('bill init and duration together, rounded up to the millisecond', () => {
    const world = createWorld({ code: 'export const handler = async () => 1;' });
    invoke(world);
    world.runUntilIdle();
    const { durationMs, initDurationMs, billedMs } = (ofType(world, 'lambda:InvocationEnded')[0] as Fact).data as Record<string, number>;
    expect(billedMs).toBe(Math.ceil((durationMs as number) + (initDurationMs as number)));
    const report = logLines(world).find((line) => line.startsWith('REPORT'));
    expect(report).toContain(`Billed Duration: ${billedMs} ms`);
    expect(report).toContain(`Init Duration: ${(initDurationMs as number).toFixed(2)} ms`);
  });

  it('say a timeout in its own line and in REPORT', () => {
    const world = createWorld({ code: 'export const handler = () => new Promise((done) => setTimeout(done, 9000));' });
    invoke(world);
    world.runUntilIdle();
    expect(logLines(world).slice(2).map(masked)).toEqual([
      '<time> <id> Task timed out after 3.00 seconds',
      'END RequestId: <id>',
      'REPORT RequestId: <id>\tDuration: <ms>\tBilled Duration: <n> ms\tMemory Size: 128 MB\tMax Memory Used: <n> MB\tInit Duration: <ms>\tStatus: timeout',
    ]);
  });

  it('print an error of the handler as the Node.js runtime does', () => {
    const world = createWorld({ code: FAILS });
    invoke(world);
    world.runUntilIdle();
    const line = logLines(world).find((candidate) => candidate.includes('Invoke Error'));
    expect(masked(line ?? '')).toMatch(
      /^<time>\t<id>\tERROR\tInvoke Error \t\{"errorType":"Error","errorMessage":"card network down","stack":\[.*index\.mjs:1:\d+.*\]\}$/,
    );
  });

  it('go to one stream per environment, in the group of the function', () => {
    const world = createWorld({ code: 'export const handler = async () => 1;' });
    invoke(world);
    must(world, 'lambda:ReclaimEnvironments', ARN, {});
    invoke(world);
    world.runUntilIdle();
    const streams = ofType(world, 'logs:LogStreamCreated');
    expect(streams.map((fact) => fact.resource)).toEqual(Array(2).fill('arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/charge'));
    expect(new Set(streams.map((fact) => fact.data.logStreamName)).size).toBe(2);
    expect(streams[0]?.data.logStreamName).toMatch(/^2026\/11\/02\/\[\$LATEST\][0-9a-f]{32}$/);
  });
});

describe('calls of a handler', () => {
  it('reach SQS through the SDK, and the answer comes back in virtual time', () => {
    const world = createWorld({
      code: `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
        const sqs = new SQSClient({});
        export const handler = async () => {
          const before = Date.now();
          const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: 'hello' }));
          return { MessageId, tookMs: Date.now() - before };
        };`,
      configuration: { Environment: { Variables: { QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/failed' } } },
    });
    const answer = JSON.parse(invoke(world).Payload as string);
    const [message] = world.state<SqsState>('sqs').queues[DLQ]?.messages ?? [];
    expect(message).toMatchObject({ body: 'hello', messageId: answer.MessageId });
    expect(answer.tookMs).toBeGreaterThanOrEqual(2);
    expect(answer.tookMs).toBeLessThanOrEqual(20);
  });

  it('fail with the exception of the service', () => {
    const world = createWorld({
      code: `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
        export const handler = async () => {
          try { await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/nobody', MessageBody: 'x' })); }
          catch (error) { return { name: error.name, status: error.$metadata.httpStatusCode }; }
        };`,
    });
    expect(JSON.parse(invoke(world).Payload as string)).toMatchObject({ status: 400 });
  });

  it('find a host that is not there to be an error of the network', () => {
    const world = createWorld({
      code: "export const handler = async () => { try { await fetch('https://nobody.example/'); } catch (error) { return error.message; } };",
    });
    expect(invoke(world).Payload).toBe('"fetch failed"');
  });
});

describe('replay', () => {
  it('folds the trace into the state that the world has, at every service', () => {
    const world = createWorld({ code: FAILS, configuration: { DeadLetterConfig: { TargetArn: DLQ } } });
    for (let i = 0; i < 3; i++) invoke(world, { i }, 'Event');
    world.runUntilIdle();
    for (const prefix of ['lambda', 'sqs', 'logs']) {
      expect(world.stateAt(prefix, world.trace.length - 1)).toEqual(world.state(prefix));
      expect(JSON.parse(JSON.stringify(world.state(prefix)))).toEqual(world.state(prefix));
    }
    expect(JSON.parse(JSON.stringify(world.trace))).toEqual(world.trace);
  });
});
