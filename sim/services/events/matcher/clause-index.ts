// The alternatives of a field that are more than a plain text, each kind in the structure that finds it by the value.
import { type Clause, millionthsOf, satisfies, type Value } from '../pattern/clause';
import { foldCase, isAscii } from '../pattern/letter-case';
import { AddressIndex } from './address-index';
import { type Bag, pushAll } from './bag';
import { IntervalTree } from './interval-tree';
import { PrefixTree } from './prefix-tree';
import { TextMachine } from './text-machine';

/** What a clause leads to, and the clause where its place alone does not decide. */
interface Checked<T extends object> {
  clause: Clause;
  key: string;
  items: Bag<T>;
  /** Plain ASCII: equal folds are all that there is to check. */
  isAscii: boolean;
}

/** Texts whose letters' case does not matter lie under their folded form and are checked exactly when found. */
type FoldedSlots<T extends object> = readonly Checked<T>[];

type Edit<T extends object> = (bag: Bag<T>) => Bag<T>;

/** Every kind of alternative but plain texts. */
export class ClauseIndex<T extends object> {
  private literals: Map<string, Bag<T>> | null = null;
  private numbers: Map<number, Bag<T>> | null = null;
  private writtenNumbers: Map<string, Bag<T>> | null = null;
  private ranges: IntervalTree<T> | null = null;
  private beginnings: PrefixTree<T> | null = null;
  private endings: PrefixTree<T> | null = null;
  private wildcards: TextMachine<T> | null = null;
  private addresses: AddressIndex<T> | null = null;
  private foldedWholes: Map<string, FoldedSlots<T>> | null = null;
  private foldedBeginnings: PrefixTree<FoldedSlots<T>> | null = null;
  private foldedEndings: PrefixTree<FoldedSlots<T>> | null = null;
  /** Satisfied by most values, so each is tried. */
  private others: FoldedSlots<T> | null = null;

  /** Appends the items of every clause that the value satisfies; an item comes once for each such clause. */
  collect(value: Value, found: T[]): void {
    if (value.kind === 'string') this.collectText(value, found);
    else if (value.kind === 'literal') pushAll(this.literals?.get(value.text), found);
    else this.collectNumber(value, found);
    if (this.others !== null) collectChecked(this.others, value, found, false);
  }

  private collectNumber(value: Value, found: T[]): void {
    if (this.writtenNumbers !== null) pushAll(this.writtenNumbers.get(value.text), found);
    if (this.numbers === null && this.ranges === null) return;
    const millionths = millionthsOf(value);
    if (millionths === null) return;
    if (this.numbers !== null) pushAll(this.numbers.get(millionths), found);
    if (this.ranges !== null) this.ranges.collect(millionths, found);
  }

  private collectText(value: Value, found: T[]): void {
    const { text } = value;
    if (this.beginnings !== null) this.beginnings.collect(text, found);
    if (this.endings !== null) this.endings.collect(text, found);
    if (this.wildcards !== null) this.wildcards.collect(text, found);
    if (this.addresses !== null) this.addresses.collect(value, found);
    if (this.foldedWholes !== null || this.foldedBeginnings !== null || this.foldedEndings !== null) this.collectFolded(value, found);
  }

  private collectFolded(value: Value, found: T[]): void {
    const folded = foldCase(value.text);
    const ascii = isAscii(value.text);
    if (this.foldedWholes !== null) collectChecked(this.foldedWholes.get(folded), value, found, ascii);
    if (this.foldedBeginnings === null && this.foldedEndings === null) return;
    const lists: FoldedSlots<T>[] = [];
    this.foldedBeginnings?.collect(folded, lists);
    this.foldedEndings?.collect(folded, lists);
    for (const slots of lists) collectChecked(slots, value, found, ascii);
  }

