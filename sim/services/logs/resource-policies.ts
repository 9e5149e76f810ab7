// Who else may write to the account's log groups, such as EventBridge. EB-X20
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
import { type Arn, parseArn } from '../../kernel/arn';
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { placeKey } from './arns';
import { invalid, limitExceeded } from './faults';
import { pageOf } from './paging';
import type { LogsState } from './state';

const POLICIES_MAX = 10;

export function putResourcePolicy(state: Readonly<LogsState>, { input }: ApiCall, port: Port): Reply {
  const place = placeKey(port);
  const policyName = String(input.policyName ?? '');
  if (policyName === '') return invalid('Policy name is required.');
  const policyDocument = String(input.policyDocument ?? '');
  if (!statementsOf(policyDocument)) return invalid('The policy document is not valid JSON with a Statement.');
  if (!state.policies[`${place} ${policyName}`] && policiesIn(state, place).length >= POLICIES_MAX) return limitExceeded();
  const policy: JsonObject = { policyName, policyDocument, lastUpdatedTime: Math.floor(port.epochMs) };
  port.emit('logs:ResourcePolicyPut', policyArn(port), { place, policyName, policy });
  return { ok: { resourcePolicy: policy } };
}

export function deleteResourcePolicy(state: Readonly<LogsState>, { input }: ApiCall, port: Port): Reply {
  const place = placeKey(port);
  const policyName = String(input.policyName ?? '');
  if (!state.policies[`${place} ${policyName}`]) {
    const message = `Policy with name [${policyName}] does not exist.`;
    return { fault: { code: 'ResourceNotFoundException', message, status: 400, side: 'client' } };
  }
  port.emit('logs:ResourcePolicyDeleted', policyArn(port), { place, policyName });
  return { ok: {} };
}

export function describeResourcePolicies(state: Readonly<LogsState>, { input }: ApiCall, port: Port): Reply {
  return pageOf(input, 'resourcePolicies', policiesIn(state, placeKey(port)), ({ policyName }) => policyName as string);
}

const policyArn = ({ region, account }: Port): Arn => `arn:aws:logs:${region}:${account}:*`;

function policiesIn(state: Readonly<LogsState>, place: string): JsonObject[] {
  return Object.values(state.policies)
    .filter((kept) => kept.place === place)
    .map(({ value }) => value);
}

function statementsOf(text: string): Json[] | null {
  try {
    const { Statement } = JSON.parse(text) as JsonObject;
    return Statement === undefined ? null : Array.isArray(Statement) ? Statement : [Statement];
  } catch {
    return null;
  }
}

/** All policies of the group's account and Region as one: IAM looks at each statement's Resource. */
export function resourcePolicyOf(state: Readonly<LogsState>, arn: Arn): JsonObject | null {
  const { account = '', region = '' } = parseArn(arn) ?? {};
  const policies = policiesIn(state, placeKey({ account, region }));
  const statements = policies.flatMap(({ policyDocument }) => statementsOf(policyDocument as string) ?? []);
  return statements.length > 0 ? { Version: '2012-10-17', Statement: statements } : null;
}
