// What was given up and is kept: how it came to a dead-letter queue or a failure destination.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
import type { Fact } from '../kernel/fact';
import { allBefore, firstAfter, lastBefore } from './causes';
import { describeFact, ordinal } from './describe';
import type { Answer, Explainer, Step } from './explanation';
import { clock, code, counted, errorLine, named, quoted, shorten, textOf } from './names';
import { deniedBefore, maxReceiveCount } from './retry';

/** A queue gives a message up when it was received too often. */
export const explainQueueDeadLetter: Explainer = (trace, fact): Answer => {
  const {
    messageId,
    deadLetterArn,
    receiveCount,
    maxReceiveCount: max,
  } = fact.data as unknown as {
    messageId: string;
    deadLetterArn: string;
    receiveCount: number;
    maxReceiveCount: number;
  };
  const queue = named(fact.resource);
  const received = allBefore(
    trace,
    fact.seq,
    ({ type, resource, data }) => type === 'sqs:MessageReceived' && resource === fact.resource && data.messageId === messageId,
  );
  const steps = received.slice(-STEPS_MAX).map((receive): Step => {
    const what = outcomeOf(trace, receive, fact.seq);
    return {
      verdict: 'fail',
      text: `The ${ordinal(Number(receive.data.receiveCount))} receive, at ${clock(receive.at)}, did not end in a delete${what ? `: ${what.text}` : '.'}`,
      data: { receiveCount: receive.data.receiveCount ?? 0, at: receive.at },
      facts: [receive.seq, ...(what ? [what.seq] : [])],
    };
  });
  const redrive = maxReceiveCount(trace, fact);
  steps.push({
    verdict: 'fail',
    text: `${code('maxReceiveCount')} of ${queue} is ${max}, and the message was received ${counted(receiveCount, 'time')}: the next receive moves it.`,
    data: { receiveCount, maxReceiveCount: max },
    ...(redrive ? { facts: [redrive.seq] } : {}),
  });
  return {
    subject: 'dead-letter',
    title: `A message of ${queue} was received ${counted(receiveCount, 'time')} and never deleted, so it moved to ${named(deadLetterArn)}.`,
    steps,
    change: [{ text: 'Whoever receives it has to delete it within its visibility timeout.', data: { messageId } }],
  };
};

const STEPS_MAX = 10;

/** The failed invocation between this receive and the next. */
function outcomeOf(trace: readonly Fact[], receive: Fact, before: number): { seq: number; text: string } | null {
  const failed = firstAfter(
    trace,
    receive.seq,
    ({ type, data }) =>
      type === 'lambda:InvocationEnded' &&
      data.status !== 'success' &&
      textOf(startOf(trace, data)).includes(textOf(receive.data.messageId)),
  );
  if (!failed || failed.seq >= before) return null;
  return { seq: failed.seq, text: `${named(failed.resource)} failed with ${code(shorten(errorLine(failed.data.error), 120))}.` };
}

function startOf(trace: readonly Fact[], data: Fact['data']): string {
  const started = trace.find((fact) => fact.type === 'lambda:InvocationStarted' && fact.data.requestId === data.requestId);
  return textOf(started?.data.payload);
}

/** Lambda's queue, SNS and EventBridge hand over what they gave up. */
export const explainDeadLetter: Explainer = (trace, fact): Answer => {
  const target = named(fact.data.deadLetterArn ?? fact.data.destinationArn);
  const given = givenUpBefore(trace, fact);
  const condition = textOf(fact.data.condition);
  if (condition === 'Success') {
    return { subject: 'event', title: `The function succeeded, and ${target} has the record of it.`, steps: [] };
  }
  const steps: Step[] = given
    ? [{ verdict: 'fail', text: describeFact(trace, given), data: { type: given.type }, facts: [given.seq] }, ...deniedBefore(trace, given)]
    : [];
  const last = lastErrorOf(trace, given ?? fact);
  if (last) steps.unshift(last);
  steps.push({
    verdict: 'info',
    text: `It waits in ${target} until somebody looks, or until its retention ends.`,
    data: { target: textOf(fact.data.deadLetterArn) },
  });
  return { subject: 'dead-letter', title: `It was given up and is kept in ${target}.`, steps };
};

const GIVEN_UP = /^(lambda:EventDiscarded|sns:DeliveryFailed|events:TargetFailed)$/;
const IDENTITIES = ['deliveryId', 'invocationId', 'requestId'] as const;

function givenUpBefore(trace: readonly Fact[], fact: Fact): Fact | null {
  return lastBefore(
    trace,
    fact.seq,
    ({ type, data }) => GIVEN_UP.test(type) && IDENTITIES.some((name) => data[name] !== undefined && data[name] === fact.data[name]),
  );
}

/** The error of the last try. */
export function lastErrorOf(trace: readonly Fact[], fact: Fact): Step | null {
  const { data } = fact;
  if (typeof data.errorCode === 'string') {
    return {
      verdict: 'fail',
      text: `The last try failed with ${code(data.errorCode)}: ${quoted(data.errorMessage)}`,
      data: { errorCode: data.errorCode },
    };
  }
  const error = data.error as { code?: string; message?: string } | undefined;
  if (error?.code)
    return {
      verdict: 'fail',
      text: `The last attempt failed with ${code(error.code)}: ${quoted(error.message)}`,
      data: { errorCode: error.code },
    };
  const ended = lastBefore(
    trace,
    fact.seq,
    ({ type, data: other }) => type === 'lambda:InvocationEnded' && other.requestId === data.requestId,
  );
  if (!ended || ended.data.status === 'success') return null;
  return {
    verdict: 'fail',
    text: `Attempt ${ended.data.attempt} failed with ${code(shorten(errorLine(ended.data.error), 120))}.`,
    data: { attempt: ended.data.attempt ?? 0 },
    facts: [ended.seq],
  };
}
