import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../kernel/json';
import { World } from '../../kernel/world';
import { createEvents } from './service';

const ACCOUNT = '111122223333';
const PATTERN = '{"source":["a"]}';
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;

function createWorld(): World {
  return new World({ services: [createEvents()], account: ACCOUNT, region: 'eu-west-1', seed: 1, startAtEpochMs: 1_793_613_600_000 });
}

function ask(world: World, operation: string, input: JsonObject = {}): JsonObject {
  const route = createEvents().route?.(operation, input, { account: ACCOUNT, region: 'eu-west-1' });
  if (!route) throw new Error(`There is no operation ${operation}.`);
  const principal = { type: 'user' as const, id: `arn:aws:iam::${ACCOUNT}:user/ada`, account: ACCOUNT };
  const answer = world.call({ ...route, input, principal });
  if (!answer) throw new Error(`${operation} was not answered.`);
  return 'ok' in answer ? (answer.ok as JsonObject) : { code: answer.fault.code, message: answer.fault.message };
}

describe('operations of events', () => {
  it('answers a wrong request with the error of AWS', () => {
    const cases: [string, JsonObject, string, string][] = [
      ['PutRule', { Name: 'r' }, 'ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.'],
      ['PutRule', { Name: 'r', ScheduleExpression: 'rate(1 hours)' }, 'ValidationException', 'Parameter ScheduleExpression is not valid.'],
      [
        'PutRule',
        { Name: 'r', ScheduleExpression: 'rate(1 hour)', EventBusName: 'shop' },
        'ValidationException',
        'ScheduleExpression is supported only on the default event bus.',
      ],
      [
        'PutRule',
        { Name: 'r', EventPattern: '{}' },
        'InvalidEventPatternException',
        'Event pattern is not valid. Reason: Empty objects are not allowed\n at [Source: (String)"{}"; line: 1, column: 3]',
      ],
      [
        'PutRule',
        { Name: 'r', EventPattern: PATTERN, EventBusName: 'gone' },
        'ResourceNotFoundException',
        'Event bus gone does not exist.',
      ],
      [
        'PutRule',
        { Name: 'a b', EventPattern: PATTERN },
        'ValidationException',
        "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [.\\-_A-Za-z0-9]+",
      ],
      ['DescribeRule', { Name: 'gone' }, 'ResourceNotFoundException', 'Rule gone does not exist on EventBus default.'],
      [
        'PutTargets',
        { Rule: 'gone', Targets: [{ Id: 'a', Arn: QUEUE }] },
        'ResourceNotFoundException',
        'Rule gone does not exist on EventBus default.',
      ],
      ['CreateEventBus', { Name: 'shop' }, 'ResourceAlreadyExistsException', 'Event bus shop already exists.'],
      ['CreateEventBus', { Name: 'default' }, 'ResourceAlreadyExistsException', 'Event bus default already exists.'],
      ['DeleteEventBus', { Name: 'default' }, 'ValidationException', 'Cannot delete event bus default.'],
      ['DescribeEventBus', { Name: 'gone' }, 'ResourceNotFoundException', 'Event bus gone does not exist.'],
      ['DeleteRule', { Name: 'full' }, 'ValidationException', "Rule can't be deleted since it has targets."],
      ['TestEventPattern', { EventPattern: PATTERN, Event: '{"source":"a"}' }, 'ValidationException', 'Parameter Event is not valid.'],
      ['TestEventPattern', { EventPattern: PATTERN, Event: 'no' }, 'ValidationException', 'Parameter Event is not valid.'],
      ['DescribeArchive', { ArchiveName: 'gone' }, 'ResourceNotFoundException', 'Archive gone does not exist.'],
      ['DescribeReplay', { ReplayName: 'gone' }, 'ResourceNotFoundException', 'Replay gone does not exist.'],
      ['RemovePermission', { StatementId: 'gone' }, 'ResourceNotFoundException', 'EventBus does not have a policy.'],
      [
        'PutEvents',
        { Entries: Array.from({ length: 11 }, () => ({})) },
        'ValidationException',
        `1 validation error detected: Value '[${Array.from({ length: 11 }, () => '{}').join(',')}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10`,
      ],
      [
        'PutEvents',
        { Entries: [{ Source: 'a', DetailType: 'b', Detail: JSON.stringify({ a: 'x'.repeat(1_048_576) }) }] },
        'ValidationException',
        'Total size of the entries in the request is over the limit.',
      ],
    ];
    const world = createWorld();
    ask(world, 'CreateEventBus', { Name: 'shop' });
    ask(world, 'PutRule', { Name: 'full', EventPattern: PATTERN });
    ask(world, 'PutTargets', { Rule: 'full', Targets: [{ Id: 'a', Arn: QUEUE }] });
    for (const [operation, input, code, message] of cases) expect(ask(world, operation, input)).toEqual({ code, message });
  });

  it('takes the good entries of PutEvents and says what is wrong with the others, in order', () => {
    const good = { Source: 'a', DetailType: 'b', Detail: '{}' };
    const entries: JsonObject[] = [
      good,
      { ...good, Source: '' },
      { Source: 'a', Detail: '{}' },
      { Source: 'a', DetailType: 'b' },
      { ...good, Detail: '[1]' },
      { ...good, Source: 'aws.ec2' },
    ];
    const answer = ask(createWorld(), 'PutEvents', { Entries: entries });
    expect(answer).toEqual({
      FailedEntryCount: 5,
      Entries: [
        { EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.' },
        { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter DetailType is not valid. Reason: DetailType is a required argument.' },
        { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Detail is not valid. Reason: Detail is a required argument.' },
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
        { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
      ],
    });
  });

  it('takes an event for a bus that is not there, and it is gone', () => {
    const world = createWorld();
    expect(ask(world, 'PutEvents', { Entries: [{ Source: 'a', DetailType: 'b', Detail: '{}', EventBusName: 'gone' }] })).toMatchObject({
      FailedEntryCount: 0,
    });
    expect(world.trace.at(-1)).toMatchObject({ type: 'events:EventUnmatched', data: { reason: 'no-bus' } });
  });

  it('tests a pattern on an event', () => {
    const event = {
      id: '1',
      account: ACCOUNT,
      source: 'a',
      time: '2026-11-02T10:15:07Z',
      region: 'eu-west-1',
      'detail-type': 'b',
      detail: { c: [{ d: 1 }] },
    };
    const test = (pattern: object) =>
      ask(createWorld(), 'TestEventPattern', { EventPattern: JSON.stringify(pattern), Event: JSON.stringify(event) });
    expect(test({ detail: { c: { d: [1] } } })).toEqual({ Result: true });
    expect(test({ detail: { c: { d: [2] } } })).toEqual({ Result: false });
    expect(test({ detail: { c: { d: [{ like: 1 }] } } })).toMatchObject({ code: 'InvalidEventPatternException' });
  });

  it('replaces a rule that is put again, except its targets', () => {
    const world = createWorld();
    ask(world, 'PutRule', { Name: 'r', EventPattern: PATTERN, Description: 'first', State: 'DISABLED' });
    ask(world, 'PutTargets', { Rule: 'r', Targets: [{ Id: 'a', Arn: QUEUE }] });
    ask(world, 'PutRule', { Name: 'r', ScheduleExpression: 'rate(1 day)' });
    expect(ask(world, 'DescribeRule', { Name: 'r' })).toEqual({
      Name: 'r',
      Arn: `arn:aws:events:eu-west-1:${ACCOUNT}:rule/r`,
      ScheduleExpression: 'rate(1 day)',
      State: 'ENABLED',
      EventBusName: 'default',
      CreatedBy: ACCOUNT,
    });
    expect(ask(world, 'ListTargetsByRule', { Rule: 'r' })).toEqual({ Targets: [{ Id: 'a', Arn: QUEUE }] });
    expect(ask(world, 'ListRuleNamesByTarget', { TargetArn: QUEUE })).toEqual({ RuleNames: ['r'] });
  });

  it('keeps five targets a rule and refuses targets one by one where AWS does', () => {
    const world = createWorld();
    ask(world, 'PutRule', { Name: 'r', EventPattern: PATTERN });
    const targets = (count: number) => Array.from({ length: count }, (_, i) => ({ Id: `t${i}`, Arn: QUEUE }));
    expect(ask(world, 'PutTargets', { Rule: 'r', Targets: targets(6) })).toEqual({
      code: 'LimitExceededException',
      message: 'The requested resource exceeds the maximum number allowed.',
    });
    expect(ask(world, 'PutTargets', { Rule: 'r', Targets: targets(5) })).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
    const bad = [
      { Id: 't0', Arn: 'queue' },
      { Id: 't1', Arn: `${QUEUE}.fifo` },
    ];
    expect(ask(world, 'PutTargets', { Rule: 'r', Targets: bad })).toEqual({
      FailedEntryCount: 2,
      FailedEntries: [
        {
          TargetId: 't0',
          ErrorCode: 'ValidationException',
          ErrorMessage: 'Parameter queue is not valid. Reason: Provided Arn is not in correct format.',
        },
        { TargetId: 't1', ErrorCode: 'ValidationException', ErrorMessage: 'Parameter(s) SqsParameters must be specified for target: t1.' },
      ],
    });
    const transformer = (InputTemplate: string) => [{ Id: 't0', Arn: QUEUE, InputTransformer: { InputTemplate, InputPathsMap: {} } }];
    expect(ask(world, 'PutTargets', { Rule: 'r', Targets: transformer('"<a>"') })).toEqual({
      code: 'ValidationException',
      message: 'InputTemplate for target t0 contains invalid placeholder a.',
    });
    const both = [{ Id: 't0', Arn: QUEUE, Input: '{}', InputPath: '$' }];
    expect(ask(world, 'PutTargets', { Rule: 'r', Targets: both })).toEqual({
      code: 'ValidationException',
      message: 'Only one of Input, InputPath, or InputTransformer must be provided for target t0.',
    });
    const machine = 'arn:aws:states:eu-west-1:111122223333:stateMachine:ship';
    expect(ask(world, 'PutTargets', { Rule: 'r', Targets: [{ Id: 't0', Arn: machine }] })).toEqual({
      code: 'ValidationException',
      message: `RoleArn is required for target ${machine}.`,
    });
    expect(ask(world, 'RemoveTargets', { Rule: 'r', Ids: ['t0', 'x'] })).toEqual({
      FailedEntryCount: 1,
      FailedEntries: [
        { TargetId: 'x', ErrorCode: 'ResourceNotFoundException', ErrorMessage: "Rule 'r' does not have a target with the Id 'x'." },
      ],
    });
  });

  it('keeps three hundred rules a bus', () => {
    const world = createWorld();
    for (let i = 0; i < 300; i++) ask(world, 'PutRule', { Name: `r${i}`, EventPattern: PATTERN });
    expect(ask(world, 'PutRule', { Name: 'one-more', EventPattern: PATTERN })).toMatchObject({ code: 'LimitExceededException' });
    expect(ask(world, 'PutRule', { Name: 'r7', EventPattern: PATTERN })).toHaveProperty('RuleArn');
    const first = ask(world, 'ListRules', { Limit: 100 });
    expect(first.Rules).toHaveLength(100);
    expect(ask(world, 'ListRules', { Limit: 100, NextToken: first.NextToken ?? '' }).Rules).toHaveLength(100);
    expect(ask(world, 'ListRules', { NamePrefix: 'r29' }).Rules).toHaveLength(11);
  });

  it('keeps thirty rules with wildcards a bus', () => {
    const world = createWorld();
    const put = (Name: string, clause: object) => ask(world, 'PutRule', { Name, EventPattern: JSON.stringify({ source: [clause] }) });
    for (let i = 0; i < 30; i++) put(`r${i}`, i % 2 ? { wildcard: 'a*' } : { 'anything-but': { wildcard: '*a' } });
    expect(put('one-more', { wildcard: 'b*' })).toMatchObject({ code: 'LimitExceededException' });
    expect(put('plain', { prefix: 'b*' })).toHaveProperty('RuleArn');
    expect(put('r3', { wildcard: 'b*' })).toHaveProperty('RuleArn');
  });

  it('writes permissions into the policy of a bus, one statement an id', () => {
    const world = createWorld();
    const arn = `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/shop`;
    ask(world, 'CreateEventBus', { Name: 'shop', Tags: [{ Key: 'team', Value: 'a' }] });
    const put = { EventBusName: 'shop', Action: 'events:PutEvents', Principal: '444455556666', StatementId: 'b' };
    ask(world, 'PutPermission', put);
    ask(world, 'PutPermission', put);
    const Condition = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1' };
    ask(world, 'PutPermission', { ...put, Principal: '*', StatementId: 'org', Condition });
    const statements = [
      { Sid: 'b', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' }, Action: 'events:PutEvents', Resource: arn },
      {
        Sid: 'org',
        Effect: 'Allow',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: arn,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      },
    ];
    expect(JSON.parse(String(ask(world, 'DescribeEventBus', { Name: 'shop' }).Policy))).toEqual({
      Version: '2012-10-17',
      Statement: statements,
    });
    expect(world.resourcePolicy(arn)).toEqual({ Version: '2012-10-17', Statement: statements });
    ask(world, 'RemovePermission', { EventBusName: 'shop', StatementId: 'b' });
    ask(world, 'RemovePermission', { EventBusName: 'shop', StatementId: 'org' });
    expect(world.resourcePolicy(arn)).toBeNull();
    expect(ask(world, 'ListTagsForResource', { ResourceARN: arn })).toEqual({ Tags: [{ Key: 'team', Value: 'a' }] });
    expect(ask(world, 'ListEventBuses')).toMatchObject({ EventBuses: [{ Name: 'default' }, { Name: 'shop', Arn: arn }] });
  });

  it('refuses replays that AWS refuses', () => {
    const world = createWorld();
    const bus = `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/default`;
    ask(world, 'CreateEventBus', { Name: 'shop' });
    const { ArchiveArn = '' } = ask(world, 'CreateArchive', { ArchiveName: 'kept', EventSourceArn: bus });
    const replay = { ReplayName: 'r', EventSourceArn: ArchiveArn, EventStartTime: 1, EventEndTime: 2, Destination: { Arn: bus } };
    const refused: [JsonObject, string][] = [
      [{ EventEndTime: 1 }, 'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.'],
      [{ EventSourceArn: `${ArchiveArn}-gone` }, 'Parameter EventSourceArn is not valid. Reason: Archive kept-gone does not exist.'],
      [
        { Destination: { Arn: bus.replace('default', 'shop') } },
        'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
      ],
      [{ Destination: { Arn: bus.replace('default', 'gone') } }, 'Event bus gone does not exist.'],
    ];
    for (const [change, message] of refused) expect(ask(world, 'StartReplay', { ...replay, ...change })).toMatchObject({ message });
    ask(world, 'StartReplay', replay);
    expect(ask(world, 'StartReplay', replay)).toMatchObject({
      code: 'ResourceAlreadyExistsException',
      message: 'Replay r already exists.',
    });
    expect(ask(world, 'CancelReplay', { ReplayName: 'r' })).toMatchObject({ State: 'CANCELLING' });
    world.runUntilIdle();
    expect(ask(world, 'DescribeReplay', { ReplayName: 'r' })).toMatchObject({ State: 'CANCELLED' });
  });
});
