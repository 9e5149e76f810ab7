// What a lesson's author sets up for a live schedule explorer.

/** Who keeps the clock: a rule on the default bus, or EventBridge Scheduler. */
export type ClockKind = 'rule' | 'scheduler';

export interface ScheduleExample {
  /** What the choice is called. */
  name: string;
  /** `cron(0 6 * * ? *)`, `rate(5 minutes)`, and with Scheduler `at(2026-12-01T09:00:00)`. */
  expression: string;
  /** Default: `rule`. */
  by?: ClockKind;
  /** Scheduler only; a rule keeps UTC. Default: UTC. */
  timeZone?: string;
}

export interface ScheduleExplorerProps {
  /** Unique on the page. */
  id: string;
  title: string;
  examples: ScheduleExample[];
  /** The zone of the people who wait for the run. Default: Europe/Dublin, where the shop is. */
  peopleIn?: string;
  /** When the schedule is made, ISO 8601. Default: 2 November 2026, 10:00 UTC. */
  startAt?: string;
}

export const PEOPLE_IN = 'Europe/Dublin';

export const START = '2026-11-02T10:00:00Z';

/** Some of the hundreds of zones that Scheduler knows: with and without summer time, half an hour off, and across the globe. */
export const TIME_ZONES = ['UTC', 'Europe/Dublin', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'];

export const CLOCK_NAMES: Record<ClockKind, string> = {
  rule: 'Rule on the default bus',
  scheduler: 'EventBridge Scheduler',
};
