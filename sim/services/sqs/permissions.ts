// AddPermission and RemovePermission: statements of a queue's policy without writing one.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Queue } from './queue';

type Refusal = { fault: Fault };

/** What a queue's owner can share; the rest stays with the owner. */
const SHARED: ReadonlySet<string> = new Set([
  '*',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
]);

const OWNERS: ReadonlySet<string> = new Set([
  'AddPermission',
  'CancelMessageMoveTask',
  'CreateQueue',
  'DeleteQueue',
  'ListMessageMoveTasks',
  'ListQueueTags',
  'ListQueues',
  'RemovePermission',
  'SetQueueAttributes',
  'StartMessageMoveTask',
  'TagQueue',
  'UntagQueue',
]);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
const ACTIONS_MAX = 7;
const PRINCIPALS_MAX = 50;
const STATEMENTS_MAX = 20;

export function addPermission(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  const { Label: label } = call.input;
  const accounts = textsOf(call.input.AWSAccountIds);
  const actions = textsOf(call.input.Actions);
  const refusal = checkLabel(label) ?? checkActions(actions) ?? checkAccounts(accounts);
  if (refusal) return refusal;
  const statements = statementsOf(queue.settings.policy);
  if (statements.some(({ Sid }) => Sid === label)) return invalid(String(label), 'Label', 'Already exists.');
  const count = statements.length + 1;
  if (count > STATEMENTS_MAX) return overLimit(count, 'Statements', STATEMENTS_MAX);
  const statement: JsonObject = {
    Sid: label as string,
    Effect: 'Allow',
    Principal: { AWS: one(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
    Action: one(actions.map((action) => `SQS:${action}`)),
    Resource: queue.arn,
  };
  const base = queue.settings.policy ?? { Version: '2008-10-17', Id: `${queue.arn}/SQSDefaultPolicy` };
  return setPolicy(queue, { ...base, Statement: [...statements, statement] }, port);
}

export function removePermission(queue: Readonly<Queue>, call: ApiCall, port: Port): Reply {
  const { Label: label } = call.input;
  const refusal = checkLabel(label);
  if (refusal) return refusal;
  const statements = statementsOf(queue.settings.policy);
  const left = statements.filter(({ Sid }) => Sid !== label);
  if (left.length === statements.length) return invalid(String(label), 'Label', "can't find label on existing policy.");
  return setPolicy(queue, left.length === 0 ? null : { ...queue.settings.policy, Statement: left }, port);
}

function setPolicy(queue: Readonly<Queue>, policy: JsonObject | null, port: Port): Reply {
  port.emit('sqs:QueueAttributesSet', queue.arn, { settings: { ...queue.settings, policy } as unknown as JsonObject });
  return { ok: {} };
}

function statementsOf(policy: JsonObject | null): JsonObject[] {
  const statements = policy?.Statement ?? [];
  return (Array.isArray(statements) ? statements : [statements]).filter(
    (item): item is JsonObject => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function one(list: string[]): string | string[] {
  return list.length === 1 ? (list[0] as string) : list;
}

function invalid(value: string, member: string, reason: string): Refusal {
  return clientFault('InvalidParameterValue', `Value ${value} for parameter ${member} is invalid. Reason: ${reason}`);
}

function overLimit(count: number, what: string, max: number): Refusal {
  return clientFault('OverLimit', `${count} ${what} were found, maximum allowed is ${max}.`, 403);
}

function checkLabel(label: Json | undefined): Refusal | null {
  if (typeof label !== 'string' || label === '') {
    return clientFault('MissingParameter', 'The request must contain the parameter Label.');
  }
  if (/^[A-Za-z0-9_-]{1,80}$/.test(label)) return null;
  return invalid(label, 'Label', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.');
}

function checkActions(actions: string[]): Refusal | null {
  if (actions.length === 0) return clientFault('MissingParameter', 'The request must contain the parameter Actions.');
  if (actions.length > ACTIONS_MAX) return overLimit(actions.length, 'Actions', ACTIONS_MAX);
  const strange = actions.find((action) => !SHARED.has(action));
  if (strange === undefined) return null;
  const reason = OWNERS.has(strange)
    ? 'Only the queue owner is allowed to invoke this action.'
    : 'Please refer to the appropriate WSDL for a list of valid actions.';
  return invalid(`SQS:${strange}`, 'ActionName', reason);
}

function checkAccounts(accounts: string[]): Refusal | null {
  if (accounts.length === 0) return invalid('[]', 'PrincipalId', 'Unable to verify.');
  if (accounts.length > PRINCIPALS_MAX) return overLimit(accounts.length, 'Principals', PRINCIPALS_MAX);
  const strange = accounts.find((account) => !/^\d{12}$/.test(account));
  return strange === undefined ? null : invalid(`[${strange}]`, 'PrincipalId', 'Unable to verify.');
}
