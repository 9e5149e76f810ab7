// An event as its fields: the leaves by path, each with the array elements that it lies in.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html
import type { Value } from '../pattern/clause';
import { type EventObject, type EventValue, isObject, WrittenNumber } from './event-value';

/** Array and index in turn, by the order in which the arrays of the event begin. */
export type Places = readonly number[];

export interface FieldValue extends Value {
  places: Places;
}

const NOWHERE: Places = [];

/** The places of both, or null when they are in different elements of one array. Gives `a` itself when `b` adds nothing. */
export function joinPlaces(a: Places, b: Places): Places | null {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  const joined: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const arrayA = a[i] ?? Number.POSITIVE_INFINITY;
    const arrayB = b[j] ?? Number.POSITIVE_INFINITY;
    if (arrayA === arrayB) {
      if (a[i + 1] !== b[j + 1]) return null;
      j += 2;
    }
    if (arrayA <= arrayB) {
      joined.push(arrayA, a[i + 1] as number);
      i += 2;
    } else {
      joined.push(arrayB, b[j + 1] as number);
      j += 2;
    }
  }
  return joined.length === a.length ? a : joined;
}

/** From so many values on they are looked up by array element instead of one by one. */
const VALUES_FOR_INDEX = 9;

interface ElementIndex {
  array: number;
  byElement: Map<number, FieldValue[]>;
}

/** Of a list of values; null when not all of them lie in the same array at the depth where the list was made. */
const indexes = new WeakMap<FieldValue[], ElementIndex | null>();

function indexAt(values: FieldValue[], depth: number): ElementIndex | null {
  const known = indexes.get(values);
  if (known !== undefined) return known;
  const array = values[0]?.places[2 * depth];
  const isShared = array !== undefined && values.every((value) => value.places[2 * depth] === array);
  const index: ElementIndex | null = isShared ? { array, byElement: new Map() } : null;
  for (const value of index ? values : []) {
    const element = value.places[2 * depth + 1] as number;
    const list = index?.byElement.get(element);
    if (list) list.push(value);
    else index?.byElement.set(element, [value]);
  }
  indexes.set(values, index);
  return index;
}

/** The values of a field that may lie in the array elements chosen so far. Few values are given as they are. */
export function candidates(values: FieldValue[], places: Places): FieldValue[] {
  let list = values;
  for (let depth = 0; list.length >= VALUES_FOR_INDEX && places.length > 0; depth++) {
    const index = indexAt(list, depth);
    const at = index ? places.findIndex((array, i) => i % 2 === 0 && array === index.array) : -1;
    if (!index || at < 0) return list;
    list = index.byElement.get(places[at + 1] as number) ?? [];
  }
  return list;
}

interface PathNode {
  children: Map<string, PathNode>;
  /** Number of the path that ends here, -1 for none. */
  id: number;
  /** Whether a name with dots can lead more than one step on. */
  isDeep: boolean;
}

function createNode(): PathNode {
  return { children: new Map(), id: -1, isDeep: false };
}

type Leaf = string | number | boolean | null | WrittenNumber;

/** Fields of one event by the number of their path. */
export class Fields {
  /** Paths that have a value. */
  readonly present: number[] = [];
  private arrays = 0;
  /** The value of a path that has one, in no array: most fields are such, and many are looked at as they are or not at all. */
  private readonly single: (Leaf | undefined)[] = [];
  private readonly lists: (FieldValue[] | undefined)[] = [];

  addPath(): void {
    this.single.push(undefined);
    this.lists.push(undefined);
  }

  clear(): void {
    for (const path of this.present) {
      this.single[path] = undefined;
      this.lists[path] = undefined;
    }
    this.present.length = 0;
    this.arrays = 0;
  }

  nextArray(): number {
    return this.arrays++;
  }

