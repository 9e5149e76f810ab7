// Clients of the AWS SDK inside a handler: what they send, what they throw, and how they retry.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, runOnce, spec } from '../../test/sandbox/guest-run';
import { testSandboxes } from '../../test/sandboxes';
import type { SandboxFactory } from './sandbox';

let factory: SandboxFactory;
beforeAll(async () => {
  factory = await testSandboxes();
});

const fault = (name: string, status: number, message = 'no'): ReturnType<Answer> => ({
  ok: false,
  name,
  message,
  status,
  side: status < 500 ? 'client' : 'server',
});
const run = (imports: string, body: string, answer?: Answer) =>
  runOnce(factory, spec(`${imports}\nexport const handler = async (event) => {\n${body}\n};`), {}, answer);

describe('a command', () => {
  const SENT: [string, string, string, { service: string; operation: string; input: unknown }][] = [
    [
      'of SQS',
      "import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';",
      "await new SQSClient({ region: 'eu-west-1' }).send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'b' }))",
      { service: 'sqs', operation: 'SendMessage', input: { QueueUrl: 'q', MessageBody: 'b' } },
    ],
    [
      'as a method of the aggregated client',
      "import { EventBridge } from '@aws-sdk/client-eventbridge';",
      'await new EventBridge().putEvents({ Entries: [{ Time: new Date(1500) }] })',
      { service: 'events', operation: 'PutEvents', input: { Entries: [{ Time: 1.5 }] } },
    ],
    [
      'with bytes',
      "import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';",
      "await new KinesisClient().send(new PutRecordCommand({ StreamName: 's', Data: new TextEncoder().encode('hi') }))",
      { service: 'kinesis', operation: 'PutRecord', input: { StreamName: 's', Data: 'aGk=' } },
    ],
    [
      'with a payload of text',
      "import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';",
      "await new LambdaClient().send(new InvokeCommand({ FunctionName: 'f', Payload: Buffer.from('{\"a\":1}') }))",
      { service: 'lambda', operation: 'Invoke', input: { FunctionName: 'f', Payload: '{"a":1}' } },
    ],
    [
      'by require',
      '',
      "const { SNS } = require('@aws-sdk/client-sns'); await new SNS({}).publish({ TopicArn: 't', Message: 'm', __proto__: null })",
      { service: 'sns', operation: 'Publish', input: { TopicArn: 't', Message: 'm' } },
    ],
    [
      'without input',
      "import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';",
      'await new STSClient().send(new GetCallerIdentityCommand())',
      { service: 'sts', operation: 'GetCallerIdentity', input: {} },
    ],
  ];
  it.each(SENT)('%s is one request', (_name, imports, body, expected) => {
    const files = imports ? undefined : { 'index.js': `exports.handler = async () => {${body}};` };
    const { requests, error } = files ? runOnce(factory, spec(files)) : run(imports, body);
    expect(error).toBeNull();
    expect(
      requests.map((request) =>
        request.type === 'request' ? { service: request.service, operation: request.operation, input: JSON.parse(request.input) } : request,
      ),
    ).toEqual([expected]);
  });

  it('answers with the output and its metadata', () => {
    const body =
      "const out = await new SQSClient().send(new ReceiveMessageCommand({ QueueUrl: 'q' })); return [out.Messages, out.$metadata.httpStatusCode, out.$metadata.attempts];";
    const { result } = run("import { SQSClient, ReceiveMessageCommand } from '@aws-sdk/client-sqs';", body, () => ({
      ok: true,
      body: '{"Messages":[{"Body":"x"}]}',
    }));
    expect(result).toEqual([[{ Body: 'x' }], 200, 1]);
  });

  it('gives payloads and bodies the methods that the SDK gives them', () => {
    const imports = "import { Lambda } from '@aws-sdk/client-lambda'; import { S3 } from '@aws-sdk/client-s3';";
    const body = `const out = await new Lambda().invoke({ FunctionName: 'f' }); const object = await new S3().getObject({ Bucket: 'b', Key: 'k' });
      const chunks = []; for await (const chunk of (await new S3().getObject({ Bucket: 'b', Key: 'k' })).Body) chunks.push(chunk);
      return [JSON.parse(Buffer.from(out.Payload).toString()), out.Payload.transformToString(), await object.Body.transformToString(), Buffer.concat(chunks).toString()];`;
    const answer: Answer = (request) => ({
      ok: true,
      body: request.type === 'request' && request.service === 'lambda' ? '{"Payload":"{\\"a\\":1}"}' : '{"Body":"text"}',
    });
    expect(run(imports, body, answer).result).toEqual([{ a: 1 }, '{"a":1}', 'text', 'text']);
  });

  it('takes a callback too', () => {
    const body = "return new Promise((done) => new SQS().sendMessage({ QueueUrl: 'q' }, (error, data) => done([error, data.MessageId])));";
    expect(run("import { SQS } from '@aws-sdk/client-sqs';", body, () => ({ ok: true, body: '{"MessageId":"m"}' })).result).toEqual([
      null,
      'm',
    ]);
  });
});