  /** Edits the items that the clause leads to. */
  change(clause: Clause, edit: Edit<T>): void {
    switch (clause.is) {
      case 'literal':
        this.literals = changeMap(this.literals, clause.text, edit);
        return;
      case 'number':
        if (clause.millionths !== null) this.numbers = changeMap(this.numbers, clause.millionths, edit);
        else this.writtenNumbers = changeMap(this.writtenNumbers, clause.text, edit);
        return;
      case 'numeric':
        // An open range of neighbouring millionths holds no number.
        if (clause.low > clause.high) return;
        this.ranges ??= new IntervalTree();
        this.ranges.change(clause.low, clause.high, edit);
        if (this.ranges.isEmpty) this.ranges = null;
        return;
      case 'prefix':
        this.beginnings = changeTree(this.beginnings ?? new PrefixTree<T>(), clause.text, edit);
        return;
      case 'suffix':
        this.endings = changeTree(this.endings ?? new PrefixTree<T>(true), clause.text, edit);
        return;
      case 'cidr':
      case 'address':
        this.addresses = changeTree(this.addresses ?? new AddressIndex<T>(), clause.bits, edit);
        return;
      case 'wildcard':
        this.wildcards = changeTree(this.wildcards ?? new TextMachine<T>(), clause.pieces, edit);
        return;
      case 'equals-ignore-case': {
        this.foldedWholes ??= new Map();
        const key = foldCase(clause.text);
        const slots = changeFolded(this.foldedWholes.get(key), clause, clause.text, edit);
        if (slots) this.foldedWholes.set(key, slots);
        else this.foldedWholes.delete(key);
        return;
      }
      case 'prefix-ignore-case':
        this.foldedBeginnings = changeFoldedTree(this.foldedBeginnings ?? new PrefixTree(), clause, clause.text, edit);
        return;
      case 'suffix-ignore-case':
        this.foldedEndings = changeFoldedTree(this.foldedEndings ?? new PrefixTree(true), clause, clause.text, edit);
        return;
      case 'exists':
      case 'anything-but':
        this.others = changeFolded(this.others ?? undefined, clause, JSON.stringify(clause), edit) ?? null;
        return;
      case 'string':
      case 'absent':
        throw new Error(`A clause of kind ${clause.is} has no place here.`);
    }
  }
}

function collectChecked<T extends object>(slots: FoldedSlots<T> | undefined, value: Value, found: T[], ascii: boolean): void {
  if (!slots) return;
  for (const checked of slots) if ((ascii && checked.isAscii) || satisfies(checked.clause, value)) pushAll(checked.items, found);
}

function changeMap<K, T extends object>(map: Map<K, Bag<T>> | null, key: K, edit: Edit<T>): Map<K, Bag<T>> | null {
  const changed = map ?? new Map<K, Bag<T>>();
  const items = edit(changed.get(key));
  if (items === undefined) changed.delete(key);
  else changed.set(key, items);
  return changed.size === 0 ? null : changed;
}

/** The tree, or null when nothing is left in it. */
function changeTree<K, T extends object, C extends { isEmpty: boolean; change(key: K, edit: Edit<T>): void }>(
  tree: C,
  key: K,
  edit: Edit<T>,
): C | null {
  tree.change(key, edit);
  return tree.isEmpty ? null : tree;
}

function changeFolded<T extends object>(
  slots: FoldedSlots<T> | undefined,
  clause: Clause,
  key: string,
  edit: Edit<T>,
): FoldedSlots<T> | undefined {
  const known = slots?.find((each) => each.key === key);
  const items = edit(known?.items);
  const rest = slots?.filter((each) => each !== known) ?? [];
  if (items !== undefined) rest.push({ clause, key, items, isAscii: 'text' in clause && isAscii(clause.text) });
  return rest.length > 0 ? rest : undefined;
}

function changeFoldedTree<T extends object>(
  tree: PrefixTree<FoldedSlots<T>>,
  clause: Clause,
  text: string,
  edit: Edit<T>,
): PrefixTree<FoldedSlots<T>> | null {
  // A place of the tree holds one map of slots.
  return changeTree(tree, foldCase(text), (slots: Bag<FoldedSlots<T>>) =>
    changeFolded(slots instanceof Set ? undefined : slots, clause, text, edit),
  );
}
