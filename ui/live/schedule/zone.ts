// Wall clocks of time zones. A wall time is kept as if it were UTC: milliseconds since 1970 by that clock.

const HOUR_MS = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

/** What the clocks of the zone show at this moment. */
export function wallOf(at: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How far the zone's clocks are ahead of UTC, in milliseconds. */
export function offsetOf(at: number, timeZone: string): number {
  return wallOf(at, timeZone) - Math.floor(at / 1000) * 1000;
}

/** The first moment at which the clocks show this; null in the hour that is left out in spring. */
export function momentOf(wall: number, timeZone: string): number | null {
  const candidates = [-26, 26].map((hours) => wall - offsetOf(wall + hours * HOUR_MS, timeZone));
  const right = candidates.filter((at) => wallOf(at, timeZone) === wall);
  return right.length === 0 ? null : Math.min(...right);
}
