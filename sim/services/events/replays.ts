// Replays of archived events onto the bus that they came from. EB-X30.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { eventsIn } from './archives';
import { busName, replayArn } from './arns';
import { alreadyExists, checkMembers, invalid, limitExceeded, notFound } from './faults';
import { secondsAt, secondsFrom } from './instant';
import { findBus } from './lookup';
import { parseEventObject, writeEvent } from './matcher/event-value';
import { pageOf } from './paging';
import { routeEvent } from './routing';
import type { ArchivedEvent, EventsState, Replay } from './state';

const REPLAYS_MAX = 10;
/** Events of one minute at a time. */
const INTERVAL_SECONDS = 60;
/** Between two such minutes. Simplified: EventBridge does not publish its pace. */
const PACE_MS: Ms = 1000;

const NAME = { required: true, min: 1, max: 64, pattern: /^[.\-_A-Za-z0-9]+$/ };
const ACTIVE = ['STARTING', 'RUNNING', 'CANCELLING'];

export function startReplay(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const required = { required: true };
  const refusal = checkMembers(input, {
    ReplayName: NAME,
    EventSourceArn: { required: true, min: 1, max: 1600 },
    EventStartTime: required,
    EventEndTime: required,
    Destination: required,
    Description: { max: 512 },
  });
  if (refusal) return refusal;
  const name = String(input.ReplayName);
  const arn = replayArn(port, name);
  if (state.replays[arn]) return alreadyExists(`Replay ${name} already exists.`);
  const from = secondsFrom(input.EventStartTime);
  const to = secondsFrom(input.EventEndTime);
  if (from === null || to === null || to <= from) {
    return invalid('Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.');
  }
  const source = String(input.EventSourceArn);
  const archive = state.archives[source];
  if (!archive) {
    return invalid(`Parameter EventSourceArn is not valid. Reason: Archive ${source.slice(source.lastIndexOf('/') + 1)} does not exist.`);
  }
  const destination = input.Destination as JsonObject;
  const bus = findBus(state, String(destination.Arn));
  if (!bus) return notFound(`Event bus ${busName(String(destination.Arn))} does not exist.`);
  if (bus.arn !== archive.busArn)
    return invalid('Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.');
  const active = Object.values(state.replays).filter(
    (replay) => ACTIVE.includes(replay.status) && replay.arn.startsWith(replayArn(port, '')),
  );
  if (active.length >= REPLAYS_MAX) return limitExceeded('The requested resource exceeds the maximum number allowed.');
  const description = (input.Description as string | undefined) ?? null;
  port.emit('events:ReplayStarted', arn, { name, description, archiveArn: archive.arn, destination, from, to });
  port.call({ action: 'events:ContinueReplay', resource: arn, input: { done: 0 } }, PACE_MS);
  return { ok: { ReplayArn: arn, State: 'STARTING', ReplayStartTime: secondsAt(port.now, port) } };
}

function timeOf({ event }: ArchivedEvent): number {
  return secondsFrom(String(parseEventObject(event)?.time)) ?? 0;
}

/** One minute of the archived events, then the next. */
export function continueReplay(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const replay = state.replays[call.resource];
  if (!replay) return { ok: {} };
  if (replay.status === 'CANCELLING') {
    port.emit('events:ReplayEnded', replay.arn, { status: 'CANCELLED' });
    return { ok: {} };
  }
  if (replay.status !== 'STARTING' && replay.status !== 'RUNNING') return { ok: {} };
  const archive = state.archives[replay.archiveArn];
  const bus = archive && findBus(state, archive.busArn);
  if (!archive || !bus) {
    port.emit('events:ReplayEnded', replay.arn, { status: 'FAILED' });
    return { ok: {} };
  }
  const done = Number(call.input.done);
  const left = eventsIn(archive, port)
    .map((archived) => ({ event: archived.event, time: timeOf(archived) }))
    .filter(({ time }) => time >= replay.from && time < replay.to)
    .sort((a, b) => a.time - b.time)
    .slice(done);
  const first = left[0];
  if (!first) {
    port.emit('events:ReplayEnded', replay.arn, { status: 'COMPLETED' });
    return { ok: {} };
  }
  const minute = left.filter(({ time }) => time < first.time + INTERVAL_SECONDS);
  const rules = (replay.destination.FilterArns ?? []) as string[];
  for (const { event, time } of minute) {
    const replayed = { ...parseEventObject(event), 'replay-name': replay.name };
    const eventId = String(parseEventObject(event)?.id);
    const text = writeEvent(replayed);
    port.emit('events:EventReplayed', replay.arn, { eventId, event: text, time, bus: bus.arn });
    routeEvent(bus, replayed, { eventId, event: text, route: [bus.arn] }, state, port, { rules });
  }
  port.call({ action: 'events:ContinueReplay', resource: replay.arn, input: { done: done + minute.length } }, PACE_MS);
  return { ok: {} };
}

function replayIn(state: Readonly<EventsState>, call: ApiCall, port: Port): { replay: Replay } | Extract<Reply, { fault: unknown }> {
  const refusal = checkMembers(call.input, { ReplayName: NAME });
  if (refusal) return refusal;
  const replay = state.replays[replayArn(port, String(call.input.ReplayName))];
  return replay ? { replay } : notFound(`Replay ${call.input.ReplayName} does not exist.`);
}

export function cancelReplay(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = replayIn(state, call, port);
  if ('fault' in found) return found;
  const { replay } = found;
  if (replay.status !== 'STARTING' && replay.status !== 'RUNNING') {
    return clientFault('IllegalStatusException', `Replay ${replay.name} is not in a valid state for this operation.`);
  }
  port.emit('events:ReplayCancelled', replay.arn, {});
  return { ok: { ReplayArn: replay.arn, State: 'CANCELLING' } };
}

function describe(replay: Replay, port: Port): JsonObject {
  return {
    ReplayName: replay.name,
    EventSourceArn: replay.archiveArn,
    State: replay.status,
    EventStartTime: replay.from,
    EventEndTime: replay.to,
    ...(replay.lastReplayed === null ? {} : { EventLastReplayedTime: replay.lastReplayed }),
    ReplayStartTime: secondsAt(replay.startedAt, port),
    ...(replay.endedAt === null ? {} : { ReplayEndTime: secondsAt(replay.endedAt, port) }),
  };
}

export function describeReplay(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = replayIn(state, call, port);
  if ('fault' in found) return found;
  const { replay } = found;
  const more: JsonObject = replay.description ? { Description: replay.description } : {};
  return { ok: { ...describe(replay, port), ReplayArn: replay.arn, Destination: replay.destination, ...more } };
}

export function listReplays(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { NamePrefix, EventSourceArn, State } = call.input;
  const replays = Object.values(state.replays)
    .filter((replay) => replay.arn.startsWith(replayArn(port, '')) && replay.name.startsWith(String(NamePrefix ?? '')))
    .filter((replay) => EventSourceArn === undefined || replay.archiveArn === EventSourceArn)
    .filter((replay) => State === undefined || replay.status === State)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return pageOf(
    call.input,
    'Replays',
    replays.map((replay) => describe(replay, port)),
  );
}
