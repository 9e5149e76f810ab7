// Done messages leave the queue: in tens, as the execution role. LAM-INV-X22: the function's code must not do it.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html
import type { ApiCall, Reply } from '../../../kernel/call';
import type { Json, JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import { emitLambda } from '../facts';
import type { LambdaState } from '../state';
import { codeOfTarget } from './function-target';
import type { Mapping } from './mapping';
import { askQueue, replyIn } from './queue-call';

const ENTRIES_MAX = 10;

export interface Handled {
  messageId: string;
  receiptHandle: string;
}

export function deleteMessages(
  state: Readonly<LambdaState>,
  { arn, functionArn, eventSourceArn }: Pick<Mapping, 'arn' | 'functionArn' | 'eventSourceArn'>,
  messages: readonly Handled[],
  filtered: boolean,
  port: Port,
): void {
  const fn = codeOfTarget(state, functionArn);
  for (let from = 0; fn && from < messages.length; from += ENTRIES_MAX) {
    const chunk = messages.slice(from, from + ENTRIES_MAX);
    const Entries = chunk.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
    const about = { messageIds: chunk.map(({ messageId }) => messageId), functionArn, filtered } as unknown as JsonObject;
    const replyTo = { to: 'call', action: 'lambda:EndDelete', resource: arn, input: about } as const;
    askQueue(fn, eventSourceArn, 'DeleteMessageBatch', { Entries: Entries as unknown as Json }, replyTo, port);
  }
}

interface Failed {
  Id: string;
  Code: string;
  Message?: string;
}

export function endDelete(call: ApiCall, port: Port): Reply {
  const { messageIds, functionArn, filtered } = call.input as unknown as { messageIds: string[]; functionArn: string; filtered: boolean };
  const { ok, fault } = replyIn(call.input);
  if (fault) {
    const { code: errorCode, message: errorMessage } = fault;
    emitLambda(port, 'lambda:MessagesNotDeleted', call.resource, { functionArn, messageIds, errorCode, errorMessage });
    return { ok: {} };
  }
  const failed = ((ok?.Failed ?? []) as unknown as Failed[]).map((entry) => ({ ...entry, messageId: messageIds[Number(entry.Id)] ?? '' }));
  const count = messageIds.length - failed.length;
  if (count > 0) emitLambda(port, 'lambda:MessagesDeleted', call.resource, { functionArn, count, filtered });
  for (const { messageId, Code: errorCode, Message: errorMessage = '' } of failed) {
    emitLambda(port, 'lambda:MessagesNotDeleted', call.resource, { functionArn, messageIds: [messageId], errorCode, errorMessage });
  }
  return { ok: {} };
}
