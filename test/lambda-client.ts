// The real SDK as Lambda's client of a world, for Lambda's tests.
import { LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { createAws } from '../sim/aws';
import type { World } from '../sim/kernel/world';
import { createRequestHandler } from '../sim/protocol/request-handler';
import { type Behaviour, createBehaviourSandboxes } from '../sim/services/lambda/behaviour-sandbox';
import { ACCOUNT, REGION } from './lambda-world';

/** A zip with one stored file, as small as zips are. `text` tells packages apart. */
export function zipOf(text: string, path = 'index.mjs'): Uint8Array {
  const [name, content] = [new TextEncoder().encode(path), new TextEncoder().encode(text)];
  const field = (bytes: number, value: number) => Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 255);
  const sizes = [...field(4, 0), ...field(4, content.length), ...field(4, content.length), ...field(2, name.length), ...field(2, 0)];
  const local = [...field(4, 0x04034b50), ...field(2, 20), ...field(2, 0), ...field(2, 0), ...field(4, 0), ...sizes, ...name, ...content];
  const entry = [...field(4, 0x02014b50), ...field(2, 20), ...field(2, 20), ...field(2, 0), ...field(2, 0), ...field(4, 0), ...sizes];
  const directory = [...entry, ...field(2, 0), ...field(2, 0), ...field(2, 0), ...field(4, 0), ...field(4, 0), ...name];
  const end = [...field(4, 0x06054b50), ...field(4, 0), ...field(2, 1), ...field(2, 1), ...field(4, directory.length)];
  return new Uint8Array([...local, ...directory, ...end, ...field(4, local.length), ...field(2, 0)]);
}

export const ROLE = `arn:aws:iam::${ACCOUNT}:role/charge`;

/** A world of Lambda, queues and logs without IAM, whose functions do nothing but take their time. */
export function createClientWorld(behave: (event: string) => Behaviour = () => ({ durationMs: 1, outcome: { payload: 'null' } })): {
  world: World;
  client: LambdaClient;
} {
  const world = createAws({ sandboxes: createBehaviourSandboxes(behave), services: ['lambda', 'sqs', 'logs'] });
  return { world, client: new LambdaClient(clientConfig(world)) };
}

export function clientConfig(world: World): LambdaClientConfig {
  return {
    region: REGION,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, { type: 'root', id: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT }),
  };
}
