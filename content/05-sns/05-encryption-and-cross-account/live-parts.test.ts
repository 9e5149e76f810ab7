// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../sim/kernel/json';
import { type LessonParts, lessonParts } from '../../../test/lesson-parts';
import type { DocumentPlace, TopicJob } from '../../../ui/live/topic/topic-setup';

let publish: LessonParts['publish'];
beforeAll(async () => {
  publish = (await lessonParts(new URL('lesson.mdx', import.meta.url))).publish;
});

const ends = ({ rows }: ReturnType<typeof publish>) => rows.map(({ outcomes }) => outcomes[0]?.status);

/** What a learner does to a policy: changes its statements. */
const edit =
  (at: DocumentPlace, change: (statements: JsonObject[]) => JsonObject[]) =>
  ({ documents }: TopicJob): Partial<TopicJob> => {
    const policy = JSON.parse(documents[at] ?? '') as { Statement: JsonObject[] };
    return { documents: { ...documents, [at]: JSON.stringify({ ...policy, Statement: change(policy.Statement) }) } };
  };
const KMS = ['kms:GenerateDataKey*', 'kms:Decrypt'];
const allow = (Action: string | string[]): JsonObject => ({ Effect: 'Allow', Action, Resource: '*' });

describe('the live parts of the lesson on encryption and accounts', () => {
  it('lose the message of an encrypted queue by the policy of its key, and deliver with the statement of the text', () => {
    const run = publish('encrypted-queue');
    expect(ends(run)).toEqual(['dead-lettered', 'delivered']);
    expect(run.rows[0]?.outcomes[0]).toMatchObject({ attempts: 1, error: { code: expect.stringMatching(/KMS/i) } });
    expect(run.result.publishErrors).toEqual([]);
    const statement = { ...allow(KMS), Principal: { Service: 'sns.amazonaws.com' } };
    expect(
      ends(
        publish(
          'encrypted-queue',
          edit('key billing', (all) => [...all, statement]),
        ),
      ),
    ).toEqual(['delivered', 'delivered']);
  });

  it('refuse a publisher that may not use the key of the topic, until it has both actions', () => {
    const errorWith = (actions: string[]) =>
      publish(
        'encrypted-topic',
        edit('publisher', (all) => [...all, allow(actions)]),
      ).result.publishErrors[0];
    expect(publish('encrypted-topic').result.publishErrors[0]).toMatch(/KMSAccessDenied/);
    expect(errorWith(['kms:GenerateDataKey*'])).toMatch(/kms:Decrypt/);
    expect(errorWith(['kms:Decrypt'])).toMatch(/kms:GenerateDataKey/);
    expect(errorWith(KMS)).toBeUndefined();
  });

  it('refuse an alarm by the key that AWS manages, whatever the topic says', () => {
    expect(publish('alarm').result.publishErrors[0]).toMatch(/KMS/);
    const open = publish(
      'alarm',
      edit('topic', (all) => all.map((one) => ({ ...one, Principal: '*', Action: 'sns:*' }))),
    );
    expect(open.result.publishErrors[0]).toMatch(/KMS/);
  });

  it('let another account publish once both have said yes', () => {
    expect(publish('other-publisher').result.publishErrors[0]).toMatch(/not authorized/);
    const both = { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::444455556666:root'] };
    expect(
      ends(
        publish(
          'other-publisher',
          edit('topic', (all) => all.map((one) => ({ ...one, Principal: both }))),
        ),
      ),
    ).toEqual(['delivered']);
  });

  it('deliver to the invited queue, and to the other once the topic lets it subscribe', () => {
    const run = publish('other-subscriber');
    expect(ends(run)).toEqual(['no-subscription', 'delivered']);
    expect(run.rows[1]?.receipts.some(({ kind }) => kind === 'confirmation')).toBe(true);
    const both = edit('topic', (all) => all.map((one) => ({ ...one, Action: ['sns:Publish', 'sns:Subscribe'] })));
    expect(ends(publish('other-subscriber', both))).toEqual(['delivered', 'delivered']);
  });
});
