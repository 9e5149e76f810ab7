// An event source mapping: what Lambda polls, for which function, and how it makes batches of it.
// https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
import type { Arn } from '../../../kernel/arn';
import type { JsonObject } from '../../../kernel/json';
import type { Ms } from '../../../kernel/time';

/** LAM-INV-X31. */
export type MappingStatus = 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';

export interface MappingConfiguration {
  uuid: string;
  eventSourceArn: Arn;
  /** With the qualifier of a version or alias, when the mapping names one. */
  functionArn: Arn;
  batchSize: number;
  windowMs: Ms;
  /** Filter patterns as they were given; empty without a filter. */
  patterns: string[];
  reportsItemFailures: boolean;
  maximumConcurrency: number | null;
  /** Members that Lambda keeps and gives back: MetricsConfig, LoggingConfig, KMSKeyArn. */
  kept: JsonObject;
  tags: Record<string, string>;
}

export interface Mapping extends MappingConfiguration {
  arn: Arn;
  status: MappingStatus;
  modifiedAt: Ms;
  /** How many batches may be in the function at a time now: it grows with the backlog and shrinks with failures. */
  concurrencyLimit: number;
  /** Batches handed to the function that it has not answered. */
  active: number;
  /** A receive or a watch on the queue is under way. */
  isPolling: boolean;
  /** Why the last receive failed; null after one that worked. */
  pollError: string | null;
}

/** LAM-INV-E table: pollers start at 5 and grow to 1,250 batches at a time; for FIFO queues the message groups are the limit. */
export const CONCURRENCY_START = 5;
export const CONCURRENCY_MAX = 1250;

export function isFifo({ eventSourceArn }: Pick<MappingConfiguration, 'eventSourceArn'>): boolean {
  return eventSourceArn.endsWith('.fifo');
}

export function ceilingOf({ maximumConcurrency }: MappingConfiguration): number {
  return Math.min(maximumConcurrency ?? CONCURRENCY_MAX, CONCURRENCY_MAX);
}

/** Where a mapping starts, and where it returns to when the queue is empty. */
export function startOf(mapping: MappingConfiguration): number {
  return isFifo(mapping) ? ceilingOf(mapping) : Math.min(CONCURRENCY_START, ceilingOf(mapping));
}

/** Pollers run while a change is on its way, with what held before it. */
export function isPolled(mapping: Mapping): boolean {
  return mapping.status === 'Enabled' || mapping.status === 'Updating' || mapping.status === 'Disabling';
}
