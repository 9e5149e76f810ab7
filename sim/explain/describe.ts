// One sentence for any fact: links of a chain, and the title of what needs no explanation of its own.
import type { Fact } from '../kernel/fact';
import type { Json } from '../kernel/json';
import { SETTINGS } from './describe-settings';
import { clock, code, counted, endpointName, errorLine, named, shorten, shortName, spell, subscriptionName, textOf } from './names';

type Describe = (fact: Fact, trace: readonly Fact[]) => string;

const of = ({ resource }: Fact): string => named(resource);

const LAMBDA: Record<string, Describe> = {
  'lambda:FunctionCreated': (fact) => `The function ${of(fact)} exists.`,
  'lambda:EventQueued': (fact) => `Lambda accepted an event for ${of(fact)} with 202 and put it into its own queue.`,
  'lambda:AttemptScheduled': (fact) => `Attempt ${fact.data.attempt} at ${of(fact)} is due at ${clock(Number(fact.data.dueAt))}.`,
  'lambda:EnvironmentCreated': (fact) => `No environment of ${of(fact)} was free, so Lambda made a new one: a cold start.`,
  'lambda:InitStarted': (fact) => `The code of ${of(fact)} outside the handler runs.`,
  'lambda:InitEnded': (fact) =>
    fact.data.status === 'success'
      ? `Init of ${of(fact)} took ${spell(Number(fact.data.durationMs))}.`
      : `Init of ${of(fact)} failed after ${spell(Number(fact.data.durationMs))}.`,
  'lambda:InvocationStarted': (fact) =>
    `The handler of ${of(fact)} starts${fact.data.invocationType === 'Event' ? `, attempt ${fact.data.attempt}` : ''}.`,
  'lambda:RequestSent': (fact) => `${of(fact)} calls ${code(textOf(fact.data.operation))} on ${named(fact.data.target)}.`,
  'lambda:RequestAnswered': (fact) =>
    fact.data.ok === true
      ? `The call of ${of(fact)} was answered.`
      : `The call of ${of(fact)} failed: ${code(shorten(textOf(fact.data.answer)))}.`,
  'lambda:InvocationEnded': (fact) => `The invocation of ${of(fact)} ended: ${endOf(fact)}.`,
  'lambda:EnvironmentFrozen': (fact) => `The environment of ${of(fact)} is frozen until it is needed again.`,
  'lambda:EnvironmentReset': (fact) => `The environment of ${of(fact)} was reset: its memory is lost.`,
  'lambda:EnvironmentReclaimed': (fact) => `An environment of ${of(fact)} was taken back.`,
  'lambda:EventProcessed': (fact) => `The event of ${of(fact)} is done after ${counted(Number(fact.data.attempts), 'attempt')}.`,
  'lambda:EventDiscarded': (fact) => `Lambda gave up the event for ${of(fact)}: ${code(textOf(fact.data.condition))}.`,
  'lambda:InvocationThrottled': (fact) => `Lambda refused an invocation of ${of(fact)}: ${code(textOf(fact.data.reason))}.`,
  'lambda:BatchStarted': (fact) =>
    `The mapping hands ${counted((fact.data.messageIds as string[]).length, 'message')} to ${named(fact.data.functionArn)}.`,
  'lambda:BatchPutOff': (fact) => `The mapping tries ${named(fact.data.functionArn)} again at ${clock(Number(fact.data.dueAt))}.`,
  'lambda:BatchEnded': (fact) =>
    fact.data.outcome === 'success'
      ? `The batch for ${named(fact.data.functionArn)} is done.`
      : `${counted((fact.data.failedIds as string[]).length, 'message')} of the batch for ${named(fact.data.functionArn)} failed.`,
  'lambda:EventsFilteredOut': (fact) =>
    `${counted((fact.data.messages as Json[]).length, 'message')} passed no filter of the mapping to ${named(fact.data.functionArn)}.`,
  'lambda:EventSourcePollFailed': (fact) => `The mapping to ${named(fact.data.functionArn)} cannot read its queue.`,
  'lambda:RecursiveInvocationDropped': (fact) => `Lambda stopped a recursive loop at ${of(fact)}.`,
  'lambda:DestinationSent': (fact) => `The record of the outcome is at ${named(fact.data.destinationArn)}.`,
  'lambda:DestinationFailed': (fact) => `${named(fact.data.destinationArn)} did not take the record of the outcome.`,
  'lambda:DeadLetterSent': (fact) => `The dead-letter queue ${named(fact.data.deadLetterArn)} holds the event.`,
  'lambda:DeadLetterFailed': (fact) => `The dead-letter queue ${named(fact.data.deadLetterArn)} did not take the event.`,
};

