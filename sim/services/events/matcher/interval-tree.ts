// Ranges of numbers, found by a number inside them: a search tree over the lower bounds that knows the highest upper bound below each node.
// Balanced as a treap (Seidel and Aragon 1996); the priorities come from the bounds, so equal contents give equal trees.

interface Node<T> {
  low: number;
  high: number;
  priority: number;
  /** Highest upper bound of this node and those below it. */
  highest: number;
  item: T;
  left: Node<T> | null;
  right: Node<T> | null;
}

function hash(low: number, high: number): number {
  let h = Math.imul((low % 0xfffffffb) | 0, 0x9e3779b1) ^ Math.imul((high % 0xfffffffb) | 0, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

function refresh<T>(node: Node<T>): Node<T> {
  node.highest = Math.max(node.high, node.left?.highest ?? Number.NEGATIVE_INFINITY, node.right?.highest ?? Number.NEGATIVE_INFINITY);
  return node;
}

function isLess(low: number, high: number, node: { low: number; high: number }): boolean {
  return low < node.low || (low === node.low && high < node.high);
}

function merge<T>(left: Node<T> | null, right: Node<T> | null): Node<T> | null {
  if (!left || !right) return left ?? right;
  if (left.priority > right.priority) {
    left.right = merge(left.right, right);
    return refresh(left);
  }
  right.left = merge(left, right.left);
  return refresh(right);
}

/** Nodes before the bounds, and the rest. */
function split<T>(node: Node<T> | null, low: number, high: number): [Node<T> | null, Node<T> | null] {
  if (!node) return [null, null];
  if (isLess(low, high, node) || (low === node.low && high === node.high)) {
    const [before, rest] = split(node.left, low, high);
    node.left = rest;
    return [before, refresh(node)];
  }
  const [before, rest] = split(node.right, low, high);
  node.right = before;
  return [refresh(node), rest];
}

export class IntervalTree<T> {
  private root: Node<T> | null = null;

  get isEmpty(): boolean {
    return this.root === null;
  }

  get(low: number, high: number): T | undefined {
    let node = this.root;
    while (node && (node.low !== low || node.high !== high)) node = isLess(low, high, node) ? node.left : node.right;
    return node?.item;
  }

  /** The bounds must be new. */
  add(low: number, high: number, item: T): void {
    const [before, rest] = split(this.root, low, high);
    const node: Node<T> = { low, high, priority: hash(low, high), highest: high, item, left: null, right: null };
    this.root = merge(merge(before, node), rest);
  }

  remove(low: number, high: number): void {
    const without = (node: Node<T> | null): Node<T> | null => {
      if (!node) return null;
      if (node.low === low && node.high === high) return merge(node.left, node.right);
      if (isLess(low, high, node)) node.left = without(node.left);
      else node.right = without(node.right);
      return refresh(node);
    };
    this.root = without(this.root);
  }

  /** Appends the items of every range that holds the number. */
  collect(at: number, found: T[]): void {
    collectBelow(this.root, at, found);
  }
}

function collectBelow<T>(node: Node<T> | null, at: number, found: T[]): void {
  if (!node || node.highest < at) return;
  collectBelow(node.left, at, found);
  if (node.low > at) return;
  if (at <= node.high) found.push(node.item);
  collectBelow(node.right, at, found);
}
