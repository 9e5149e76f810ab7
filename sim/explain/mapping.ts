// What an event source mapping did with messages of a queue: filtered, put off, given back; and a chain of calls that was cut.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
import type { Fact } from '../kernel/fact';
import type { FilterMiss } from '../services/lambda/filter-criteria/body-filter';
import type { BatchOutcome } from '../services/lambda/mappings/facts';
import { lastBefore } from './causes';
import type { Answer, Change, Explainer, Step } from './explanation';
import { clock, code, counted, errorLine, named, quoted, shorten, spell, textOf } from './names';
import { deniedBefore } from './retry';

/** Messages of one batch that are spelled out. */
const MESSAGES_MAX = 5;

/** Lambda deletes what no filter of the mapping passes. */
export const explainFilteredOut: Explainer = (_trace, fact): Answer => {
  const { messages } = fact.data as unknown as { messages: { messageId: string; misses: FilterMiss[] }[] };
  const fn = named(fact.data.functionArn);
  const steps = messages.slice(0, MESSAGES_MAX).flatMap(({ messageId, misses }): Step[] => [
    { verdict: 'fail', text: `No filter passes the message ${code(messageId.slice(0, 8))}.`, data: { messageId } },
    ...misses.map(
      (miss): Step => ({
        verdict: 'fail',
        text: missText(miss),
        data: { ...miss, seen: miss.seen ?? null, path: miss.path ?? null },
        depth: 1,
      }),
    ),
  ]);
  if (messages.length > MESSAGES_MAX)
    steps.push({ verdict: 'info', text: `${counted(messages.length - MESSAGES_MAX, 'more message')} did not pass either.`, data: {} });
  return {
    subject: 'filtered',
    title: `${counted(messages.length, 'message')} passed no filter of the mapping to ${fn}: Lambda deletes them from the queue.`,
    steps,
    change: [
      { text: 'Widen a pattern in the FilterCriteria of the mapping. What it leaves out is deleted, not kept for others.', data: {} },
    ],
  };
};

function missText({ pattern, reason, path, seen }: FilterMiss): string {
  const name = `The filter ${code(shorten(pattern, 120))}`;
  if (reason === 'body-is-not-json') return `${name} looks into the body, and the body is no JSON.`;
  if (reason === 'body-is-json') return `${name} wants a plain text as body, and the body is JSON.`;
  const where = path === undefined || path === '' ? 'the message' : code(path);
  return seen === undefined ? `${name}: the message has no ${where}.` : `${name}: ${where} is ${code(shorten(textOf(seen)))}.`;
}

/** Throttled: the batch waits in the mapping's hands. */
export const explainPutOff: Explainer = (trace, fact): Answer => {
  const { attempt, errorCode, errorMessage, waitMs, dueAt, visibleAt } = fact.data as unknown as {
    attempt: number;
    errorCode: string;
    errorMessage: string;
    waitMs: number;
    dueAt: number;
    visibleAt: number;
  };
  const fn = named(fact.data.functionArn);
  return {
    subject: 'retry',
    title: `The mapping could not invoke ${fn} and tries again in ${spell(waitMs)}.`,
    steps: [
      { verdict: 'info', text: 'The loop: an event source mapping with a batch in hand.', data: { loop: 'event-source-mapping' } },
      {
        verdict: 'fail',
        text: `Attempt ${attempt} was refused with ${code(errorCode)}: ${quoted(errorMessage)}`,
        data: { attempt, errorCode },
      },
      ...deniedBefore(trace, fact),
      { verdict: 'info', text: `It ends at ${clock(visibleAt)}, when the messages can be received again.`, data: { visibleAt } },
    ],
    next: { atMs: dueAt, text: `Attempt ${attempt + 1} at ${fn} with the same batch.` },
  };
};

const OUTCOMES: Record<Exclude<BatchOutcome, 'success'>, string> = {
  partial: 'the function reported some messages as failed',
  'function-error': 'the function failed, and so did every message of the batch',
  'bad-response': 'the answer is no list of batch item failures, so every message counts as failed',
  throttled: 'the function was throttled until the messages could be received again',
  recursion: 'the batch was part of a recursive loop that Lambda stopped',
  'not-invoked': 'the function could not be invoked',
};

export const explainBatchEnd: Explainer = (trace, fact): Answer | null => {
  const { outcome, reason, messageIds, failedIds, requestId } = fact.data as unknown as {
    outcome: BatchOutcome;
    reason: string | null;
    messageIds: string[];
    failedIds: string[];
    requestId: string | null;
  };
  if (outcome === 'success') return null;
  const why = OUTCOMES[outcome];
  const ended =
    requestId === null
      ? null
      : lastBefore(trace, fact.seq, ({ type, data }) => type === 'lambda:InvocationEnded' && data.requestId === requestId);
  const failed = failedIds.length;
  const steps: Step[] = [
    ...invocationStep(ended),
    ...deniedBefore(trace, fact),
    { verdict: 'fail', text: `${capital(why)}${reason ? `: ${quoted(reason)}` : '.'}`, data: { outcome, reason } },
    {
      verdict: 'pass',
      text: `Done with and deleted: ${messageIds.length - failed} of ${counted(messageIds.length, 'message')}.`,
      data: { succeeded: messageIds.length - failed },
    },
    {
      verdict: 'info',
      text: `Still in the queue: ${counted(failed, 'message')}, to come again when the visibility timeout is over.`,
      data: { failedIds },
    },
  ];
  const change: Change[] =
    outcome === 'function-error' && messageIds.length > 1
      ? [{ text: 'Report failed messages with ReportBatchItemFailures, so that the others need not come again.', data: {} }]
      : [];
  return {
    subject: outcome === 'throttled' ? 'throttle' : 'error',
    title: `A batch of ${counted(messageIds.length, 'message')} for ${named(fact.data.functionArn)} did not succeed: ${why}.`,
    steps,
    ...(change.length > 0 ? { change } : {}),
  };
};

