// Queues and hosts as lanes: how many messages a queue holds, when a host was at work for a caller; and what was refused.
import type { Fact } from '@/sim/kernel/fact';
import type { LaneSheet } from './lane-sheet';

export function drawOthers(sheet: LaneSheet, fact: Fact, hosts: boolean): void {
  if (fact.type in REFUSALS) drawRefusal(sheet, fact);
  else if (fact.type.startsWith('sqs:')) drawQueue(sheet, fact);
  else if (hosts && fact.type === 'internet:RequestReceived') drawHost(sheet, fact);
}

/** Calls that were turned away, in words. */
const REFUSALS: Record<string, string> = {
  'iam:AccessDenied': 'denied by IAM',
  'fis:ApiErrorInjected': 'failed on purpose',
  'sqs:RequestThrottled': 'throttled by SQS',
  'sqs:DataKeyRefused': 'key refused',
};

function drawRefusal(sheet: LaneSheet, fact: Fact): void {
  const lane = sheet.lane('refusals', 'refusals', 'refusals');
  const { action } = fact.data;
  const title = `${typeof action === 'string' ? action : 'a request'}: ${REFUSALS[fact.type]}`;
  lane.marks.push({ kind: 'fault', at: fact.at, title, fact: fact.seq });
}

/** By how much a fact changes the number of messages that a queue holds. */
const DEPTH_CHANGE: Record<string, number> = {
  'sqs:MessageSent': 1,
  'sqs:MessageDeleted': -1,
  'sqs:MessageExpired': -1,
  'sqs:MessageDeadLettered': -1,
  'sqs:MessageMoved': -1,
};

function drawQueue(sheet: LaneSheet, fact: Fact): void {
  const change = fact.type === 'sqs:QueuePurged' ? -Number(fact.data.messages) : DEPTH_CHANGE[fact.type];
  if (change === undefined) return;
  const lane = sheet.lane(`queue ${fact.resource}`, 'queue', fact.resource);
  const held = sheet.end(lane.id, fact);
  const depth = Math.max(0, Number(held?.label ?? 0) + change);
  if (change > 0) lane.marks.push({ kind: 'message', at: fact.at, title: 'message arrives', fact: fact.seq });
  if (depth > 0)
    sheet.begin(lane.id, lane, fact, { kind: 'held', label: String(depth), title: `holds ${depth} message${depth === 1 ? '' : 's'}` });
}

function drawHost(sheet: LaneSheet, fact: Fact): void {
  const lane = sheet.lane(`host ${fact.resource}`, 'host', fact.resource);
  const { method, status, afterMs, url } = fact.data as { method: string; status: number; afterMs: number; url: string };
  const segment = {
    kind: status >= 400 ? ('fault' as const) : ('host' as const),
    label: String(status),
    title: `${method} ${url} answered ${status}`,
  };
  // The host's own work has a known length; the answer may well come after the caller has given up.
  sheet.add(lane, fact, segment, fact.at + afterMs);
}
