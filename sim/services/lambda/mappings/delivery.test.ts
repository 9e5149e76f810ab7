import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, DeleteQueueCommand, SendMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { createFunction, functionArn, messagesIn, queueArn } from '../../../../test/lambda-world';
import { type Batch, createMappingWorld, JOBS, JOBS_FIFO, type MappingWorld, queueUrl } from '../../../../test/mapping-world';
import type { SqsState } from '../../sqs/queue';

const SECOND = 1000;
const bodies = (count: number) => Array.from({ length: count }, (_, i) => `m${i + 1}`);
const sizes = ({ facts }: MappingWorld) => facts('lambda:BatchStarted').map(({ data }) => data.messageIds.length);
const outcomes = ({ facts }: MappingWorld) => facts('lambda:BatchEnded').map(({ data }) => data.outcome);
const left = ({ world }: MappingWorld, arn = JOBS) => world.state<SqsState>('sqs').queues[arn]?.messages.length;

describe('a batch', () => {
  it('is an event of records as SQS gives them, and its messages are deleted when the function succeeds', async () => {
    const events: Batch[] = [];
    const at = await createMappingWorld({ behave: (event) => ({ returns: events.push(event) }) });
    await at.map();
    await at.sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl('jobs'),
        MessageBody: 'hello',
        MessageAttributes: {
          tenant: { DataType: 'String', StringValue: 'acme' },
          raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) },
        },
      }),
    );
    expect(at.world.runUntilIdle()).toBe('idle');
    expect(events).toEqual([
      {
        Records: [
          {
            messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            receiptHandle: expect.any(String),
            body: 'hello',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: expect.stringMatching(/^\d{13}$/),
              SenderId: expect.any(String),
              ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            },
            messageAttributes: {
              tenant: { stringValue: 'acme', stringListValues: [], binaryListValues: [], dataType: 'String' },
              raw: { binaryValue: 'AQI=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
            },
            md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
            md5OfBody: '5d41402abc4b2a76b9719d911017c592',
            eventSource: 'aws:sqs',
            eventSourceARN: JOBS,
            awsRegion: 'eu-west-1',
          },
        ],
      },
    ]);
    expect(left(at)).toBe(0);
    expect(outcomes(at)).toEqual(['success']);
    expect(at.facts('lambda:MessagesDeleted').map(({ data }) => data.count)).toEqual([1]);
  });

  it('holds what one receive gives, up to its size', async () => {
    const at = await createMappingWorld();
    await at.send(bodies(23));
    await at.map({ BatchSize: 7 });
    expect(sizes(at)).toEqual([7, 7, 7, 2]);
    expect(left(at)).toBe(0);
  });

  it('waits for its window, and goes early when it is full', async () => {
    const at = await createMappingWorld();
    await at.map({ BatchSize: 25, MaximumBatchingWindowInSeconds: 20 });
    await at.send(bodies(3));
    const sentAt = at.world.now;
    at.world.runUntil(sentAt + 5 * SECOND);
    await at.send(bodies(4));
    at.world.runUntilIdle();
    const [first] = at.facts('lambda:BatchStarted');
    expect(sizes(at)).toEqual([7]);
    expect((first?.at ?? 0) - sentAt).toBeCloseTo(20 * SECOND, -2);
    const fullAt = at.world.now;
    await at.send(bodies(30));
    at.world.runUntilIdle();
    expect(sizes(at)).toEqual([7, 25, 5]);
    expect((at.facts('lambda:BatchStarted')[1]?.at ?? 0) - fullAt).toBeLessThan(SECOND);
  });

  it('stays under 6 MB', async () => {
    const at = await createMappingWorld();
    const large = 'x'.repeat(1_000_000);
    for (let i = 0; i < 10; i++) await at.send([large]);
    await at.map();
    expect(sizes(at)).toEqual([6, 4]);
    expect(left(at)).toBe(0);
  });
});

