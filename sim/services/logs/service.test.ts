import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeMetricFiltersCommand,
  DescribeSubscriptionFiltersCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  GetQueryResultsCommand,
  InvalidParameterException,
  LimitExceededException,
  ListTagsForResourceCommand,
  MalformedQueryException,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  StartQueryCommand,
  TagResourceCommand,
  TestMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { gunzipSync, strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { clientFault, type Reply, serverFault } from '../../kernel/call';
import type { Service } from '../../kernel/service';
import { World } from '../../kernel/world';
import { createRequestHandler } from '../../protocol/request-handler';
import { createLogs } from './service';

const ACCOUNT = '111122223333';
const START = Date.UTC(2026, 10, 2, 10, 15, 7);
const GROUP = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/app/shop`;
const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:reader`;
const HOUR = 3_600_000;
const logGroupName = '/app/shop';
const logStreamName = 'web/1';

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

async function startWithStream(answers: Reply[] = []) {
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

const facts = (world: World, type: string) => world.trace.filter((fact) => fact.type === type).map(({ data }) => data);

describe('log groups and streams', () => {
  it('are made, described in pages, tagged and deleted', async () => {
    const { client, thrown, put } = await startWithStream();
    expect(await thrown(client.send(new CreateLogGroupCommand({ logGroupName })))).toBeInstanceOf(ResourceAlreadyExistsException);
    expect(await thrown(client.send(new CreateLogStreamCommand({ logGroupName, logStreamName })))).toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log stream already exists',
    });
    expect(await thrown(client.send(new CreateLogStreamCommand({ logGroupName: 'gone', logStreamName })))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
    expect(await thrown(client.send(new CreateLogGroupCommand({ logGroupName: 'a b' })))).toMatchObject({
      name: 'InvalidParameterException',
    });
    await client.send(new CreateLogGroupCommand({ logGroupName: '/app/two', tags: { team: 'shop' } }));
    const first = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/app', limit: 1 }));
    expect(first.logGroups).toEqual([
      {
        logGroupName,
        creationTime: START,
        metricFilterCount: 0,
        arn: `${GROUP}:*`,
        logGroupArn: GROUP,
        storedBytes: 0,
        logGroupClass: 'STANDARD',
        deletionProtectionEnabled: false,
      },
    ]);
    const second = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/app', limit: 1, nextToken: first.nextToken }));
    expect(second.logGroups?.map((group) => group.logGroupName)).toEqual(['/app/two']);
    expect(second.nextToken).toBeUndefined();
    await client.send(new TagResourceCommand({ resourceArn: GROUP, tags: { stage: 'dev' } }));
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn: GROUP }))).tags).toEqual({ stage: 'dev' });
    await put([0, 'one'], [5, 'two']);
    expect((await client.send(new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime' }))).logStreams).toMatchObject([
      { logStreamName, firstEventTimestamp: START, lastEventTimestamp: START + 5, arn: `${GROUP}:log-stream:web/1` },
    ]);
    await client.send(new DeleteLogStreamCommand({ logGroupName, logStreamName }));
    expect(await thrown(client.send(new GetLogEventsCommand({ logGroupName, logStreamName })))).toMatchObject({
      message: 'The specified log stream does not exist.',
    });
    await client.send(new DeleteLogGroupCommand({ logGroupName }));
    expect(await thrown(client.send(new DeleteLogGroupCommand({ logGroupName })))).toBeInstanceOf(ResourceNotFoundException);
  });

  it('keep events for as long as their policy says', async () => {
    const { world, client, put, thrown } = await startWithStream();
    expect(await thrown(client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 })))).toBeInstanceOf(
      InvalidParameterException,
    );
    await put([0, 'old']);
    await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
    world.run({ untilMs: 20 * HOUR });
    await put([20 * HOUR, 'young']);
    const messages = async () =>
      (await client.send(new GetLogEventsCommand({ logGroupName, logStreamName }))).events?.map(({ message }) => message);
    expect(await messages()).toEqual(['old', 'young']);
    world.run({ untilMs: 25 * HOUR });
    expect(await messages()).toEqual(['young']);
  });
});

