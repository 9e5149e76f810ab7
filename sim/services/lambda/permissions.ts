// The function's resource policy, a statement at a time. LAM-SEC-X01 to LAM-SEC-X06.
// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
import { type Arn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { checkRevision, conflict, type FunctionPolicy, invalid, notFound, type Parsed, violation } from './function';
import { LATEST, type Located, locate, qualifiedArn, refuseUnknown, revisionAt, settingsAt, targetOf } from './qualifier';
import type { LambdaState } from './state';

/** LAM-SEC-X01. */
const POLICY_BYTES_MAX = 20_480;

export function policyDocument({ id, statements }: FunctionPolicy): JsonObject {
  return { Version: '2012-10-17', ...(id === null ? {} : { Id: id }), Statement: statements };
}

/** Null when the policy is small enough. */
export function refuseSize(policy: FunctionPolicy): { fault: Fault } | null {
  const size = new TextEncoder().encode(JSON.stringify(policyDocument(policy))).length;
  if (size <= POLICY_BYTES_MAX) return null;
  const text = `The final policy size (${size}) is bigger than the limit (${POLICY_BYTES_MAX}).`;
  return clientFault('PolicyLengthExceededException', text, 400, { Type: 'User' });
}

/** LAM-SEC-X02: a service, an account, a role or user, or everybody. */
function parsePrincipal(given: string): Json | null {
  if (given === '*') return '*';
  if (/^\d{12}$/.test(given)) return { AWS: `arn:aws:iam::${given}:root` };
  if (parseArn(given)) return { AWS: given };
  return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(given) ? { Service: given } : null;
}

function required(input: JsonObject, member: string, pattern: string): Parsed<string> {
  const shown = member.charAt(0).toLowerCase() + member.slice(1);
  const value = input[member];
  if (typeof value !== 'string') return violation(value ?? null, shown, 'Member must not be null');
  return new RegExp(`^(?:${pattern})$`).test(value)
    ? { value }
    : violation(value, shown, `Member must satisfy regular expression pattern: ${pattern}`);
}

function conditionOf(input: JsonObject): JsonObject | null {
  const { SourceArn, SourceAccount, PrincipalOrgID, EventSourceToken, FunctionUrlAuthType, InvokedViaFunctionUrl } = input;
  const equals: JsonObject = {
    ...(typeof SourceAccount === 'string' ? { 'AWS:SourceAccount': SourceAccount } : {}),
    ...(typeof PrincipalOrgID === 'string' ? { 'aws:PrincipalOrgID': PrincipalOrgID } : {}),
    ...(typeof EventSourceToken === 'string' ? { 'lambda:EventSourceToken': EventSourceToken } : {}),
    ...(typeof FunctionUrlAuthType === 'string' ? { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType } : {}),
  };
  const condition: JsonObject = {
    ...(Object.keys(equals).length > 0 ? { StringEquals: equals } : {}),
    ...(typeof SourceArn === 'string' ? { ArnLike: { 'AWS:SourceArn': SourceArn } } : {}),
    ...(InvokedViaFunctionUrl === true ? { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } } : {}),
  };
  return Object.keys(condition).length > 0 ? condition : null;
}

/** `target`: the ARN with its qualifier, which callers must use then. LAM-SEC-X05. */
function parseStatement(target: Arn, input: JsonObject): Parsed<JsonObject> {
  const id = required(input, 'StatementId', '([a-zA-Z0-9-_]+)');
  if ('fault' in id) return id;
  const action = required(input, 'Action', '(lambda:[*]|lambda:[a-zA-Z]+|[*])');
  if ('fault' in action) return action;
  const named = required(input, 'Principal', '[^\\s]+');
  if ('fault' in named) return named;
  const principal = parsePrincipal(named.value);
  if (principal === null) return invalid('The provided principal was invalid. Please check the principal and try again.');
  if (input.FunctionUrlAuthType !== undefined && action.value !== 'lambda:InvokeFunctionUrl') {
    return invalid('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action');
  }
  const condition = conditionOf(input);
  return {
    value: {
      Sid: id.value,
      Effect: 'Allow',
      Principal: principal,
      Action: action.value,
      Resource: target,
      ...(condition ? { Condition: condition } : {}),
    },
  };
}

/** The version, alias or whole function whose policy a call is about. $LATEST can have none. LAM-SEC-X05. */
function policyTarget(state: Readonly<LambdaState>, call: ApiCall): Located | { fault: Fault } {
  if (call.input.Qualifier === LATEST || call.resource.endsWith(`:${LATEST}`)) {
    return invalid('We currently do not support adding policies for $LATEST.');
  }
  const located = locate(state, call);
  return 'fault' in located ? located : (refuseUnknown(located) ?? located);
}

export function addPermission(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const target = policyTarget(state, call);
  if ('fault' in target) return target;
  const { fn, qualifier } = target;
  const parsed = parseStatement(qualifiedArn(fn.arn, qualifier), call.input);
  if ('fault' in parsed) return parsed;
  const stale = checkRevision(call.input.RevisionId, revisionAt(fn, qualifier));
  if (stale) return stale;
  const statement = parsed.value;
  const policy = settingsAt(fn, qualifier).policy ?? { id: 'default', statements: [] };
  if (policy.statements.some(({ Sid }) => Sid === statement.Sid)) {
    return conflict(
      `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const tooLong = refuseSize({ ...policy, statements: [...policy.statements, statement] });
  if (tooLong) return tooLong;
  emitLambda(port, 'lambda:PermissionAdded', fn.arn, { qualifier, statement, revisionId: port.uuid() });
  return { ok: { Statement: JSON.stringify(statement) } };
}

export function removePermission(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { functionArn } = targetOf(call);
  if (!state.functions[functionArn]) return notFound(`No policy found for: ${functionArn}`);
  const target = policyTarget(state, call);
  if ('fault' in target) return target;
  const { fn, qualifier } = target;
  const { policy } = settingsAt(fn, qualifier);
  if (!policy) return notFound('No policy is associated with the given resource.');
  const { StatementId: statementId } = call.input;
  if (!policy.statements.some(({ Sid }) => Sid === statementId)) {
    return notFound(`Statement ${statementId} is not found in resource policy.`);
  }
  const stale = checkRevision(call.input.RevisionId, revisionAt(fn, qualifier));
  if (stale) return stale;
  emitLambda(port, 'lambda:PermissionRemoved', fn.arn, { qualifier, statementId: String(statementId), revisionId: port.uuid() });
  return { ok: {} };
}

export function getPolicy(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const located = locate(state, call);
  if ('fault' in located) return located;
  const { fn, qualifier } = located;
  const { policy } = settingsAt(fn, qualifier === LATEST ? null : qualifier);
  if (!policy) return notFound('The resource you requested does not exist.');
  return { ok: { Policy: JSON.stringify(policyDocument(policy)), RevisionId: revisionAt(fn, qualifier) } };
}
