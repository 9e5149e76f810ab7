// What waits to be tried again: which loop, which attempt, why, when next, and when it ends.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
import type { Fact } from '../kernel/fact';
import type { JsonObject } from '../kernel/json';
import { causedBy, lastBefore } from './causes';
import { ordinal } from './describe';
import type { Answer, Change, Explainer, Step } from './explanation';
import { clock, code, counted, errorLine, named, quoted, shorten, spell, subscriptionName, textOf } from './names';

/** Lambda's own queue of asynchronous events. */
export const explainLambdaRetry: Explainer = (trace, fact): Answer => {
  const { requestId, attempt, waitMs, dueAt, reason } = fact.data as unknown as {
    requestId: string;
    attempt: number;
    waitMs: number;
    dueAt: number;
    reason: string;
  };
  const fn = named(fact.resource);
  const queued = lastBefore(trace, fact.seq, ({ type, data }) => type === 'lambda:EventQueued' && data.requestId === requestId);
  const retriesMax = Number(queued?.data.maximumRetryAttempts ?? 2);
  const next = { atMs: dueAt, text: `Attempt ${attempt} at ${fn}.` };
  if (reason === 'received') {
    const text = `Lambda has the event in its own queue and hands it to ${fn} as soon as it can.`;
    return { subject: 'waiting', title: text, steps: whenItEnds(queued, retriesMax), next };
  }
  const before = lastBefore(trace, fact.seq, ({ type, data }) => data.requestId === requestId && BEFORE_RETRY.test(type));
  const isSystemError = reason === 'system-error';
  const why = isSystemError ? 'Lambda itself had an error' : before ? whyLambda(before) : 'the attempt before failed';
  // An error of Lambda's own waits as a throttle does.
  const isThrottle = reason === 'throttle' || isSystemError;
  const steps: Step[] = [
    {
      verdict: 'info',
      text: 'The loop: Lambda’s own queue for asynchronous events. The caller is long gone.',
      data: { loop: 'lambda-async' },
    },
    {
      verdict: 'fail',
      text: `${capital(why)}.`,
      data: { attempt: isThrottle ? attempt : attempt - 1, reason },
      ...(before ? { facts: [before.seq] } : {}),
    },
    {
      verdict: 'info',
      text: isThrottle
        ? `After ${isSystemError ? 'an error of its own' : 'a throttle'} the wait doubles, from 1 second up to 5 minutes. It is no failed attempt.`
        : `After a failed attempt Lambda waits 1 minute, then 2. This is retry ${attempt - 1} of ${retriesMax}.`,
      data: { attempt, waitMs, retriesMax },
    },
    ...whenItEnds(queued, retriesMax),
  ];
  return { subject: 'retry', title: `Lambda tries ${fn} again in ${spell(waitMs)}, because ${why}.`, steps, next };
};

const BEFORE_RETRY = /^lambda:(InvocationEnded|InvocationThrottled)$/;

function whyLambda({ type, data }: Fact): string {
  if (type === 'lambda:InvocationThrottled') return `it was throttled (${code(textOf(data.reason))})`;
  if (data.status === 'timeout') return `attempt ${data.attempt} timed out`;
  if (data.status === 'out-of-memory') return `attempt ${data.attempt} ran out of memory`;
  return `attempt ${data.attempt} failed with ${code(shorten(errorLine(data.error), 120))}`;
}

function whenItEnds(queued: Fact | null, retriesMax: number): Step[] {
  if (!queued) return [];
  const ageMax = Number(queued.data.maximumEventAgeMs);
  const endsAt = queued.at + ageMax;
  const text = `It ends when ${counted(retriesMax + 1, 'attempt')} failed, or at ${clock(endsAt)}, when the event is ${spell(ageMax)} old.`;
  return [{ verdict: 'info', text, data: { attemptsMax: retriesMax + 1, endsAt, maximumEventAgeMs: ageMax }, facts: [queued.seq] }];
}

const PHASES: Record<string, string> = {
  immediate: 'Immediate retries come without a wait.',
  'pre-backoff': 'Before it backs off, SNS tries some times at the shortest wait.',
  backoff: 'SNS backs off: each wait is longer than the one before.',
  'post-backoff': 'After backing off, SNS goes on at the longest wait until it has no attempts left.',
};

/** SNS's four phases for one kind of endpoint. */
export const explainSnsRetry: Explainer = (trace, fact): Answer => {
  const { deliveryId, attempt, phase, waitMs, dueAt } = fact.data as unknown as {
    deliveryId: string;
    attempt: number;
    phase: string;
    waitMs: number;
    dueAt: number;
  };
  const where = subscriptionName(trace, fact.data.subscriptionArn);
  const attempted = lastBefore(trace, fact.seq, ({ type, data }) => type === 'sns:DeliveryAttempted' && data.deliveryId === deliveryId);
  const steps: Step[] = [
    { verdict: 'info', text: `The loop: the delivery of one message to ${where}.`, data: { loop: 'sns-delivery' } },
    ...(attempted ? [failedAttempt(attempted)] : []),
    { verdict: 'info', text: `Phase ${code(phase)}. ${PHASES[phase] ?? ''}`.trim(), data: { phase, waitMs } },
  ];
  if (attempted) {
    const max = Number(attempted.data.attemptsMax);
    steps.push({
      verdict: 'info',
      text: `This is attempt ${attempt.toLocaleString('en-US')} of ${max.toLocaleString('en-US')}.`,
      data: { attempt, attemptsMax: max },
    });
  }
  return {
    subject: 'retry',
    title: `SNS tries to reach ${where} again ${waitMs === 0 ? 'at once' : `in ${spell(waitMs)}`}.`,
    steps,
    next: { atMs: dueAt, text: `Attempt ${attempt} to reach ${where}.` },
  };
};