function invocationStep(ended: Fact | null): Step[] {
  if (!ended || ended.data.status === 'success') return [];
  const text = `The invocation failed with ${code(shorten(errorLine(ended.data.error), 120))}.`;
  return [{ verdict: 'fail', text, data: { requestId: ended.data.requestId ?? null }, facts: [ended.seq] }];
}

/** The queue could not be read, or messages could not be deleted. */
export const explainPollFailure: Explainer = (trace, fact): Answer => {
  const { errorCode, errorMessage } = fact.data as unknown as { errorCode: string; errorMessage: string };
  const isDelete = fact.type === 'lambda:MessagesNotDeleted';
  const fn = named(fact.data.functionArn);
  return {
    subject: 'error',
    title: isDelete
      ? `Messages that ${fn} has dealt with could not be deleted: they come a second time.`
      : `The mapping to ${fn} cannot read its queue.`,
    steps: [
      { verdict: 'fail', text: `The queue answered ${code(errorCode)}: ${quoted(errorMessage)}`, data: { errorCode, errorMessage } },
      ...deniedBefore(trace, fact),
    ],
    change: [
      { text: `Allow the execution role of ${fn} to receive from the queue, to delete from it, and to read its attributes.`, data: {} },
    ],
  };
};

/** Lambda cuts a chain of calls that comes back to the same function again and again. */
export const explainRecursion: Explainer = (_trace, fact): Answer => {
  const { times, limit } = fact.data as unknown as { times: number; limit: number };
  const fn = named(fact.resource);
  return {
    subject: 'drop',
    title: `Lambda did not run ${fn}: it had run ${counted(times, 'time')} in one chain of requests.`,
    steps: [
      {
        verdict: 'fail',
        text: `Recursive loop detection stops a function after about ${limit} invocations that led to each other.`,
        data: { times, limit },
      },
      { verdict: 'info', text: 'The trace header that SQS, SNS and Lambda pass on counts them.', data: {} },
    ],
    change: [
      { text: `Let ${fn} send to another queue or topic than the one that invokes it.`, data: {} },
      { text: 'If the loop is meant, set RecursiveLoop to `Allow`.', data: { recursiveLoop: 'Allow' } },
    ],
  };
};

/** What a caller of a function URL got instead of the handler's answer. */
export const explainUrlAnswer: Explainer = (trace, fact): Answer | null => {
  const { status, why } = fact.data as unknown as { status: number; why: { reason: string; missing?: string[] } };
  const fn = named(fact.resource);
  const missing = why.missing ?? [];
  const text = URL_REASONS[why.reason];
  if (!text) return null;
  return {
    subject: why.reason === 'forbidden' ? 'denial' : why.reason === 'throttled' ? 'throttle' : 'error',
    title: `The function URL of ${fn} answered ${status}: ${text}.`,
    steps: [
      ...missing.map(
        (action): Step => ({
          verdict: 'fail',
          text: `Function policy: nothing in it allows everybody ${code(action)} through the URL.`,
          data: { action },
        }),
      ),
      ...deniedBefore(trace, fact),
    ],
    ...(missing.length > 0
      ? {
          change: missing.map((action) => ({
            text: `Add a statement that allows ${code(action)} (${code('AddPermission')}).`,
            data: { action },
          })),
        }
      : {}),
  };
};

const URL_REASONS: Record<string, string> = {
  'function-error': 'the function failed',
  'malformed-response': 'the function’s answer is no HTTP response',
  throttled: 'the function was throttled',
  refused: 'Lambda refused the invocation',
  forbidden: 'the function’s policy does not allow it',
};

/** A queue that took a request for one too many. */
export const explainQueueThrottle: Explainer = (_trace, fact: Fact): Answer => {
  const { action, scope, perSecond } = fact.data as unknown as { action: string; scope: string; perSecond: number };
  const queue = named(fact.resource);
  return {
    subject: 'throttle',
    title: `${queue} refused ${code(action)}: a FIFO queue takes ${perSecond} requests a second${scope ? `, here for ${code(scope)}` : ''}.`,
    steps: [{ verdict: 'fail', text: `${perSecond} of ${perSecond} requests were made within a second.`, data: { scope, perSecond } }],
    change: [{ text: 'Send in batches of ten, or switch on high throughput, which counts by message group.', data: {} }],
  };
};

/** A key that an encrypted queue could not use for its caller. */
export const explainKeyRefusal: Explainer = (trace, fact): Answer => {
  const { operation, principal, keyArn, message } = fact.data as unknown as {
    operation: string;
    principal: string;
    keyArn: string | null;
    message: string;
  };
  return {
    subject: 'denial',
    title: `${named(fact.resource)} is encrypted, and ${named(principal)} may not use ${code(operation)} on its key${keyArn ? ` ${named(keyArn)}` : ''}.`,
    steps: [{ verdict: 'fail', text: `KMS answered: ${quoted(message, 240)}`, data: { operation, keyArn } }, ...deniedBefore(trace, fact)],
    change: [
      {
        text: `Allow ${code(operation)} to ${named(principal)} in the policy of the key. A key that AWS manages cannot be changed: use one of your own.`,
        data: { keyArn, principal },
      },
    ],
  };
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
