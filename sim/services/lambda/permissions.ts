// The function's resource policy, a statement at a time. LAM-SEC-X01 to LAM-SEC-X06.
// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
import { type Arn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { type FunctionPolicy, functionNotFound, type Parsed, violation } from './function';
import type { FunctionState, LambdaState } from './state';

/** LAM-SEC-X01. */
const POLICY_BYTES_MAX = 20_480;

export function policyDocument(policy: FunctionPolicy): JsonObject {
  return { Version: '2012-10-17', Id: 'default', Statement: policy.statements };
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

function parseStatement(functionArn: Arn, input: JsonObject): Parsed<JsonObject> {
  const id = required(input, 'StatementId', '([a-zA-Z0-9-_]+)');
  if ('fault' in id) return id;
  const action = required(input, 'Action', '(lambda:[*]|lambda:[a-zA-Z]+|[*])');
  if ('fault' in action) return action;
  const named = required(input, 'Principal', '[^\\s]+');
  if ('fault' in named) return named;
  const principal = parsePrincipal(named.value);
  if (principal === null) return invalid('The provided principal was invalid. Please check the principal and try again.');
  const condition = conditionOf(input);
  return {
    value: {
      Sid: id.value,
      Effect: 'Allow',
      Principal: principal,
      Action: action.value,
      Resource: functionArn,
      ...(condition ? { Condition: condition } : {}),
    },
  };
}

function invalid(message: string): { fault: Fault } {
  return clientFault('InvalidParameterValueException', message, 400, { Type: 'User' });
}

function notFound(message: string): { fault: Fault } {
  return clientFault('ResourceNotFoundException', message, 404, { Type: 'User' });
}

/** The function that a policy call is about. Simplified: policies are on the whole function; it has no versions or aliases yet. */
function functionOf(state: Readonly<LambdaState>, call: ApiCall): { fn: FunctionState } | { fault: Fault } {
  const { Qualifier: qualifier, RevisionId: revisionId } = call.input;
  const fn = state.functions[call.resource];
  if (!fn) return functionNotFound(call.resource);
  // LAM-SEC-X05.
  if (qualifier === '$LATEST') return invalid('We currently do not support adding policies for $LATEST.');
  if (typeof qualifier === 'string') return functionNotFound(`${call.resource}:${qualifier}`);
  if (typeof revisionId === 'string' && revisionId !== fn.policy?.revisionId) {
    const text = 'The RevisionId provided does not match the latest RevisionId. Call the GetPolicy API to retrieve the latest RevisionId';
    return clientFault('PreconditionFailedException', text, 412, { Type: 'User' });
  }
  return { fn };
}

export function addPermission(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = functionOf(state, call);
  if ('fault' in found) return found;
  const parsed = parseStatement(call.resource, call.input);
  if ('fault' in parsed) return parsed;
  const statement = parsed.value;
  const statements = found.fn.policy?.statements ?? [];
  if (statements.some(({ Sid }) => Sid === statement.Sid)) {
    const text = `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`;
    return clientFault('ResourceConflictException', text, 409, { Type: 'User' });
  }
  const size = JSON.stringify(policyDocument({ statements: [...statements, statement], revisionId: '' })).length;
  if (size > POLICY_BYTES_MAX) {
    const text = `The final policy size (${size}) is bigger than the limit (${POLICY_BYTES_MAX}).`;
    return clientFault('PolicyLengthExceededException', text, 400, { Type: 'User' });
  }
  emitLambda(port, 'lambda:PermissionAdded', found.fn.arn, { statement, revisionId: port.uuid() });
  return { ok: { Statement: JSON.stringify(statement) } };
}

export function removePermission(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = functionOf(state, call);
  if ('fault' in found) return found;
  const { StatementId: statementId } = call.input;
  if (!found.fn.policy?.statements.some(({ Sid }) => Sid === statementId)) {
    return notFound(
      found.fn.policy ? `Statement ${statementId} is not found in resource policy.` : 'No policy is associated with the given resource.',
    );
  }
  emitLambda(port, 'lambda:PermissionRemoved', found.fn.arn, { statementId: String(statementId), revisionId: port.uuid() });
  return { ok: {} };
}

export function getPolicy(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const fn = state.functions[call.resource];
  if (!fn) return functionNotFound(call.resource);
  if (!fn.policy || typeof call.input.Qualifier === 'string') return notFound('The resource you requested does not exist.');
  return { ok: { Policy: JSON.stringify(policyDocument(fn.policy)), RevisionId: fn.policy.revisionId } };
}