describe('the document client', () => {
  const IMPORTS =
    "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; import { DynamoDBDocumentClient, DynamoDBDocument, GetCommand, PutCommand, BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'; import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';";

  it('sends attribute values and gives plain ones back', () => {
    const body = `const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });
      await client.send(new PutCommand({ TableName: 't', Item: { id: 'o-1', n: 1.5, ok: true, none: null, list: [1, 'a'], map: { x: 1 }, set: new Set(['a']), gone: undefined }, ConditionExpression: 'attribute_not_exists(id)', ExpressionAttributeValues: { ':v': 2 } }));
      await client.send(new BatchWriteCommand({ RequestItems: { t: [{ PutRequest: { Item: { id: 'b' } } }, { DeleteRequest: { Key: { id: 'c' } } }] } }));
      const { Item } = await client.send(new GetCommand({ TableName: 't', Key: { id: 'o-1' } }));
      const { Items, Count } = await DynamoDBDocument.from(new DynamoDBClient()).query({ TableName: 't' });
      return [Item, Items, Count];`;
    const answer: Answer = (request) => {
      const operation = request.type === 'request' ? request.operation : '';
      const outputs: Record<string, string> = {
        GetItem: '{"Item":{"id":{"S":"o-1"},"n":{"N":"7"}}}',
        Query: '{"Count":1,"Items":[{"l":{"L":[{"BOOL":true},{"NULL":true}]}}]}',
      };
      return { ok: true, body: outputs[operation] ?? '{}' };
    };
    const { result, requests, error } = run(IMPORTS, body, answer);
    expect(error).toBeNull();
    expect(result).toEqual([{ id: 'o-1', n: 7 }, [{ l: [true, null] }], 1]);
    expect(requests.map((request) => (request.type === 'request' ? [request.operation, JSON.parse(request.input)] : null))).toEqual([
      [
        'PutItem',
        {
          TableName: 't',
          Item: {
            id: { S: 'o-1' },
            n: { N: '1.5' },
            ok: { BOOL: true },
            none: { NULL: true },
            list: { L: [{ N: '1' }, { S: 'a' }] },
            map: { M: { x: { N: '1' } } },
            set: { SS: ['a'] },
          },
          ConditionExpression: 'attribute_not_exists(id)',
          ExpressionAttributeValues: { ':v': { N: '2' } },
        },
      ],
      [
        'BatchWriteItem',
        { RequestItems: { t: [{ PutRequest: { Item: { id: { S: 'b' } } } }, { DeleteRequest: { Key: { id: { S: 'c' } } } }] } },
      ],
      ['GetItem', { TableName: 't', Key: { id: { S: 'o-1' } } }],
      ['Query', { TableName: 't' }],
    ]);
  });

  it('converts in both directions', () => {
    const body =
      "const item = { s: '', n: -1, b: false, l: [[1]], m: { d: { e: 'f' } }, z: null, ns: new Set([1, 2]) }; const back = unmarshall(marshall(item)); return [back, [...back.ns], marshall({ a: 1n })];";
    expect(run(IMPORTS, body).result).toEqual([
      { s: '', n: -1, b: false, l: [[1]], m: { d: { e: 'f' } }, z: null, ns: {} },
      [1, 2],
      { a: { N: '1' } },
    ]);
  });
});

describe('a fault', () => {
  const DYNAMO =
    "import { DynamoDBClient, PutItemCommand, ConditionalCheckFailedException, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';";
  const PUT = "new DynamoDBClient().send(new PutItemCommand({ TableName: 't', Item: {} }))";

  it('becomes the exception that the package exports', () => {
    const body = `try { await ${PUT} } catch (e) { return [e.name, e.message, e instanceof ConditionalCheckFailedException, e instanceof DynamoDBServiceException, e instanceof Error, e.$fault, e.$metadata.httpStatusCode, e.constructor.name] }`;
    const { result } = run(DYNAMO, body, () => fault('ConditionalCheckFailedException', 400, 'The conditional request failed'));
    expect(result).toEqual([
      'ConditionalCheckFailedException',
      'The conditional request failed',
      true,
      true,
      true,
      'client',
      400,
      'ConditionalCheckFailedException',
    ]);
  });

  it('that no package exports is the service’s own exception', () => {
    const body = `try { await ${PUT} } catch (e) { return [e.name, e instanceof ConditionalCheckFailedException, e instanceof DynamoDBServiceException] }`;
    expect(run(DYNAMO, body, () => fault('AccessDeniedException', 400)).result).toEqual(['AccessDeniedException', false, true]);
  });

  it('that a handler does not catch is its error', () => {
    const { error } = run(DYNAMO, `await ${PUT};`, () => fault('AccessDeniedException', 400, 'not authorized'));
    expect(error).toMatchObject({ errorType: 'AccessDeniedException', errorMessage: 'not authorized' });
  });
});

