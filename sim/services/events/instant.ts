// Timestamps of requests and replies: Unix seconds on the wire. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
import type { Json } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';

/** Unix seconds from a number of seconds or an ISO text; null for anything else. */
export function secondsFrom(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms / 1000;
}

/** Unix seconds of a moment of the world. */
export function secondsAt(at: Ms, port: Port): number {
  return Math.floor(port.epochMs - port.now + at) / 1000;
}

/** `2026-11-02T10:15:07Z`: events carry whole seconds. */
export function eventTime(seconds: number): string {
  return `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19)}Z`;
}
