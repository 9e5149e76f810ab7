// A trace as lanes: execution environments, Lambda's own queues, SQS queues and hosts, each with segments and marks in virtual time.
import type { Fact } from '@/sim/kernel/fact';
import type { Ms } from '@/sim/kernel/time';
import { type Lane, LaneSheet } from './lane-sheet';
import { drawLambda } from './lanes-of-lambda';
import { drawOthers } from './lanes-of-others';

export interface LaneOptions {
  /** Whether hosts outside AWS get lanes. Default true. */
  hosts?: boolean;
  /** Start of every name that a stack gave: left out of labels. */
  namePrefix?: string;
}

export function lanesOf(facts: readonly Fact[], options: LaneOptions = {}): Lane[] {
  const sheet = new LaneSheet();
  const hosts = options.hosts ?? true;
  for (const fact of facts) {
    drawLambda(sheet, fact);
    drawOthers(sheet, fact, hosts);
  }
  sheet.close(facts[facts.length - 1]?.at ?? 0);
  const lanes = [...sheet.lanes.values()].filter((lane) => lane.segments.length + lane.marks.length > 0);
  for (const lane of lanes) stack(lane);
  nameLanes(lanes, options.namePrefix ?? '');
  return inOrder(lanes);
}

/** Gives overlapping segments of a lane rows of their own, the first free row each. */
function stack(lane: Lane): void {
  const busyUntil: Ms[] = [];
  for (const segment of lane.segments) {
    let row = busyUntil.findIndex((until) => until <= segment.from);
    if (row < 0) row = busyUntil.length;
    busyUntil[row] = Math.max(segment.to, segment.from);
    segment.row = row;
  }
  lane.rows = Math.max(1, busyUntil.length);
}

/** Names say the function only where there are several. */
function nameLanes(lanes: Lane[], prefix: string): void {
  const functions = new Set(
    lanes.filter((lane) => lane.kind === 'environment' || lane.kind === 'lambda-queue').map((lane) => lane.resource),
  );
  const several = functions.size > 1;
  const counts = new Map<string, number>();
  for (const lane of lanes) {
    const full = nameOf(lane.resource);
    const name = full.startsWith(prefix) && full !== prefix ? full.slice(prefix.length) : full;
    if (lane.kind === 'environment') {
      const count = (counts.get(lane.resource) ?? 0) + 1;
      counts.set(lane.resource, count);
      lane.label = several ? `${name}, env. ${count}` : `Env. ${count}`;
    } else if (lane.kind === 'lambda-queue') {
      lane.label = several ? `${name}, async queue` : 'Async queue';
    } else {
      lane.label = name;
    }
  }
}

function nameOf(resource: string): string {
  const last = resource
    .replace(/^https?:\/\//, '')
    .split(':')
    .pop();
  return last === undefined || last === '' ? resource : last.replace(/^.*\//, '');
}

/** A function's queue stands above its environments; then the queues and hosts that it calls. */
function inOrder(lanes: Lane[]): Lane[] {
  const place = (lane: Lane) => (lane.kind === 'lambda-queue' ? 0 : lane.kind === 'environment' ? 1 : 2);
  const order = [...new Set(lanes.map((lane) => lane.resource))];
  const rank = (lane: Lane) => (place(lane) < 2 ? order.indexOf(lane.resource) : order.length + (lane.kind === 'host' ? 1 : 0));
  return [...lanes].sort((a, b) => rank(a) - rank(b) || place(a) - place(b));
}
