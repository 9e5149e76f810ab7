// All alternatives that the rules of a bus give for one field: which of them a value satisfies, found without trying each.
import { type Clause, satisfies, type Value } from '../pattern/clause';
import { addAll, addTo, type Bag, pushAll, removeFrom } from './bag';
import { ClauseIndex } from './clause-index';

interface Tried<T extends object> {
  clause: Clause;
  key: string;
  items: Bag<T>;
}

/** So many clauses beside plain texts are tried one by one: they take less room and time than an index. */
const TRIED_MAX = 4;

/** Most fields have one plain text: it lies here, so that a bus of many rules stays small. */
export class ValueMatcher<T extends object> {
  /** The next field that the same state looks at. */
  next: ValueMatcher<T> | null = null;
  private onlyText = '';
  private onlyItems: Bag<T> = undefined;
  /** Further plain texts. */
  private texts: Map<string, Bag<T>> | null = null;
  private tried: Tried<T>[] | null = null;
  private others: ClauseIndex<T> | null = null;
  private clauses = 0;

  constructor(readonly path: number) {}

  get isEmpty(): boolean {
    return this.clauses === 0;
  }

  /** Plain texts are all that it holds. */
  get isPlain(): boolean {
    return this.tried === null && this.others === null;
  }

  /** An item comes at most once a clause. */
  add(clause: Clause, item: T): void {
    this.clauses++;
    this.change(clause, (bag) => addTo(bag, item));
  }

  remove(clause: Clause, item: T): void {
    this.clauses--;
    this.change(clause, (bag) => removeFrom(bag, item));
  }

  /** The items of a plain text. */
  itemsOf(text: string): Bag<T> {
    if (this.onlyItems !== undefined && this.onlyText === text) return this.onlyItems;
    return this.texts === null ? undefined : this.texts.get(text);
  }

  /** Appends the items of every clause that the value satisfies; an item comes once for each such clause. */
  collect(value: Value, found: T[]): void {
    if (value.kind === 'string') pushAll(this.itemsOf(value.text), found);
    if (this.others !== null) this.others.collect(value, found);
    else if (this.tried !== null) for (const { clause, items } of this.tried) if (satisfies(clause, value)) pushAll(items, found);
  }

  private change(clause: Clause, edit: (bag: Bag<T>) => Bag<T>): void {
    if (clause.is === 'string') this.changeText(clause.text, edit);
    else if (this.others) this.others.change(clause, edit);
    else this.changeTried(clause, edit);
  }

  private changeText(text: string, edit: (bag: Bag<T>) => Bag<T>): void {
    const isOnly = this.onlyItems ? this.onlyText === text : !this.texts?.has(text);
    if (isOnly) {
      this.onlyText = text;
      this.onlyItems = edit(this.onlyItems);
      return;
    }
    this.texts ??= new Map();
    const items = edit(this.texts.get(text));
    if (items === undefined) this.texts.delete(text);
    else this.texts.set(text, items);
    if (this.texts.size === 0) this.texts = null;
  }

  private changeTried(clause: Clause, edit: (bag: Bag<T>) => Bag<T>): void {
    const key = JSON.stringify(clause);
    const list = this.tried ?? [];
    const at = list.findIndex((each) => each.key === key);
    const items = edit(list[at]?.items);
    const rest = list.filter((_, i) => i !== at);
    if (items !== undefined) rest.push({ clause, key, items });
    if (rest.length <= TRIED_MAX) {
      this.tried = rest.length > 0 ? rest : null;
      return;
    }
    this.tried = null;
    this.others = new ClauseIndex();
    // Clauses that differ as written may have one place in the index: /8 of 10.0.0.1 and of 10.0.0.2.
    for (const { clause: moved, items: all } of rest) this.others.change(moved, (bag) => addAll(bag, all));
  }
}
