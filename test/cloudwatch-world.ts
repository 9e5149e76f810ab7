// A world for the tests of CloudWatch: real queues, topics and buses, functions that take every event, and the real client.
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { JsonObject } from '../sim/kernel/json';
import type { Service } from '../sim/kernel/service';
import { World } from '../sim/kernel/world';
import { createRequestHandler } from '../sim/protocol/request-handler';
import { createCloudWatch } from '../sim/services/cloudwatch/service';
import { createEvents } from '../sim/services/events/service';
import { createInternet } from '../sim/services/internet/service';
import { createKms } from '../sim/services/kms/service';
import { createLogs } from '../sim/services/logs/service';
import { createSns } from '../sim/services/sns/service';
import { createSqs } from '../sim/services/sqs/service';

export const ACCOUNT = '111122223333';
/** 2 November 2026, 10:00 UTC. */
export const START = Date.UTC(2026, 10, 2, 10);
export const MINUTE = 60_000;

/** Lambda's facts as a driver states them: their data in `input`, each under its type. */
function createFunctions(): Service<null> {
  return {
    prefix: 'lambda',
    initial: () => null,
    actions: {
      Tell: (_state, call, port) => {
        port.emit(`lambda:${call.input.type}`, call.resource, call.input.data as JsonObject);
        return { ok: {} };
      },
      InvokeFunction: (_state, call, port) => {
        port.emit('lambda:Taken', call.resource, { payload: call.input.Payload ?? '', from: call.principal.id, ...call.context });
        return { ok: { StatusCode: 202 } };
      },
    },
    apply: () => {},
    accepts: (_target, { body }) => ({ action: 'lambda:InvokeFunction', input: { InvocationType: 'Event', Payload: body } }),
  };
}

export function createCloudWatchWorld(): { world: World; client: CloudWatchClient } {
  const world = new World({
    services: [
      createCloudWatch(),
      createSqs(),
      createSns(),
      createKms(),
      createEvents(),
      createLogs(),
      createInternet({}),
      createFunctions(),
    ],
    account: ACCOUNT,
    region: 'eu-west-1',
    seed: 3,
    startAtEpochMs: START,
  });
  const client = new CloudWatchClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, { type: 'user', id: `arn:aws:iam::${ACCOUNT}:user/ada`, account: ACCOUNT }),
  });
  return { world, client };
}

export const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:charge`;

/** A fact of Lambda at a virtual time. */
export function tell(world: World, type: string, data: JsonObject, atMs = world.now): void {
  world.schedule({ action: 'lambda:Tell', resource: FUNCTION, input: { type, data } }, atMs);
}

export function factsOf(world: World, type: string): JsonObject[] {
  return world.trace.filter((fact) => fact.type === type).map(({ data }) => data);
}
