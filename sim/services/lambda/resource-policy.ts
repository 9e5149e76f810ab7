// The whole policy of a function, version or alias as one document: it replaces what AddPermission wrote. LAM-SEC-X06.
// https://docs.aws.amazon.com/lambda/latest/api/API_PutResourcePolicy.html
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { checkRevision, type FunctionPolicy, functionNotFound, invalid, notFound, type Parsed } from './function';
import { policyDocument, refuseSize } from './permissions';
import { LATEST, type Located, refuseUnknown, revisionAt, settingsAt, splitArn } from './qualifier';
import type { LambdaState } from './state';

function target(state: Readonly<LambdaState>, call: ApiCall): Located | { fault: Fault } {
  const { functionArn, qualifier } = splitArn(call.resource);
  if (qualifier === LATEST) return invalid('We currently do not support adding policies for $LATEST.');
  const fn = state.functions[functionArn];
  if (!fn) return functionNotFound(call.resource);
  return refuseUnknown({ fn, qualifier }) ?? { fn, qualifier };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsePolicy(given: unknown): Parsed<FunctionPolicy> {
  let document: Json = null;
  try {
    document = JSON.parse(String(given)) as Json;
  } catch {
    return invalid('The policy is not valid JSON.');
  }
  if (!isObject(document)) return invalid('The policy must be a JSON object.');
  const { Statement: statement, Id: id } = document;
  const statements = Array.isArray(statement) ? statement : statement === undefined ? [] : [statement];
  if (statements.length === 0) return invalid('The policy must have a statement.');
  for (const item of statements) {
    if (!isObject(item) || (item.Effect !== 'Allow' && item.Effect !== 'Deny')) return invalid('Effect must be Allow or Deny.');
    if (item.Principal === undefined && item.NotPrincipal === undefined) return invalid('Each statement must have a Principal.');
    if (item.Action === undefined && item.NotAction === undefined) return invalid('Each statement must have an Action.');
    if (item.Resource === undefined && item.NotResource === undefined) return invalid('Each statement must have a Resource.');
  }
  return { value: { id: typeof id === 'string' ? id : null, statements: statements as JsonObject[] } };
}

/** Simplified: public is what allows everybody without any condition; AWS weighs the conditions too. */
function isPublic({ Effect, Principal, Condition }: JsonObject): boolean {
  const aws = isObject(Principal) ? Principal.AWS : Principal;
  const isEverybody = aws === '*' || (Array.isArray(aws) && aws.includes('*'));
  return Effect === 'Allow' && isEverybody && Condition === undefined;
}

export function putResourcePolicy(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = target(state, call);
  if ('fault' in found) return found;
  const { fn, qualifier } = found;
  const parsed = parsePolicy(call.input.Policy);
  if ('fault' in parsed) return parsed;
  const policy = parsed.value;
  const refused = refuseSize(policy) ?? checkRevision(call.input.RevisionId, revisionAt(fn, qualifier));
  if (refused) return refused;
  if (policy.statements.some(isPublic)) {
    const Message = 'The resource-based policy would grant public access to the resource.';
    return clientFault('PublicPolicyException', Message, 400, { Type: 'User' });
  }
  emitLambda(port, 'lambda:ResourcePolicyPut', fn.arn, { qualifier, ...policy, revisionId: port.uuid() });
  return read(found);
}

function read({ fn, qualifier }: Located): Reply {
  const { policy } = settingsAt(fn, qualifier);
  if (!policy) return notFound('The resource you requested does not exist.');
  return { ok: { Policy: JSON.stringify(policyDocument(policy)), RevisionId: revisionAt(fn, qualifier) } };
}

export function getResourcePolicy(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const found = target(state, call);
  return 'fault' in found ? found : read(found);
}

export function deleteResourcePolicy(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = target(state, call);
  if ('fault' in found) return found;
  const { fn, qualifier } = found;
  const stale = checkRevision(call.input.RevisionId, revisionAt(fn, qualifier));
  if (stale) return stale;
  if (!settingsAt(fn, qualifier).policy) return notFound('The resource you requested does not exist.');
  emitLambda(port, 'lambda:ResourcePolicyPut', fn.arn, { qualifier, id: null, statements: [], revisionId: port.uuid() });
  return { ok: {} };
}
