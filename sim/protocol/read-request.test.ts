import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../kernel/json';
import { fromBase64, fromUtf8, toBase64, toUtf8 } from './bytes';
import { destinationOf, type HttpRequest } from './http-message';
import { parseMember, parseShape, type ServiceModel } from './model';
import { modelOf } from './models';
import { prefixOf, protocolOf, readRequest } from './read-request';
import { findRestOperation, matchPath } from './rest-binding';
import { readTimestamp, writeTimestamp } from './timestamp';
import { WireError } from './wire-error';

const json = (target: string, body: unknown, version = '1.0'): HttpRequest => ({
  method: 'POST',
  hostname: 'sqs.eu-west-1.amazonaws.com',
  path: '/',
  headers: { 'Content-Type': `application/x-amz-json-${version}`, 'X-Amz-Target': target },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const form = (body: string): HttpRequest => ({
  method: 'POST',
  hostname: 'sns.eu-west-1.amazonaws.com',
  path: '/',
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body,
});

const rest = (method: string, path: string, body = '', query: HttpRequest['query'] = {}): HttpRequest => ({
  method,
  hostname: 'lambda.eu-west-1.amazonaws.com',
  path,
  query,
  headers: { 'content-type': 'application/json' },
  body,
});

function read(request: HttpRequest) {
  const model = modelOf(prefixOf(request, destinationOf(request)) ?? '') as ServiceModel;
  return readRequest(model, protocolOf(request), request);
}

/** Code and message of the refusal. */
async function refusalOf(request: HttpRequest): Promise<string> {
  const error: unknown = await read(request).then(
    () => 'read',
    (thrown: unknown) => thrown,
  );
  return error instanceof WireError ? `${error.fault.status} ${error.fault.code}: ${error.message}` : String(error);
}

const send = (members: object) => json('AmazonSQS.SendMessage', members);
const SERIALIZATION = '400 SerializationException: ';

describe('a request is refused', () => {
  const CASES: [string, HttpRequest, string][] = [
    ['that is no JSON', json('AmazonSQS.SendMessage', '{'), `${SERIALIZATION}The request body is not valid JSON.`],
    ['that is no object', json('AmazonSQS.SendMessage', '[]'), `${SERIALIZATION}The request body is no JSON object.`],
    ['with a number for a text', send({ MessageBody: 1 }), `${SERIALIZATION}NUMBER_VALUE can not be converted to a String`],
    ['with a truth for a text', send({ MessageBody: true }), `${SERIALIZATION}TRUE_VALUE can not be converted to a String`],
    ['with a text for a number', send({ DelaySeconds: '1' }), `${SERIALIZATION}STRING_VALUE can not be converted to an Integer`],
    ['with a list for a text', send({ MessageBody: [] }), `${SERIALIZATION}Start of list found where not expected`],
    ['with a map for a text', send({ MessageBody: {} }), `${SERIALIZATION}Start of structure or map found where not expected.`],
    ['with a text for a map', send({ MessageAttributes: 'x' }), `${SERIALIZATION}Expected map or null`],
    ['with a text for a list', json('AmazonSQS.UntagQueue', { QueueUrl: 'u', TagKeys: 'x' }), `${SERIALIZATION}Expected list or null`],
    [
      'with bytes that are no base64',
      send({ MessageAttributes: { a: { BinaryValue: 'é' } } }),
      `${SERIALIZATION}STRING_VALUE can not be converted to a Blob`,
    ],
    ['for nothing known', json('AmazonSQS.Fly', {}), '404 UnknownOperationException: The API of sqs has no operation Fly.'],
    ['without a target', json('AmazonSQS.', {}), '404 UnknownOperationException: The API of sqs has no operation at this path.'],
    [
      'for what the simulator has not',
      { ...form('Action=CreateSAMLProvider'), hostname: 'iam.amazonaws.com' },
      '404 UnknownOperationException: CreateSAMLProvider of iam is not part of this simulator.',
    ],
    ['with a form that is badly encoded', form('Action=%E0%A4%A'), '400 MalformedInput: The request is not correctly encoded as a form.'],
    [
      'with a list position that is none',
      form('Action=PublishBatch&PublishBatchRequestEntries.member.x.Id=1'),
      '400 MalformedInput: x is not a position in a list.',
    ],
    [
      'with a list position beyond all lists',
      form('Action=PublishBatch&PublishBatchRequestEntries.member.99999999.Id=1'),
      '400 MalformedInput: 99999999 is not a position in a list.',
    ],
    [
      'with a number that is none',
      { ...form('Action=ListRoles&MaxItems=many'), hostname: 'iam.amazonaws.com' },
      "400 MalformedInput: Invalid Integer value for MaxItems: 'many'",
    ],
    ['with a path too deep', form(`Action=Publish&${'a.'.repeat(100)}=1`), '400 MalformedInput: The request is nested too deeply.'],
    [
      'with a query value of the wrong type',
      rest('GET', '/2015-03-31/functions', '', { MaxItems: 'x' }),
      `${SERIALIZATION}STRING_VALUE can not be converted to an Integer`,
    ],
    [
      'at a path of nothing',
      rest('GET', '/2015-03-31/nothing'),
      '404 UnknownOperationException: The API of lambda has no operation at this path.',
    ],
    [
      'with a path badly encoded',
      rest('GET', '/2015-03-31/functions/%E0%A4%A'),
      `${SERIALIZATION}The path of the request is not correctly encoded.`,
    ],
    [
      'that says it is compressed and is not',
      { ...send({}), headers: { ...send({}).headers, 'content-encoding': 'gzip' } },
      `${SERIALIZATION}The request body is not valid gzip.`,
    ],
  ];

  it.each(CASES)('%s', async (_name, request, refusal) => {
    expect(await refusalOf(request)).toBe(refusal);
  });

  it('in a protocol that nobody here speaks', async () => {
    const request = { ...rest('POST', '/'), headers: { 'smithy-protocol': 'rpc-v2-cbor' } };
    expect(() => protocolOf(request)).toThrow('The protocol rpc-v2-cbor is not understood here');
  });
});

describe('a request is read', () => {
  it('without what the API does not know and what is null', async () => {
    const { input } = await read(send({ MessageBody: 'x', DelaySeconds: null, Files: { a: 1 }, constructor: 'x' }));
    expect(input).toEqual({ MessageBody: 'x' });
  });

  it('with keys that are names of JavaScript as keys like any other', async () => {
    const { input } = await read(json('AmazonSQS.TagQueue', '{"QueueUrl":"u","Tags":{"__proto__":"a","constructor":"b"}}'));
    expect(Object.entries(input.Tags as object)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    const publish = await read(
      form('Action=Publish&Message=m&MessageAttributes.entry.1.Name=__proto__&MessageAttributes.entry.1.Value.DataType=String'),
    );
    expect(Object.entries(publish.input.MessageAttributes as object)).toEqual([['__proto__', { DataType: 'String' }]]);
  });

  it('with the whole part of a number that has to be whole', async () => {
    expect((await read(send({ DelaySeconds: 1.9 }))).input).toEqual({ DelaySeconds: 1 });
  });

  it('with lists in the order of their positions, whatever the order of the form', async () => {
    const { input } = await read(form('Action=TagResource&Tags.member.10.Key=b&Tags.member.2.Key=a+b%2B&ResourceArn=x'));
    expect(input).toEqual({ ResourceArn: 'x', Tags: [{ Key: 'a b+' }, { Key: 'b' }] });
  });

  it('when its client compressed it', async () => {
    let heard: Json = null;
    const client = new CloudWatchClient({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      requestHandler: {
        handle: async (request: HttpRequest) => {
          expect(request.headers['content-encoding']).toBe('gzip');
          heard = (await read(request)).input;
          return { response: { statusCode: 200, headers: {}, body: new Uint8Array(0) } };
        },
      },
    });
    const MetricData = Array.from({ length: 600 }, (_, i) => ({ MetricName: `latency-${i}`, Value: i / 8, Unit: 'Count' as const }));
    await client.send(new PutMetricDataCommand({ Namespace: 'n', MetricData }));
    expect(heard).toEqual({ Namespace: 'n', MetricData });
  });

  it('as the operation whose path it has', () => {
    const lambda = modelOf('lambda') as ServiceModel;
    const ROUTES: [string, string, HttpRequest['query'], string, object][] = [
      ['GET', '/2015-03-31/functions/', {}, 'ListFunctions', {}],
      ['GET', '/2015-03-31/functions/a%3A1', {}, 'GetFunction', { FunctionName: 'a:1' }],
      ['GET', '/2015-03-31/functions/f/aliases/live', {}, 'GetAlias', { FunctionName: 'f', Name: 'live' }],
      ['GET', '/2018-10-31/layers', { find: 'LayerVersion', Arn: 'x' }, 'GetLayerVersionByArn', {}],
      ['GET', '/2018-10-31/layers', {}, 'ListLayers', {}],
      ['DELETE', '/2015-03-31/functions/f/policy/s', {}, 'RemovePermission', { FunctionName: 'f', StatementId: 's' }],
      [
        'GET',
        '/2019-09-30/functions/f/provisioned-concurrency',
        { List: 'ALL' },
        'ListProvisionedConcurrencyConfigs',
        { FunctionName: 'f' },
      ],
      [
        'GET',
        '/2019-09-30/functions/f/provisioned-concurrency',
        { Qualifier: '1' },
        'GetProvisionedConcurrencyConfig',
        { FunctionName: 'f' },
      ],
    ];
    for (const [method, path, query, name, labels] of ROUTES) {
      expect(findRestOperation(lambda, rest(method, path, '', query)), `${method} ${path}`).toEqual({ name, labels });
    }
    expect(matchPath('/tags/{Resource+}', '/tags/a/b%20c')).toEqual({ Resource: 'a/b c' });
    expect(matchPath('/tags/{Resource}', '/tags/')).toBeNull();
  });
});

describe('where a request goes', () => {
  const at = (hostname: string, authorization = '') =>
    destinationOf({ ...rest('GET', '/'), hostname, headers: { Authorization: authorization } });

  it('is in its signature, else in its host', () => {
    const signed = 'AWS4-HMAC-SHA256 Credential=AKIA1/20261123/us-gov-west-1/monitoring/aws4_request, SignedHeaders=host';
    expect(at('localhost', signed)).toEqual({ signedAs: 'monitoring', host: null, region: 'us-gov-west-1', accessKeyId: 'AKIA1' });
    expect(at('sqs.ap-southeast-2.amazonaws.com')).toEqual({ signedAs: null, host: 'sqs', region: 'ap-southeast-2', accessKeyId: null });
    expect(at('iam.amazonaws.com')).toMatchObject({ host: 'iam', region: null });
    expect(at('lambda.eu-west-1.api.aws')).toMatchObject({ host: 'lambda', region: 'eu-west-1' });
  });

  it('names no service when nothing says which', () => {
    expect(prefixOf({ ...rest('GET', '/'), hostname: 'example.com' }, at('example.com'))).toBeNull();
  });
});

describe('timestamps', () => {
  it('are read from each spelling', () => {
    for (const value of [
      1_793_613_600,
      '1793613600',
      '1.7936136e9',
      '2026-11-02T10:00:00Z',
      '2026-11-02T12:00:00+02:00',
      'Mon, 02 Nov 2026 10:00:00 GMT',
    ]) {
      expect(readTimestamp(value), String(value)).toBe(1_793_613_600);
    }
    for (const value of ['yesterday', '', '2026-11-02', Number.NaN, null, {}]) expect(readTimestamp(value)).toBeNull();
  });

  it('are written in the format of the member, else of the protocol', () => {
    expect(writeTimestamp('2026-11-02T10:00:00.123Z', 'default', 'epoch', 'T')).toBe(1_793_613_600.123);
    expect(writeTimestamp(1_793_613_600, 'default', 'iso', 'T')).toBe('2026-11-02T10:00:00Z');
    expect(writeTimestamp(1_793_613_600.5, 'iso', 'epoch', 'T')).toBe('2026-11-02T10:00:00.500Z');
    expect(writeTimestamp(1_793_613_600, 'http', 'epoch', 'T')).toBe('Mon, 02 Nov 2026 10:00:00 GMT');
    expect(() => writeTimestamp('soon', 'iso', 'iso', 'Rule.Created')).toThrow(
      'The service answered with a Rule.Created that is no timestamp.',
    );
  });
});

describe('bytes', () => {
  it('survive base64, and text UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ unit: 'binary' }), (bytes, text) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromUtf8(toUtf8(text))).toBe(text);
      }),
    );
  });
});

