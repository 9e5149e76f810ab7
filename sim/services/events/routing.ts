// An event on a bus: the rules that match it, and an invocation for each of their targets.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
import type { Arn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { archiveEvent } from './archives';
import { machineOf, patternOf } from './machines';
import type { EventObject } from './matcher/event-value';
import { explainMismatch } from './matcher/reference';
import type { Bus, EventsState, Rule } from './state';

/** From the bus to the target. Simplified: always the same; EventBridge takes a varying fraction of a second. */
const LATENCY_MS: Ms = 100;

/** Rules whose mismatch one fact explains. */
const EXPLAINED_MAX = 10;

export interface RoutedEvent {
  eventId: string;
  /** JSON text. */
  event: string;
  /** Buses that the event has been on, the current one last. */
  route: Arn[];
}

export interface ReplayLimits {
  /** Rules that a replay is for; all when empty. */
  rules: Arn[];
}

export function routeEvent(
  bus: Bus,
  event: EventObject,
  routed: RoutedEvent,
  state: Readonly<EventsState>,
  port: Port,
  replay?: ReplayLimits,
): void {
  if (!replay) archiveEvent(bus, event, routed, state, port);
  const names = machineOf(bus).match(event);
  const isFor = (rule: Rule) => !replay || replay.rules.length === 0 || replay.rules.includes(rule.arn);
  const matched = names.flatMap((name) => bus.rules[name] ?? []).filter(isFor);
  const passedOver = Object.values(bus.rules).filter((rule) => rule.pattern !== null && !names.includes(rule.name));
  const rules = passedOver.slice(0, EXPLAINED_MAX).map((rule) => explainRule(rule, event));
  const data = { eventId: routed.eventId, rules, rulesInAll: passedOver.length };
  if (matched.length === 0) port.emit('events:EventUnmatched', bus.arn, { ...data, reason: 'no-rule' });
  else if (passedOver.length > 0) port.emit('events:RulesPassedOver', bus.arn, data);
  for (const rule of matched) invokeTargets(rule, routed, port);
}

function explainRule(rule: Rule, event: EventObject): JsonObject {
  if (rule.status === 'DISABLED') return { rule: rule.name, reason: 'disabled' };
  const mismatch = explainMismatch(patternOf(rule.pattern ?? '{}'), event);
  return { rule: rule.name, ...(mismatch ? { ...mismatch } : { reason: 'unknown' }) };
}

/** A rule may have no target: the event then ends here. */
export function invokeTargets(rule: Rule, routed: RoutedEvent, port: Port): void {
  const targets = Object.values(rule.targets);
  port.emit('events:RuleMatched', rule.arn, { eventId: routed.eventId, targets: targets.map((target) => target.Id) });
  for (const target of targets) {
    const invocationId = port.uuid();
    port.emit('events:InvocationCreated', rule.arn, { invocationId, target, ...routed });
    port.call({ action: 'events:InvokeTarget', resource: rule.arn, input: { invocationId } }, LATENCY_MS);
  }
}
