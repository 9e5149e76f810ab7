// The time axis of a set of lanes: work keeps its room, waits and idle time are folded.
import type { Fact } from '@/sim/kernel/fact';
import { foldTime, type Interval, type TimeScale } from './fold-time';
import type { Lane } from './lane-sheet';

export function timeOfLanes(lanes: readonly Lane[], facts: readonly Fact[]): TimeScale {
  const busy: Interval[] = [];
  const moments: number[] = [0, facts[facts.length - 1]?.at ?? 0];
  for (const lane of lanes) {
    for (const segment of lane.segments) {
      const idle = segment.kind === 'wait' || segment.kind === 'ash' || segment.kind === 'held';
      if (!idle) busy.push({ from: segment.from, to: segment.to });
      else moments.push(segment.from, segment.to);
    }
    for (const mark of lane.marks) moments.push(mark.at);
  }
  return foldTime(busy, moments);
}
