// Beginnings of texts, found by a text that begins with them: a tree whose edges hold as many characters as no branch divides.
// Patricia tree, after Morrison 1968.
import { type Bag, pushAll } from './bag';

class Node<T extends object> {
  /** First characters of the edges below, in the order of `nodes`. */
  firsts = '';
  nodes: Node<T>[] = [];
  items: Bag<T> = undefined;

  constructor(
    /** What leads here from the node above. */
    readonly edge: string,
  ) {}

  child(char: string): Node<T> | undefined {
    const at = this.firsts.indexOf(char);
    return at < 0 ? undefined : this.nodes[at];
  }

  put(node: Node<T>): void {
    const first = node.edge.charAt(0);
    const at = this.firsts.indexOf(first);
    if (at >= 0) this.nodes[at] = node;
    else {
      this.firsts += first;
      this.nodes.push(node);
    }
  }

  drop(node: Node<T>): void {
    const at = this.nodes.indexOf(node);
    this.firsts = this.firsts.slice(0, at) + this.firsts.slice(at + 1);
    this.nodes.splice(at, 1);
  }
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

export class PrefixTree<T extends object> {
  private root = new Node<T>('');

  /** Backward: beginnings are endings, read from the end. */
  constructor(private readonly isBackward = false) {}

  get isEmpty(): boolean {
    return this.root.items === undefined && this.root.nodes.length === 0;
  }

  /** Edits the items of one beginning. */
  change(text: string, edit: (bag: Bag<T>) => Bag<T>): void {
    this.changeBelow(this.root, this.isBackward ? text.split('').reverse().join('') : text, edit);
  }

  /** Appends the items of every beginning of the text. */
  collect(text: string, found: T[]): void {
    const { isBackward } = this;
    const { length } = text;
    let node = this.root;
    for (let read = 0; ; ) {
      if (node.items !== undefined) pushAll(node.items, found);
      if (read >= length || node.nodes.length === 0) return;
      const code = text.charCodeAt(isBackward ? length - 1 - read : read);
      const { firsts } = node;
      let at = 0;
      while (at < firsts.length && firsts.charCodeAt(at) !== code) at++;
      if (at === firsts.length) return;
      node = node.nodes[at] as Node<T>;
      const { edge } = node;
      if (length - read < edge.length) return;
      for (let i = 1; i < edge.length; i++) {
        if (edge.charCodeAt(i) !== text.charCodeAt(isBackward ? length - 1 - read - i : read + i)) return;
      }
      read += edge.length;
    }
  }

  private changeBelow(node: Node<T>, rest: string, edit: (bag: Bag<T>) => Bag<T>): void {
    if (rest === '') {
      node.items = edit(node.items);
      return;
    }
    const child = node.child(rest.charAt(0));
    if (!child) {
      const items = edit(undefined);
      if (items === undefined) return;
      const leaf = new Node<T>(rest);
      leaf.items = items;
      node.put(leaf);
      return;
    }
    const shared = sharedLength(child.edge, rest);
    if (shared === child.edge.length) {
      this.changeBelow(child, rest.slice(shared), edit);
      this.tidy(node, child);
      return;
    }
    const items = edit(undefined);
    if (items === undefined) return;
    const fork = new Node<T>(child.edge.slice(0, shared));
    fork.put(withEdge(child, child.edge.slice(shared)));
    this.changeBelow(fork, rest.slice(shared), () => items);
    node.put(fork);
  }

  /** A node without items stays only where edges divide. */
  private tidy(above: Node<T>, node: Node<T>): void {
    if (node.items !== undefined || node.nodes.length > 1) return;
    const only = node.nodes[0];
    if (only) above.put(withEdge(only, node.edge + only.edge));
    else above.drop(node);
  }
}

function withEdge<T extends object>(node: Node<T>, edge: string): Node<T> {
  const moved = new Node<T>(edge);
  moved.firsts = node.firsts;
  moved.nodes = node.nodes;
  moved.items = node.items;
  return moved;
}
