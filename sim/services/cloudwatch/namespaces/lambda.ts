// AWS/Lambda. LAM-LOG-X09 to LAM-LOG-X12. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
import type { Fact } from '../../../kernel/fact';
import { count, lastPart, type Metric, measure, type Observer, placeOfArn, type Subject } from '../observation';
import type { Dimension } from '../series';
import type { CloudWatchState } from '../state';

const namespace = 'AWS/Lambda';

const ENDED: Metric[] = [count('Invocations'), count('Errors'), { name: 'Duration', unit: 'Milliseconds' }, count('Throttles')];
const CONCURRENT: Metric[] = [count('ConcurrentExecutions')];
const UNRESERVED: Metric[] = [count('UnreservedConcurrentExecutions')];
const CLAIMED: Metric[] = [count('ClaimedAccountConcurrency')];
const URL_ANSWERED: Metric[] = [count('UrlRequestCount'), count('Url4xxCount'), count('Url5xxCount')];
const PROVISIONED: Metric[] = [count('ProvisionedConcurrentExecutions'), { name: 'ProvisionedConcurrencyUtilization', unit: 'None' }];

/** Measured as one for each fact of the type. */
const ONE: Record<string, Metric[]> = {
  'lambda:EventQueued': [count('AsyncEventsReceived')],
  'lambda:EventDiscarded': [count('AsyncEventsDropped')],
  'lambda:DeadLetterFailed': [count('DeadLetterErrors')],
  'lambda:DestinationFailed': [count('DestinationDeliveryFailures')],
  'lambda:RecursiveInvocationDropped': [count('RecursiveInvocationsDropped')],
};

const THROTTLED: Metric[] = [count('Throttles')];
const PROVISIONED_INVOCATION: Metric[] = [count('ProvisionedConcurrencyInvocations')];
const SPILLOVER: Metric[] = [count('ProvisionedConcurrencySpilloverInvocations')];
const AGE: Metric[] = [{ name: 'AsyncEventAge', unit: 'Milliseconds' }];

const textOr = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The function, and what it was invoked as. Invoked through an alias, the version that ran has a dimension of its own. */
function subjectOf(fact: Fact): Subject {
  const qualifier = textOr(fact.data.qualifier);
  const version = textOr(fact.data.executedVersion);
  return {
    namespace,
    key: `${fact.resource} ${qualifier} ${version}`,
    place: placeOfArn(fact.resource),
    dimensionSets: () => {
      const name = lastPart(fact.resource);
      const fn: Dimension = { Name: 'FunctionName', Value: name };
      const resource: Dimension = { Name: 'Resource', Value: qualifier === '' ? name : `${name}:${qualifier}` };
      const sets = [[], [fn], [fn, resource]];
      const isAlias = qualifier !== '' && qualifier !== '$LATEST' && !/^\d+$/.test(qualifier);
      if (isAlias && version !== '') sets.push([fn, resource, { Name: 'ExecutedVersion', Value: version }]);
      return sets;
    },
  };
}

const ofFunction = (arn: string): Subject => ({
  namespace,
  key: arn,
  place: placeOfArn(arn),
  dimensionSets: () => [[{ Name: 'FunctionName', Value: lastPart(arn) }]],
});

const ofAccount = (place: string): Subject => ({ namespace, key: place, place, dimensionSets: () => [[]] });

/** One more environment at work, or one less: the function's and the account's concurrency, whose maximum tells. */
function changeBusy(state: CloudWatchState, arn: string, by: 1 | -1, epochMs: number): void {
  const { busy, reserved } = state.lambda;
  const place = placeOfArn(arn);
  const add = (key: string) => {
    const now = Math.max(0, (busy.get(key) ?? 0) + by);
    busy.set(key, now);
    return now;
  };
  const ofThis = add(arn);
  const ofAll = add(place);
  const ofRest = reserved.has(arn) ? null : add(`${place} unreserved`);
  if (by < 0) return;
  measure(state, ofFunction(arn), 'concurrent', CONCURRENT, [ofThis], epochMs);
  measure(state, ofAccount(place), 'concurrent', CONCURRENT, [ofAll], epochMs);
  if (ofRest !== null) measure(state, ofAccount(place), 'unreserved', UNRESERVED, [ofRest], epochMs);
  claim(state, place, epochMs);
}

/** What on-demand invocations cannot use: environments at work beside all that is reserved or provisioned. */
function claim(state: CloudWatchState, place: string, epochMs: number): void {
  const { busy, reserved, provisioned } = state.lambda;
  let sum = busy.get(`${place} unreserved`) ?? 0;
  for (const [arn, amount] of reserved) if (placeOfArn(arn) === place) sum += amount;
  for (const [key, { wanted, busy: atWork }] of provisioned) {
    const arn = key.slice(0, key.indexOf(' '));
    if (!reserved.has(arn) && placeOfArn(arn) === place) sum += wanted - atWork;
  }
  measure(state, ofAccount(place), 'claimed', CLAIMED, [sum], epochMs);
}

