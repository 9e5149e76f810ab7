// Amazon CloudWatch Logs: groups, streams and events. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/
import { type Arn, formatArn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import type { Port, Service } from '../../kernel/service';

export interface LogEvent {
  /** Unix milliseconds. */
  timestamp: number;
  message: string;
}

export interface LogGroup {
  name: string;
  /** Events by stream name, in order of arrival. */
  streams: Record<string, LogEvent[]>;
}

export interface LogsState {
  groups: Record<Arn, LogGroup>;
}

/** One PutLogEvents call: at most 10,000 events and 1,048,576 bytes, 26 of them per event for its frame. */
const PUT_EVENTS_MAX = 10_000;

export function createLogs(): Service<LogsState> {
  return {
    prefix: 'logs',
    initial: () => ({ groups: {} }),
    actions: {
      CreateLogGroup: (state, call, port) => {
        if (state.groups[call.resource]) return clientFault('ResourceAlreadyExistsException', 'The specified log group already exists');
        port.emit('logs:LogGroupCreated', call.resource, { logGroupName: groupNameIn(call.resource) });
        return { ok: {} };
      },
      CreateLogStream: withGroup((group, call, port) => {
        const logStreamName = String(call.input.logStreamName ?? '');
        if (group.streams[logStreamName]) return clientFault('ResourceAlreadyExistsException', 'The specified log stream already exists');
        port.emit('logs:LogStreamCreated', call.resource, { logStreamName });
        return { ok: {} };
      }),
      PutLogEvents: withGroup(putLogEvents),
      GetLogEvents: withGroup((group, call) => {
        const events = group.streams[String(call.input.logStreamName ?? '')];
        if (!events) return clientFault('ResourceNotFoundException', 'The specified log stream does not exist.');
        return { ok: { events: events.map((event) => ({ ...event })) } };
      }),
      DescribeLogStreams: withGroup((group) => ({
        ok: {
          logStreams: Object.keys(group.streams)
            .sort()
            .map((logStreamName) => ({ logStreamName })),
        },
      })),
    },
    apply: applyLogs,
    route: (operation, input, { account, region }) => ({
      action: `logs:${operation}`,
      resource: logGroupArn(String(input.logGroupName ?? ''), account, region),
    }),
  };
}

export function logGroupArn(name: string, account: string, region: string): Arn {
  return formatArn({ service: 'logs', region, account, resource: `log-group:${name}` });
}

function groupNameIn(arn: Arn): string {
  return parseArn(arn)?.resource.slice('log-group:'.length) ?? arn;
}

function withGroup(action: (group: LogGroup, call: ApiCall, port: Port) => Reply): Service<LogsState>['actions'][string] {
  return (state, call, port) => {
    const group = state.groups[call.resource];
    return group ? action(group, call, port) : clientFault('ResourceNotFoundException', 'The specified log group does not exist.');
  };
}

function putLogEvents(group: LogGroup, call: ApiCall, port: Port): Reply {
  const logStreamName = String(call.input.logStreamName ?? '');
  if (!group.streams[logStreamName]) return clientFault('ResourceNotFoundException', 'The specified log stream does not exist.');
  const logEvents = call.input.logEvents;
  if (!Array.isArray(logEvents) || logEvents.length < 1 || logEvents.length > PUT_EVENTS_MAX) {
    return clientFault('InvalidParameterException', `1 to ${PUT_EVENTS_MAX} log events are required.`);
  }
  port.emit('logs:LogEventsPut', call.resource, { logStreamName, logEvents });
  return { ok: {} };
}

function applyLogs(state: LogsState, fact: Fact): void {
  const data: JsonObject = fact.data;
  if (fact.type === 'logs:LogGroupCreated') {
    state.groups[fact.resource] = { name: data.logGroupName as string, streams: {} };
    return;
  }
  const group = state.groups[fact.resource];
  if (!group) return;
  const name = data.logStreamName as string;
  if (fact.type === 'logs:LogStreamCreated') group.streams[name] = [];
  if (fact.type === 'logs:LogEventsPut') group.streams[name]?.push(...(data.logEvents as unknown as LogEvent[]));
}
