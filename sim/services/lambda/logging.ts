// Log lines on their way to CloudWatch Logs, as calls of the execution role. LAM-LOG-05: without permission they are lost, silently.
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { parseArn } from '../../kernel/arn';
import type { Principal } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { OutgoingCall, Port } from '../../kernel/service';
import { isoAt } from '../../kernel/time';
import type { FunctionConfiguration } from './function';
import type { Environment } from './state';
import { type SystemEvent, systemMessages } from './system-events';

type Writer = Pick<FunctionConfiguration, 'role' | 'functionName' | 'logGroup'>;

/** LAM-LOG-X08. */
const TAIL_BYTES_MAX = 4096;

/** The execution role's session, named after the function: what the function's own calls are made as. LAM-SEC-02. */
export function rolePrincipal({ role, functionName }: Pick<Writer, 'role' | 'functionName'>, account: string): Principal {
  const owner = parseArn(role)?.account || account;
  const name = role.slice(role.lastIndexOf('/') + 1);
  return { type: 'role', id: `arn:aws:sts::${owner}:assumed-role/${name}/${functionName}`, account: owner, session: { roleArn: role } };
}

function callLogs(fn: Writer, operation: string, input: JsonObject, port: Port): void {
  const route = port.route('logs', operation, input);
  if (route) port.call({ ...route, input, principal: rolePrincipal(fn, port.account) });
}

/** A group that exists already answers with a fault that nobody waits for. */
export function createLogStream(fn: Writer, environment: Environment, port: Port): void {
  callLogs(fn, 'CreateLogGroup', { logGroupName: fn.logGroup }, port);
  callLogs(fn, 'CreateLogStream', { logGroupName: fn.logGroup, logStreamName: environment.logStream }, port);
}

/** Where a function's lines go and as whom: worked out once, since every line goes there. */
const channels = new WeakMap<Writer, Pick<OutgoingCall, 'action' | 'resource' | 'principal'>>();

function channelOf(fn: Writer, port: Port): Pick<OutgoingCall, 'action' | 'resource' | 'principal'> | null {
  const known = channels.get(fn);
  if (known) return known;
  const route = port.route('logs', 'PutLogEvents', { logGroupName: fn.logGroup });
  if (!route) return null;
  const channel = { ...route, principal: rolePrincipal(fn, port.account) };
  channels.set(fn, channel);
  return channel;
}

/** Lines of one moment leave in one call. */
export function writeLog(fn: Writer, environment: Environment, messages: string | readonly string[], port: Port): void {
  const lines = typeof messages === 'string' ? [messages] : messages;
  if (lines.length === 0) return;
  keepTail(environment, lines);
  const channel = channelOf(fn, port);
  if (!channel) return;
  const timestampMs = Math.floor(port.epochMs);
  const logEvents = lines.map((message) => ({ timestamp: timestampMs, message }));
  port.call({ ...channel, input: { logGroupName: fn.logGroup, logStreamName: environment.logStream, logEvents } });
}

/** Lambda's own lines, in the function's log format. */
export function writeSystem(environment: Environment, events: readonly SystemEvent[], port: Port): void {
  writeLog(environment.code, environment, systemMessages(environment, events, timestamp(port)), port);
}

/** The lines of invocations whose callers asked for them: they live as long as the invocation, so no fact holds them. */
const tails = new WeakMap<Environment, string>();

function keepTail(environment: Environment, lines: readonly string[]): void {
  const before = tails.get(environment);
  if (before === undefined && !(environment.status === 'busy' && environment.invocation?.wantsTail)) return;
  const text = (before ?? '') + lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join('');
  tails.set(environment, text.slice(-TAIL_BYTES_MAX));
}

/** Base64 of the last 4 KB. Null unless they were asked for. */
export function takeTail(environment: Environment): string | null {
  const text = tails.get(environment);
  if (text === undefined) return null;
  tails.delete(environment);
  const bytes = utf8ToBytes(text).slice(-TAIL_BYTES_MAX);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The world's present as log lines print it. */
export function timestamp(port: Port): string {
  return isoAt(port.epochMs, 0);
}
