// Subscription filters: matching events go on to a function or a stream, compressed, as they arrive.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
import { gzipSync, strToU8 } from 'fflate';
import { type Arn, parseArn } from '../../kernel/arn';
import type { ApiCall, Continuation, Fault, Principal, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { eventId } from './event-order';
import { invalid, limitExceeded, notFound } from './faults';
import { compilePattern } from './filter-pattern/compile';
import { epochOf } from './lookup';
import { countRegexFilters, type PlacedEvent } from './metric-filters';
import { pageOf } from './paging';
import type { LogGroup, LogStream, LogsState, SubscriptionFilter } from './state';

const FILTERS_MAX = 2;
const REGEX_FILTERS_MAX = 5;

/** What fails for a reason that may pass is tried again for 24 hours. Simplified: the waits between deliveries to a subscriber
 * double from 1 s to 5 min; AWS names none. */
const RETRY_FOR_MS = 24 * 3_600_000;
const WAIT_MAX_MS = 300_000;

/** Vendors of destinations, by the service in their ARN. */
const REFUSALS: Record<string, string> = {
  lambda: 'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
  kinesis: 'Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state. ',
  firehose: 'Could not deliver test message to specified Firehose stream. Check if the given Firehose stream is in ACTIVE state. ',
};

export function putSubscriptionFilter(group: LogGroup, call: ApiCall, port: Port, state: Readonly<LogsState>): Reply {
  const { input } = call;
  const filterName = String(input.filterName);
  const filterPattern = String(input.filterPattern ?? '');
  const destinationArn = String(input.destinationArn);
  const pattern = compilePattern(filterPattern);
  if ('refused' in pattern) return invalid(pattern.refused);
  const known = group.subscriptionFilters[filterName];
  if (!known && Object.keys(group.subscriptionFilters).length >= FILTERS_MAX) return limitExceeded();
  if (pattern.regexes > 0 && countRegexFilters(group, filterName) >= REGEX_FILTERS_MAX) return limitExceeded();
  const vendor = parseArn(destinationArn)?.service ?? '';
  const roleArn = (input.roleArn ?? null) as string | null;
  if (vendor === 'lambda' && roleArn !== null) return invalid('destinationArn for vendor lambda cannot be used with roleArn');
  if ((vendor === 'kinesis' || vendor === 'firehose') && roleArn === null) {
    return invalid(`destinationArn for vendor ${vendor} cannot be used without roleArn`);
  }
  const filter: JsonObject = {
    filterName,
    filterPattern,
    destinationArn,
    roleArn,
    distribution: input.distribution ?? 'ByLogStream',
    applyOnTransformedLogs: input.applyOnTransformedLogs === true,
  };
  if (vendor === 'logs') {
    if (!state.destinations[destinationArn]) return invalid('Could not deliver message to specified destination: it does not exist.');
    port.emit('logs:SubscriptionFilterPut', group.arn, filter);
    return { ok: {} };
  }
  if (!REFUSALS[vendor]) return invalid(`PutSubscriptionFilter operation cannot work with destinationArn for vendor ${vendor}`);
  testDestination(group, filter, vendor, call.replyTo ?? null, port);
  return { later: true };
}

/** Before a filter is kept, its destination is asked whether it takes anything: a function by a dry run, a stream by a control message. */
function testDestination(group: LogGroup, filter: JsonObject, vendor: string, waiting: Continuation | null, port: Port): void {
  const destinationArn = filter.destinationArn as Arn;
  const replyTo = {
    to: 'call',
    action: 'logs:FinishSubscriptionFilter',
    resource: group.arn,
    input: { filter, vendor, waiting: waiting as unknown as JsonObject },
  } as const;
  if (vendor === 'lambda') {
    const input = { FunctionName: destinationArn, InvocationType: 'DryRun' };
    port.call({ action: 'lambda:InvokeFunction', resource: destinationArn, input, replyTo, ...sender(group, null, port) });
    return;
  }
  const message = `CWL CONTROL MESSAGE: Checking health of destination ${vendor === 'kinesis' ? 'Kinesis stream' : 'Firehose'}.`;
  const control = {
    messageType: 'CONTROL_MESSAGE',
    owner: 'CloudwatchLogs',
    logGroup: '',
    logStream: '',
    subscriptionFilters: [],
    logEvents: [{ id: '', timestamp: Math.floor(port.epochMs), message }],
  };
  send(group, destinationArn, filter.roleArn as string, packed(control), 'control', replyTo, port);
}

export function finishSubscriptionFilter(_state: Readonly<LogsState>, call: ApiCall, port: Port): Reply {
  const { filter, vendor, waiting, reply } = call.input as unknown as {
    filter: JsonObject;
    vendor: string;
    waiting: Continuation | null;
    reply: { fault?: Fault };
  };
  if (!reply.fault) port.emit('logs:SubscriptionFilterPut', call.resource, filter);
  else {
    const { code, message } = reply.fault;
    port.emit('logs:SubscriptionFilterRefused', call.resource, { filterName: filter.filterName ?? '', destination: vendor, code, message });
  }
  port.reply(waiting ?? undefined, reply.fault ? invalid(REFUSALS[vendor] ?? '') : { ok: {} });
  return { ok: {} };
}

export function deleteSubscriptionFilter(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  const filterName = String(input.filterName);
  if (!group.subscriptionFilters[filterName]) return notFound('subscription filter');
  port.emit('logs:SubscriptionFilterDeleted', group.arn, { filterName });
  return { ok: {} };
}

export function describeSubscriptionFilters(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  const filters = Object.values(group.subscriptionFilters)
    .filter(({ filterName }) => filterName.startsWith(String(input.filterNamePrefix ?? '')))
    .sort((a, b) => (a.filterName < b.filterName ? -1 : 1))
    .map(
      (filter): JsonObject => ({
        filterName: filter.filterName,
        logGroupName: group.name,
        filterPattern: filter.filterPattern,
        destinationArn: filter.destinationArn,
        ...(filter.roleArn === null ? {} : { roleArn: filter.roleArn }),
        distribution: filter.distribution,
        applyOnTransformedLogs: filter.applyOnTransformedLogs,
        creationTime: epochOf(filter.createdAt, port),
      }),
    );
  return pageOf(input, 'subscriptionFilters', filters, ({ filterName }) => filterName as string);
}

export function handToSubscribers(group: LogGroup, stream: LogStream, events: PlacedEvent[], port: Port): void {
  for (const filter of Object.values(group.subscriptionFilters)) {
    const pattern = compilePattern(filter.filterPattern);
    if ('refused' in pattern) continue;
    const matching = events.filter(({ message }) => pattern.matches(message));
    if (matching.length === 0) continue;
    const isDelimited = filter.filterPattern.trimStart().startsWith('[');
    const logEvents = matching.map((event) => ({
      id: eventId(event),
      timestamp: event.timestamp,
      message: event.message,
      ...(isDelimited ? { extractedFields: unsigned(pattern.extract(event.message)) } : {}),
    }));
    const payload = {
      messageType: 'DATA_MESSAGE',
      owner: port.account,
      logGroup: group.name,
      logStream: stream.name,
      subscriptionFilters: [filter.filterName],
      logEvents,
    };
    port.emit('logs:SubscriptionMatched', group.arn, {
      filterName: filter.filterName,
      logStreamName: stream.name,
      destinationArn: filter.destinationArn,
      events: matching.length,
      eventsSeen: events.length,
    });
    const input = { filterName: filter.filterName, data: packed(payload), since: port.now, attempt: 1 };
    port.call({ action: 'logs:DeliverToSubscriber', resource: group.arn, input });
  }
}

/** Fields as the record names them: without the dollar sign. */
function unsigned(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.slice(1), value]));
}

