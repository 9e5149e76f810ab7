// What is known after some fields of an event: a state of the automaton, with one way in, the alternatives of the field before.
import type { Clause } from '../pattern/clause';
import type { Bag } from './bag';
import { ValueMatcher } from './value-matcher';

export interface RuleEntry {
  name: string;
  /** The last state of each branch. */
  ends: State[];
  /** The latest event that it matched: a rule is reported once. */
  matchedIn: number;
}

/** Ways on for a field that is missing. */
interface Absence {
  path: number;
  states: State[];
}

/** A chain of so many matchers is walked; a longer one is looked up. */
const CHAIN_MAX = 8;

/** What matching looks at stands first, close together in memory. */
export class State {
  /** Rules that match when this state is reached. */
  rules: Bag<RuleEntry> = undefined;
  /** The fields that the ways on look at, as a chain: most states have one. */
  matchers: ValueMatcher<State> | null = null;
  absences: Absence[] | null = null;
  fields = 0;
  private byPath: Map<number, ValueMatcher<State>> | null = null;
  /** Branches that lead through here. */
  uses = 0;
  /** Ways on, by path and alternatives. */
  ways: Map<string, State> | null = null;

  constructor(
    readonly from: State | null,
    /** Field and alternatives, as the key in `from.ways`. */
    readonly key: string,
    readonly path: number,
    readonly clauses: Clause[],
  ) {}

  matcherOf(path: number): ValueMatcher<State> | undefined {
    if (!this.byPath) {
      this.byPath = new Map();
      for (let each = this.matchers; each; each = each.next) this.byPath.set(each.path, each);
    }
    return this.byPath.get(path);
  }

  /** The way on when the field of `to` has one of its alternatives. */
  addWay(to: State): void {
    this.ways ??= new Map();
    this.ways.set(to.key, to);
    for (const clause of to.clauses) {
      if (clause.is === 'absent') this.addAbsence(to);
      else this.matcherFor(to.path).add(clause, to);
    }
  }

  removeWay(to: State): void {
    this.ways?.delete(to.key);
    if (this.ways?.size === 0) this.ways = null;
    for (const clause of to.clauses) {
      if (clause.is === 'absent') this.removeAbsence(to);
      else {
        const matcher = this.matcherFor(to.path);
        matcher.remove(clause, to);
        if (matcher.isEmpty) this.dropMatcher(matcher);
      }
    }
  }

  private matcherFor(path: number): ValueMatcher<State> {
    if (this.fields > CHAIN_MAX) {
      const known = this.matcherOf(path);
      if (known) return known;
    } else for (let each = this.matchers; each; each = each.next) if (each.path === path) return each;
    const matcher = new ValueMatcher<State>(path);
    matcher.next = this.matchers;
    this.matchers = matcher;
    this.fields++;
    this.byPath?.set(path, matcher);
    return matcher;
  }

  private dropMatcher(matcher: ValueMatcher<State>): void {
    this.fields--;
    this.byPath?.delete(matcher.path);
    if (this.fields === 0) this.byPath = null;
    if (this.matchers === matcher) {
      this.matchers = matcher.next;
      return;
    }
    let before = this.matchers;
    while (before && before.next !== matcher) before = before.next;
    if (before) before.next = matcher.next;
  }

  private addAbsence(to: State): void {
    this.absences ??= [];
    const known = this.absences.find(({ path }) => path === to.path);
    if (known) known.states.push(to);
    else this.absences.push({ path: to.path, states: [to] });
  }

  private removeAbsence(to: State): void {
    const rest = (this.absences ?? [])
      .map(({ path, states }) => ({ path, states: states.filter((state) => state !== to) }))
      .filter(({ states }) => states.length > 0);
    this.absences = rest.length > 0 ? rest : null;
  }
}
