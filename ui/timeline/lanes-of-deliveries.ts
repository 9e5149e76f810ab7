// Deliveries of SNS and EventBridge as lanes, one for each subscription and each target of a rule: tries, waits, and what was let pass.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
import type { Fact } from '@/sim/kernel/fact';
import { formatDuration } from './clock';
import type { Lane, LaneSheet, Mark } from './lane-sheet';

function mark(lane: Lane, fact: Fact, kind: Mark['kind'], title: string): void {
  lane.marks.push({ kind, at: fact.at, title, fact: fact.seq });
}

export function drawTopic(sheet: LaneSheet, fact: Fact): void {
  const { type, resource, data } = fact;
  if (type === 'sns:SubscriptionRequested') {
    // The lane is named by its endpoint, which a filtered message does not tell.
    sheet.lane(`sns ${resource}`, 'delivery', String(data.topicArn), String(data.endpoint));
    return;
  }
  if (typeof data.subscriptionArn !== 'string') return;
  const lane = () => sheet.lane(`sns ${data.subscriptionArn}`, 'delivery', resource, textOrNull(data.endpoint));
  const key = `delivery ${data.deliveryId}`;
  switch (type) {
    case 'sns:DeliveryStarted':
      sheet.begin(key, lane(), fact, { kind: 'warm', label: 'deliver', title: 'a message is on its way' });
      return;
    case 'sns:DeliveryAttempted':
      // What ends may be the wait before this attempt, which did not fail itself.
      sheet.end(key, fact);
      mark(lane(), fact, 'fault', `attempt ${data.attempt} failed`);
      return;
    case 'sns:DeliveryRetryScheduled': {
      const wait = formatDuration(Number(data.waitMs));
      const title = `waits ${wait} for attempt ${data.attempt}, phase ${data.phase}`;
      sheet.begin(key, lane(), fact, { kind: 'wait', label: `wait ${wait}`, title }, Number(data.dueAt));
      return;
    }
    case 'sns:MessageDelivered':
      sheet.end(key, fact);
      mark(lane(), fact, 'message', 'delivered');
      return;
    case 'sns:MessageFiltered':
      mark(lane(), fact, 'passed', 'kept away by the filter policy');
      return;
    case 'sns:DeliveryFailed':
      sheet.end(key, fact);
      mark(lane(), fact, 'fault', 'delivery given up');
      return;
    default:
      return;
  }
}

export function drawEvents(sheet: LaneSheet, fact: Fact): void {
  const { type, resource, data } = fact;
  const bus = () => sheet.lane(`bus ${resource}`, 'bus', resource);
  const target = (targetArn: string) => sheet.lane(`rule ${resource} ${targetArn}`, 'delivery', resource, targetArn);
  const key = `invocation ${data.invocationId}`;
  switch (type) {
    case 'events:EventPut':
      mark(bus(), fact, 'message', 'an event arrives');
      return;
    case 'events:EventUnmatched':
      mark(bus(), fact, 'passed', 'no rule matches the event');
      return;
    case 'events:EventRefused':
      mark(bus(), fact, 'fault', `an entry is refused: ${data.errorCode}`);
      return;
    case 'events:InvocationCreated': {
      const arn = String((data.target as { Arn?: string } | undefined)?.Arn ?? '');
      sheet.begin(key, target(arn), fact, { kind: 'warm', label: 'deliver', title: 'an event is on its way' });
      return;
    }
    case 'events:TargetInvoked':
      sheet.begin(key, target(String(data.targetArn)), fact, { kind: 'warm', label: `try ${data.attempt}`, title: `try ${data.attempt}` });
      return;
    case 'events:TargetDelivered':
      sheet.end(key, fact);
      mark(target(String(data.targetArn)), fact, 'message', 'delivered');
      return;
    case 'events:TargetRetryScheduled': {
      const wait = formatDuration(Number(data.waitMs));
      sheet.end(key, fact, { kind: 'fault', label: String(data.errorCode), title: `failed: ${data.errorCode}` });
      const title = `waits ${wait} for retry ${data.retry}`;
      sheet.begin(key, target(String(data.targetArn)), fact, { kind: 'wait', label: `wait ${wait}`, title }, Number(data.dueAt));
      return;
    }
    case 'events:TargetFailed':
      sheet.end(key, fact, { kind: 'fault', label: String(data.errorCode), title: `failed: ${data.errorCode}` });
      mark(target(String(data.targetArn)), fact, 'fault', 'delivery given up');
      return;
    default:
      return;
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
