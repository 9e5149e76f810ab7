// Wildcards as one automaton: shared beginnings are shared states, a star is a state that stays.
import { type Bag, pushAll } from './bag';

interface State<T extends object> {
  /** Ways on by character. */
  ways: Map<number, State<T>>;
  /** The state at a star that begins here. */
  star: State<T> | null;
  isStar: boolean;
  /** Of a whole text that ends here. */
  items: Bag<T>;
}

function createState<T extends object>(isStar = false): State<T> {
  return { ways: new Map(), star: null, isStar, items: undefined };
}

export class TextMachine<T extends object> {
  private readonly start = createState<T>();

  get isEmpty(): boolean {
    return this.start.ways.size === 0 && !this.start.star && this.start.items === undefined;
  }

  /** Edits the items of one wildcard: the pieces between its stars. */
  change(pieces: readonly string[], edit: (bag: Bag<T>) => Bag<T>): void {
    this.changeFrom(this.start, pieces, 0, 0, edit);
  }

  /** Appends what every wildcard that matches leads to. With stars a text is in several states at a time. */
  collect(text: string, found: T[]): void {
    let states = new Set<State<T>>();
    enter(this.start, states);
    for (let i = 0; i < text.length && states.size > 0; i++) {
      const char = text.charCodeAt(i);
      const after = new Set<State<T>>();
      for (const state of states) {
        if (state.isStar) after.add(state);
        const to = state.ways.get(char);
        if (to) enter(to, after);
      }
      states = after;
    }
    for (const state of states) pushAll(state.items, found);
  }

  /** On the way back, states that lead nowhere go. */
  private changeFrom(state: State<T>, pieces: readonly string[], piece: number, at: number, edit: (bag: Bag<T>) => Bag<T>): void {
    const text = pieces[piece] as string;
    if (at < text.length) {
      const char = text.charCodeAt(at);
      const to = state.ways.get(char) ?? createState<T>();
      this.changeFrom(to, pieces, piece, at + 1, edit);
      if (leadsSomewhere(to)) state.ways.set(char, to);
      else state.ways.delete(char);
    } else if (piece + 1 < pieces.length) {
      const star = state.star ?? createState<T>(true);
      this.changeFrom(star, pieces, piece + 1, 0, edit);
      state.star = leadsSomewhere(star) ? star : null;
    } else state.items = edit(state.items);
  }
}

function leadsSomewhere<T extends object>({ ways, star, items }: State<T>): boolean {
  return ways.size > 0 || star !== null || items !== undefined;
}

function enter<T extends object>(state: State<T>, states: Set<State<T>>): void {
  states.add(state);
  if (state.star) states.add(state.star);
}
