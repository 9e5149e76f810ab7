// Every operation and every error of every API that is known here, through the client that the SDK has for it: what the client
// sends is read back to what it was given, and what is answered comes out of it as it went in.
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as events from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../kernel/call';
import type { Json, JsonObject } from '../kernel/json';
import { toBase64, toUtf8 } from './bytes';
import { writeFault } from './error-response';
import type { HttpRequest, HttpResponse } from './http-message';
import type { Member, ServiceModel, Shape } from './model';
import { modelOf } from './models';
import { type Incoming, protocolOf, readRequest } from './read-request';
import { writeReply } from './write-reply';

type Sdk = Record<string, unknown>;
interface Client {
  send(command: unknown): Promise<Record<string, unknown>>;
}

const SDKS: [string, string, Sdk][] = [
  ['cloudwatch', 'CloudWatchClient', cloudwatch],
  ['events', 'EventBridgeClient', events],
  ['iam', 'IAMClient', iam],
  ['kms', 'KMSClient', kms],
  ['lambda', 'LambdaClient', lambda],
  ['logs', 'CloudWatchLogsClient', logs],
  ['sns', 'SNSClient', sns],
  ['sqs', 'SQSClient', sqs],
  ['sts', 'STSClient', sts],
];

const BYTES = new Uint8Array([0, 1, 127, 128, 255, 10]);
const SECONDS = 1_793_613_600.25;
const DEPTH_MAX = 5;

/** Text that each protocol has to escape, but for headers, which carry plain text. */
const textFor = ({ binding, name }: Member) => (binding.in === 'header' ? `x-${name}` : ` ${name} é😀 <&>"'+%/=?#.\r\n\t `);

/** Which operations' binary body is text to the service. */
const isText = (prefix: string, structure: string) => prefix === 'lambda' && /^Invocation(Request|Response)$/.test(structure);

/** A value of a shape: as a program gives and gets it (`sdk`), and as the world does (`world`). */
function sample(model: ServiceModel, shape: Shape, member: Member, owner: string, depth: number): { sdk: unknown; world: Json } {
  const same = <T extends Json>(value: T) => ({ sdk: value, world: value });
  switch (shape.kind) {
    case 'string':
      return same(textFor(member));
    case 'integer':
      return same(member.binding.in === 'status' ? 201 : 7);
    case 'float':
      return same(2.5);
    case 'boolean':
      return same(true);
    case 'document':
      return same({ a: [1, 'x'] });
    case 'unit':
      return same({});
    case 'timestamp':
      return { sdk: new Date(SECONDS * 1000), world: SECONDS };
    case 'blob':
      return isText(model.text.prefix, owner) ? { sdk: toUtf8('{"é":1}'), world: '{"é":1}' } : { sdk: BYTES, world: toBase64(BYTES) };
    case 'list': {
      const item = sample(model, shape.member, member, owner, depth + 1);
      return { sdk: [item.sdk, item.sdk], world: [item.world, item.world] };
    }
    case 'map': {
      const { sdk, world } = sample(model, shape.value, member, owner, depth + 1);
      return { sdk: { 'k 1': sdk, __proto: sdk }, world: { 'k 1': world, __proto: world } };
    }
    case 'structure':
      return sampleOf(model, shape.name, depth + 1);
  }
}

const holdsStructure = (shape: Shape): boolean =>
  shape.kind === 'structure' ||
  (shape.kind === 'list' && holdsStructure(shape.member)) ||
  (shape.kind === 'map' && holdsStructure(shape.value));

function sampleOf(model: ServiceModel, structure: string, depth = 0): { sdk: Record<string, unknown>; world: JsonObject } {
  const value = { sdk: {} as Record<string, unknown>, world: {} as JsonObject };
  for (const member of model.members(structure)) {
    if (depth > DEPTH_MAX && holdsStructure(member.shape)) continue;
    // An endpoint of a global EventBridge changes how the client signs.
    if (member.name === 'EndpointId') continue;
    const { sdk, world } = sample(model, member.shape, member, structure, depth);
    value.sdk[member.name] = sdk;
    value.world[member.name] = world;
  }
  return value;
}

/** A client whose requests are read, remembered, and answered with `answer`. */
function clientOf(sdk: Sdk, name: string, answer: (incoming: Incoming, request: HttpRequest) => HttpResponse, config: object = {}) {
  const heard: Incoming[] = [];
  const Client = sdk[name] as new (config: object) => Client;
  const prefix = SDKS.find(([, client]) => client === name)?.[0] ?? '';
  const client = new Client({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    md5: false,
    useQueueUrlAsEndpoint: false,
    requestHandler: {
      handle: async (request: HttpRequest) => {
        const incoming = await readRequest(modelOf(prefix) as ServiceModel, protocolOf(request), request);
        heard.push(incoming);
        return { response: answer(incoming, request) };
      },
    },
    ...config,
  });
  return { client, heard };
}

const command = (sdk: Sdk, operation: string, input: object) => new (sdk[`${operation}Command`] as new (input: object) => unknown)(input);

const structureName = (shape: Shape) => (shape.kind === 'structure' ? shape.name : null);

