// The facts of event source mappings. Their resource is the mapping's ARN; those about messages name the function too.
import type { Arn } from '../../../kernel/arn';
import type { Ms } from '../../../kernel/time';
import type { FilterMiss } from '../filter-criteria/body-filter';
import type { MappingConfiguration, MappingStatus } from './mapping';

/** How a batch ended. All but `success` and `partial` leave every message to its visibility timeout. */
export type BatchOutcome =
  | 'success'
  /** Some messages were reported as failed. */
  | 'partial'
  | 'function-error'
  /** ReportBatchItemFailures is on and the answer is none that Lambda understands. */
  | 'bad-response'
  /** Throttled until the messages became visible again. */
  | 'throttled'
  /** Stopped as part of a recursive loop. */
  | 'recursion'
  /** The function could not be invoked: it is gone, or may not be. */
  | 'not-invoked';

export interface MappingFacts {
  'lambda:EventSourceMappingCreated': MappingConfiguration & { isEnabled: boolean };
  'lambda:EventSourceMappingUpdated': { status: MappingStatus };
  /** The change is in force: the configuration, and whether the mapping polls. */
  'lambda:EventSourceMappingSettled': { status: MappingStatus; configuration: MappingConfiguration };
  'lambda:EventSourceMappingTagsSet': { tags: Record<string, string> };
  'lambda:EventSourceMappingDeleted': { uuid: string };
  /** The queue could not be read. Told once for each reason. */
  'lambda:EventSourcePollFailed': { operation: string; errorCode: string; errorMessage: string; functionArn: Arn };
  'lambda:EventSourcePollRecovered': { functionArn: Arn };
  /** Messages that no filter passes: Lambda deletes them from the queue. */
  'lambda:EventsFilteredOut': { functionArn: Arn; messages: { messageId: string; misses: FilterMiss[] }[] };
  /** `polls`: the mapping goes on receiving beside this batch. */
  'lambda:BatchStarted': { functionArn: Arn; batchId: string; messageIds: string[]; bytes: number; polls: boolean };
  /** A limit stood in the way; the batch stays in hand until its messages become visible. */
  'lambda:BatchPutOff': {
    functionArn: Arn;
    batchId: string;
    attempt: number;
    errorCode: string;
    errorMessage: string;
    waitMs: Ms;
    dueAt: Ms;
    visibleAt: Ms;
    concurrencyLimit: number;
  };
  'lambda:BatchEnded': {
    functionArn: Arn;
    batchId: string;
    requestId: string | null;
    outcome: BatchOutcome;
    /** Why, when it did not succeed. */
    reason: string | null;
    messageIds: string[];
    failedIds: string[];
    concurrencyLimit: number;
    polls: boolean;
  };
  /** How many batches may run at a time has changed. */
  'lambda:EventSourceMappingScaled': { from: number; to: number; reason: 'backlog' | 'empty'; polls: boolean };
  /** Messages that were done with, or filtered out, left the queue. */
  'lambda:MessagesDeleted': { functionArn: Arn; count: number; filtered: boolean };
  /** They become visible again and come a second time. */
  'lambda:MessagesNotDeleted': { functionArn: Arn; messageIds: string[]; errorCode: string; errorMessage: string };
}
