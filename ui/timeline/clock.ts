// Virtual time as people read it: the clock above a run, the labels of an axis, the length of a wait.
import type { Ms } from '@/sim/kernel/time';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/** `00:03:00.412`, from the first day on `1 d 00:03:00.412`. */
export function formatClock(at: Ms): string {
  const whole = Math.max(0, Math.floor(at));
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const seconds = Math.floor((whole % MINUTE) / SECOND);
  const clock = `${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(whole % SECOND, 3)}`;
  return days > 0 ? `${days} d ${clock}` : clock;
}

/** The shortest label for a place on an axis: `0`, `182 ms`, `3.2 s`, `1:00`, `2:03:00`. */
export function formatAxis(at: Ms): string {
  if (at <= 0) return '0';
  if (at < SECOND) return at < 1 ? `${Number(at.toFixed(2))} ms` : `${Math.round(at)} ms`;
  if (at < MINUTE) return `${Number((at / SECOND).toFixed(1))} s`;
  const seconds = Math.floor(at / SECOND);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const tail = pad(seconds % 60, 2);
  if (days > 0) return `${days} d ${hours}:${pad(minutes, 2)}`;
  return hours > 0 ? `${hours}:${pad(minutes, 2)}:${tail}` : `${minutes}:${tail}`;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

/** A length of time in the largest unit that fits: `0.42 ms`, `182 ms`, `3.02 s`, `1 min`, `6 h`. */
export function formatDuration(ms: Ms): string {
  if (ms < 10) return `${trimmed(ms, 2)} ms`;
  if (ms < SECOND) return `${trimmed(ms, 0)} ms`;
  if (ms < MINUTE) return `${trimmed(ms / SECOND, 2)} s`;
  if (ms < HOUR) return `${trimmed(ms / MINUTE, 1)} min`;
  if (ms < DAY) return `${trimmed(ms / HOUR, 1)} h`;
  return `${trimmed(ms / DAY, 1)} d`;
}

/** A length of time in a sentence: `1 minute`, `2 minutes`, `30 seconds`, `182 ms`. */
export function spellDuration(ms: Ms): string {
  const plural = (count: number, unit: string) => `${trimmed(count, 1)} ${unit}${count === 1 ? '' : 's'}`;
  if (ms < SECOND) return formatDuration(ms);
  if (ms < MINUTE) return plural(Number((ms / SECOND).toFixed(1)), 'second');
  if (ms < HOUR) return plural(Number((ms / MINUTE).toFixed(1)), 'minute');
  return plural(Number((ms / HOUR).toFixed(1)), 'hour');
}