describe('the text of a shape', () => {
  it('is read whole', () => {
    expect(parseShape('[<s~Name:[Tag~item]~Value>]')).toEqual({
      kind: 'list',
      xmlName: null,
      member: {
        kind: 'map',
        key: { kind: 'string' },
        keyXmlName: 'Name',
        valueXmlName: 'Value',
        value: { kind: 'list', xmlName: 'item', member: { kind: 'structure', name: 'Tag' } },
      },
    });
    expect(parseMember('Names!:[s]#NameList@f@x=Name@j=names')).toMatchObject({
      name: 'Names',
      isRequired: true,
      constraint: 'NameList',
      isFlattened: true,
      xmlName: 'Name',
      jsonName: 'names',
      binding: { in: 'body' },
    });
    expect(parseMember('Type:s@h=X-Amz-Type').binding).toEqual({ in: 'header', name: 'x-amz-type' });
  });

  it('is refused where it is none', () => {
    expect(() => parseShape('[s')).toThrow('Expected ] at 2 of the type [s.');
    expect(() => parseShape('s]')).toThrow('goes on after its end');
    expect(() => parseMember('Name')).toThrow('Not a member: Name');
    expect(() => parseMember('Name:s@z=1')).toThrow('Unknown trait @z=1 of Name.');
  });

  it.each(['cloudwatch', 'events', 'iam', 'kms', 'lambda', 'logs', 'sns', 'sqs', 'sts'])(
    'names only structures that are there: %s',
    (prefix) => {
      const model = modelOf(prefix) as ServiceModel;
      const walk = (shape: ReturnType<typeof parseShape>, seen: Set<string>): void => {
        if (shape.kind === 'list') walk(shape.member, seen);
        if (shape.kind === 'map') walk(shape.value, seen);
        if (shape.kind !== 'structure' || seen.has(shape.name)) return;
        seen.add(shape.name);
        for (const member of model.members(shape.name)) walk(member.shape, seen);
      };
      const seen = new Set<string>();
      for (const name of model.operationNames()) {
        walk(model.operation(name)?.input ?? { kind: 'unit' }, seen);
        walk(model.operation(name)?.output ?? { kind: 'unit' }, seen);
      }
      expect(seen.size).toBeGreaterThan(5);
    },
  );
});
