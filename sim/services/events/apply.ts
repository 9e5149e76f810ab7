// The fold: what each fact of EventBridge does to its state.
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import { applyStored } from './apply-stored';
import { busName, isDefaultBus, parseRuleArn, withoutId } from './arns';
import { refreshMachine } from './machines';
import { type Bus, createBus, type EventsState, type Invocation, type Rule, type Target } from './state';

/** The default bus appears with its first change. */
function busFor(state: EventsState, arn: string): Bus | undefined {
  const known = state.buses[arn];
  if (known || !isDefaultBus(arn)) return known;
  const bus = createBus(arn, 'default', 0);
  state.buses[arn] = bus;
  return bus;
}

export function applyEvents(state: EventsState, fact: Fact): void {
  if (!applyBus(state, fact) && !applyRule(state, fact) && !applyInvocation(state, fact)) applyStored(state, fact);
}

function applyBus(state: EventsState, { type, resource, data, at }: Fact): boolean {
  switch (type) {
    case 'events:EventBusCreated': {
      const bus = createBus(resource, busName(resource), at);
      bus.description = data.description as string | null;
      bus.settings = data.settings as JsonObject;
      state.buses[resource] = bus;
      setTags(state, resource, data.tags);
      return true;
    }
    case 'events:EventBusUpdated':
    case 'events:PolicyChanged': {
      const bus = busFor(state, resource);
      if (!bus) return true;
      bus.changedAt = at;
      if (type === 'events:PolicyChanged') bus.policy = data.policy as JsonObject | null;
      else {
        bus.description = data.description as string | null;
        bus.settings = data.settings as JsonObject;
      }
      return true;
    }
    case 'events:EventBusDeleted':
      delete state.buses[resource];
      delete state.tags[resource];
      return true;
    default:
      return false;
  }
}

function setTags(state: EventsState, arn: string, tags: unknown): void {
  if (tags && Object.keys(tags).length > 0) state.tags[arn] = tags as Record<string, string>;
}

function applyRule(state: EventsState, { type, resource, data }: Fact): boolean {
  if (type === 'events:RulePut') {
    const bus = busFor(state, data.bus as string);
    if (!bus) return true;
    const { name, pattern, schedule, status, description, roleArn, createdBy } = data as unknown as Rule;
    const targets = bus.rules[name]?.targets ?? {};
    bus.rules[name] = { arn: resource, name, busArn: bus.arn, pattern, schedule, status, description, roleArn, createdBy, targets };
    setTags(state, resource, data.tags);
    refreshMachine(bus, name);
    return true;
  }
  const parsed = parseRuleArn(resource);
  const bus = parsed ? state.buses[parsed.bus] : undefined;
  const rule = parsed ? bus?.rules[parsed.name] : undefined;
  switch (type) {
    case 'events:RuleEnabled':
    case 'events:RuleDisabled':
      if (!bus || !rule) return true;
      rule.status = data.status as Rule['status'];
      refreshMachine(bus, rule.name);
      return true;
    case 'events:RuleDeleted':
      if (!bus || !rule) return true;
      delete bus.rules[rule.name];
      delete state.tags[resource];
      refreshMachine(bus, rule.name);
      return true;
    case 'events:TargetsPut':
      for (const target of data.targets as unknown as Target[]) if (rule) rule.targets[target.Id] = target;
      return true;
    case 'events:TargetsRemoved':
      for (const id of data.ids as string[]) if (rule) delete rule.targets[id];
      return true;
    default:
      return false;
  }
}

function applyInvocation(state: EventsState, { type, resource, data, at }: Fact): boolean {
  const id = data.invocationId as string;
  switch (type) {
    case 'events:InvocationCreated': {
      const { target, eventId, event, route } = data as unknown as Invocation;
      state.invocations[id] = { id, eventId, ruleArn: resource, target, event, route, createdAt: at, attempts: 0 };
      return true;
    }
    case 'events:TargetInvoked': {
      const invocation = state.invocations[id];
      if (invocation) invocation.attempts = data.attempt as number;
      return true;
    }
    case 'events:TargetDelivered':
    case 'events:EventDeadLettered':
    case 'events:EventDropped':
      delete state.invocations[id];
      return true;
    case 'events:DestinationSlotTaken': {
      const destination = state.destinations[withoutId(resource)];
      if (destination) destination.nextSlotAt = data.nextSlotAt as number;
      return true;
    }
    default:
      return false;
  }
}
