// What EventBridge keeps: buses with their rules and targets, archives, replays, connections, and deliveries under way.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Types.html
import type { Arn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import type { Ms } from '../../kernel/time';

/** A target as `PutTargets` takes it, under AWS's member names. */
export interface Target extends JsonObject {
  Id: string;
  Arn: Arn;
}

export type RuleStatus = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

export interface Rule {
  arn: Arn;
  name: string;
  busArn: Arn;
  pattern: string | null;
  schedule: string | null;
  status: RuleStatus;
  description: string | null;
  roleArn: string | null;
  createdBy: string;
  /** By id, in the order in which they were added. */
  targets: Record<string, Target>;
}

export interface Bus {
  arn: Arn;
  name: string;
  description: string | null;
  createdAt: Ms;
  changedAt: Ms;
  policy: JsonObject | null;
  /** Members that are kept and given back: KmsKeyIdentifier, DeadLetterConfig, LogConfig. */
  settings: JsonObject;
  rules: Record<string, Rule>;
}

export interface ArchivedEvent {
  /** JSON text. */
  event: string;
  archivedAt: Ms;
}

export interface Archive {
  arn: Arn;
  name: string;
  busArn: Arn;
  pattern: string | null;
  description: string | null;
  /** 0: kept for ever. */
  retentionDays: number;
  createdAt: Ms;
  events: ArchivedEvent[];
}

export type ReplayStatus = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

export interface Replay {
  arn: Arn;
  name: string;
  description: string | null;
  archiveArn: Arn;
  destination: JsonObject;
  /** Unix seconds. */
  from: number;
  to: number;
  status: ReplayStatus;
  startedAt: Ms;
  endedAt: Ms | null;
  /** Unix seconds of the last event that was replayed. */
  lastReplayed: number | null;
}

export interface Connection {
  arn: Arn;
  name: string;
  description: string | null;
  authorizationType: string;
  authParameters: JsonObject;
  createdAt: Ms;
  changedAt: Ms;
}

export interface ApiDestination {
  arn: Arn;
  name: string;
  description: string | null;
  connectionArn: Arn;
  endpoint: string;
  method: string;
  ratePerSecond: number;
  createdAt: Ms;
  changedAt: Ms;
  /** When the next call may leave: a call a slot. */
  nextSlotAt: Ms;
}

/** An event on its way to one target. */
export interface Invocation {
  id: string;
  eventId: string;
  ruleArn: Arn;
  target: Target;
  /** JSON text of the event. */
  event: string;
  /** Buses that the event has been on, this one last. */
  route: Arn[];
  createdAt: Ms;
  /** Tries made. */
  attempts: number;
}

export interface EventsState {
  /** The default bus of an account and Region appears here with its first change. */
  buses: Record<Arn, Bus>;
  archives: Record<Arn, Archive>;
  replays: Record<Arn, Replay>;
  connections: Record<Arn, Connection>;
  destinations: Record<Arn, ApiDestination>;
  invocations: Record<string, Invocation>;
  tags: Record<Arn, Record<string, string>>;
}

export function initialState(): EventsState {
  return { buses: {}, archives: {}, replays: {}, connections: {}, destinations: {}, invocations: {}, tags: {} };
}

export function createBus(arn: Arn, name: string, at: Ms): Bus {
  return { arn, name, description: null, createdAt: at, changedAt: at, policy: null, settings: {}, rules: {} };
}
