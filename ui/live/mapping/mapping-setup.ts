// What a lesson's author sets up for a queue with a function behind it, and what of it a learner may change.
import type { Json } from '@/sim/kernel/json';

/** More messages than this make tables that nobody reads. */
export const MESSAGES_MAX = 60;
/** LAM-INV-X20 and the table of mappings: 10,000 for standard queues, with a window of at least 1 s above 10. */
export const BATCH_SIZE_MAX = 10_000;
export const WINDOW_MAX_SECONDS = 300;
/** EDA-X03: visibility 0 s to 12 h. */
export const VISIBILITY_MAX_SECONDS = 43_200;
export const WATCH_MAX_MINUTES = 24 * 60;

export interface QueueAndMappingProps {
  /** Unique on the page. */
  id: string;
  title: string;
  /** Source files by path: `pack.mjs`. */
  files: Record<string, string>;
  /** `pack.handler` */
  handler: string;
  /** The bodies that are sent: text as it is, anything else as JSON. */
  messages: Json[];
  /** Between two messages; 0 sends all at once. */
  everySeconds?: number;
  queue?: string;
  batchSize?: number;
  windowSeconds?: number;
  visibilitySeconds?: number;
  /** Receives after which a message moves to the dead-letter queue; null without one. */
  maxReceiveCount?: number | null;
  /** ReportBatchItemFailures. */
  reportsItemFailures?: boolean;
  /** MaximumConcurrency of the mapping; null without. */
  maximumConcurrency?: number | null;
  reservedConcurrency?: number | null;
  memoryMB?: number;
  timeoutSeconds?: number;
  /** How long the run is watched when it does not come to rest by itself. */
  watchMinutes?: number;
  tab?: 'messages' | 'logs' | 'settings';
}

/** What the learner may turn. */
export interface MappingSettings {
  everySeconds: number;
  batchSize: number;
  windowSeconds: number;
  visibilitySeconds: number;
  maxReceiveCount: number | null;
  reportsItemFailures: boolean;
  maximumConcurrency: number | null;
  reservedConcurrency: number | null;
  memoryMB: number;
  timeoutSeconds: number;
  watchMinutes: number;
}

/** One run, complete: the worker needs nothing else. */
export interface MappingJob extends MappingSettings {
  files: Record<string, string>;
  handler: string;
  queueName: string;
  bodies: string[];
  seed: number;
}

/** The defaults of AWS: batches of 10 without a window, 30 s of visibility, 128 MB, 3 s, no redrive. */
export function mappingSettingsOf(props: QueueAndMappingProps): MappingSettings {
  return {
    everySeconds: props.everySeconds ?? 0,
    batchSize: props.batchSize ?? 10,
    windowSeconds: props.windowSeconds ?? 0,
    visibilitySeconds: props.visibilitySeconds ?? 30,
    maxReceiveCount: props.maxReceiveCount ?? null,
    reportsItemFailures: props.reportsItemFailures ?? false,
    maximumConcurrency: props.maximumConcurrency ?? null,
    reservedConcurrency: props.reservedConcurrency ?? null,
    memoryMB: props.memoryMB ?? 128,
    timeoutSeconds: props.timeoutSeconds ?? 3,
    watchMinutes: props.watchMinutes ?? 10,
  };
}

export function bodyOf(message: Json): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}

/** The messages that a learner wrote. Throws a sentence that says what to do. */
export function bodiesIn(text: string): string[] {
  const json = JSON.parse(text) as Json;
  if (!Array.isArray(json) || json.length === 0) throw new Error('it must be a list with one entry a message');
  if (json.length > MESSAGES_MAX) throw new Error(`it holds ${json.length} messages; ${MESSAGES_MAX} are enough here`);
  return json.map(bodyOf);
}