export function deliverToSubscriber(group: LogGroup, { input }: ApiCall, port: Port, state: Readonly<LogsState>): Reply {
  const filter = group.subscriptionFilters[input.filterName as string];
  if (!filter) {
    port.emit('logs:SubscriptionDropped', group.arn, { filterName: input.filterName ?? '', reason: 'filter-deleted' });
    return { ok: {} };
  }
  const replyTo = { to: 'call', action: 'logs:EndDelivery', resource: group.arn, input } as const;
  const { target, role } = targetOf(filter, state);
  send(group, target, role, input.data as string, input.filterName as string, replyTo, port);
  return { ok: {} };
}

/** A destination stands for a stream, perhaps of another account. */
function targetOf(filter: SubscriptionFilter, state: Readonly<LogsState>): { target: Arn; role: string | null } {
  const destination = state.destinations[filter.destinationArn]?.value;
  if (!destination) return { target: filter.destinationArn, role: filter.roleArn };
  return { target: destination.targetArn as string, role: destination.roleArn as string };
}

function sender(group: LogGroup, role: string | null, port: Port): { principal: Principal; context: Record<string, string> } {
  const context = { 'aws:SourceArn': `${group.arn}:*`, 'aws:SourceAccount': port.account };
  if (role === null) return { principal: { type: 'service', id: 'logs.amazonaws.com', account: port.account }, context };
  const account = parseArn(role)?.account ?? port.account;
  const name = role.slice(role.lastIndexOf('/') + 1);
  const id = `arn:aws:sts::${account}:assumed-role/${name}/CloudWatchLogs`;
  return { principal: { type: 'role', id, account, session: { roleArn: role } }, context };
}

