// The fold for archives, replays, connections, API destinations and tags.
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import type { ApiDestination, Archive, Connection, EventsState, Replay } from './state';

export function applyStored(state: EventsState, fact: Fact): void {
  applyArchive(state, fact);
  applyReplay(state, fact);
  applyConnection(state, fact);
  if (fact.type === 'events:TagsChanged') state.tags[fact.resource] = fact.data.tags as Record<string, string>;
}

function applyArchive(state: EventsState, { type, resource, data, at }: Fact): void {
  const archive = state.archives[resource];
  switch (type) {
    case 'events:ArchiveCreated': {
      const { name, busArn, pattern, description, retentionDays } = data as unknown as Archive;
      state.archives[resource] = { arn: resource, name, busArn, pattern, description, retentionDays, createdAt: at, events: [] };
      break;
    }
    case 'events:ArchiveUpdated':
      if (!archive) break;
      archive.pattern = data.pattern as string | null;
      archive.description = data.description as string | null;
      archive.retentionDays = data.retentionDays as number;
      break;
    case 'events:ArchiveDeleted':
      delete state.archives[resource];
      break;
    case 'events:EventArchived':
      archive?.events.push({ event: data.event as string, archivedAt: at });
      break;
  }
}

function applyReplay(state: EventsState, { type, resource, data, at }: Fact): void {
  const replay = state.replays[resource];
  switch (type) {
    case 'events:ReplayStarted': {
      const { name, description, archiveArn, destination, from, to } = data as unknown as Replay;
      const progress = { status: 'STARTING' as const, startedAt: at, endedAt: null, lastReplayed: null };
      state.replays[resource] = { arn: resource, name, description, archiveArn, destination, from, to, ...progress };
      break;
    }
    case 'events:EventReplayed':
      if (!replay) break;
      replay.status = 'RUNNING';
      replay.lastReplayed = data.time as number;
      break;
    case 'events:ReplayCancelled':
      if (replay) replay.status = 'CANCELLING';
      break;
    case 'events:ReplayEnded':
      if (!replay) break;
      replay.status = data.status as Replay['status'];
      replay.endedAt = at;
      break;
  }
}

function applyConnection(state: EventsState, { type, resource, data, at }: Fact): void {
  switch (type) {
    case 'events:ConnectionCreated': {
      const { arn, name, description, authorizationType, authParameters } = data as unknown as Connection;
      state.connections[resource] = { arn, name, description, authorizationType, authParameters, createdAt: at, changedAt: at };
      break;
    }
    case 'events:ConnectionUpdated': {
      const connection = state.connections[resource];
      if (!connection) break;
      connection.description = data.description as string | null;
      connection.authorizationType = data.authorizationType as string;
      connection.authParameters = data.authParameters as JsonObject;
      connection.changedAt = at;
      break;
    }
    case 'events:ConnectionDeleted':
      delete state.connections[resource];
      break;
    case 'events:ApiDestinationCreated': {
      const { arn, name, description, connectionArn, endpoint, method, ratePerSecond } = data as unknown as ApiDestination;
      const times = { createdAt: at, changedAt: at, nextSlotAt: 0 };
      state.destinations[resource] = { arn, name, description, connectionArn, endpoint, method, ratePerSecond, ...times };
      break;
    }
    case 'events:ApiDestinationUpdated': {
      const destination = state.destinations[resource];
      if (!destination) break;
      destination.description = data.description as string | null;
      destination.connectionArn = data.connectionArn as string;
      destination.endpoint = data.endpoint as string;
      destination.method = data.method as string;
      destination.ratePerSecond = data.ratePerSecond as number;
      destination.changedAt = at;
      break;
    }
    case 'events:ApiDestinationDeleted':
      delete state.destinations[resource];
      break;
  }
}
