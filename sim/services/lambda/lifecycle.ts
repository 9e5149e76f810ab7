// What becomes of an environment between invocations: frozen, reset or reclaimed. LAM-CLD-04, LAM-CLD-X04.
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { emitLambda, type InvocationStatus } from './facts';
import { endSandbox, type LambdaRuntime } from './live';
import type { Environment, FunctionState, LambdaState } from './state';

/** Idle: memory is kept, nothing runs, and some minutes later the environment is gone. */
export function freeze(runtime: LambdaRuntime, fn: FunctionState, environmentId: string, port: Port): void {
  emitLambda(port, 'lambda:EnvironmentFrozen', fn.arn, { environmentId });
  scheduleReclaim(runtime, fn, environmentId, port);
}

/** Memory is lost, /tmp is kept, and the static code runs again inside the next invocation. */
export function reset(runtime: LambdaRuntime, fn: FunctionState, environmentId: string, reason: InvocationStatus, port: Port): void {
  endSandbox(runtime, environmentId);
  emitLambda(port, 'lambda:EnvironmentReset', fn.arn, { environmentId, reason });
  scheduleReclaim(runtime, fn, environmentId, port);
}

function scheduleReclaim(runtime: LambdaRuntime, fn: FunctionState, environmentId: string, port: Port): void {
  const key = `reclaim:${environmentId}`;
  port.call({ action: 'lambda:ReclaimEnvironment', resource: fn.arn, input: { environmentId }, background: true, key }, runtime.idleMs);
}

/** No invocation waits for it or runs in it. */
export function isFree(environment: Environment): boolean {
  return environment.invocation === null && (environment.status === 'idle' || environment.status === 'reset');
}

function reclaim(runtime: LambdaRuntime, environment: Environment, reason: 'idle' | 'requested', port: Port): void {
  const { environmentId, functionArn } = environment;
  endSandbox(runtime, environmentId);
  runtime.lives.delete(environmentId);
  port.cancel(`reclaim:${environmentId}`);
  emitLambda(port, 'lambda:EnvironmentReclaimed', functionArn, { environmentId, reason });
}

export function reclaimEnvironment(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const environment = state.environments[call.input.environmentId as string];
  if (environment && isFree(environment)) reclaim(runtime, environment, 'idle', port);
  return { ok: {} };
}

/** The world's own action: ends every idle environment of a function, as AWS may whenever it likes. */
export function reclaimEnvironments(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const idle = Object.values(state.environments).filter((environment) => environment.functionArn === call.resource && isFree(environment));
  for (const environment of idle) reclaim(runtime, environment, 'requested', port);
  return { ok: { reclaimed: idle.length } };
}