describe('a batch that fails', () => {
  it('comes back when its visibility timeout ends, and moves to the dead-letter queue when it has come too often', async () => {
    const at = await createMappingWorld({ behave: () => ({ throws: 'no' }) });
    await at.sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 3 });
    await at.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl('jobs'), Attributes: { RedrivePolicy } }));
    await at.map();
    await at.send(['poison']);
    at.world.runUntilIdle();
    expect(outcomes(at)).toEqual(['function-error', 'function-error', 'function-error']);
    const [first, second, third] = at.facts('lambda:BatchStarted').map((fact) => fact.at) as [number, number, number];
    expect(second - first).toBeCloseTo(30 * SECOND, 3);
    expect(third - second).toBeCloseTo(30 * SECOND, 3);
    expect(messagesIn(at.world, 'dead').map(({ Body }) => Body)).toEqual(['poison']);
    expect(left(at)).toBe(0);
  });

  it.each<[answer: string, returns: (ids: string[]) => unknown, outcome: string, kept: number]>([
    ['an empty list', () => ({ batchItemFailures: [] }), 'success', 0],
    ['a null list', () => ({ batchItemFailures: null }), 'success', 0],
    ['an empty object', () => ({}), 'success', 0],
    ['null', () => null, 'success', 0],
    ['one id', ([first]) => ({ batchItemFailures: [{ itemIdentifier: first }] }), 'partial', 1],
    ['every id', (ids) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) }), 'partial', 3],
    ['an empty id', () => ({ batchItemFailures: [{ itemIdentifier: '' }] }), 'bad-response', 3],
    ['a null id', () => ({ batchItemFailures: [{ itemIdentifier: null }] }), 'bad-response', 3],
    ['an id of nobody', ([first]) => ({ batchItemFailures: [{ itemIdentifier: first }, { itemIdentifier: 'x' }] }), 'bad-response', 3],
    ['another key', ([first]) => ({ batchItemFailures: [{ messageId: first }] }), 'bad-response', 3],
    ['something else than a list', () => ({ batchItemFailures: 'all' }), 'bad-response', 3],
    ['text', () => 'done', 'bad-response', 3],
  ])('with ReportBatchItemFailures and %s', async (_answer, returns, outcome, kept) => {
    const at = await createMappingWorld({ behave: ({ Records }) => ({ returns: returns(Records.map(({ messageId }) => messageId)) }) });
    await at.map({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await at.send(bodies(3));
    at.world.runUntil(at.world.now + 5 * SECOND);
    expect(outcomes(at)).toEqual([outcome]);
    expect(left(at)).toBe(kept);
  });

  it('leaves nothing behind when failures are returned and nobody asked for them', async () => {
    const at = await createMappingWorld({
      behave: ({ Records }) => ({ returns: { batchItemFailures: [{ itemIdentifier: Records[0]?.messageId }] } }),
    });
    await at.map();
    await at.send(bodies(3));
    at.world.runUntilIdle();
    expect(left(at)).toBe(0);
  });
});

describe('the limits of a mapping', () => {
  it('starts with five batches at a time and grows by five a second while there is a backlog', async () => {
    const at = await createMappingWorld({ behave: () => ({ returns: null, durationMs: 2900 }), timeout: 3 });
    await at.send(bodies(60));
    await at.map({ BatchSize: 1 });
    const started = at.facts('lambda:BatchStarted').map((fact) => fact.at);
    const first = started[0] ?? 0;
    const within = (ms: number) => started.filter((time) => time - first <= ms).length;
    expect([within(500), within(1500), within(2500)]).toEqual([5, 10, 15]);
    expect(at.facts('lambda:EventSourceMappingScaled')[0]?.data).toEqual({ from: 5, to: 10, reason: 'backlog', polls: true });
    expect(left(at)).toBe(0);
  });

  it('never has more batches at a time than its maximum', async () => {
    const at = await createMappingWorld({ behave: () => ({ returns: null, durationMs: 2000 }) });
    await at.send(bodies(20));
    await at.map({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    const steps = at.world.trace.flatMap(({ type }) => (type === 'lambda:BatchStarted' ? [1] : type === 'lambda:BatchEnded' ? [-1] : []));
    let running = 0;
    expect(Math.max(...steps.map((step) => (running += step)))).toBe(2);
    expect(left(at)).toBe(0);
  });

  it('holds a throttled batch, tries it again, and lets go of it when its messages come back', async () => {
    const at = await createMappingWorld();
    await at.map();
    await at.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'worker', ReservedConcurrentExecutions: 0 }));
    await at.send(['a']);
    const sentAt = at.world.now;
    at.world.runUntil(sentAt + 29 * SECOND);
    expect(at.facts('lambda:BatchPutOff').map(({ data }) => data.waitMs)).toEqual([1000, 2000, 4000, 8000]);
    expect(at.facts('lambda:BatchPutOff')[0]?.data).toMatchObject({
      errorCode: 'TooManyRequestsException',
      visibleAt: expect.closeTo(sentAt + 30 * SECOND, -1),
      concurrencyLimit: 2,
    });
    expect(outcomes(at)).toEqual(['throttled']);
    await at.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'worker', ReservedConcurrentExecutions: 10 }));
    at.world.runUntilIdle();
    expect(outcomes(at)).toEqual(['throttled', 'success']);
    expect(left(at)).toBe(0);
  });
});

