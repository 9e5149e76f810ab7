// AWS/Events. EB-X24. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
import type { Fact } from '../../../kernel/fact';
import { count, type Metric, measure, type Observer, placeOfArn, type Subject } from '../observation';
import type { Dimension } from '../series';

const namespace = 'AWS/Events';

/** Measured as one for each fact of the type, by rule. */
const OF_RULES: Record<string, Metric[]> = {
  'events:RuleMatched': [count('TriggeredRules'), count('MatchedEvents')],
  'events:InvocationCreated': [count('InvocationsCreated')],
  'events:TargetFailed': [count('FailedInvocations'), count('Invocations')],
  'events:TargetRetryScheduled': [count('RetryInvocationAttempts')],
  'events:TargetDelivered': [count('SuccessfulInvocationAttempts'), count('Invocations')],
  'events:EventDeadLettered': [count('InvocationsSentToDlq')],
};

const ATTEMPTED: Metric[] = [count('InvocationAttempts')];
/** A hop too many is no failure of the target. */
const NOT_INVOKED: Metric[] = [count('DeadLetterInvocations')];
const latency = (name: string): Metric => ({ name, unit: 'Milliseconds' });
const STARTED: Metric[] = [latency('IngestiontoInvocationStartLatency')];
const COMPLETED: Metric[] = [latency('IngestiontoInvocationCompleteLatency')];
const SUCCEEDED: Metric[] = [latency('IngestionToInvocationSuccessLatency')];
const DLQ_FAILED: Metric[] = [count('InvocationsFailedToBeSentToDlq')];
/** Once a request. Simplified: without PutEventsLatency, since requests take no time here; AWS measures some milliseconds. */
const REQUESTED: Metric[] = [
  count('PutEventsApproximateCallCount'),
  count('PutEventsApproximateSuccessCount'),
  count('PutEventsEntriesCount'),
  count('PutEventsFailedEntriesCount'),
  { name: 'PutEventsRequestSize', unit: 'Bytes' },
];

/** `arn:…:rule/<rule>`, or `rule/<bus>/<rule>` of another bus than the default. */
function subjectOf({ resource }: Fact): Subject {
  return {
    namespace,
    key: resource,
    place: placeOfArn(resource),
    dimensionSets: () => {
      const [first = '', second] = resource.slice(resource.indexOf(':rule/') + 6).split('/');
      const rule: Dimension = { Name: 'RuleName', Value: second ?? first };
      const bus: Dimension = { Name: 'EventBusName', Value: second === undefined ? 'default' : first };
      return second === undefined ? [[], [rule], [bus]] : [[], [bus], [rule, bus]];
    },
  };
}

export const observeEvents: Observer = (state, fact, epochMs) => {
  const { type, data, resource } = fact;
  if (type === 'events:EventPut' || type === 'events:EventRefused') {
    const request = data.request as { entries: number; failed: number; bytes: number } | undefined;
    if (!request) return;
    const place = placeOfArn(resource);
    const subject = { namespace, key: place, place, dimensionSets: () => [[]] };
    measure(state, subject, 'request', REQUESTED, [1, 1, request.entries, request.failed, request.bytes], epochMs);
    return;
  }
  const add = (group: string, metrics: Metric[], value = 1) =>
    measure(
      state,
      subjectOf(fact),
      group,
      metrics,
      metrics.map(() => value),
      epochMs,
    );
  const invocationId = String(data.invocationId);
  const ageMs = epochMs - (state.ingestedAt.get(invocationId) ?? epochMs);
  switch (type) {
    case 'events:InvocationCreated':
      state.ingestedAt.set(invocationId, epochMs);
      break;
    case 'events:TargetInvoked':
      add(type, ATTEMPTED);
      if (data.attempt === 1) add('started', STARTED, ageMs);
      return;
    case 'events:TargetRetryScheduled':
      if (data.retry === 1) add('completed', COMPLETED, ageMs);
      break;
    case 'events:TargetDelivered':
    case 'events:TargetFailed':
      if (data.attempts === 1) add('completed', COMPLETED, ageMs);
      if (type === 'events:TargetDelivered') add('succeeded', SUCCEEDED, ageMs);
      state.ingestedAt.delete(invocationId);
      if (String(data.errorCode).startsWith('THIRD_')) {
        add('notInvoked', NOT_INVOKED);
        return;
      }
      break;
    case 'events:EventDropped':
      if (data.reason === 'dead-letter-queue-failed') add(type, DLQ_FAILED);
      return;
  }
  const metrics = OF_RULES[type];
  if (metrics) add(type, metrics);
};
