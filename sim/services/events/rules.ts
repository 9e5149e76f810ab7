// Rules: a pattern, a schedule, or both. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { isDefaultBus, ruleArn } from './arns';
import { tagsIn } from './buses';
import { checkMembers, invalid, limitExceeded } from './faults';
import { busIn, ruleIn } from './lookup';
import { hasWildcard } from './machines';
import { pageOf } from './paging';
import { refusePattern } from './patterns';
import { parseSchedule } from './schedule/expression';
import { scheduleNext, stopSchedule } from './scheduled-events';
import type { EventsState, Rule, RuleStatus } from './state';

/** EB-X15: 300, in two Regions 100. */
const RULES_MAX = 300;
const RULES_MAX_IN_SMALL_REGIONS = 100;
const SMALL_REGIONS = ['af-south-1', 'eu-south-1'];

/** EB-X12. */
const WILDCARD_RULES_MAX = 30;

const STATUSES: RuleStatus[] = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];
const RULE_NAME = { required: true, min: 1, max: 64, pattern: /^[.\-_A-Za-z0-9]+$/ };

/** EB-X23: what a request leaves out is lost, except the targets. */
export function putRule(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const refusal = checkMembers(input, {
    Name: RULE_NAME,
    EventPattern: { max: 4096 },
    ScheduleExpression: { max: 256 },
    State: { oneOf: STATUSES },
    Description: { max: 512 },
    RoleArn: { min: 1, max: 1600 },
  });
  if (refusal) return refusal;
  const pattern = (input.EventPattern as string | undefined) || null;
  const schedule = (input.ScheduleExpression as string | undefined) || null;
  const found = busIn(state, input, port);
  if ('fault' in found) return found;
  const { bus } = found;
  if (!pattern && !schedule) return invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  if (schedule) {
    if (!isDefaultBus(bus.arn)) return invalid('ScheduleExpression is supported only on the default event bus.');
    if (!parseSchedule(schedule)) return invalid('Parameter ScheduleExpression is not valid.');
  }
  const badPattern = pattern ? refusePattern(pattern) : null;
  if (badPattern) return badPattern;
  const name = String(input.Name);
  const known = bus.rules[name];
  const max = SMALL_REGIONS.includes(port.region) ? RULES_MAX_IN_SMALL_REGIONS : RULES_MAX;
  if (!known && Object.keys(bus.rules).length >= max) return limitExceeded('The requested resource exceeds the maximum number allowed.');
  if (pattern && hasWildcard(pattern)) {
    const others = Object.values(bus.rules).filter((rule) => rule.name !== name && rule.pattern && hasWildcard(rule.pattern));
    if (others.length >= WILDCARD_RULES_MAX) return limitExceeded('The requested resource exceeds the maximum number allowed.');
  }
  const arn = ruleArn(bus.arn, name);
  const status = (input.State as RuleStatus | undefined) ?? 'ENABLED';
  const description = (input.Description as string | undefined) ?? null;
  const roleArn = (input.RoleArn as string | undefined) ?? null;
  const createdBy = known?.createdBy ?? port.account;
  port.emit('events:RulePut', arn, { bus: bus.arn, name, pattern, schedule, status, description, roleArn, createdBy, tags: tagsIn(input) });
  if (schedule && status !== 'DISABLED') scheduleNext(arn, schedule, port);
  else stopSchedule(arn, port);
  return { ok: { RuleArn: arn } };
}

function setStatus(status: RuleStatus): (state: Readonly<EventsState>, call: ApiCall, port: Port) => Reply {
  return (state, call, port) => {
    const refusal = checkMembers(call.input, { Name: RULE_NAME });
    if (refusal) return refusal;
    const found = ruleIn(state, call.input, port);
    if ('fault' in found) return found;
    const { arn, schedule, status: before } = found.rule;
    if (before === status) return { ok: {} };
    port.emit(status === 'DISABLED' ? 'events:RuleDisabled' : 'events:RuleEnabled', arn, { status });
    if (schedule && status !== 'DISABLED') scheduleNext(arn, schedule, port);
    else stopSchedule(arn, port);
    return { ok: {} };
  };
}

export const enableRule = setStatus('ENABLED');
export const disableRule = setStatus('DISABLED');

export function deleteRule(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const refusal = checkMembers(call.input, { Name: RULE_NAME });
  if (refusal) return refusal;
  const found = busIn(state, call.input, port);
  if ('fault' in found) return found;
  const rule = found.bus.rules[String(call.input.Name)];
  // Deleting what is not there succeeds.
  if (!rule) return { ok: {} };
  if (Object.keys(rule.targets).length > 0) return invalid("Rule can't be deleted since it has targets.");
  port.emit('events:RuleDeleted', rule.arn, {});
  stopSchedule(rule.arn, port);
  return { ok: {} };
}

function describe(rule: Rule, busName: string): JsonObject {
  return {
    Name: rule.name,
    Arn: rule.arn,
    State: rule.status,
    EventBusName: busName,
    ...(rule.pattern ? { EventPattern: rule.pattern } : {}),
    ...(rule.schedule ? { ScheduleExpression: rule.schedule } : {}),
    ...(rule.description ? { Description: rule.description } : {}),
    ...(rule.roleArn ? { RoleArn: rule.roleArn } : {}),
  };
}

export function describeRule(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const refusal = checkMembers(call.input, { Name: RULE_NAME });
  if (refusal) return refusal;
  const found = ruleIn(state, call.input, port);
  return 'fault' in found ? found : { ok: { ...describe(found.rule, found.bus.name), CreatedBy: found.rule.createdBy } };
}

export function listRules(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = busIn(state, call.input, port);
  if ('fault' in found) return found;
  const prefix = String(call.input.NamePrefix ?? '');
  const rules = sorted(found.bus.rules).filter((rule) => rule.name.startsWith(prefix));
  return pageOf(
    call.input,
    'Rules',
    rules.map((rule) => describe(rule, found.bus.name)),
  );
}

export function listRuleNamesByTarget(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const refusal = checkMembers(call.input, { TargetArn: { required: true, min: 1, max: 1600 } });
  if (refusal) return refusal;
  const found = busIn(state, call.input, port);
  if ('fault' in found) return found;
  const rules = sorted(found.bus.rules).filter((rule) => Object.values(rule.targets).some((target) => target.Arn === call.input.TargetArn));
  return pageOf(
    call.input,
    'RuleNames',
    rules.map((rule) => rule.name),
  );
}

function sorted(rules: Record<string, Rule>): Rule[] {
  return Object.values(rules).sort((a, b) => (a.name < b.name ? -1 : 1));
}
