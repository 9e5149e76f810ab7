// What CloudWatch Logs keeps: groups with their streams, filters and tags. A fold of facts.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogsConcepts.html
import type { Arn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import type { Ms } from '../../kernel/time';

export interface LogEvent {
  /** Unix milliseconds, as its sender gave them. */
  timestamp: number;
  message: string;
  ingestedAt: Ms;
  /** Breaks ties of time; counts through the group. */
  ordinal: number;
}

export interface LogStream {
  name: string;
  createdAt: Ms;
  /** By timestamp, then in order of arrival. */
  events: LogEvent[];
}

export interface MetricFilter {
  filterName: string;
  filterPattern: string;
  transformation: JsonObject;
  createdAt: Ms;
  applyOnTransformedLogs: boolean;
}

export interface SubscriptionFilter {
  filterName: string;
  filterPattern: string;
  destinationArn: Arn;
  roleArn: string | null;
  distribution: 'Random' | 'ByLogStream';
  createdAt: Ms;
  applyOnTransformedLogs: boolean;
}

export interface LogGroup {
  arn: Arn;
  name: string;
  createdAt: Ms;
  /** Null: kept for ever. LAM-LOG-X13 */
  retentionInDays: number | null;
  logGroupClass: 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';
  kmsKeyId: string | null;
  isProtected: boolean;
  tags: Record<string, string>;
  streams: Record<string, LogStream>;
  metricFilters: Record<string, MetricFilter>;
  subscriptionFilters: Record<string, SubscriptionFilter>;
  nextOrdinal: number;
}

export interface Query {
  queryId: string;
  /** `account:region` */
  place: string;
  queryString: string;
  groups: Arn[];
  startedAt: Ms;
  status: 'Running' | 'Complete' | 'Cancelled';
  endedAt: Ms | null;
  results: JsonObject[][];
  statistics: JsonObject;
}

/** Destinations, resource policies and saved queries: kept as their API shows them, with their place. */
export interface Kept {
  place: string;
  value: JsonObject;
}

export interface LogsState {
  groups: Record<Arn, LogGroup>;
  queries: Record<string, Query>;
  destinations: Record<Arn, Kept>;
  /** By `place name`. */
  policies: Record<string, Kept>;
  queryDefinitions: Record<string, Kept>;
}

export const initialState = (): LogsState => ({ groups: {}, queries: {}, destinations: {}, policies: {}, queryDefinitions: {} });
