// The live parts of the lesson decide as the text around them says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts } from '../../../test/lesson-parts';
import { decidePolicy } from '../../../ui/live/policy/decide-policy';
import { draftOf, type PolicyJob } from '../../../ui/live/policy/policy-setup';

let parts: LessonParts;
beforeAll(async () => {
  parts = await lessonParts(new URL('lesson.mdx', import.meta.url));
});

/** The statement that decided, or the kind of policy that was silent: `allowed: MayCall`. */
function verdictOf(job: PolicyJob): string {
  const outcome = decidePolicy(job);
  if ('problems' in outcome) return outcome.problems.map(({ message }) => message).join(' ');
  const { outcome: decided, decidedBy } = outcome.decision.explanation;
  return `${decided}: ${decidedBy?.statement?.sid ?? decidedBy?.policyType}`;
}

function verdicts(id: string): Record<string, string> {
  return Object.fromEntries(parts.policy(id).cases.map((each) => [each.name, verdictOf(draftOf(each))]));
}

function draft(id: string, name: string): PolicyJob {
  const found = parts.policy(id).cases.find((each) => each.name === name);
  if (!found) throw new Error(`The part ${id} has no case ${name}.`);
  return draftOf(found);
}

function withPolicy(job: PolicyJob, kind: keyof PolicyJob['policies'], change: (statement: Record<string, unknown>) => object): PolicyJob {
  const policy = JSON.parse(job.policies[kind]) as { Statement: Record<string, unknown>[] };
  const [first = {}, ...rest] = policy.Statement;
  const text = JSON.stringify({ ...policy, Statement: [change(first), ...rest] });
  return { ...job, policies: { ...job.policies, [kind]: text } };
}

describe('who may do what', () => {
  it('keeps S3 out of a function whose role may do everything', () => {
    expect(verdicts('two-doors')).toEqual({
      'S3 calls resize': 'implicitDeny: resourcePolicy',
      'resize reads a photo': 'allowed: Everything',
      'S3 calls resize, with a function policy': 'allowed: Uploads',
    });
  });

  it("lets a stranger's bucket in until the source account is named", () => {
    expect(verdicts('whose-bucket')).toEqual({
      "a stranger's bucket": 'allowed: Uploads',
      'a bucket that took our name': 'allowed: Uploads',
    });
    const exercise = draft('whose-bucket', 'a bucket that took our name');
    const solved = withPolicy(exercise, 'resource', (statement) => ({
      ...statement,
      Condition: { ...(statement.Condition as object), StringEquals: { 'AWS:SourceAccount': '111122223333' } },
    }));
    expect(verdictOf(solved)).toBe('implicitDeny: resourcePolicy');
    expect(verdictOf({ ...solved, keys: solved.keys.replace('999999999999', '111122223333') })).toBe('allowed: Uploads');
  });

  it('needs one side in one account and both in two', () => {
    expect(verdicts('accounts')).toEqual({
      'Ana, by her own policy': 'allowed: MayCall',
      'Ana, by the function policy': 'allowed: Ana',
      'Eve, by her own policy': 'implicitDeny: resourcePolicy',
      'Eve, by the function policy': 'implicitDeny: identityPolicy',
      'Eve, by both': 'allowed: MayCall',
    });
  });

  it('shows what limits an Allow, and the one case in which a boundary does not', () => {
    expect(verdicts('fences')).toEqual({
      'an administrator with a boundary': 'implicitDeny: permissionsBoundary',
      'a boundary and nothing else': 'implicitDeny: identityPolicy',
      'the organisation says no': 'explicitDeny: NotByHand',
      'named by the function, fenced in at home': 'allowed: Ben',
    });
  });

  it('refuses a role to those whom it does not trust and to those who may not pass it, until the learner repairs both', () => {
    expect(verdicts('the-role')).toEqual({
      'Lambda takes on a role made for EC2': 'implicitDeny: resourcePolicy',
      'an administrator takes on the role': 'implicitDeny: resourcePolicy',
      'Ben hands the role to a function': 'implicitDeny: identityPolicy',
    });
    const trusted = withPolicy(draft('the-role', 'Lambda takes on a role made for EC2'), 'resource', (statement) => ({
      ...statement,
      Principal: { Service: 'lambda.amazonaws.com' },
    }));
    expect(verdictOf(trusted)).toBe('allowed: Trust');
    const passes = withPolicy(draft('the-role', 'Ben hands the role to a function'), 'identity', () => ({
      Sid: 'Pass',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: 'arn:aws:iam::111122223333:role/resize-role',
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    }));
    expect(verdictOf(passes)).toBe('allowed: Pass');
    expect(verdictOf({ ...passes, keys: passes.keys.replace('lambda', 'ec2') })).toBe('implicitDeny: identityPolicy');
  });
});
