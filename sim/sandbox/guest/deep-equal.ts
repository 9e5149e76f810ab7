// Deep equality of `node:assert` and `util.isDeepStrictEqual`. https://nodejs.org/api/assert.html#assertdeepstrictequalactual-expected-message

export function isDeepEqual(a: unknown, b: unknown, isStrict: boolean): boolean {
  return equal(a, b, isStrict, new Map());
}

/** As the operator with two signs, and NaN is equal to itself. */
export function isLooselyEqual(a: unknown, b: unknown): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
  if (typeof a === typeof b) return false;
  const isObject = typeof a === 'object' || typeof b === 'object';
  const [left, right] = [a, b].map((value) => (typeof value === 'object' ? String(value) : value));
  return isObject && typeof left === 'string' && typeof right === 'string' ? left === right : Number(left) === Number(right);
}

function equal(a: unknown, b: unknown, isStrict: boolean, seen: Map<unknown, unknown>): boolean {
  if (isStrict ? Object.is(a, b) : isLooselyEqual(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isStrict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b) || Object.prototype.toString.call(a) !== Object.prototype.toString.call(b)) return false;
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (a instanceof Date && b instanceof Date && a.getTime() !== b.getTime()) return false;
  if (a instanceof RegExp && String(a) !== String(b)) return false;
  if (a instanceof Error && b instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
  if ((a instanceof Number || a instanceof String || a instanceof Boolean) && a.valueOf() !== b.valueOf()) return false;
  if (a instanceof Set && b instanceof Set)
    return a.size === b.size && [...a].every((entry) => b.has(entry) || [...b].some((other) => equal(entry, other, isStrict, seen)));
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && [...a].every(([key, entry]) => b.has(key) && equal(entry, b.get(key), isStrict, seen));
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) => Object.hasOwn(b, key) && equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], isStrict, seen),
    )
  );
}
