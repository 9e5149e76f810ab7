// The compiled rules of each bus. Not state: made from it when a bus first needs them, kept in step while its rules change.
import { Machine } from './matcher/machine';
import { type Pattern, parsePattern } from './pattern/pattern';
import type { Bus, Rule } from './state';

const machines = new WeakMap<Bus, Machine>();

/** Patterns that were read before; a world that goes over this many reads some again. */
const KNOWN_MAX = 2000;
const known = new Map<string, Pattern>();

/** Patterns in state were checked when they came. */
export function patternOf(text: string): Pattern {
  const before = known.get(text);
  if (before) return before;
  const parsed = parsePattern(text);
  if ('refused' in parsed) throw new Error(`A pattern in state is not valid: ${parsed.refused}`);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(text, parsed.pattern);
  return parsed.pattern;
}

export function hasWildcard(text: string): boolean {
  const clauses = patternOf(text).branches.flatMap((branch) => [...branch.values()].flat());
  return clauses.some(
    ({ is, ...rest }) => is === 'wildcard' || ('clauses' in rest && rest.clauses.some((inner) => inner.is === 'wildcard')),
  );
}

function isMatched(rule: Rule): boolean {
  return rule.pattern !== null && rule.status !== 'DISABLED';
}

export function machineOf(bus: Bus): Machine {
  let machine = machines.get(bus);
  if (!machine) {
    machine = new Machine();
    for (const rule of Object.values(bus.rules))
      if (rule.pattern !== null && isMatched(rule)) machine.add(rule.name, patternOf(rule.pattern));
    machines.set(bus, machine);
  }
  return machine;
}

/** After a rule was put, enabled, disabled or deleted. */
export function refreshMachine(bus: Bus, name: string): void {
  const machine = machines.get(bus);
  if (!machine) return;
  const rule = bus.rules[name];
  if (rule?.pattern && isMatched(rule)) machine.add(name, patternOf(rule.pattern));
  else machine.remove(name);
}
