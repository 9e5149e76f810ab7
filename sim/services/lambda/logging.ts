// Log lines on their way to CloudWatch Logs, as calls of the execution role. LAM-LOG-05: without permission they are lost, silently.
import type { Principal } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
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

export function writeLog(fn: FunctionState, environment: Environment, message: string, port: Port): void {
  const logEvents = [{ timestamp: Math.floor(port.epochMs), message }];
  callLogs(fn, 'PutLogEvents', { logGroupName: fn.logGroup, logStreamName: environment.logStream, logEvents }, port);
}

/** The world's present as log lines print it. */
export function timestamp(port: Port): string {
  return isoAt(port.epochMs, 0);
}
