import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, createFunction, functionArn, queueArn } from '../../../../test/lambda-world';
import { createMappingWorld, JOBS, JOBS_FIFO, queueUrl } from '../../../../test/mapping-world';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const thrownBy = (answer: Promise<unknown>) => answer.then(() => null).catch((error: unknown) => error as Error);

describe('an event source mapping', () => {
  it('is Creating when it is made and Enabled some seconds later', async () => {
    const { world, lambda } = await createMappingWorld();
    const created = await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: JOBS }));
    const { $metadata, ...mapping } = created;
    expect($metadata.httpStatusCode).toBe(202);
    expect(mapping).toEqual({
      UUID: expect.stringMatching(UUID),
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      EventSourceArn: JOBS,
      FunctionArn: functionArn('worker'),
      LastModified: expect.any(Date),
      State: 'Creating',
      StateTransitionReason: 'USER_INITIATED',
      FunctionResponseTypes: [],
      EventSourceMappingArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:event-source-mapping:${mapping.UUID}`,
    });
    expect(world.runUntilIdle()).toBe('idle');
    expect(await lambda.send(new GetEventSourceMappingCommand({ UUID: mapping.UUID }))).toMatchObject({ State: 'Enabled' });
  });

  it('may start disabled, be enabled, disabled again, and deleted', async () => {
    const { world, lambda, map } = await createMappingWorld();
    const uuid = await map({ Enabled: false });
    const state = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }))).State;
    const update = async (Enabled: boolean) => (await lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled }))).State;
    expect(await state()).toBe('Disabled');
    expect(await update(true)).toBe('Enabling');
    expect((await thrownBy(update(false)))?.message).toBe('Cannot update the event source mapping because it is in use.');
    world.runUntilIdle();
    expect(await state()).toBe('Enabled');
    expect(await update(false)).toBe('Disabling');
    world.runUntilIdle();
    expect(await state()).toBe('Disabled');
    expect((await lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }))).State).toBe('Deleting');
    world.runUntilIdle();
    expect(await thrownBy(state())).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
  });

  it('keeps what it is given and takes changes of it', async () => {
    const { world, lambda, map } = await createMappingWorld();
    const FilterCriteria = { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] };
    const uuid = await map({
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 30,
      FilterCriteria,
      ScalingConfig: { MaximumConcurrency: 7 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(await lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }))).toMatchObject({
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 30,
      FilterCriteria,
      ScalingConfig: { MaximumConcurrency: 7 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const change = { UUID: uuid, BatchSize: 5, FilterCriteria: {}, ScalingConfig: {}, FunctionResponseTypes: [] };
    expect(await lambda.send(new UpdateEventSourceMappingCommand(change))).toMatchObject({ State: 'Updating', BatchSize: 5 });
    world.runUntilIdle();
    const after = await lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }));
    expect(after).toMatchObject({ State: 'Enabled', BatchSize: 5, MaximumBatchingWindowInSeconds: 30, FunctionResponseTypes: [] });
    expect(after.FilterCriteria).toBeUndefined();
    expect(after.ScalingConfig).toBeUndefined();
  });

  it('is found by queue and by function, in pages', async () => {
    const { world, lambda, map } = await createMappingWorld();
    createFunction(world, 'second');
    world.runUntilIdle();
    await map();
    await map({ FunctionName: 'second' });
    await map({ EventSourceArn: JOBS_FIFO });
    const list = async (input: object) =>
      (await lambda.send(new ListEventSourceMappingsCommand(input))).EventSourceMappings?.map(({ FunctionArn }) => FunctionArn).sort();
    const [first, second] = [functionArn('worker'), functionArn('second')];
    expect(await list({})).toEqual([second, first, first]);
    expect(await list({ EventSourceArn: JOBS })).toEqual([second, first]);
    expect(await list({ FunctionName: 'worker' })).toEqual([first, first]);
    expect(await list({ FunctionName: 'second', EventSourceArn: JOBS_FIFO })).toEqual([]);
    const page = await lambda.send(new ListEventSourceMappingsCommand({ MaxItems: 2 }));
    expect(page.EventSourceMappings).toHaveLength(2);
    const rest = await lambda.send(new ListEventSourceMappingsCommand({ MaxItems: 2, Marker: page.NextMarker }));
    expect(rest.EventSourceMappings).toHaveLength(1);
    expect(rest.NextMarker).toBeUndefined();
  });
});

describe('the tags of a mapping', () => {
  it('are set, listed and taken away', async () => {
    const { lambda, map } = await createMappingWorld();
    const Resource = `arn:aws:lambda:eu-west-1:${ACCOUNT}:event-source-mapping:${await map({ Tags: { team: 'orders' } })}`;
    await lambda.send(new TagResourceCommand({ Resource, Tags: { stage: 'live' } }));
    const tags = async () => (await lambda.send(new ListTagsCommand({ Resource }))).Tags;
    expect(await tags()).toEqual({ team: 'orders', stage: 'live' });
    await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['team'] }));
    expect(await tags()).toEqual({ stage: 'live' });
  });
});

describe('what CreateEventSourceMapping refuses', () => {
  const window = { MaximumBatchingWindowInSeconds: 1 };
  const filter = (Pattern: string) => ({ FilterCriteria: { Filters: [{ Pattern }] } });
  it.each<[given: string, input: Partial<CreateEventSourceMappingCommandInput>, code: string, message: string]>([
    ['no source', { EventSourceArn: undefined }, 'InvalidParameterValueException', 'Unrecognized event source.'],
    [
      'a topic',
      { EventSourceArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:news` },
      'InvalidParameterValueException',
      `Unrecognized event source, must be kinesis, dynamodb stream or sqs. Unsupported source arn : arn:aws:sns:eu-west-1:${ACCOUNT}:news`,
    ],
    ['an unknown function', { FunctionName: 'nobody' }, 'InvalidParameterValueException', 'Function does not exist'],
    ['an unknown alias', { FunctionName: 'worker:LIVE' }, 'InvalidParameterValueException', 'Function does not exist'],
    [
      'an unknown queue',
      { EventSourceArn: queueArn('nothing') },
      'InvalidParameterValueException',
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    ],
    [
      'more than ten without a window',
      { BatchSize: 11 },
      'InvalidParameterValueException',
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ],
    [
      'a window on a FIFO queue',
      { EventSourceArn: JOBS_FIFO, ...window },
      'InvalidParameterValueException',
      'Batching window is not supported for FIFO queues',
    ],
    [
      'a batch of none',
      { BatchSize: 0 },
      'ValidationException',
      "1 validation error detected: Value '0' at 'batchSize' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'too large a batch',
      { BatchSize: 10_001, ...window },
      'ValidationException',
      "1 validation error detected: Value '10001' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ],
    [
      'a starting position',
      { StartingPosition: 'LATEST' },
      'InvalidParameterValueException',
      'StartingPosition is not valid for SQS event sources.',
    ],
    [
      'an on-failure destination',
      { DestinationConfig: { OnFailure: { Destination: queueArn('failed') } } },
      'InvalidParameterValueException',
      'Unsupported DestinationConfig parameter for given event source mapping type.',
    ],
    ['a pattern that is no JSON', filter('{"body":'), 'InvalidParameterValueException', 'Invalid filter pattern definition.'],
    [
      'a pattern without arrays',
      filter('{"body":{"kind":"order"}}'),
      'InvalidParameterValueException',
      'Invalid filter pattern definition.',
    ],
    ['an unknown operator', filter('{"body":[{"matches":"a"}]}'), 'InvalidParameterValueException', 'Invalid filter pattern definition.'],
  ])('%s', async (_given, input, name, message) => {
    const { map } = await createMappingWorld();
    expect(await thrownBy(map(input))).toMatchObject({ name, message });
  });

  it('a queue whose messages come back before the function is done', async () => {
    const { map } = await createMappingWorld({ timeout: 60 });
    expect(await thrownBy(map())).toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
    });
  });

  it('the same queue and function twice', async () => {
    const { map } = await createMappingWorld();
    const uuid = await map();
    expect(await thrownBy(map())).toMatchObject({
      name: 'ResourceConflictException',
      message: `An event source mapping with SQS arn (" ${JOBS} ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID ${uuid}`,
    });
  });

  it('nothing when a mapping of a deleted queue is switched off', async () => {
    const { lambda, sqs, world, map } = await createMappingWorld();
    const uuid = await map();
    await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl('jobs') }));
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: false }));
    expect(world.runUntilIdle()).toBe('idle');
    expect((await lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }))).State).toBe('Disabled');
  });
});
