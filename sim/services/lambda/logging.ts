// Log lines on their way to CloudWatch Logs, as calls of the execution role. LAM-LOG-05: without permission they are lost, silently.
import type { Principal } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { OutgoingCall, Port } from '../../kernel/service';
import { isoAt } from '../../kernel/time';
import type { Environment, FunctionState } from './state';

/** The execution role's session: what the function's own calls are made as. */
export function rolePrincipal(fn: FunctionState, account: string): Principal {
  const role = fn.role.slice(fn.role.lastIndexOf('/') + 1);
  return { type: 'role', id: `arn:aws:sts::${account}:assumed-role/${role}/${fn.functionName}`, account };
}

function callLogs(fn: FunctionState, operation: string, input: JsonObject, port: Port): void {
  const route = port.route('logs', operation, input);
  if (route) port.call({ ...route, input, principal: rolePrincipal(fn, port.account) });
}

/** A group that exists already answers with a fault that nobody waits for. */
export function createLogStream(fn: FunctionState, environment: Environment, port: Port): void {
  callLogs(fn, 'CreateLogGroup', { logGroupName: fn.logGroup }, port);
  callLogs(fn, 'CreateLogStream', { logGroupName: fn.logGroup, logStreamName: environment.logStream }, port);
}

/** Where a function's lines go and as whom: worked out once, since every line goes there. */
const channels = new WeakMap<FunctionState, Pick<OutgoingCall, 'action' | 'resource' | 'principal'>>();

function channelOf(fn: FunctionState, port: Port): Pick<OutgoingCall, 'action' | 'resource' | 'principal'> | null {
  const known = channels.get(fn);
  if (known) return known;
  const route = port.route('logs', 'PutLogEvents', { logGroupName: fn.logGroup });
  if (!route) return null;
  const channel = { ...route, principal: rolePrincipal(fn, port.account) };
  channels.set(fn, channel);
  return channel;
}

/** Lines of one moment leave in one call. */
export function writeLog(fn: FunctionState, environment: Environment, messages: string | string[], port: Port): void {
  const channel = channelOf(fn, port);
  if (!channel) return;
  const timestampMs = Math.floor(port.epochMs);
  const logEvents = (Array.isArray(messages) ? messages : [messages]).map((message) => ({ timestamp: timestampMs, message }));
  port.call({ ...channel, input: { logGroupName: fn.logGroup, logStreamName: environment.logStream, logEvents } });
}

/** The world's present as log lines print it. */
export function timestamp(port: Port): string {
  return isoAt(port.epochMs, 0);
}