function endOf({ data }: Fact): string {
  return data.status === 'success' ? 'it returned a result' : data.error ? code(shorten(errorLine(data.error))) : textOf(data.status);
}

const QUEUES: Record<string, Describe> = {
  'sqs:QueueCreated': (fact) => `The queue ${of(fact)} exists and is empty.`,
  'sqs:MessageSent': (fact) => `A message is in the queue ${of(fact)}: ${code(shorten(textOf(fact.data.body)))}.`,
  'sqs:MessageReceived': (fact) => `Somebody received a message of ${of(fact)}, for the ${ordinal(Number(fact.data.receiveCount))} time.`,
  'sqs:MessageVisibilityChanged': (fact) => `A message of ${of(fact)} can be received again at ${clock(Number(fact.data.visibleAt))}.`,
  'sqs:MessageDeleted': (fact) => `A message of ${of(fact)} was deleted: it has been dealt with.`,
  'sqs:MessageDeadLettered': (fact) => `A message of ${of(fact)} moved to ${named(fact.data.deadLetterArn)}.`,
  'sqs:MessageExpired': (fact) => `A message of ${of(fact)} reached the end of its retention and is gone.`,
  'sqs:MessageDeduplicated': (fact) => `${of(fact)} had this message already and kept the first one only.`,
  'sqs:ReceiveWaiting': (fact) => `Somebody waits for a message of ${of(fact)} until ${clock(Number(fact.data.until))}.`,
  'sqs:ReceiveEnded': (fact) => `A waiting receive of ${of(fact)} ended with ${counted(Number(fact.data.messages), 'message')}.`,
  'sqs:QueuePurged': (fact) => `${of(fact)} was purged: ${counted(Number(fact.data.messages), 'message')} are gone.`,
};

const TOPICS: Record<string, Describe> = {
  'sns:TopicCreated': (fact) => `The topic ${of(fact)} exists.`,
  'sns:MessagePublished': (fact) =>
    `A message was published on ${of(fact)} to ${counted(Number(fact.data.subscriptions), 'subscription')}.`,
  'sns:MessageFiltered': (fact, trace) =>
    `The filter policy of ${subscriptionName(trace, fact.data.subscriptionArn)} keeps the message away.`,
  'sns:DeliveryStarted': (fact) => `The message is on its way to ${endpointOf(fact)}.`,
  'sns:DeliveryAttempted': (fact, trace) =>
    `Attempt ${fact.data.attempt} to reach ${subscriptionName(trace, fact.data.subscriptionArn)} failed.`,
  'sns:DeliveryRetryScheduled': (fact, trace) =>
    `Attempt ${fact.data.attempt} to reach ${subscriptionName(trace, fact.data.subscriptionArn)} is due at ${clock(Number(fact.data.dueAt))}.`,
  'sns:MessageDelivered': (fact) => `The message is with ${endpointOf(fact)}.`,
  'sns:DeliveryFailed': (fact) => `SNS gave up the delivery to ${endpointOf(fact)}.`,
  'sns:MessageDeadLettered': (fact) => `The dead-letter queue ${named(fact.data.deadLetterArn)} holds the message.`,
  'sns:DeadLetterFailed': (fact) => `The dead-letter queue ${named(fact.data.deadLetterArn)} did not take the message.`,
  'sns:MessageDropped': (fact) => `The message for ${endpointOf(fact)} is gone.`,
  'sns:MessageDeduplicated': (fact) => `${of(fact)} had this message already and did not publish it again.`,
};

