// Items in order: found, put and taken out by halving. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.Partitions.html
import { type AttributeValue, attributeOf, type Item, orderOf } from './attribute-value';
import type { Entry, KeySchema } from './state';

export type Position = Pick<Entry, 'hash' | 'partition' | 'range' | 'tie'>;

/** FNV-1a, then mixed: where a partition key's value goes. DynamoDB's own function is not public. */
export function hashOf(partition: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < partition.length; i++) hash = Math.imul(hash ^ partition.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Null when the item lacks a key attribute, or has one that cannot be a key. */
export function positionOf(item: Item, key: KeySchema, tie = ''): Position | null {
  const partition = orderIn(item, key.hash);
  const range = key.range === null ? '' : orderIn(item, key.range);
  return partition === null || range === null ? null : { hash: hashOf(partition), partition, range, tie };
}

function orderIn(item: Item, name: string): string | null {
  const value: AttributeValue | undefined = attributeOf(item, name);
  return value ? orderOf(value) : null;
}

/** What tells items apart that have the same key in an index. */
export function tieOf({ partition, range }: Position): string {
  return `${partition.length}:${partition}${range}`;
}

export function comparePositions(a: Position, b: Position): number {
  if (a.hash !== b.hash) return a.hash - b.hash;
  if (a.partition !== b.partition) return a.partition < b.partition ? -1 : 1;
  if (a.range !== b.range) return a.range < b.range ? -1 : 1;
  return a.tie < b.tie ? -1 : a.tie > b.tie ? 1 : 0;
}

/** The first entry for which `isReached` holds; it holds for all after that. */
export function firstWhere(entries: readonly Entry[], isReached: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(entries[middle] as Entry)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function findEntry(entries: readonly Entry[], position: Position): Entry | null {
  const entry = entries[firstWhere(entries, (other) => comparePositions(other, position) >= 0)];
  return entry && comparePositions(entry, position) === 0 ? entry : null;
}

export function putEntry(entries: Entry[], entry: Entry): void {
  const at = firstWhere(entries, (other) => comparePositions(other, entry) >= 0);
  const there = entries[at];
  entries.splice(at, there && comparePositions(there, entry) === 0 ? 1 : 0, entry);
}

export function removeEntry(entries: Entry[], position: Position): void {
  const at = firstWhere(entries, (other) => comparePositions(other, position) >= 0);
  const there = entries[at];
  if (there && comparePositions(there, position) === 0) entries.splice(at, 1);
}
