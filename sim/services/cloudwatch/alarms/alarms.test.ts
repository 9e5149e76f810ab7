import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  ResourceNotFound,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, createCloudWatchWorld, FUNCTION, factsOf, MINUTE, START, tell } from '../../../../test/cloudwatch-world';
import type { World } from '../../../kernel/world';

const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:alerts`;
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:inbox`;
const arnOf = (name: string) => `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:${name}`;
const thrown = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error);

const ALARM: PutMetricAlarmCommandInput = {
  AlarmName: 'errors',
  Namespace: 'Shop',
  MetricName: 'Errors',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};

const put = (client: CloudWatchClient, more: Partial<PutMetricAlarmCommandInput> = {}) =>
  client.send(new PutMetricAlarmCommand({ ...ALARM, ...more }));
const measure = (client: CloudWatchClient, Value: number, MetricName = 'Errors') =>
  client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData: [{ MetricName, Value }] }));
const changes = (world: World) =>
  factsOf(world, 'cloudwatch:AlarmStateChanged').map(({ alarmName, from, to }) => `${alarmName} ${from} ${to}`);

function call(world: World, action: `${string}:${string}`, resource: string, input: object): void {
  const answer = world.call({ action, resource, input: input as never });
  if (!answer || 'fault' in answer) throw new Error(`${action} failed: ${JSON.stringify(answer)}`);
}

/** A topic that anybody may publish to, with a queue behind it. */
function addTopic(world: World): void {
  call(world, 'sns:CreateTopic', TOPIC, { Name: 'alerts' });
  call(world, 'sqs:CreateQueue', QUEUE, { QueueName: 'inbox' });
  call(world, 'sns:Subscribe', TOPIC, { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: QUEUE, Attributes: { RawMessageDelivery: 'true' } });
}

