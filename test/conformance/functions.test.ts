// Functions as an outsider uses them: logs in JSON, FIFO queues, loops, weights, and what is refused.
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { zipOf } from '../lambda-client';
import { createOutside, queueArn, thrownBy } from './outside';

const LAMBDA = 'lambda.amazonaws.com';
const ECHO = 'export const handler = async (event) => event;';
const QUEUE_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:SendMessage'];

it("logs in JSON by level, its own lines and the code's", async () => {
  const aws = await createOutside();
  const code = `export const handler = async () => { console.debug('quiet'); console.info('paid', { cents: 17 }); console.error(new TypeError('odd')); };`;
  await aws.deploy('bill', code, await aws.role('bill', LAMBDA), {
    LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'WARN' },
  });
  await aws.lambda.send(new InvokeCommand({ FunctionName: 'bill' }));
  aws.pass(1);
  const lines = (await aws.lines('/aws/lambda/bill')).map((line) => JSON.parse(line));
  expect(lines.map(({ level }) => level)).toEqual(['INFO', 'ERROR']);
  expect(lines[0]).toMatchObject({ timestamp: expect.stringMatching(/^2026-11-02T10:00:0\d\.\d{3}Z$/), requestId: expect.any(String) });
  expect(lines[1]).toMatchObject({ message: { errorType: 'TypeError', errorMessage: 'odd' } });
});

it('takes the messages of a FIFO queue in the order of their groups, and waits behind one that failed', async () => {
  const aws = await createOutside();
  const QueueUrl = await aws.queue('jobs.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true', VisibilityTimeout: '30' });
  const code = `let failed = false;
export const handler = async ({ Records }) => {
  console.log(Records.map(({ body }) => body).join());
  if (!failed && Records.some(({ body }) => body === 'a2')) { failed = true; throw new Error('once'); }
};`;
  await aws.deploy('worker', code, await aws.role('worker', LAMBDA, QUEUE_ACTIONS));
  await aws.lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: queueArn('jobs.fifo'), BatchSize: 1 }),
  );
  aws.pass(60);
  for (const MessageBody of ['a1', 'a2', 'a3', 'b1', 'b2']) {
    await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: MessageBody[0] }));
  }
  aws.pass(120);
  const seen = (await aws.lines('/aws/lambda/worker')).flatMap((line) => /\tINFO\t(\S+)/.exec(line)?.[1] ?? []);
  expect(seen.filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a2', 'a3']);
  expect(seen.filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2']);
  expect(seen.indexOf('b2')).toBeLessThan(seen.lastIndexOf('a2'));
});

it('is stopped in a loop through a queue after about sixteen turns', async () => {
  const aws = await createOutside();
  const QueueUrl = await aws.queue('jobs');
  const code = `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
export const handler = async () => { await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: '${QueueUrl}', MessageBody: 'again' })); };`;
  await aws.deploy('worker', code, await aws.role('worker', LAMBDA, QUEUE_ACTIONS));
  await aws.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: queueArn('jobs') }));
  aws.pass(60);
  await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'first' }));
  aws.pass(20);
  expect(aws.world.trace.filter(({ type }) => type === 'lambda:InvocationEnded')).toHaveLength(16);
  expect(aws.world.trace.filter(({ type }) => type === 'lambda:RecursiveInvocationDropped').length).toBeGreaterThan(0);
});

it('gives an alias the weight that it is told, within its range', async () => {
  const aws = await createOutside();
  await aws.deploy('bill', ECHO, await aws.role('bill', LAMBDA));
  await aws.lambda.send(new PublishVersionCommand({ FunctionName: 'bill' }));
  await aws.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'bill', ZipFile: zipOf(`${ECHO} // 2`) }));
  aws.pass(5);
  await aws.lambda.send(new PublishVersionCommand({ FunctionName: 'bill' }));
  const create = (Name: string, weight: number) => {
    const RoutingConfig = { AdditionalVersionWeights: { 2: weight } };
    return aws.lambda.send(new CreateAliasCommand({ FunctionName: 'bill', Name, FunctionVersion: '1', RoutingConfig }));
  };
  expect(await thrownBy(create('LIVE', 1.5))).toMatchObject({
    message:
      "1 validation error detected: Value '{2=1.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
  });
  await create('LIVE', 0.5);
  const ran = [];
  for (let i = 0; i < 40; i++) {
    ran.push((await aws.lambda.send(new InvokeCommand({ FunctionName: 'bill', Qualifier: 'LIVE' }))).ExecutedVersion);
  }
  expect(new Set(ran)).toEqual(new Set(['1', '2']));
});

it('refuses variables over 4 KB, at the byte', async () => {
  const aws = await createOutside();
  await aws.deploy('bill', ECHO, await aws.role('bill', LAMBDA));
  const set = (length: number) =>
    aws.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'bill', Environment: { Variables: { AA: 'x'.repeat(length) } } }),
    );
  await set(4096 - '{"AA":""}'.length);
  aws.pass(5);
  expect(await thrownBy(set(4097 - '{"AA":""}'.length))).toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. Measured size: 4097 bytes',
  });
});

it("answers another account when its policy and the caller's say so", async () => {
  const aws = await createOutside();
  const FunctionName = await aws.deploy('bill', ECHO, await aws.role('bill', LAMBDA));
  const other = aws.as('arn:aws:iam::444455556666:root');
  const invoke = () => other.lambda.send(new InvokeCommand({ FunctionName, Payload: '{"id":17}' }));
  expect(await thrownBy(invoke())).toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('because no resource-based policy allows the lambda:InvokeFunction action'),
  });
  await aws.lambda.send(
    new AddPermissionCommand({ FunctionName, StatementId: 'other', Action: 'lambda:InvokeFunction', Principal: '444455556666' }),
  );
  expect(new TextDecoder().decode((await invoke()).Payload)).toBe('{"id":17}');
});
