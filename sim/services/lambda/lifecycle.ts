// What becomes of an environment between invocations: frozen, reset or reclaimed. LAM-CLD-04, LAM-CLD-X04.
import type { Arn } from '../../kernel/arn';
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { emitLambda, type InvocationStatus } from './facts';
import { endSandbox, type LambdaRuntime } from './live';
import { timestamp } from './logging';
import { provisionedFor, versionOf } from './qualifier';
import type { Environment, FunctionState, LambdaState } from './state';

/** LAM-LOG-02: YYYY/MM/DD/[version]hex, one stream per environment. */
export function newLogStream(version: string, port: Port): string {
  const day = timestamp(port).slice(0, 10).replaceAll('-', '/');
  return `${day}/[${version}]${port.uuid().replaceAll('-', '')}`;
}

/** Idle: memory is kept, nothing runs, and some minutes later the environment is gone. */
export function freeze(runtime: LambdaRuntime, state: Readonly<LambdaState>, environment: Environment, port: Port): void {
  emitLambda(port, 'lambda:EnvironmentFrozen', environment.functionArn, { environmentId: environment.environmentId });
  keepOrReclaim(runtime, state, environment, port);
}

/** Memory is lost, /tmp is kept, and the static code runs again inside the next invocation. */
export function reset(
  runtime: LambdaRuntime,
  state: Readonly<LambdaState>,
  environment: Environment,
  reason: InvocationStatus,
  port: Port,
): void {
  const { environmentId } = environment;
  endSandbox(runtime, environmentId);
  emitLambda(port, 'lambda:EnvironmentReset', environment.functionArn, { environmentId, reason });
  keepOrReclaim(runtime, state, environment, port);
}

function keepOrReclaim(runtime: LambdaRuntime, state: Readonly<LambdaState>, environment: Environment, port: Port): void {
  if (isStale(state, environment)) {
    reclaim(runtime, environment, 'requested', port);
    return;
  }
  // Provisioned concurrency is kept as long as it is asked for. LAM-CLD-05.
  if (environment.isProvisioned) return;
  const { environmentId, functionArn } = environment;
  const key = `reclaim:${environmentId}`;
  port.call(
    { action: 'lambda:ReclaimEnvironment', resource: functionArn, input: { environmentId }, background: true, key },
    runtime.idleMs,
  );
}

/** The version that it runs is gone, $LATEST has changed, or more is provisioned than is asked for. */
function isStale(state: Readonly<LambdaState>, { functionArn, code, isProvisioned }: Environment): boolean {
  const fn = state.functions[functionArn];
  if (!fn || versionOf(fn, code.version)?.generation !== code.generation || fn.functionId !== code.functionId) return true;
  return isProvisioned && countProvisioned(state, fn, code.version) > provisionedFor(fn, code.version);
}

/** Provisioned environments of a version, those that are still being made included. */
export function countProvisioned(state: Readonly<LambdaState>, fn: FunctionState, version: string): number {
  let count = 0;
  for (const { functionArn, code, isProvisioned } of Object.values(state.environments)) {
    if (isProvisioned && functionArn === fn.arn && code.version === version) count++;
  }
  return count;
}

/** Ends what no longer has a right to be there and does not run: after an update, a deletion, or less provisioned concurrency. */
export function reclaimStale(runtime: LambdaRuntime, state: Readonly<LambdaState>, functionArn: Arn, port: Port): void {
  for (const environment of Object.values(state.environments)) {
    const isIdle = isFree(environment) || (environment.isProvisioned && environment.invocation === null);
    if (environment.functionArn === functionArn && isIdle && isStale(state, environment)) reclaim(runtime, environment, 'requested', port);
  }
}

/** No invocation waits for it or runs in it. */
export function isFree(environment: Environment): boolean {
  return environment.invocation === null && (environment.status === 'idle' || environment.status === 'reset');
}

export function reclaim(runtime: LambdaRuntime, environment: Environment, reason: 'idle' | 'requested', port: Port): void {
  const { environmentId, functionArn } = environment;
  endSandbox(runtime, environmentId);
  runtime.lives.delete(environmentId);
  port.cancel(`reclaim:${environmentId}`);
  port.cancel(`init:${environmentId}`);
  emitLambda(port, 'lambda:EnvironmentReclaimed', functionArn, { environmentId, reason });
}

export function reclaimEnvironment(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const environment = state.environments[call.input.environmentId as string];
  if (environment && isFree(environment)) reclaim(runtime, environment, 'idle', port);
  return { ok: {} };
}

/** The world's own action: ends every idle environment of a function, as AWS may whenever it likes. Provisioned ones stay. */
export function reclaimEnvironments(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const idle = Object.values(state.environments).filter(
    (environment) => environment.functionArn === call.resource && isFree(environment) && !environment.isProvisioned,
  );
  for (const environment of idle) reclaim(runtime, environment, 'requested', port);
  return { ok: { reclaimed: idle.length } };
}
