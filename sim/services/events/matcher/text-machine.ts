// Beginnings of texts and wildcards as one automaton: shared beginnings are shared states, a star is a state that stays.

interface State<T> {
  /** The first way on and its character; most states have no other. */
  char: number;
  to: State<T> | null;
  /** Further ways on. */
  more: Map<number, State<T>> | null;
  /** The state at a star that begins here. */
  star: State<T> | null;
  isStar: boolean;
  /** Of a beginning that ends here. */
  beginning: T | undefined;
  /** Of a whole text that ends here. */
  whole: T | undefined;
}

function createState<T>(isStar = false): State<T> {
  return { char: -1, to: null, more: null, star: null, isStar, beginning: undefined, whole: undefined };
}

function next<T>(state: State<T>, char: number): State<T> | undefined {
  if (state.char === char) return state.to as State<T>;
  return state.more?.get(char);
}

function grow<T>(state: State<T>, char: number): State<T> {
  const known = next(state, char);
  if (known) return known;
  const grown = createState<T>();
  if (!state.to) {
    state.char = char;
    state.to = grown;
  } else {
    state.more ??= new Map();
    state.more.set(char, grown);
  }
  return grown;
}

function cut<T>(state: State<T>, char: number): void {
  if (state.char !== char) {
    state.more?.delete(char);
  } else {
    state.char = -1;
    state.to = null;
    for (const [other, to] of state.more ?? []) {
      state.char = other;
      state.to = to;
      state.more?.delete(other);
      break;
    }
  }
  if (state.more?.size === 0) state.more = null;
}

export class TextMachine<T> {
  private readonly start = createState<T>();
  private wildcards = 0;

  /** Backward: beginnings are endings, read from the end. Wildcards are read forward only. */
  constructor(private readonly isBackward = false) {}

  getBeginning(text: string): T | undefined {
    return this.find(this.start, text)?.beginning;
  }

  setBeginning(text: string, item: T | undefined): void {
    this.reach(this.start, text).beginning = item;
    if (item === undefined) this.prune([text]);
  }

  getWildcard(pieces: readonly string[]): T | undefined {
    let state: State<T> | null | undefined = this.start;
    for (let i = 0; state && i < pieces.length; i++) {
      if (i > 0) state = state.star;
      state = state && this.find(state, pieces[i] as string);
    }
    return state?.whole;
  }

  setWildcard(pieces: readonly string[], item: T | undefined): void {
    let state = this.start;
    pieces.forEach((piece, i) => {
      if (i > 0) {
        state.star ??= createState(true);
        state = state.star;
      }
      state = this.reach(state, piece);
    });
    if ((state.whole === undefined) !== (item === undefined)) this.wildcards += item === undefined ? -1 : 1;
    state.whole = item;
    if (item === undefined) this.prune(pieces);
  }

  /** Appends what every beginning and wildcard that matches leads to. */
  collect(text: string, found: T[]): void {
    if (this.wildcards > 0) {
      this.collectAll(text, found);
      return;
    }
    const { length } = text;
    let state: State<T> | undefined = this.start;
    for (let i = 0; state; i++) {
      if (state.beginning !== undefined) found.push(state.beginning);
      if (i >= length) return;
      state = next(state, text.charCodeAt(this.isBackward ? length - 1 - i : i));
    }
  }

  /** With stars a text is in several states at a time. */
  private collectAll(text: string, found: T[]): void {
    let states = new Set<State<T>>();
    this.enter(this.start, states, found);
    for (let i = 0; i < text.length && states.size > 0; i++) {
      const char = text.charCodeAt(i);
      const after = new Set<State<T>>();
      for (const state of states) {
        if (state.isStar) after.add(state);
        const to = next(state, char);
        if (to) this.enter(to, after, found);
      }
      states = after;
    }
    for (const state of states) if (state.whole !== undefined) found.push(state.whole);
  }

  private enter(state: State<T>, states: Set<State<T>>, found: T[]): void {
    if (states.has(state)) return;
    if (state.beginning !== undefined) found.push(state.beginning);
    states.add(state);
    if (state.star) states.add(state.star);
  }

  private charOf(text: string, i: number): number {
    return text.charCodeAt(this.isBackward ? text.length - 1 - i : i);
  }

  private find(from: State<T>, text: string): State<T> | undefined {
    let state: State<T> | undefined = from;
    for (let i = 0; state && i < text.length; i++) state = next(state, this.charOf(text, i));
    return state;
  }

  private reach(from: State<T>, text: string): State<T> {
    let state = from;
    for (let i = 0; i < text.length; i++) state = grow(state, this.charOf(text, i));
    return state;
  }

  /** Removes the states that lead nowhere, from the end back. */
  private prune(pieces: readonly string[]): void {
    const steps: { from: State<T>; char: number | null }[] = [];
    let state: State<T> | null | undefined = this.start;
    for (let p = 0; state && p < pieces.length; p++) {
      if (p > 0) {
        steps.push({ from: state, char: null });
        state = state.star;
      }
      const piece = pieces[p] as string;
      for (let i = 0; state && i < piece.length; i++) {
        const char = this.charOf(piece, i);
        steps.push({ from: state, char });
        state = next(state, char);
      }
    }
    for (let i = steps.length - 1; i >= 0; i--) {
      const { from, char } = steps[i] as (typeof steps)[number];
      const to = char === null ? from.star : next(from, char);
      if (!to || to.to || to.star || to.beginning !== undefined || to.whole !== undefined) return;
      if (char === null) from.star = null;
      else cut(from, char);
    }
  }
}
