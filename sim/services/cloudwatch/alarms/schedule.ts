// When alarms are looked at: on the minute, and only while their outcome can still change, so that an idle world stays idle.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
// Simplified: an alarm is evaluated as its period ends; AWS does so within the minute after it.
import type { Arn } from '../../../kernel/arn';
import type { Watch } from '../../../kernel/service';
import { type Alarm, periodOf } from './alarm';

const MINUTE_MS = 60_000;
const HIGH_RESOLUTION_MS = 10_000;

export const keyOf = (arn: Arn): string => `cloudwatch:alarm ${arn}`;

/** Alarms with a period under a minute are evaluated every ten seconds. */
export function intervalMs({ configuration }: Alarm): number {
  return configuration.kind === 'metric' && periodOf(configuration) < 60 ? HIGH_RESOLUTION_MS : MINUTE_MS;
}

/** Plans which evaluation comes next. Beside the agenda it remembers what is planned, so that a thousand facts plan one. */
export class Schedule {
  private readonly due = new Map<Arn, number>();

  plan(alarm: Alarm, watch: Watch): void {
    if (alarm.configuration.kind === 'composite') return;
    const interval = intervalMs(alarm);
    const waitMs = interval - (watch.epochMs % interval);
    const dueAt = watch.now + waitMs;
    if ((this.due.get(alarm.arn) ?? Number.NEGATIVE_INFINITY) >= dueAt) return;
    this.due.set(alarm.arn, dueAt);
    watch.call({ action: 'cloudwatch:EvaluateAlarm', resource: alarm.arn, input: {}, background: true, key: keyOf(alarm.arn) }, waitMs);
  }

  forget(arn: Arn, watch: Watch): void {
    this.due.delete(arn);
    watch.cancel(keyOf(arn));
  }
}
