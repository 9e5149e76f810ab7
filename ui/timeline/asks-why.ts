// Which facts make a reader ask why: refusals, filters, throttles, retries, drops, dead letters, timeouts and errors.
import type { Fact } from '@/sim/kernel/fact';

const FAULTS = new Set([
  'iam:AccessDenied',
  'fis:ApiErrorInjected',
  'kernel:LimitReached',
  'lambda:InvocationThrottled',
  'lambda:EventDiscarded',
  'lambda:DeadLetterFailed',
  'lambda:DestinationFailed',
  'lambda:EventSourcePollFailed',
  'lambda:MessagesNotDeleted',
  'lambda:RecursiveInvocationDropped',
  'sqs:RequestThrottled',
  'sqs:DataKeyRefused',
  'sqs:ReceiveRefused',
  'sqs:MessageExpired',
  'sns:DeliveryAttempted',
  'sns:DeliveryFailed',
  'sns:DeadLetterFailed',
  'sns:MessageDropped',
  'sns:SmsNotDelivered',
  'events:EventRefused',
  'events:EventUnmatched',
  'events:TargetFailed',
  'events:EventDropped',
  'logs:SubscriptionDropped',
  'cloudwatch:AlarmActionFailed',
]);

const WAITS = new Set([
  'lambda:BatchPutOff',
  'lambda:DeadLetterSent',
  'sqs:MessageDeadLettered',
  'sns:DeliveryRetryScheduled',
  'sns:MessageDeadLettered',
  'events:TargetRetryScheduled',
  'events:EventDeadLettered',
  'logs:SubscriptionRetryScheduled',
]);

const PASSED_BY = new Set([
  'events:RulesPassedOver',
  'sns:MessageFiltered',
  'sns:MessageDeduplicated',
  'sqs:MessageDeduplicated',
  'lambda:EventsFilteredOut',
]);

/** What went otherwise than hoped: it failed, it has to wait, or it was let pass. Null for what went well. */
export function asksWhy({ type, data }: Fact): 'fault' | 'wait' | 'ash' | null {
  if (FAULTS.has(type)) return 'fault';
  if (WAITS.has(type)) return 'wait';
  if (PASSED_BY.has(type)) return 'ash';
  switch (type) {
    case 'lambda:InvocationEnded':
    case 'lambda:InitEnded':
      return data.status === 'success' ? null : 'fault';
    case 'lambda:RequestAnswered':
      return data.ok === true ? null : 'fault';
    case 'lambda:BatchEnded':
      return data.outcome === 'success' ? null : 'fault';
    case 'lambda:AttemptScheduled':
      return data.reason === 'received' ? null : 'wait';
    case 'lambda:DestinationSent':
      return data.condition === 'Success' ? null : 'wait';
    case 'lambda:FunctionUrlAnswered':
      return Number(data.status) >= 400 ? 'fault' : null;
    default:
      return null;
  }
}

/** Of these facts the one to ask about: the last that asks by itself, else the last. Null for none. */
export function worthAsking(facts: readonly Fact[], among: readonly number[]): number | null {
  const asked = among.findLast((seq) => {
    const fact = facts[seq];
    return fact !== undefined && asksWhy(fact) !== null;
  });
  return asked ?? among.at(-1) ?? null;
}
