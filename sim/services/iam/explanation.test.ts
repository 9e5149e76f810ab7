import { describe, expect, it } from 'vitest';
import type { EvaluationRequest, NamedPolicy, PolicySet } from './decision';
import { evaluate } from './evaluate';
import { type Explanation, explainDecision } from './explanation';
import { compilePolicy } from './policy/document';
import type { Caller } from './policy/principal';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
const ana: Caller = { kind: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/ana`, account: ACCOUNT };
const stranger: Caller = { kind: 'user', arn: `arn:aws:iam::${OTHER}:user/eve`, account: OTHER };
const sns: Caller = { kind: 'service', arn: 'sns.amazonaws.com', account: '' };

function policy(...statements: object[]): NamedPolicy {
  const full = statements.map((statement) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...statement }));
  return { id: 'policy', policy: compilePolicy({ Version: '2012-10-17', Statement: full } as never) };
}
const ALLOW = policy({});
const to = (principal: unknown, rest: object = {}): NamedPolicy => policy({ Principal: principal, ...rest });

describe('the explanation', () => {
  function explain(caller: Caller, policies: Partial<PolicySet>): Explanation {
    const request: EvaluationRequest = { action: 'sqs:SendMessage', resource: QUEUE, caller, context: new Map(), resourceAccount: ACCOUNT };
    const set = { identity: [], ...policies };
    return explainDecision(evaluate(request, set), request, set);
  }

  it('names every layer that a cross-account caller lacks', () => {
    const { changes } = explain(stranger, {});
    expect(changes).toEqual([
      {
        change: 'addStatement',
        policyType: 'resourcePolicy',
        to: QUEUE,
        statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE, Principal: { AWS: stranger.arn } },
      },
      {
        change: 'addStatement',
        policyType: 'identityPolicy',
        to: stranger.arn,
        statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE },
      },
    ]);
  });

  it('prefers widening a statement that one condition keeps from applying', () => {
    const resource = to(
      { Service: 'sns.amazonaws.com' },
      { Sid: 'FromTopic', Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:other' } } },
    );
    const [change] = explain(sns, { resource }).changes;
    expect(change).toMatchObject({
      change: 'widen',
      statement: { policyType: 'resourcePolicy', sid: 'FromTopic', index: 0 },
      mismatch: { element: 'Condition', operator: 'ArnLike', key: 'aws:SourceArn', seen: null },
    });
  });

  it('names the statement that denies', () => {
    const { decidedBy, changes } = explain(ana, { identity: [ALLOW, policy({ Effect: 'Deny', Sid: 'NoSending' })] });
    expect(decidedBy?.statement).toMatchObject({ policyType: 'identityPolicy', sid: 'NoSending' });
    expect(changes).toEqual([{ change: 'removeOrNarrow', statement: decidedBy?.statement }]);
  });

  it('repeats no more of a long list of actions than helps', () => {
    const actions = [...Array.from({ length: 30 }, (_, i) => `s3:Action${i}`), 'sqs:ReceiveMessage'];
    const [step] = explain(ana, { identity: [policy({ Action: actions })] }).steps;
    expect(step?.policies[0]?.statements[0]?.mismatches).toEqual([
      { element: 'Action', wanted: ['sqs:ReceiveMessage'], more: 30, seen: 'sqs:SendMessage' },
    ]);
  });
});
