// Virtual time: milliseconds since the world began, to the microsecond, and the calendar date that it stands for.

/** Virtual milliseconds since the world began; whole microseconds. */
export type Ms = number;

/** Rounds to whole microseconds, so that sums of durations agree on every machine. */
export function toMicroseconds(ms: number): Ms {
  return Math.round(ms * 1000) / 1000;
}

/** `2026-11-02T10:15:07.114Z` for a moment of the world. */
export function isoAt(startAtEpochMs: number, at: Ms): string {
  return new Date(Math.floor(startAtEpochMs + at)).toISOString();
}
