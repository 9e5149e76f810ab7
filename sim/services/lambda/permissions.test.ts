import { describe, expect, it } from 'vitest';
import { ask, createLambdaWorld, FUNCTION_ARN, must } from '../../../test/lambda-world';
import type { JsonObject } from '../../kernel/json';
import type { World } from '../../kernel/world';
import { createBehaviourSandboxes } from './behaviour-sandbox';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:orders';
const createWorld = () => createLambdaWorld(createBehaviourSandboxes(() => ({ durationMs: 1, outcome: { payload: '1' } })));

const add = (world: World, input: JsonObject) =>
  ask(world, 'lambda', 'AddPermission', {
    FunctionName: 'charge',
    StatementId: 'sns',
    Action: 'lambda:InvokeFunction',
    Principal: 'sns.amazonaws.com',
    ...input,
  });

const policy = (world: World) => must(world, 'lambda', 'GetPolicy', { FunctionName: 'charge' });

describe('a statement', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['for a service', { Principal: 'events.amazonaws.com' }, { Principal: { Service: 'events.amazonaws.com' } }],
    ['for an account', { Principal: '444455556666' }, { Principal: { AWS: 'arn:aws:iam::444455556666:root' } }],
    ['for a role', { Principal: 'arn:aws:iam::444455556666:role/a' }, { Principal: { AWS: 'arn:aws:iam::444455556666:role/a' } }],
    [
      'for an organisation',
      { Principal: '*', PrincipalOrgID: 'o-1234567890' },
      { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } },
    ],
    ['from one topic', { SourceArn: TOPIC }, { Condition: { ArnLike: { 'AWS:SourceArn': TOPIC } } }],
    [
      'from one bucket of one account',
      { SourceArn: 'arn:aws:s3:::b', SourceAccount: '111122223333' },
      { Condition: { StringEquals: { 'AWS:SourceAccount': '111122223333' }, ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::b' } } },
    ],
    [
      'for everybody through a function URL',
      { Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
      { Action: 'lambda:InvokeFunctionUrl', Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } },
    ],
  ])('%s is written as AWS writes it, and IAM reads it', (_name, input, statement) => {
    const world = createWorld();
    const answer = add(world, input) as { ok: { Statement: string } };
    expect(JSON.parse(answer.ok.Statement)).toMatchObject({ Sid: 'sns', Effect: 'Allow', Resource: FUNCTION_ARN, ...statement });
    const document = JSON.parse(policy(world).Policy as string);
    expect(document).toEqual({ Version: '2012-10-17', Id: 'default', Statement: [JSON.parse(answer.ok.Statement)] });
    expect(world.resourcePolicy(FUNCTION_ARN)).toEqual(document);
  });

  it.each<[string, JsonObject, string, string]>([
    ['a principal that is none', { Principal: 'nobody' }, 'InvalidParameterValueException', 'The provided principal was invalid.'],
    ['a statement id with a blank', { StatementId: 'a b' }, 'ValidationException', "at 'statementId'"],
    ['an action of another service', { Action: 'sqs:SendMessage' }, 'ValidationException', "at 'action'"],
    ['$LATEST', { Qualifier: '$LATEST' }, 'InvalidParameterValueException', 'We currently do not support adding policies for $LATEST.'],
    ['a version that is not there', { Qualifier: '7' }, 'ResourceNotFoundException', `${FUNCTION_ARN}:7`],
    ['another revision', { RevisionId: 'x' }, 'PreconditionFailedException', 'The Revision Id provided does not match'],
  ])('is refused for %s', (_name, input, code, message) => {
    expect(add(createWorld(), input)).toMatchObject({ fault: { code, message: expect.stringContaining(message) } });
  });
});

describe('the policy', () => {
  it('has each statement id once, and is gone with its last statement', () => {
    const world = createWorld();
    const remove = (StatementId: string) => ask(world, 'lambda', 'RemovePermission', { FunctionName: 'charge', StatementId });
    expect(ask(world, 'lambda', 'GetPolicy', { FunctionName: 'charge' })).toMatchObject({
      fault: { code: 'ResourceNotFoundException', status: 404, message: 'The resource you requested does not exist.' },
    });
    add(world, {});
    expect(add(world, {})).toMatchObject({ fault: { code: 'ResourceConflictException', status: 409 } });
    const { RevisionId } = policy(world);
    expect(add(world, { StatementId: 'b', RevisionId: RevisionId as string })).toMatchObject({ ok: {} });
    expect(policy(world).RevisionId).not.toBe(RevisionId);
    expect(remove('c')).toMatchObject({ fault: { message: 'Statement c is not found in resource policy.' } });
    expect([remove('b'), remove('sns')]).toEqual([{ ok: {} }, { ok: {} }]);
    expect(world.resourcePolicy(FUNCTION_ARN)).toBeNull();
    expect(world.stateAt('lambda', world.trace.length - 1)).toEqual(world.state('lambda'));
  });

  it('holds at most 20 KB', () => {
    const world = createWorld();
    const answers = Array.from({ length: 140 }, (_, index) => add(world, { StatementId: `s${index}` }));
    expect(answers.find((answer) => 'fault' in answer)).toMatchObject({ fault: { code: 'PolicyLengthExceededException' } });
    expect((policy(world).Policy as string).length).toBeLessThanOrEqual(20_480);
  });
});
