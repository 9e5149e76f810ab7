import {
  CreateArchiveCommand,
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  DescribeReplayCommand,
  EventBridgeClient,
  InvalidEventPatternException,
  ListRulesCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  ResourceNotFoundException,
  StartReplayCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, BUS, createEventsWorld, QUEUE, RULE } from '../../../test/events-world';
import type { World } from '../../kernel/world';
import { createRequestHandler } from '../../protocol/request-handler';

function config(world: World) {
  const principal = { type: 'user' as const, id: `arn:aws:iam::${ACCOUNT}:user/ada`, account: ACCOUNT };
  return {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, principal),
  };
}

describe('events through the SDK', () => {
  it('tests patterns, and throws what EventBridge throws', async () => {
    const client = new EventBridgeClient(config(createEventsWorld()));
    const Event = JSON.stringify({
      id: '1',
      account: ACCOUNT,
      source: 'shop',
      time: 'now',
      region: 'eu-west-1',
      'detail-type': 'b',
      detail: {},
    });
    const test = (EventPattern: string) => client.send(new TestEventPatternCommand({ EventPattern, Event }));
    expect((await test('{"source":["shop"]}')).Result).toBe(true);
    expect((await test('{"source":[{"anything-but":"shop"}]}')).Result).toBe(false);
    const error = await test('{"source":"shop"}').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidEventPatternException);
    expect((error as Error).message).toBe(
      'Event pattern is not valid. Reason: "source" must be an object or an array\n at [Source: (String)"{"source":"shop"}"; line: 1, column: 12]',
    );
    await expect(client.send(new DescribeEventBusCommand({ Name: 'gone' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(client.send(new PutRuleCommand({ Name: 'r', ScheduleExpression: 'rate(1 hours)' }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Parameter ScheduleExpression is not valid.',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('puts events, archives and replays them, with dates as dates', async () => {
    const world = createEventsWorld();
    const client = new EventBridgeClient(config(world));
    const queue = new SQSClient(config(world));
    const { RuleArn } = await client.send(new PutRuleCommand({ Name: 'orders', EventPattern: '{"source":["shop"]}' }));
    expect(RuleArn).toBe(RULE);
    expect((await client.send(new PutTargetsCommand({ Rule: 'orders', Targets: [{ Id: 'q', Arn: QUEUE }] }))).FailedEntryCount).toBe(0);
    const { ArchiveArn } = await client.send(new CreateArchiveCommand({ ArchiveName: 'kept', EventSourceArn: BUS }));
    const Time = new Date('2026-11-02T09:00:00Z');
    const put = await client.send(
      new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'b', Detail: '{"a":1}', Time }, { Source: 'shop' }] }),
    );
    expect(put).toMatchObject({ FailedEntryCount: 1, Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'InvalidArgument' }] });
    world.runUntilIdle();
    const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders`;
    const { Messages } = await queue.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(Messages?.[0]?.Body ?? '')).toMatchObject({ id: put.Entries?.[0]?.EventId, time: '2026-11-02T09:00:00Z' });
    expect((await client.send(new ListRulesCommand({}))).Rules).toMatchObject([{ Name: 'orders', State: 'ENABLED' }]);
    const archive = await client.send(new DescribeArchiveCommand({ ArchiveName: 'kept' }));
    expect(archive).toMatchObject({ EventCount: 1, CreationTime: new Date('2026-11-02T10:15:07Z') });
    const range = { EventStartTime: new Date('2026-11-02T08:59:00Z'), EventEndTime: new Date('2026-11-02T09:01:00Z') };
    await client.send(new StartReplayCommand({ ReplayName: 'again', EventSourceArn: ArchiveArn, Destination: { Arn: BUS }, ...range }));
    world.runUntilIdle();
    const replay = await client.send(new DescribeReplayCommand({ ReplayName: 'again' }));
    expect(replay).toMatchObject({ State: 'COMPLETED', EventLastReplayedTime: Time, ...range });
  });
});
