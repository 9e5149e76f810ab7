import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  InvalidParameterCombinationException,
  InvalidParameterValueException,
  ListMetricsCommand,
  MissingRequiredParameterException,
  PutMetricDataCommand,
  type PutMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, createCloudWatchWorld, MINUTE, START, tell } from '../../../test/cloudwatch-world';
import type { World } from '../../kernel/world';

const date = (offsetMs: number) => new Date(START + offsetMs);
const thrown = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error);
const HOUR = { StartTime: date(0), EndTime: date(60 * MINUTE) };

function statistics(client: ReturnType<typeof createCloudWatchWorld>['client'], Namespace: string, MetricName: string, more: object = {}) {
  const input = { Namespace, MetricName, Period: 60, Statistics: ['Sum' as const], ...HOUR, ...more };
  return client.send(new GetMetricStatisticsCommand(input));
}

describe('metrics of one’s own', () => {
  it('are put in every form, listed and read in periods', async () => {
    const { client } = createCloudWatchWorld();
    const Dimensions = [{ Name: 'Shop', Value: 'one' }];
    await client.send(
      new PutMetricDataCommand({
        Namespace: 'Shop',
        MetricData: [
          { MetricName: 'Price', Value: 5, Unit: 'Count', Dimensions },
          { MetricName: 'Price', Values: [1, 9], Counts: [3, 1], Unit: 'Count', Dimensions, Timestamp: date(30_000) },
          {
            MetricName: 'Price',
            StatisticValues: { SampleCount: 2, Sum: 30, Minimum: 10, Maximum: 20 },
            Unit: 'Count',
            Dimensions,
            Timestamp: date(70_000),
          },
          { MetricName: 'Fine', Value: 1, StorageResolution: 1, Timestamp: date(1000) },
          { MetricName: 'Fine', Value: 3, StorageResolution: 1, Timestamp: date(12_000) },
        ],
      }),
    );
    const listed = await client.send(new ListMetricsCommand({ Namespace: 'Shop' }));
    expect(listed.Metrics).toEqual([
      { Namespace: 'Shop', MetricName: 'Fine', Dimensions: [] },
      { Namespace: 'Shop', MetricName: 'Price', Dimensions },
    ]);
    expect((await client.send(new ListMetricsCommand({ Dimensions: [{ Name: 'Shop' }] }))).Metrics).toHaveLength(1);
    const all = ['SampleCount' as const, 'Sum' as const, 'Average' as const, 'Minimum' as const, 'Maximum' as const];
    const answer = await statistics(client, 'Shop', 'Price', { Dimensions, Statistics: all });
    expect(answer.Label).toBe('Price');
    expect(answer.Datapoints).toEqual([
      { Timestamp: date(0), SampleCount: 5, Sum: 17, Average: 3.4, Minimum: 1, Maximum: 9, Unit: 'Count' },
      { Timestamp: date(MINUTE), SampleCount: 2, Sum: 30, Average: 15, Minimum: 10, Maximum: 20, Unit: 'Count' },
    ]);
    expect((await statistics(client, 'Shop', 'Price', { Dimensions, Period: 300 })).Datapoints).toMatchObject([{ Sum: 47 }]);
    expect((await statistics(client, 'Shop', 'Price', { Dimensions, Unit: 'Seconds' })).Datapoints).toEqual([]);
    expect((await statistics(client, 'Shop', 'Price')).Datapoints).toEqual([]);
    const fine = await statistics(client, 'Shop', 'Fine', { Period: 10, EndTime: date(MINUTE) });
    expect(fine.Datapoints?.map(({ Timestamp, Sum }) => [Timestamp, Sum])).toEqual([
      [date(0), 1],
      [date(10_000), 3],
    ]);
    // The statistic set hides its values: no percentile for its minute.
    const percentiles = await statistics(client, 'Shop', 'Price', {
      Dimensions,
      Statistics: undefined,
      ExtendedStatistics: ['p50', 'p99', 'tm75'],
    });
    expect(percentiles.Datapoints).toEqual([{ Timestamp: date(0), ExtendedStatistics: { p50: 1, p99: 9, tm75: 2 }, Unit: 'Count' }]);
  });

  const datum = (more: object) => ({ Namespace: 'Shop', MetricData: [{ MetricName: 'a', ...more }] });

  it.each([
    [
      'AWS’s namespace',
      { ...datum({ Value: 1 }), Namespace: 'AWS/Lambda' },
      InvalidParameterValueException,
      'The value AWS/ for parameter Namespace is invalid.',
    ],
    ['no name', { Namespace: 'Shop', MetricData: [{ Value: 1, MetricName: '' }] }, null, null],
    ['no value', datum({}), MissingRequiredParameterException, 'The parameter MetricData.member.1.Value is required.'],
    [
      'two forms',
      datum({ Value: 1, StatisticValues: { SampleCount: 1, Sum: 1, Minimum: 1, Maximum: 1 } }),
      InvalidParameterCombinationException,
      'The parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive and you have specified both.',
    ],
    [
      'sizes that differ',
      datum({ Values: [1, 2], Counts: [1] }),
      InvalidParameterValueException,
      'The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.',
    ],
    [
      'an odd resolution',
      datum({ Value: 1, StorageResolution: 5 }),
      InvalidParameterValueException,
      'The value 5 for parameter MetricData.member.1.StorageResolution is invalid.',
    ],
    ['no data', { Namespace: 'Shop', MetricData: [] }, MissingRequiredParameterException, 'The parameter MetricData is required.'],
    ['an old time', datum({ Value: 1, Timestamp: date(-20 * 86_400_000) }), InvalidParameterValueException, null],
  ])('are refused with %s', async (_name, input, kind, message) => {
    const error = await thrown(createCloudWatchWorld().client.send(new PutMetricDataCommand(input as PutMetricDataCommandInput)));
    expect(error).toBeInstanceOf(kind ?? Error);
    if (message) expect((error as Error).message).toBe(message);
  });

  it.each([
    [
      'no statistic',
      { Statistics: undefined },
      InvalidParameterCombinationException,
      'Must specify either Statistics or ExtendedStatistics',
    ],
    [
      'an odd period',
      { Period: 7 },
      InvalidParameterValueException,
      'The parameter Period must be 1, 5, 10, 20, 30, or any multiple of 60.',
    ],
    [
      'an end before its start',
      { EndTime: date(-1) },
      InvalidParameterValueException,
      'The parameter StartTime must be less than the parameter EndTime.',
    ],
    [
      'too many points',
      { EndTime: date(48 * 60 * MINUTE) },
      InvalidParameterCombinationException,
      'You have requested up to 2,880 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    ],
    [
      'an unknown percentile',
      { Statistics: undefined, ExtendedStatistics: ['p101'] },
      InvalidParameterValueException,
      'The value p101 for parameter ExtendedStatistics is not supported.',
    ],
  ])('cannot be read with %s', async (_name, more, kind, message) => {
    const error = await thrown(statistics(createCloudWatchWorld().client, 'Shop', 'a', more));
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toBe(message);
  });
});

describe('metric math', () => {
  async function data(queries: NonNullable<GetMetricDataCommandInput['MetricDataQueries']>, more: object = {}) {
    const { client, world } = createCloudWatchWorld();
    const put = (MetricName: string, values: number[]) =>
      client.send(
        new PutMetricDataCommand({
          Namespace: 'Shop',
          MetricData: values.flatMap((Value, i) => (Number.isNaN(Value) ? [] : [{ MetricName, Value, Timestamp: date(i * MINUTE) }])),
        }),
      );
    await put('a', [10, 20, Number.NaN, 40]);
    await put('b', [1, 2, 3, 4]);
    world.run({ untilMs: 5 * MINUTE });
    const stat = (Id: string, MetricName: string) => ({
      Id,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'Shop', MetricName }, Period: 60, Stat: 'Sum' },
    });
    return client.send(
      new GetMetricDataCommand({
        StartTime: date(0),
        EndTime: date(4 * MINUTE),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [stat('a', 'a'), stat('b', 'b'), ...queries],
        ...more,
      }),
    );
  }

  it.each([
    ['a + b', [11, 22, 44]],
    ['a / b', [10, 10, 10]],
    ['2 * b - 1', [1, 3, 5, 7]],
    ['b ^ 2', [1, 4, 9, 16]],
    ['-b', [-1, -2, -3, -4]],
    ['(a + b) * 0', [0, 0, 0]],
    ['FILL(a, 0)', [10, 20, 0, 40]],
    ['FILL(a, REPEAT)', [10, 20, 20, 40]],
    ['FILL(a, LINEAR)', [10, 20, 30, 40]],
    ['SUM(METRICS())', [11, 22, 3, 44]],
    ['SUM([a, b])', [11, 22, 3, 44]],
    ['MAX(METRICS("b"))', [1, 2, 3, 4]],
    ['b / SUM(b)', [0.1, 0.2, 0.3, 0.4]],
    ['b * METRIC_COUNT(METRICS())', [2, 4, 6, 8]],
    ['RATE(b) * 60', [1, 1, 1]],
    ['DIFF(a)', [10, 20]],
    ['RUNNING_SUM(b)', [1, 3, 6, 10]],
    ['IF(b > 2, b, 0)', [0, 0, 3, 4]],
    ['b > 2 AND b < 4', [0, 0, 1, 0]],
    ['ABS(b - 3)', [2, 1, 0, 1]],
    ['b * PERIOD(b)', [60, 120, 180, 240]],
    ['MINUTE(b)', [0, 1, 2, 3]],
    ['TIME_SERIES(7)', [7, 7, 7, 7]],
    ['FIRST(METRICS()) * 1', [10, 20, 40]],
  ])('%s', async (Expression, values) => {
    const { MetricDataResults: [result] = [] } = await data([{ Id: 'e', Expression }]);
    expect(result).toMatchObject({ Id: 'e', Label: 'e', StatusCode: 'Complete' });
    expect(result?.Values?.map((value) => Math.round(value * 1e9) / 1e9)).toEqual(values);
  });

  it.each([
    ['a +', "Error in expression 'e': Unexpected token 'the end'"],
    ['nosuch(a)', "Error in expression 'e': Unknown function 'nosuch'"],
    ['a + c', "Error in expression 'e': Unknown identifier 'c'"],
    ['e + 1', "Error in expression 'e': Circular reference"],
    ['SEARCH("x", "Sum", 60)', "Error in expression 'e': SEARCH is not part of this simulator"],
    ['METRICS() + "x"', "Error in expression 'e': Unsupported operand type(s) for +: '[Array[TimeSeries], String]'"],
    ['1 + 1', "Error in expression 'e': it must give a time series, or an array of them."],
  ])('refuses %s', async (Expression, message) => {
    expect(await thrown(data([{ Id: 'e', Expression }]))).toMatchObject({ name: 'ValidationException', message });
  });

  it('gives several series, the newest point first, in pages', async () => {
    const both = await data([{ Id: 'e', Expression: 'METRICS()' }], { ScanBy: undefined });
    expect(both.MetricDataResults?.map(({ Label, Values }) => [Label, Values])).toEqual([
      ['a', [40, 20, 10]],
      ['b', [4, 3, 2, 1]],
    ]);
    const page = await data([{ Id: 'e', Expression: 'METRICS()' }], { MaxDatapoints: 5 });
    expect(page.MetricDataResults?.map(({ Values, StatusCode }) => [Values, StatusCode])).toEqual([
      [[10, 20, 40], 'Complete'],
      [[1, 2], 'PartialData'],
    ]);
    const rest = await data([{ Id: 'e', Expression: 'METRICS()' }], { MaxDatapoints: 5, NextToken: page.NextToken });
    expect(rest.MetricDataResults?.map(({ Values }) => Values)).toEqual([[], [3, 4]]);
    expect(rest.NextToken).toBeUndefined();
  });
});