describe('an error of Lambda itself', () => {
  it('is waited out with the batch in hand', async () => {
    const at = await createMappingWorld();
    await at.map();
    const fault = { code: 'ServiceException', message: 'The Lambda service encountered an internal error.', status: 500 };
    const action = 'lambda:InvokeFunction';
    at.world.call({ action: 'fis:InjectApiError', resource: action, input: { action, times: 2, fault } });
    await at.send(['a']);
    at.world.runUntilIdle();
    expect(at.facts('lambda:BatchPutOff').map(({ data }) => data.errorCode)).toEqual(['ServiceException', 'ServiceException']);
    expect(outcomes(at)).toEqual(['success']);
    expect(left(at)).toBe(0);
  });
});

describe('a FIFO queue', () => {
  it('keeps the order within a group, one batch of a group at a time', async () => {
    const seen: string[] = [];
    const at = await createMappingWorld({
      behave: ({ Records }) => {
        seen.push(...Records.map(({ body }) => body));
        return { returns: null, durationMs: 500 };
      },
    });
    const all = Array.from({ length: 30 }, (_, i) => `${'abc'.charAt(i % 3)}${i}`);
    await at.send(all, 'jobs.fifo', (body) => body.charAt(0));
    await at.map({ EventSourceArn: JOBS_FIFO, BatchSize: 2 });
    for (const group of 'abc') expect(seen.filter((body) => body.startsWith(group))).toEqual(all.filter((body) => body.startsWith(group)));
    expect(left(at, JOBS_FIFO)).toBe(0);
  });

  it('blocks a group until its failed message has passed', async () => {
    const seen: string[] = [];
    const at = await createMappingWorld({
      behave: ({ Records }) => {
        seen.push(...Records.map(({ body, attributes }) => `${body}:${attributes.ApproximateReceiveCount}`));
        return Records[0]?.body === 'a1' && Records[0].attributes.ApproximateReceiveCount === '1'
          ? { throws: 'not yet' }
          : { returns: null };
      },
    });
    await at.map({ EventSourceArn: JOBS_FIFO, BatchSize: 1 });
    await at.send(['a1', 'b1', 'a2'], 'jobs.fifo', (body) => body.charAt(0));
    at.world.runUntilIdle();
    expect(seen.filter((body) => body.startsWith('a'))).toEqual(['a1:1', 'a1:2', 'a2:1']);
    expect(seen.indexOf('b1:1')).toBeLessThan(seen.indexOf('a1:2'));
  });
});

describe('filters', () => {
  const pattern = (body: unknown) => ({ FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ body }) }] } });

  it('let through what matches and delete the rest, and say which key failed', async () => {
    const seen: string[] = [];
    const at = await createMappingWorld({ behave: ({ Records }) => ({ returns: seen.push(...Records.map(({ body }) => body)) }) });
    await at.map(pattern({ kind: ['order'], total: [{ numeric: ['>', 10] }] }));
    const sent = ['{"kind":"order","total":11}', '{"kind":"order","total":9}', 'plain'];
    await at.send(sent);
    at.world.runUntilIdle();
    expect(seen).toEqual([sent[0]]);
    expect(left(at)).toBe(0);
    expect(at.facts('lambda:EventsFilteredOut')[0]?.data.messages.map(({ misses }) => misses[0])).toMatchObject([
      { reason: 'no-match', path: 'body.total', seen: 9 },
      { reason: 'body-is-not-json', path: 'body' },
    ]);
    expect(at.facts('lambda:MessagesDeleted').map(({ data }) => [data.filtered, data.count])).toEqual([
      [true, 2],
      [false, 1],
    ]);
  });

  it('that expect text drop JSON', async () => {
    const seen: string[] = [];
    const at = await createMappingWorld({ behave: ({ Records }) => ({ returns: seen.push(...Records.map(({ body }) => body)) }) });
    await at.map(pattern([{ prefix: 'go' }]));
    await at.send(['go on', 'stop', '{"go":1}']);
    at.world.runUntilIdle();
    expect(seen).toEqual(['go on']);
    expect(left(at)).toBe(0);
  });
});