describe('log events', () => {
  it.each([
    [
      'out of order',
      [
        [10, 'b'],
        [5, 'a'],
      ],
      'Log events in a single PutLogEvents request must be in chronological order.',
    ],
    [
      'over a day',
      [
        [0, 'a'],
        [25 * HOUR, 'b'],
      ],
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    ],
    ['too large', [[0, 'x'.repeat(1_048_576)]], 'Log event too large: 1048602 bytes exceeds limit of 1048576'],
    [
      'too large together',
      [
        [0, 'x'.repeat(700_000)],
        [1, 'x'.repeat(700_000)],
      ],
      'Upload too large: 1400052 bytes exceeds limit of 1048576',
    ],
  ] as [string, [number, string][], string][])('are refused %s', async (_name, events, message) => {
    const { put, thrown } = await startWithStream();
    expect(await thrown(put(...events))).toMatchObject({ name: 'InvalidParameterException', message });
  });

  it('are left out when too old or too new, and the answer says which', async () => {
    const { client, put, world } = await startWithStream();
    const answer = await put([-20 * 24 * HOUR, 'old'], [-20 * 24 * HOUR + 1, 'older']);
    expect(answer.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 2 });
    expect((await put([0, 'now'], [3 * HOUR, 'later'])).rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
    expect(facts(world, 'logs:LogEventsRejected')).toMatchObject([
      { events: 2, accepted: 0 },
      { events: 2, accepted: 1 },
    ]);
    expect((await client.send(new GetLogEventsCommand({ logGroupName, logStreamName }))).events).toEqual([
      { timestamp: START, message: 'now', ingestionTime: START },
    ]);
  });

  it('are read forwards and backwards, and a token at the end stays good', async () => {
    const { client, put } = await startWithStream();
    await put([2, 'c'], [3, 'd']);
    await put([0, 'a'], [2, 'b']);
    const read = async (more: object) => {
      const page = await client.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 2, ...more }));
      return {
        text: page.events?.map(({ message }) => message).join(''),
        forward: page.nextForwardToken,
        backward: page.nextBackwardToken,
      };
    };
    expect((await read({})).text).toBe('bd');
    const first = await read({ startFromHead: true });
    expect(first.text).toBe('ac');
    expect(first.forward).toMatch(/^f\/\d{56}\/s$/);
    const second = await read({ nextToken: first.forward, startFromHead: true });
    expect(second.text).toBe('bd');
    const end = await read({ nextToken: second.forward, startFromHead: true });
    expect(end).toEqual({ text: '', forward: second.forward, backward: second.forward?.replace('f', 'b') });
    await put([9, 'e']);
    expect((await read({ nextToken: end.forward, startFromHead: true })).text).toBe('e');
    expect((await read({ nextToken: second.backward })).text).toBe('ac');
    expect((await read({ startTime: START + 2, endTime: START + 3 })).text).toBe('cb');
    await expect(read({ nextToken: 'x' })).rejects.toMatchObject({ message: 'The specified nextToken is invalid.' });
  });

  it('are filtered over streams, in order of time and in pages', async () => {
    const { client, put, thrown } = await startWithStream();
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'job' }));
    await put([0, 'ERROR one'], [10, 'fine'], [20, 'ERROR three']);
    await client.send(
      new PutLogEventsCommand({ logGroupName, logStreamName: 'job', logEvents: [{ timestamp: START + 10, message: 'ERROR two' }] }),
    );
    const filter = (more: object) => client.send(new FilterLogEventsCommand({ logGroupName, filterPattern: 'ERROR', ...more }));
    const first = await filter({ limit: 2 });
    expect(first.events?.map(({ message, logStreamName: stream }) => `${stream} ${message}`)).toEqual(['web/1 ERROR one', 'job ERROR two']);
    expect((await filter({ nextToken: first.nextToken })).events?.map(({ message }) => message)).toEqual(['ERROR three']);
    expect((await filter({ logStreamNamePrefix: 'j' })).events).toHaveLength(1);
    expect((await filter({ startTime: START + 10, endTime: START + 20 })).events).toHaveLength(2);
    expect(await thrown(filter({ logStreamNames: ['gone'] }))).toBeInstanceOf(ResourceNotFoundException);
    expect(await thrown(filter({ filterPattern: '{ $.a ' }))).toMatchObject({ message: 'Invalid filter pattern' });
  });
});

