// Every world is bounded; reaching a bound is a fact that says which one and how far, never a hang.

export interface WorldLimits {
  /** Entries of the trace. */
  factsMax: number;
  /** Calls taken from the agenda. */
  callsMax: number;
  /** Calls waiting at one time. */
  agendaMax: number;
  /** Virtual time since the world began. 40 days: SNS retries for 23 of them. */
  virtualMsMax: number;
}

export const DEFAULT_LIMITS: WorldLimits = {
  factsMax: 200_000,
  callsMax: 1_000_000,
  agendaMax: 200_000,
  virtualMsMax: 40 * 24 * 3_600_000,
};
