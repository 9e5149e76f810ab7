import {
  DescribeMetricFiltersCommand,
  DescribeSubscriptionFiltersCommand,
  GetQueryResultsCommand,
  InvalidParameterException,
  LimitExceededException,
  MalformedQueryException,
  PutMetricFilterCommand,
  PutResourcePolicyCommand,
  PutSubscriptionFilterCommand,
  ResourceNotFoundException,
  StartQueryCommand,
  TestMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { gunzipSync, strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, FUNCTION, facts, GROUP, logGroupName, logStreamName, START, startWithStream } from '../../../test/logs-world';
import { clientFault, serverFault } from '../../kernel/call';

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
