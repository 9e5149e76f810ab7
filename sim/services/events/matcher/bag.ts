// A few items most of the time, many now and then: one item is kept as itself, more of them in a set.

export type Bag<T extends object> = T | Set<T> | undefined;

export function addTo<T extends object>(bag: Bag<T>, item: T): Bag<T> {
  if (bag === undefined || bag === item) return item;
  if (bag instanceof Set) return bag.add(item);
  return new Set<T>([bag, item]);
}

export function addAll<T extends object>(bag: Bag<T>, items: Bag<T>): Bag<T> {
  if (!(items instanceof Set)) return items === undefined ? bag : addTo(bag, items);
  let all = bag;
  for (const item of items) all = addTo(all, item);
  return all;
}

/** Undefined when nothing is left. */
export function removeFrom<T extends object>(bag: Bag<T>, item: T): Bag<T> {
  if (bag instanceof Set) {
    bag.delete(item);
    return bag.size === 0 ? undefined : bag;
  }
  return bag === item ? undefined : bag;
}

export function pushAll<T extends object>(bag: Bag<T>, list: T[]): void {
  if (bag === undefined) return;
  if (bag instanceof Set) for (const item of bag) list.push(item);
  else list.push(bag);
}
