// Reserved concurrency and the account's settings. LAM-CLD-X05, LAM-CLD-X08.
// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { accountOf, placeKey, provisionedConcurrency, UNRESERVED_MIN, unreservedConcurrency } from './concurrency';
import { emitLambda } from './facts';
import { functionNotFound, invalid, wholeIn } from './function';
import { LATEST, locateUnqualified, qualifiedArn } from './qualifier';
import type { LambdaState } from './state';

export function putFunctionConcurrency(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locateUnqualified(state, call);
  if ('fault' in located) {
    return located.fault.code === 'ResourceNotFoundException' ? functionNotFound(qualifiedArn(call.resource, LATEST)) : located;
  }
  const { fn } = located;
  const given = wholeIn(call.input.ReservedConcurrentExecutions, 'reservedConcurrentExecutions', 0, 2 ** 31 - 1, -1);
  if ('fault' in given) return given;
  if (given.value < 0) {
    const text =
      "1 validation error detected: Value null at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must not be null";
    return clientFault('ValidationException', text);
  }
  const provisioned = provisionedConcurrency(fn);
  // What was set aside for the function before comes back: its reservation, else what is provisioned.
  const left = unreservedConcurrency(state, fn.place).limit + (fn.reservedConcurrency ?? provisioned) - given.value;
  if (given.value > 0 && left < UNRESERVED_MIN) {
    const text = `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${UNRESERVED_MIN}].`;
    return clientFault('InvalidParameterValueException', text, 400, { Type: 'User' });
  }
  if (given.value < provisioned) {
    return invalid(
      ` ReservedConcurrentExecutions  ${given.value} should not be lower than function's total provisioned concurrency [${provisioned}].`,
    );
  }
  emitLambda(port, 'lambda:FunctionConcurrencyPut', fn.arn, { reservedConcurrency: given.value });
  return { ok: { ReservedConcurrentExecutions: given.value } };
}

export function getFunctionConcurrency(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located;
  const { fn } = located;
  return { ok: fn.reservedConcurrency === null ? {} : { ReservedConcurrentExecutions: fn.reservedConcurrency } };
}

export function deleteFunctionConcurrency(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located;
  const { fn } = located;
  if (fn.reservedConcurrency !== null) emitLambda(port, 'lambda:FunctionConcurrencyDeleted', fn.arn, {});
  return { ok: {} };
}

/** LAM-ENV-X01 and LAM-ENV-X03. Every version keeps its code. LAM-VER-X08. */
export function getAccountSettings(state: Readonly<LambdaState>, _call: ApiCall, port: Port): Reply {
  const place = placeKey(port.region, port.account);
  const functions = Object.values(state.functions).filter((fn) => fn.place === place);
  const codeSize = functions.flatMap((fn) => [fn, ...Object.values(fn.versions)]).reduce((sum, code) => sum + code.codeSize, 0);
  return {
    ok: {
      AccountLimit: {
        TotalCodeSize: 322_122_547_200,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: accountOf(state, place).concurrencyLimit,
        UnreservedConcurrentExecutions: unreservedConcurrency(state, place).limit,
      },
      AccountUsage: { TotalCodeSize: codeSize, FunctionCount: functions.length },
    },
  };
}

/** The world's own action: Service Quotas grants the account another limit, as new accounts have a lower one. */
export function setAccountConcurrency(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const given = wholeIn(call.input.ConcurrentExecutions, 'concurrentExecutions', 1, 1_000_000, 1000);
  if ('fault' in given) return given;
  const place = placeKey(port.region, port.account);
  const reserved = accountOf(state, place).concurrencyLimit - unreservedConcurrency(state, place).limit;
  if (given.value < reserved) {
    return clientFault(
      'InvalidParameterValueException',
      `Functions have reserved ${reserved} of the account's concurrency: free some first.`,
    );
  }
  emitLambda(port, 'lambda:AccountConcurrencySet', call.resource, { place, concurrencyLimit: given.value });
  return { ok: {} };
}
