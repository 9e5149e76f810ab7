// The INIT phase: runtime boot and static code, once per environment, again after a reset. LAM-CLD-02, LAM-CLD-X01, LAM-CLD-X04.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
import type { ApiCall, Reply } from '../../kernel/call';
import { seedFor } from '../../kernel/random';
import type { Port } from '../../kernel/service';
import { type Ms, toMicroseconds } from '../../kernel/time';
import { endInvocation } from './end-invocation';
import { type ErrorRecord, emitLambda } from './facts';
import { runSlice } from './guest';
import { endSandbox, type LambdaRuntime } from './live';
import { initReportLine, initStartLine } from './log-lines';
import { createLogStream, writeLog } from './logging';
import { beginHandler, startInvocation } from './start-invocation';
import type { Environment, FunctionState, Invocation, LambdaState } from './state';
import { runtimeBootMs } from './timing';

/** LAM-CLD-X01: INIT has 10 s on demand; past that it is tried again inside the first invocation. */
export const INIT_MAX_MS: Ms = 10_000;

/** LAM-ENV-X06. The credentials are the execution role's; nothing outside the simulator knows them. */
function reservedVariables(fn: FunctionState, environment: Environment, port: Port): Record<string, string> {
  return {
    AWS_REGION: port.region,
    AWS_DEFAULT_REGION: port.region,
    AWS_ACCESS_KEY_ID: 'ASIASIMULATEDKEY0000',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_SESSION_TOKEN: 'simulated',
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMB),
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: environment.logStream,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    _HANDLER: fn.handler,
    LAMBDA_TASK_ROOT: '/var/task',
    TZ: ':UTC',
  };
}

export function startInit(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const environment = state.environments[call.input.environmentId as string];
  const fn = state.functions[call.resource];
  if (!environment || !fn) return { ok: {} };
  const { environmentId } = environment;
  emitLambda(port, 'lambda:InitStarted', fn.arn, { environmentId });
  createLogStream(fn, environment, port);
  writeLog(fn, environment, initStartLine(fn.runtime, port.region), port);
  port.call({ action: 'lambda:TimeOutInit', resource: fn.arn, input: { environmentId }, key: `init:${environmentId}` }, INIT_MAX_MS);
  port.call({ action: 'lambda:RunStaticCode', resource: fn.arn, input: { environmentId } }, runtimeBootMs(port));
  return { ok: {} };
}

export function runStaticCode(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const environment = state.environments[call.input.environmentId as string];
  const fn = state.functions[call.resource];
  if (!environment || !fn || (environment.status !== 'init' && environment.status !== 'busy')) return { ok: {} };
  const { environmentId } = environment;
  const earlier = runtime.lives.get(environmentId);
  const sandbox = runtime.sandboxes.create({
    files: fn.files,
    handler: fn.handler,
    memoryMB: fn.memoryMB,
    environment: { ...fn.variables, ...reservedVariables(fn, environment, port) },
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
  const deadlineAt = environment.status === 'busy' ? environment.deadlineAt : environment.startedAt + INIT_MAX_MS;
  runSlice(runtime, fn, environment, deadlineAt, port, (time) => sandbox.init(time));
  return { ok: {} };
}

/** The static code is done: inside a suppressed init the handler goes on, else the waiting invocation starts. */
export function endInit(runtime: LambdaRuntime, fn: FunctionState, environment: Environment, port: Port): void {
  if (environment.status === 'busy') {
    beginHandler(runtime, fn, environment, port);
    return;
  }
  const { environmentId } = environment;
  const invocation = environment.invocation as Invocation;
  const durationMs = toMicroseconds(port.now - environment.startedAt);
  port.cancel(`init:${environmentId}`);
  emitLambda(port, 'lambda:InitEnded', fn.arn, { environmentId, durationMs, status: 'success', error: null });
  startInvocation(runtime, fn, environment, invocation, true, port);
}

/** LAM-LOG-X06: a failed or slow INIT is reported, then tried again inside the invocation, whose failure it becomes. */
export function breakInit(
  runtime: LambdaRuntime,
  state: Readonly<LambdaState>,
  environment: Environment,
  failure: { status: 'error'; error: ErrorRecord } | { status: 'timeout'; error: null },
  port: Port,
): void {
  const fn = state.functions[environment.functionArn];
  if (!fn) return;
  const { environmentId } = environment;
  const isSuppressed = environment.status === 'busy';
  const durationMs = toMicroseconds(port.now - environment.startedAt);
  writeLog(
    fn,
    environment,
    initReportLine(durationMs, isSuppressed ? 'invoke' : 'init', failure.status, failure.error?.errorType ?? null),
    port,
  );
  endSandbox(runtime, environmentId);
  if (isSuppressed && failure.error) {
    endInvocation(runtime, state, fn, environment, { status: 'init-error', error: failure.error }, port);
    return;
  }
  const invocation = environment.invocation as Invocation;
  port.cancel(`init:${environmentId}`);
  emitLambda(port, 'lambda:InitEnded', fn.arn, { environmentId, durationMs, ...failure });
  startInvocation(runtime, fn, environment, invocation, true, port);
}

export function timeOutInit(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const environment = state.environments[call.input.environmentId as string];
  if (environment?.status === 'init') breakInit(runtime, state, environment, { status: 'timeout', error: null }, port);
  return { ok: {} };
}