function send(group: LogGroup, target: Arn, role: string | null, data: string, key: string, replyTo: Continuation, port: Port): void {
  const from = sender(group, role, port);
  const service = parseArn(target)?.service;
  if (service === 'kinesis') {
    const input = { StreamARN: target, Data: data, PartitionKey: key };
    port.call({ action: 'kinesis:PutRecord', resource: target, input, replyTo, ...from });
  } else if (service === 'firehose') {
    const DeliveryStreamName = target.slice(target.lastIndexOf('/') + 1);
    port.call({ action: 'firehose:PutRecord', resource: target, input: { DeliveryStreamName, Record: { Data: data } }, replyTo, ...from });
  } else port.deliver(target, { body: JSON.stringify({ awslogs: { data } }) }, { replyTo, ...from });
}

/** LAM-USE-X04: gzip, then base64. Without a date in its head, equal events are equal bytes. */
function packed(payload: unknown): string {
  let binary = '';
  for (const byte of gzipSync(strToU8(JSON.stringify(payload)), { mtime: 0 })) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export function endDelivery(_state: Readonly<LogsState>, call: ApiCall, port: Port): Reply {
  const { filterName, data, since, attempt, reply } = call.input as unknown as {
    filterName: string;
    data: string;
    since: number;
    attempt: number;
    reply: { fault?: Fault };
  };
  if (!reply.fault) {
    port.emit('logs:SubscriptionDelivered', call.resource, { filterName, attempts: attempt });
    return { ok: {} };
  }
  const { code, message, status, side } = reply.fault;
  const isRetryable = side === 'server' || status === 429 || /Throttl|TooManyRequests|ThroughputExceeded/.test(code);
  const waitMs = Math.min(1000 * 2 ** (attempt - 1), WAIT_MAX_MS);
  const about = { filterName, attempt, errorCode: code, errorMessage: message };
  if (isRetryable && port.now + waitMs - since <= RETRY_FOR_MS) {
    port.emit('logs:SubscriptionRetryScheduled', call.resource, { ...about, waitMs, dueAt: port.now + waitMs });
    const input = { filterName, data, since, attempt: attempt + 1 };
    port.call({ action: 'logs:DeliverToSubscriber', resource: call.resource, input }, waitMs);
  } else {
    port.emit('logs:SubscriptionDropped', call.resource, { ...about, reason: isRetryable ? 'retries-exhausted' : 'refused' });
  }
  return { ok: {} };
}
