import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  ask,
  BROKEN,
  BUS,
  createEventsWorld,
  DEVICE,
  DLQ,
  expectConservation,
  facts,
  messages,
  putEvent,
  putRule,
  QUEUE,
  RULE,
  THROTTLED,
} from '../../../test/events-world';
import type { Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { formatTrace } from '../../kernel/trace';

describe('events', () => {
  it('delivers an event with its envelope to the targets of the rules that match', () => {
    const world = createEventsWorld();
    putRule(world, { Arn: QUEUE });
    const id = putEvent(world, { Resources: ['arn:a'], Time: 1_793_000_000 });
    world.runUntilIdle();
    expect(messages(world).map(({ body }) => body)).toEqual([
      `{"version":"0","id":"${id}","detail-type":"OrderPlaced","source":"com.example.shop","account":"${ACCOUNT}","time":"2026-10-26T07:33:20Z",` +
        '"region":"eu-west-1","resources":["arn:a"],"detail":{"orderId":17,"price":1.50,"tags":["a","b"],"who":{"name":"Ada"}}}',
    ]);
    expectConservation(world);
  });

  it('says of an event that no rule matches which field of which rule failed', () => {
    const world = createEventsWorld();
    putRule(world, { Arn: QUEUE }, { source: ['com.example.shop'], detail: { orderId: [{ numeric: ['>', 20] }] } });
    ask(world, 'PutRule', { Name: 'off', EventPattern: '{"source":["com.example.shop"]}', State: 'DISABLED' });
    const eventId = putEvent(world);
    world.runUntilIdle();
    expect(facts(world, 'EventUnmatched')).toEqual([
      {
        eventId,
        reason: 'no-rule',
        rulesInAll: 2,
        rules: [
          { rule: 'orders', path: 'detail.orderId', expected: ['{"numeric":[">",20]}'], seen: ['17'], reason: 'different-value' },
          { rule: 'off', reason: 'disabled' },
        ],
      },
    ]);
    ask(world, 'EnableRule', { Name: 'off' });
    putEvent(world);
    expect(facts(world, 'RuleMatched')).toHaveLength(1);
    expect(facts(world, 'RulesPassedOver')).toMatchObject([{ rules: [{ rule: 'orders' }] }]);
  });

  it('retries what may pass, with growing waits, until the target takes it', () => {
    const world = createEventsWorld({ failures: [THROTTLED, BROKEN, THROTTLED] });
    putRule(world, { Arn: DEVICE });
    putEvent(world);
    world.runUntilIdle();
    const waits = facts(world, 'TargetRetryScheduled');
    expect(waits.map(({ errorCode, retry }) => [errorCode, retry])).toEqual([
      ['THROTTLING', 1],
      ['ERROR_FROM_TARGET', 2],
      ['THROTTLING', 3],
    ]);
    for (const [i, { waitMs }] of waits.entries()) {
      expect(waitMs).toBeGreaterThanOrEqual(500 * 2 ** i);
      expect(waitMs).toBeLessThanOrEqual(1000 * 2 ** i);
    }
    expect(facts(world, 'TargetDelivered')).toMatchObject([{ attempts: 4 }]);
    expectConservation(world);
  });

  it('gives up after the retries or the age of the policy, and says so to the dead-letter queue', () => {
    for (const [RetryPolicy, condition, retries] of [
      [{ MaximumRetryAttempts: 2 }, 'MaximumRetryAttempts', '2'],
      [{ MaximumRetryAttempts: 0 }, 'MaximumRetryAttempts', '0'],
      [{ MaximumEventAgeInSeconds: 60 }, 'MaximumEventAgeInSeconds', null],
    ] as const) {
      const world = createEventsWorld({ failures: Array.from({ length: 200 }, () => THROTTLED) });
      putRule(world, { Arn: DEVICE, RetryPolicy, DeadLetterConfig: { Arn: DLQ }, Input: '{"changed":true}' });
      const id = putEvent(world);
      world.runUntilIdle();
      const [message] = messages(world, DLQ);
      expect(JSON.parse(message?.body ?? '')).toMatchObject({ id, detail: { orderId: 17 } });
      expect(message?.attributes).toMatchObject({
        RULE_ARN: { DataType: 'String', StringValue: RULE },
        TARGET_ARN: { DataType: 'String', StringValue: DEVICE },
        ERROR_CODE: { DataType: 'String', StringValue: 'THROTTLING' },
        ERROR_MESSAGE: { DataType: 'String', StringValue: 'Rate exceeded' },
        EXHAUSTED_RETRY_CONDITION: { DataType: 'String', StringValue: condition },
        RETRY_ATTEMPTS: { DataType: 'Number', ...(retries ? { StringValue: retries } : {}) },
      });
      expectConservation(world);
    }
  });

  it('keeps trying for a day and no longer than 185 retries by default', () => {
    const world = createEventsWorld({ failures: Array.from({ length: 200 }, () => BROKEN) });
    putRule(world, { Arn: DEVICE });
    putEvent(world);
    world.runUntilIdle();
    expect(world.now).toBeLessThanOrEqual(86_400_000);
    expect(world.now).toBeGreaterThan(18 * 3_600_000);
    expect(facts(world, 'TargetRetryScheduled').length).toBeGreaterThan(150);
    expect(facts(world, 'TargetRetryScheduled').length).toBeLessThanOrEqual(185);
    expectConservation(world);
  });

  it.each<[string, JsonObject, Fault[], string]>([
    ['a missing queue', { Arn: `${QUEUE}-gone` }, [], 'NO_RESOURCE'],
    [
      'a missing permission',
      { Arn: DEVICE },
      [{ code: 'AccessDeniedException', message: 'No.', status: 403, side: 'client' }],
      'NO_PERMISSIONS',
    ],
    ['a template that gives no JSON', { Arn: QUEUE, InputTransformer: { InputTemplate: '{"a": }' } }, [], 'INVALID_JSON'],
  ])('does not retry %s', (_, target, failures, code) => {
    const world = createEventsWorld({ failures });
    putRule(world, { ...target, DeadLetterConfig: { Arn: DLQ } });
    putEvent(world);
    world.runUntilIdle();
    expect(facts(world, 'TargetRetryScheduled')).toEqual([]);
    expect(messages(world, DLQ)).toMatchObject([
      { attributes: { ERROR_CODE: { StringValue: code }, RETRY_ATTEMPTS: { StringValue: '0' } } },
    ]);
    expect(messages(world, DLQ)[0]?.attributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
    expectConservation(world);
  });

  it('drops an event whose target and dead-letter queue both fail', () => {
    const world = createEventsWorld();
    putRule(world, { Arn: `${QUEUE}-gone`, DeadLetterConfig: { Arn: `${DLQ}-gone` } });
    putEvent(world);
    world.runUntilIdle();
    expect(facts(world, 'EventDropped')).toMatchObject([{ reason: 'dead-letter-queue-failed', errorCode: 'NO_RESOURCE' }]);
    expectConservation(world);
  });

  it('fires scheduled rules by the clock while they are enabled', () => {
    const world = createEventsWorld();
    ask(world, 'PutRule', { Name: 'orders', ScheduleExpression: 'cron(0/30 * * * ? *)' });
    ask(world, 'PutTargets', { Rule: 'orders', Targets: [{ Id: 't', Arn: QUEUE }] });
    world.runUntilIdle();
    expect(world.now).toBeLessThan(1000);
    world.runUntil(3_600_000);
    expect(messages(world).map(({ body }) => JSON.parse(body))).toMatchObject([
      { 'detail-type': 'Scheduled Event', source: 'aws.events', time: '2026-11-02T10:30:00Z', resources: [RULE], detail: {} },
      { time: '2026-11-02T11:00:00Z' },
    ]);
    ask(world, 'DisableRule', { Name: 'orders' });
    world.runUntil(7_200_000);
    expect(messages(world)).toHaveLength(2);
    ask(world, 'EnableRule', { Name: 'orders' });
    world.runUntil(9_000_000);
    expect(messages(world)).toHaveLength(3);
    expectConservation(world);
  });

  it('replays what an archive kept, marked, to the rules that are asked for, and does not archive it again', () => {
    const world = createEventsWorld();
    putRule(world, { Arn: QUEUE });
    const archive = ask(world, 'CreateArchive', { ArchiveName: 'kept', EventSourceArn: BUS, EventPattern: '{"detail":{"orderId":[17]}}' });
    expect(archive).toMatchObject({ ArchiveArn: `arn:aws:events:eu-west-1:${ACCOUNT}:archive/kept`, State: 'ENABLED' });
    const id = putEvent(world);
    putEvent(world, { Detail: '{"orderId":18}' });
    world.runUntilIdle();
    expect(ask(world, 'DescribeArchive', { ArchiveName: 'kept' })).toMatchObject({ EventCount: 1, RetentionDays: 0, EventSourceArn: BUS });
    const replay = { EventSourceArn: archive.ArchiveArn ?? '', EventStartTime: 1_793_000_000, EventEndTime: 1_794_000_000 };
    expect(ask(world, 'StartReplay', { ...replay, ReplayName: 'again', Destination: { Arn: BUS, FilterArns: [RULE] } })).toMatchObject({
      State: 'STARTING',
    });
    expect(
      ask(world, 'StartReplay', { ...replay, ReplayName: 'other', Destination: { Arn: BUS, FilterArns: [`${RULE}-other`] } }),
    ).toMatchObject({ State: 'STARTING' });
    world.runUntilIdle();
    expect(messages(world).map(({ body }) => JSON.parse(body))).toMatchObject([{ id }, {}, { id, 'replay-name': 'again' }]);
    expect(messages(world)).toHaveLength(3);
    expect(ask(world, 'DescribeReplay', { ReplayName: 'again' })).toMatchObject({ State: 'COMPLETED', ReplayName: 'again' });
    expect(ask(world, 'DescribeArchive', { ArchiveName: 'kept' })).toMatchObject({ EventCount: 1 });
    expect(ask(world, 'CancelReplay', { ReplayName: 'again' })).toMatchObject({ code: 'IllegalStatusException' });
    expectConservation(world);
  });

  it('gives the same state from the trace as it had, and the same trace again', () => {
    const run = () => {
      const world = createEventsWorld({ failures: [THROTTLED] });
      putRule(world, { Arn: DEVICE });
      ask(world, 'CreateArchive', { ArchiveName: 'kept', EventSourceArn: BUS });
      putEvent(world);
      world.runUntilIdle();
      return world;
    };
    const world = run();
    expect(world.stateAt('events', world.trace.length - 1)).toEqual(world.state('events'));
    expect(formatTrace(run().trace)).toBe(formatTrace(world.trace));
  });
});
