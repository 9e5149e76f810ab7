// All rules of a bus as one automaton: a state a field, shared by the rules that begin alike, so that an event is read once for all of them.
// After the open-source Event Ruler. https://github.com/aws/event-ruler

import type { Clause } from '../pattern/clause';
import type { Branch, Pattern } from '../pattern/pattern';
import { addTo, removeFrom } from './bag';
import type { EventObject } from './event-value';
import { candidates, type Fields, type FieldValue, joinPlaces, PathIndex, type Places } from './fields';
import { type RuleEntry, State } from './state';
import type { ValueMatcher } from './value-matcher';

const NOWHERE: Places = [];
/** States that are told apart one by one. */
const LISTED_MAX = 16;

/** Fields that few events satisfy come first; the meaning does not depend on the order unless a field has to be missing. */
const SELECTIVITY: Record<Clause['is'], number> = {
  string: 0,
  number: 0,
  address: 0,
  literal: 1,
  'equals-ignore-case': 1,
  prefix: 2,
  suffix: 2,
  'prefix-ignore-case': 2,
  'suffix-ignore-case': 2,
  cidr: 2,
  wildcard: 2,
  numeric: 3,
  'anything-but': 4,
  exists: 5,
  absent: 5,
};

/** Looked at first: nearly every rule names them, and a bus divides best by them. */
const FIRST_PATHS = ['source', 'detail-type'];

/**
 * Whether a field has to be missing can depend on the array elements chosen so far, so such a branch keeps the order of its paths.
 * A field of the envelope shares no array with others and goes first in any case.
 */
function orderOf(branch: Branch): string[] {
  const paths = [...branch.keys()].sort();
  const first = FIRST_PATHS.filter((path) => branch.has(path) && isApart(path, branch, paths));
  const rest = paths.filter((path) => !first.includes(path));
  if (rest.some((path) => branch.get(path)?.some((clause) => clause.is === 'absent'))) return [...first, ...rest];
  const weight = (path: string) => Math.max(...(branch.get(path) as Clause[]).map((clause) => SELECTIVITY[clause.is]));
  const byWeight = rest
    .map((path) => ({ path, weight: weight(path) }))
    .sort((a, b) => a.weight - b.weight)
    .map(({ path }) => path);
  return [...first, ...byWeight];
}

function isApart(path: string, branch: Branch, paths: string[]): boolean {
  const isPlain = branch.get(path)?.every((clause) => clause.is === 'string') ?? false;
  return isPlain && !paths.some((other) => other.startsWith(`${path}.`));
}

export class Machine {
  private readonly paths = new PathIndex();
  private readonly start = new State(null, '', -1, []);
  private readonly rules = new Map<string, RuleEntry>();
  private events = 0;
  private found: string[] = [];
  /** States found and not yet visited, of every level of the walk. */
  private readonly stack: State[] = [];

  get size(): number {
    return this.rules.size;
  }

  /** Replaces the rule of this name. */
  add(name: string, pattern: Pattern): void {
    this.remove(name);
    const rule: RuleEntry = { name, ends: [], matchedIn: 0 };
    for (const branch of pattern.branches) this.addBranch(rule, branch);
    this.rules.set(name, rule);
  }

  remove(name: string): void {
    const rule = this.rules.get(name);
    if (!rule) return;
    this.rules.delete(name);
    for (const state of rule.ends) state.rules = removeFrom(state.rules, rule);
    for (const end of rule.ends) for (let state: State | null = end; state?.from; ) state = release(state);
  }

  /** Names of the rules whose pattern the event matches, sorted. */
  match(event: EventObject): string[] {
    this.events++;
    this.found = [];
    this.visit(this.start, NOWHERE, this.paths.fieldsOf(event));
    return this.found.length > 1 ? this.found.sort() : this.found;
  }

