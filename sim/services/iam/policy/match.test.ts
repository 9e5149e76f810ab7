import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../kernel/json';
import { compilePolicy } from './document';
import { type AccessRequest, assess } from './match';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';

function outcome(document: JsonObject, request: Partial<AccessRequest> = {}): string {
  const caller = { kind: 'user' as const, arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333' };
  return assess(compilePolicy(document), { action: 'sqs:SendMessage', resource: QUEUE, caller, context: new Map(), ...request }).outcome;
}

type Matching = [name: string, statement: object, expected: string, request?: Partial<AccessRequest>];
describe('what a statement covers', () => {
  it.each<Matching>([
    ['an action in other letters', { Action: 'SQS:sendMESSAGE' }, 'allowed'],
    ['an action with a wildcard', { Action: 'sqs:Send*' }, 'allowed'],
    ['an action with a question mark', { Action: 'sqs:SendMessag?' }, 'allowed'],
    ['another action', { Action: 'sqs:Send' }, 'implicitDeny'],
    ['a resource in other letters', { Resource: QUEUE.replace('orders', 'Orders') }, 'implicitDeny'],
    ['a resource with wildcards', { Resource: 'arn:aws:sqs:*:111122223333:ord?rs' }, 'allowed'],
    ['a wildcard that ends a component reaches over colons', { Resource: 'arn:aws:sqs:*:orders' }, 'allowed'],
    ['a wildcard inside a component does not', { Resource: 'arn:aws:sqs:eu*1:orders' }, 'implicitDeny'],
    ['NotAction', { Action: undefined, NotAction: 's3:*' }, 'allowed'],
    ['NotAction that names the action', { Action: undefined, NotAction: ['s3:*', 'sqs:*'] }, 'implicitDeny'],
    ['NotResource', { Resource: undefined, NotResource: `${QUEUE}2` }, 'allowed'],
    ['NotResource that names the resource', { Resource: undefined, NotResource: QUEUE }, 'implicitDeny'],
    [
      'a variable in the resource',
      { Resource: 'arn:aws:sqs:*:*:${aws:username}' },
      'allowed',
      { context: new Map([['aws:username', ['orders']]]) },
    ],
    ['a variable without value', { Resource: 'arn:aws:sqs:*:*:${aws:username}*' }, 'implicitDeny'],
    [
      'a wildcard in a value is literal',
      { Resource: 'arn:aws:sqs:*:*:${aws:username}' },
      'implicitDeny',
      { context: new Map([['aws:username', ['*']]]) },
    ],
    [
      'all conditions have to hold',
      { Condition: { StringEquals: { 'aws:a': '1' }, Bool: { 'aws:b': 'true' } } },
      'implicitDeny',
      { context: new Map([['aws:a', ['1']]]) },
    ],
    [
      'condition keys in other letters',
      { Condition: { StringEquals: { 'AWS:sourceACCOUNT': '1' } } },
      'allowed',
      { context: new Map([['aws:sourceaccount', ['1']]]) },
    ],
  ])('%s: %j is %s', (_name, statement, expected, request) => {
    const full = { Effect: 'Allow', Action: '*', Resource: '*', ...statement };
    expect(outcome({ Version: '2012-10-17', Statement: full } as never, request)).toBe(expected);
  });

  it('leaves variables of the first policy version as they stand', () => {
    const old = {
      Version: '2008-10-17',
      Statement: { Effect: 'Allow', Action: '*', Resource: 'arn:aws:sqs:*:*:${aws:username}' },
    };
    const context = new Map([['aws:username', ['orders']]]);
    expect(outcome(old, { context })).toBe('implicitDeny');
  });
});