describe('a retry', () => {
  const SEND = "import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';";
  const body = (config: string) =>
    `const client = new SQSClient(${config}); try { const out = await client.send(new SendMessageCommand({ QueueUrl: 'q' })); return ['sent', out.$metadata.attempts] } catch (e) { return [e.name, e.$metadata.attempts] }`;

  it.each([
    ['a throttle', '{}', 'ThrottlingException', 400, 3],
    ['status 429', '{}', 'Anything', 429, 3],
    ['a server fault', '{}', 'InternalError', 500, 3],
    ['a bad gateway', '{}', 'Whatever', 502, 3],
    ['with maxAttempts 1', '{ maxAttempts: 1 }', 'InternalError', 500, 1],
    ['with maxAttempts 5', '{ maxAttempts: 5 }', 'InternalError', 503, 5],
    ['not of a client fault', '{}', 'QueueDoesNotExist', 400, 1],
    ['not of 501', '{}', 'NotImplemented', 501, 1],
  ])('%s: attempts', (_name, config, code, status, attempts) => {
    const { result, requests } = run(SEND, body(config), () => fault(code, status));
    expect([result, requests.length]).toEqual([[code, attempts], attempts]);
  });

  it('succeeds when the service recovers, after waiting', () => {
    const { result, tookMs } = run(SEND, body('{}'), (_request, count) =>
      count < 3 ? fault('ThrottlingException', 400) : { ok: true, body: '{}' },
    );
    expect(result).toEqual(['sent', 3]);
    expect(tookMs).toBeGreaterThan(20);
    expect(tookMs).toBeLessThan(2000);
  });

  it('stops when the service keeps failing: the client runs out of retry tokens', () => {
    const many = `const client = new SQSClient({ maxAttempts: 4 }); let attempts = 0; for (let i = 0; i < 60; i++) try { await client.send(new SendMessageCommand({ QueueUrl: 'q' })) } catch (e) { attempts += e.$metadata.attempts } return attempts;`;
    expect(run(SEND, many, () => fault('InternalError', 500)).result).toBe(60 + 100);
  });
});

describe('fetch', () => {
  it('sends method, headers and body, and reads the answer', () => {
    const body = `const response = await fetch('https://cards.example/charges?x=1', { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'k' }, body: JSON.stringify({ amount: 5 }) });
      return [response.ok, response.status, response.statusText, response.headers.get('x-id'), await response.json(), response.url];`;
    const { result, requests } = run('', body, () => ({
      ok: true,
      body: JSON.stringify({ status: 201, headers: { 'X-Id': '7' }, body: '{"id":"c"}' }),
    }));
    expect(requests).toMatchObject([
      {
        type: 'fetch',
        url: 'https://cards.example/charges?x=1',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
        body: '{"amount":5}',
      },
    ]);
    expect(result).toEqual([true, 201, 'Created', '7', { id: 'c' }, 'https://cards.example/charges?x=1']);
  });

  it('fails with a cause when the host cannot be reached', () => {
    const body = "try { await fetch('https://cards.example/') } catch (e) { return [e.name, e.message, e.cause.code, e.cause.message] }";
    expect(run('', body, () => fault('ECONNREFUSED', 0, 'connect ECONNREFUSED')).result).toEqual([
      'TypeError',
      'fetch failed',
      'ECONNREFUSED',
      'connect ECONNREFUSED',
    ]);
  });

  it('ends with its signal', () => {
    const body = "try { await fetch('https://slow.example/', { signal: AbortSignal.timeout(2) }) } catch (e) { return e.name }";
    expect(run('', body).result).toBe('TimeoutError');
  });

  it('says which address is wrong', () => {
    expect(run('', "try { await fetch('/relative') } catch (e) { return [e.name, e.message, e.cause.code] }").result).toEqual([
      'TypeError',
      'Failed to parse URL from /relative',
      'ERR_INVALID_URL',
    ]);
  });
});
