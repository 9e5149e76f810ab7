// Rules that fire by the clock. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
// Simplified: a rule fires at the start of its minute; EventBridge fires at some second of it.
import type { Arn } from '../../kernel/arn';
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { parseRuleArn } from './arns';
import { eventTime } from './instant';
import { invokeTargets } from './routing';
import { nextFire, parseSchedule } from './schedule/expression';
import type { EventsState } from './state';

function keyOf(rule: Arn): string {
  return `events:schedule:${rule}`;
}

export function stopSchedule(rule: Arn, port: Port): void {
  port.cancel(keyOf(rule));
}

/** The next time is housekeeping: a world with nothing but schedules is idle. */
export function scheduleNext(rule: Arn, expression: string, port: Port): void {
  const schedule = parseSchedule(expression);
  const at = schedule && nextFire(schedule, port.epochMs);
  if (at === null) return;
  port.call({ action: 'events:FireSchedule', resource: rule, input: {}, background: true, key: keyOf(rule) }, at - port.epochMs);
}

export function fireSchedule(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const parsed = parseRuleArn(call.resource);
  const bus = parsed && state.buses[parsed.bus];
  const rule = parsed && bus?.rules[parsed.name];
  if (!bus || !rule?.schedule || rule.status === 'DISABLED') return { ok: {} };
  const eventId = port.uuid();
  const event = JSON.stringify({
    version: '0',
    id: eventId,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: port.account,
    time: eventTime(port.epochMs / 1000),
    region: port.region,
    resources: [rule.arn],
    detail: {},
  });
  port.emit('events:ScheduleFired', rule.arn, { eventId, schedule: rule.schedule });
  invokeTargets(rule, { eventId, event, route: [bus.arn] }, port);
  scheduleNext(rule.arn, rule.schedule, port);
  return { ok: {} };
}
