// Who may do what around a live topic: calls in any account, queue policies, keys, and the identity that publishes. SNS-X12, SNS-X34.
// https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
import type { ConditionContext, Principal } from '@/sim/kernel/call';
import type { JsonObject } from '@/sim/kernel/json';
import type { World } from '@/sim/kernel/world';
import type { TopicJob } from './topic-setup';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

export interface Caller {
  principal?: Principal;
  context?: ConditionContext;
}

export function rootOf(account: string): Principal {
  return { type: 'root', id: `arn:aws:iam::${account}:root`, account };
}

/** A call in an account, by default as somebody who may do everything. */
export function ask(
  world: World,
  prefix: string,
  operation: string,
  input: JsonObject,
  account = ACCOUNT,
  caller: Caller = {},
): JsonObject {
  const route = world.route(prefix, operation, input, { account, region: REGION });
  if (!route) throw new Error(`${prefix} has no operation ${operation}.`);
  const answer = world.call({ ...route, input, ...caller });
  if (!answer) throw new Error(`${operation} was never answered.`);
  if ('fault' in answer) throw new Error(`${answer.fault.message} (${answer.fault.code})`);
  return answer.ok as JsonObject;
}

/** SNS-X12: the queue names SNS and the topic that it may come from. */
export function queuePolicy(queueArn: string, topicArn: string): string {
  const Condition = { ArnEquals: { 'aws:SourceArn': topicArn } };
  const Principal = { Service: 'sns.amazonaws.com' };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: queueArn, Condition }],
  });
}

/** SNS-X34: SNS asks the key of a queue for data keys in its own name. */
export function keyPolicy(account: string, allowsSns: boolean): string {
  const owner = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' };
  const sns = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: allowsSns ? [owner, sns] : [owner] });
}

/** A customer managed key; its ARN. */
export function createKey(world: World, Policy: string, account = ACCOUNT): string {
  const { KeyMetadata } = ask(world, 'kms', 'CreateKey', { Policy }, account) as { KeyMetadata: { Arn: string } };
  return KeyMetadata.Arn;
}

/** Makes a role that a service may assume, with one policy. */
export function createRole(world: World, name: string, service: string, PolicyDocument: string, account = ACCOUNT): string {
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  ask(world, 'iam', 'CreateRole', { RoleName: name, AssumeRolePolicyDocument }, account);
  ask(world, 'iam', 'PutRolePolicy', { RoleName: name, PolicyName: 'own', PolicyDocument }, account);
  return `arn:aws:iam::${account}:role/${name}`;
}

const EVERYTHING = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });

/** The identity of a job's publisher; an empty one may do everything. */
export function createPublisher(world: World, { publisher, documents }: TopicJob): Caller {
  if (!publisher) return {};
  if ('service' in publisher) {
    const context = { 'aws:SourceArn': publisher.sourceArn, 'aws:SourceAccount': ACCOUNT };
    return { principal: { type: 'service', id: publisher.service, account: ACCOUNT }, context };
  }
  const { role, account = ACCOUNT } = publisher;
  const id = createRole(world, role, 'ecs-tasks.amazonaws.com', documents.publisher ?? EVERYTHING, account);
  return { principal: { type: 'role', id, account } };
}
