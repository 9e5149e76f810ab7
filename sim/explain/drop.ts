// What is gone: given up without a place to keep it, expired, purged, or left out as a duplicate.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
import type { Fact } from '../kernel/fact';
import { causedBy, lastBefore } from './causes';
import { lastErrorOf } from './dead-letter';
import type { Answer, Change, Explainer, Step } from './explanation';
import { clock, code, counted, endpointName, named, shorten, spell, textOf } from './names';
import { deniedBefore } from './retry';

const CONDITIONS: Record<string, (attempts: number) => string> = {
  RetriesExhausted: (attempts) => (attempts === 1 ? 'the only attempt failed' : `all ${attempts} attempts failed`),
  EventAgeExceeded: () => 'the event is older than its maximum age would be at the next attempt',
  ResourceNotFound: () => 'the function, or the version that it was meant for, is gone',
  ZeroReservedConcurrency: () => 'the reserved concurrency of the function is 0, which stops it',
};

/** Lambda gave up an asynchronous event. */
export const explainDiscard: Explainer = (trace, fact): Answer => {
  const { condition, attempts, deadLetterArn, requestId } = fact.data as unknown as {
    condition: string;
    attempts: number;
    deadLetterArn: string | null;
    requestId: string;
  };
  const fn = named(fact.resource);
  const why = CONDITIONS[condition]?.(attempts) ?? code(condition);
  const queued = lastBefore(trace, fact.seq, ({ type, data }) => type === 'lambda:EventQueued' && data.requestId === requestId);
  const destination = destinationOf(trace, fact);
  const steps: Step[] = [{ verdict: 'fail', text: `${capital(why)}.`, data: { condition, attempts } }];
  const last = lastErrorOf(trace, fact);
  if (last) steps.unshift(last);
  if (queued) {
    steps.push({
      verdict: 'info',
      text: `The event was accepted ${spell(fact.at - queued.at)} before, with at most ${counted(Number(queued.data.maximumRetryAttempts), 'retry').replace(/retrys$/, 'retries')} and a maximum age of ${spell(Number(queued.data.maximumEventAgeMs))}.`,
      data: { queuedAt: queued.at },
      facts: [queued.seq],
    });
  }
  const isKept = deadLetterArn !== null || destination !== null;
  steps.push(
    isKept
      ? {
          verdict: 'pass',
          text: `It goes to ${[deadLetterArn, destination]
            .filter((arn) => arn !== null)
            .map((arn) => named(arn))
            .join(' and ')}.`,
          data: { deadLetterArn, destination },
        }
      : {
          verdict: 'fail',
          text: 'There is neither a dead-letter queue nor a failure destination: nobody is told.',
          data: { deadLetterArn, destination },
        },
  );
  const change: Change[] = isKept
    ? []
    : [{ text: `Give ${fn} a destination for failures or a dead-letter queue.`, data: { functionArn: fact.resource } }];
  return {
    subject: isKept ? 'dead-letter' : 'drop',
    title: `Lambda gave up the event for ${fn}: ${why}.${isKept ? '' : ' It is gone.'}`,
    steps,
    ...(change.length > 0 ? { change } : {}),
  };
};

function destinationOf(trace: readonly Fact[], fact: Fact): string | null {
  const put = lastBefore(
    trace,
    fact.seq,
    ({ type, resource }) => resource === fact.resource && /^lambda:EventInvokeConfig(Put|Deleted)$/.test(type),
  );
  const arn = put?.data.onFailureArn;
  return typeof arn === 'string' ? arn : null;
}

/** SNS gave up a delivery. */
export const explainDeliveryFailed: Explainer = (trace, fact): Answer => {
  const { reason, attempts, deadLetterArn, dwellTimeMs } = fact.data as unknown as {
    reason: string;
    attempts: number;
    deadLetterArn: string | null;
    dwellTimeMs: number;
  };
  const where = endpointName(textOf(fact.data.protocol), textOf(fact.data.endpoint));
  const why =
    reason === 'ClientError'
      ? 'the error is one that SNS does not try again'
      : `all ${attempts.toLocaleString('en-US')} attempts failed, over ${spell(dwellTimeMs)}`;
  const last = lastErrorOf(trace, fact);
  const steps: Step[] = [
    ...(last ? [last] : []),
    ...deniedBefore(trace, fact),
    { verdict: 'fail', text: `${capital(why)}.`, data: { reason, attempts } },
    keptStep(deadLetterArn, 'The subscription has no redrive policy'),
  ];
  return {
    subject: deadLetterArn ? 'dead-letter' : 'drop',
    title: `SNS gave up the delivery to ${where}: ${why}.`,
    steps,
    ...(deadLetterArn
      ? {}
      : {
          change: [
            {
              text: 'Give the subscription a RedrivePolicy with a dead-letter queue.',
              data: { subscriptionArn: fact.data.subscriptionArn ?? '' },
            },
          ],
        }),
  };
};

function keptStep(deadLetterArn: string | null, without: string): Step {
  return deadLetterArn
    ? { verdict: 'pass', text: `It goes to the dead-letter queue ${named(deadLetterArn)}.`, data: { deadLetterArn } }
    : { verdict: 'fail', text: `${without}: it is gone.`, data: { deadLetterArn } };
}

const EXHAUSTED: Record<string, string> = {
  MaximumRetryAttempts: 'all retries failed',
  MaximumEventAgeInSeconds: 'the event would be too old at the next try',
};

