// Invoke: synchronous, asynchronous, dry run. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { abandon, dropRecursive, putBack, queueEvent } from './async-queue';
import { emitThrottle, throttleFault, throttleOf } from './concurrency';
import { emitLambda, type Throttle } from './facts';
import { functionNotFound } from './function';
import { isFree, newLogStream } from './lifecycle';
import type { LambdaRuntime } from './live';
import { chooseVersion, codeAt, type Located, locate, qualifiedArn } from './qualifier';
import { refuseInactive } from './readiness';
import { lineageOf, stopRecursion } from './recursion';
import { startInvocation } from './start-invocation';
import type { Environment, FunctionState, FunctionVersion, Invocation, LambdaState } from './state';
import { creationMs } from './timing';

/** LAM-ENV-X04: 6 MB synchronous, 1 MB asynchronous. */
const PAYLOAD_BYTES_MAX = { RequestResponse: 6_291_456, Event: 1_048_576 } as const;

export function invoke(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locateForInvoke(state, call);
  if ('fault' in located) return located;
  const { fn, qualifier } = located;
  const type = call.input.InvocationType ?? 'RequestResponse';
  if (type !== 'Event' && type !== 'RequestResponse' && type !== 'DryRun') {
    const text = `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`;
    return clientFault('ValidationException', text);
  }
  const payload = typeof call.input.Payload === 'string' && call.input.Payload !== '' ? call.input.Payload : '{}';
  const refused = refusePayload(payload, type === 'Event' ? 'Event' : 'RequestResponse');
  if (refused) return { fault: refused };
  if (type === 'Event') {
    const first = codeAt(fn, qualifier);
    const inactive = first ? refuseInactive(fn, first, port) : functionNotFound(qualifiedArn(fn.arn, qualifier));
    if (inactive) return inactive;
    const requestId = port.uuid();
    queueEvent(state, fn, qualifier, requestId, payload, lineageOf(call.trace), port);
    return { ok: { StatusCode: 202, Payload: '', $metadata: { requestId } } };
  }
  const code = chooseVersion(fn, qualifier, port.random);
  if (!code) return functionNotFound(qualifiedArn(fn.arn, qualifier));
  const inactive = refuseInactive(fn, code, port);
  if (inactive) return inactive;
  if (type === 'DryRun') return { ok: { StatusCode: 204 } };
  const requestId = port.uuid();
  const lineage = lineageOf(call.trace);
  const invocation: Invocation = {
    ...{ requestId, invocationType: type, attempt: 1, payload, replyTo: call.replyTo ?? null, qualifier },
    ...(lineage ? { lineage } : {}),
    ...(call.input.LogType === 'Tail' ? { wantsTail: true as const } : {}),
  };
  const stopped = stopRecursion(fn, invocation, port);
  if (stopped) return stopped;
  const throttle = placeInvocation(runtime, state, fn, code, invocation, port);
  return throttle ? throttleFault(throttle) : { later: true };
}

/** Most calls name the function alone: that is found without taking the ARN apart. */
function locateForInvoke(state: Readonly<LambdaState>, call: ApiCall): Located | { fault: Fault } {
  const fn = state.functions[call.resource];
  return fn && call.input.Qualifier === undefined ? { fn, qualifier: null } : locate(state, call);
}

/** LAM-INV-X01: 413 for size, 400 for what is not JSON. */
function refusePayload(payload: string, type: 'Event' | 'RequestResponse'): Fault | null {
  const max = PAYLOAD_BYTES_MAX[type];
  if (payload.length > max) {
    const text =
      type === 'Event'
        ? `${payload.length} byte payload is too large for the Event invocation type (limit ${max} bytes)`
        : `Request must be smaller than ${max} bytes for the InvokeFunction operation`;
    return clientFault('RequestTooLargeException', text, 413).fault;
  }
  try {
    JSON.parse(payload);
    return null;
  } catch {
    return clientFault('InvalidRequestContentException', 'Could not parse request body into json: The payload is not valid JSON.', 400, {
      Type: 'User',
    }).fault;
  }
}

export function startAttempt(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const fn = state.functions[call.resource];
  const event = state.events[call.input.requestId as string];
  if (!event) return { ok: {} };
  const { requestId, payload, qualifier } = event;
  const code = fn && chooseVersion(fn, qualifier, port.random);
  if (!fn || !code) {
    abandon(event, port);
    return { ok: {} };
  }
  const attempt = call.input.attempt as number;
  const invocation: Invocation = {
    ...{ requestId, invocationType: 'Event', attempt, payload, replyTo: null, qualifier },
    ...(event.lineage ? { lineage: event.lineage } : {}),
  };
  const stopped = stopRecursion(fn, invocation, port);
  if (stopped) dropRecursive(fn, event, stopped.fault, port);
  else if (placeInvocation(runtime, state, fn, code, invocation, port)) putBack(fn, event, attempt, port);
  return { ok: {} };
}

/**
 * Runs the invocation in a provisioned environment of its version, else in an idle one, the latest used first, or makes a new one for
 * it: a cold start. LAM-CLD-01, LAM-CLD-05. Returns the limit that refused it, if one did.
 */
function placeInvocation(
  runtime: LambdaRuntime,
  state: Readonly<LambdaState>,
  fn: FunctionState,
  code: FunctionVersion,
  invocation: Invocation,
  port: Port,
): Throttle | null {
  let warm: Environment | null = null;
  for (const id in state.environments) {
    const environment = state.environments[id] as Environment;
    // A stale environment of $LATEST holds another object: it ended at the update, or ends with its invocation.
    if (environment.code !== code || !isFree(environment)) continue;
    if (!warm || isBetter(environment, warm)) warm = environment;
  }
  const placement = warm === null ? 'new' : warm.isProvisioned ? 'provisioned' : 'idle';
  const throttle = throttleOf(state, fn, invocation.invocationType === 'RequestResponse', placement, port.now);
  if (throttle) {
    emitThrottle(code, invocation, throttle, port);
    return throttle;
  }
  if (warm) {
    startInvocation(runtime, state, warm, invocation, false, port);
    return null;
  }
  const environmentId = port.uuid();
  const logStream = newLogStream(code.version, port);
  emitLambda(port, 'lambda:EnvironmentCreated', fn.arn, { environmentId, logStream, ...invocation, executedVersion: code.version });
  port.call({ action: 'lambda:StartInit', resource: fn.arn, input: { environmentId } }, creationMs(port));
  return null;
}

function isBetter(candidate: Environment, than: Environment): boolean {
  if (candidate.isProvisioned !== than.isProvisioned) return candidate.isProvisioned;
  return candidate.lastUsedAt > than.lastUsedAt;
}
