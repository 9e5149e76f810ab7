// An alarm changes its state: the fact, the event on the default bus, the actions, and the composite alarms that look at it.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
import type { JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import type { CloudWatchState } from '../state';
import { runActions } from './actions';
import type { Alarm, StateValue } from './alarm';
import { judgeComposite } from './composite-rule';
import { eventDetail } from './messages';

export function changeState(
  state: Readonly<CloudWatchState>,
  alarm: Alarm,
  value: StateValue,
  reason: string,
  reasonData: string | null,
  port: Port,
  evidence: JsonObject = {},
): void {
  const before = alarm.state;
  port.emit('cloudwatch:AlarmStateChanged', alarm.arn, {
    alarmName: alarm.configuration.AlarmName,
    from: before.value,
    to: value,
    reason,
    reasonData,
    epochMs: port.epochMs,
    ...evidence,
  });
  sendEvent(alarm, 'CloudWatch Alarm State Change', eventDetail(alarm, before), port);
  runActions(alarm, before, port);
  if (before.value !== value) settleComposites(state, alarm.configuration.AlarmName, port);
}

/** Every change goes to the default bus of the account, if the world has EventBridge. */
export function sendEvent(alarm: Alarm, detailType: string, detail: JsonObject, port: Port): void {
  const input = {
    Entries: [{ Source: 'aws.cloudwatch', DetailType: detailType, Resources: [alarm.arn], Detail: JSON.stringify(detail) }],
  };
  const route = port.route('events', 'PutEvents', input);
  // AWS's own services need no permission for the bus.
  if (route) port.call({ ...route, input, principal: { type: 'world', id: 'world', account: port.account } });
}

/** Composite alarms look again whenever an alarm that their rule names changes. */
export function settleComposites(state: Readonly<CloudWatchState>, name: string | null, port: Port): void {
  const place = `:cloudwatch:${port.region}:${port.account}:`;
  for (const composite of Object.values(state.alarms)) {
    const { configuration } = composite;
    if (configuration.kind !== 'composite' || !composite.arn.includes(place) || configuration.AlarmName === name) continue;
    const found = judgeComposite(configuration.AlarmRule, (other) => stateOf(state, other, composite));
    if ('refused' in found || found.value === composite.state.value) continue;
    const subject = state.alarms[composite.arn.replace(/[^:]*$/, name ?? '')];
    const reason = subject
      ? `${subject.arn} transitioned to ${subject.state.value} at ${weekday(subject.state.transitionedAt)}`
      : 'The rule of the alarm was evaluated.';
    const data = subject
      ? JSON.stringify({
          triggeringAlarms: [
            { arn: subject.arn, state: { value: subject.state.value, timestamp: new Date(subject.state.transitionedAt).toISOString() } },
          ],
        })
      : null;
    changeState(state, composite, found.value, reason, data, port);
  }
}

/** `Friday 14 August, 2020 01:46:46 UTC` */
function weekday(epochMs: number): string {
  const date = new Date(epochMs);
  const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${days[date.getUTCDay()]} ${day} ${months[date.getUTCMonth()]}, ${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} UTC`;
}

function stateOf(state: Readonly<CloudWatchState>, name: string, composite: Alarm): StateValue | null {
  const arn = name.startsWith('arn:') ? name : composite.arn.slice(0, composite.arn.indexOf(':alarm:') + 7) + name;
  return state.alarms[arn]?.state.value ?? null;
}
