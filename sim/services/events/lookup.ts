// Finding what a request names, or AWS's refusal.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html
import type { Arn } from '../../kernel/arn';
import type { Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { busArn, busName, isDefaultBus } from './arns';
import { notFound } from './faults';
import { type Bus, createBus, type EventsState, type Rule } from './state';

type Refusal = Extract<Reply, { fault: unknown }>;

/** The default bus of an account and Region is always there. */
export function findBus(state: Readonly<EventsState>, arn: Arn): Bus | null {
  return state.buses[arn] ?? (isDefaultBus(arn) ? createBus(arn, 'default', 0) : null);
}

export function busIn(state: Readonly<EventsState>, input: JsonObject, port: Port, member = 'EventBusName'): { bus: Bus } | Refusal {
  const arn = busArn(port, input[member]);
  const bus = findBus(state, arn);
  return bus ? { bus } : notFound(`Event bus ${busName(arn)} does not exist.`);
}

export function ruleIn(state: Readonly<EventsState>, input: JsonObject, port: Port, member = 'Name'): { bus: Bus; rule: Rule } | Refusal {
  const found = busIn(state, input, port);
  if ('fault' in found) return found;
  const name = String(input[member] ?? '');
  const rule = found.bus.rules[name];
  return rule ? { bus: found.bus, rule } : notFound(`Rule ${name} does not exist on EventBus ${found.bus.name}.`);
}
