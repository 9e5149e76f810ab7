// Tables, their items in order, secondary indexes and streams.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html
import type { Arn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import type { Ms } from '../../kernel/time';
import type { Item } from './attribute-value';

export type KeyType = 'S' | 'N' | 'B';

export interface KeySchema {
  hash: string;
  range: string | null;
}

export interface Throughput {
  ReadCapacityUnits: number;
  WriteCapacityUnits: number;
}

/** An item where it stands in a table or index: by its partition, then by its sort key. */
export interface Entry {
  /** Where the partition key's value hashes to. */
  hash: number;
  /** The partition key's value as text that sorts as it does. */
  partition: string;
  /** The same of the sort key; empty without one. */
  range: string;
  /** In an index several items have the same key: their keys in the table tell them apart. */
  tie: string;
  item: Item;
  /** Of the whole item in the table. */
  bytes: number;
}

export type Projection = { type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; attributes: string[] };

export interface Index {
  name: string;
  kind: 'global' | 'local';
  key: KeySchema;
  projection: Projection;
  throughput: Throughput | null;
  /** In order. Items without the index's key are not in it. */
  entries: Entry[];
}

/** Capacity saved up for bursts, as it was at a time. */
export interface Bucket {
  units: number;
  at: Ms;
}

export interface Table {
  arn: Arn;
  name: string;
  id: string;
  status: 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE';
  createdAt: Ms;
  key: KeySchema;
  /** Types of all attributes that are keys somewhere. */
  attributes: Record<string, KeyType>;
  billing: 'PROVISIONED' | 'PAY_PER_REQUEST';
  throughput: Throughput | null;
  /** Items in order. */
  entries: Entry[];
  bytes: number;
  indexes: Record<string, Index>;
  /** Of the stream that is written now. */
  streamArn: Arn | null;
  /** The latest stream, written or not. */
  latestStreamArn: Arn | null;
  timeToLive: string | null;
  isProtected: boolean;
  tableClass: string;
  sse: JsonObject | null;
  tags: Record<string, string>;
  policy: JsonObject | null;
  policyRevision: string | null;
  reads: Bucket;
  writes: Bucket;
}

export type StreamView = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export interface StreamRecord {
  sequenceNumber: string;
  at: Ms;
  bytes: number;
  /** As GetRecords gives it. */
  record: JsonObject;
}

/** Simplified: a stream has one shard as long as it is on; AWS has one for each partition of the table and closes it after some hours. */
export interface Stream {
  arn: Arn;
  label: string;
  tableArn: Arn;
  tableName: string;
  key: KeySchema;
  viewType: StreamView;
  createdAt: Ms;
  /** When it was switched off. */
  disabledAt: Ms | null;
  shardId: string;
  /** How many records it ever had. */
  written: number;
  /** Those of the last 24 hours, in order. */
  records: StreamRecord[];
}

export interface DynamoDbState {
  tables: Record<Arn, Table>;
  streams: Record<Arn, Stream>;
  /** Requests of TransactWriteItems by their tokens, for ten minutes. */
  tokens: Record<string, { request: string; at: Ms }>;
  /** How long a change of a table takes. */
  controlPlaneMs: Ms;
}

/** A stream keeps a record this long. LAM-INV-E table. */
export const STREAM_RETENTION_MS = 24 * 3_600_000;

/** Sequence numbers have the same length, so that they compare as text. */
export function sequenceNumber(count: number): string {
  return `1${String(count).padStart(23, '0')}`;
}