  private addBranch(rule: RuleEntry, branch: Branch): void {
    let state = this.start;
    for (const path of orderOf(branch)) {
      state = wayOn(state, this.paths.add(path), branch.get(path) as Clause[]);
      state.uses++;
    }
    state.rules = addTo(state.rules, rule);
    rule.ends.push(state);
  }

  private visit(state: State, places: Places, fields: Fields): void {
    const { rules, absences } = state;
    if (rules !== undefined) {
      if (rules instanceof Set) for (const rule of rules) this.report(rule);
      else this.report(rules);
    }
    if (absences !== null) {
      for (const { path, states } of absences) {
        if (isPresent(fields.valuesOf(path), places)) continue;
        for (const next of states) this.visit(next, places, fields);
      }
    }
    if (state.fields <= fields.present.length) {
      for (let matcher = state.matchers; matcher !== null; matcher = matcher.next) this.visitField(matcher, places, fields);
      return;
    }
    for (const path of fields.present) {
      const matcher = state.matcherOf(path);
      if (matcher) this.visitField(matcher, places, fields);
    }
  }

  private report(rule: RuleEntry): void {
    if (rule.matchedIn === this.events) return;
    rule.matchedIn = this.events;
    this.found.push(rule.name);
  }

  private visitField(matcher: ValueMatcher<State>, places: Places, fields: Fields): void {
    const text = matcher.isPlain ? fields.textOf(matcher.path) : undefined;
    if (text !== undefined) {
      const next = matcher.itemsOf(text);
      if (next instanceof Set) for (const state of next) this.visit(state, places, fields);
      else if (next !== undefined) this.visit(next, places, fields);
      return;
    }
    const values = fields.valuesOf(matcher.path);
    if (values === undefined) return;
    const { stack } = this;
    if (values.length === 1) {
      const only = values[0] as FieldValue;
      const joined = joinPlaces(places, only.places);
      if (joined === null) return;
      const base = stack.length;
      matcher.collect(only, stack);
      if (stack.length > base) this.follow(base, joined, fields);
      return;
    }
    // Values that add no place lead to the same: together they follow each way once.
    const shared: FieldValue[] = [];
    for (const value of candidates(values, places)) {
      const joined = joinPlaces(places, value.places);
      if (joined === null) continue;
      if (joined === places) {
        shared.push(value);
        continue;
      }
      const base = stack.length;
      matcher.collect(value, stack);
      if (stack.length > base) this.follow(base, joined, fields);
    }
    const base = stack.length;
    for (const value of shared) matcher.collect(value, stack);
    if (stack.length > base) this.follow(base, places, fields);
  }

  /** Visits the states on the stack from `base` on and takes them off. A state may come by several alternatives; it is visited once. */
  private follow(base: number, places: Places, fields: Fields): void {
    const { stack } = this;
    const { length } = stack;
    if (length - base > LISTED_MAX) {
      for (const state of new Set(stack.slice(base))) this.visit(state, places, fields);
    } else {
      for (let i = base; i < length; i++) {
        const state = stack[i] as State;
        if (i === base || stack.indexOf(state, base) === i) this.visit(state, places, fields);
      }
    }
    while (stack.length > base) stack.pop();
  }
}

function wayOn(from: State, path: number, alternatives: Clause[]): State {
  const distinct = new Map(alternatives.map((clause) => [JSON.stringify(clause), clause]));
  const key = `${path} ${[...distinct.keys()].sort().join()}`;
  const known = from.ways?.get(key);
  if (known) return known;
  const state = new State(from, key, path, [...distinct.values()]);
  from.addWay(state);
  return state;
}

/** One branch less leads through the state. Returns where it came from; unhooked from there when nothing is left. */
function release(state: State): State | null {
  const { from } = state;
  if (--state.uses === 0 && from) from.removeWay(state);
  return from;
}

/** Whether some value of the field fits the array elements chosen so far. */
function isPresent(values: FieldValue[] | undefined, places: Places): boolean {
  if (!values) return false;
  for (const value of candidates(values, places)) if (joinPlaces(places, value.places) !== null) return true;
  return false;
}