describe('subscription filters', () => {
  const subscribe = { logGroupName, filterName: 'all', filterPattern: 'ERROR', destinationArn: FUNCTION };

  it('send what matches to a function, compressed', async () => {
    const { world, client, put } = await startWithStream();
    await client.send(new PutSubscriptionFilterCommand(subscribe));
    await put([0, 'fine'], [1, 'ERROR bad'], [2, 'ERROR worse']);
    world.run();
    const [taken] = facts(world, 'lambda:Taken');
    expect(taken).toMatchObject({ from: 'logs.amazonaws.com', 'aws:SourceArn': `${GROUP}:*`, 'aws:SourceAccount': ACCOUNT });
    const { awslogs } = JSON.parse(taken?.payload as string);
    const bytes = Uint8Array.from(atob(awslogs.data), (character) => character.charCodeAt(0));
    expect(JSON.parse(strFromU8(gunzipSync(bytes)))).toEqual({
      messageType: 'DATA_MESSAGE',
      owner: ACCOUNT,
      logGroup: logGroupName,
      logStream: logStreamName,
      subscriptionFilters: ['all'],
      logEvents: [
        { id: expect.stringMatching(/^\d{56}$/), timestamp: START + 1, message: 'ERROR bad' },
        { id: expect.any(String), timestamp: START + 2, message: 'ERROR worse' },
      ],
    });
    expect((await client.send(new DescribeSubscriptionFiltersCommand({ logGroupName }))).subscriptionFilters).toMatchObject([
      { filterName: 'all', distribution: 'ByLogStream', destinationArn: FUNCTION },
    ]);
  });

  it('try again what may pass, and say what they drop', async () => {
    const { world, client, put } = await startWithStream([
      clientFault('TooManyRequestsException', 'Rate Exceeded.', 429),
      serverFault('ServiceException', 'It broke.'),
      { ok: {} },
      clientFault('InvalidRequestContentException', 'No.'),
    ]);
    await client.send(new PutSubscriptionFilterCommand(subscribe));
    await put([0, 'ERROR a']);
    world.run();
    await put([1, 'ERROR b']);
    world.run();
    expect(facts(world, 'logs:SubscriptionRetryScheduled').map(({ waitMs }) => waitMs)).toEqual([1000, 2000]);
    expect(facts(world, 'logs:SubscriptionDelivered')).toEqual([{ filterName: 'all', attempts: 3 }]);
    expect(facts(world, 'logs:SubscriptionDropped')).toMatchObject([{ reason: 'refused', errorCode: 'InvalidRequestContentException' }]);
  });

  it('are refused for a destination that does not take them, and beyond two', async () => {
    const { client, thrown } = await startWithStream();
    expect(await thrown(client.send(new PutSubscriptionFilterCommand({ ...subscribe, destinationArn: `${FUNCTION}x` })))).toMatchObject({
      name: 'InvalidParameterException',
      message: 'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
    });
    for (const filterName of ['a', 'b', 'a']) await client.send(new PutSubscriptionFilterCommand({ ...subscribe, filterName }));
    expect(await thrown(client.send(new PutSubscriptionFilterCommand({ ...subscribe, filterName: 'c' })))).toBeInstanceOf(
      LimitExceededException,
    );
  });
});

