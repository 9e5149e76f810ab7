// What sentences need to know about a trace besides one fact: numbers of environments, attempts of a request, reasons of a cold start.
import type { Fact } from '@/sim/kernel/fact';
import { asLambdaFact, type LambdaFact } from './lambda-fact';

export type OfType<T extends LambdaFact['type']> = Extract<LambdaFact, { type: T }>;

export interface TraceIndex {
  facts: readonly Fact[];
  /** Environments are counted for each function from 1, in the order of their creation. */
  environmentNumber(environmentId: string): number;
  /** The last fact of a type before `seq` for which `accept` holds. */
  lastBefore<T extends LambdaFact['type']>(seq: number, type: T, accept?: (fact: OfType<T>) => boolean): OfType<T> | null;
  /** The first fact of a type after `seq` for which `accept` holds. */
  firstAfter<T extends LambdaFact['type']>(seq: number, type: T, accept?: (fact: OfType<T>) => boolean): OfType<T> | null;
}

export function indexTrace(facts: readonly Fact[]): TraceIndex {
  const numbers = new Map<string, number>();
  const counts = new Map<string, number>();
  const byType = new Map<string, LambdaFact[]>();
  for (const fact of facts) {
    const known = asLambdaFact(fact);
    if (!known) continue;
    const list = byType.get(known.type) ?? [];
    list.push(known);
    byType.set(known.type, list);
    if (known.type !== 'lambda:EnvironmentCreated') continue;
    const count = (counts.get(known.resource) ?? 0) + 1;
    counts.set(known.resource, count);
    numbers.set(known.data.environmentId, count);
  }
  const ofType = <T extends LambdaFact['type']>(type: T) => (byType.get(type) ?? []) as unknown as OfType<T>[];
  return {
    facts,
    environmentNumber: (environmentId) => numbers.get(environmentId) ?? 0,
    lastBefore: (seq, type, accept = () => true) => ofType(type).findLast((fact) => fact.seq < seq && accept(fact)) ?? null,
    firstAfter: (seq, type, accept = () => true) => ofType(type).find((fact) => fact.seq > seq && accept(fact)) ?? null,
  };
}

export interface Attempts {
  /** Attempts that Lambda makes at most: one and the retries. */
  max: number;
}

/** Null for a request that was not asynchronous. */
export function attemptsOf(index: TraceIndex, seq: number, requestId: string): Attempts | null {
  const queued = index.lastBefore(seq + 1, 'lambda:EventQueued', (fact) => fact.data.requestId === requestId);
  return queued ? { max: queued.data.maximumRetryAttempts + 1 } : null;
}
