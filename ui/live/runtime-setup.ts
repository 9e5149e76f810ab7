// What a lesson's author sets up for a live Lambda runtime, and what of it a learner may change.
import type { Json } from '@/sim/kernel/json';

/** A scripted host outside AWS by its name, as it is or with its weather. */
export type HostWish = string | { name: string; slowFirst?: number; delayMs?: number; downFirst?: number };

export type InvocationType = 'Event' | 'RequestResponse';

/** More calls than this make lanes that nobody can read. */
export const CALLS_MAX = 20;

export interface LambdaRuntimeProps {
  /** Unique on the page. */
  id: string;
  title: string;
  /** Source files by path: `charge.mjs`. */
  files: Record<string, string>;
  /** `charge.handler` */
  handler: string;
  event?: Json;
  /** Several events to choose from, by name; comes before `event`. */
  events?: { name: string; payload: Json }[];
  eventName?: string;
  /** One event a call, in turn; comes before `events`. */
  inTurn?: Json[];
  /** Default `Event`: asynchronous. */
  invocationType?: InvocationType;
  /** How often the function is called. Default 1. */
  calls?: number;
  /** Between the beginnings of two calls; 0 is all at once. */
  everySeconds?: number;
  reservedConcurrency?: number | null;
  /** Which tab is open below the first run. Default `logs`. */
  tab?: 'logs' | 'answers' | 'bill' | 'settings';
  memoryMB?: number;
  timeoutSeconds?: number;
  /** 0 to 2. */
  retries?: number;
  deadLetterQueue?: boolean;
  /** Ends the idle environment after this attempt, as AWS may do. */
  reclaimAfterAttempt?: number | null;
  hosts?: HostWish[];
  variables?: Record<string, string>;
}

/** What the learner may turn. */
export interface RuntimeSettings {
  memoryMB: number;
  timeoutSeconds: number;
  retries: number;
  deadLetterQueue: boolean;
  reclaimAfterAttempt: number | null;
  invocationType: InvocationType;
  calls: number;
  everySeconds: number;
  /** Null without a reservation. */
  reservedConcurrency: number | null;
}

/** One run, complete: the worker needs nothing else. */
export interface RuntimeJob extends RuntimeSettings {
  files: Record<string, string>;
  handler: string;
  /** Call number n takes event number n, from the start again after the last. */
  events: Json[];
  hosts: HostWish[];
  variables: Record<string, string>;
  seed: number;
}

export interface NamedEvent {
  name: string;
  payload: Json;
}

export function eventsOf(props: Pick<LambdaRuntimeProps, 'event' | 'events' | 'eventName' | 'inTurn'>): NamedEvent[] {
  if (props.inTurn) return [{ name: props.eventName ?? 'events.json', payload: props.inTurn }];
  if (props.events && props.events.length > 0) return props.events;
  return [{ name: props.eventName ?? 'event.json', payload: props.event ?? {} }];
}

/** LAM-INV-X12: two retries unless configured; LAM-ENV-01, LAM-ENV-03: 128 MB, 3 s. */
export function settingsOf(props: LambdaRuntimeProps): RuntimeSettings {
  return {
    memoryMB: props.memoryMB ?? 128,
    timeoutSeconds: props.timeoutSeconds ?? 3,
    retries: props.retries ?? 2,
    deadLetterQueue: props.deadLetterQueue ?? false,
    reclaimAfterAttempt: props.reclaimAfterAttempt ?? null,
    invocationType: props.invocationType ?? 'Event',
    calls: props.calls ?? 1,
    everySeconds: props.everySeconds ?? 0,
    reservedConcurrency: props.reservedConcurrency ?? null,
  };
}

/** `charge` of `src/charge.handler`: what the function is called in the simulated account. */
export function functionNameOf(handler: string): string {
  const file = handler.split('/').pop() ?? handler;
  return file.split('.')[0]?.replace(/[^\w-]/g, '-') || 'function';
}
