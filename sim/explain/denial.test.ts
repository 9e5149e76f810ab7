import { describe, expect, it } from 'vitest';
import { createAws } from '../aws';
import type { Principal } from '../kernel/call';
import type { Json, JsonObject } from '../kernel/json';
import type { World } from '../kernel/world';
import { explain } from './explain';
import type { Explanation } from './explanation';

const A = '111122223333';
const B = '444455556666';
const QUEUE = `arn:aws:sqs:eu-west-1:${A}:orders`;
const TOPIC = `arn:aws:sns:eu-west-1:${A}:news`;
const QUEUE_URL = `https://sqs.eu-west-1.amazonaws.com/${A}/orders`;
const ana: Principal = { type: 'user', id: `arn:aws:iam::${A}:user/ana`, account: A };
const eve: Principal = { type: 'user', id: `arn:aws:iam::${B}:user/eve`, account: B };

function operate(world: World, prefix: string, operation: string, input: JsonObject, principal?: Principal): JsonObject {
  const route = world.route(prefix, operation, input);
  if (!route) throw new Error(`${prefix} has no ${operation}.`);
  const answer = world.call({ ...route, input, ...(principal ? { principal } : {}) });
  return !answer ? {} : 'ok' in answer ? (answer.ok as JsonObject) : { code: answer.fault.code };
}

