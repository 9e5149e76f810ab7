// All alternatives that the rules of a bus give for one field: which of them a value satisfies, found without trying each.
import type { Clause, Value } from '../pattern/clause';
import { addTo, type Bag, pushAll, removeFrom } from './bag';
import { ClauseIndex } from './clause-index';

/** Most fields have one plain text: it lies here, so that a bus of many rules stays small. */
export class ValueMatcher<T extends object> {
  private onlyText = '';
  private onlyItems: Bag<T> = undefined;
  /** Further plain texts. */
  private texts: Map<string, Bag<T>> | null = null;
  private others: ClauseIndex<T> | null = null;
  private clauses = 0;

  get isEmpty(): boolean {
    return this.clauses === 0;
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

  /** Appends the items of every clause that the value satisfies; an item comes once for each such clause. */
  collect(value: Value, found: T[]): void {
    if (value.kind === 'string') {
      if (this.onlyItems && this.onlyText === value.text) pushAll(this.onlyItems, found);
      else if (this.texts) pushAll(this.texts.get(value.text), found);
    }
    if (this.others) this.others.collect(value, found);
  }

  private change(clause: Clause, edit: (bag: Bag<T>) => Bag<T>): void {
    if (clause.is === 'string') this.changeText(clause.text, edit);
    else {
      this.others ??= new ClauseIndex();
      this.others.change(clause, edit);
    }
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
}
