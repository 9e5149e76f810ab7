// All rules of a bus as one automaton: a state a field, shared by the rules that begin alike, so that an event is read once for all of them.
// After the open-source Event Ruler. https://github.com/aws/event-ruler
import type { Clause } from '../pattern/clause';
import type { Branch, Pattern } from '../pattern/pattern';
import type { EventObject } from './event-value';
import { type Fields, type FieldValue, joinPlaces, PathIndex, type Places } from './fields';
import { ValueMatcher } from './value-matcher';

interface State {
  /** Ways on, by path and alternatives. */
  edges: Map<string, Edge> | null;
  /** Matchers of the values of a field, by the number of its path. */
  values: Map<number, ValueMatcher<Edge>> | null;
  /** Ways on for a field that is missing. */
  absent: Map<number, Set<Edge>> | null;
  /** Rules that match when this state is reached. */
  rules: Set<RuleEntry> | null;
}

interface Edge {
  from: State;
  key: string;
  path: number;
  clauses: Clause[];
  next: State;
  /** Branches that lead through here. */
  uses: number;
}

interface RuleEntry {
  name: string;
  /** The last state of each branch with the edges that lead there. */
  ends: { state: State; edges: Edge[] }[];
  /** The latest event that it matched: a rule is reported once. */
  matchedIn: number;
}

const NOWHERE: Places = [];
/** From so many values on they are looked up by array element instead of one by one. */
const VALUES_FOR_INDEX = 9;

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

function createState(): State {
  return { edges: null, values: null, absent: null, rules: null };
}

function orderOf(branch: Branch): string[] {
  const paths = [...branch.keys()].sort();
  const weight = (path: string) => Math.max(...(branch.get(path) as Clause[]).map((clause) => SELECTIVITY[clause.is]));
  if ([...branch.values()].some((clauses) => clauses.some((clause) => clause.is === 'absent'))) return paths;
  return paths.map((path) => ({ path, weight: weight(path) })).sort((a, b) => a.weight - b.weight).map(({ path }) => path);
}

function isEmpty(state: State): boolean {
  return !state.edges && !state.rules;
}

