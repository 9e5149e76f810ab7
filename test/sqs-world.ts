// A world for the tests of SQS: queues, topics, keys and IAM, driven by the real AWS SDK.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Principal } from '../sim/kernel/call';
import type { JsonObject } from '../sim/kernel/json';
import type { Service } from '../sim/kernel/service';
import { World } from '../sim/kernel/world';
import { createRequestHandler } from '../sim/protocol/request-handler';
import { authorize } from '../sim/services/iam/guard';
import { createIam } from '../sim/services/iam/service';
import { createKms } from '../sim/services/kms/service';
import { createSns } from '../sim/services/sns/service';
import { createSqs, type SqsOptions } from '../sim/services/sqs/service';

export const ACCOUNT = '111122223333';
export const FIFO = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
export const OWNER: Principal = { type: 'root', id: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT };

export const urlOf = (name: string): string => `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${name}`;
export const arnOf = (name: string): string => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`;

export function sqsWorld(options: SqsOptions = {}): World {
  return new World({
    services: [createSqs(options), createSns(), createKms(), createIam()] as Service[],
    guards: [authorize],
    account: ACCOUNT,
    region: 'eu-west-1',
    seed: 3,
    startAtEpochMs: 1_793_613_600_000,
  });
}

export function sqsClient(world: World, principal: Principal = OWNER): SQSClient {
  return new SQSClient({
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: createRequestHandler(world, principal),
  });
}

/** A call by the account's root; throws when it is refused. */
export function ask(world: World, prefix: string, operation: string, input: JsonObject, principal: Principal = OWNER): JsonObject {
  const route = world.route(prefix, operation, input);
  if (!route) throw new Error(`${prefix} has no operation ${operation}.`);
  const answer = world.call({ ...route, input, principal });
  if (!answer) throw new Error(`${operation} was not answered.`);
  if ('fault' in answer) throw Object.assign(new Error(answer.fault.message), { name: answer.fault.code });
  return answer.ok as JsonObject;
}

/** A user of the account with a policy of these statements. */
export function userWith(world: World, name: string, statements: JsonObject[]): Principal {
  ask(world, 'iam', 'CreateUser', { UserName: name });
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  if (statements.length > 0) ask(world, 'iam', 'PutUserPolicy', { UserName: name, PolicyName: 'own', PolicyDocument });
  return { type: 'user', id: `arn:aws:iam::${ACCOUNT}:user/${name}`, account: ACCOUNT };
}

export async function refusalOf(answer: Promise<unknown>): Promise<Error | null> {
  return answer.then(() => null).catch((error: unknown) => error as Error);
}
