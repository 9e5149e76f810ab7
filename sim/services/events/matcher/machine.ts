// All rules of a bus as one automaton: a state a field, shared by the rules that begin alike, so that an event is read once for all of them.
// After the open-source Event Ruler. https://github.com/aws/event-ruler

import type { Clause } from '../pattern/clause';
import type { Branch, Pattern } from '../pattern/pattern';
import { addTo, type Bag, removeFrom } from './bag';
import type { EventObject } from './event-value';
import { candidates, type Fields, type FieldValue, joinPlaces, PathIndex, type Places } from './fields';
import { ValueMatcher } from './value-matcher';

/** What is known after some fields of an event: a state has one way in, the alternatives of the field before. */
interface State {
  from: State | null;
  /** Field and alternatives, as the key in `from.ways`. */
  key: string;
  path: number;
  clauses: Clause[];
  /** Branches that lead through here. */
  uses: number;
  /** Ways on, by path and alternatives. */
  ways: Map<string, State> | null;
  /** The matcher of the one field that the ways on look at; most states have no other. */
  onlyPath: number;
  onlyMatcher: ValueMatcher<State> | null;
  /** Matchers by the number of their path, when there are several fields. */
  matchers: Map<number, ValueMatcher<State>> | null;
  /** The same as a list, made when it is first walked. */
  list: { path: number; matcher: ValueMatcher<State> }[] | null;
  /** Ways on for a field that is missing. */
  absent: Map<number, Set<State>> | null;
  /** Rules that match when this state is reached. */
  rules: Bag<RuleEntry>;
}

interface RuleEntry {
  name: string;
  /** The last state of each branch. */
  ends: State[];
  /** The latest event that it matched: a rule is reported once. */
  matchedIn: number;
}

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

function createState(from: State | null, key: string, path: number, clauses: Clause[]): State {
  // What matching looks at stands first, close together in memory.
  const matching = { rules: undefined, onlyPath: -1, onlyMatcher: null, matchers: null, list: null, absent: null };
  return { ...matching, uses: 0, from, key, path, clauses, ways: null };
}

function matcherOf(state: State, path: number): ValueMatcher<State> | undefined {
  return state.onlyPath === path ? (state.onlyMatcher as ValueMatcher<State>) : state.matchers?.get(path);
}

function addMatcher(state: State, path: number): ValueMatcher<State> {
  const matcher = new ValueMatcher<State>();
  if (!state.onlyMatcher && !state.matchers) {
    state.onlyPath = path;
    state.onlyMatcher = matcher;
    return matcher;
  }
  if (state.onlyMatcher) state.matchers = new Map([[state.onlyPath, state.onlyMatcher]]);
  state.onlyPath = -1;
  state.onlyMatcher = null;
  state.list = null;
  state.matchers?.set(path, matcher);
  return matcher;
}

function removeMatcher(state: State, path: number): void {
  state.matchers?.delete(path);
  state.list = null;
  if (state.matchers?.size === 0) state.matchers = null;
  if (state.onlyPath !== path) return;
  state.onlyPath = -1;
  state.onlyMatcher = null;
}

function orderOf(branch: Branch): string[] {
  const paths = [...branch.keys()].sort();
  const weight = (path: string) => Math.max(...(branch.get(path) as Clause[]).map((clause) => SELECTIVITY[clause.is]));
  if ([...branch.values()].some((clauses) => clauses.some((clause) => clause.is === 'absent'))) return paths;
  return paths
    .map((path) => ({ path, weight: weight(path) }))
    .sort((a, b) => a.weight - b.weight)
    .map(({ path }) => path);
}