export class Machine {
  private readonly paths = new PathIndex();
  private readonly start = createState();
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
    for (const { state } of rule.ends) {
      state.rules?.delete(rule);
      if (state.rules?.size === 0) state.rules = null;
    }
    for (const { edges } of rule.ends) for (let i = edges.length - 1; i >= 0; i--) this.release(edges[i] as Edge);
  }

  /** Names of the rules whose pattern the event matches, sorted. */
  match(event: EventObject): string[] {
    const found: string[] = [];
    this.visit(this.start, NOWHERE, this.paths.fieldsOf(event), ++this.events, found);
    return found.length > 1 ? found.sort() : found;
  }

  private addBranch(rule: RuleEntry, branch: Branch): void {
    let state = this.start;
    const edges: Edge[] = [];
    for (const path of orderOf(branch)) {
      const edge = this.edgeFor(state, this.paths.add(path), branch.get(path) as Clause[]);
      edge.uses++;
      edges.push(edge);
      state = edge.next;
    }
    state.rules ??= new Set();
    state.rules.add(rule);
    rule.ends.push({ state, edges });
  }

  private edgeFor(state: State, path: number, alternatives: Clause[]): Edge {
    const distinct = new Map(alternatives.map((clause) => [JSON.stringify(clause), clause]));
    const key = `${path} ${[...distinct.keys()].sort().join()}`;
    const known = state.edges?.get(key);
    if (known) return known;
    const edge: Edge = { from: state, key, path, clauses: [...distinct.values()], next: createState(), uses: 0 };
    state.edges ??= new Map();
    state.edges.set(key, edge);
    for (const clause of edge.clauses) {
      if (clause.is === 'absent') {
        state.absent ??= new Map();
        state.absent.set(path, (state.absent.get(path) ?? new Set<Edge>()).add(edge));
        continue;
      }
      state.values ??= new Map();
      let matcher = state.values.get(path);
      if (!matcher) {
        matcher = new ValueMatcher();
        state.values.set(path, matcher);
      }
      matcher.add(clause, edge);
    }
    return edge;
  }

  private release(edge: Edge): void {
    if (--edge.uses > 0 || !isEmpty(edge.next)) return;
    const { from, path } = edge;
    from.edges?.delete(edge.key);
    if (from.edges?.size === 0) from.edges = null;
    for (const clause of edge.clauses) {
      if (clause.is === 'absent') {
        const edges = from.absent?.get(path);
        edges?.delete(edge);
        if (edges?.size === 0) from.absent?.delete(path);
        if (from.absent?.size === 0) from.absent = null;
        continue;
      }
      const matcher = from.values?.get(path);
      matcher?.remove(clause, edge);
      if (matcher?.isEmpty) from.values?.delete(path);
      if (from.values?.size === 0) from.values = null;
    }
  }

  private visit(state: State, places: Places, fields: Fields, event: number, found: string[]): void {
    if (state.rules) {
      for (const rule of state.rules) {
        if (rule.matchedIn === event) continue;
        rule.matchedIn = event;
        found.push(rule.name);
      }
    }
    if (state.absent) {
      for (const [path, edges] of state.absent) {
        const values = fields.byPath[path];
        if (values?.some((value) => joinPlaces(places, value.places) !== null)) continue;
        for (const edge of edges) this.visit(edge.next, places, fields, event, found);
      }
    }
    if (!state.values) return;
    if (state.values.size <= fields.present.length) {
      for (const [path, matcher] of state.values) {
        const values = fields.byPath[path];
        if (values) this.visitField(matcher, values, places, fields, event, found);
      }
      return;
    }
    for (const path of fields.present) {
      const matcher = state.values.get(path);
      if (matcher) this.visitField(matcher, fields.byPath[path] as FieldValue[], places, fields, event, found);
    }
  }

  private visitField(
    matcher: ValueMatcher<Edge>,
    values: FieldValue[],
    places: Places,
    fields: Fields,
    event: number,
    found: string[],
  ): void {
    const edges: Edge[] = [];
    const only = values[0] as FieldValue;
    if (values.length === 1) {
      const joined = joinPlaces(places, only.places);
      if (joined === null) return;
      matcher.collect(only, edges);
      this.follow(edges, joined, fields, event, found);
      return;
    }
    // Values that add no place lead to the same: together they follow each way once.
    const shared: Edge[] = [];
    for (const value of candidates(values, places)) {
      const joined = joinPlaces(places, value.places);
      if (joined === null) continue;
      if (joined === places) {
        matcher.collect(value, shared);
        continue;
      }
      edges.length = 0;
      matcher.collect(value, edges);
      this.follow(edges.slice(), joined, fields, event, found);
    }
    this.follow(shared, places, fields, event, found);
  }

  private follow(edges: Edge[], places: Places, fields: Fields, event: number, found: string[]): void {
    if (edges.length === 0) return;
    if (edges.length === 1) {
      this.visit((edges[0] as Edge).next, places, fields, event, found);
      return;
    }
    for (const edge of new Set(edges)) this.visit(edge.next, places, fields, event, found);
  }
}

/** By the index in the outermost array that all values of a field share. Null when they share none. */
const indexes = new WeakMap<FieldValue[], { array: number; byElement: Map<number, FieldValue[]> } | null>();

/** The values that may lie in the array elements chosen so far. */
function candidates(values: FieldValue[], places: Places): FieldValue[] {
  if (values.length < VALUES_FOR_INDEX || places.length === 0) return values;
  let index = indexes.get(values);
  if (index === undefined) {
    const array = values[0]?.places[0];
    index = array === undefined || values.some((value) => value.places[0] !== array) ? null : { array, byElement: new Map() };
    for (const value of index ? values : []) {
      const element = value.places[1] as number;
      const list = index?.byElement.get(element);
      if (list) list.push(value);
      else index?.byElement.set(element, [value]);
    }
    indexes.set(values, index);
  }
  if (!index) return values;
  for (let i = 0; i < places.length; i += 2) {
    if (places[i] === index.array) return index.byElement.get(places[i + 1] as number) ?? [];
  }
  return values;
}
