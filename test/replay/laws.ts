// Conservation laws: what every world obeys, whatever its story. Each gives a sentence for every breach.
import type { Fact } from '../../sim/kernel/fact';
import type { Json } from '../../sim/kernel/json';
import { canonicalJson, formatFact, parseFact } from '../../sim/kernel/trace';
import type { World } from '../../sim/kernel/world';
import type { EventsState } from '../../sim/services/events/state';
import type { LambdaState } from '../../sim/services/lambda/state';
import type { SnsState } from '../../sim/services/sns/state';
import type { SqsState } from '../../sim/services/sqs/queue';

/** Of a world that came to rest without reaching a limit. */
export const LAWS: Record<string, (world: World) => string[]> = {
  'every message of a topic ends once at every subscription': topics,
  'every event of a bus is matched or not, and every delivery of it ends once': buses,
  'every asynchronous event of Lambda is processed or given up once': asynchronous,
  'every outcome goes where the function sends it': destinations,
  'every invocation that starts ends': invocations,
  'every message of a queue is deleted, expired, dead-lettered, purged, moved or there': queues,
  'what one service says that it handed over, the other has taken': handovers,
};

/** Of any world. */
export const ALWAYS: Record<string, (world: World) => string[]> = {
  'a cause comes before its effect, and time does not go back': order,
  'the trace as text gives the trace': text,
  'state is the fold of the facts': folds,
};

const SERVICES = ['fis', 'internet', 'iam', 'sts', 'logs', 'kms', 'sqs', 'sns', 'events', 'lambda', 'cloudwatch'];

function facts(world: World, ...types: string[]): Fact[] {
  return world.trace.filter(({ type }) => types.includes(type));
}

function tally(list: readonly Fact[], key: (fact: Fact) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const fact of list) counts.set(key(fact), (counts.get(key(fact)) ?? 0) + 1);
  return counts;
}

function exactlyOnce(owed: readonly string[], ended: Map<string, number>, what: string): string[] {
  const owedOnce = new Set(owed);
  return [
    ...owed.filter((key) => ended.get(key) !== 1).map((key) => `${what} ${key} ended ${ended.get(key) ?? 0} times`),
    ...[...ended.keys()].filter((key) => !owedOnce.has(key)).map((key) => `${what} ${key} ended and never began`),
  ];
}

function empty(what: string, collection: object): string[] {
  const keys = Object.keys(collection);
  return keys.length === 0 ? [] : [`${what} still holds ${keys.slice(0, 3).join(', ')}`];
}

function topics(world: World): string[] {
  const started = facts(world, 'sns:DeliveryStarted').map(({ data }) => String(data.deliveryId));
  const endings = facts(world, 'sns:MessageDelivered', 'sns:MessageDeadLettered', 'sns:MessageDropped');
  const breaches = exactlyOnce(
    started,
    tally(endings, ({ data }) => String(data.deliveryId)),
    'The delivery',
  );
  const reached = tally(facts(world, 'sns:DeliveryStarted', 'sns:MessageFiltered'), ({ data }) => String(data.messageId));
  for (const { data } of facts(world, 'sns:MessagePublished')) {
    const owed = Number(data.subscriptions);
    const found = reached.get(String(data.messageId)) ?? 0;
    if (found !== owed) breaches.push(`The message ${data.messageId} reached ${found} of ${owed} subscriptions`);
  }
  const state = world.state<SnsState>('sns');
  return [...breaches, ...empty('deliveries', state.deliveries), ...empty('messages', state.messages), ...empty('lanes', state.lanes)];
}

function buses(world: World): string[] {
  const seen = new Set(facts(world, 'events:RuleMatched', 'events:EventUnmatched').map(({ data }) => data.eventId));
  const breaches = facts(world, 'events:EventPut')
    .filter(({ data }) => !seen.has(data.eventId as Json))
    .map(({ data }) => `The event ${data.eventId} was neither matched nor unmatched`);
  const created = facts(world, 'events:InvocationCreated').map(({ data }) => String(data.invocationId));
  const endings = facts(world, 'events:TargetDelivered', 'events:EventDeadLettered', 'events:EventDropped');
  breaches.push(
    ...exactlyOnce(
      created,
      tally(endings, ({ data }) => String(data.invocationId)),
      'The delivery',
    ),
  );
  return [...breaches, ...empty('invocations', world.state<EventsState>('events').invocations)];
}

