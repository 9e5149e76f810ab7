// A world for the tests of CloudWatch Logs: log groups, a function that answers as told, and the real client.
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { clientFault, type Reply } from '../sim/kernel/call';
import type { Service } from '../sim/kernel/service';
import { World } from '../sim/kernel/world';
import { createRequestHandler } from '../sim/protocol/request-handler';
import { createLogs } from '../sim/services/logs/service';

export const ACCOUNT = '111122223333';
export const START = Date.UTC(2026, 10, 2, 10, 15, 7);
export const GROUP = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/app/shop`;
export const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:reader`;
export const HOUR = 3_600_000;
export const logGroupName = '/app/shop';
export const logStreamName = 'web/1';

/** A function that answers as told, and then takes everything. */
function createFunctions(answers: Reply[]): Service<string[]> {
  return {
    prefix: 'lambda',
    initial: () => [],
    actions: {
      InvokeFunction: (_, call, port): Reply => {
        if (call.input.InvocationType === 'DryRun')
          return call.resource === FUNCTION ? { ok: {} } : clientFault('ResourceNotFoundException', '');
        const answer = answers.shift();
        if (answer) return answer;
        port.emit('lambda:Taken', call.resource, { payload: call.input.Payload ?? '', from: call.principal.id, ...call.context });
        return { ok: { StatusCode: 202 } };
      },
    },
    apply: () => {},
    accepts: (_, { body }) => ({ action: 'lambda:InvokeFunction', input: { InvocationType: 'Event', Payload: body } }),
  };
}

function start(answers: Reply[] = []) {
  const world = new World({
    services: [createLogs(), createFunctions(answers)],
    account: ACCOUNT,
    region: 'eu-west-1',
    seed: 7,
    startAtEpochMs: START,
  });
  const client = new CloudWatchLogsClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, { type: 'user', id: `arn:aws:iam::${ACCOUNT}:user/ada`, account: ACCOUNT }),
  });
  return { world, client };
}

export async function startWithStream(answers: Reply[] = []) {
  const { world, client } = start(answers);
  await client.send(new CreateLogGroupCommand({ logGroupName }));
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const put = (...logEvents: [offsetMs: number, message: string][]) =>
    client.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName,
        logEvents: logEvents.map(([offsetMs, message]) => ({ timestamp: START + offsetMs, message })),
      }),
    );
  const thrown = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error);
  return { world, client, put, thrown };
}

export const facts = (world: World, type: string) => world.trace.filter((fact) => fact.type === type).map(({ data }) => data);
