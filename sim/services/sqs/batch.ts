// Batches: up to ten entries, each with its own success or failure.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html
import { type ApiCall, clientFault, type Fault } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';

type Refusal = { fault: Fault };

const ENTRIES_MAX = 10;

/** `shape`: how AWS calls an entry. `check`: what is to be said about all entries together. */
export function answerBatch(
  call: ApiCall,
  shape: string,
  perform: (entry: JsonObject) => { ok: JsonObject } | Refusal,
  check: (entries: JsonObject[]) => Refusal | null = () => null,
): { ok: JsonObject } | Refusal {
  const entries = (Array.isArray(call.input.Entries) ? call.input.Entries : []) as JsonObject[];
  const refusal = checkEntries(entries, shape) ?? check(entries);
  if (refusal) return refusal;
  const Successful: Json[] = [];
  const Failed: Json[] = [];
  for (const entry of entries) {
    const answer = perform(entry);
    const Id = entry.Id as string;
    if ('ok' in answer) Successful.push({ Id, ...answer.ok });
    else {
      const { code, message, side } = answer.fault;
      Failed.push({ Id, SenderFault: side === 'client', Code: code, Message: message });
    }
  }
  return { ok: { Successful, Failed } };
}

function checkEntries(entries: JsonObject[], shape: string): Refusal | null {
  const refuse = (name: string, message: string) => clientFault(`AWS.SimpleQueueService.${name}`, message);
  if (entries.length === 0) return refuse('EmptyBatchRequest', `There should be at least one ${shape} in the request.`);
  if (entries.length > ENTRIES_MAX) {
    return refuse(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${ENTRIES_MAX}. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<Json>();
  for (const { Id = null } of entries) {
    if (typeof Id !== 'string' || !/^[A-Za-z0-9_-]{1,80}$/.test(Id)) {
      return refuse(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (seen.has(Id)) return refuse('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    seen.add(Id);
  }
  return null;
}
