import { describe, expect, it } from 'vitest';
import { validatePolicy } from './validate';

function policy(statement: object | object[], rest: object = { Version: '2012-10-17' }): string {
  return JSON.stringify({ ...rest, Statement: statement });
}
const ALLOW = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };

describe('identity policies', () => {
  it.each<[name: string, text: string, message: string | null]>([
    ['one statement', policy(ALLOW), null],
    [
      'a list of statements',
      policy([
        { ...ALLOW, Sid: 'A' },
        { ...ALLOW, Sid: 'B' },
      ]),
      null,
    ],
    [
      'conditions of numbers and booleans',
      policy({ ...ALLOW, Condition: { NumericLessThan: { 's3:max-keys': 5 }, Bool: { 'aws:SecureTransport': true } } }),
      null,
    ],
    ['a set operator', policy({ ...ALLOW, Condition: { 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['a*'] } } }), null],
    ['text that is no JSON', '{"Version":', 'Syntax errors in policy.'],
    ['a list', '[]', 'Syntax errors in policy.'],
    ['an unknown member', policy(ALLOW, { Version: '2012-10-17', Foo: 1 }), 'Syntax errors in policy.'],
    ['an unknown statement member', policy({ ...ALLOW, Foo: 1 }), 'Syntax errors in policy.'],
    ['a wrong effect', policy({ ...ALLOW, Effect: 'allow' }), 'Syntax errors in policy.'],
    ['Action and NotAction', policy({ ...ALLOW, NotAction: 's3:*' }), 'Syntax errors in policy.'],
    ['an unknown operator', policy({ ...ALLOW, Condition: { StringEqual: { 'aws:username': 'x' } } }), 'Syntax errors in policy.'],
    ['no statement', JSON.stringify({ Version: '2012-10-17' }), 'Syntax errors in policy.'],
    ['an old version', policy(ALLOW, { Version: '2008-10-17' }), 'Policy document must be version 2012-10-17 or greater.'],
    ['no version', policy(ALLOW, {}), 'Policy document must be version 2012-10-17 or greater.'],
    [
      'two equal Sids',
      policy([
        { ...ALLOW, Sid: 'A' },
        { ...ALLOW, Sid: 'A' },
      ]),
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    [
      'a Sid with a space',
      policy({ ...ALLOW, Sid: 'a b' }),
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ],
    ['no action', policy({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
    ['no resource', policy({ Effect: 'Allow', Action: 's3:*' }), 'Policy statement must contain resources.'],
    ['a principal', policy({ ...ALLOW, Principal: '*' }), 'Policy document should not specify a principal.'],
    [
      'an action without vendor',
      policy({ ...ALLOW, Action: 'SendMessage' }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    ['an action with two colons', policy({ ...ALLOW, Action: 'a:b:c' }), 'Actions/Condition can contain only one colon.'],
    ['a vendor with a space', policy({ ...ALLOW, Action: 'a b:c' }), 'Vendor a b is not valid'],
    ['a resource that is no ARN', policy({ ...ALLOW, Resource: 'orders' }), 'Resource orders must be in ARN format or "*".'],
    [
      'an unknown partition',
      policy({ ...ALLOW, Resource: 'arn:amazon:s3:::b' }),
      'Partition "amazon" is not valid for resource "arn:amazon:s3:::b".',
    ],
    ['a short ARN', policy({ ...ALLOW, Resource: 'arn:aws:s3' }), 'The policy failed legacy parsing'],
    [
      'a vendor with a wildcard',
      policy({ ...ALLOW, Resource: 'arn:aws:s*:::b' }),
      'Resource vendor must be fully qualified and cannot contain regexes.',
    ],
    [
      'an IAM ARN with a Region',
      policy({ ...ALLOW, Resource: 'arn:aws:iam:eu-west-1:111122223333:role/x' }),
      'IAM resource arn:aws:iam:eu-west-1:111122223333:role/x cannot contain region information.',
    ],
  ])('%s', (_name, text, message) => {
    expect(validatePolicy(text, 'identity')).toBe(message);
  });
});

describe('trust policies', () => {
  const TRUST = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  it.each<[name: string, text: string, message: string | null]>([
    ['a service', policy(TRUST), null],
    [
      'an account, a user and a session',
      policy({
        ...TRUST,
        Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:user/a/b', 'arn:aws:sts::111122223333:assumed-role/r/s'] },
      }),
      null,
    ],
    ['a resource', policy({ ...TRUST, Resource: '*' }), 'Has prohibited field Resource'],
    ['no principal', policy({ ...TRUST, Principal: undefined }), 'Missing required field Principal'],
    ['another action', policy({ ...TRUST, Action: 's3:GetObject' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    [
      'a wildcard in a principal',
      policy({ ...TRUST, Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }),
      'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/*"',
    ],
    [
      'a name that is no service',
      policy({ ...TRUST, Principal: { Service: 'lambda' } }),
      'Invalid principal in policy: "SERVICE":"lambda"',
    ],
    ['text that is no JSON', '{', 'This policy contains invalid Json'],
  ])('%s', (_name, text, message) => {
    expect(validatePolicy(text, 'trust')).toBe(message);
  });
});
