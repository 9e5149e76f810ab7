// Provisioned concurrency of a version or an alias, never of $LATEST. LAM-CLD-05, LAM-CLD-X08, LAM-CLD-X09.
// https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { accountOf, provisionedConcurrency, UNRESERVED_MIN, unreservedConcurrency } from './concurrency';
import { emitLambda } from './facts';
import { conflict, invalid, notFound, violation } from './function';
import { lambdaDate } from './function-view';
import { isFree } from './lifecycle';
import { pageOf } from './paging';
import { endProvisioning, planProvisioning, readyEnvironments } from './provisioning';
import {
  aliasOf,
  codeAt,
  isAliasName,
  LATEST,
  locate,
  locateUnqualified,
  qualifiedArn,
  qualifierVersions,
  refuseUnknown,
  settingsAt,
  targetOf,
} from './qualifier';
import type { FunctionState, LambdaState, ProvisionedConcurrency } from './state';

function target(
  state: Readonly<LambdaState>,
  call: ApiCall,
  ofLatest: string,
): { fn: FunctionState; qualifier: string } | { fault: Fault } {
  const located = locate(state, call);
  if ('fault' in located) {
    const { functionArn, qualifier } = targetOf(call);
    const isMissing = located.fault.code === 'ResourceNotFoundException' && qualifier !== null && isAliasName(qualifier);
    return isMissing ? notFound(`Cannot find alias arn: ${qualifiedArn(functionArn, qualifier)}`) : located;
  }
  const { fn, qualifier } = located;
  if (qualifier === null) return violation(null, 'qualifier', 'Member must not be null');
  if (qualifier === LATEST) return invalid(ofLatest);
  return refuseUnknown(located) ?? { fn, qualifier };
}

const UNPUBLISHED = 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.';
const NOT_PUBLISHED = 'The function resource provided must be an alias or a published version.';

export function putProvisionedConcurrencyConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = target(state, call, UNPUBLISHED);
  if ('fault' in found) return found;
  const { fn, qualifier } = found;
  if (codeAt(fn, qualifier)?.version === LATEST) return invalid(UNPUBLISHED);
  const requested = call.input.ProvisionedConcurrentExecutions;
  if (typeof requested !== 'number' || !Number.isInteger(requested) || requested < 1) {
    return violation(requested, 'provisionedConcurrentExecutions', 'Member must have value greater than or equal to 1');
  }
  const refused = refuseAmount(state, fn, qualifier, requested) ?? refuseTwice(fn, qualifier);
  if (refused) return refused;
  emitLambda(port, 'lambda:ProvisionedConcurrencyPut', fn.arn, { qualifier, requested, modifiedEpochMs: port.epochMs });
  planProvisioning(fn, port);
  return { ok: view(state, fn, qualifier, settingsAt(fn, qualifier).provisioned as ProvisionedConcurrency) };
}

/** Inside the function's reservation, else inside what the account has left, of which 100 stay. */
function refuseAmount(state: Readonly<LambdaState>, fn: FunctionState, qualifier: string, requested: number): { fault: Fault } | null {
  const earlier = settingsAt(fn, qualifier).provisioned?.requested ?? 0;
  const others = provisionedConcurrency(fn) - earlier;
  if (fn.reservedConcurrency !== null) {
    return others + requested > fn.reservedConcurrency
      ? invalid('Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function')
      : null;
  }
  const { concurrencyLimit } = accountOf(state, fn.place);
  if (requested > concurrencyLimit) {
    return invalid(`Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${concurrencyLimit}].`);
  }
  return unreservedConcurrency(state, fn.place).limit + earlier - requested < UNRESERVED_MIN
    ? invalid(
        `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${UNRESERVED_MIN}].`,
      )
    : null;
}

/** A version is provisioned by itself or by one alias. */
function refuseTwice(fn: FunctionState, qualifier: string): { fault: Fault } | null {
  const isAlias = aliasOf(fn, qualifier) !== undefined;
  const versions = qualifierVersions(fn, qualifier);
  for (const [other, { provisioned }] of Object.entries(fn.qualified)) {
    if (!provisioned || other === qualifier || !qualifierVersions(fn, other).some((version) => versions.includes(version))) continue;
    return conflict(
      isAlias
        ? "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"
        : 'Version is pointed by a Provisioned Concurrency alias',
    );
  }
  return null;
}

function view(state: Readonly<LambdaState>, fn: FunctionState, qualifier: string, provisioned: ProvisionedConcurrency): JsonObject {
  const ready = qualifierVersions(fn, qualifier).flatMap((version) => readyEnvironments(state, fn, version));
  return {
    RequestedProvisionedConcurrentExecutions: provisioned.requested,
    AvailableProvisionedConcurrentExecutions: Math.min(ready.filter(isFree).length, provisioned.requested),
    AllocatedProvisionedConcurrentExecutions: Math.min(ready.length, provisioned.requested),
    Status: provisioned.status,
    ...(provisioned.statusReason ? { StatusReason: provisioned.statusReason } : {}),
    LastModified: lambdaDate(provisioned.modifiedEpochMs),
  };
}

export function getProvisionedConcurrencyConfig(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const found = target(state, call, NOT_PUBLISHED);
  if ('fault' in found) return found;
  const { fn, qualifier } = found;
  const { provisioned } = settingsAt(fn, qualifier);
  if (provisioned) return { ok: view(state, fn, qualifier, provisioned) };
  const text = 'No Provisioned Concurrency Config found for this function';
  return clientFault('ProvisionedConcurrencyConfigNotFoundException', text, 404, { Type: 'User' });
}

/** What has none is deleted already. */
export function deleteProvisionedConcurrencyConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = target(state, call, NOT_PUBLISHED);
  if ('fault' in found) return found;
  endProvisioning(found.fn, found.qualifier, port);
  return { ok: {} };
}

export function listProvisionedConcurrencyConfigs(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located;
  const { fn } = located;
  const configs = Object.entries(fn.qualified).flatMap(([qualifier, { provisioned }]) =>
    provisioned ? [{ FunctionArn: qualifiedArn(fn.arn, qualifier), ...view(state, fn, qualifier, provisioned) }] : [],
  );
  return pageOf(call.input, 'ProvisionedConcurrencyConfigs', configs);
}
