// What the guest did, as the world sees it: log lines, calls to services and hosts, timers, the result.
import type { ApiCall, Fault, Principal, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { toMicroseconds } from '../../kernel/time';
import type { ResumeWith, SandboxOutput, SliceEnd } from '../../sandbox/sandbox';
import { applicationLine, errorLine } from './application-lines';
import { endInvocation } from './end-invocation';
import { emitLambda } from './facts';
import { runSlice } from './guest';
import { breakInit, endInit, initMaxMs } from './init';
import { ANONYMOUS, isFunctionUrl } from './invoke-url';
import { reset } from './lifecycle';
import { findLive, type LambdaRuntime, type Live } from './live';
import { rolePrincipal, timestamp, writeLog } from './logging';
import { traceOf } from './recursion';
import type { Environment, FunctionVersion, LambdaState } from './state';
import { apiLatencyMs } from './timing';

interface Guest {
  live: Live;
  environment: Environment;
  /** The version that runs in it. */
  fn: FunctionVersion;
}

/** Null when the sandbox that the call is about has ended since. */
function findGuest(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall): Guest | null {
  const live = findLive(runtime, call.input);
  const environment = state.environments[call.input.environmentId as string];
  return live && environment ? { live, environment, fn: environment.code } : null;
}

export function takeGuestOutput(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const guest = findGuest(runtime, state, call);
  if (!guest) return { ok: {} };
  const { environment, fn, live } = guest;
  const output = call.input.output as unknown as SandboxOutput;
  const requestId = environment.status === 'busy' ? (environment.invocation?.requestId ?? null) : null;
  switch (output.type) {
    case 'log':
      print(environment, applicationLine(fn, timestamp(port), requestId, output.level, output.text), port);
      break;
    case 'request':
    case 'fetch':
      send(runtime, guest, requestId, output, port);
      break;
    case 'timer-set': {
      const input = { environmentId: environment.environmentId, generation: live.generation, id: output.id };
      port.call({ action: 'lambda:FireTimer', resource: fn.arn, input, key: timerKey(guest, output.id) }, output.delayMs);
      break;
    }
    case 'timer-cleared':
      port.cancel(timerKey(guest, output.id));
      live.thaw = live.thaw.filter((thaw) => thaw.action !== 'lambda:FireTimer' || thaw.input.id !== output.id);
      break;
    case 'ready':
      endInit(runtime, state, environment, port);
      break;
    case 'init-failed':
      print(environment, errorLine(fn, timestamp(port), requestId, output.error, 'init'), port);
      breakInit(runtime, state, environment, { status: 'error', error: output.error }, port);
      break;
    case 'result':
      endInvocation(runtime, state, environment, { status: 'success', payload: output.payload }, port);
      break;
    case 'failed':
      print(environment, errorLine(fn, timestamp(port), requestId, output.error, 'invoke'), port);
      endInvocation(runtime, state, environment, { status: 'error', error: output.error }, port);
      break;
  }
  return { ok: {} };
}

/** A line that the function's level leaves out is null. */
function print(environment: Environment, line: string | null, port: Port): void {
  if (line !== null) writeLog(environment.code, environment, line, port);
}

function timerKey({ environment, live }: Guest, id: number): string {
  return `timer:${environment.environmentId}:${live.generation}:${id}`;
}

type Outgoing = Extract<SandboxOutput, { type: 'request' | 'fetch' }>;

/** What an outgoing request means in this world, or the fault that the client gets at once. */
function addressOf(
  runtime: LambdaRuntime,
  output: Outgoing,
  port: Port,
): { action: ApiCall['action']; resource: string; input: JsonObject; principal?: Principal } | { fault: Fault } {
  if (output.type === 'request') {
    const input = JSON.parse(output.input) as JsonObject;
    const route = port.route(output.service, output.operation, input);
    const broken = route && runtime.validate(output.service, output.operation, input);
    if (broken) return { fault: broken };
    if (route) return { ...route, input };
    const message = `${output.service}:${output.operation} is not part of this world.`;
    return { fault: { code: 'UnknownOperationException', message, status: 404, side: 'client' } };
  }
  const host = /^https?:\/\/[^/?#]+/i.exec(output.url)?.[0];
  const { url, method, headers, body } = output;
  // A request that carries no signature is nobody's, whatever role the function has.
  const input = { url, method, headers, body };
  if (host && isFunctionUrl(host))
    return { action: 'lambda:RequestFunctionUrl', resource: host.toLowerCase(), input, principal: ANONYMOUS };
  if (host) return { action: 'internet:Request', resource: host.toLowerCase(), input };
  return { fault: { code: 'ERR_INVALID_URL', message: `Invalid URL: ${url}`, status: 0, side: 'client' } };
}

function send(runtime: LambdaRuntime, guest: Guest, requestId: string | null, output: Outgoing, port: Port): void {
  const { environment, fn, live } = guest;
  const { environmentId } = environment;
  const address = addressOf(runtime, output, port);
  const isFetch = output.type === 'fetch';
  emitLambda(port, 'lambda:RequestSent', fn.arn, {
    environmentId,
    requestId,
    callId: output.id,
    target: 'resource' in address ? address.resource : isFetch ? output.url : output.service,
    operation: isFetch ? output.method : output.operation,
    input: isFetch ? output.body : output.input,
  });
  const input = { environmentId, generation: live.generation, id: output.id, isFetch };
  const replyTo = { to: 'call', action: 'lambda:TakeAnswer', resource: fn.arn, input } as const;
  if ('fault' in address) port.reply(replyTo, address);
  else {
    const { invocation } = environment;
    const trace = invocation ? traceOf(fn, invocation, port.epochMs - port.now + environment.startedAt) : null;
    port.call({ principal: rolePrincipal(fn, port.account), ...address, replyTo, trace });
  }
}

/** The answer left the service; it reaches the handler some milliseconds later. */
export function takeAnswer(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const guest = findGuest(runtime, state, call);
  if (guest) port.call({ action: 'lambda:ResumeInvocation', resource: call.resource, input: call.input }, apiLatencyMs(port));
  return { ok: {} };
}

function resumeWith(reply: { ok?: Json; fault?: Fault }): ResumeWith {
  if (!reply.fault) return { ok: true, body: JSON.stringify(reply.ok ?? {}) };
  const { code, message, status, side } = reply.fault;
  return { ok: false, name: code, message, status, side };
}

export function resumeInvocation(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const guest = findGuest(runtime, state, call);
  if (!guest || isPutOff(guest, 'lambda:ResumeInvocation', call, port)) return { ok: {} };
  const { environment, fn, live } = guest;
  const id = call.input.id as number;
  const answer = resumeWith(call.input.reply as { ok?: Json; fault?: Fault });
  const requestId = environment.invocation?.requestId ?? null;
  const text = answer.ok ? answer.body : `${answer.name}: ${answer.message}`;
  emitLambda(port, 'lambda:RequestAnswered', fn.arn, {
    environmentId: environment.environmentId,
    requestId,
    callId: id,
    ok: answer.ok,
    answer: text,
  });
  runSlice(runtime, environment, deadlineOf(environment), port, (time) => live.sandbox.resume(time, id, answer));
  return { ok: {} };
}

export function fireTimer(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const guest = findGuest(runtime, state, call);
  if (!guest || isPutOff(guest, 'lambda:FireTimer', call, port)) return { ok: {} };
  const { environment, live } = guest;
  runSlice(runtime, environment, deadlineOf(environment), port, (time) => live.sandbox.fireTimer(time, call.input.id as number));
  return { ok: {} };
}

/** INIT's end is watched by its own call; the guest may use the CPU until then. */
function deadlineOf(environment: Environment): number {
  return environment.status === 'busy' ? environment.deadlineAt : environment.startedAt + initMaxMs(environment);
}

/** A frozen environment does it when it thaws; a busy CPU when the slice that holds it is over. */
function isPutOff(
  { live, environment, fn }: Guest,
  action: 'lambda:FireTimer' | 'lambda:ResumeInvocation',
  call: ApiCall,
  port: Port,
): boolean {
  if (environment.status === 'idle' || environment.status === 'reset') {
    live.thaw.push({ action, input: call.input });
    return true;
  }
  // Less than the clock can tell is no wait: the call would come back to this very moment for ever.
  const busyMs = toMicroseconds(live.busyUntil - port.now);
  if (busyMs > 0) {
    port.call({ action, resource: fn.arn, input: call.input }, busyMs);
    return true;
  }
  return false;
}

/** The process ended by itself or was ended. LAM-INV-X04, LAM-INV-X05. */
export function endGuest(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const guest = findGuest(runtime, state, call);
  if (!guest) return { ok: {} };
  const { environment } = guest;
  const ended = call.input.ended as unknown as SliceEnd;
  // At the deadline the timeout's own call, due at this very moment, ends the invocation.
  if (ended.end === 'deadline' || ended.end === 'waiting') return { ok: {} };
  const requestId = environment.invocation?.requestId ?? '';
  const reason =
    ended.end === 'out-of-memory'
      ? 'Runtime exited with error: signal: killed'
      : ended.exitCode === 0
        ? 'Runtime exited without providing a reason'
        : `Runtime exited with error: ${ended.exitCode === null ? 'signal: segmentation fault' : `exit status ${ended.exitCode}`}`;
  const error = { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${reason}`, trace: [] };
  if (environment.status === 'init') breakInit(runtime, state, environment, { status: 'error', error }, port);
  else if (environment.status === 'busy') {
    const status = ended.end === 'out-of-memory' ? 'out-of-memory' : 'exited';
    endInvocation(runtime, state, environment, { status, error }, port);
  } else if (environment.status === 'idle') {
    // The process ended right after it had answered.
    reset(runtime, state, environment, 'exited', port);
  }
  return { ok: {} };
}
