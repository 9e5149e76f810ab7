// A world in which a function `worker` reads the queue `jobs` through an event source mapping, asked through the real SDK.
import { CreateEventSourceMappingCommand, type CreateEventSourceMappingCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createAws } from '../sim/aws';
import type { Fact } from '../sim/kernel/fact';
import type { World } from '../sim/kernel/world';
import { createRequestHandler } from '../sim/protocol/request-handler';
import type { SandboxFactory } from '../sim/sandbox/sandbox';
import { type Behaviour, createBehaviourSandboxes } from '../sim/services/lambda/behaviour-sandbox';
import type { MappingFacts } from '../sim/services/lambda/mappings/facts';
import { ACCOUNT, createFunction, REGION } from './lambda-world';

export const JOBS = `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`;
export const JOBS_FIFO = `${JOBS}.fifo`;

export interface Batch {
  Records: { messageId: string; body: string; attributes: Record<string, string>; messageAttributes: Record<string, unknown> }[];
}

export type Behave = (batch: Batch) => Partial<Omit<Behaviour, 'outcome'>> & ({ returns: unknown } | { throws: string });

export const queueUrl = (name: string) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;

/** Handlers that take a tenth of a second unless they say otherwise. */
function behaviours(behave: Behave): SandboxFactory {
  return createBehaviourSandboxes((event) => {
    const { durationMs = 100, ...given } = behave(JSON.parse(event) as Batch);
    if ('returns' in given) return { durationMs, outcome: { payload: JSON.stringify(given.returns ?? null) } };
    return { durationMs, outcome: { error: { errorType: 'Error', errorMessage: given.throws, trace: [] } } };
  });
}

export interface MappingWorld {
  world: World;
  lambda: LambdaClient;
  sqs: SQSClient;
  /** Creates the mapping of `jobs` to `worker` and waits until it is enabled. Returns its UUID. */
  map: (input?: Partial<CreateEventSourceMappingCommandInput>) => Promise<string>;
  send: (bodies: readonly string[], queue?: string, group?: (body: string) => string) => Promise<void>;
  facts: <T extends keyof MappingFacts>(type: T) => (Omit<Fact, 'data'> & { data: MappingFacts[T] })[];
}

export interface MappingWorldOptions {
  behave?: Behave;
  sandboxes?: SandboxFactory;
  attributes?: Record<string, string>;
  timeout?: number;
  code?: string;
}

export async function createMappingWorld(options: MappingWorldOptions = {}): Promise<MappingWorld> {
  const { behave = () => ({ returns: null }), attributes = {}, timeout = 3, code } = options;
  const sandboxes = options.sandboxes ?? behaviours(behave);
  const world = createAws({ sandboxes, services: ['lambda', 'sqs', 'sns', 'logs'] });
  const root = { type: 'root', id: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT } as const;
  const configuration = {
    region: REGION,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, root),
  };
  const lambda = new LambdaClient(configuration);
  const sqs = new SQSClient(configuration);
  await sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes: attributes }));
  const fifo = { ...attributes, FifoQueue: 'true', ContentBasedDeduplication: 'true' };
  await sqs.send(new CreateQueueCommand({ QueueName: 'jobs.fifo', Attributes: fifo }));
  createFunction(world, 'worker', { Timeout: timeout, ...(code ? { Code: { Files: { 'index.mjs': code } } } : {}) });
  world.runUntilIdle();
  return {
    world,
    lambda,
    sqs,
    map: async (input = {}) => {
      const command = new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: JOBS, ...input });
      const { UUID = '' } = await lambda.send(command);
      world.runUntilIdle();
      return UUID;
    },
    send: async (bodies, queue = 'jobs', group) => {
      for (let from = 0; from < bodies.length; from += 10) {
        const Entries = bodies.slice(from, from + 10).map((MessageBody, index) => ({
          Id: String(index),
          MessageBody,
          ...(group ? { MessageGroupId: group(MessageBody) } : {}),
        }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl(queue), Entries }));
      }
    },
    facts: (type) => world.trace.filter((fact) => fact.type === type) as never,
  };
}
