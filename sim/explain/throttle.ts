// An invocation that a limit refused: which limit, how full it was, who filled it, and what becomes of the event.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
import type { Fact } from '../kernel/fact';
import type { Throttle } from '../services/lambda/facts';
import { firstAfter } from './causes';
import type { Answer, Change, Explainer, Step } from './explanation';
import { code, counted, named, shortName, spell, textOf } from './names';

type Limit = Throttle['limitName'];

const LIMITS: Record<Limit, string> = {
  'account-concurrency': 'concurrency that the account has left for functions without a reservation',
  'reserved-concurrency': 'concurrency reserved for the function',
  'request-rate': 'requests a second, ten for each unit of concurrency',
  'scaling-rate': 'new environments, 1,000 every 10 seconds for each function',
};

export const explainThrottle: Explainer = (trace, fact): Answer => {
  const { requestId, invocationType, reason, limitName, limit, inUse } = fact.data as unknown as Throttle & {
    requestId: string;
    invocationType: 'Event' | 'RequestResponse';
  };
  const fn = named(fact.resource);
  const full: Step = {
    verdict: 'fail',
    text: `${capital(LIMITS[limitName] ?? limitName)}: ${inUse.toLocaleString('en-US')} of ${limit.toLocaleString('en-US')} in use.`,
    data: { limitName, limit, inUse, reason },
  };
  const steps = [...passedBefore(limitName), full, ...holders(trace, fact, limitName)];
  const isEvent = invocationType === 'Event';
  const later = isEvent ? firstAfter(trace, fact.seq, ({ type, data }) => sameEvent(data, requestId) && AFTER.test(type)) : null;
  steps.push(
    isEvent
      ? {
          verdict: 'info',
          text: 'The event stays in Lambda’s own queue. A throttle is no failed attempt: only the age of the event ends it.',
          data: { invocationType },
        }
      : {
          verdict: 'info',
          text: `The caller gets 429, ${code('TooManyRequestsException')}, and has to try again itself.`,
          data: { invocationType },
        },
  );
  const next =
    later?.type === 'lambda:AttemptScheduled'
      ? { atMs: Number(later.data.dueAt), text: `Lambda tries again after ${spell(Number(later.data.waitMs))}.` }
      : null;
  return {
    subject: 'throttle',
    title: `Lambda did not start ${fn}: ${shortReason(limitName, limit)}.`,
    steps,
    change: changesFor(limitName, limit, shortName(fact.resource)),
    ...(next ? { next } : {}),
  };
};

const AFTER = /^lambda:(AttemptScheduled|EventDiscarded)$/;

function sameEvent(data: Fact['data'], requestId: string): boolean {
  return data.requestId === requestId;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function shortReason(limitName: Limit, limit: number): string {
  const amount = limit.toLocaleString('en-US');
  switch (limitName) {
    case 'account-concurrency':
      return `all ${amount} environments that the account may run at once have work`;
    case 'reserved-concurrency':
      return limit === 0 ? 'its reserved concurrency is 0, which stops it' : `all ${amount} of its reserved concurrency have work`;
    case 'request-rate':
      return `it took ${amount} requests within a second`;
    case 'scaling-rate':
      return `it has made ${amount} environments within 10 seconds`;
    default:
      return `${limitName} is full`;
  }
}

/** Limits that Lambda asks before the one that refused. */
function passedBefore(limitName: Limit): Step[] {
  const isConcurrency = limitName === 'account-concurrency' || limitName === 'reserved-concurrency';
  if (isConcurrency) return [];
  return [{ verdict: 'pass', text: 'Concurrency: there was room for one more environment.', data: { limitName: 'concurrency' } }];
}

/** Functions that are shown as holding environments. */
const HOLDERS_MAX = 5;

/** Who had environments at work at that moment, the most first. */
function holders(trace: readonly Fact[], fact: Fact, limitName: Limit): Step[] {
  if (limitName !== 'account-concurrency' && limitName !== 'reserved-concurrency') return [];
  const started = new Map<string, Fact>();
  for (const other of trace.slice(0, fact.seq)) {
    const environment = textOf(other.data.environmentId);
    if (other.type === 'lambda:EnvironmentCreated' || other.type === 'lambda:InvocationStarted') started.set(environment, other);
    else if (other.type === 'lambda:InvocationEnded' || other.type === 'lambda:EnvironmentReclaimed') started.delete(environment);
  }
  const byFunction = groupByFunction([...started.values()]);
  return [...byFunction]
    .filter(([arn]) => limitName === 'account-concurrency' || arn === fact.resource)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, HOLDERS_MAX)
    .map(([arn, facts]): Step => {
      const oldest = Math.max(...facts.map(({ at }) => fact.at - at));
      return {
        verdict: 'info',
        text: `${named(arn)} runs in ${counted(facts.length, 'environment')}, the longest since ${spell(oldest)}.`,
        data: { functionArn: arn, environments: facts.length, oldestMs: oldest },
        facts: facts.slice(0, 10).map(({ seq }) => seq),
        depth: 1,
      };
    });
}

function groupByFunction(facts: readonly Fact[]): Map<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.resource);
    if (group) group.push(fact);
    else groups.set(fact.resource, [fact]);
  }
  return groups;
}

function changesFor(limitName: Limit, limit: number, fn: string): Change[] {
  const data = { limitName, limit };
  switch (limitName) {
    case 'reserved-concurrency': {
      const raise =
        limit === 0
          ? `Give ${code(fn)} reserved concurrency above 0, or remove the reservation`
          : `Reserve more than ${limit} for ${code(fn)}`;
      return [{ text: `${raise} (${code('PutFunctionConcurrency')}, ${code('DeleteFunctionConcurrency')}).`, data }];
    }
    case 'account-concurrency':
      return [
        { text: 'Ask AWS for a higher quota of concurrent executions.', data },
        { text: `Reserve concurrency for ${code(fn)}, so that other functions cannot take it.`, data },
        { text: 'Let the handlers end sooner: concurrency is requests a second times their duration.', data },
      ];
    case 'request-rate':
      return [{ text: 'Spread the requests, or have more concurrency: the rate is ten times that.', data }];
    case 'scaling-rate':
      return [{ text: 'Let the load rise slower, or keep environments ready with provisioned concurrency.', data }];
    default:
      return [];
  }
}
