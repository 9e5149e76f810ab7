// A trace as lanes: buses and deliveries, callers that wait, execution environments, Lambda's own queues, mappings, SQS queues, hosts and
// refusals, each with segments and marks in virtual time.
import type { Fact } from '@/sim/kernel/fact';
import type { Ms } from '@/sim/kernel/time';
import { type Lane, LaneSheet } from './lane-sheet';
import { drawEvents, drawTopic } from './lanes-of-deliveries';
import { drawLambda } from './lanes-of-lambda';
import { drawMapping } from './lanes-of-mappings';
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
    drawMapping(sheet, fact);
    if (fact.type.startsWith('sns:')) drawTopic(sheet, fact);
    else if (fact.type.startsWith('events:')) drawEvents(sheet, fact);
    else drawOthers(sheet, fact, hosts);
  }
  sheet.close(facts[facts.length - 1]?.at ?? 0);
  const lanes = [...sheet.lanes.values()].filter((lane) => lane.segments.length + lane.marks.length > 0);
  for (const lane of lanes) stack(lane);
  nameLanes(lanes, options.namePrefix ?? '');
  return inOrder(lanes);
}

/** Rows of one lane; what overlaps further shares the last of them. */
const ROWS_MAX = 12;

/** Gives overlapping segments of a lane rows of their own, the first free row each. */
function stack(lane: Lane): void {
  const busyUntil: Ms[] = [];
  for (const segment of lane.segments) {
    let row = busyUntil.findIndex((until) => until <= segment.from);
    if (row < 0) row = Math.min(busyUntil.length, ROWS_MAX - 1);
    busyUntil[row] = Math.max(segment.to, segment.from);
    segment.row = row;
  }
  lane.rows = Math.max(1, busyUntil.length);
}

/** Names say the function only where there are several. */
function nameLanes(lanes: Lane[], prefix: string): void {
  const functions = new Set(
    lanes
      .filter((lane) => lane.kind === 'environment' || lane.kind === 'lambda-queue' || lane.kind === 'caller')
      .map((lane) => lane.resource),
  );
  const several = functions.size > 1;
  const counts = new Map<string, number>();
  for (const lane of lanes) {
    const name = nameOf(lane.resource, prefix);
    if (lane.kind === 'environment') {
      const count = (counts.get(lane.resource) ?? 0) + 1;
      counts.set(lane.resource, count);
      lane.label = several ? `${name}, env. ${count}` : `Env. ${count}`;
    } else if (lane.kind === 'lambda-queue') {
      lane.label = several ? `${name}, async queue` : 'Async queue';
    } else if (lane.kind === 'caller') {
      lane.label = several ? `${name}, caller` : 'Caller';
    } else if (lane.kind === 'delivery') {
      lane.label = lane.target === null ? name : `${name} → ${nameOf(lane.target, prefix)}`;
    } else if (lane.kind === 'mapping') {
      lane.label = lane.target === null ? 'Mapping' : `mapping → ${nameOf(lane.target, prefix)}`;
    } else {
      lane.label = lane.kind === 'refusals' ? 'Refusals' : name;
    }
  }
}

function nameOf(resource: string, prefix: string): string {
  const last = resource
    .replace(/^https?:\/\//, '')
    .split(':')
    .pop();
  const full = last === undefined || last === '' ? resource : last.replace(/^.*\//, '');
  return full.startsWith(prefix) && full !== prefix ? full.slice(prefix.length) : full;
}

/** From top to bottom among the lanes of one function. */
const PLACES: Partial<Record<Lane['kind'], number>> = { caller: 0, 'lambda-queue': 1, environment: 2 };

/** Lanes of no function: what delivers to functions above them, what functions use below, refusals last. */
const RANKS: Partial<Record<Lane['kind'], number>> = { bus: -2, delivery: -1, host: 1, refusals: 2 };

/** A function's callers and its queue stand above its environments. */
function inOrder(lanes: Lane[]): Lane[] {
  const place = (lane: Lane) => PLACES[lane.kind] ?? 3;
  const order = [...new Set(lanes.map((lane) => lane.resource))];
  const rank = (lane: Lane) => {
    if (place(lane) < 3) return order.indexOf(lane.resource);
    const outside = RANKS[lane.kind] ?? 0;
    return outside < 0 ? outside : order.length + outside;
  };
  return [...lanes].sort((a, b) => rank(a) - rank(b) || place(a) - place(b));
}