function failedAttempt({ seq, data }: Fact): Step {
  const error = data.error as { code?: string; message?: string };
  const what =
    data.isRetryable === true ? 'The endpoint is at fault, so SNS tries again' : 'The sender is at fault, so SNS does not try again';
  const text = `Attempt ${data.attempt} failed with ${code(`${error.code}`)}: ${quoted(error.message)} ${what}.`;
  return { verdict: 'fail', text, data: { attempt: data.attempt ?? 0, error: error as JsonObject }, facts: [seq] };
}

export const explainSnsAttempt: Explainer = (trace, fact): Answer => {
  const where = subscriptionName(trace, fact.data.subscriptionArn);
  return {
    subject: 'error',
    title: `Attempt ${fact.data.attempt} to reach ${where} failed.`,
    steps: [failedAttempt(fact), ...deniedBefore(trace, fact)],
  };
};

/** A rule's target. */
export const explainEventsRetry: Explainer = (trace, fact): Answer => {
  const { errorCode, errorMessage, retry, retriesMax, ageMs, ageMaxMs, waitMs, dueAt } = fact.data as unknown as Record<string, number> & {
    errorCode: string;
    errorMessage: string;
  };
  const target = named(fact.data.targetArn);
  const steps: Step[] = [
    { verdict: 'info', text: `The loop: one event for one target of the rule ${named(fact.resource)}.`, data: { loop: 'events-target' } },
    { verdict: 'fail', text: `${target} answered ${code(errorCode)}: ${quoted(errorMessage)}`, data: { errorCode, errorMessage } },
    ...deniedBefore(trace, fact),
    {
      verdict: 'info',
      text: `This is retry ${retry} of ${retriesMax}; the wait doubles up to 10 minutes.`,
      data: { retry: retry ?? 0, retriesMax: retriesMax ?? 0, waitMs: waitMs ?? 0 },
    },
    {
      verdict: 'info',
      text: `The event is ${spell(ageMs ?? 0)} old; EventBridge gives it up when it is ${spell(ageMaxMs ?? 0)} old.`,
      data: { ageMs: ageMs ?? 0, ageMaxMs: ageMaxMs ?? 0 },
    },
  ];
  return {
    subject: 'retry',
    title: `EventBridge tries ${target} again in ${spell(waitMs ?? 0)}.`,
    steps,
    next: { atMs: dueAt ?? fact.at, text: `Retry ${retry} at ${target}.` },
  };
};

/** A message in flight: it comes back by itself unless it is deleted. */
export const explainReceive: Explainer = (trace, fact): Answer => {
  const { messageId, receiveCount, visibleAt } = fact.data as unknown as { messageId: string; receiveCount: number; visibleAt: number };
  const queue = named(fact.resource);
  const max = maxReceiveCount(trace, fact);
  const steps: Step[] = [
    { verdict: 'info', text: `It was received for the ${ordinal(receiveCount)} time.`, data: { messageId, receiveCount } },
  ];
  const change: Change[] = [
    { text: `Delete the message before ${clock(visibleAt)}, or extend its visibility timeout.`, data: { visibleAt } },
  ];
  if (max) {
    const left = max.count - receiveCount;
    const text =
      left > 0
        ? `After ${counted(left, 'more receive')} it moves to ${named(max.deadLetterArn)}, whose queue asks for more than ${max.count}.`
        : `This was the last receive that ${code('maxReceiveCount')} allows: the next one finds it moved to ${named(max.deadLetterArn)}.`;
    steps.push({ verdict: 'info', text, data: { maxReceiveCount: max.count, deadLetterArn: max.deadLetterArn }, facts: [max.seq] });
  }
  return {
    subject: 'waiting',
    title: `A message of ${queue} is in flight: nobody else receives it before ${clock(visibleAt)}.`,
    steps,
    change,
    next: { atMs: visibleAt, text: `The message can be received again, unless it was deleted.` },
  };
};

export function maxReceiveCount(trace: readonly Fact[], fact: Fact): { count: number; deadLetterArn: string; seq: number } | null {
  const set = lastBefore(
    trace,
    fact.seq,
    ({ type, resource }) => resource === fact.resource && /^sqs:Queue(Created|AttributesSet)$/.test(type),
  );
  const settings = set?.data.settings as { redrive?: { maxReceiveCount: number; deadLetterTargetArn: string } | null } | undefined;
  return set && settings?.redrive
    ? { count: settings.redrive.maxReceiveCount, deadLetterArn: settings.redrive.deadLetterTargetArn, seq: set.seq }
    : null;
}

/** The denial behind an error, when there is one among its causes. */
export function deniedBefore(trace: readonly Fact[], fact: Fact): Step[] {
  const denied = causedBy(trace, fact, ({ type }) => type === 'iam:AccessDenied' || type === 'fis:ApiErrorInjected');
  if (!denied) return [];
  const text =
    denied.type === 'iam:AccessDenied'
      ? `IAM refused it: ${named((denied.data.principal as { id?: string })?.id)} may not ${code(textOf(denied.data.action))} on ${named(denied.data.resource)}.`
      : `The failure was injected on purpose, for ${code(textOf(denied.data.action))}.`;
  return [{ verdict: 'fail', text, data: { type: denied.type }, facts: [denied.seq], depth: 1 }];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
