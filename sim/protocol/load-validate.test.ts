import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/json';
import { loadValidate } from './load-validate';
import { validate } from './models';

describe('the checks that a page loads', () => {
  const cases: [string, string, JsonObject][] = [
    ['lambda', 'Invoke', {}],
    ['lambda', 'PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: -1 }],
    ['events', 'PutEvents', { Entries: [] }],
    ['iam', 'CreateUser', { UserName: '!' }],
    ['sts', 'AssumeRole', {}],
    ['kms', 'Encrypt', {}],
    ['logs', 'CreateLogGroup', {}],
    ['cloudwatch', 'PutMetricData', {}],
    ['sqs', 'SendMessage', {}],
    ['sns', 'Publish', {}],
    ['lambda', 'Invoke', { FunctionName: 'f' }],
  ];

  it.each(cases)('say of %s:%s %j what all checks together say', async (prefix, operation, input) => {
    const check = await loadValidate([prefix]);
    expect(check(prefix, operation, input)).toEqual(validate(prefix, operation, input));
  });

  it('let pass what belongs to a service that is not loaded', async () => {
    const check = await loadValidate(['lambda']);
    expect(check('events', 'PutEvents', { Entries: [] })).toBeNull();
    expect(check('lambda', 'Invoke', {})).not.toBeNull();
  });
});