describe.each(SDKS)('the API of %s', (prefix, clientName, sdk) => {
  const model = modelOf(prefix) as ServiceModel;

  it.each(model.operationNames())('carries %s whole, both ways', async (name) => {
    const operation = model.operation(name);
    const input = structureName(operation?.input as Shape);
    const output = structureName(operation?.output as Shape);
    const given = input ? sampleOf(model, input) : { sdk: {}, world: {} };
    const answered = output ? sampleOf(model, output) : { sdk: {}, world: {} };
    const { client, heard } = clientOf(sdk, clientName, (incoming, request) =>
      writeReply(protocolOf(request), incoming, { ...answered.world, NoMemberOfAnyApi: 1 }, 'id'),
    );
    const { $metadata, ...received } = await client.send(command(sdk, name, given.sdk));
    expect(heard).toMatchObject([{ operation: { name }, input: given.world }]);
    expect(Object.keys(heard[0]?.input ?? {}).sort()).toEqual(Object.keys(given.world).sort());
    expect($metadata).toMatchObject({ attempts: 1 });
    expect(plain(received)).toEqual(answered.sdk);
  });

  it('carries absent members as absent and empty lists as empty', async () => {
    for (const name of model.operationNames()) {
      const operation = model.operation(name);
      const output = structureName(operation?.output as Shape);
      const lists = output ? model.members(output).filter(({ shape, binding }) => shape.kind === 'list' && binding.in === 'body') : [];
      const empty = Object.fromEntries(lists.filter(({ isFlattened }) => !isFlattened).map((member) => [member.name, []]));
      const input = structureName(operation?.input as Shape);
      const required = input ? model.members(input).filter(({ isRequired, binding }) => isRequired && binding.in === 'path') : [];
      const labels = Object.fromEntries(required.map((member) => [member.name, member.shape.kind === 'integer' ? 1 : 'x']));
      const { client, heard } = clientOf(sdk, clientName, (incoming, request) => writeReply(protocolOf(request), incoming, empty, 'id'));
      const { $metadata, StatusCode: _status, ...received } = await client.send(command(sdk, name, labels));
      const tokens = Object.keys(heard[0]?.input ?? {}).filter((member) => !(member in labels));
      // The client itself fills in tokens that make a request idempotent.
      expect(tokens.filter((token) => !/Token$/.test(token))).toEqual([]);
      expect(JSON.parse(JSON.stringify(received, (_, value) => value ?? undefined))).toEqual(empty);
      expect($metadata).toBeDefined();
    }
  });

  it('throws each of its errors as the class that the SDK has for it', async () => {
    const lines = model.text.errors.split('\n').filter((line) => line !== '');
    for (const line of lines) {
      const [name = '', code = '', status = ''] = line.split(' ');
      for (const spelling of new Set([name, code])) {
        const fault: Fault = { code: spelling, message: `Not <so> & "${name}".`, status: Number(status), side: 'client' };
        const { client } = clientOf(sdk, clientName, (_, request) => writeFault(model, protocolOf(request), fault, 'id-1'));
        const operation = model.operationNames().find((candidate) => !model.operation(candidate)?.http?.path.includes('{')) ?? '';
        const error = await client.send(command(sdk, operation, {})).catch((thrown: unknown) => thrown);
        // Two errors of one code are one to a client that goes by the code.
        const names = lines.filter((other) => other.split(' ')[1] === code).map((other) => other.split(' ')[0] ?? '');
        expect(names, line).toContain((error as Error).constructor.name);
        expect(sdk[(error as Error).constructor.name], line).toBe((error as Error).constructor);
        expect(error).toMatchObject({ message: fault.message, $metadata: { httpStatusCode: fault.status } });
      }
    }
  });

  it('throws an error that it shares with all others under its code', async () => {
    const fault: Fault = { code: 'AccessDenied', message: 'User: x is not authorized', status: 403, side: 'client' };
    const { client } = clientOf(sdk, clientName, (_, request) => writeFault(model, protocolOf(request), fault, 'id-1'));
    const operation = model.operationNames().find((candidate) => !model.operation(candidate)?.http?.path.includes('{')) ?? '';
    const error = await client.send(command(sdk, operation, {})).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'AccessDenied', message: fault.message, $fault: 'client', $metadata: { httpStatusCode: 403 } });
  });
});

describe('the Query protocol of services that speak JSON today', () => {
  it.each(['sqs', 'cloudwatch'])('carries the operations of %s, as older clients send them', async (prefix) => {
    const [, clientName, sdk] = SDKS.find(([name]) => name === prefix) as [string, string, Sdk];
    const model = modelOf(prefix) as ServiceModel;
    const { namespace: defaultNamespace, version } = model.text;
    for (const name of model.operationNames()) {
      const operation = model.operation(name);
      const input = structureName(operation?.input as Shape);
      const output = structureName(operation?.output as Shape);
      const given = input ? sampleOf(model, input) : { sdk: {}, world: {} };
      const answered = output ? sampleOf(model, output) : { sdk: {}, world: {} };
      // Both of its members are AttributeName in a form.
      if (name === 'ReceiveMessage') delete given.sdk.AttributeNames;
      if (name === 'ReceiveMessage') delete given.world.AttributeNames;
      const { client, heard } = clientOf(
        sdk,
        clientName,
        (incoming, request) => writeReply(protocolOf(request), incoming, answered.world, 'id'),
        { protocol: new AwsQueryProtocol({ defaultNamespace, errorTypeRegistries: [], version, xmlNamespace: '' }) },
      );
      const { $metadata, ...received } = await client.send(command(sdk, name, given.sdk));
      expect(heard).toMatchObject([{ operation: { name }, input: withoutEmpty(given.world) }]);
      expect(plain(received)).toEqual(answered.sdk);
      expect($metadata).toBeDefined();
    }
  });
});

/** A form has no way to say that a structure is there and empty. */
function withoutEmpty(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => JSON.stringify(item) !== '{}');
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutEmpty(item)]));
}

/** Bytes without the methods that the SDK adds to them. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
