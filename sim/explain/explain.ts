// Why: one explanation for any fact of a trace. A reading of the trace alone, so that it needs no live world.
// https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/
import type { Action } from '../kernel/call';
import { chainOf } from './causes';
import { explainDeadLetter, explainQueueDeadLetter } from './dead-letter';
import { explainDenial } from './denial';
import { describeFact } from './describe';
import { explainDeliveryFailed, explainDiscard, explainDuplicate, explainExpiry, explainLoss, explainTargetFailed } from './drop';
import type { Answer, Explainer, Explanation, Told } from './explanation';
import { explainAnswer, explainEnd, explainInitEnd, explainInjected, explainLimit } from './failure';
import { explainFiltered } from './filtered';
import {
  explainBatchEnd,
  explainFilteredOut,
  explainKeyRefusal,
  explainPollFailure,
  explainPutOff,
  explainQueueThrottle,
  explainRecursion,
  explainUrlAnswer,
} from './mapping';
import { explainNoMatch } from './no-match';
import { explainEventsRetry, explainLambdaRetry, explainReceive, explainSnsAttempt, explainSnsRetry } from './retry';
import { explainThrottle } from './throttle';

const EXPLAINERS: Record<Action, Explainer> = {
  'iam:AccessDenied': explainDenial,
  'events:EventUnmatched': explainNoMatch,
  'events:RulesPassedOver': explainNoMatch,
  'events:TargetRetryScheduled': explainEventsRetry,
  'events:TargetFailed': explainTargetFailed,
  'events:EventDeadLettered': explainDeadLetter,
  'events:EventDropped': explainLoss,
  'sns:MessageFiltered': explainFiltered,
  'sns:DeliveryAttempted': explainSnsAttempt,
  'sns:DeliveryRetryScheduled': explainSnsRetry,
  'sns:DeliveryFailed': explainDeliveryFailed,
  'sns:MessageDeadLettered': explainDeadLetter,
  'sns:DeadLetterFailed': explainLoss,
  'sns:MessageDropped': explainLoss,
  'sns:SmsNotDelivered': explainLoss,
  'sns:MessageDeduplicated': explainDuplicate,
  'sqs:MessageReceived': explainReceive,
  'sqs:MessageDeadLettered': explainQueueDeadLetter,
  'sqs:MessageExpired': explainExpiry,
  'sqs:MessageDeduplicated': explainDuplicate,
  'lambda:InvocationThrottled': explainThrottle,
  'lambda:AttemptScheduled': explainLambdaRetry,
  'lambda:EventDiscarded': explainDiscard,
  'lambda:DestinationSent': explainDeadLetter,
  'lambda:DestinationFailed': explainLoss,
  'lambda:DeadLetterSent': explainDeadLetter,
  'lambda:DeadLetterFailed': explainLoss,
  'lambda:InvocationEnded': explainEnd,
  'lambda:InitEnded': explainInitEnd,
  'lambda:RequestAnswered': explainAnswer,
  'lambda:EventsFilteredOut': explainFilteredOut,
  'lambda:BatchPutOff': explainPutOff,
  'lambda:BatchEnded': explainBatchEnd,
  'lambda:EventSourcePollFailed': explainPollFailure,
  'lambda:MessagesNotDeleted': explainPollFailure,
  'lambda:RecursiveInvocationDropped': explainRecursion,
  'lambda:FunctionUrlAnswered': explainUrlAnswer,
  'sqs:RequestThrottled': explainQueueThrottle,
  'sqs:DataKeyRefused': explainKeyRefusal,
  'fis:ApiErrorInjected': explainInjected,
  'kernel:LimitReached': explainLimit,
};

/** Throws a RangeError when the trace has no such fact. */
export function explain({ trace }: Told, seq: number): Explanation {
  const fact = trace[seq];
  if (!fact) throw new RangeError(`Fact ${seq} is not in the trace: it has facts 0 to ${trace.length - 1}.`);
  const explainer = Object.hasOwn(EXPLAINERS, fact.type) ? EXPLAINERS[fact.type] : undefined;
  const answer: Answer = explainer?.(trace, fact) ?? { subject: 'event', title: describeFact(trace, fact), steps: [] };
  const chain = chainOf(trace, fact).map((link) => ({ seq: link.seq, text: describeFact(trace, link) }));
  const evidence = new Set([seq, ...answer.steps.flatMap((step) => step.facts ?? [])]);
  return { seq, ...answer, chain, evidence: [...evidence].sort((a, b) => a - b) };
}
