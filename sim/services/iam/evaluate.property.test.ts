import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvaluationRequest, NamedPolicy, PolicySet } from './decision';
import { evaluate } from './evaluate';
import { compilePolicy } from './policy/document';
import { globMatches, toPattern } from './policy/glob';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/worker`;
const QUEUES = ['a', 'b'].map((name) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`);

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constantFrom('*', 'sqs:*', 'sqs:SendMessage', 's3:*'),
  Resource: fc.constantFrom('*', 'arn:aws:sqs:*:*:a', ...QUEUES),
  Condition: fc.constantFrom({}, { StringEquals: { 'aws:username': 'ana' } }, { Bool: { 'aws:SecureTransport': 'false' } }),
});
const principal = fc.constantFrom<unknown>(
  '*',
  { AWS: ACCOUNT },
  { AWS: ROLE },
  { AWS: `arn:aws:iam::${ACCOUNT}:user/ana` },
  { Service: 'sns.amazonaws.com' },
);

function named(statements: object[]): NamedPolicy {
  return { id: 'p', policy: compilePolicy({ Version: '2012-10-17', Statement: statements } as never) };
}
const policy = fc.array(statement, { maxLength: 3 }).map(named);
const resourcePolicy = fc
  .array(
    fc.tuple(statement, principal).map(([one, who]) => ({ ...one, Principal: who })),
    { maxLength: 3 },
  )
  .map(named);
const levels = fc.option(
  fc.array(
    fc.array(policy, { maxLength: 2 }).map((policies) => ({ target: 'ou', policies })),
    { maxLength: 2 },
  ),
);
const policies: fc.Arbitrary<PolicySet> = fc.record({
  identity: fc.array(policy, { maxLength: 2 }),
  resource: fc.option(resourcePolicy),
  boundary: fc.option(policy),
  session: fc.option(fc.array(policy, { maxLength: 2 })),
  scps: levels,
  rcps: levels,
});
const request: fc.Arbitrary<EvaluationRequest> = fc.record({
  action: fc.constantFrom('sqs:SendMessage', 's3:GetObject'),
  resource: fc.constantFrom(...QUEUES),
  resourceAccount: fc.constantFrom(ACCOUNT, '444455556666'),
  context: fc.constantFrom(new Map<string, string[]>(), new Map([['aws:username', ['ana']]])),
  caller: fc.constantFrom(
    { kind: 'user' as const, arn: `arn:aws:iam::${ACCOUNT}:user/ana`, account: ACCOUNT },
    { kind: 'role' as const, arn: `arn:aws:sts::${ACCOUNT}:assumed-role/worker/s`, account: ACCOUNT, roleArn: ROLE },
    { kind: 'root' as const, arn: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT },
    { kind: 'service' as const, arn: 'sns.amazonaws.com', account: '' },
  ),
});
const ALLOW_ALL = named([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
const DENY_ALL = named([{ Effect: 'Deny', Action: '*', Resource: '*' }]);

describe('any request and policies', () => {
  it('a Deny never turns a refusal into an Allow', () => {
    fc.assert(
      fc.property(request, policies, policy, (one, set, extra) => {
        const denies = {
          ...extra,
          policy: { ...extra.policy, statements: extra.policy.statements.filter(({ effect }) => effect === 'Deny') },
        };
        const before = evaluate(one, set).outcome;
        const after = evaluate(one, { ...set, identity: [...set.identity, denies] }).outcome;
        if (before !== 'allowed') expect(after).not.toBe('allowed');
      }),
      { numRuns: 2000 },
    );
  });

  it('a Deny of everything beats every Allow', () => {
    fc.assert(
      fc.property(request, policies, (one, set) => {
        fc.pre(one.caller.kind !== 'service');
        expect(evaluate(one, { ...set, identity: [...set.identity, DENY_ALL] }).outcome).toBe('explicitDeny');
      }),
      { numRuns: 2000 },
    );
  });

  it('an identity Allow never turns an Allow into a refusal', () => {
    fc.assert(
      fc.property(request, policies, (one, set) => {
        const before = evaluate(one, set).outcome;
        const after = evaluate(one, { ...set, identity: [...set.identity, ALLOW_ALL] }).outcome;
        if (before === 'allowed') expect(after).toBe('allowed');
      }),
      { numRuns: 2000 },
    );
  });

  it('a boundary never widens', () => {
    fc.assert(
      fc.property(request, policies, policy, (one, set, boundary) => {
        const without = evaluate(one, { ...set, boundary: null }).outcome;
        if (evaluate(one, { ...set, boundary }).outcome === 'allowed') expect(without).toBe('allowed');
      }),
      { numRuns: 2000 },
    );
  });

  it('an implicit deny names what is missing, and nothing else does', () => {
    fc.assert(
      fc.property(request, policies, (one, set) => {
        const decision = evaluate(one, set);
        expect(decision.missing.length > 0).toBe(decision.outcome === 'implicitDeny');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the wildcard matcher', () => {
  it('agrees with a regular expression', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ':', '/'), { maxLength: 12 }).map((parts) => parts.join(''));
    const pattern = fc.array(fc.constantFrom('a', 'b', ':', '/', '*', '?'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, text, (wild, seen) => {
        const regex = new RegExp(`^${wild.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
        expect(globMatches(toPattern(wild), seen)).toBe(regex.test(seen));
      }),
      { numRuns: 5000 },
    );
  });
});