describe('an empty queue', () => {
  it('lets the world be idle, and a month of it costs nothing', async () => {
    const at = await createMappingWorld();
    await at.map();
    const before = at.world.trace.length;
    at.world.runUntil(at.world.now + 30 * 86_400 * SECOND);
    expect(at.world.trace.length).toBe(before);
    await at.send(['late']);
    expect(at.world.runUntilIdle()).toBe('idle');
    expect(outcomes(at)).toEqual(['success']);
  });

  it('of which a delayed message comes when it is due', async () => {
    const at = await createMappingWorld();
    await at.map();
    const sentAt = at.world.now;
    await at.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('jobs'), MessageBody: 'later', DelaySeconds: 90 }));
    at.world.runUntilIdle();
    expect((at.facts('lambda:BatchStarted')[0]?.at ?? 0) - sentAt).toBeCloseTo(90 * SECOND, -1);
  });
});

describe('a mapping that is changed', () => {
  it('receives until its long poll ends, then no more, and goes on when it is enabled again', async () => {
    const at = await createMappingWorld();
    const uuid = await at.map();
    await at.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: false }));
    await at.send(['while the poll runs']);
    at.world.runUntilIdle();
    await at.send(['too late']);
    at.world.runUntilIdle();
    expect(outcomes(at)).toEqual(['success']);
    expect(left(at)).toBe(1);
    await at.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: true }));
    at.world.runUntilIdle();
    expect(outcomes(at)).toEqual(['success', 'success']);
    expect(left(at)).toBe(0);
  });

  it('stands beside others on the same queue: every message goes to one of them', async () => {
    const at = await createMappingWorld();
    createFunction(at.world, 'second');
    at.world.runUntilIdle();
    await at.map();
    await at.map({ FunctionName: 'second' });
    await at.send(bodies(40));
    at.world.runUntilIdle();
    const ids = at.facts('lambda:BatchStarted').flatMap(({ data }) => data.messageIds);
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
    expect(left(at)).toBe(0);
  });

  it('invokes the version that its alias points at', async () => {
    const at = await createMappingWorld();
    await at.lambda.send(new PublishVersionCommand({ FunctionName: 'worker' }));
    await at.lambda.send(new CreateAliasCommand({ FunctionName: 'worker', Name: 'LIVE', FunctionVersion: '1' }));
    await at.map({ FunctionName: 'worker:LIVE' });
    await at.send(['a']);
    at.world.runUntilIdle();
    expect(at.facts('lambda:BatchEnded')[0]?.data).toMatchObject({ outcome: 'success', functionArn: functionArn('worker:LIVE') });
    const started = at.world.trace.find(({ type }) => type === 'lambda:InvocationStarted');
    expect(started?.data).toMatchObject({ executedVersion: '1', qualifier: 'LIVE' });
  });
});

describe('what the mapping needs and lost', () => {
  it('a deleted queue is told once, and its successor is read', async () => {
    const at = await createMappingWorld();
    await at.map();
    await at.sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl('jobs') }));
    expect(at.world.runUntilIdle()).toBe('idle');
    at.world.runUntil(at.world.now + 3600 * SECOND);
    expect(at.facts('lambda:EventSourcePollFailed').map(({ data }) => data.errorCode)).toEqual(['AWS.SimpleQueueService.NonExistentQueue']);
    await at.sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
    await at.send(['again']);
    at.world.runUntil(at.world.now + 600 * SECOND);
    expect(outcomes(at)).toEqual(['success']);
  });

  it('a deleted function leaves the messages in the queue', async () => {
    const at = await createMappingWorld();
    await at.map();
    await at.lambda.send(new DeleteFunctionCommand({ FunctionName: 'worker' }));
    await at.send(['a']);
    expect(at.world.runUntilIdle()).toBe('idle');
    expect(left(at)).toBe(1);
  });
});
