import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  InvalidParameterException,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { facts, GROUP, HOUR, logGroupName, logStreamName, START, startWithStream } from '../../../test/logs-world';

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
