// All alternatives that the rules of a bus give for one field: which of them a value satisfies, found without trying each.
import { addressOf, type Clause, millionthsOf, satisfies, type Value } from '../pattern/clause';
import { foldCase } from '../pattern/letter-case';
import { addTo, type Bag, pushAll, removeFrom } from './bag';
import { IntervalTree } from './interval-tree';
import { TextMachine } from './text-machine';

/** What a clause leads to, and the clause where its place alone does not decide. */
interface Checked<T extends object> {
  clause: Clause;
  items: Bag<T>;
}


/** Texts whose letters' case does not matter lie under their folded form and are checked exactly when found. */
type FoldedSlots<T extends object> = Map<string, Checked<T>>;

function reverse(text: string): string {
  return text.split('').reverse().join('');
}

export class ValueMatcher<T extends object> {
  private exact: Map<string, Bag<T>> | null = null;
  private literals: Map<string, Bag<T>> | null = null;
  private numbers: Map<number, Bag<T>> | null = null;
  private writtenNumbers: Map<string, Bag<T>> | null = null;
  private ranges: IntervalTree<{ items: Bag<T> }> | null = null;
  private beginnings: TextMachine<{ items: Bag<T> }> | null = null;
  private endings: TextMachine<{ items: Bag<T> }> | null = null;
  private addresses: TextMachine<{ items: Bag<T> }> | null = null;
  private foldedWholes: Map<string, FoldedSlots<T>> | null = null;
  private foldedBeginnings: TextMachine<FoldedSlots<T>> | null = null;
  private foldedEndings: TextMachine<FoldedSlots<T>> | null = null;
  /** Satisfied by most values, so each is tried. By their canonical text. */
  private others: Map<string, Checked<T>> | null = null;
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
    if (value.kind === 'string') this.collectText(value, found);
    else if (value.kind === 'literal') pushAll(this.literals?.get(value.text), found);
    else this.collectNumber(value, found);
    if (this.others) for (const { clause, items } of this.others.values()) if (satisfies(clause, value)) pushAll(items, found);
  }

  private collectNumber(value: Value, found: T[]): void {
    pushAll(this.writtenNumbers?.get(value.text), found);
    if (!this.numbers && !this.ranges) return;
    const millionths = millionthsOf(value);
    if (millionths === null) return;
    pushAll(this.numbers?.get(millionths), found);
    this.ranges?.visit(millionths, ({ items }) => pushAll(items, found));
  }

  private collectText(value: Value, found: T[]): void {
    const { text } = value;
    pushAll(this.exact?.get(text), found);
    const take = ({ items }: { items: Bag<T> }) => pushAll(items, found);
    this.beginnings?.visit(text, take);
    this.endings?.visit(reverse(text), take);
    if (this.addresses) {
      const bits = addressOf(value);
      if (bits !== null) this.addresses.visit(bits, take);
    }
    if (!this.foldedWholes && !this.foldedBeginnings && !this.foldedEndings) return;
    const folded = foldCase(text);
    const check = (slots: FoldedSlots<T>) => {
      for (const { clause, items } of slots.values()) if (satisfies(clause, value)) pushAll(items, found);
    };
    const wholes = this.foldedWholes?.get(folded);
    if (wholes) check(wholes);
    this.foldedBeginnings?.visit(folded, check);
    this.foldedEndings?.visit(reverse(folded), check);
  }

  private change(clause: Clause, edit: (bag: Bag<T>) => Bag<T>): void {
    switch (clause.is) {
      case 'string':
        this.exact = changeMap(this.exact, clause.text, edit);
        return;
      case 'literal':
        this.literals = changeMap(this.literals, clause.text, edit);
        return;
      case 'number':
        if (clause.millionths !== null) this.numbers = changeMap(this.numbers, clause.millionths, edit);
        else this.writtenNumbers = changeMap(this.writtenNumbers, clause.text, edit);
        return;
      case 'numeric':
        this.changeRange(clause.low, clause.high, edit);
        return;
      case 'prefix':
        this.beginnings ??= new TextMachine();
        changeBeginning(this.beginnings, clause.text, edit);
        return;
      case 'suffix':
        this.endings ??= new TextMachine();
        changeBeginning(this.endings, reverse(clause.text), edit);
        return;
      case 'cidr':
      case 'address':
        this.addresses ??= new TextMachine();
        changeBeginning(this.addresses, clause.bits, edit);
        return;
      case 'wildcard': {
        this.beginnings ??= new TextMachine();
        const items = edit(this.beginnings.getWildcard(clause.pieces)?.items);
        this.beginnings.setWildcard(clause.pieces, items === undefined ? undefined : { items });
        return;
      }
      case 'equals-ignore-case': {
        this.foldedWholes ??= new Map();
        const key = foldCase(clause.text);
        const slots = changeFolded(this.foldedWholes.get(key), clause, clause.text, edit);
        if (slots) this.foldedWholes.set(key, slots);
        else this.foldedWholes.delete(key);
        return;
      }
      case 'prefix-ignore-case': {
        this.foldedBeginnings ??= new TextMachine();
        const key = foldCase(clause.text);
        this.foldedBeginnings.setBeginning(key, changeFolded(this.foldedBeginnings.getBeginning(key), clause, clause.text, edit));
        return;
      }
      case 'suffix-ignore-case': {
        this.foldedEndings ??= new TextMachine();
        const key = reverse(foldCase(clause.text));
        this.foldedEndings.setBeginning(key, changeFolded(this.foldedEndings.getBeginning(key), clause, clause.text, edit));
        return;
      }
      case 'exists':
      case 'anything-but':
        this.others = changeFolded(this.others ?? undefined, clause, JSON.stringify(clause), edit) ?? null;
        return;
      case 'absent':
        throw new Error('A missing field has no value to match.');
    }
  }

  private changeRange(low: number, high: number, edit: (bag: Bag<T>) => Bag<T>): void {
    // An open range of neighbouring millionths holds no number.
    if (low > high) return;
    this.ranges ??= new IntervalTree();
    const slot = this.ranges.get(low, high);
    const items = edit(slot?.items);
    if (items === undefined) this.ranges.remove(low, high);
    else if (slot) slot.items = items;
    else this.ranges.add(low, high, { items });
    if (this.ranges.isEmpty) this.ranges = null;
  }
}

function changeMap<K, T extends object>(map: Map<K, Bag<T>> | null, key: K, edit: (bag: Bag<T>) => Bag<T>): Map<K, Bag<T>> | null {
  const changed = map ?? new Map<K, Bag<T>>();
  const items = edit(changed.get(key));
  if (items === undefined) changed.delete(key);
  else changed.set(key, items);
  return changed.size === 0 ? null : changed;
}

function changeBeginning<T extends object>(machine: TextMachine<{ items: Bag<T> }>, text: string, edit: (bag: Bag<T>) => Bag<T>): void {
  const items = edit(machine.getBeginning(text)?.items);
  machine.setBeginning(text, items === undefined ? undefined : { items });
}

function changeFolded<T extends object>(
  slots: FoldedSlots<T> | undefined,
  clause: Clause,
  key: string,
  edit: (bag: Bag<T>) => Bag<T>,
): FoldedSlots<T> | undefined {
  const changed = slots ?? (new Map() as FoldedSlots<T>);
  const items = edit(changed.get(key)?.items);
  if (items === undefined) changed.delete(key);
  else changed.set(key, { clause, items });
  return changed.size === 0 ? undefined : changed;
}