const policy = (...statements: JsonObject[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const statement = (rest: object = {}): JsonObject => ({ Effect: 'Allow', Action: '*', Resource: '*', ...rest }) as JsonObject;

interface Given {
  identity?: JsonObject[];
  queue?: JsonObject[];
  boundary?: JsonObject[];
}

/** A queue and a user with these policies; the user sends. */
function denied(given: Given, principal = ana): Explanation {
  const world = createAws();
  operate(world, 'sqs', 'CreateQueue', { QueueName: 'orders', ...(given.queue ? { Attributes: { Policy: policy(...given.queue) } } : {}) });
  operate(world, 'iam', 'CreateUser', { UserName: 'ana' });
  if (given.identity)
    operate(world, 'iam', 'PutUserPolicy', { UserName: 'ana', PolicyName: 'own', PolicyDocument: policy(...given.identity) });
  if (given.boundary) {
    const made = operate(world, 'iam', 'CreatePolicy', { PolicyName: 'fence', PolicyDocument: policy(...given.boundary) });
    const PermissionsBoundary = (made.Policy as JsonObject).Arn as Json;
    operate(world, 'iam', 'PutUserPermissionsBoundary', { UserName: 'ana', PermissionsBoundary });
  }
  operate(world, 'sqs', 'SendMessage', { QueueUrl: QUEUE_URL, MessageBody: 'x' }, principal);
  return lastDenial(world);
}

function lastDenial(world: World): Explanation {
  const fact = world.trace.findLast(({ type }) => type === 'iam:AccessDenied');
  if (!fact) throw new Error('Nothing was denied.');
  return explain(world, fact.seq);
}

const steps = ({ steps: all }: Explanation): string[] =>
  all.map(({ verdict, text, depth = 0 }) => `${'  '.repeat(depth)}${verdict} ${text}`);
const changes = ({ change = [] }: Explanation): string[] => change.map(({ text }) => text);

describe('a denial, explained', () => {
  it.each<[name: string, given: Given, principal: Principal, title: RegExp, steps: RegExp[], changes: RegExp[]]>([
    [
      'nothing allows it',
      {},
      ana,
      /^Identity policy: nothing in it allows `ana` to use `sqs:SendMessage` on `orders`\.$/,
      [/^fail Identity policy: `ana` has none\.$/],
      [/^Add to the identity policy of `ana`: `\{"Effect":"Allow","Action":"sqs:SendMessage","Resource":".*orders"\}`\.$/],
    ],
    [
      'a near miss in the resource',
      { identity: [statement({ Sid: 'Send', Action: 'sqs:*', Resource: `${QUEUE}-2` })] },
      ana,
      /nothing in it allows/,
      [
        /^fail Identity policy: none of 1 statement in `own`/,
        /^ {2}fail Statement `Send` does not apply: its `Resource` is `.*orders-2`, and the request has `.*orders`\.$/,
      ],
      [/^Let statement `Send` of `own` also cover `.*:orders` in `Resource`\.$/],
    ],
    [
      'an explicit deny',
      { identity: [statement(), statement({ Effect: 'Deny', Sid: 'NoSending', Action: 'sqs:Send*' })] },
      ana,
      /^Identity policy: statement `NoSending` of `own` denies `ana` `sqs:SendMessage` on `orders`\.$/,
      [/^fail Identity policy: denies/, /^ {2}pass Statement 1 allows it\.$/, /^ {2}fail Statement `NoSending` denies it\.$/],
      [/^Remove or narrow statement `NoSending` of `own`, which denies it\.$/],
    ],
    [
      'a permissions boundary that leaves it out',
      { identity: [statement()], boundary: [statement({ Action: 's3:*' })] },
      ana,
      /^Permissions boundary: nothing in it allows/,
      [/^pass Identity policy: allows/, /^fail Permissions boundary: none of 1 statement in `fence`/],
      [/Add to the permissions boundary/],
    ],
    [
      'another account',
      { queue: [statement({ Principal: { AWS: A } })] },
      eve,
      /^Queue policy: nothing in it allows `eve`/,
      [
        /^info The caller is of account `444455556666`, the resource of another/,
        /^fail Queue policy: none of 1 statement/,
        /`Principal` is `111122223333`/,
      ],
      [/Principal` *|policy/, /identity policy of `eve`/],
    ],
  ])('%s', (_name, given, principal, title, wanted, wantedChanges) => {
    const told = denied(given, principal);
    expect(told.subject).toBe('denial');
    expect(told.title).toMatch(title);
    for (const text of wanted) expect(steps(told)).toContainEqual(expect.stringMatching(text));
    expect(changes(told)).toHaveLength(wantedChanges.length);
    for (const text of wantedChanges) expect(changes(told)).toContainEqual(expect.stringMatching(text));
  });

  it('points to the fact that put the deciding policy there', () => {
    const told = denied({ identity: [statement({ Action: 's3:*' })] });
    expect(told.evidence.length).toBe(2);
    expect(told.steps[0]?.facts).toEqual([told.evidence[0]]);
  });

  it('tells of a topic that a queue does not know, and of the delivery that failed by it', () => {
    const world = createAws();
    operate(world, 'sns', 'CreateTopic', { Name: 'news' });
    const Policy = policy(
      statement({
        Sid: 'FromTopic',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Condition: { ArnLike: { 'aws:SourceArn': `${TOPIC}-2` } },
      }),
    );
    operate(world, 'sqs', 'CreateQueue', { QueueName: 'orders', Attributes: { Policy } });
    operate(world, 'sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: QUEUE });
    operate(world, 'sns', 'Publish', { TopicArn: TOPIC, Message: 'hello' });
    world.runUntilIdle();
    const told = lastDenial(world);
    expect(told.title).toBe('Queue policy: nothing in it allows `sns.amazonaws.com` to use `sqs:SendMessage` on `orders`.');
    expect(steps(told)).toContainEqual(
      `  fail Statement \`FromTopic\` does not apply: \`ArnLike\` wants \`aws:SourceArn\` to be \`${TOPIC}-2\`, and the request has \`${TOPIC}\`.`,
    );
    expect(changes(told)).toEqual([
      `Let the condition on \`aws:SourceArn\` in statement \`FromTopic\` of the queue policy of \`orders\` also accept \`${TOPIC}\`.`,
    ]);
    const failed = world.trace.findLast(({ type }) => type === 'sns:DeliveryFailed');
    expect(steps(explain(world, failed?.seq ?? -1))).toContainEqual(
      '  fail IAM refused it: `sns.amazonaws.com` may not `sqs:SendMessage` on `orders`.',
    );
  });

  it('tells of a key whose policy leaves the publisher out', () => {
    const world = createAws();
    operate(world, 'iam', 'CreateUser', { UserName: 'ana' });
    operate(world, 'iam', 'PutUserPolicy', { UserName: 'ana', PolicyName: 'own', PolicyDocument: policy(statement({ Action: 'sns:*' })) });
    const key = operate(world, 'kms', 'CreateKey', {}) as { KeyMetadata?: { KeyId?: string } };
    operate(world, 'sns', 'CreateTopic', { Name: 'news', Attributes: { KmsMasterKeyId: key.KeyMetadata?.KeyId ?? '' } });
    expect(operate(world, 'sns', 'Publish', { TopicArn: TOPIC, Message: 'hello' }, ana)).toEqual({ code: 'KMSAccessDenied' });
    const told = lastDenial(world);
    expect(told.title).toMatch(/^(Identity|Key) policy: nothing in it allows `ana` to use `kms:GenerateDataKey` on `[0-9a-f-]{36}`\.$/);
  });
});
