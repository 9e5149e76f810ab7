// Events put on a bus. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
import { type Arn, parseArn } from '../../kernel/arn';
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { busArn } from './arns';
import { checkMembers, invalid } from './faults';
import { eventTime, secondsFrom } from './instant';
import { findBus } from './lookup';
import { type EventObject, parseEventObject, writeEvent } from './matcher/event-value';
import { routeEvent } from './routing';
import type { EventsState } from './state';

/** EB-X04: the entries together stay under 1 MB, here 1,048,576 bytes. */
const REQUEST_BYTES = 1_048_576;
const ENTRIES_MAX = 10;
const DETAIL_TYPE_MAX = 128;
const TIME_BYTES = 14;

interface Entry extends JsonObject {
  Source: string;
  DetailType: string;
  Detail: string;
}

/** An event that comes from a rule of another bus keeps its envelope. */
export interface ForwardedEvent {
  event: string;
  route: Arn[];
}

function utf8Bytes(value: Json | undefined): number {
  return typeof value === 'string' ? new TextEncoder().encode(value).length : 0;
}

/** EB-X04. */
function entryBytes(entry: JsonObject): number {
  const resources = Array.isArray(entry.Resources) ? entry.Resources.reduce<number>((sum, each) => sum + utf8Bytes(each), 0) : 0;
  const time = entry.Time === undefined ? 0 : TIME_BYTES;
  return time + utf8Bytes(entry.Source) + utf8Bytes(entry.DetailType) + utf8Bytes(entry.Detail) + resources;
}

/** The buses of a request, that of its first entry first. */
export function busesOf({ action, input, resource }: ApiCall): Arn[] | null {
  if (action !== 'events:PutEvents' || !Array.isArray(input.Entries)) return null;
  const entries = input.Entries as JsonObject[];
  const { account = '', region = '' } = parseArn(resource) ?? {};
  return [...new Set([resource, ...entries.map((entry) => busArn({ account, region }, entry.EventBusName))])];
}

export function putEvents(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const refusal = checkMembers(input, { Entries: { required: true, min: 1, max: ENTRIES_MAX } });
  if (refusal) return refusal;
  const entries = input.Entries as JsonObject[];
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  if (bytes >= REQUEST_BYTES) return invalid('Total size of the entries in the request is over the limit.');
  const errors = entries.map((entry) => refuseEntry(entry, call));
  const failed = errors.filter((error) => error !== null).length;
  const results = entries.map((entry, index): JsonObject => {
    const error = errors[index];
    // The first fact of a request stands for it.
    const request: JsonObject = index === 0 ? { request: { entries: entries.length, failed, bytes } } : {};
    if (error) {
      port.emit('events:EventRefused', busArn(port, entry.EventBusName), {
        index,
        ...error,
        source: entry.Source ?? null,
        detailType: entry.DetailType ?? null,
        ...request,
      });
      return { ErrorCode: error.errorCode, ErrorMessage: error.errorMessage };
    }
    return { EventId: take(state, entry as Entry, request, call, port) };
  });
  return { ok: { FailedEntryCount: failed, Entries: results } };
}

type EntryError = { errorCode: string; errorMessage: string };

function missing(name: string): EntryError {
  return { errorCode: 'InvalidArgument', errorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
}

function refuseEntry(entry: JsonObject, call: ApiCall): EntryError | null {
  for (const name of ['Source', 'DetailType', 'Detail']) if (typeof entry[name] !== 'string' || entry[name] === '') return missing(name);
  if (String(entry.Source).startsWith('aws.') && call.principal.type !== 'world' && call.principal.type !== 'service') {
    return { errorCode: 'NotAuthorizedForSourceException', errorMessage: 'Not authorized for the source.' };
  }
  if (String(entry.DetailType).length > DETAIL_TYPE_MAX) {
    return {
      errorCode: 'InvalidArgument',
      errorMessage: `Parameter DetailType is not valid. Reason: DetailType has to be at most ${DETAIL_TYPE_MAX} characters long.`,
    };
  }
  if (!parseEventObject(String(entry.Detail))) return { errorCode: 'MalformedDetail', errorMessage: 'Detail is malformed.' };
  return null;
}

/** Returns the event's id. */
function take(state: Readonly<EventsState>, entry: Entry, request: JsonObject, call: ApiCall, port: Port): string {
  const eventId = port.uuid();
  const arn = busArn(port, entry.EventBusName);
  const seconds = secondsFrom(entry.Time) ?? port.epochMs / 1000;
  const event: EventObject = {
    version: '0',
    id: eventId,
    'detail-type': entry.DetailType,
    source: entry.Source,
    // Of the sender, also on a bus of another account. The world itself stands for AWS services of the bus's account.
    account: call.principal.type === 'world' || call.principal.type === 'anonymous' ? port.account : call.principal.account,
    time: eventTime(seconds),
    region: port.region,
    resources: (entry.Resources as string[] | undefined) ?? [],
    detail: parseEventObject(entry.Detail),
  };
  const text = writeEvent(event);
  const bus = findBus(state, arn);
  port.emit('events:EventPut', arn, { eventId, event: text, busExists: bus !== null, ...request });
  if (bus) routeEvent(bus, event, { eventId, event: text, route: [arn] }, state, port);
  // AWS answers with an id for a bus that is not there; the event is gone.
  else port.emit('events:EventUnmatched', arn, { eventId, reason: 'no-bus', rules: [], rulesInAll: 0 });
  return eventId;
}

/** From a rule of another bus: the call's permission is that of PutEvents. */
export function takeForwarded(state: Readonly<EventsState>, arn: Arn, forwarded: ForwardedEvent, port: Port): Reply {
  const event = parseEventObject(forwarded.event);
  const bus = findBus(state, arn);
  if (!bus || !event)
    return { fault: { code: 'ResourceNotFoundException', message: `Event bus ${arn} does not exist.`, status: 400, side: 'client' } };
  const eventId = String(event.id);
  const route = [...forwarded.route, arn];
  port.emit('events:EventPut', arn, {
    eventId,
    event: forwarded.event,
    busExists: true,
    from: forwarded.route[forwarded.route.length - 1] ?? null,
  });
  routeEvent(bus, event, { eventId, event: forwarded.event, route }, state, port);
  return { ok: { FailedEntryCount: 0, Entries: [{ EventId: eventId }] } };
}
