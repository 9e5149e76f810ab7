// ReportBatchItemFailures: which messages of a batch the function says have failed. LAM-INV-X23.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
import type { Json } from '../../../kernel/json';

/** `bad`: the answer is none, so the whole batch counts as failed; the text says why. */
export type ItemFailures = { failedIds: Set<string> } | { bad: string };

/** `payload`: what the handler returned, as JSON text. */
export function failuresIn(payload: string, messageIds: readonly string[]): ItemFailures {
  let answer: Json;
  try {
    answer = payload === '' ? null : (JSON.parse(payload) as Json);
  } catch {
    return { bad: 'The response is not JSON.' };
  }
  if (answer === null) return { failedIds: new Set() };
  if (typeof answer !== 'object' || Array.isArray(answer)) return { bad: 'The response is not a JSON object.' };
  const items = answer.batchItemFailures ?? null;
  if (items === null) return { failedIds: new Set() };
  if (!Array.isArray(items)) return { bad: 'batchItemFailures is not an array.' };
  const known = new Set(messageIds);
  const failedIds = new Set<string>();
  for (const item of items) {
    if (typeof item !== 'object' || item === null || Array.isArray(item) || !Object.hasOwn(item, 'itemIdentifier')) {
      return { bad: 'A member of batchItemFailures has no itemIdentifier.' };
    }
    const id = item.itemIdentifier;
    if (typeof id !== 'string' || id === '') return { bad: `An itemIdentifier is ${id === '' ? 'empty' : String(id)}.` };
    if (!known.has(id)) return { bad: `The itemIdentifier ${id} is no message of this batch.` };
    failedIds.add(id);
  }
  return { failedIds };
}