function changeProvisioned(state: CloudWatchState, fact: Fact, by: 1 | -1, epochMs: number): void {
  const qualifier = textOr(fact.data.qualifier);
  const known = state.lambda.provisioned.get(`${fact.resource} ${qualifier}`);
  if (!known) return;
  known.busy = Math.max(0, known.busy + by);
  const subject = { ...subjectOf(fact), key: `${fact.resource} ${qualifier}` };
  const name = lastPart(fact.resource);
  const sets = () => [
    [{ Name: 'FunctionName', Value: name }],
    [
      { Name: 'FunctionName', Value: name },
      { Name: 'Resource', Value: `${name}:${qualifier}` },
    ],
  ];
  const values = [known.busy, known.wanted > 0 ? known.busy / known.wanted : 0];
  if (by > 0) measure(state, { ...subject, dimensionSets: sets }, 'provisioned', PROVISIONED, values, epochMs);
}

export const observeLambda: Observer = (state, fact, epochMs) => {
  const { data, type } = fact;
  switch (type) {
    case 'lambda:InvocationEnded': {
      // A measurement bears the time at which the function was invoked, though it is known at the end only.
      const startedMs = epochMs - (data.durationMs as number);
      const failed = data.status === 'success' ? 0 : 1;
      measure(state, subjectOf(fact), 'ended', ENDED, [1, failed, data.durationMs as number, 0], startedMs);
      changeBusy(state, fact.resource, -1, epochMs);
      if (data.concurrencyKind === 'provisioned') changeProvisioned(state, fact, -1, epochMs);
      return;
    }
    case 'lambda:EnvironmentCreated':
      changeBusy(state, fact.resource, 1, epochMs);
      return;
    case 'lambda:InvocationStarted':
      if (data.coldStart !== true) changeBusy(state, fact.resource, 1, epochMs);
      if (data.invocationType === 'Event') measureAge(state, fact, epochMs);
      if (data.concurrencyKind === 'provisioned') {
        changeProvisioned(state, fact, 1, epochMs);
        measure(state, subjectOf(fact), 'provisionedInvocation', PROVISIONED_INVOCATION, [1], epochMs);
      } else if (data.concurrencyKind === 'spillover') measure(state, subjectOf(fact), 'spillover', SPILLOVER, [1], epochMs);
      return;
    case 'lambda:InvocationThrottled':
      measure(state, subjectOf(fact), 'throttled', THROTTLED, [1], epochMs);
      if (data.invocationType === 'Event') measureAge(state, fact, epochMs);
      return;
    case 'lambda:EventProcessed':
      state.lambda.queuedAt.delete(data.requestId as string);
      return;
    case 'lambda:FunctionConcurrencyPut':
    case 'lambda:FunctionConcurrencyDeleted':
      reserve(state, fact.resource, type === 'lambda:FunctionConcurrencyPut' ? Number(data.reservedConcurrency) : null);
      claim(state, placeOfArn(fact.resource), epochMs);
      return;
    case 'lambda:FunctionUrlAnswered': {
      const status = data.status as number;
      measure(state, subjectOf(fact), 'url', URL_ANSWERED, [1, status >= 400 && status < 500 ? 1 : 0, status >= 500 ? 1 : 0], epochMs);
      return;
    }
    case 'lambda:ProvisionedConcurrencyPut': {
      const key = `${fact.resource} ${data.qualifier}`;
      state.lambda.provisioned.set(key, { wanted: data.requested as number, busy: state.lambda.provisioned.get(key)?.busy ?? 0 });
      return;
    }
    case 'lambda:ProvisionedConcurrencyDeleted':
      state.lambda.provisioned.delete(`${fact.resource} ${data.qualifier}`);
      return;
  }
  const metrics = ONE[type];
  if (!metrics) return;
  if (type === 'lambda:EventQueued') state.lambda.queuedAt.set(data.requestId as string, epochMs);
  if (type === 'lambda:EventDiscarded') state.lambda.queuedAt.delete(data.requestId as string);
  measure(state, subjectOf(fact), type, metrics, [1], epochMs);
};

function measureAge(state: CloudWatchState, fact: Fact, epochMs: number): void {
  const queuedAt = state.lambda.queuedAt.get(fact.data.requestId as string);
  if (queuedAt !== undefined) measure(state, subjectOf(fact), 'age', AGE, [epochMs - queuedAt], epochMs);
}

/** Environments at work move with their function between the reserved and the others. */
function reserve(state: CloudWatchState, arn: string, amount: number | null): void {
  const { busy, reserved } = state.lambda;
  const wasReserved = reserved.has(arn);
  const isReserved = amount !== null;
  if (isReserved) reserved.set(arn, amount);
  else reserved.delete(arn);
  if (wasReserved === isReserved) return;
  const key = `${placeOfArn(arn)} unreserved`;
  const own = busy.get(arn) ?? 0;
  busy.set(key, Math.max(0, (busy.get(key) ?? 0) + (isReserved ? -own : own)));
}
