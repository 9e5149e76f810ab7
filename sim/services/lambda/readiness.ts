// Whether a function can be changed or run now. LAM-ENV-X11, LAM-NET-X03, LAM-NET-X04.
// https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
import type { Fault } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { type Ms, toMicroseconds } from '../../kernel/time';
import { emitLambda } from './facts';
import { conflict } from './function';
import { lifecycleOf } from './function-view';
import type { FunctionState, FunctionVersion } from './state';

/** Network interfaces of a function in a VPC take a minute or more. LAM-NET-X03. Simplified: always a minute; Lambda may take several. */
export const NETWORK_MS: Ms = 60_000;

function notNow(lifecycle: string): { fault: Fault } {
  return conflict(`The operation cannot be performed at this time. The function is currently in the following state: ${lifecycle}`);
}

export function refuseWhileBusy(fn: FunctionState, port: Port): { fault: Fault } | null {
  if (port.now < fn.activeAt) return notNow('Pending');
  return fn.updatedAt !== null && port.now < fn.updatedAt
    ? conflict(`The operation cannot be performed at this time. An update is in progress for resource: ${fn.arn}`)
    : null;
}

/** Null when the code may run. An idle function in a VPC is woken by the invocation that fails. */
export function refuseInactive(fn: FunctionState, code: FunctionVersion, port: Port): { fault: Fault } | null {
  const lifecycle = lifecycleOf(code, fn.lastInvokedAt, port.now);
  if (lifecycle === 'Active') return null;
  if (lifecycle === 'Inactive') {
    emitLambda(port, 'lambda:FunctionReactivated', fn.arn, { version: code.version, activeAt: toMicroseconds(port.now + NETWORK_MS) });
  }
  return notNow(lifecycle);
}
