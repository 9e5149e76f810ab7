import { crc32, deflateRawSync } from 'node:zlib';
import {
  CreateFunctionCommand,
  InvalidParameterValueException,
  InvokeCommand,
  LambdaClient,
  ResourceNotFoundException,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { testSandboxes } from '../../test/sandboxes';
import { createAws } from '../aws';
import type { JsonObject } from '../kernel/json';
import { World } from '../kernel/world';
import { createRequestHandler } from './request-handler';
import { decompress, unzip } from './zip';

/** An archive as a zip program writes it: entries, their directory, and its end. */
function zip(files: [string, string | Uint8Array][], options: { isStored?: boolean; comment?: string; size?: number } = {}): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of files) {
    const content = Buffer.from(text as string);
    const packed = options.isStored ? content : deflateRawSync(content);
    const nameBytes = Buffer.from(name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(options.isStored ? 0 : 8, 4);
    about.writeUInt32LE(typeof crc32 === 'function' ? crc32(content) : 0, 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(options.size ?? content.length, 18);
    about.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, nameBytes, packed]);
    const entry = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), about, Buffer.alloc(14), nameBytes]);
    entry.writeUInt32LE(at, 42);
    parts.push(local);
    directory.push(entry);
    at += local.length;
  }
  const comment = Buffer.from(options.comment ?? '');
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return new Uint8Array(Buffer.concat([...parts, ...directory, end, comment]));
}

const HANDLER = 'export const handler = async () => "é";\n'.repeat(50);
const FILES: [string, string][] = [
  ['index.mjs', HANDLER],
  ['lib/', ''],
  ['lib/ü.json', '{}'],
];
const READ = { files: { 'index.mjs': HANDLER, 'lib/ü.json': '{}' } };

describe('an archive', () => {
  it('gives its files, compressed or stored, whatever stands around them', async () => {
    expect(await unzip(zip(FILES))).toEqual(READ);
    expect(await unzip(zip(FILES, { isStored: true }))).toEqual(READ);
    expect(await unzip(zip(FILES, { comment: 'built today' }))).toEqual(READ);
  });

  it.each([
    ['empty', new Uint8Array(0)],
    ['no archive', new TextEncoder().encode('export const handler = 1; // long enough to hold an end of directory')],
    ['without files', zip([])],
    ['cut short at its begin', zip(FILES).subarray(40)],
    ['cut short at its end', zip(FILES).subarray(0, -30)],
    ['of files that are longer than it says', zip(FILES, { size: 3 })],
    ['of files that are shorter than it says', zip(FILES, { size: 30_000 })],
  ])('that is %s is broken', async (_name, bytes) => {
    expect(await unzip(bytes)).toEqual({ broken: 'archive' });
  });

  it('that says it holds more than Lambda takes is not unpacked', async () => {
    expect(await unzip(zip(FILES, { size: 300_000_000 }))).toEqual({ broken: 'size' });
  });

  it('is unpacked no further than the size that it states', async () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(60_000);
    await expect(decompress(bomb, 'deflate-raw', 1000)).rejects.toThrow('More than 1000 bytes.');
  });
});

describe('a package that the SDK sends', () => {
  const ACCOUNT = '111122223333';

  function createLambda() {
    const heard: JsonObject[] = [];
    const world = new World({
      services: [
        {
          prefix: 'lambda',
          initial: () => null,
          actions: {
            Take: (_state, call) => {
              heard.push(call.input);
              return { ok: {} };
            },
          },
          apply: () => {},
          route: () => ({ action: 'lambda:Take', resource: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f` }),
        },
      ],
      account: ACCOUNT,
      region: 'eu-west-1',
      seed: 1,
      startAtEpochMs: 0,
    });
    const principal = { type: 'root' as const, id: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT };
    const client = new LambdaClient({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
      requestHandler: createRequestHandler(world, principal),
    });
    return { client, heard };
  }

  const create = (ZipFile: Uint8Array) =>
    new CreateFunctionCommand({ FunctionName: 'f', Role: `arn:aws:iam::${ACCOUNT}:role/r`, Handler: 'index.handler', Code: { ZipFile } });

  it('reaches the service with its files beside it', async () => {
    const { client, heard } = createLambda();
    const ZipFile = zip(FILES);
    await client.send(create(ZipFile));
    await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile }));
    const base64 = Buffer.from(ZipFile).toString('base64');
    expect(heard).toMatchObject([
      { Code: { ZipFile: base64, Files: READ.files } },
      { FunctionName: 'f', ZipFile: base64, Files: READ.files },
    ]);
  });

  it('is refused in the words of Lambda where it is no archive', async () => {
    const { client, heard } = createLambda();
    const error = await client.send(create(new Uint8Array([1, 2, 3]))).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidParameterValueException);
    expect(error).toMatchObject({ message: 'Could not unzip uploaded file. Please check your file, then try to upload again.' });
    expect(heard).toEqual([]);
  });
});

describe('a function made and invoked by the SDK', () => {
  it('runs what its package holds', async () => {
    const world = createAws({ services: ['lambda', 'logs'], sandboxes: await testSandboxes(), seed: 1 });
    const principal = { type: 'root' as const, id: 'arn:aws:iam::111122223333:root', account: '111122223333' };
    const client = new LambdaClient({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
      requestHandler: createRequestHandler(world, principal),
    });
    const source = 'exports.handler = async (event) => { if (event.fail) throw new TypeError("no"); return event.n * 2; };';
    const Code = { ZipFile: zip([['index.js', source]]) };
    const Role = 'arn:aws:iam::111122223333:role/r';
    await client.send(new CreateFunctionCommand({ FunctionName: 'f', Runtime: 'nodejs24.x', Handler: 'index.handler', Role, Code }));
    const invoke = (input: object) => client.send(new InvokeCommand({ FunctionName: 'f', ...input }));

    const answered = await invoke({ Payload: JSON.stringify({ n: 21 }) });
    expect([answered.StatusCode, answered.FunctionError, answered.Payload?.transformToString()]).toEqual([200, undefined, '42']);

    const failed = await invoke({ Payload: JSON.stringify({ fail: true }) });
    expect([failed.StatusCode, failed.FunctionError]).toEqual([200, 'Unhandled']);
    expect(JSON.parse(failed.Payload?.transformToString() ?? '')).toMatchObject({ errorType: 'TypeError', errorMessage: 'no' });

    const queued = await invoke({ InvocationType: 'Event', Payload: '{}' });
    expect([queued.StatusCode, queued.$metadata.httpStatusCode, queued.Payload?.length ?? 0]).toEqual([202, 202, 0]);
    expect(await invoke({ InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204, $metadata: { httpStatusCode: 204 } });

    const missing = await client.send(new InvokeCommand({ FunctionName: 'g' })).catch((thrown: unknown) => thrown);
    expect(missing).toBeInstanceOf(ResourceNotFoundException);
    expect(missing).toMatchObject({ Type: 'User', $metadata: { httpStatusCode: 404 } });
    world.dispose();
  });
});
