import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSimplified, simplifiedIn } from './read-simplified';

const ROOT = path.resolve(import.meta.dirname, '../..');

describe('what the simulator says that it simplifies', () => {
  it.each<[name: string, source: string, about: string, text: string]>([
    ['a line', '// Simplified: it is so; AWS does more.', '', 'It is so; AWS does more.'],
    ['several lines', '// Simplified: it is so;\n// AWS does more.\nconst a = 1;\n// Not this.', '', 'It is so; AWS does more.'],
    ['a doc comment', '/**\n * A wait. Simplified: one length;\n * AWS varies it.\n */', 'A wait.', 'One length; AWS varies it.'],
    [
      'a doc comment of one line',
      '  /** EDA-X01. How long. Simplified: a minute; AWS says two. */',
      'How long.',
      'A minute; AWS says two.',
    ],
    ['a comment behind code', 'return null; // Simplified: no streams; AWS has them.', '', 'No streams; AWS has them.'],
    ['fact ids', '// The wait (LAM-INV-A2, SNS-X11). Simplified: exact; AWS adds some.', 'The wait (,).', 'Exact; AWS adds some.'],
    ['an address before', '// Rules.\n// https://docs.aws.amazon.com/x\n// Simplified: a; AWS b.', '', 'A; AWS b.'],
    ['an address behind', '// Simplified: a; AWS b.\n// https://docs.aws.amazon.com/x', '', 'A; AWS b.'],
  ])('is read from %s', (_name, source, about, text) => {
    const found = simplifiedIn('sim/services/lambda/x.ts', source);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ part: 'lambda', text });
    if (!about.includes('(,)')) expect(found[0]?.about).toBe(about);
  });

  it('is read twice where it stands twice', () => {
    const found = simplifiedIn('sim/protocol/x.ts', '// Simplified: a; AWS b.\n// Simplified: c; AWS d.');
    expect(found.map(({ part, text }) => [part, text])).toEqual([
      ['protocol', 'A; AWS b.'],
      ['protocol', 'C; AWS d.'],
    ]);
  });

  const all = readSimplified(ROOT);

  it('is a list of whole sentences', () => {
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter(({ text }) => !/^\S.{10,}[.!?]$/s.test(text))).toEqual([]);
    expect(all.filter(({ about }) => about !== '' && !/[.:;!?]$/.test(about))).toEqual([]);
  });

  it('says what AWS does, or what is left out of it', () => {
    const compared =
      /\b(AWS|Lambda|DynamoDB|Kinesis|SQS|SNS|EventBridge|IAM|KMS|STS|CloudFormation|CloudWatch|CloudTrail|CodeDeploy|X-Ray|Node\.js|Firehose|Organizations)\b/;
    // What the sandbox leaves out, it leaves out of Node.js.
    const others = all.filter(({ part }) => part !== 'sandbox');
    expect(others.filter(({ about, text }) => !compared.test(`${about} ${text}`)).map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
  });
});
