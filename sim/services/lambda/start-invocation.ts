// The beginning of an invocation: START, the deadline, and the handler's first slice.
import type { Port } from '../../kernel/service';
import { type ConcurrencyKind, emitLambda } from './facts';
import { runSlice } from './guest';
import type { LambdaRuntime } from './live';
import { writeSystem } from './logging';
import { provisionedFor, qualifiedArn } from './qualifier';
import type { Environment, Invocation, LambdaState } from './state';
import { runtimeBootMs } from './timing';

/** `coldStart`: the environment was made for this invocation. */
export function startInvocation(
  runtime: LambdaRuntime,
  state: Readonly<LambdaState>,
  environment: Environment,
  invocation: Invocation,
  coldStart: boolean,
  port: Port,
): void {
  const { environmentId, code: fn } = environment;
  // LAM-CLD-X04: after a crash or a failed init the static code runs inside the invocation ("suppressed init").
  const suppressedInit = environment.status === 'reset';
  const deadlineAt = port.now + fn.timeoutMs;
  port.cancel(`reclaim:${environmentId}`);
  emitLambda(port, 'lambda:InvocationStarted', fn.arn, {
    environmentId,
    coldStart,
    suppressedInit,
    deadlineAt,
    ...invocation,
    executedVersion: fn.version,
    concurrencyKind: concurrencyKindOf(state, environment),
  });
  const input = { environmentId, requestId: invocation.requestId };
  port.call({ action: 'lambda:TimeOutInvocation', resource: fn.arn, input, key: `timeout:${environmentId}` }, fn.timeoutMs);
  if (suppressedInit) port.call({ action: 'lambda:RunStaticCode', resource: fn.arn, input: { environmentId } }, runtimeBootMs(port));
  else beginHandler(runtime, environment, port);
}

/** A version with provisioned concurrency runs on demand only when all of it is in use. */
export function concurrencyKindOf(state: Readonly<LambdaState>, { functionArn, code, isProvisioned }: Environment): ConcurrencyKind {
  if (isProvisioned) return 'provisioned';
  const fn = state.functions[functionArn];
  return fn && provisionedFor(fn, code.version) > 0 ? 'spillover' : 'on-demand';
}

export function beginHandler(runtime: LambdaRuntime, environment: Environment, port: Port): void {
  const fn = environment.code;
  const live = runtime.lives.get(environment.environmentId);
  const invocation = environment.invocation;
  if (!live || !invocation) return;
  const { requestId, qualifier } = invocation;
  writeSystem(environment, [{ event: 'start', requestId, qualifier }], port);
  const context = {
    awsRequestId: invocation.requestId,
    functionName: fn.functionName,
    functionVersion: fn.version,
    invokedFunctionArn: qualifiedArn(fn.arn, invocation.qualifier),
    memoryLimitInMB: String(fn.memoryMB),
    logGroupName: fn.logGroup,
    logStreamName: environment.logStream,
  };
  runSlice(runtime, environment, environment.deadlineAt, port, (time) => live.sandbox.invoke(time, invocation.payload, context));
  // What froze with the last invocation goes on beside this one.
  const about = { environmentId: environment.environmentId, generation: live.generation };
  for (const { action, input } of live.thaw.splice(0)) port.call({ action, resource: fn.arn, input: { ...input, ...about } });
}