function asynchronous(world: World): string[] {
  const queued = facts(world, 'lambda:EventQueued').map(({ data }) => String(data.requestId));
  const ended = tally(facts(world, 'lambda:EventProcessed', 'lambda:EventDiscarded'), ({ data }) => String(data.requestId));
  return [...exactlyOnce(queued, ended, 'The event'), ...empty('events', world.state<LambdaState>('lambda').events)];
}

function destinations(world: World): string[] {
  const configured = new Map<string, { onFailureArn?: string | null; onSuccessArn?: string | null }>();
  const owed: string[] = [];
  for (const { type, resource, data } of world.trace) {
    if (type === 'lambda:EventInvokeConfigPut') configured.set(resource, data);
    else if (type === 'lambda:EventInvokeConfigDeleted' || type === 'lambda:FunctionDeleted') configured.delete(resource);
    else if (type === 'lambda:EventProcessed') {
      if (configured.get(resource)?.onSuccessArn) owed.push(`destination ${data.requestId}`);
    } else if (type === 'lambda:EventDiscarded') {
      // A function that was deleted has no configuration any more.
      if (data.condition !== 'ResourceNotFound' && configured.get(resource)?.onFailureArn) owed.push(`destination ${data.requestId}`);
      if (data.deadLetterArn) owed.push(`dead letter ${data.requestId}`);
    }
  }
  const ended = [
    ...facts(world, 'lambda:DestinationSent', 'lambda:DestinationFailed').map((fact) => ({ fact, kind: 'destination' })),
    ...facts(world, 'lambda:DeadLetterSent', 'lambda:DeadLetterFailed').map((fact) => ({ fact, kind: 'dead letter' })),
  ];
  const counts = new Map<string, number>();
  for (const { fact, kind } of ended) {
    const key = `${kind} ${fact.data.requestId}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return exactlyOnce(owed, counts, 'The');
}

function invocations(world: World): string[] {
  const key = ({ data }: Fact) => `${data.requestId} attempt ${data.attempt}`;
  const started = facts(world, 'lambda:InvocationStarted').map(key);
  return exactlyOnce(started, tally(facts(world, 'lambda:InvocationEnded'), key), 'The invocation');
}

function queues(world: World): string[] {
  const breaches: string[] = [];
  /** What each queue should hold. */
  const held = new Map<string, Set<string>>();
  for (const { type, resource, data, seq } of world.trace) {
    const messages = held.get(resource) ?? new Set<string>();
    held.set(resource, messages);
    const id = String(data.messageId);
    if (type === 'sqs:MessageSent') {
      if (messages.has(id)) breaches.push(`Fact ${seq}: ${id} is in ${resource} twice`);
      messages.add(id);
    } else if (/^sqs:Message(Deleted|DeadLettered|Expired|Moved)$/.test(type)) {
      if (!messages.delete(id)) breaches.push(`Fact ${seq}: ${type} of ${id}, which is not in ${resource}`);
    } else if (type === 'sqs:QueuePurged' || type === 'sqs:QueueDeleted') {
      if (messages.size !== data.messages) breaches.push(`Fact ${seq}: ${type} of ${data.messages} messages, where ${messages.size} were`);
      messages.clear();
    }
    if (type === 'sqs:MessageDeadLettered') {
      const moved = world.trace.find(
        (other) => other.seq > seq && other.type === 'sqs:MessageSent' && other.data.messageId === data.messageId,
      );
      if (moved?.resource !== data.deadLetterArn) breaches.push(`Fact ${seq}: ${id} left ${resource} and is not in ${data.deadLetterArn}`);
    }
  }
  const state = world.state<SqsState>('sqs').queues;
  for (const [arn, messages] of held) {
    const there = (state[arn]?.messages ?? []).map(({ messageId }) => messageId).sort();
    if (canonicalJson(there) !== canonicalJson([...messages].sort()))
      breaches.push(`${arn} holds ${there.length} messages, where ${messages.size} should be`);
  }
  return breaches;
}

/** By the chain of causes from what was taken back to what was handed over. */
function handovers(world: World): string[] {
  const taken = new Set<string>();
  const inQueues = new Set(facts(world, 'sqs:MessageSent', 'sqs:MessageDeduplicated').map(({ data }) => data.messageId));
  const ends =
    /^(sqs:Message(Sent|Deduplicated)|lambda:EventQueued|sns:(MessagePublished|MessageDeduplicated|EmailDelivered|SmsDelivered)|events:EventPut|internet:RequestReceived)$/;
  for (const fact of world.trace) {
    if (!ends.test(fact.type)) continue;
    let seq = fact.cause;
    while (seq !== null) {
      const cause: Fact | undefined = world.trace[seq];
      // Anything else is no trace, and must not loop.
      if (cause?.seq !== seq) break;
      const key = handoverOf(cause);
      if (key !== null) taken.add(key);
      seq = cause.cause;
    }
  }
  return facts(
    world,
    'sns:MessageDelivered',
    'events:TargetDelivered',
    'lambda:DeadLetterSent',
    'lambda:DestinationSent',
    'sns:MessageDeadLettered',
    'events:EventDeadLettered',
  ).flatMap(({ seq, type, data }) => {
    const key = String(data.deliveryId ?? data.invocationId ?? data.requestId);
    // In a FIFO topic the end of one delivery is the cause of the next, so the answer of the queue is looked at.
    const isInQueue = type === 'sns:MessageDelivered' && data.protocol === 'sqs' && inQueues.has(sqsMessageId(data.providerResponse));
    return isInQueue || taken.has(key) ? [] : [`Fact ${seq}: ${type} of ${key}, which nobody took`];
  });
}

function sqsMessageId(providerResponse: Json | undefined): Json {
  return (JSON.parse(String(providerResponse)) as { sqsMessageId?: string }).sqsMessageId ?? null;
}

function handoverOf({ type, data }: Fact): string | null {
  switch (type) {
    case 'sns:DeliveryStarted':
    case 'sns:DeliveryRetryScheduled':
    case 'sns:DeliveryFailed':
      return String(data.deliveryId);
    case 'events:TargetInvoked':
    case 'events:TargetFailed':
    case 'events:DestinationSlotTaken':
      return String(data.invocationId);
    case 'lambda:EventDiscarded':
    case 'lambda:EventProcessed':
      return String(data.requestId);
    default:
      return null;
  }
}

function order(world: World): string[] {
  const breaches: string[] = [];
  let before = 0;
  world.trace.forEach(({ seq, at, cause }, i) => {
    if (seq !== i) breaches.push(`Fact ${i} says that it is ${seq}`);
    if (at < before) breaches.push(`Fact ${i} is at ${at}, after one at ${before}`);
    if (cause !== null && (cause >= seq || cause < 0)) breaches.push(`Fact ${i} is caused by ${cause}`);
    before = at;
  });
  return breaches;
}

function text(world: World): string[] {
  const bad = world.trace.find((fact) => formatFact(parseFact(formatFact(fact))) !== formatFact(fact));
  return bad ? [`Fact ${bad.seq} reads differently: ${formatFact(bad)}`] : [];
}

function folds(world: World): string[] {
  return SERVICES.filter((prefix) => world.hasService(prefix)).flatMap((prefix) => {
    const live = canonicalJson(world.state(prefix) as Json);
    const folded = canonicalJson(world.stateAt(prefix, world.trace.length - 1) as Json);
    if (live === folded) return [];
    const at = [...live].findIndex((character, i) => character !== folded[i]);
    return [`${prefix}: …${live.slice(Math.max(0, at - 80), at + 80)}… but folded …${folded.slice(Math.max(0, at - 80), at + 80)}…`];
  });
}