function endpointOf({ data }: Fact): string {
  return endpointName(textOf(data.protocol), textOf(data.endpoint));
}

const BUSES: Record<string, Describe> = {
  'events:EventPut': (fact) => `An event reached the bus ${of(fact)}.`,
  'events:EventRefused': (fact) => `The bus ${of(fact)} refused an entry: ${code(textOf(fact.data.errorCode))}.`,
  'events:EventUnmatched': (fact) => `No rule of the bus ${of(fact)} matches the event.`,
  'events:RulesPassedOver': (fact) =>
    `${counted(Number(fact.data.rulesInAll), 'rule')} of the bus ${of(fact)} did not match the event; others did.`,
  'events:RuleMatched': (fact) => `The rule ${of(fact)} matches the event.`,
  'events:ScheduleFired': (fact) => `The schedule of the rule ${of(fact)} fired.`,
  'events:InvocationCreated': (fact) => `The event is on its way to ${named((fact.data.target as { Arn?: string })?.Arn)}.`,
  'events:TargetInvoked': (fact) => `Try ${fact.data.attempt} to hand the event to ${named(fact.data.targetArn)}.`,
  'events:TargetDelivered': (fact) => `${named(fact.data.targetArn)} has the event.`,
  'events:TargetRetryScheduled': (fact) => `The next try at ${named(fact.data.targetArn)} is due at ${clock(Number(fact.data.dueAt))}.`,
  'events:TargetFailed': (fact) => `EventBridge gave up the delivery to ${named(fact.data.targetArn)}.`,
  'events:EventDeadLettered': (fact) => `The dead-letter queue ${named(fact.data.deadLetterArn)} holds the event.`,
  'events:EventDropped': (fact) => `The event for ${named(fact.data.targetArn)} is gone.`,
};

const OTHERS: Record<string, Describe> = {
  'iam:AccessDenied': ({ data }) =>
    `${named((data.principal as { id?: string })?.id)} may not ${code(textOf(data.action))} on ${named(data.resource)}.`,
  'kms:KeyUsed': (fact) => `${named(fact.data.principal)} used the key ${of(fact)} for ${code(textOf(fact.data.operation))}.`,
  'internet:RequestReceived': (fact) =>
    `${of(fact)} received ${code(`${textOf(fact.data.method)} ${shorten(textOf(fact.data.url))}`)} and answered ${fact.data.status}.`,
  'fis:ApiErrorArmed': (fact) => `The next calls of ${code(fact.resource)} are to fail.`,
  'fis:ApiErrorInjected': ({ data }) => `${code(textOf(data.action))} was made to fail with ${code(textOf(data.code))}.`,
  'kernel:LimitReached': ({ data }) => `The run ended at a limit of the world: ${code(textOf(data.limit))} is ${textOf(data.max)}.`,
};

const DESCRIPTIONS: Record<string, Describe> = { ...SETTINGS, ...LAMBDA, ...QUEUES, ...TOPICS, ...BUSES, ...OTHERS };

/** Never empty: a fact without a sentence of its own is told by its name. */
export function describeFact(trace: readonly Fact[], fact: Fact): string {
  const describe = Object.hasOwn(DESCRIPTIONS, fact.type) ? DESCRIPTIONS[fact.type] : undefined;
  return describe ? describe(fact, trace) : `${nameOf(fact.type)}: ${code(shortName(fact.resource))}.`;
}

/** `sqs:QueueTagsSet` as `SQS, queue tags set`. */
function nameOf(type: string): string {
  const [prefix = '', name = ''] = type.split(':');
  return `${prefix.toUpperCase()}, ${name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`;
}

export function ordinal(count: number): string {
  const last = count % 100;
  const ending = last >= 11 && last <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}
