// What lanes are made of, and the sheet on which a trace is drawn: segments that open and close, and marks.
import type { Fact } from '@/sim/kernel/fact';
import type { Ms } from '@/sim/kernel/time';

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
  /** `passed`: a filter or a pattern let it pass by. */
  kind: 'fault' | 'gone' | 'message' | 'passed';
  at: Ms;
  title: string;
  fact: number;
}

export type LaneKind = 'caller' | 'environment' | 'lambda-queue' | 'queue' | 'host' | 'bus' | 'delivery' | 'mapping' | 'refusals';

export interface Lane {
  id: string;
  kind: LaneKind;
  label: string;
  resource: string;
  /** Whom a delivery or a mapping reaches; null for other lanes. */
  target: string | null;
  rows: number;
  segments: Segment[];
  marks: Mark[];
}

/** What the drawing of one trace collects. */
export class LaneSheet {
  readonly lanes = new Map<string, Lane>();
  private readonly open = new Map<string, Segment>();

  lane(id: string, kind: LaneKind, resource: string, target: string | null = null): Lane {
    const existing = this.lanes.get(id);
    if (existing) return existing;
    const lane: Lane = { id, kind, label: '', resource, target, rows: 1, segments: [], marks: [] };
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