describe('metric filters', () => {
  const metricTransformations = [{ metricName: 'Latency', metricNamespace: 'Shop', metricValue: '$.ms', dimensions: { Path: '$.path' } }];

  it('make data points of what matches', async () => {
    const { world, client, put } = await startWithStream();
    await client.send(
      new PutMetricFilterCommand({ logGroupName, filterName: 'slow', filterPattern: '{ $.ms > 10 }', metricTransformations }),
    );
    await put([0, '{"ms":50,"path":"/pay"}'], [1, '{"ms":5,"path":"/pay"}'], [2, '{"ms":20}']);
    expect(facts(world, 'logs:MetricFilterMatched')).toEqual([
      {
        filterName: 'slow',
        metricName: 'Latency',
        metricNamespace: 'Shop',
        unit: null,
        points: [
          { timestamp: START, value: 50, dimensions: { Path: '/pay' } },
          { timestamp: START + 2, value: 20 },
        ],
      },
    ]);
    expect((await client.send(new DescribeMetricFiltersCommand({ logGroupName }))).metricFilters).toMatchObject([
      { filterName: 'slow', metricTransformations },
    ]);
  });

  it('can be tried on messages', async () => {
    const { client, thrown } = await startWithStream();
    const answer = await client.send(
      new TestMetricFilterCommand({ filterPattern: '[..., size > 5]', logEventMessages: ['a b 3', 'a b 7'] }),
    );
    expect(answer.matches).toEqual([{ eventNumber: 2, eventMessage: 'a b 7', extractedValues: { $1: 'a', $2: 'b', $size: '7' } }]);
    const put = client.send(new PutMetricFilterCommand({ logGroupName, filterName: 'x', filterPattern: 'ERROR', metricTransformations }));
    expect(await thrown(put)).toBeInstanceOf(InvalidParameterException);
  });
});

describe('queries', () => {
  it('run for a moment and then have their results', async () => {
    const { world, client, put } = await startWithStream();
    await put([0, '{"ms":50}'], [1, '{"ms":5}']);
    const seconds = START / 1000;
    const { queryId } = await client.send(
      new StartQueryCommand({
        logGroupName,
        startTime: Math.floor(seconds) - 60,
        endTime: Math.floor(seconds) + 60,
        queryString: 'stats max(ms) as most',
      }),
    );
    expect((await client.send(new GetQueryResultsCommand({ queryId }))).status).toBe('Running');
    world.run();
    const answer = await client.send(new GetQueryResultsCommand({ queryId }));
    expect(answer).toMatchObject({
      status: 'Complete',
      results: [[{ field: 'most', value: '50' }]],
      statistics: { recordsMatched: 2, recordsScanned: 2 },
    });
  });

  it('are refused with the place of their mistake', async () => {
    const { client, thrown } = await startWithStream();
    const query = (queryString: string, name = logGroupName) =>
      client.send(new StartQueryCommand({ logGroupName: name, startTime: 0, endTime: 1, queryString }));
    const error = await thrown(query('fields @message | fliter 1'));
    expect(error).toBeInstanceOf(MalformedQueryException);
    expect(error).toMatchObject({ queryCompileError: { location: { startCharOffset: 18, endCharOffset: 24 } } });
    expect(await thrown(query('fields @message', 'gone'))).toBeInstanceOf(ResourceNotFoundException);
  });
});

describe('the service', () => {
  it('gives IAM the policies of the account for its groups', async () => {
    const { world, client } = await startWithStream();
    const Statement = [
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'logs:PutLogEvents', Resource: `${GROUP}:*` },
    ];
    await client.send(
      new PutResourcePolicyCommand({ policyName: 'p', policyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }),
    );
    expect(world.resourcePolicy(`${GROUP}:log-stream:web/1`)).toEqual({ Version: '2012-10-17', Statement });
    expect(world.resourcePolicy('arn:aws:logs:eu-west-2:111122223333:log-group:x')).toBeNull();
  });

  it('has a past that is folded as the present was', async () => {
    const { world, client, put } = await startWithStream();
    await client.send(new PutSubscriptionFilterCommand({ logGroupName, filterName: 'all', filterPattern: '', destinationArn: FUNCTION }));
    for (let i = 0; i < 20; i++) await put([i, `line ${i}`]);
    world.run();
    expect(world.stateAt('logs', world.trace.length - 1)).toEqual(world.state('logs'));
  });
});
