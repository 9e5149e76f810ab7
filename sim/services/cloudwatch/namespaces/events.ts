// AWS/Events. EB-X24. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
import type { Fact } from '../../../kernel/fact';
import { count, type Metric, measure, type Observer, placeOfArn, type Subject } from '../observation';
import type { Dimension } from '../series';

const namespace = 'AWS/Events';

/** Measured as one for each fact of the type, by rule. */
const OF_RULES: Record<string, Metric[]> = {
  'events:RuleMatched': [count('TriggeredRules'), count('MatchedEvents')],
  'events:InvocationCreated': [count('InvocationsCreated')],
  'events:TargetFailed': [count('FailedInvocations')],
  'events:TargetRetryScheduled': [count('RetryInvocationAttempts')],
  'events:TargetDelivered': [count('SuccessfulInvocationAttempts')],
  'events:EventDeadLettered': [count('InvocationsSentToDlq')],
};

const INVOKED: Metric[] = [count('Invocations'), count('InvocationAttempts')];
const RETRIED: Metric[] = [count('InvocationAttempts')];
const DLQ_FAILED: Metric[] = [count('InvocationsFailedToBeSentToDlq')];
const PUT: Metric[] = [count('PutEventsEntriesCount')];
const REFUSED: Metric[] = [count('PutEventsEntriesCount'), count('PutEventsFailedEntriesCount')];

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
    const place = placeOfArn(resource);
    const metrics = type === 'events:EventPut' ? PUT : REFUSED;
    measure(
      state,
      { namespace, key: place, place, dimensionSets: () => [[]] },
      type,
      metrics,
      metrics.map(() => 1),
      epochMs,
    );
    return;
  }
  if (type === 'events:TargetInvoked') {
    const isFirst = data.attempt === 1;
    measure(state, subjectOf(fact), isFirst ? 'invoked' : 'retried', isFirst ? INVOKED : RETRIED, isFirst ? [1, 1] : [1], epochMs);
    return;
  }
  if (type === 'events:EventDropped') {
    if (data.reason === 'dead-letter-queue-failed') measure(state, subjectOf(fact), type, DLQ_FAILED, [1], epochMs);
    return;
  }
  const metrics = OF_RULES[type];
  if (metrics)
    measure(
      state,
      subjectOf(fact),
      type,
      metrics,
      metrics.map(() => 1),
      epochMs,
    );
};
