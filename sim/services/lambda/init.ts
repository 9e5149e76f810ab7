// The INIT phase: runtime boot and static code, once per environment, again after a reset. LAM-CLD-02, LAM-CLD-X01, LAM-CLD-X04.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
import type { ApiCall, Reply } from '../../kernel/call';
import { seedFor } from '../../kernel/random';
import type { Port } from '../../kernel/service';
import { type Ms, toMicroseconds } from '../../kernel/time';
import { endInvocation } from './end-invocation';
import { type ErrorRecord, emitLambda } from './facts';
import { runSlice } from './guest';
import { layerFiles } from './layers';
import { freeze, reclaim } from './lifecycle';
import { endSandbox, type LambdaRuntime } from './live';
import { createLogStream, writeSystem } from './logging';
import { failProvisioning, settleProvisioning } from './provisioning';
import { beginHandler, startInvocation } from './start-invocation';
import type { Environment, LambdaState } from './state';
import { runtimeBootMs } from './timing';

/** LAM-CLD-X01: INIT has 10 s on demand; past that it is tried again inside the first invocation. */
const INIT_MAX_MS: Ms = 10_000;

/** LAM-CLD-X01: before provisioned concurrency takes traffic, the longer of 130 s and the function's timeout. */
const PROVISIONED_INIT_MAX_MS: Ms = 130_000;

export function initMaxMs({ isProvisioned, code }: Environment): Ms {
  return isProvisioned ? Math.max(PROVISIONED_INIT_MAX_MS, code.timeoutMs) : INIT_MAX_MS;
}

/** LAM-ENV-X06. The credentials are the execution role's; nothing outside the simulator knows them. */
function reservedVariables(environment: Environment, port: Port): Record<string, string> {
  const fn = environment.code;
  return {
    AWS_REGION: port.region,
    AWS_DEFAULT_REGION: port.region,
    AWS_ACCESS_KEY_ID: 'ASIASIMULATEDKEY0000',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_SESSION_TOKEN: 'simulated',
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: fn.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMB),
    ...(fn.logFormat === 'JSON' ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: fn.applicationLogLevel ?? 'INFO' } : {}),
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: environment.logStream,
    AWS_LAMBDA_INITIALIZATION_TYPE: environment.isProvisioned ? 'provisioned-concurrency' : 'on-demand',
    _HANDLER: fn.handler,
    LAMBDA_TASK_ROOT: '/var/task',
  };
}

/** Where packages of layers are found. Simplified: set for functions with layers only; AWS sets it always. */
const NODE_PATH = {
  NODE_PATH: '/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task',
};

export function startInit(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const environment = state.environments[call.input.environmentId as string];
  if (!environment) return { ok: {} };
  const { environmentId, code: fn } = environment;
  emitLambda(port, 'lambda:InitStarted', fn.arn, { environmentId });
  createLogStream(fn, environment, port);
  writeSystem(environment, [{ event: 'initStart', region: port.region }], port);
  port.call(
    { action: 'lambda:TimeOutInit', resource: fn.arn, input: { environmentId }, key: `init:${environmentId}` },
    initMaxMs(environment),
  );
  port.call({ action: 'lambda:RunStaticCode', resource: fn.arn, input: { environmentId } }, runtimeBootMs(port));
  return { ok: {} };
}

export function runStaticCode(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const environment = state.environments[call.input.environmentId as string];
  if (!environment || (environment.status !== 'init' && environment.status !== 'busy')) return { ok: {} };
  const { environmentId, code: fn } = environment;
  const earlier = runtime.lives.get(environmentId);
  const sandbox = runtime.sandboxes.create({
    files: fn.layers.length > 0 ? { ...layerFiles(state, fn.layers), ...fn.files } : fn.files,
    handler: fn.handler,
    memoryMB: fn.memoryMB,
    environment: { TZ: ':UTC', ...(fn.layers.length > 0 ? NODE_PATH : {}), ...fn.variables, ...reservedVariables(environment, port) },
    seed: seedFor(Math.floor(port.random() * 2 ** 31), environmentId),
    ephemeralStorageMB: fn.ephemeralStorageMB,
    // A reset loses memory and keeps /tmp: LAM-CLD-X04.
    ...(earlier ? { tmp: earlier.sandbox.tmp() } : {}),
  });
  runtime.lives.set(environmentId, {
    sandbox,
    generation: (earlier?.generation ?? 0) + 1,
    busyUntil: port.now,
    maxMemoryUsedMB: earlier?.maxMemoryUsedMB ?? 0,
    thaw: [],
  });
  const deadlineAt = environment.status === 'busy' ? environment.deadlineAt : environment.startedAt + initMaxMs(environment);
  runSlice(runtime, environment, deadlineAt, port, (time) => sandbox.init(time));
  return { ok: {} };
}

/** The static code is done: inside a suppressed init the handler goes on, else the waiting invocation starts, or the environment waits. */
export function endInit(runtime: LambdaRuntime, state: Readonly<LambdaState>, environment: Environment, port: Port): void {
  if (environment.status === 'busy') {
    beginHandler(runtime, environment, port);
    return;
  }
  const { environmentId, invocation, code } = environment;
  const durationMs = toMicroseconds(port.now - environment.startedAt);
  port.cancel(`init:${environmentId}`);
  emitLambda(port, 'lambda:InitEnded', code.arn, { environmentId, durationMs, status: 'success', error: null });
  // LAM-LOG-X06: as text, provisioned concurrency alone reports an init that went well.
  writeSystem(environment, [{ event: 'initReport', phase: 'init', status: 'success', durationMs, errorType: null }], port);
  if (invocation) {
    startInvocation(runtime, state, environment, invocation, true, port);
    return;
  }
  freeze(runtime, state, environment, port);
  settleProvisioning(state, code, port);
}

/** LAM-LOG-X06: a failed or slow INIT is reported, then tried again inside the invocation, whose failure it becomes. */
export function breakInit(
  runtime: LambdaRuntime,
  state: Readonly<LambdaState>,
  environment: Environment,
  failure: { status: 'error'; error: ErrorRecord } | { status: 'timeout'; error: null },
  port: Port,
): void {
  const { environmentId, code: fn, invocation } = environment;
  const isSuppressed = environment.status === 'busy';
  const durationMs = toMicroseconds(port.now - environment.startedAt);
  const phase = isSuppressed ? 'invoke' : 'init';
  const errorType = failure.error?.errorType ?? null;
  writeSystem(environment, [{ event: 'initReport', phase, status: failure.status, durationMs, errorType }], port);
  endSandbox(runtime, environmentId);
  if (isSuppressed && failure.error) {
    endInvocation(runtime, state, environment, { status: 'init-error', error: failure.error }, port);
    return;
  }
  port.cancel(`init:${environmentId}`);
  emitLambda(port, 'lambda:InitEnded', fn.arn, { environmentId, durationMs, ...failure });
  if (invocation) {
    startInvocation(runtime, state, environment, invocation, true, port);
    return;
  }
  reclaim(runtime, environment, 'requested', port);
  failProvisioning(state, fn, port);
}

export function timeOutInit(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const environment = state.environments[call.input.environmentId as string];
  if (environment?.status === 'init') breakInit(runtime, state, environment, { status: 'timeout', error: null }, port);
  return { ok: {} };
}