/** EB-X17. */
const NOT_TRIED_AGAIN: Record<string, string> = {
  NO_PERMISSIONS: 'it may not call the target, and a missing permission is not tried again',
  NO_RESOURCE: 'the target is not there, and a missing target is not tried again',
  FAILED_TO_ASSUME_ROLE: "it could not take on the target's role, and that is not tried again",
};

/** EventBridge gave up a delivery to a target. */
export const explainTargetFailed: Explainer = (trace, fact): Answer => {
  const { exhausted, attempts, deadLetterArn } = fact.data as unknown as {
    exhausted: string | null;
    attempts: number;
    deadLetterArn: string | null;
  };
  const target = named(fact.data.targetArn);
  const why =
    exhausted === null
      ? (NOT_TRIED_AGAIN[textOf(fact.data.errorCode)] ?? 'the error is one that EventBridge does not try again')
      : (EXHAUSTED[exhausted] ?? code(exhausted));
  const last = lastErrorOf(trace, fact);
  const steps: Step[] = [
    ...(last ? [last] : []),
    ...deniedBefore(trace, fact),
    {
      verdict: 'fail',
      text: `${capital(why)}, after ${counted(attempts, 'try').replace(/trys$/, 'tries')}.`,
      data: { exhausted, attempts },
    },
    keptStep(deadLetterArn, 'The target has no dead-letter queue'),
  ];
  return {
    subject: deadLetterArn ? 'dead-letter' : 'drop',
    title: `EventBridge gave up ${target}: ${why}.`,
    steps,
    ...(deadLetterArn ? {} : { change: [{ text: 'Give the target a DeadLetterConfig.', data: { targetArn: fact.data.targetArn ?? '' } }] }),
  };
};

/** The end of what nobody keeps, and of what the keeper did not take. */
export const explainLoss: Explainer = (trace, fact): Answer => {
  const reason = textOf(fact.data.reason);
  const keeper = fact.data.deadLetterArn ?? fact.data.destinationArn;
  const steps: Step[] = [];
  const last = lastErrorOf(trace, fact);
  if (last) steps.push(last);
  steps.push(...deniedBefore(trace, fact));
  const gaveUp = causedBy(trace, fact, ({ type }) => /^(lambda:EventDiscarded|sns:DeliveryFailed|events:TargetFailed)$/.test(type));
  if (gaveUp)
    steps.push({ verdict: 'fail', text: 'The delivery had been given up before.', data: { type: gaveUp.type }, facts: [gaveUp.seq] });
  const title =
    typeof keeper === 'string' && keeper !== ''
      ? `${named(keeper)} did not take what was given up, so it is gone.`
      : (LOSSES[reason] ?? 'It was given up, and there is nowhere to keep it: it is gone.');
  return { subject: 'drop', title, steps };
};

const LOSSES: Record<string, string> = {
  'no-dead-letter-queue': 'The target has no dead-letter queue: the event is gone.',
  RetriesExhausted: 'All attempts failed, and the subscription has no dead-letter queue: the message is gone.',
  ClientError: 'The endpoint refused the message, and the subscription has no dead-letter queue: the message is gone.',
  SubscriptionDeleted: 'The subscription was deleted while the message was on its way: the message is gone.',
  TopicDeleted: 'The topic was deleted while the message was on its way: the message is gone.',
  OptedOut: 'The phone has opted out of messages: SNS does not send it.',
};

/** A queue's message at the end of its retention. */
export const explainExpiry: Explainer = (trace, fact): Answer => {
  const { sentAt, receiveCount } = fact.data as unknown as { sentAt: number; receiveCount: number };
  const queue = named(fact.resource);
  const settings = lastBefore(
    trace,
    fact.seq,
    ({ type, resource }) => resource === fact.resource && /^sqs:Queue(Created|AttributesSet)$/.test(type),
  );
  const age = spell(fact.at - sentAt);
  const steps: Step[] = [
    { verdict: 'info', text: `It was sent at ${clock(sentAt)}, ${age} ago.`, data: { sentAt } },
    {
      verdict: 'fail',
      text: receiveCount === 0 ? 'Nobody ever received it.' : `It was received ${counted(receiveCount, 'time')} and never deleted.`,
      data: { receiveCount },
    },
    {
      verdict: 'fail',
      text: `The retention of ${queue} is ${age}.`,
      data: { retentionMs: fact.at - sentAt },
      ...(settings ? { facts: [settings.seq] } : {}),
    },
  ];
  return {
    subject: 'drop',
    title: `A message of ${queue} is gone: it stayed there longer than the queue keeps messages.`,
    steps,
    change: [
      { text: `Let somebody consume ${queue}, or raise its MessageRetentionPeriod, at most 14 days.`, data: { queueArn: fact.resource } },
    ],
  };
};

/** A FIFO topic or queue that saw the deduplication id within five minutes. */
export const explainDuplicate: Explainer = (_trace, fact): Answer => {
  const { deduplicationId, messageId } = fact.data as unknown as { deduplicationId: string; messageId: string };
  const since = typeof fact.data.sinceMs === 'number' ? fact.data.sinceMs : fact.at - Number(fact.data.firstSentAt);
  return {
    subject: 'drop',
    title: `${named(fact.resource)} took the message for one that it has already, and left it out. The sender is told the first one's id.`,
    steps: [
      {
        verdict: 'fail',
        text: `The deduplication id ${code(shorten(deduplicationId))} was seen ${spell(since)} before, within the 5 minutes for which ids are remembered.`,
        data: { deduplicationId, messageId, sinceMs: since },
      },
    ],
    change: [{ text: 'Send it with another deduplication id, or 5 minutes later.', data: { deduplicationId } }],
  };
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
