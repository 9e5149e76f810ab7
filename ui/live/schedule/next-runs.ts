// The next runs of a schedule: of a rule in UTC, of EventBridge Scheduler by the clocks of a time zone.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
import { nextFire, parseSchedule, type Schedule } from '@/sim/services/events/schedule/expression';
import type { ClockKind } from './schedule-setup';
import { whyRefused } from './why-refused';
import { momentOf, wallOf } from './zone';

export interface Run {
  /** Unix milliseconds. */
  at: number;
}

/** A time that the clocks of the zone leave out in spring: Scheduler skips it. */
export interface Skipped {
  /** What the clocks would show, as if it were UTC. */
  wall: number;
}

export interface ScheduleReading {
  runs: (Run | Skipped)[];
}

export interface ScheduleRefusal {
  /** As AWS words it. */
  message: string;
  /** What is wrong with it. */
  why: string;
}

/** Rows that a reader can take in. */
const RUNS_SHOWN = 8;

export function readSchedule(
  expression: string,
  by: ClockKind,
  timeZone: string,
  startAt: number,
): ScheduleReading | { refused: ScheduleRefusal } {
  const text = expression.trim();
  if (by === 'rule') {
    const schedule = parseSchedule(text);
    if (schedule) return { runs: runsOf(schedule, startAt) };
    return { refused: { message: 'Parameter ScheduleExpression is not valid.', why: whyRefused(text, by) } };
  }
  const refused = { message: `Invalid Schedule Expression ${text}.`, why: whyRefused(text, by) };
  if (text.startsWith('at(')) {
    const wall = oneTime(text);
    if (wall === null) return { refused };
    const at = momentOf(wall, timeZone);
    if (at === null) return { runs: [{ wall }] };
    return { runs: at > startAt ? [{ at }] : [] };
  }
  const schedule = parseSchedule(withAgreeingUnit(text));
  if (!schedule) return { refused };
  return { runs: 'rateMs' in schedule ? runsOf(schedule, startAt) : runsByClock(schedule, timeZone, startAt) };
}

/** The date as a wall time, which it is not yet in any zone. */
function oneTime(text: string): number | null {
  const written = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(text)?.[1];
  const wall = written === undefined ? Number.NaN : Date.parse(`${written}Z`);
  // 31 November reads as a date to nobody but a calendar that counts on.
  return Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 19) !== written ? null : wall;
}

/** Scheduler takes `rate(1 minutes)` as well, which a rule does not. */
function withAgreeingUnit(text: string): string {
  return text.replace(/^rate\((\d+) +(minute|hour|day)s?\)$/, (_all, value: string, unit: string) => {
    return `rate(${value} ${unit}${value === '1' ? '' : 's'})`;
  });
}

function runsOf(schedule: Schedule, startAt: number): Run[] {
  const runs: Run[] = [];
  let at: number | null = startAt;
  while (runs.length < RUNS_SHOWN) {
    at = nextFire(schedule, at);
    if (at === null) break;
    runs.push({ at });
  }
  return runs;
}

/** By the wall: what the clocks leave out is skipped, what they show twice runs at the first of the two. */
function runsByClock(schedule: Schedule, timeZone: string, startAt: number): (Run | Skipped)[] {
  const runs: (Run | Skipped)[] = [];
  let last = startAt;
  let wall: number | null = wallOf(startAt, timeZone);
  while (runs.length < RUNS_SHOWN) {
    wall = nextFire(schedule, wall);
    if (wall === null) break;
    const at = momentOf(wall, timeZone);
    if (at === null) runs.push({ wall });
    else if (at > last) {
      runs.push({ at });
      last = at;
    }
  }
  return runs;
}