  put(path: number, leaf: Leaf, places: Places): void {
    const values = this.valuesOf(path);
    if (values) {
      values.push(toFieldValue(leaf, places));
      this.single[path] = undefined;
      return;
    }
    this.present.push(path);
    if (places.length === 0) this.single[path] = leaf;
    else this.lists[path] = [toFieldValue(leaf, places)];
  }

  /** The value, when it is the only one and a string in no array. */
  textOf(path: number): string | undefined {
    const leaf = this.single[path];
    return typeof leaf === 'string' ? leaf : undefined;
  }

  valuesOf(path: number): FieldValue[] | undefined {
    const values = this.lists[path];
    const leaf = this.single[path];
    if (values !== undefined || leaf === undefined) return values;
    const made = [toFieldValue(leaf, NOWHERE)];
    this.lists[path] = made;
    return made;
  }
}

/** The paths that patterns name, numbered. Other parts of an event are not looked at. */
export class PathIndex {
  private readonly root = createNode();
  readonly names: string[] = [];
  private readonly ids = new Map<string, number>();
  /** Used for every event, so that a path that no field has costs nothing. */
  private readonly fields = new Fields();

  /** The number of a path. Dots in a field's name and between fields are the same to EventBridge. */
  add(path: string): number {
    const known = this.ids.get(path);
    if (known !== undefined) return known;
    let node = this.root;
    path.split('.').forEach((step, i) => {
      let next = node.children.get(step);
      if (!next) {
        next = createNode();
        node.children.set(step, next);
        if (i > 0) this.deepen(path, i);
      }
      node = next;
    });
    node.id = this.names.length;
    this.names.push(path);
    this.fields.addPath();
    this.ids.set(path, node.id);
    return node.id;
  }

  /** Valid until the next event. Empty arrays and objects have no leaves and so no fields. */
  fieldsOf(event: EventObject): Fields {
    this.fields.clear();
    this.readObject(event, this.root, NOWHERE);
    return this.fields;
  }

  private deepen(path: string, steps: number): void {
    let node: PathNode | undefined = this.root;
    for (const step of path.split('.').slice(0, steps)) {
      if (node) node.isDeep = true;
      node = node?.children.get(step);
    }
  }

  private readObject(object: EventObject, node: PathNode, places: Places): void {
    for (const name in object) {
      let child = node.children.get(name);
      if (child === undefined) {
        if (!node.isDeep || !name.includes('.')) continue;
        child = this.descend(node, name);
        if (child === undefined) continue;
      }
      this.readValue(object[name] as EventValue, child, places);
    }
  }

  private descend(node: PathNode, name: string): PathNode | undefined {
    let at: PathNode | undefined = node;
    for (const step of name.split('.')) at = at?.children.get(step);
    return at;
  }

  private readValue(value: EventValue, node: PathNode, places: Places): void {
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) {
        const array = this.fields.nextArray();
        for (let i = 0; i < value.length; i++) {
          const item = value[i] as EventValue;
          const isNested = Array.isArray(item) || isObject(item);
          this.readValue(item, node, isNested ? [...places, array, i] : places);
        }
        return;
      }
      if (!(value instanceof WrittenNumber)) {
        if (node.children.size > 0) this.readObject(value, node, places);
        return;
      }
    }
    if (node.id >= 0) this.fields.put(node.id, value, places);
  }
}

function toFieldValue(value: Leaf, places: Places): FieldValue {
  if (typeof value === 'string') return { kind: 'string', text: value, millionths: null, address: undefined, places };
  if (typeof value === 'number' || value instanceof WrittenNumber) {
    const isWritten = typeof value !== 'number';
    const text = isWritten ? value.text : String(value);
    const isWhole = !isWritten && Number.isInteger(value) && Math.abs(value) <= 5e9;
    return { kind: 'number', text, millionths: isWhole ? value * 1e6 : undefined, address: null, places };
  }
  return { kind: 'literal', text: String(value), millionths: null, address: null, places };
}
