// Who may use a topic: the default policy, AddPermission, RemovePermission. SNS-X30, SNS-X31.
// https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html
import { type Arn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { invalid } from './faults';
import { topicIn } from './lookup';
import type { SnsState, Topic } from './state';

const OWNER_ACTIONS = [
  'GetTopicAttributes',
  'SetTopicAttributes',
  'AddPermission',
  'RemovePermission',
  'DeleteTopic',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'Publish',
];

/** Actions that a topic policy may grant. */
const GRANTABLE: ReadonlySet<string> = new Set([
  ...OWNER_ACTIONS,
  'Receive',
  'PublishBatch',
  'GetDataProtectionPolicy',
  'PutDataProtectionPolicy',
]);

const POLICY_BYTES_MAX = 30_720;

function defaultPolicy(arn: Arn): JsonObject {
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: OWNER_ACTIONS.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': parseArn(arn)?.account ?? '' } },
      },
    ],
  };
}

export function policyOf(topic: Topic): JsonObject {
  return topic.policy === null ? defaultPolicy(topic.arn) : (JSON.parse(topic.policy) as JsonObject);
}

export function policyText(topic: Topic): string {
  return topic.policy ?? JSON.stringify(defaultPolicy(topic.arn));
}

function statementsOf(policy: JsonObject): JsonObject[] {
  const statements = policy.Statement;
  return (Array.isArray(statements) ? statements : [statements]).filter(
    (item): item is JsonObject => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
}

/** Null for a policy that a topic can have; otherwise what is wrong with it. */
export function policyProblem(text: string, arn: Arn): string | null {
  let policy: Json;
  try {
    policy = JSON.parse(text) as Json;
  } catch {
    return 'Policy Error: null';
  }
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) return 'Policy Error: null';
  if (text.length > POLICY_BYTES_MAX) return 'Policy Reason: Policy is too long';
  const statements = statementsOf(policy);
  if (statements.length === 0) return 'Policy Error: null';
  for (const { Action, Resource, Principal, NotPrincipal, Effect } of statements) {
    if (Effect !== 'Allow' && Effect !== 'Deny') return 'Policy Error: null';
    if (Principal === undefined && NotPrincipal === undefined) return 'Policy Error: null';
    for (const action of listOf(Action)) {
      const name = /^sns:(.*)$/i.exec(action)?.[1];
      const isKnown =
        action === '*' ||
        (name !== undefined && (name.includes('*') || [...GRANTABLE].some((known) => known.toLowerCase() === name.toLowerCase())));
      if (!isKnown) return 'Policy statement action out of service scope!';
    }
    for (const resource of listOf(Resource)) {
      if (!covers(resource, arn)) return 'Policy Reason: Invalid resource: one or more resources in the policy do not belong to this topic';
    }
  }
  return null;
}

function covers(pattern: string, arn: Arn): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(arn);
}

function listOf(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string');
}

export function addPermission(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const found = topicIn(state, call.input);
  if ('fault' in found) return found;
  const { Label, AWSAccountId, ActionName } = call.input;
  const accounts = listOf(AWSAccountId);
  const actions = listOf(ActionName);
  if (typeof Label !== 'string' || !/^[A-Za-z0-9_-]{1,80}$/.test(Label)) return invalid('Label');
  if (accounts.length === 0 || !accounts.every((account) => /^\d{12}$/.test(account))) return invalid('AWSAccountId');
  if (actions.length === 0 || actions.some((action) => action !== '*' && !GRANTABLE.has(action))) {
    return invalid('Policy statement action out of service scope!');
  }
  const policy = policyOf(found.topic);
  const statements = statementsOf(policy);
  if (statements.some(({ Sid }) => Sid === Label)) return invalid('Statement already exists');
  const principals = accounts.map((account) => `arn:aws:iam::${account}:root`);
  const names = actions.map((action) => `SNS:${action}`);
  const statement: JsonObject = {
    Sid: Label,
    Effect: 'Allow',
    Principal: { AWS: one(principals) },
    Action: one(names),
    Resource: found.topic.arn,
  };
  return setPolicy(found.topic, { ...policy, Statement: [...statements, statement] }, port);
}

function one(list: string[]): string | string[] {
  return list.length === 1 ? (list[0] as string) : list;
}

export function removePermission(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const found = topicIn(state, call.input);
  if ('fault' in found) return found;
  const policy = policyOf(found.topic);
  const left = statementsOf(policy).filter(({ Sid }) => Sid !== call.input.Label);
  if (left.length === statementsOf(policy).length) return clientFault('NotFound', 'Label does not exist', 404);
  return setPolicy(found.topic, { ...policy, Statement: left }, port);
}

function setPolicy(topic: Topic, policy: JsonObject, port: Port): Reply {
  port.emit('sns:TopicAttributeSet', topic.arn, { name: 'Policy', value: JSON.stringify(policy) });
  return { ok: {} };
}
