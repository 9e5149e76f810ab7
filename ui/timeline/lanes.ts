// A trace as lanes: execution environments, Lambda's own queues, SQS queues and hosts, each with segments and marks in virtual time.
import type { Fact } from '@/sim/kernel/fact';
import type { Ms } from '@/sim/kernel/time';
import { drawLambda } from './lanes-of-lambda';
import { drawOthers } from './lanes-of-others';

/**
 * What a segment is. Cold is outlined, warm filled, fault crossed, wait hatched, ash (idle or frozen) plain grey,
 * held is a queue that holds messages.
 */
export type SegmentKind = 'cold' | 'warm' | 'fault' | 'wait' | 'ash' | 'held' | 'host';

export interface Segment {
  kind: SegmentKind;
  from: Ms;
  to: Ms;
  /** Short text inside the segment: `init`, `ok`, `wait 1 min`. */
  label: string;
  /** The same in full, for the table and for those who cannot see the drawing. */
  title: string;
  /** The fact that began it and, unless the trace ends first, the one that ended it. */
  fact: number;
  endFact: number | null;
  /** Row inside the lane, from 0: waits of several events lie under each other. */
  row: number;
}

export interface Mark {
  kind: 'fault' | 'gone' | 'message';
  at: Ms;
  title: string;
  fact: number;
}

export type LaneKind = 'environment' | 'lambda-queue' | 'queue' | 'host';

export interface Lane {
  id: string;
  kind: LaneKind;
  label: string;
  resource: string;
  rows: number;
  segments: Segment[];
  marks: Mark[];
}

export interface LaneOptions {
  /** Whether hosts outside AWS get lanes. Default true. */
  hosts?: boolean;
  /** Start of every name that a stack gave: left out of labels. */
  namePrefix?: string;
}

/** What the drawing of one trace collects. */
export class LaneSheet {
  readonly lanes = new Map<string, Lane>();
  private readonly open = new Map<string, Segment>();

  lane(id: string, kind: LaneKind, resource: string): Lane {
    const existing = this.lanes.get(id);
    if (existing) return existing;
    const lane: Lane = { id, kind, label: '', resource, rows: 1, segments: [], marks: [] };
    this.lanes.set(id, lane);
    return lane;
  }

  /** Opens a segment under a key of the caller's choice; one of that key that is still open ends here. */
  begin(key: string, lane: Lane, fact: Fact, segment: Pick<Segment, 'kind' | 'label' | 'title'>, until: Ms | null = null): void {
    this.end(key, fact);
    this.add(lane, fact, segment, until ?? fact.at);
    const added = lane.segments[lane.segments.length - 1];
    if (added) this.open.set(key, added);
  }

  /** A segment whose end is known when it begins. */
  add(lane: Lane, fact: Fact, segment: Pick<Segment, 'kind' | 'label' | 'title'>, until: Ms): void {
    lane.segments.push({ ...segment, from: fact.at, to: until, fact: fact.seq, endFact: null, row: 0 });
  }

  end(key: string, fact: Fact, change: Partial<Pick<Segment, 'kind' | 'label' | 'title'>> = {}): Segment | null {
    const found = this.open.get(key);
    if (!found) return null;
    this.open.delete(key);
    Object.assign(found, change, { to: fact.at, endFact: fact.seq });
    return found;
  }

  /** Segments that the trace leaves open reach to its end. */
  close(at: Ms): void {
    for (const segment of this.open.values()) segment.to = Math.max(segment.to, at);
    this.open.clear();
  }
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
