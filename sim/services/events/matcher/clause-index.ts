// The alternatives of a field that are more than a plain text, each kind in the structure that finds it by the value.
import { addressOf, type Clause, millionthsOf, satisfies, type Value } from '../pattern/clause';
import { foldCase } from '../pattern/letter-case';
import { type Bag, pushAll } from './bag';
import { IntervalTree } from './interval-tree';
import { TextMachine } from './text-machine';

/** What a clause leads to, and the clause where its place alone does not decide. */
interface Checked<T extends object> {
  clause: Clause;
  items: Bag<T>;
}

/** Texts whose letters' case does not matter lie under their folded form and are checked exactly when found. */
type FoldedSlots<T extends object> = Map<string, Checked<T>>;

/** An open end of a search: what has been found leads to these. */
interface Slot<T extends object> {
  items: Bag<T>;
}

/** Every kind of alternative but plain texts. */
export class ClauseIndex<T extends object> {
  private literals: Map<string, Bag<T>> | null = null;
  private numbers: Map<number, Bag<T>> | null = null;
  private writtenNumbers: Map<string, Bag<T>> | null = null;
  private ranges: IntervalTree<Slot<T>> | null = null;
  private beginnings: TextMachine<Slot<T>> | null = null;
  private endings: TextMachine<Slot<T>> | null = null;
  private addresses: TextMachine<Slot<T>> | null = null;
  private foldedWholes: Map<string, FoldedSlots<T>> | null = null;
  private foldedBeginnings: TextMachine<FoldedSlots<T>> | null = null;
  private foldedEndings: TextMachine<FoldedSlots<T>> | null = null;
  /** Satisfied by most values, so each is tried. By their canonical text. */
  private others: Map<string, Checked<T>> | null = null;

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
    if (!this.ranges) return;
    const slots: Slot<T>[] = [];
    this.ranges.collect(millionths, slots);
    for (const { items } of slots) pushAll(items, found);
  }

  private collectText(value: Value, found: T[]): void {
    const { text } = value;
    if (this.beginnings || this.endings || this.addresses) {
      const slots: Slot<T>[] = [];
      this.beginnings?.collect(text, slots);
      this.endings?.collect(text, slots);
      const bits = this.addresses ? addressOf(value) : null;
      if (bits !== null) this.addresses?.collect(bits, slots);
      for (const { items } of slots) pushAll(items, found);
    }
    if (this.foldedWholes || this.foldedBeginnings || this.foldedEndings) this.collectFolded(value, found);
  }

  private collectFolded(value: Value, found: T[]): void {
    const folded = foldCase(value.text);
    const lists: FoldedSlots<T>[] = [];
    const wholes = this.foldedWholes?.get(folded);
    if (wholes) lists.push(wholes);
    this.foldedBeginnings?.collect(folded, lists);
    this.foldedEndings?.collect(folded, lists);
    for (const slots of lists) for (const { clause, items } of slots.values()) if (satisfies(clause, value)) pushAll(items, found);
  }

  /** Edits the items that the clause leads to. */
  change(clause: Clause, edit: (bag: Bag<T>) => Bag<T>): void {
    switch (clause.is) {
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
        this.endings ??= new TextMachine(true);
        changeBeginning(this.endings, clause.text, edit);
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
        this.foldedEndings ??= new TextMachine(true);
        const key = foldCase(clause.text);
        this.foldedEndings.setBeginning(key, changeFolded(this.foldedEndings.getBeginning(key), clause, clause.text, edit));
        return;
      }
      case 'exists':
      case 'anything-but':
        this.others = changeFolded(this.others ?? undefined, clause, JSON.stringify(clause), edit) ?? null;
        return;
      case 'string':
      case 'absent':
        throw new Error(`A clause of kind ${clause.is} has no place here.`);
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

function changeBeginning<T extends object>(machine: TextMachine<Slot<T>>, text: string, edit: (bag: Bag<T>) => Bag<T>): void {
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
