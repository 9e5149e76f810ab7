import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/json';
import { brokenRules, parseConstraints } from './constraint';
import { constraintsOf, modelOf, validate } from './models';

const failed = (value: string, at: string, rule: string) => `Value ${value} at '${at}' failed to satisfy constraint: ${rule}`;
const notNull = (at: string) => failed('null', at, 'Member must not be null');
const NAME_PATTERN = '[a-zA-Z]([a-zA-Z0-9_])+';

// https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html, wording as front ends print it; checked 2026-11-23.
const CASES: { name: string; operation: string; input: JsonObject; code: string; violations: string[] }[] = [
  {
    name: 'a missing member',
    operation: 'events:PutRule',
    input: { ScheduleExpression: 'rate(1 minute)' },
    code: 'ValidationException',
    violations: [notNull('name')],
  },
  {
    name: 'two members at once',
    operation: 'sts:AssumeRole',
    input: {},
    code: 'ValidationError',
    violations: [notNull('roleArn'), notNull('roleSessionName')],
  },
  {
    name: 'a length, then a pattern',
    operation: 'events:PutRule',
    input: { Name: '' },
    code: 'ValidationException',
    violations: [
      failed("''", 'name', 'Member must have length greater than or equal to 1'),
      failed("''", 'name', 'Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+'),
    ],
  },
  {
    name: 'a pattern, then a length, in an older front end',
    operation: 'sts:AssumeRole',
    input: { RoleArn: 'arn:aws:iam::111122223333:role/r', RoleSessionName: '!' },
    code: 'ValidationError',
    violations: [
      failed("'!'", 'roleSessionName', 'Member must satisfy regular expression pattern: [\\w+=,.@-]*'),
      failed("'!'", 'roleSessionName', 'Member must have length greater than or equal to 2'),
    ],
  },
  {
    name: 'a range below and above',
    operation: 'lambda:PutFunctionConcurrency',
    input: { FunctionName: 'f', ReservedConcurrentExecutions: -1 },
    code: 'ValidationException',
    violations: [failed("'-1'", 'reservedConcurrentExecutions', 'Member must have value greater than or equal to 0')],
  },
  {
    name: 'a range inside a structure',
    operation: 'lambda:UpdateFunctionConfiguration',
    input: { FunctionName: 'f', EphemeralStorage: { Size: 10_241 } },
    code: 'ValidationException',
    violations: [failed("'10241'", 'ephemeralStorage.size', 'Member must have value less than or equal to 10240')],
  },
  {
    name: 'an enumeration',
    operation: 'lambda:Invoke',
    input: { FunctionName: 'f', InvocationType: 'Maybe' },
    code: 'ValidationException',
    violations: [failed("'Maybe'", 'invocationType', 'Member must satisfy enum value set: [Event, RequestResponse, DryRun]')],
  },
  {
    name: 'an item of a list of texts',
    operation: 'lambda:UpdateFunctionCode',
    input: { FunctionName: 'f', Architectures: ['mips'] },
    code: 'ValidationException',
    violations: [
      failed(
        "'[mips]'",
        'architectures',
        'Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]',
      ),
    ],
  },
  {
    name: 'an item of a list of structures',
    operation: 'events:PutTargets',
    input: { Rule: 'r', Targets: [{ Id: 'a', Arn: 'arn:aws:lambda:eu-west-1:111122223333:function:f' }, { Id: 'b' }] },
    code: 'ValidationException',
    violations: [notNull('targets.2.member.arn')],
  },
  {
    // EventBridge refuses the whole request; FailedEntries is for targets that it could not add.
    name: 'a target id of 65 characters with a blank',
    operation: 'events:PutTargets',
    input: { Rule: 'r', Targets: [{ Id: `a ${'b'.repeat(63)}`, Arn: 'arn:aws:sqs:eu-west-1:111122223333:q' }] },
    code: 'ValidationException',
    violations: [
      failed(`'a ${'b'.repeat(63)}'`, 'targets.1.member.id', 'Member must have length less than or equal to 64'),
      failed(`'a ${'b'.repeat(63)}'`, 'targets.1.member.id', 'Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+'),
    ],
  },
  {
    name: 'too long a list',
    operation: 'events:PutEvents',
    input: { Entries: Array.from({ length: 11 }, () => ({ Source: 's' })) },
    code: 'ValidationException',
    violations: [
      failed(
        `'[${Array.from({ length: 11 }, () => '{Source=s}').join(', ')}]'`,
        'entries',
        'Member must have length less than or equal to 10',
      ),
    ],
  },
  {
    name: 'a map with a key that is none',
    operation: 'lambda:UpdateFunctionConfiguration',
    input: { FunctionName: 'f', Environment: { Variables: { '1A': 'x' } } },
    code: 'ValidationException',
    violations: [
      `Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: ${NAME_PATTERN}, Member must not be null]`,
    ],
  },
  {
    name: 'bytes by their number',
    operation: 'kms:Encrypt',
    input: { KeyId: 'k', Plaintext: '' },
    code: 'ValidationException',
    violations: ["Value at 'plaintext' failed to satisfy constraint: Member must have length greater than or equal to 1"],
  },
  {
    name: 'in the code of its service',
    operation: 'logs:CreateLogGroup',
    input: { logGroupName: 'a b' },
    code: 'InvalidParameterException',
    violations: [failed("'a b'", 'logGroupName', 'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+')],
  },
];

