// Archives of a bus's events. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive-event.html
// Simplified: an event is in the archive at once; EventBridge may take ten minutes. The managed rule of an archive is not listed.
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { archiveArn, busName } from './arns';
import { alreadyExists, checkMembers, notFound } from './faults';
import { secondsAt } from './instant';
import { findBus } from './lookup';
import { patternOf } from './machines';
import type { EventObject } from './matcher/event-value';
import { matchesPattern } from './matcher/reference';
import { pageOf } from './paging';
import { refusePattern } from './patterns';
import type { Archive, ArchivedEvent, Bus, EventsState } from './state';

const DAY_MS = 86_400_000;
const NAME = { required: true, min: 1, max: 48, pattern: /^[.\-_A-Za-z0-9]+$/ };
const MEMBERS = { Description: { max: 512 }, EventPattern: { max: 4096 }, RetentionDays: { min: 0 } };

export function archiveEvent(
  bus: Bus,
  event: EventObject,
  put: { eventId: string; event: string },
  state: Readonly<EventsState>,
  port: Port,
): void {
  for (const archive of Object.values(state.archives)) {
    if (archive.busArn !== bus.arn || (archive.pattern && !matchesPattern(patternOf(archive.pattern), event))) continue;
    port.emit('events:EventArchived', archive.arn, { eventId: put.eventId, event: put.event });
  }
}

/** What has not passed its retention. */
export function eventsIn(archive: Archive, port: Port): ArchivedEvent[] {
  const { retentionDays, events } = archive;
  return retentionDays === 0 ? events : events.filter(({ archivedAt }) => port.now - archivedAt < retentionDays * DAY_MS);
}

export function createArchive(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const refusal = checkMembers(input, { ArchiveName: NAME, EventSourceArn: { required: true, min: 1, max: 1600 }, ...MEMBERS });
  if (refusal) return refusal;
  const arn = archiveArn(port, String(input.ArchiveName));
  if (state.archives[arn]) return alreadyExists(`Archive ${input.ArchiveName} already exists.`);
  const bus = findBus(state, String(input.EventSourceArn));
  if (!bus) return notFound(`Event bus ${busName(String(input.EventSourceArn))} does not exist.`);
  const badPattern = input.EventPattern ? refusePattern(String(input.EventPattern)) : null;
  if (badPattern) return badPattern;
  port.emit('events:ArchiveCreated', arn, {
    name: String(input.ArchiveName),
    busArn: bus.arn,
    pattern: (input.EventPattern as string | undefined) || null,
    description: (input.Description as string | undefined) ?? null,
    retentionDays: (input.RetentionDays as number | undefined) ?? 0,
  });
  return { ok: { ArchiveArn: arn, State: 'ENABLED', CreationTime: secondsAt(port.now, port) } };
}

function archiveIn(state: Readonly<EventsState>, call: ApiCall, port: Port): { archive: Archive } | Extract<Reply, { fault: unknown }> {
  const refusal = checkMembers(call.input, { ArchiveName: NAME, ...MEMBERS });
  if (refusal) return refusal;
  const archive = state.archives[archiveArn(port, String(call.input.ArchiveName))];
  return archive ? { archive } : notFound(`Archive ${call.input.ArchiveName} does not exist.`);
}

export function updateArchive(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = archiveIn(state, call, port);
  if ('fault' in found) return found;
  const { archive } = found;
  const { EventPattern, Description, RetentionDays } = call.input;
  const badPattern = EventPattern ? refusePattern(String(EventPattern)) : null;
  if (badPattern) return badPattern;
  port.emit('events:ArchiveUpdated', archive.arn, {
    pattern: (EventPattern as string | undefined) ?? archive.pattern,
    description: (Description as string | undefined) ?? archive.description,
    retentionDays: (RetentionDays as number | undefined) ?? archive.retentionDays,
  });
  return { ok: { ArchiveArn: archive.arn, State: 'ENABLED', CreationTime: secondsAt(archive.createdAt, port) } };
}

export function deleteArchive(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = archiveIn(state, call, port);
  if ('fault' in found) return found;
  port.emit('events:ArchiveDeleted', found.archive.arn, {});
  return { ok: {} };
}

function describe(archive: Archive, port: Port): JsonObject {
  const events = eventsIn(archive, port);
  return {
    ArchiveName: archive.name,
    EventSourceArn: archive.busArn,
    State: 'ENABLED',
    RetentionDays: archive.retentionDays,
    SizeBytes: events.reduce((sum, { event }) => sum + new TextEncoder().encode(event).length, 0),
    EventCount: events.length,
    CreationTime: secondsAt(archive.createdAt, port),
  };
}

export function describeArchive(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = archiveIn(state, call, port);
  if ('fault' in found) return found;
  const { archive } = found;
  const { pattern, description } = archive;
  return {
    ok: {
      ArchiveArn: archive.arn,
      ...describe(archive, port),
      ...(pattern ? { EventPattern: pattern } : {}),
      ...(description ? { Description: description } : {}),
    },
  };
}

export function listArchives(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { NamePrefix, EventSourceArn, State } = call.input;
  const here = archiveArn(port, '');
  const archives = Object.values(state.archives)
    .filter((archive) => archive.arn.startsWith(here) && archive.name.startsWith(String(NamePrefix ?? '')))
    .filter((archive) => EventSourceArn === undefined || archive.busArn === EventSourceArn)
    .filter(() => State === undefined || State === 'ENABLED')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return pageOf(
    call.input,
    'Archives',
    archives.map((archive) => describe(archive, port)),
  );
}