export class Machine {
  private readonly paths = new PathIndex();
  private readonly start = createState(null, '', -1, []);
  private readonly rules = new Map<string, RuleEntry>();
  private events = 0;

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
    for (const end of rule.ends) for (let state: State | null = end; state?.from; ) state = this.release(state);
  }

  /** Names of the rules whose pattern the event matches, sorted. */
  match(event: EventObject): string[] {
    const found: string[] = [];
    this.visit(this.start, NOWHERE, this.paths.fieldsOf(event), ++this.events, found);
    return found.length > 1 ? found.sort() : found;
  }

  private addBranch(rule: RuleEntry, branch: Branch): void {
    let state = this.start;
    for (const path of orderOf(branch)) {
      state = this.wayOn(state, this.paths.add(path), branch.get(path) as Clause[]);
      state.uses++;
    }
    state.rules = addTo(state.rules, rule);
    rule.ends.push(state);
  }

  private wayOn(from: State, path: number, alternatives: Clause[]): State {
    const distinct = new Map(alternatives.map((clause) => [JSON.stringify(clause), clause]));
    const key = `${path} ${[...distinct.keys()].sort().join()}`;
    const known = from.ways?.get(key);
    if (known) return known;
    const state = createState(from, key, path, [...distinct.values()]);
    from.ways ??= new Map();
    from.ways.set(key, state);
    for (const clause of state.clauses) {
      if (clause.is === 'absent') {
        from.absent ??= new Map();
        from.absent.set(path, (from.absent.get(path) ?? new Set<State>()).add(state));
      } else (matcherOf(from, path) ?? addMatcher(from, path)).add(clause, state);
    }
    return state;
  }

  /** One branch less leads through the state. Returns where it came from; unhooked from there when nothing is left. */
  private release(state: State): State | null {
    const { from, path } = state;
    if (--state.uses > 0 || !from) return from;
    from.ways?.delete(state.key);
    if (from.ways?.size === 0) from.ways = null;
    for (const clause of state.clauses) {
      if (clause.is === 'absent') {
        const states = from.absent?.get(path);
        states?.delete(state);
        if (states?.size === 0) from.absent?.delete(path);
        if (from.absent?.size === 0) from.absent = null;
        continue;
      }
      const matcher = matcherOf(from, path);
      matcher?.remove(clause, state);
      if (matcher?.isEmpty) removeMatcher(from, path);
    }
    return from;
  }

  private visit(state: State, places: Places, fields: Fields, event: number, found: string[]): void {
    if (state.rules instanceof Set) for (const rule of state.rules) this.report(rule, event, found);
    else if (state.rules) this.report(state.rules, event, found);
    if (state.absent) {
      for (const [path, states] of state.absent) {
        if (isPresent(fields.byPath[path], places)) continue;
        for (const next of states) this.visit(next, places, fields, event, found);
      }
    }
    if (state.onlyMatcher) {
      const values = fields.byPath[state.onlyPath];
      if (values) this.visitField(state.onlyMatcher, values, places, fields, event, found);
      return;
    }
    if (!state.matchers) return;
    if (state.matchers.size <= fields.present.length) {
      state.list ??= [...state.matchers].map(([path, matcher]) => ({ path, matcher }));
      for (const { path, matcher } of state.list) {
        const values = fields.byPath[path];
        if (values) this.visitField(matcher, values, places, fields, event, found);
      }
      return;
    }
    for (const path of fields.present) {
      const matcher = state.matchers.get(path);
      if (matcher) this.visitField(matcher, fields.byPath[path] as FieldValue[], places, fields, event, found);
    }
  }

  private report(rule: RuleEntry, event: number, found: string[]): void {
    if (rule.matchedIn === event) return;
    rule.matchedIn = event;
    found.push(rule.name);
  }

  private visitField(
    matcher: ValueMatcher<State>,
    values: FieldValue[],
    places: Places,
    fields: Fields,
    event: number,
    found: string[],
  ): void {
    const states: State[] = [];
    const only = values[0] as FieldValue;
    if (values.length === 1) {
      const joined = joinPlaces(places, only.places);
      if (joined === null) return;
      matcher.collect(only, states);
      this.follow(states, joined, fields, event, found);
      return;
    }
    // Values that add no place lead to the same: together they follow each way once.
    const shared: State[] = [];
    for (const value of candidates(values, places)) {
      const joined = joinPlaces(places, value.places);
      if (joined === null) continue;
      if (joined === places) {
        matcher.collect(value, shared);
        continue;
      }
      states.length = 0;
      matcher.collect(value, states);
      this.follow(states, joined, fields, event, found);
    }
    this.follow(shared, places, fields, event, found);
  }

  private follow(states: State[], places: Places, fields: Fields, event: number, found: string[]): void {
    const { length } = states;
    if (length > LISTED_MAX) {
      for (const state of new Set(states)) this.visit(state, places, fields, event, found);
      return;
    }
    // A state may come by several alternatives; it is visited once.
    for (let i = 0; i < length; i++) {
      const state = states[i] as State;
      if (i === 0 || states.indexOf(state) === i) this.visit(state, places, fields, event, found);
    }
  }
}

/** Whether some value of the field fits the array elements chosen so far. */
function isPresent(values: FieldValue[] | undefined, places: Places): boolean {
  if (!values) return false;
  for (const value of candidates(values, places)) if (joinPlaces(places, value.places) !== null) return true;
  return false;
}