function check(operation: string, input: JsonObject) {
  const [prefix = '', name = ''] = operation.split(':');
  return validate(prefix, name, input);
}

describe('a request that breaks its model is refused for', () => {
  it.each(CASES)('$name', ({ operation, input, code, violations }) => {
    const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: `;
    const fault = check(operation, input);
    expect(fault).toEqual({ code, status: 400, side: 'client', message: count + violations.join('; ') });
  });
});

describe('IAM has words of its own for', () => {
  const NAME = 'It must contain only alphanumeric characters and/or the following: +=,.@_-';
  const PATH = 'It must begin and end with / and contain only alphanumeric characters and/or / characters.';
  it.each([
    ['a name', 'GetRole', { RoleName: 'service-role/r' }, `The specified value for roleName is invalid. ${NAME}`],
    ['a path', 'CreateUser', { UserName: 'u', Path: 'team' }, `The specified value for path is invalid. ${PATH}`],
    [
      'neither where the front end refuses first',
      'CreateUser',
      { UserName: '' },
      `1 validation error detected: ${failed("''", 'userName', 'Member must have length greater than or equal to 1')}`,
    ],
  ])('%s', (_name, operation, input, message) => {
    expect(check(`iam:${operation}`, input)).toEqual({ code: 'ValidationError', status: 400, side: 'client', message });
  });
});

describe('a request passes', () => {
  const KEPT: [string, JsonObject][] = [
    ['lambda:Invoke', { FunctionName: 'arn:aws:lambda:eu-west-1:111122223333:function:orders:live', Payload: '{}' }],
    ['lambda:Invoke', { FunctionName: '111122223333:function:orders', InvocationType: 'Event' }],
    ['events:PutRule', { Name: 'every-minute', ScheduleExpression: 'rate(1 minute)' }],
    ['iam:TagRole', { RoleName: 'r', Tags: [{ Key: 'équipe', Value: '' }] }],
    ['iam:CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}\n' }],
    ['kms:Encrypt', { KeyId: 'k', Plaintext: 'AAAA' }],
    [
      'logs:PutLogEvents',
      { logGroupName: '/aws/lambda/f', logStreamName: '2026/11/02/[$LATEST]00', logEvents: [{ timestamp: 1, message: 'x' }] },
    ],
    ['sqs:SendMessage', {}],
    ['sns:Publish', {}],
  ];
  it.each(KEPT)('%s %j', (operation, input) => {
    expect(check(operation, input)).toBeNull();
  });

  it('with the most bytes that its model allows, and not with one more', () => {
    const bytes = (count: number) => 'AAAA'.repeat(Math.floor(count / 3)) + ['', 'AA==', 'AAA='][count % 3];
    expect(check('kms:Encrypt', { KeyId: 'k', Plaintext: bytes(4096) })).toBeNull();
    expect(check('kms:Encrypt', { KeyId: 'k', Plaintext: bytes(4097) })?.message).toContain('less than or equal to 4096');
  });
});

describe('the constraints of an API', () => {
  const prefixes = ['cloudwatch', 'events', 'iam', 'kms', 'lambda', 'logs', 'sts'];

  it.each(prefixes)('can all be tried: %s', (prefix) => {
    for (const [name, constraint] of constraintsOf(prefix)) {
      expect(() => brokenRules(constraint, 'x'), `${name} ${constraint.pattern}`).not.toThrow();
      for (const inner of [constraint.member, constraint.key, constraint.value]) {
        if (inner !== null) expect(constraintsOf(prefix).has(inner), `${name} ${inner}`).toBe(true);
      }
    }
  });

  it.each(prefixes)('are all there that its members name: %s', (prefix) => {
    const model = modelOf(prefix);
    const names = (model?.text.structures ?? '').split('\n').map((line) => line.split(' ')[0] ?? '');
    for (const name of names.filter((candidate) => candidate !== '')) {
      for (const { constraint, name: member } of model?.members(name) ?? []) {
        if (constraint !== null) expect(constraintsOf(prefix).has(constraint), `${name}.${member}`).toBe(true);
      }
    }
  });

  it('are read a line each, a pattern to the end of its line', () => {
    const constraints = parseConstraints(
      'Name length=1..64 pattern=[a-z =]+ pattern=x\nKind enum=a|b\nNames length=..5 member=Name secret=1',
    );
    expect(constraints.get('Name')).toMatchObject({ length: { min: 1, max: 64 }, pattern: '[a-z =]+ pattern=x' });
    expect(constraints.get('Kind')?.enum).toEqual(['a', 'b']);
    expect(constraints.get('Names')).toMatchObject({ length: { min: null, max: 5 }, member: 'Name', isSecret: true });
    expect(() => parseConstraints('Name lenght=1')).toThrow('Unknown constraint lenght=1 of Name.');
  });
});
