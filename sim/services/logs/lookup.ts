// Finding the group or stream that a call is about, or saying as AWS does that there is none.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port, Service } from '../../kernel/service';
import { groupArnOf } from './arns';
import { notFound } from './faults';
import type { LogGroup, LogStream, LogsState } from './state';

export type LogsAction = Service<LogsState>['actions'][string];

export function withGroup(action: (group: LogGroup, call: ApiCall, port: Port, state: Readonly<LogsState>) => Reply): LogsAction {
  return (state, call, port) => {
    const group = state.groups[groupArnOf(call.resource)];
    return group ? action(group, call, port, state) : notFound('log group');
  };
}

export function withStream(action: (group: LogGroup, stream: LogStream, call: ApiCall, port: Port) => Reply): LogsAction {
  return withGroup((group, call, port) => {
    const name = String(call.input.logStreamName ?? '');
    const stream = Object.hasOwn(group.streams, name) ? group.streams[name] : undefined;
    return stream ? action(group, stream, call, port) : notFound('log stream');
  });
}

/** The date of a virtual time, in Unix milliseconds. */
export function epochOf(at: number, port: Port): number {
  return Math.floor(port.epochMs - port.now + at);
}
