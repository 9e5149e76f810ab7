// The beginning of an invocation: START, the deadline, and the handler's first slice.
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { runSlice } from './guest';
import type { LambdaRuntime } from './live';
import { startLine } from './log-lines';
import { writeLog } from './logging';
import type { Environment, FunctionState, Invocation } from './state';
import { runtimeBootMs } from './timing';

/** `coldStart`: the environment was made for this invocation. */
export function startInvocation(
  runtime: LambdaRuntime,
  fn: FunctionState,
  environment: Environment,
  invocation: Invocation,
  coldStart: boolean,
  port: Port,
): void {
  const { environmentId } = environment;
  // LAM-CLD-X04: after a crash or a failed init the static code runs inside the invocation ("suppressed init").
  const suppressedInit = environment.status === 'reset';
  const deadlineAt = port.now + fn.timeoutMs;
  port.cancel(`reclaim:${environmentId}`);
  emitLambda(port, 'lambda:InvocationStarted', fn.arn, { environmentId, coldStart, suppressedInit, deadlineAt, ...invocation });
  const input = { environmentId, requestId: invocation.requestId };
  port.call({ action: 'lambda:TimeOutInvocation', resource: fn.arn, input, key: `timeout:${environmentId}` }, fn.timeoutMs);
  if (suppressedInit) port.call({ action: 'lambda:RunStaticCode', resource: fn.arn, input: { environmentId } }, runtimeBootMs(port));
  else beginHandler(runtime, fn, environment, port);
}

export function beginHandler(runtime: LambdaRuntime, fn: FunctionState, environment: Environment, port: Port): void {
  const live = runtime.lives.get(environment.environmentId);
  const invocation = environment.invocation;
  if (!live || !invocation) return;
  writeLog(fn, environment, startLine(invocation.requestId), port);
  const context = {
    awsRequestId: invocation.requestId,
    functionName: fn.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: fn.arn,
    memoryLimitInMB: String(fn.memoryMB),
    logGroupName: fn.logGroup,
    logStreamName: environment.logStream,
  };
  runSlice(runtime, fn, environment, environment.deadlineAt, port, (time) => live.sandbox.invoke(time, invocation.payload, context));
  // What froze with the last invocation goes on beside this one.
  const about = { environmentId: environment.environmentId, generation: live.generation };
  for (const { action, input } of live.thaw.splice(0)) port.call({ action, resource: fn.arn, input: { ...input, ...about } });
}