describe('alarms', () => {
  it('go into alarm and back on the minute, and then let the world rest', async () => {
    const { client, world } = createCloudWatchWorld();
    await put(client, { TreatMissingData: 'notBreaching' });
    world.run({ untilMs: 30_000 });
    await measure(client, 3);
    world.run({ untilMs: 10 * MINUTE });
    expect(changes(world)).toEqual(['errors INSUFFICIENT_DATA ALARM', 'errors ALARM OK']);
    expect(world.trace.filter(({ type }) => type === 'cloudwatch:AlarmStateChanged').map(({ at }) => at)).toEqual([MINUTE, 4 * MINUTE]);
    const [alarm] = (await client.send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }))).MetricAlarms ?? [];
    expect(alarm).toMatchObject({
      ...ALARM,
      AlarmArn: arnOf('errors'),
      ActionsEnabled: true,
      StateValue: 'OK',
      StateReason: 'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
      StateUpdatedTimestamp: new Date(START + 4 * MINUTE),
      AlarmConfigurationUpdatedTimestamp: new Date(START),
    });
    // A whole day more, and nobody looks at an alarm that cannot change.
    const before = world.trace.length;
    world.run({ untilMs: 24 * 60 * MINUTE });
    expect(world.trace.length).toBe(before);
    expect(world.stateAt('cloudwatch', world.trace.length - 1)).toEqual(world.state('cloudwatch'));
  });

  it('do not keep an idle world busy', async () => {
    const { client, world } = createCloudWatchWorld();
    await put(client);
    await measure(client, 3);
    expect(world.run()).toBe('idle');
    expect(world.now).toBe(0);
  });

  it.each([
    [
      'M of N',
      { EvaluationPeriods: 3, DatapointsToAlarm: 2 },
      [5, 0, 5, 0, 0],
      // The first datapoint alone is too young for an alarm that wants two.
      ['1 INSUFFICIENT_DATA OK', '2 OK ALARM', '3 ALARM OK'],
    ],
    ['every one of N', { EvaluationPeriods: 2 }, [5, 5, 0], ['1 INSUFFICIENT_DATA ALARM', '2 ALARM OK']],
    ['below', { ComparisonOperator: 'LessThanThreshold' as const }, [5, 0], ['0 INSUFFICIENT_DATA OK', '1 OK ALARM']],
    ['a percentile', { Statistic: undefined, ExtendedStatistic: 'p90' }, [5, 0], ['0 INSUFFICIENT_DATA ALARM', '1 ALARM OK']],
  ])('judge %s', async (_name, more, values, expected) => {
    const { client, world } = createCloudWatchWorld();
    await put(client, more);
    for (const [minute, value] of values.entries()) {
      world.run({ untilMs: minute * MINUTE + 1000 });
      await measure(client, value);
    }
    world.run({ untilMs: values.length * MINUTE });
    const seen = world.trace
      .filter(({ type }) => type === 'cloudwatch:AlarmStateChanged')
      .map(({ at, data }) => `${at / MINUTE - 1} ${data.from} ${data.to}`);
    expect(seen).toEqual(expected);
  });

  it.each([
    ['evaluate' as const, 'ALARM'],
    ['ignore' as const, 'INSUFFICIENT_DATA'],
  ])('of a percentile with few samples: %s', async (EvaluateLowSampleCountPercentile, expected) => {
    const { client, world } = createCloudWatchWorld();
    await put(client, { Statistic: undefined, ExtendedStatistic: 'p90', EvaluateLowSampleCountPercentile });
    await measure(client, 5);
    world.run({ untilMs: MINUTE });
    expect((await client.send(new DescribeAlarmsCommand({}))).MetricAlarms?.[0]?.StateValue).toBe(expected);
  });

  it('tell topics, functions and the default bus in AWS’s words', async () => {
    const { client, world } = createCloudWatchWorld();
    addTopic(world);
    call(world, 'events:PutRule', `arn:aws:events:eu-west-1:${ACCOUNT}:rule/alarms`, {
      Name: 'alarms',
      EventPattern: '{"source":["aws.cloudwatch"]}',
    });
    await put(client, { AlarmActions: [TOPIC, FUNCTION], AlarmDescription: 'Too many.', DatapointsToAlarm: 1, Dimensions: [] });
    await measure(client, 3);
    world.run({ untilMs: MINUTE + 1000 });
    const [notification] = factsOf(world, 'sns:MessagePublished');
    expect(notification?.subject).toBe('ALARM: "errors" in EU (Ireland)');
    const reason =
      'Threshold Crossed: 1 out of the last 1 datapoints [3.0 (02/11/26 10:00:00)] was greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).';
    expect(notification?.message).toContain('"Threshold":1.0,"TreatMissingData":"missing","EvaluateLowSampleCountPercentile":""}}');
    expect(JSON.parse(notification?.message as string)).toEqual({
      AlarmName: 'errors',
      AlarmDescription: 'Too many.',
      AWSAccountId: ACCOUNT,
      AlarmConfigurationUpdatedTimestamp: '2026-11-02T10:00:00.000+0000',
      NewStateValue: 'ALARM',
      NewStateReason: reason,
      StateChangeTime: '2026-11-02T10:01:00.000+0000',
      Region: 'EU (Ireland)',
      AlarmArn: arnOf('errors'),
      OldStateValue: 'INSUFFICIENT_DATA',
      OKActions: [],
      AlarmActions: [TOPIC, FUNCTION],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: 'Errors',
        Namespace: 'Shop',
        StatisticType: 'Statistic',
        Statistic: 'SUM',
        Unit: null,
        Dimensions: [],
        Period: 60,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        TreatMissingData: 'missing',
        EvaluateLowSampleCountPercentile: '',
      },
    });
    const reasonData =
      '{"version":"1.0","queryDate":"2026-11-02T10:01:00.000+0000","startDate":"2026-11-02T10:00:00.000+0000","statistic":"Sum","period":60,"recentDatapoints":[3.0],"threshold":1.0,"evaluatedDatapoints":[{"timestamp":"2026-11-02T10:00:00.000+0000","sampleCount":1.0,"value":3.0}]}';
    const detail = {
      alarmName: 'errors',
      state: { value: 'ALARM', reason, reasonData, timestamp: '2026-11-02T10:01:00.000+0000' },
      previousState: { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', timestamp: '2026-11-02T10:00:00.000+0000' },
      configuration: {
        description: 'Too many.',
        metrics: [
          {
            id: 'm1',
            metricStat: { metric: { namespace: 'Shop', name: 'Errors', dimensions: {} }, period: 60, stat: 'Sum' },
            returnData: true,
          },
        ],
      },
    };
    const [taken] = factsOf(world, 'lambda:Taken');
    expect(taken).toMatchObject({ from: 'lambda.alarms.cloudwatch.amazonaws.com', 'aws:SourceArn': arnOf('errors') });
    expect(JSON.parse(taken?.payload as string)).toEqual({
      source: 'aws.cloudwatch',
      alarmArn: arnOf('errors'),
      accountId: ACCOUNT,
      time: '2026-11-02T10:01:00.000+0000',
      region: 'eu-west-1',
      alarmData: detail,
    });
    const events = factsOf(world, 'events:EventPut').map(({ event }) => JSON.parse(event as string));
    expect(events.map((event) => event['detail-type'])).toEqual(['CloudWatch Alarm Configuration Change', 'CloudWatch Alarm State Change']);
    expect(events[1]).toMatchObject({ source: 'aws.cloudwatch', account: ACCOUNT, resources: [arnOf('errors')], detail });
    const history = (await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'errors', ScanBy: 'TimestampAscending' })))
      .AlarmHistoryItems;
    expect(history?.map(({ HistoryItemType, HistorySummary }) => `${HistoryItemType}: ${HistorySummary}`)).toEqual([
      'ConfigurationUpdate: Alarm "errors" created',
      'StateUpdate: Alarm updated from INSUFFICIENT_DATA to ALARM',
      `Action: Successfully executed action ${TOPIC}`,
      `Action: Successfully executed action ${FUNCTION}`,
    ]);
  });

  it('watch what the other services do', async () => {
    const { client, world } = createCloudWatchWorld();
    await put(client, { Namespace: 'AWS/Lambda', Dimensions: [{ Name: 'FunctionName', Value: 'charge' }] });
    tell(world, 'InvocationEnded', { durationMs: 10, status: 'error', qualifier: null, executedVersion: '$LATEST' }, 5 * MINUTE + 500);
    world.run({ untilMs: 6 * MINUTE });
    expect(changes(world)).toEqual(['errors INSUFFICIENT_DATA ALARM']);
  });

  it('watch an expression', async () => {
    const { client, world } = createCloudWatchWorld();
    const stat = (Id: string, MetricName: string) => ({
      Id,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'Shop', MetricName }, Period: 60, Stat: 'Sum' },
    });
    const { AlarmName, EvaluationPeriods, ComparisonOperator } = ALARM;
    const Metrics = [stat('bad', 'Errors'), stat('all', 'Orders'), { Id: 'rate', Expression: '100 * bad / all', Label: 'Error rate' }];
    await client.send(new PutMetricAlarmCommand({ AlarmName, EvaluationPeriods, ComparisonOperator, Threshold: 20, Metrics }));
    await measure(client, 3);
    await measure(client, 10, 'Orders');
    world.run({ untilMs: MINUTE });
    expect(changes(world)).toEqual(['errors INSUFFICIENT_DATA ALARM']);
  });

  it('are set by hand, silenced and deleted', async () => {
    const { client, world } = createCloudWatchWorld();
    addTopic(world);
    await put(client, { OKActions: [TOPIC] });
    const set = (AlarmName: string, StateValue: 'OK' | 'ALARM') =>
      client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'by hand' }));
    await set('errors', 'OK');
    world.run();
    expect(factsOf(world, 'sns:MessagePublished')).toHaveLength(1);
    expect(await thrown(set('gone', 'OK'))).toBeInstanceOf(ResourceNotFound);
    await client.send(new DisableAlarmActionsCommand({ AlarmNames: ['errors'] }));
    await set('errors', 'ALARM');
    await set('errors', 'OK');
    world.run();
    expect(factsOf(world, 'sns:MessagePublished')).toHaveLength(1);
    // The next evaluation finds no data.
    world.run({ untilMs: MINUTE });
    const { MetricAlarms } = await client.send(new DescribeAlarmsForMetricCommand({ Namespace: 'Shop', MetricName: 'Errors' }));
    expect(MetricAlarms).toMatchObject([
      { StateValue: 'INSUFFICIENT_DATA', StateReason: 'Insufficient Data: 1 datapoint was unknown.', ActionsEnabled: false },
    ]);
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['errors'] }));
    expect((await client.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([]);
  });

  it('say when an action fails', async () => {
    const { client, world } = createCloudWatchWorld();
    await put(client, { AlarmActions: [TOPIC] });
    await measure(client, 3);
    world.run({ untilMs: MINUTE });
    expect(factsOf(world, 'cloudwatch:AlarmActionFailed')).toMatchObject([{ target: TOPIC, errorCode: 'NotFound' }]);
  });

  it('are combined by rules', async () => {
    const { client, world } = createCloudWatchWorld();
    await put(client, { AlarmName: 'a' });
    await put(client, { AlarmName: 'b', MetricName: 'Other' });
    const combine = (AlarmRule: string) => client.send(new PutCompositeAlarmCommand({ AlarmName: 'both', AlarmRule }));
    expect(await thrown(combine('ALARM(a) AND ALARM(gone)'))).toMatchObject({
      message: 'Could not save the composite alarm as alarms [gone] in the alarm rule do not exist',
    });
    expect(await thrown(combine('ALARM(a) ALARM(b)'))).toMatchObject({ message: 'AlarmRule expression is not valid.' });
    await combine('ALARM("a") AND NOT (OK(b) OR FALSE)');
    await measure(client, 3);
    world.run({ untilMs: MINUTE });
    expect(changes(world)).toEqual(['both INSUFFICIENT_DATA OK', 'a INSUFFICIENT_DATA ALARM', 'both OK ALARM']);
    const { CompositeAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] }));
    expect(CompositeAlarms).toMatchObject([{ AlarmName: 'both', StateValue: 'ALARM' }]);
    expect(await thrown(client.send(new DeleteAlarmsCommand({ AlarmNames: ['a'] })))).toMatchObject({
      message: 'Cannot delete a as there are composite alarm(s) depending on it: both',
    });
  });

  it.each([
    ['two statistics', { ExtendedStatistic: 'p90' }, 'Statistic and ExtendedStatistic are mutually exclusive: specify one of them.'],
    ['no statistic', { Statistic: undefined }, 'The parameter Statistic is required.'],
    [
      'more points than periods',
      { DatapointsToAlarm: 2 },
      'Datapoints to alarm must be less than or equal to the number of evaluation periods.',
    ],
    [
      'a treatment of its own',
      { TreatMissingData: 'guess' },
      'The value guess is not supported for TreatMissingData parameter. Supported values are [breaching, notBreaching, ignore, missing].',
    ],
    [
      'more than a day',
      { EvaluationPeriods: 2000 },
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).',
    ],
    ['an action that is no ARN', { AlarmActions: ['mail'] }, 'Invalid arn syntax: mail'],
  ])('are refused with %s', async (_name, more, message) => {
    expect(await thrown(put(createCloudWatchWorld().client, more as Partial<PutMetricAlarmCommandInput>))).toMatchObject({ message });
  });
});
