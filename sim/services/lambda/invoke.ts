// Invoke: synchronous, asynchronous, dry run. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { putBack, queueEvent } from './async-queue';
import { emitThrottle, throttleFault, throttleOf } from './concurrency';
import { emitLambda, type Throttle } from './facts';
import { functionNotFound } from './function';
import { isFree } from './lifecycle';
import type { LambdaRuntime } from './live';
import { timestamp } from './logging';
import { startInvocation } from './start-invocation';
import type { Environment, FunctionState, Invocation, LambdaState } from './state';
import { creationMs } from './timing';

/** LAM-ENV-X04: 6 MB synchronous, 1 MB asynchronous. */
const PAYLOAD_BYTES_MAX = { RequestResponse: 6_291_456, Event: 1_048_576 } as const;

export function invoke(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const fn = state.functions[call.resource];
  if (!fn) return functionNotFound(call.resource);
  const type = call.input.InvocationType ?? 'RequestResponse';
  if (type === 'DryRun') return { ok: { StatusCode: 204 } };
  if (type !== 'Event' && type !== 'RequestResponse') {
    const text = `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`;
    return clientFault('ValidationException', text);
  }
  const payload = typeof call.input.Payload === 'string' && call.input.Payload !== '' ? call.input.Payload : '{}';
  const refused = refusePayload(payload, type);
  if (refused) return { fault: refused };
  const requestId = port.uuid();
  if (type === 'Event') {
    queueEvent(state, fn, requestId, payload, port);
    return { ok: { StatusCode: 202, Payload: '' } };
  }
  const invocation: Invocation = { requestId, invocationType: type, attempt: 1, payload, replyTo: call.replyTo ?? null };
  const throttle = placeInvocation(runtime, state, fn, invocation, port);
  return throttle ? throttleFault(throttle) : { later: true };
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
  if (fn && event) {
    const { requestId, payload } = event;
    const invocation: Invocation = { requestId, invocationType: 'Event', attempt: call.input.attempt as number, payload, replyTo: null };
    if (placeInvocation(runtime, state, fn, invocation, port)) putBack(fn, event, invocation.attempt, port);
  }
  return { ok: {} };
}

/**
 * Runs the invocation in an idle environment, the latest used first, or makes a new one for it: a cold start. LAM-CLD-01.
 * Returns the limit that refused it, if one did.
 */
function placeInvocation(
  runtime: LambdaRuntime,
  state: Readonly<LambdaState>,
  fn: FunctionState,
  invocation: Invocation,
  port: Port,
): Throttle | null {
  let warm: Environment | null = null;
  for (const environment of Object.values(state.environments)) {
    if (environment.functionArn !== fn.arn || !isFree(environment)) continue;
    if (!warm || environment.lastUsedAt > warm.lastUsedAt) warm = environment;
  }
  const throttle = throttleOf(state, fn, invocation.invocationType === 'RequestResponse', warm === null, port.now);
  if (throttle) {
    emitThrottle(fn, invocation, throttle, port);
    return throttle;
  }
  if (warm) {
    startInvocation(runtime, fn, warm, invocation, false, port);
    return null;
  }
  const environmentId = port.uuid();
  const day = timestamp(port).slice(0, 10).replaceAll('-', '/');
  // LAM-LOG-02: YYYY/MM/DD/[version]hex, one stream per environment.
  const logStream = `${day}/[$LATEST]${port.uuid().replaceAll('-', '')}`;
  emitLambda(port, 'lambda:EnvironmentCreated', fn.arn, { environmentId, logStream, ...invocation });
  port.call({ action: 'lambda:StartInit', resource: fn.arn, input: { environmentId } }, creationMs(port));
  return null;
}
