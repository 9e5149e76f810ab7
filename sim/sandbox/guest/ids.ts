// Numbers for what the host answers later: timers, requests and fetches share one sequence, so an id names one thing.

let last = 0;

export function nextId(): number {
  last += 1;
  return last;
}
