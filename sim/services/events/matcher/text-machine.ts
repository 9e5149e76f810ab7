// Beginnings of texts and wildcards as one automaton: shared beginnings are shared states, a star is a state that stays.

interface State<T> {
  next: Map<string, State<T>> | null;
  /** The state at a star that begins here. */
  star: State<T> | null;
  isStar: boolean;
  /** Of a beginning that ends here. */
  beginning: T | undefined;
  /** Of a whole text that ends here. */
  whole: T | undefined;
}

function createState<T>(isStar = false): State<T> {
  return { next: null, star: null, isStar, beginning: undefined, whole: undefined };
}

export class TextMachine<T> {
  private readonly start = createState<T>();
  private wildcards = 0;

  getBeginning(text: string): T | undefined {
    return this.find(text)?.beginning;
  }

  setBeginning(text: string, item: T | undefined): void {
    this.reach(text).beginning = item;
    if (item === undefined) this.prune([text]);
  }

  getWildcard(pieces: readonly string[]): T | undefined {
    return this.findPieces(pieces)?.whole;
  }

  setWildcard(pieces: readonly string[], item: T | undefined): void {
    const state = this.reachPieces(pieces);
    if ((state.whole === undefined) !== (item === undefined)) this.wildcards += item === undefined ? -1 : 1;
    state.whole = item;
    if (item === undefined) this.prune(pieces);
  }

  /** Every beginning and wildcard that matches. */
  visit(text: string, found: (item: T) => void): void {
    if (this.wildcards > 0) {
      this.visitAll(text, found);
      return;
    }
    let state: State<T> | undefined = this.start;
    for (let i = 0; state; i++) {
      if (state.beginning !== undefined) found(state.beginning);
      if (i >= text.length) return;
      state = state.next?.get(text.charAt(i));
    }
  }

  private visitAll(text: string, found: (item: T) => void): void {
    let states: State<T>[] = [];
    const enter = (list: State<T>[], state: State<T>) => {
      if (state.beginning !== undefined) found(state.beginning);
      list.push(state);
      if (state.star) list.push(state.star);
    };
    enter(states, this.start);
    for (let i = 0; i < text.length && states.length > 0; i++) {
      const char = text.charAt(i);
      const after: State<T>[] = [];
      const seen = new Set<State<T>>();
      for (const state of states) {
        if (state.isStar && !seen.has(state)) {
          seen.add(state);
          after.push(state);
        }
        const next = state.next?.get(char);
        if (!next || seen.has(next)) continue;
        seen.add(next);
        if (next.star) {
          if (seen.has(next.star)) {
            after.push(next);
            if (next.beginning !== undefined) found(next.beginning);
            continue;
          }
          seen.add(next.star);
        }
        enter(after, next);
      }
      states = after;
    }
    const done = new Set<State<T>>();
    for (const state of states) {
      if (state.whole === undefined || done.has(state)) continue;
      done.add(state);
      found(state.whole);
    }
  }

  private find(text: string, from: State<T> | null | undefined = this.start): State<T> | undefined {
    let state = from ?? undefined;
    for (let i = 0; state && i < text.length; i++) state = state.next?.get(text.charAt(i));
    return state;
  }

  private findPieces(pieces: readonly string[]): State<T> | undefined {
    let state: State<T> | undefined = this.start;
    pieces.forEach((piece, i) => {
      state = this.find(piece, i === 0 ? state : state?.star);
    });
    return state;
  }

  private reach(text: string, from: State<T> = this.start): State<T> {
    let state = from;
    for (let i = 0; i < text.length; i++) {
      const char = text.charAt(i);
      state.next ??= new Map();
      let next = state.next.get(char);
      if (!next) {
        next = createState();
        state.next.set(char, next);
      }
      state = next;
    }
    return state;
  }

  private reachPieces(pieces: readonly string[]): State<T> {
    let state = this.start;
    pieces.forEach((piece, i) => {
      if (i > 0) {
        state.star ??= createState(true);
        state = state.star;
      }
      state = this.reach(piece, state);
    });
    return state;
  }

  /** Removes the states that lead nowhere, from the end back. */
  private prune(pieces: readonly string[]): void {
    const steps: { from: State<T>; char: string | null }[] = [];
    let state: State<T> | undefined = this.start;
    pieces.forEach((piece, i) => {
      if (i > 0 && state) {
        steps.push({ from: state, char: null });
        state = state.star ?? undefined;
      }
      for (const char of piece.split('')) {
        if (!state) return;
        steps.push({ from: state, char });
        state = state.next?.get(char);
      }
    });
    for (let i = steps.length - 1; i >= 0; i--) {
      const { from, char } = steps[i] as (typeof steps)[number];
      const to = char === null ? from.star : from.next?.get(char);
      if (!to || to.next || to.star || to.beginning !== undefined || to.whole !== undefined) return;
      if (char === null) from.star = null;
      else if (from.next?.delete(char) && from.next.size === 0) from.next = null;
    }
  }
}