describe('metrics of other services', () => {
  it('count Lambda’s invocations by function, alias and version', async () => {
    const { client, world } = createCloudWatchWorld();
    const about = { qualifier: 'live', executedVersion: '2', invocationType: 'Event', requestId: 'r', concurrencyKind: 'on-demand' };
    tell(world, 'EventQueued', { requestId: 'r', qualifier: 'live' }, 0);
    tell(world, 'EnvironmentCreated', { ...about }, 500);
    tell(world, 'InvocationStarted', { ...about, coldStart: true }, 1000);
    tell(world, 'InvocationThrottled', { ...about, invocationType: 'RequestResponse' }, 2000);
    tell(world, 'InvocationEnded', { ...about, durationMs: 60_000, status: 'timeout' }, 61_000);
    tell(world, 'EventDiscarded', { requestId: 'r' }, 62_000);
    world.run();
    const fn = { Name: 'FunctionName', Value: 'charge' };
    const resource = { Name: 'Resource', Value: 'charge:live' };
    const version = { Name: 'ExecutedVersion', Value: '2' };
    for (const Dimensions of [[], [fn], [resource, fn], [fn, resource, version]]) {
      for (const [name, Sum, offset] of [
        ['Invocations', 1, 0],
        ['Errors', 1, 0],
        ['Throttles', 1, 0],
        ['Duration', 60_000, 0],
      ] as const) {
        const { Datapoints } = await statistics(client, 'AWS/Lambda', name, { Dimensions });
        expect(Datapoints, name).toMatchObject([{ Timestamp: date(offset), Sum }]);
      }
    }
    const sum = async (name: string) =>
      (await statistics(client, 'AWS/Lambda', name, { Dimensions: [fn] })).Datapoints?.map((point) => point.Sum);
    expect(await sum('AsyncEventsReceived')).toEqual([1]);
    expect(await sum('AsyncEventsDropped')).toEqual([1]);
    expect(await sum('AsyncEventAge')).toEqual([1000]);
    expect(await sum('ConcurrentExecutions')).toEqual([1]);
    const unreserved = await statistics(client, 'AWS/Lambda', 'UnreservedConcurrentExecutions', { Statistics: ['Maximum'] });
    expect(unreserved.Datapoints).toMatchObject([{ Maximum: 1, Unit: 'Count' }]);
  });

  const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
  const call = (world: World, action: `${string}:${string}`, resource: string, input: object) => {
    const answer = world.call({ action, resource, input: input as never });
    if (!answer || 'fault' in answer) throw new Error(`${action} failed: ${JSON.stringify(answer)}`);
    return answer.ok as Record<string, unknown>;
  };

  it('count SQS’s messages, and how many stand in a queue', async () => {
    const { client, world } = createCloudWatchWorld();
    call(world, 'sqs:CreateQueue', QUEUE, { QueueName: 'orders' });
    const send = (more: object = {}) => call(world, 'sqs:SendMessage', QUEUE, { MessageBody: 'hello', ...more });
    send();
    send({ DelaySeconds: 90 });
    world.run({ untilMs: 61_000 });
    const { Messages } = call(world, 'sqs:ReceiveMessage', QUEUE, { VisibilityTimeout: 120 }) as { Messages: { ReceiptHandle: string }[] };
    world.run({ untilMs: 250_000 });
    call(world, 'sqs:DeleteMessage', QUEUE, { ReceiptHandle: Messages[0]?.ReceiptHandle });
    call(world, 'sqs:ReceiveMessage', QUEUE, {});
    call(world, 'sqs:ReceiveMessage', QUEUE, {});
    world.run({ untilMs: 6 * MINUTE });
    const Dimensions = [{ Name: 'QueueName', Value: 'orders' }];
    const values = async (name: string) =>
      (await statistics(client, 'AWS/SQS', name, { Dimensions, EndTime: date(6 * MINUTE) })).Datapoints?.map((point) => point.Sum);
    expect(await values('NumberOfMessagesSent')).toEqual([2]);
    expect(await values('SentMessageSize')).toEqual([10]);
    expect(await values('NumberOfMessagesReceived')).toEqual([1, 1]);
    expect(await values('NumberOfMessagesDeleted')).toEqual([1]);
    expect(await values('NumberOfEmptyReceives')).toEqual([1]);
    // Minute by minute: one visible; it is in flight while the delayed one appears; it comes back; it is deleted, the other in flight; back.
    expect(await values('ApproximateNumberOfMessagesVisible')).toEqual([1, 1, 1, 2, 1, 1]);
    expect(await values('ApproximateNumberOfMessagesNotVisible')).toEqual([0, 1, 1, 0, 0, 0]);
    expect(await values('ApproximateNumberOfMessagesDelayed')).toEqual([1, 0, 0, 0, 0, 0]);
    expect(await values('ApproximateAgeOfOldestMessage')).toEqual([60, 120, 180, 240, 300, 360]);
  });

  it('keep count when a queue is purged or moves messages to a dead-letter queue', async () => {
    const { client, world } = createCloudWatchWorld();
    const dead = `arn:aws:sqs:eu-west-1:${ACCOUNT}:dead`;
    call(world, 'sqs:CreateQueue', dead, { QueueName: 'dead' });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 1 });
    call(world, 'sqs:CreateQueue', QUEUE, { QueueName: 'orders', Attributes: { RedrivePolicy, VisibilityTimeout: '0' } });
    for (let i = 0; i < 3; i++) call(world, 'sqs:SendMessage', QUEUE, { MessageBody: 'x' });
    // Received once and never deleted: the next receive moves the first away.
    call(world, 'sqs:ReceiveMessage', QUEUE, {});
    call(world, 'sqs:ReceiveMessage', QUEUE, {});
    world.run({ untilMs: MINUTE });
    call(world, 'sqs:PurgeQueue', QUEUE, {});
    world.run({ untilMs: 3 * MINUTE });
    const visible = async (Value: string) => {
      const more = { Dimensions: [{ Name: 'QueueName', Value }], EndTime: date(3 * MINUTE) };
      return (await statistics(client, 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', more)).Datapoints?.map((point) => point.Sum);
    };
    const held = (await visible('orders'))?.[0] ?? 0;
    const moved = (await visible('dead'))?.[0] ?? 0;
    expect(moved).toBeGreaterThan(0);
    expect(held + moved).toBe(3);
    expect((await visible('orders'))?.slice(1)).toEqual([0, 0]);
  });

  it('count topics, buses and log groups, and what metric filters find', async () => {
    const { client, world } = createCloudWatchWorld();
    const topic = `arn:aws:sns:eu-west-1:${ACCOUNT}:news`;
    call(world, 'sns:CreateTopic', topic, { Name: 'news' });
    call(world, 'sns:Publish', topic, { TopicArn: topic, Message: 'hello' });
    const bus = `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/default`;
    call(world, 'events:PutRule', `arn:aws:events:eu-west-1:${ACCOUNT}:rule/all`, { Name: 'all', EventPattern: '{"source":["shop"]}' });
    call(world, 'events:PutEvents', bus, { Entries: [{ Source: 'shop', DetailType: 'd', Detail: '{}' }] });
    const group = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:app`;
    call(world, 'logs:CreateLogGroup', group, { logGroupName: 'app' });
    call(world, 'logs:CreateLogStream', group, { logGroupName: 'app', logStreamName: 's' });
    const metricTransformations = [{ metricName: 'Failures', metricNamespace: 'App', metricValue: '1' }];
    call(world, 'logs:PutMetricFilter', group, { logGroupName: 'app', filterName: 'f', filterPattern: 'ERROR', metricTransformations });
    call(world, 'logs:PutLogEvents', group, {
      logGroupName: 'app',
      logStreamName: 's',
      logEvents: [
        { timestamp: START, message: 'ERROR' },
        { timestamp: START, message: 'fine' },
      ],
    });
    const sum = async (namespace: string, name: string, Dimensions: object[] = []) =>
      (await statistics(client, namespace, name, { Dimensions })).Datapoints?.[0]?.Sum;
    expect(await sum('AWS/SNS', 'NumberOfMessagesPublished', [{ Name: 'TopicName', Value: 'news' }])).toBe(1);
    expect(await sum('AWS/SNS', 'PublishSize', [{ Name: 'TopicName', Value: 'news' }])).toBe(5);
    expect(await sum('AWS/Events', 'MatchedEvents', [{ Name: 'RuleName', Value: 'all' }])).toBe(1);
    expect(await sum('AWS/Events', 'TriggeredRules')).toBe(1);
    expect(await sum('AWS/Logs', 'IncomingLogEvents', [{ Name: 'LogGroupName', Value: 'app' }])).toBe(2);
    expect(await sum('App', 'Failures')).toBe(1);
    const CloudWatchMetrics = [
      { Namespace: 'App', Dimensions: [['Path'], []], Metrics: [{ Name: 'ms', Unit: 'Milliseconds' }, { Name: 'gone' }] },
    ];
    const message = JSON.stringify({ _aws: { Timestamp: START, CloudWatchMetrics }, Path: '/pay', ms: [5, 7] });
    call(world, 'logs:PutLogEvents', group, {
      logGroupName: 'app',
      logStreamName: 's',
      logEvents: [
        { timestamp: START, message },
        { timestamp: START, message: '{"_aws": 1' },
      ],
    });
    expect(await sum('App', 'ms', [{ Name: 'Path', Value: '/pay' }])).toBe(12);
    expect(await sum('App', 'ms')).toBe(12);
    expect(world.stateAt('cloudwatch', world.trace.length - 1)).toEqual(world.state('cloudwatch'));
  });
});
