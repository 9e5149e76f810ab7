// Durations that AWS does not publish, drawn from the world's seed around figures that people measure.
// Simplified: uniform draws; real ones have long tails.
import type { Port } from '../../kernel/service';
import { type Ms, toMicroseconds } from '../../kernel/time';

function between(port: Port, lowMs: Ms, highMs: Ms): Ms {
  return toMicroseconds(lowMs + port.random() * (highMs - lowMs));
}

/** Placing an environment and fetching its code. Not part of INIT, not billed. LAM-CLD-X04 names the phases, not their times. */
export function creationMs(port: Port): Ms {
  return between(port, 35, 80);
}

/** Start of the Node.js process, before the function's own static code. Part of INIT. */
export function runtimeBootMs(port: Port): Ms {
  return between(port, 90, 140);
}

/** From the answer of a service to the handler that awaits it. */
export function apiLatencyMs(port: Port): Ms {
  return between(port, 3, 9);
}

/** From Lambda's own queue to the first attempt. */
export function dispatchMs(port: Port): Ms {
  return between(port, 8, 30);
}

/** Until a change of an event source mapping is in force. */
export function settlingMs(port: Port): Ms {
  return between(port, 3000, 8000);
}
