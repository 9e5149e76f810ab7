// Ranges of numbers, found by a number inside them: a search tree over the lower bounds that knows the highest upper bound below each node.
// Balanced as a treap (Seidel and Aragon 1996); the priorities come from the bounds, so equal contents give equal trees.
import { type Bag, pushAll } from './bag';

/** Numbers of one node, side by side in memory: bounds, highest upper bound of this node and those below, the nodes left and right. */
const LOW = 0;
const HIGH = 1;
const HIGHEST = 2;
const LEFT = 3;
const RIGHT = 4;
const NUMBERS = 5;
const NONE = -1;
const FIRST_NODES = 4;

function hash(low: number, high: number): number {
  let h = Math.imul((low % 0xfffffffb) | 0, 0x9e3779b1) ^ Math.imul((high % 0xfffffffb) | 0, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

export class IntervalTree<T extends object> {
  private root = NONE;
  private count = 0;
  private numbers = new Float64Array(FIRST_NODES * NUMBERS);
  private readonly items: Bag<T>[] = [];
  /** Nodes that removed ranges have left. */
  private readonly free: number[] = [];

  get isEmpty(): boolean {
    return this.root === NONE;
  }

  /** Edits the items of one range. */
  change(low: number, high: number, edit: (bag: Bag<T>) => Bag<T>): void {
    const known = this.find(low, high);
    const items = edit(known === NONE ? undefined : this.items[known]);
    if (known !== NONE && items !== undefined) this.items[known] = items;
    else if (known !== NONE) {
      this.root = this.without(this.root, low, high);
      this.items[known] = undefined;
      this.free.push(known);
    } else if (items !== undefined) {
      const node = this.take(low, high, items);
      const [before, rest] = this.split(this.root, low, high);
      this.root = this.merge(this.merge(before, node), rest);
    }
  }

  /** Appends the items of every range that holds the number. */
  collect(at: number, found: T[]): void {
    this.collectBelow(this.root, at, found);
  }

  private collectBelow(from: number, at: number, found: T[]): void {
    const { numbers } = this;
    for (let node = from; node !== NONE; ) {
      const base = node * NUMBERS;
      if ((numbers[base + HIGHEST] as number) < at) return;
      const left = numbers[base + LEFT] as number;
      if (left !== NONE) this.collectBelow(left, at, found);
      if ((numbers[base + LOW] as number) > at) return;
      if (at <= (numbers[base + HIGH] as number)) pushAll(this.items[node], found);
      node = numbers[base + RIGHT] as number;
    }
  }

  private find(low: number, high: number): number {
    let node = this.root;
    while (node !== NONE && !this.is(node, low, high)) node = this.isBefore(low, high, node) ? this.leftOf(node) : this.rightOf(node);
    return node;
  }

  private leftOf(node: number): number {
    return this.numbers[node * NUMBERS + LEFT] as number;
  }

  private rightOf(node: number): number {
    return this.numbers[node * NUMBERS + RIGHT] as number;
  }

  private is(node: number, low: number, high: number): boolean {
    return this.numbers[node * NUMBERS + LOW] === low && this.numbers[node * NUMBERS + HIGH] === high;
  }

  private isBefore(low: number, high: number, node: number): boolean {
    const nodeLow = this.numbers[node * NUMBERS + LOW] as number;
    return low < nodeLow || (low === nodeLow && high < (this.numbers[node * NUMBERS + HIGH] as number));
  }

  private take(low: number, high: number, items: Bag<T>): number {
    const node = this.free.pop() ?? this.count++;
    if ((node + 1) * NUMBERS > this.numbers.length) {
      const numbers = new Float64Array(this.numbers.length * 2);
      numbers.set(this.numbers);
      this.numbers = numbers;
    }
    this.numbers[node * NUMBERS + LOW] = low;
    this.numbers[node * NUMBERS + HIGH] = high;
    this.items[node] = items;
    return this.join(node, NONE, NONE);
  }

  /** Hangs both below the node. Returns the node. */
  private join(node: number, left: number, right: number): number {
    const { numbers } = this;
    numbers[node * NUMBERS + LEFT] = left;
    numbers[node * NUMBERS + RIGHT] = right;
    let highest = numbers[node * NUMBERS + HIGH] as number;
    if (left !== NONE) highest = Math.max(highest, numbers[left * NUMBERS + HIGHEST] as number);
    if (right !== NONE) highest = Math.max(highest, numbers[right * NUMBERS + HIGHEST] as number);
    numbers[node * NUMBERS + HIGHEST] = highest;
    return node;
  }

  private priority(node: number): number {
    return hash(this.numbers[node * NUMBERS + LOW] as number, this.numbers[node * NUMBERS + HIGH] as number);
  }

  private merge(left: number, right: number): number {
    if (left === NONE) return right;
    if (right === NONE) return left;
    if (this.priority(left) > this.priority(right)) return this.join(left, this.leftOf(left), this.merge(this.rightOf(left), right));
    return this.join(right, this.merge(left, this.leftOf(right)), this.rightOf(right));
  }

  /** Nodes before the bounds, and the rest. */
  private split(node: number, low: number, high: number): [number, number] {
    if (node === NONE) return [NONE, NONE];
    const left = this.leftOf(node);
    const right = this.rightOf(node);
    if (this.isBefore(low, high, node)) {
      const [before, rest] = this.split(left, low, high);
      return [before, this.join(node, rest, right)];
    }
    const [before, rest] = this.split(right, low, high);
    return [this.join(node, left, before), rest];
  }

  private without(node: number, low: number, high: number): number {
    const left = this.leftOf(node);
    const right = this.rightOf(node);
    if (this.is(node, low, high)) return this.merge(left, right);
    if (this.isBefore(low, high, node)) return this.join(node, this.without(left, low, high), right);
    return this.join(node, left, this.without(right, low, high));
  }
}
