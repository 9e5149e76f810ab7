// Facts of other services as measurements: which namespace reads which.
import type { Fact } from '../../kernel/fact';
import { observeEvents } from './namespaces/events';
import { observeLambda } from './namespaces/lambda';
import { observeLogs } from './namespaces/logs';
import { observeMappings } from './namespaces/mappings';
import { observeSns } from './namespaces/sns';
import { observeSqs } from './namespaces/sqs';
import type { Observer } from './observation';
import type { CloudWatchState } from './state';

const OBSERVERS: Record<string, Observer> = {
  lambda: (state, fact, epochMs) =>
    (fact.resource.includes(':event-source-mapping:') ? observeMappings : observeLambda)(state, fact, epochMs),
  sqs: observeSqs,
  sns: observeSns,
  events: observeEvents,
  logs: observeLogs,
};

export const OBSERVED: readonly string[] = Object.keys(OBSERVERS).map((prefix) => `${prefix}:`);

export function observe(state: CloudWatchState, fact: Fact, startAtEpochMs: number): void {
  OBSERVERS[fact.type.slice(0, fact.type.indexOf(':'))]?.(state, fact, startAtEpochMs + fact.at);
}
